import Geodata
import ParcelTesting
import Spatial
import Testing

/// What a batch sends only once, or in another form than it has in memory.
@Suite struct BatchTests {
  private static let names = ["A", "B", "C"]

  private static func write(
    _ rows: [([FieldValue], Polygons)], to path: String, encoding: String
  ) throws {
    let writer = try FeatureWriter(
      path: path, format: .shapefile(encoding: encoding, writesCodePage: true), layer: "a", reference: .cgcs2000,
      fields: names.map { FeatureSchema.Field(name: $0, kind: .text) }, lastChange: Sample.lastChange)
    for (values, shape) in rows { try writer.write(values, shape) }
    try writer.finish()
  }

  /// Texts that repeat in a column, between columns and between batches; more of them than a batch remembers.
  @Test(arguments: ["GBK", "UTF-8"]) func repeatedTexts(encoding: String) throws {
    let folder = try TemporaryFolder()
    var generator = SeededGenerator(seed: 7)
    let long = String(repeating: "长", count: 60)
    func text() -> FieldValue {
      switch Int.random(in: 0..<7, using: &generator) {
      case 0: .null
      case 1: .text(long)
      case 2: .text("\(long)\(Int.random(in: 0..<3, using: &generator))")
      case 3: .text("编号\(Int.random(in: 0..<5000, using: &generator))")
      case 4: .text("\(Int.random(in: 0..<5000, using: &generator))")
      default: .text(["一", "二", "abcdefgh", "abcdefghi"].randomElement(using: &generator) ?? "")
      }
    }
    let rows = (0..<1200).map { _ in ([text(), text(), text()], square(112.9, 27.7, side: 0.001)) }
    try Self.write(rows, to: folder.path("a.shp"), encoding: encoding)
    let features = try records(ReadJob(path: folder.path("a.shp"), purpose: .delivery))
    #expect(features.count == rows.count)
    for (feature, row) in zip(features, rows) { #expect(feature.values == row.0) }
  }

  /// Rings come out of GDAL as they went in; of numbers that GeoJSON writes whole.
  @Test func randomPolygons() throws {
    let folder = try TemporaryFolder()
    var generator = SeededGenerator(seed: 3)
    let rows = (0..<200).map { number in
      let polygons = (0..<Int.random(in: 1...3, using: &generator)).map { part in
        let (x, y) = (Double(number), Double(part) * 10)
        let holes = (0..<Int.random(in: 0...3, using: &generator)).map { hole in
          Array(square(x + 0.125 + Double(hole) * 0.25, y + 0.125, side: 0.125).points.reversed())
        }
        return [Array(square(x, y, side: 0.9375).points)] + holes
      }
      return ([FieldValue.null, .null, .null], Polygons(rings: polygons))
    }
    for (name, format) in [("a.gpkg", VectorFormat.geoPackage), ("a.geojson", .geoJSON)] {
      let writer = try FeatureWriter(
        path: folder.path(name), format: format, layer: "a", reference: .cgcs2000,
        fields: Self.names.map { FeatureSchema.Field(name: $0, kind: .text) }, lastChange: Sample.lastChange)
      for (values, shape) in rows { try writer.write(values, shape) }
      try writer.finish()
      let features = try records(ReadJob(path: folder.path(name), purpose: .layer))
      #expect(features.count == rows.count)
      for (feature, row) in zip(features, rows) { #expect(feature.shape == .polygons(row.1), "\(name)") }
    }
  }
}
