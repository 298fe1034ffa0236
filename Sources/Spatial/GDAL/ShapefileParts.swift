/// The files of a shapefile, checked against each other before GDAL sees them, because GDAL reads a damaged
/// shapefile without a word (fewer records, empty attributes).
struct ShapefileParts {
  private let file: DataFile

  init(_ file: DataFile) { self.file = file }

  /// Throws where a part is missing, is not as long as its header says, or the parts disagree.
  func check() throws(SpatialError) {
    let tableCount = try records(ofTable: try part("dbf"))
    guard file.kind == .shapefile else { return }
    try checkLength(of: try part("shp"), named: ".shp")
    let index = try part("shx")
    try checkLength(of: index, named: ".shx")
    let indexCount = ((FileAccess.stat(index)?.size ?? 0) - 100) / 8
    guard indexCount == tableCount else {
      throw .countsDisagree(file.named, index: indexCount, table: tableCount)
    }
  }

  private func part(_ suffix: String) throws(SpatialError) -> String {
    let base = withoutExtension(file.path)
    for candidate in ["\(base).\(suffix)", "\(base).\(suffix.uppercased())"] where FileAccess.stat(candidate) != nil {
      return candidate
    }
    let folder = String(base[..<(base.lastIndex(of: "/") ?? base.startIndex)])
    let name = String(base.split(separator: "/").last ?? "")
    let match = FileAccess.entries(of: folder).first {
      withoutExtension($0) == name && pathExtension($0).lowercased() == suffix
    }
    guard let match else { throw .partMissing(file.named, part: ".\(suffix)") }
    return "\(folder)/\(match)"
  }

  /// `.shp` and `.shx` state their length in 16-bit words, big-endian, at byte 24.
  private func checkLength(of path: String, named part: String) throws(SpatialError) {
    let actual = FileAccess.stat(path)?.size ?? 0
    guard let head = FileAccess.head(path, count: 100), head.count == 100 else {
      throw .sizeDisagrees(file.named, part: part, stated: 100, actual: actual)
    }
    let stated = head[24..<28].reduce(0) { $0 << 8 | Int($1) } * 2
    guard stated == actual else { throw .sizeDisagrees(file.named, part: part, stated: stated, actual: actual) }
  }

  /// `.dbf`: record count at byte 4 (32 bits), header size at 8 and record size at 10 (16 bits), little-endian.
  /// Longer files are let through: some programs pad; a lowered count shows against the `.shx`.
  private func records(ofTable path: String) throws(SpatialError) -> Int {
    let actual = FileAccess.stat(path)?.size ?? 0
    guard let head = FileAccess.head(path, count: 32), head.count == 32 else {
      throw .sizeDisagrees(file.named, part: ".dbf", stated: 32, actual: actual)
    }
    func number(_ range: Range<Int>) -> Int { head[range].reversed().reduce(0) { $0 << 8 | Int($1) } }
    let count = number(4..<8)
    let stated = number(8..<10) + count * number(10..<12)
    guard actual >= stated else { throw .sizeDisagrees(file.named, part: ".dbf", stated: stated, actual: actual) }
    return count
  }
}
