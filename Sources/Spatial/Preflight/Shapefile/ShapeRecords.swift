import Geodata

/// The records of `.shp`, walked along `.shx`.
///
/// Every record lies where `.shx` says, is as long as it says, and together they fill the file. Two habits of good
/// writers are let pass, as neither can hide a record: entries of `.shx` that count the record's header of 8 bytes in
/// its length (all of them or none), and record numbers from 0 instead of 1 (likewise).
struct ShapeRecords {
  let count: Int
  private let shapes: MappedFile
  private let index: MappedFile
  private let kind: ShapeKind
  private static let headerLength = 100

  /// Where a record lies in `.shp`: its header of 8 bytes, then its content.
  private struct Place {
    var start: Int
    var content: Range<Int>
  }

  /// Checks both headers.
  init(shapes: MappedFile, index: MappedFile) throws(ShapefileFault) {
    (self.shapes, self.index) = (shapes, index)
    kind = try Self.kind(statedBy: shapes.bytes, part: ".shp")
    let indexKind = try Self.kind(statedBy: index.bytes, part: ".shx")
    guard kind == indexKind else { throw .kindsDisagree(shapes: kind.rawValue, index: indexKind.rawValue) }
    let entries = index.bytes.count - Self.headerLength
    guard entries % 8 == 0 else {
      throw .sizeDisagrees(
        part: ".shx", stated: index.bytes.count - entries % 8, actual: index.bytes.count)
    }
    count = entries / 8
  }

  /// File code and length are big-endian, version and type little-endian; lengths count words of 16 bits.
  private static func kind(statedBy bytes: UnsafeRawBufferPointer, part: String) throws(ShapefileFault) -> ShapeKind {
    guard bytes.count >= headerLength else {
      throw .sizeDisagrees(part: part, stated: headerLength, actual: bytes.count)
    }
    guard bytes.bigEndian(at: 0) == 9994, bytes.littleEndian(at: 28) == 1000,
      let type = bytes.littleEndian(at: 32), let kind = ShapeKind(rawValue: type), let words = bytes.bigEndian(at: 24)
    else { throw .badHeader(part: part) }
    guard words * 2 == bytes.count else { throw .sizeDisagrees(part: part, stated: words * 2, actual: bytes.count) }
    return kind
  }

  /// Notes shapes that must not be believed and remarks; records in `deleted` are walked but not judged.
  func check(skipping deleted: Set<Int>, into preflight: inout Preflight) throws(ShapefileFault) {
    let first = count > 0 ? (try place(ofRecord: 1)) : nil
    let numbersBegin = first.flatMap { shapes.bytes.bigEndian(at: $0.start) } ?? 1
    guard numbersBegin <= 1 else { throw .indexDisagrees(record: 1) }
    let excess = first.map { statedLength(ofRecord: 1) - $0.content.count } ?? 0
    var isInOrder = true
    var end = Self.headerLength
    for record in stride(from: 1, through: count, by: 1) {
      let place = try place(ofRecord: record)
      guard shapes.bytes.bigEndian(at: place.start) == record - 1 + numbersBegin,
        statedLength(ofRecord: record) - place.content.count == excess
      else { throw .indexDisagrees(record: record) }
      if place.start != end { isInOrder = false }
      end = place.content.upperBound
      if !deleted.contains(record) { judge(shapes.bytes.part(place.content), record: record, into: &preflight) }
    }
    if !isInOrder || end != shapes.bytes.count { try checkCover() }
    if kind.hasHeights, count > 0 { preflight.remarks.append(Remark(.heights)) }
    if kind == .multipatch { preflight.unsupportedKind = "MultiPatch" }
  }

  /// The box that a record states for its polygon, with what its points may lie outside of it; nothing where it has no
  /// polygon.
  func envelope(ofRecord record: Int) -> Envelope? {
    guard kind.isPolygon, let place = try? place(ofRecord: record) else { return nil }
    let content = shapes.bytes.part(place.content)
    return content.littleEndian(at: 0) == kind.rawValue ? PolygonRecord(content, kind).envelope : nil
  }

  /// In bytes, as `.shx` has it.
  private func statedLength(ofRecord record: Int) -> Int {
    (index.bytes.bigEndian(at: Self.headerLength + (record - 1) * 8 + 4) ?? 0) * 2
  }

  private func place(ofRecord record: Int) throws(ShapefileFault) -> Place {
    let stated = statedLength(ofRecord: record)
    guard let words = index.bytes.bigEndian(at: Self.headerLength + (record - 1) * 8), words * 2 >= Self.headerLength,
      let contentWords = shapes.bytes.bigEndian(at: words * 2 + 4)
    else { throw .indexDisagrees(record: record) }
    let start = words * 2
    let end = start + 8 + contentWords * 2
    guard end <= shapes.bytes.count, [contentWords * 2, contentWords * 2 + 8].contains(stated) else {
      throw .indexDisagrees(record: record)
    }
    return Place(start: start, content: (start + 8)..<end)
  }

  /// Records that do not follow each other in the file's order must still fill it.
  private func checkCover() throws(ShapefileFault) {
    var places: [Place] = []
    for record in stride(from: 1, through: count, by: 1) { places.append(try place(ofRecord: record)) }
    places.sort { $0.start < $1.start }
    var end = Self.headerLength
    for place in places {
      guard place.start == end else { throw .outsideRecords(byte: min(end, place.start)) }
      end = place.content.upperBound
    }
    guard end == shapes.bytes.count else { throw .outsideRecords(byte: end) }
  }

  private func judge(_ content: UnsafeRawBufferPointer, record: Int, into preflight: inout Preflight) {
    guard let type = content.littleEndian(at: 0) else {
      preflight.damagedShapes[record] = "the record is too short for a shape"
      return
    }
    if type == ShapeKind.null.rawValue {
      if content.count != 4 { preflight.damagedShapes[record] = "a record without shape has \(content.count) bytes" }
    } else if type != kind.rawValue {
      preflight.damagedShapes[record] = "type of shape \(type) in a file of type \(kind.rawValue)"
    } else if kind.isPolygon {
      switch PolygonRecord(content, kind).judged {
      case .damaged(let reason): preflight.damagedShapes[record] = reason
      case .whole(let unclosed) where unclosed > 0:
        preflight.recordRemarks[record, default: []].append(Remark(.unclosedRing, "\(unclosed)"))
      case .whole: break
      }
    }
  }
}

/// The types of shape of the format.
enum ShapeKind: Int {
  case null = 0
  case point = 1
  case line = 3
  case polygon = 5
  case multipoint = 8
  case pointZ = 11
  case lineZ = 13
  case polygonZ = 15
  case multipointZ = 18
  case pointM = 21
  case lineM = 23
  case polygonM = 25
  case multipointM = 28
  case multipatch = 31

  var isPolygon: Bool { self == .polygon || self == .polygonZ || self == .polygonM }
  /// Whether records hold Z or M values.
  var hasHeights: Bool { rawValue > 10 }
}
