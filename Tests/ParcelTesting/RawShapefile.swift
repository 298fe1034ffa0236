/// A shapefile byte by byte, for what no library writes.
package struct RawShapefile {
  package struct Field {
    package var name: [UInt8]
    package var kind = UInt8(ascii: "C")
    package var width = 10
    package var decimals = 0

    package init(name: [UInt8], kind: UInt8 = UInt8(ascii: "C"), width: Int = 10, decimals: Int = 0) {
      (self.name, self.kind, self.width, self.decimals) = (name, kind, width, decimals)
    }
  }

  package var kind = 5
  /// Contents of the records of `.shp`.
  package var shapes: [[UInt8]]
  package var fields: [Field]
  /// Cells without padding.
  package var rows: [[[UInt8]]]
  package var deleted: Set<Int> = []
  package var languageByte: UInt8 = 0
  package var padding: UInt8 = 0x20

  /// `count` squares with a number, an area, a day and a yes or no each; points of two coordinates.
  package init(count: Int = 20) {
    shapes = (0..<count).map { Self.square(x: 100 + Double($0)) }
    fields = [
      Field(name: Array("NAME".utf8), width: 12), Field(name: Array("NUM".utf8), kind: UInt8(ascii: "N"), width: 8),
      Field(name: Array("AREA".utf8), kind: UInt8(ascii: "F"), width: 19, decimals: 11),
      Field(name: Array("DAY".utf8), kind: UInt8(ascii: "D"), width: 8),
      Field(name: Array("OK".utf8), kind: UInt8(ascii: "L"), width: 1),
    ]
    rows = (0..<count).map { number in
      ["parcel \(number)", "\(number)", "1.\(number)0000000000e+002", "20240229", "T"].map { Array($0.utf8) }
    }
  }

  /// One field and one row a cell; no shapes worth naming.
  package init(_ field: Field, cells: [[UInt8]]) {
    self.init(count: cells.count)
    (fields, rows) = ([field], cells.map { [$0] })
  }

  package static func square(x: Double, y: Double = 30) -> [UInt8] {
    polygon([[(x, y), (x, y + 0.5), (x + 0.5, y + 0.5), (x + 0.5, y), (x, y)]])
  }

  /// The content of a record; `extra` follows the points.
  package static func polygon(_ rings: [[(Double, Double)]], kind: Int = 5, extra: Int = 0) -> [UInt8] {
    let points = rings.flatMap { $0 }
    let (xs, ys) = (points.map(\.0), points.map(\.1))
    var bytes = little(kind, 4)
    for edge in [xs.min(), ys.min(), xs.max(), ys.max()] { bytes += double(edge ?? 0) }
    bytes += little(rings.count, 4) + little(points.count, 4)
    var start = 0
    for ring in rings {
      bytes += little(start, 4)
      start += ring.count
    }
    for (x, y) in points { bytes += double(x) + double(y) }
    return bytes + [UInt8](repeating: 0, count: extra)
  }

  package static func double(_ value: Double) -> [UInt8] { little(Int(bitPattern: UInt(value.bitPattern)), 8) }
  package static func little(_ value: Int, _ size: Int) -> [UInt8] {
    (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }
  package static func big(_ value: Int) -> [UInt8] { little(value, 4).reversed() }

  package var shp: [UInt8] {
    let body = shapes.enumerated().flatMap { Self.big($0 + 1) + Self.big($1.count / 2) + $1 }
    return head(of: body.count) + body
  }

  package var shx: [UInt8] {
    var offset = 100
    var body: [UInt8] = []
    for shape in shapes {
      body += Self.big(offset / 2) + Self.big(shape.count / 2)
      offset += 8 + shape.count
    }
    return head(of: body.count) + body
  }

  private func head(of bodyLength: Int) -> [UInt8] {
    Self.big(9994) + [UInt8](repeating: 0, count: 20) + Self.big((100 + bodyLength) / 2) + Self.little(1000, 4)
      + Self.little(kind, 4) + [0.0, 0, 200, 90, 0, 0, 0, 0].flatMap(Self.double)
  }

  package var dbf: [UInt8] {
    let recordLength = fields.reduce(1) { $0 + $1.width }
    var bytes: [UInt8] = [0x03, 124, 2, 29] + Self.little(rows.count, 4) + Self.little(33 + 32 * fields.count, 2)
    bytes += Self.little(recordLength, 2) + [UInt8](repeating: 0, count: 17) + [languageByte, 0, 0]
    for field in fields {
      bytes +=
        padded(field.name, to: 11, with: 0) + [field.kind, 0, 0, 0, 0, UInt8(field.width), UInt8(field.decimals)]
      bytes += [UInt8](repeating: 0, count: 14)
    }
    bytes.append(0x0D)
    for (index, row) in rows.enumerated() {
      bytes.append(deleted.contains(index + 1) ? 0x2A : 0x20)
      for (field, cell) in zip(fields, row) { bytes += padded(cell, to: field.width, with: padding) }
    }
    return bytes + [0x1A]
  }

  private func padded(_ bytes: [UInt8], to width: Int, with byte: UInt8) -> [UInt8] {
    bytes.prefix(width) + [UInt8](repeating: byte, count: max(0, width - bytes.count))
  }

  /// Writes the three parts and returns the path.
  @discardableResult package func write(in folder: TemporaryFolder, as name: String = "raw") throws -> String {
    try folder.write(shx, to: "\(name).shx")
    try folder.write(dbf, to: "\(name).dbf")
    return try folder.write(shp, to: "\(name).shp")
  }
}
