/// A table of a file geodatabase: one file with its rows, and one that says where each of them starts.
///
/// Source of the layout, which its maker does not publish: <https://github.com/rouault/dump_gdbtable/wiki/FGDB-Spec>.
struct GeodatabaseTable {
  private let name: String
  private let rows: MappedFile
  private let index: MappedFile

  /// `number` is the table's place in the catalog, from 1.
  init(_ name: String, number: Int, in folder: String) throws(GeodatabaseFault) {
    let digits = String(number, radix: 16)
    let file = "a\(String(repeating: "0", count: max(0, 8 - digits.count)))\(digits)"
    self.name = name
    rows = try Self.map(folder, "\(file).gdbtable", name)
    index = try Self.map(folder, "\(file).gdbtablx", name)
  }

  private static func map(_ folder: String, _ file: String, _ name: String) throws(GeodatabaseFault) -> MappedFile {
    do throws(SpatialError) { return try MappedFile("\(folder)/\(file)") } catch {
      throw .tableMissing(name, file: file)
    }
  }

  private static let version = 3

  /// There are as many rows as the header states, each with bytes of its own.
  func check() throws(GeodatabaseFault) {
    guard let stated = rows.bytes.littleEndian(at: 4), let version = rows.bytes.littleEndian(at: 0) else {
      throw .damaged(name)
    }
    guard version == Self.version else { throw .version(name, number: version) }
    let starts = try rowStarts()
    guard stated == starts.count else { throw .rows(name, stated: stated, indexed: starts.count) }
    var end = 0
    for start in starts {
      guard start >= end, let length = rows.bytes.littleEndian(at: start), length <= rows.bytes.count - start - 4
      else { throw .damaged(name) }
      end = start + 4 + length
    }
  }

  /// Where the rows start, ascending. The index has 1024 places a block, empty ones for rows that were deleted; blocks
  /// without any row are left out.
  private func rowStarts() throws(GeodatabaseFault) -> [Int] {
    let bytes = index.bytes
    let head = 16
    guard bytes.littleEndian(at: 0) == Self.version, let blocks = bytes.littleEndian(at: 4),
      let width = bytes.littleEndian(at: 12), (4...6).contains(width),
      blocks <= (bytes.count - head) / (1024 * width)
    else { throw .damaged(name) }
    var starts: [Int] = []
    for place in 0..<(1024 * blocks) {
      let start = (0..<width).reduce(0) { $0 | Int(bytes[head + width * place + $1]) << (8 * $1) }
      if start > 0 { starts.append(start) }
    }
    return starts.sorted()
  }
}
