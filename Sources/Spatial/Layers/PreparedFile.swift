/// A reference layer as it is used: areas placed in the equal-area plane with their attributes, in one file that is mapped
/// into memory and shared by all who read it.
///
/// The file follows from a source and can be made again at any time. So it is never believed beyond its checksum and never
/// mended: what is damaged, of another format or of another source is made anew. It consists of words of eight bytes,
/// little-endian: magic, format, the length of the file, the source's SHA-256 (four words), the lengths of the note and
/// the numbers of text columns, number columns and areas; the note; of each text column how many different texts there
/// are, their lengths, their bytes and the number of the text of each area (four bytes); each number column; the polygon
/// set; the checksum of all before it.
package struct PreparedFile: Sendable {
  /// What the maker noted about the layer; not looked into here.
  package let note: [UInt8]
  package let texts: [TextColumn]
  package let numbers: [NumberColumn]
  package let areas: PolygonSet

  /// Changes whenever the same source would give other bytes: the format, the splitting of edges, the plane.
  static let format: UInt64 = 2
  static let magic: UInt64 = 0x4F43_4C45_4352_4150
  /// Bytes of a source's SHA-256.
  package static let sourceLength = 32

  /// Why a file cannot be used.
  package enum Fault: Error, Hashable, Sendable {
    case missing
    case otherFormat
    case otherSource
    case damaged
  }

  /// Each column has as many values as there are areas.
  package init(note: [UInt8], texts: [TextColumn], numbers: [NumberColumn], areas: PolygonSet) {
    let counts = texts.map(\.count) + numbers.map(\.count)
    precondition(counts.allSatisfy { $0 == areas.count }, "a column has a value for every area")
    (self.note, self.texts, self.numbers, self.areas) = (note, texts, numbers, areas)
  }

  /// Maps the file at `path` that was made from the source of that SHA-256.
  package init(mapping path: String, source: [UInt8]) throws(Fault) {
    let memory: ColumnMemory
    do { memory = try ColumnMemory(mapping: path) } catch { throw .missing }
    try self.init(memory, source: source)
  }

  /// Whatever lies in the memory: nothing but what `write` wrote passes, and nothing that passes leads out of it.
  init(_ memory: ColumnMemory, source: [UInt8]) throws(Fault) {
    var cursor = PreparedFileCursor(memory)
    guard try cursor.word() == Self.magic, try cursor.word() == Self.format else { throw .otherFormat }
    guard try cursor.word() == UInt64(memory.count), Self.isWhole(memory) else { throw .damaged }
    guard try cursor.bytes(Self.sourceLength) == source else { throw .otherSource }
    let (noteLength, textCount) = (try cursor.count(), try cursor.count())
    let (numberCount, areaCount) = (try cursor.count(), try cursor.count())
    note = try cursor.bytes(noteLength)
    var texts: [TextColumn] = []
    for _ in 0..<textCount { texts.append(try cursor.textColumn(areaCount)) }
    var numbers: [NumberColumn] = []
    for _ in 0..<numberCount { numbers.append(try cursor.numberColumn(areaCount)) }
    do { areas = try PolygonSet(memory, at: cursor.offset) } catch { throw .damaged }
    guard areas.count == areaCount, cursor.offset + areas.byteCount + 8 == memory.count else { throw .damaged }
    (self.texts, self.numbers) = (texts, numbers)
  }

  private static func isWhole(_ memory: ColumnMemory) -> Bool {
    guard memory.count % 8 == 0, memory.count >= 16 else { return false }
    return memory.withBytes { bytes in
      var sum = Checksum()
      sum.add(UnsafeRawBufferPointer(rebasing: bytes.dropLast(8)))
      return sum.value == bytes.loadUnaligned(fromByteOffset: bytes.count - 8, as: UInt64.self)
    }
  }
}

/// Takes a prepared file apart; every step says where the file ends too soon.
struct PreparedFileCursor {
  private let memory: ColumnMemory
  private(set) var offset = 0

  init(_ memory: ColumnMemory) { self.memory = memory }

  mutating func word() throws(PreparedFile.Fault) -> UInt64 { try column(UInt64.self, 1)[0] }

  /// A number of things: never more than the file has bytes, so that nothing is counted for long that cannot be there.
  mutating func count() throws(PreparedFile.Fault) -> Int {
    let word = try word()
    guard word <= UInt64(memory.count) else { throw .damaged }
    return Int(word)
  }

  mutating func bytes(_ count: Int) throws(PreparedFile.Fault) -> [UInt8] {
    let column = try column(UInt8.self, count)
    return column.indices.map { column[$0] }
  }

  mutating func textColumn(_ areas: Int) throws(PreparedFile.Fault) -> TextColumn {
    let lengths = try column(UInt64.self, count())
    var words: [String] = []
    for index in lengths.indices {
      guard lengths[index] <= UInt64(memory.count) else { throw .damaged }
      words.append(String(decoding: try bytes(Int(lengths[index])), as: UTF8.self))
    }
    do {
      return try TextColumn(memory, column(UInt32.self, areas), words: words)
    } catch {
      throw .damaged
    }
  }

  mutating func numberColumn(_ areas: Int) throws(PreparedFile.Fault) -> NumberColumn {
    NumberColumn(memory, try column(Double.self, areas))
  }

  /// Elements and what fills their last word.
  private mutating func column<Element: BitwiseCopyable>(
    _: Element.Type, _ count: Int
  ) throws(PreparedFile.Fault) -> Column<Element> {
    guard let column = memory.column(Element.self, count: count, at: offset) else { throw .damaged }
    offset += (count * MemoryLayout<Element>.stride + 7) / 8 * 8
    return column
  }
}
