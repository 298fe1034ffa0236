import Dispatch
import Foundation
import Geodata
import ParcelTesting
import Testing

@testable import Spatial

@Suite struct PreparedFileTests {
  static let source = [UInt8](0..<32)
  /// Sixteen bytes, so that another length of it moves all that follows.
  static let note = Array("{\"layer\":\"DLTB\"}".utf8)

  static func layer(_ count: Int = 6) -> PreparedFile {
    PreparedFile(
      note: note,
      texts: [
        TextColumn((0..<count).map { ["01010101", "水田", "", "0301"][$0 % 4] }),
        TextColumn((0..<count).map { "图斑\($0)" }),
      ],
      numbers: [NumberColumn((0..<count).map { Double($0) / 7 }), NumberColumn((0..<count).map { _ in .nan })],
      areas: PolygonSet(PolygonSetTests.shapes(count)))
  }

  static func bytes(of layer: PreparedFile) throws -> [UInt8] {
    let folder = try TemporaryFolder()
    try layer.write(to: folder.path("layer"), source: source)
    return try folder.read("layer")
  }

  static func open(_ bytes: [UInt8]) throws(PreparedFile.Fault) -> PreparedFile {
    try PreparedFile(
      ColumnMemory(count: bytes.count) { target in bytes.withUnsafeBytes { target.copyMemory(from: $0) } },
      source: source)
  }

  /// The bytes with their length and checksum put right, so that what else is wrong with them is reached.
  static func sealed(_ bytes: [UInt8]) -> [UInt8] {
    var sealed = bytes
    put(UInt64(bytes.count), into: &sealed, at: 16)
    var sum = Checksum()
    sealed.withUnsafeBytes { sum.add(UnsafeRawBufferPointer(rebasing: $0.dropLast(8))) }
    put(sum.value, into: &sealed, at: sealed.count - 8)
    return sealed
  }

  static func put(_ word: UInt64, into bytes: inout [UInt8], at offset: Int) {
    for byte in 0..<8 { bytes[offset + byte] = UInt8(truncatingIfNeeded: word >> UInt64(8 * byte)) }
  }

  /// Goes through all that a layer can be asked; a wrong index would stop the test.
  static func useAll(of layer: PreparedFile) {
    for area in 0..<layer.areas.count {
      for column in layer.texts { _ = column[area] }
      for column in layer.numbers { _ = column[area] }
    }
    PolygonSetTests.useAll(of: layer.areas)
  }

  // MARK: Round trips

  @Test(arguments: [0, 1, 17]) func aLayerComesBack(count: Int) throws {
    let folder = try TemporaryFolder()
    let layer = Self.layer(count)
    try layer.write(to: folder.path("layer"), source: Self.source)
    let read = try PreparedFile(mapping: folder.path("layer"), source: Self.source)
    #expect(read.note == Self.note)
    #expect(read.texts.map(\.words) == layer.texts.map(\.words))
    #expect(read.areas.count == count)
    for area in 0..<count {
      #expect(read.areas.polygons(area) == layer.areas.polygons(area))
      #expect(read.texts.map { $0[area] } == layer.texts.map { $0[area] })
      #expect(read.numbers.map { $0[area].bitPattern } == layer.numbers.map { $0[area].bitPattern })
    }
    #expect(folder.names == ["layer"])
  }

  /// A layer that lies in a file is as good as one in memory: written again it is the same file.
  @Test func aMappedLayerIsWrittenAsItIs() throws {
    let folder = try TemporaryFolder()
    try Self.layer().write(to: folder.path("layer"), source: Self.source)
    try PreparedFile(mapping: folder.path("layer"), source: Self.source)
      .write(to: folder.path("again"), source: Self.source)
    #expect(try folder.read("again") == folder.read("layer"))
  }

  @Test func theSameLayerGivesTheSameBytes() throws {
    #expect(try Self.bytes(of: Self.layer()) == Self.bytes(of: Self.layer()))
  }

  @Test(.timeLimit(.minutes(1))) func otherSourcesAndFormatsAreRefused() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("layer")
    #expect(throws: PreparedFile.Fault.missing) { try PreparedFile(mapping: path, source: Self.source) }
    try folder.write([], to: "layer")
    #expect(throws: PreparedFile.Fault.missing) { try PreparedFile(mapping: path, source: Self.source) }
    #expect(throws: PreparedFile.Fault.missing) { try PreparedFile(mapping: folder.url.path, source: Self.source) }
    // Nobody writes to it: to wait for bytes would be for ever.
    let pipe = folder.path("pipe")
    #expect(mkfifo(pipe, 0o600) == 0)
    #expect(throws: PreparedFile.Fault.missing) { try PreparedFile(mapping: pipe, source: Self.source) }
    try Self.layer().write(to: path, source: Self.source)
    #expect(throws: PreparedFile.Fault.otherSource) { try PreparedFile(mapping: path, source: Self.source.reversed()) }
    var bytes = try folder.read("layer")
    Self.put(PreparedFile.format + 1, into: &bytes, at: 8)
    #expect(throws: PreparedFile.Fault.otherFormat) { try Self.open(Self.sealed(bytes)) }
    #expect(throws: PreparedFile.Fault.otherFormat) { try Self.open(Array("PARCEL".utf8) + bytes.dropFirst(6)) }
  }

  // MARK: Damage

  @Test func aCutFileIsRefused() throws {
    let bytes = try Self.bytes(of: Self.layer(4))
    for count in stride(from: 8, to: bytes.count, by: 8) {
      #expect(throws: PreparedFile.Fault.self) { try Self.open(Array(bytes[..<count])) }
      #expect(throws: PreparedFile.Fault.self) { try Self.open(Array(bytes[..<(count - 3)])) }
      // Cut and closed again as if it had been meant so.
      if count >= 32 { #expect(throws: PreparedFile.Fault.self) { try Self.open(Self.sealed(Array(bytes[..<count]))) } }
    }
    #expect(throws: PreparedFile.Fault.damaged) { try Self.open(bytes + [0]) }
    #expect(throws: PreparedFile.Fault.damaged) { try Self.open(Self.sealed(bytes + [0, 0, 0, 0, 0, 0, 0, 0])) }
  }

  @Test func everyChangedByteIsNoticed() throws {
    let bytes = try Self.bytes(of: Self.layer(4))
    for index in bytes.indices {
      var changed = bytes
      changed[index] ^= 1 << UInt8(index % 8)
      #expect(throws: PreparedFile.Fault.self) { try Self.open(changed) }
    }
  }

  /// The lengths and numbers of the head, each of which says where all that follows lies.
  @Test func wrongCountsAreRefused() throws {
    let bytes = try Self.bytes(of: Self.layer())
    let places = ["note": 56, "texts": 64, "numbers": 72, "areas": 80, "words": 104, "word": 112]
    for (name, offset) in places {
      let right = bytes.withUnsafeBytes { $0.load(fromByteOffset: offset, as: UInt64.self) }
      let wrong = [
        right + 1, right + 8, right &- 8, right * 1_000_003, 0, UInt64(bytes.count), UInt64(bytes.count) + 1, 1 << 32,
        1 << 61, UInt64(Int.max), .max,
      ]
      for count in wrong where count != right {
        var changed = bytes
        Self.put(count, into: &changed, at: offset)
        #expect(throws: PreparedFile.Fault.damaged, "\(name) \(count)") { try Self.open(Self.sealed(changed)) }
      }
    }
  }

  @Test func aTextThatIsNotThereIsRefused() throws {
    var bytes = try Self.bytes(of: Self.layer())
    // The first column: four texts, of a word each but for the empty one; then the numbers of the areas' texts.
    let (texts, numbers) = (UInt64(4), 168)
    #expect(bytes.withUnsafeBytes { $0.load(fromByteOffset: numbers, as: UInt64.self) } == 1 << 32)
    Self.put((texts - 1) << 32, into: &bytes, at: numbers)
    #expect(try Self.open(Self.sealed(bytes)).texts[0][1] == "0301")
    Self.put(texts << 32, into: &bytes, at: numbers)
    #expect(throws: PreparedFile.Fault.damaged) { try Self.open(Self.sealed(bytes)) }
  }

  /// Whatever is written over a word under a right checksum: it is noticed, or leads nowhere.
  @Test func changedWordsLeadNowhere() throws {
    let bytes = try Self.bytes(of: Self.layer(3))
    var refused = 0
    for offset in stride(from: 24, to: bytes.count - 8, by: 8) {
      for word in [0, 7, .max] as [UInt64] {
        var changed = bytes
        Self.put(word, into: &changed, at: offset)
        do { Self.useAll(of: try Self.open(Self.sealed(changed))) } catch { refused += 1 }
      }
    }
    #expect(refused > 50)
  }

  // MARK: Writing

  @Test func writersAtOnceLeaveAWholeFile() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("layer")
    let layers = [Self.layer(5), Self.layer(30)]
    let whole = try layers.map(Self.bytes)
    let failures = Failures()
    DispatchQueue.concurrentPerform(iterations: 100) { number in
      do {
        try layers[number % 2].write(to: path, source: Self.source)
        // Every reader meets one file or the other.
        let read = try PreparedFile(mapping: path, source: Self.source)
        if read.areas.count != 5 && read.areas.count != 30 { failures.add("\(read.areas.count) areas") }
      } catch {
        failures.add("\(error)")
      }
    }
    #expect(failures.all.isEmpty)
    #expect(whole.contains(try folder.read("layer")))
    #expect(folder.names == ["layer"])
  }

  private final class Failures: Sendable {
    private let lock = NSLock()
    private nonisolated(unsafe) var texts: [String] = []
    func add(_ text: String) { lock.withLock { texts.append(text) } }
    var all: [String] { lock.withLock { texts } }
  }

  /// A file that is mapped stays as it was where another is put in its place.
  @Test func readersKeepTheirFile() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("layer")
    try Self.layer(5).write(to: path, source: Self.source)
    let read = try PreparedFile(mapping: path, source: Self.source)
    try Self.layer(30).write(to: path, source: Self.source)
    #expect((0..<5).map(read.areas.polygons) == PolygonSetTests.shapes(5))
  }

  @Test func nothingStaysAfterAnError() throws {
    let folder = try TemporaryFolder()
    #expect(throws: SpatialError.self) {
      try Self.layer().write(to: folder.path("missing/layer"), source: Self.source)
    }
    // The file is written whole, and then cannot take the place of a folder.
    try FileManager.default.createDirectory(
      at: folder.url.appendingPathComponent("layer"), withIntermediateDirectories: true)
    #expect {
      try Self.layer().write(to: folder.path("layer"), source: Self.source)
    } throws: { error in
      guard case .notWritten(folder.path("layer"), _) = error as? SpatialError else { return false }
      return true
    }
    #expect(folder.names == ["layer"])
  }

  // MARK: Checksums

  static func sum(_ words: [UInt64], pieces: [Int] = []) -> UInt64 {
    var sum = Checksum()
    words.withUnsafeBytes { bytes in
      var start = 0
      for piece in pieces + [words.count] {
        let end = min(start + 8 * piece, bytes.count)
        sum.add(UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
        start = end
      }
    }
    return sum.value
  }

  @Test func checksumsKnowEveryWordAndItsPlace() {
    var random = SeededGenerator(seed: 1)
    let words = (0..<23).map { _ in UInt64.random(in: 0...UInt64.max, using: &random) }
    var sums: Set = [Self.sum(words)]
    var expected = 1
    func note(_ changed: [UInt64]) {
      sums.insert(Self.sum(changed))
      expected += 1
    }
    for index in words.indices {
      for bit in 0..<64 {
        var changed = words
        changed[index] ^= 1 << UInt64(bit)
        note(changed)
      }
      for other in words.indices where other > index {
        var changed = words
        changed.swapAt(index, other)
        note(changed)
      }
      note(Array(words[..<index]))
    }
    note(words + [0])
    note([0] + words)
    #expect(sums.count == expected)
    // Zeros count as well.
    #expect(Set((0..<9).map { Self.sum([UInt64](repeating: 0, count: $0)) }).count == 9)
  }

  @Test func checksumsDoNotDependOnPieces() {
    var random = SeededGenerator(seed: 2)
    let words = (0..<57).map { _ in UInt64.random(in: 0...UInt64.max, using: &random) }
    for _ in 0..<50 {
      let pieces = (0..<8).map { _ in Int.random(in: 0...9, using: &random) }
      #expect(Self.sum(words, pieces: pieces) == Self.sum(words))
    }
  }
}
