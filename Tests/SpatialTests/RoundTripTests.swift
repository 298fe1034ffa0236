import Foundation
import Geodata
import ParcelTesting
import Spatial
import Testing

@Suite struct RoundTripTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var format: VectorFormat
    var encoding = "UTF-8"
    var driver: String
    var testDescription: String { name }
  }

  static let cases = [
    Case(name: "a.gpkg", format: .geoPackage, driver: "GPKG"),
    Case(name: "a.geojson", format: .geoJSON, driver: "GeoJSON"),
    Case(name: "a.shp", format: .shapefile(encoding: "UTF-8", writesCodePage: true), driver: "ESRI Shapefile"),
    Case(
      name: "下发图斑.shp", format: .shapefile(encoding: "GBK", writesCodePage: false), encoding: "GB18030",
      driver: "ESRI Shapefile"),
    Case(
      name: "b.shp", format: .shapefile(encoding: "GBK", writesCodePage: true), encoding: "GB18030",
      driver: "ESRI Shapefile"),
  ]

  @Test(arguments: cases) func everythingComesBack(_ item: Case) throws {
    let folder = try TemporaryFolder()
    try Sample.write(folder.path(item.name), item.format)
    let source = try GDALFeatureSource(ReadJob(path: folder.path(item.name), purpose: .delivery))
    let schema = source.schema
    #expect(schema.format == item.driver)
    #expect(schema.encoding == item.encoding)
    #expect(schema.reference == .cgcs2000)
    #expect(schema.fields.map(\.name) == Sample.fields.map(\.name))
    // GeoJSON has no dates: what looks like one stays the text that it is.
    let isText = item.driver == "GeoJSON"
    #expect(schema.fields.map(\.kind) == Sample.fields.map { isText && $0.kind == .day ? .text : $0.kind })
    if item.driver == "ESRI Shapefile" { #expect(schema.fields[3].decimals == 2) }
    let features = try records(of: source)
    #expect(features.map(\.record) == [1, 2, 3])
    for (feature, (values, polygons)) in zip(features, Sample.rows) {
      #expect(
        feature.values
          == values.map { value in
            if isText, case .day(let day) = value { .text(day.description) } else { value }
          })
      guard case .polygons(let shape) = feature.shape else {
        #expect(feature.shape == .absent && polygons.isEmpty)
        continue
      }
      #expect(shape.polygonCount == polygons.polygonCount)
      #expect(shape.points.count == polygons.points.count)
      // GeoJSON is decimal, to 15 places, and GDAL drops the tail of 112.90000000000001.
      func rounded(_ points: [Point]) -> Set<Point> {
        item.driver != "GeoJSON"
          ? Set(points) : Set(points.map { Point(x: ($0.x * 1e12).rounded(), y: ($0.y * 1e12).rounded()) })
      }
      #expect(rounded(shape.points) == rounded(polygons.points))
    }
    #expect(
      item.name != "下发图斑.shp" || folder.names == ["下发图斑.dbf", "下发图斑.prj", "下发图斑.shp", "下发图斑.shx"])
  }

  @Test(arguments: cases) func theSameInputGivesTheSameBytes(_ item: Case) throws {
    let (first, second, later) = (try TemporaryFolder(), try TemporaryFolder(), try TemporaryFolder())
    try Sample.write(first.path(item.name), item.format)
    try Sample.write(second.path(item.name), item.format)
    #expect(first.names == second.names)
    for name in first.names { #expect(try first.read(name) == second.read(name), "\(name)") }
    try Sample.write(later.path(item.name), item.format, lastChange: #require(Instant("2025-06-01T00:00:00Z")))
    if item.driver != "GeoJSON" {
      #expect(try first.names.contains { try first.read($0) != later.read($0) })
    }
  }

  @Test(arguments: cases) func nothingStaysWithoutFinish(_ item: Case) throws {
    let folder = try TemporaryFolder()
    do {
      let writer = try FeatureWriter(
        path: folder.path(item.name), format: item.format, layer: "a", reference: .cgcs2000, fields: Sample.fields,
        lastChange: Sample.lastChange)
      try writer.write(Sample.rows[0].0, Sample.rows[0].1)
      #expect(folder.names.count == 1)
      #expect(!folder.names.contains(item.name))
    }
    #expect(folder.names.isEmpty)
  }

  @Test func anOlderFileIsReplacedWithItsCodePage() throws {
    let folder = try TemporaryFolder()
    try Sample.write(folder.path("a.shp"), .shapefile(encoding: "UTF-8", writesCodePage: true))
    #expect(folder.names.contains("a.cpg"))
    try Sample.write(folder.path("a.shp"), .shapefile(encoding: "GBK", writesCodePage: false))
    #expect(folder.names == ["a.dbf", "a.prj", "a.shp", "a.shx"])
    #expect(try records(ReadJob(path: folder.path("a.shp"), purpose: .delivery)).count == 3)
  }

  /// GDAL warns of this once a process and writes a question mark: it must be refused every time.
  @Test(arguments: [1, 2]) func textThatAnEncodingLacksIsRefused(_: Int) throws {
    let folder = try TemporaryFolder()
    let row: [FieldValue] = [.text("𠮷"), .null, .null, .null, .null]
    #expect {
      try Sample.write(
        folder.path("a.shp"), .shapefile(encoding: "GBK", writesCodePage: false), rows: [(row, Polygons())])
    } throws: {
      ($0 as? SpatialError)?.code == "unwritable-text"
    }
    #expect(folder.names.isEmpty)
    let long: [FieldValue] = [.text(String(repeating: "中", count: 85)), .null, .null, .null, .null]
    #expect(throws: SpatialError.self) {
      try Sample.write(
        folder.path("a.shp"), .shapefile(encoding: "UTF-8", writesCodePage: true), rows: [(long, Polygons())])
    }
  }

  @Test func valuesOfAnotherKindAreRefused() throws {
    let folder = try TemporaryFolder()
    let row: [FieldValue] = [.integer(1), .null, .null, .null, .null]
    #expect(throws: SpatialError.self) {
      try Sample.write(folder.path("a.gpkg"), .geoPackage, rows: [(row, Polygons())])
    }
    #expect(throws: SpatialError.self) {
      try Sample.write(folder.path("a.gpkg"), .geoPackage, rows: [([], Polygons())])
    }
  }

  @Test func aFolderThatIsNotThereIsSaid() {
    #expect {
      try Sample.write("/nonexistent/folder/a.gpkg", .geoPackage)
    } throws: {
      ($0 as? SpatialError)?.code == "not-written"
    }
  }

  @Test(arguments: [Int32(4490), 4326, 4497, 4508, 4526, 4547, 3857])
  func referenceSystemsAreRecognised(epsg: Int32) throws {
    let folder = try TemporaryFolder()
    let reference = CoordinateReference(epsg: epsg)
    for item in Self.cases where !(item.driver == "GeoJSON" && epsg != 4490 && epsg != 4326) {
      try Sample.write(folder.path(item.name), item.format, reference: reference, rows: [])
      let schema = try GDALFeatureSource(ReadJob(path: folder.path(item.name), purpose: .delivery)).schema
      #expect(schema.reference == reference, "\(item.name)")
      #expect(!schema.referenceName.isEmpty)
    }
  }
}
