import Foundation
import Geodata
import ParcelTesting
import Spatial
import Testing

@Suite struct ReadingTests {
  static func code(_ body: () throws -> Void) -> String? {
    do { try body() } catch { return (error as? SpatialError)?.code ?? "\(error)" }
    return nil
  }

  static func code(reading path: String, _ purpose: ReadJob.Purpose = .delivery, layer: String? = nil) -> String? {
    code { _ = try records(ReadJob(path: path, layer: layer, purpose: purpose)) }
  }

  @Test(arguments: [
    "/vsicurl/http://example.org/a.shp", "/vsizip/a.zip", "https://example.org/a.geojson", "GPKG:a.gpkg:layer",
    "CSV:a.csv", "PG:dbname=x", "<OGRVRTDataSource/>", "{\"type\":\"FeatureCollection\"}", "", "a\0.shp",
    "//vsimem/a.shp", "./../../../../../../../../vsimem/a.shp",
  ])
  func onlyPlainPaths(path: String) {
    let code = Self.code(reading: path)
    #expect(code == "path-refused")
  }

  @Test func missingFilesAndUnknownKinds() throws {
    let folder = try TemporaryFolder()
    #expect(Self.code(reading: folder.path("no.shp")) == "file-missing")
    for name in ["a.kml", "a.vrt", "a.csv", "a", "a.fgb"] {
      #expect(Self.code(reading: try folder.write([1, 2, 3], to: name)) == "unknown-kind", "\(name)")
    }
    #expect(Self.code(reading: try folder.write([1], to: "a.gdb")) == "unknown-kind")
    #expect(Self.code(reading: folder.path("a.kml"), .rows) == "unknown-kind")
  }

  @Test func aZipWithNothingToReadSaysWhatItHolds() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(storedZip([(Array("批次/数据/图斑.kml".utf8), [1])]), to: "深.zip")
    do {
      _ = try records(ReadJob(path: path, purpose: .delivery))
      Issue.record("read")
    } catch let error as SpatialError {
      #expect(error.message.en.contains("批次/数据/图斑.kml") && error.remedy.en.contains("Supply one of: Shapefile"))
    }
  }

  /// Who sends a file that is not accepted reads what it is and what to do with it.
  @Test(arguments: [
    ("图斑", "PK\u{3}\u{4}", "ends in .zip"), ("图斑.rar", "PK\u{3}\u{4}", "ends in .zip"),
    ("图斑.geojson", "PK\u{3}\u{4}", "ends in .zip"), ("图斑.shp", "PK\u{3}\u{4}", "ends in .zip"),
    ("图斑.rar", "Rar!\u{1A}\u{7}\u{1}\0", "pack what is in it as a zip"),
    ("图斑.shp", "Rar!\u{1A}\u{7}\u{1}\0", "pack what is in it as a zip"), ("图斑.7z", "", "pack what is in it as a zip"),
    ("图斑.tar.gz", "", "pack what is in it as a zip"),
    ("图斑.tar", String(repeating: "\0", count: 257) + "ustar", "pack what is in it as a zip"),
    ("图斑", "SQLite format 3\0" + String(repeating: "x", count: 52) + "GPKG", "ends in .gpkg"),
    ("图斑.db", "SQLite format 3\0" + String(repeating: "x", count: 52) + "GP10", "ends in .gpkg"),
    ("图斑.sqlite", "SQLite format 3\0", "Convert it in a GIS program"),
    ("图斑.geojson", "SQLite format 3\0", "Convert it in a GIS program"),
    ("图斑.kml", "<kml/>", "Convert it in a GIS program"), ("图斑.kmz", "PK\u{3}\u{4}", "Convert it in a GIS program"),
    ("图斑.DXF", "", "Convert it in a GIS program"), ("图斑.dbf", "", "Give the .shp file"),
    ("图斑.csv", "a,b", "parcels record"), ("台账.xlsx", "PK\u{3}\u{4}", "parcels register import"),
    ("图斑", "?", "Supply one of: Shapefile"), ("图斑.doc", "?", "Supply one of: Shapefile"),
  ])
  func whatAnUnknownFileIs(name: String, content: String, remedy: String) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(content.utf8, to: name)
    do {
      _ = try records(ReadJob(path: path, purpose: .delivery))
      Issue.record("read")
    } catch let error as SpatialError {
      #expect(error.code == "unknown-kind")
      #expect(error.remedy.en.contains(remedy))
    }
  }

  @Test func anOldWorkbookIsToBeSavedAnew() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write([0xD0, 0xCF, 0x11, 0xE0], to: "办理.xls")
    do {
      _ = try records(ReadJob(path: path, purpose: .rows))
      Issue.record("read")
    } catch let error as SpatialError {
      #expect(error.code == "unknown-kind" && error.remedy.zh.contains(".xlsx"))
    }
  }

  /// A file that would make GDAL open another one.
  @Test(arguments: [
    ("evil.shp", "bad-shape-header"), ("evil.geojson", "bad-json"), ("evil.gpkg", "not-a-geopackage"),
  ])
  func virtualFilesAreNotFollowed(name: String, expected: String) throws {
    let folder = try TemporaryFolder()
    let target = try Sample.shapefile(in: folder)
    let text = """
      <OGRVRTDataSource><OGRVRTLayer name="delivery"><SrcDataSource>\(target)</SrcDataSource></OGRVRTLayer>
      </OGRVRTDataSource>
      """
    try folder.write(text.utf8, to: name)
    for part in ["shx", "dbf"] { try folder.write(folder.read("delivery.\(part)"), to: "evil.\(part)") }
    #expect(Self.code(reading: folder.path(name)) == expected)
  }

  enum Damage: CaseIterable {
    case halfShp, halfDbf, halfShx, noDbf, noShx, fewerRows, moreRows, header
  }

  @Test(arguments: Damage.allCases) func damagedShapefilesAreRefused(_ damage: Damage) throws {
    let folder = try TemporaryFolder()
    let path = try Sample.shapefile(in: folder)
    #expect(try records(ReadJob(path: path, purpose: .delivery)).count == 20)
    func change(_ part: String, _ body: (inout [UInt8]) -> Void) throws {
      var bytes = try folder.read("delivery.\(part)")
      body(&bytes)
      try folder.write(bytes, to: "delivery.\(part)")
    }
    func halve(_ bytes: inout [UInt8]) { bytes.removeLast(bytes.count / 2) }
    let expected: String
    switch damage {
    case .halfShp: (_, expected) = (try change("shp", halve), "size-disagrees")
    case .halfDbf: (_, expected) = (try change("dbf", halve), "size-disagrees")
    case .halfShx: (_, expected) = (try change("shx", halve), "size-disagrees")
    case .noDbf:
      (_, expected) = (try FileManager.default.removeItem(atPath: folder.path("delivery.dbf")), "part-missing")
    case .noShx:
      (_, expected) = (try FileManager.default.removeItem(atPath: folder.path("delivery.shx")), "part-missing")
    case .fewerRows: (_, expected) = (try change("dbf") { $0[4] = 10 }, "counts-disagree")
    case .moreRows: (_, expected) = (try change("dbf") { $0[7] = 0x7F }, "size-disagrees")
    case .header: (_, expected) = (try change("dbf") { $0 = Array($0[..<33]) }, "size-disagrees")
    }
    #expect(Self.code(reading: path) == expected)
  }

  /// GDAL complains of the shape too: known trouble of one record does not refuse the others.
  @Test func aDamagedShapeRejectsItsRecordAlone() throws {
    let folder = try TemporaryFolder()
    let path = try Sample.shapefile(in: folder)
    let whole = try records(ReadJob(path: path, purpose: .delivery))
    var bytes = try folder.read("delivery.shp")
    // The first record's number of points, little-endian, after file header, record header, type, box and parts.
    let offset = 100 + 8 + 4 + 32 + 4
    #expect(bytes[offset] == 5)
    bytes[offset + 2] = 0x7F
    try folder.write(bytes, to: "delivery.shp")
    let features = try records(ReadJob(path: path, purpose: .delivery))
    #expect(features[0].shape == .damaged("128 bytes do not hold 1 rings of 8323077 points"))
    #expect(features[0].values == whole[0].values)
    #expect(features.dropFirst() == whole.dropFirst())
  }

  @Test func cutGeoJSONIsRefused() throws {
    let folder = try TemporaryFolder()
    try Sample.write(folder.path("a.geojson"), .geoJSON)
    let bytes = try folder.read("a.geojson")
    for share in [0.3, 0.6, 0.95] {
      try folder.write(bytes[..<Int(Double(bytes.count) * share)], to: "b.geojson")
      #expect(Self.code(reading: folder.path("b.geojson")) == "json-cut")
    }
  }

  @Test(arguments: [
    ("", Int32(4326)), (#""crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::4490"}},"#, 4490),
    (#""crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:OGC:1.3:CRS84"}},"#, 4326),
    (#""crs":{"type":"name","properties":{"name":"EPSG:4526"}},"#, 4526),
  ])
  func referenceOfGeoJSON(member: String, epsg: Int32) throws {
    let folder = try TemporaryFolder()
    let text = """
      {"type":"FeatureCollection",\(member)"features":[{"type":"Feature","properties":{"a":1},"geometry":
      {"type":"Polygon","coordinates":[[[112,27],[113,27],[113,28],[112,27]]]}}]}
      """
    let path = try folder.write(text.utf8, to: "a.geojson")
    let source = try GDALFeatureSource(ReadJob(path: path, purpose: .delivery))
    #expect(source.schema.reference == CoordinateReference(epsg: epsg))
    let features = try records(of: source)
    guard case .polygons(let polygons) = features[0].shape else { return #expect(Bool(false)) }
    #expect(polygons.points[0] == Point(x: 112, y: 27))
  }

  /// Written by hand, as ESRI programs write `.prj`; the last two are no systems of ours.
  @Test(arguments: [
    ("CGCS2000_3_Degree_GK_Zone_38", 38_500_000.0, 114.0, "D_China_2000", Int32?(4526)),
    ("CGCS2000_3_Degree_GK_CM_114E", 500_000, 114, "D_China_2000", 4547),
    ("CGCS2000_GK_Zone_19", 19_500_000, 111, "D_China_2000", 4497),
    ("CGCS2000_GK_CM_111E", 500_000, 111, "D_China_2000", 4508),
    ("某县独立命名", 38_500_000, 114, "D_China_2000", 4526),
    ("CGCS2000_3_Degree_GK_CM_114E", 500_000, 113.5, "D_China_2000", nil),
    ("Xian_1980_3_Degree_GK_CM_114E", 500_000, 114, "D_Unknown_Thing", nil),
  ])
  func referenceOfESRINames(
    name: String, easting: Double, meridian: Double, datum: String, epsg: Int32?
  ) throws {
    let folder = try TemporaryFolder()
    let path = try Sample.shapefile(in: folder)
    let text = """
      PROJCS["\(name)",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["\(datum)",SPHEROID["CGCS2000",\
      6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],\
      PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",\(easting)],PARAMETER["False_Northing",0.0],\
      PARAMETER["Central_Meridian",\(meridian)],PARAMETER["Scale_Factor",1.0],\
      PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]
      """
    try folder.write(text.utf8, to: "delivery.prj")
    let schema = try GDALFeatureSource(ReadJob(path: path, purpose: .delivery)).schema
    #expect(schema.reference?.epsg == epsg)
    #expect(!schema.referenceName.isEmpty)
  }

  @Test func aShapefileWithoutPrjNamesNoSystem() throws {
    let folder = try TemporaryFolder()
    let path = try Sample.shapefile(in: folder)
    try FileManager.default.removeItem(atPath: folder.path("delivery.prj"))
    let schema = try GDALFeatureSource(ReadJob(path: path, purpose: .delivery)).schema
    #expect(schema.reference == nil)
    #expect(schema.referenceName == "")
  }

  @Test func aWrongCodePageIsNotBelievedAndAStatedEncodingIsChecked() throws {
    let folder = try TemporaryFolder()
    let path = try Sample.shapefile(in: folder)
    try folder.write("UTF-8".utf8, to: "delivery.cpg")
    let features = try records(ReadJob(path: path, purpose: .delivery))
    #expect(features[3].values[0] == .text("图斑3"))
    #expect(try records(ReadJob(path: path, purpose: .delivery, encoding: "gbk")) == features)
    #expect(
      Self.code { _ = try records(ReadJob(path: path, purpose: .delivery, encoding: "UTF-8")) } == "undecodable-text")
    #expect(
      Self.code { _ = try records(ReadJob(path: path, purpose: .delivery, encoding: "Klingon")) } == "unknown-encoding")
  }

  /// One record far down decides for the whole file.
  @Test func everyTextIsLookedAt() throws {
    let folder = try TemporaryFolder()
    let rows = (0..<700).map { number in
      ([FieldValue.text(number == 650 ? "镇" : "a\(number)"), .null, .null, .null, .null], square(112, 27, side: 0.1))
    }
    let format = VectorFormat.shapefile(encoding: "GBK", writesCodePage: false)
    // ASCII field names, or they would decide.
    let writer = try FeatureWriter(
      path: folder.path("a.shp"), format: format, layer: "a", reference: .cgcs2000,
      fields: ["A", "B", "C", "D", "E"].map { FeatureSchema.Field(name: $0, kind: .text) },
      lastChange: Sample.lastChange)
    for (values, shape) in rows { try writer.write(values, shape) }
    try writer.finish()
    var source = try GDALFeatureSource(ReadJob(path: folder.path("a.shp"), purpose: .delivery))
    #expect(source.schema.encoding == "GB18030")
    #expect(try source.next()?.count == 500)
    #expect(try source.next()?[150].values[0] == .text("镇"))
    #expect(try source.next() == nil)
    #expect(try source.next() == nil)
  }

  @Test func shapesOfOtherKindsAreNamed() throws {
    let folder = try TemporaryFolder()
    let shapes = [
      (#"{"type":"Point","coordinates":[112,27]}"#, Shape.unsupported("Point")),
      (#"{"type":"LineString","coordinates":[[112,27],[113,27]]}"#, .unsupported("LineString")),
      (#"{"type":"MultiPoint","coordinates":[[112,27]]}"#, .unsupported("MultiPoint")),
      (
        #"{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2]}]}"#,
        .unsupported("GeometryCollection")
      ),
      ("null", .absent), (#"{"type":"Polygon","coordinates":[]}"#, .absent),
      (
        #"{"type":"Polygon","coordinates":[[[1,2,9],[3,2,9],[3,4,9],[1,2,9]]]}"#,
        .polygons(polygons(wkt: "POLYGON ((1 2, 3 2, 3 4, 1 2))"))
      ),
    ]
    let features = shapes.map { #"{"type":"Feature","properties":{"a":"1"},"geometry":\#($0.0)}"# }
    let text = #"{"type":"FeatureCollection","features":[\#(features.joined(separator: ","))]}"#
    let path = try folder.write(text.utf8, to: "a.geojson")
    #expect(try records(ReadJob(path: path, purpose: .delivery)).map(\.shape) == shapes.map(\.1))
  }

  @Test func aNumberThatIsNoneIsNamed() throws {
    let folder = try TemporaryFolder()
    let path = try Sample.shapefile(in: folder, count: 1)
    var bytes = try folder.read("delivery.shp")
    // The first and the last of the five points of the only record.
    let first = 100 + 8 + 4 + 32 + 4 + 4 + 4
    let infinity: [UInt8] = [0, 0, 0, 0, 0, 0, 0xF0, 0x7F]
    for offset in [first, first + 4 * 16] { bytes.replaceSubrange(offset..<(offset + 8), with: infinity) }
    try folder.write(bytes, to: "delivery.shp")
    let damaged = Shape.damaged("point 1 lies outside the shape's own box")
    #expect(try records(ReadJob(path: path, purpose: .delivery)).map(\.shape) == [damaged])
    bytes[first + 6] = 0xF8
    try folder.write(bytes, to: "delivery.shp")
    #expect(try records(ReadJob(path: path, purpose: .delivery)).map(\.shape) == [damaged])
  }

  // MARK: Zips and layers

  static func members(_ folder: TemporaryFolder, prefix: String = "", as name: String = "delivery") throws -> [(
    name: [UInt8], content: [UInt8]
  )] {
    try ["shp", "shx", "dbf", "prj"].map { (Array("\(prefix)\(name).\($0)".utf8), try folder.read("delivery.\($0)")) }
  }

  @Test(arguments: ["", "下发/"]) func zipWithAShapefile(prefix: String) throws {
    let folder = try TemporaryFolder()
    _ = try Sample.shapefile(in: folder)
    let extra = [(name: Array("__MACOSX/delivery.shp".utf8), content: [UInt8(1)]), (Array("读我.txt".utf8), [2])]
    try folder.write(storedZip(Self.members(folder, prefix: prefix) + extra), to: "a.zip")
    let source = try GDALFeatureSource(ReadJob(path: folder.path("a.zip"), purpose: .delivery))
    #expect(source.schema.layer == "delivery")
    #expect(try records(of: source).count == 20)
  }

  /// 图斑 in GBK, as Windows programs store names.
  @Test func zipWithNamesInGBK() throws {
    let folder = try TemporaryFolder()
    _ = try Sample.shapefile(in: folder)
    let name: [UInt8] = [0xCD, 0xBC, 0xB0, 0xDF]
    let members = try Self.members(folder).map { (name: name + $0.name.dropFirst(8), content: $0.content) }
    try folder.write(storedZip(members, namesAreUTF8: false), to: "a.zip")
    let source = try GDALFeatureSource(ReadJob(path: folder.path("a.zip"), layer: "图斑", purpose: .delivery))
    #expect(source.schema.layer == "图斑")
    #expect(try records(of: source).count == 20)
  }

  @Test func zipsWithSeveralOrNone() throws {
    let folder = try TemporaryFolder()
    _ = try Sample.shapefile(in: folder)
    let two = try Self.members(folder) + Self.members(folder, as: "second")
    let path = try folder.write(storedZip(two), to: "two.zip")
    #expect(Self.code(reading: path) == "several-data-sets")
    #expect(Self.code(reading: path, layer: "second") == nil)
    #expect(Self.code(reading: path, layer: "third") == "layer-missing")
    #expect(
      Self.code(reading: try folder.write(storedZip([(Array("a.txt".utf8), [1])]), to: "no.zip")) == "nothing-inside")
    #expect(Self.code(reading: try folder.write([1, 2, 3], to: "broken.zip")) == "zip-damaged")
    let incomplete = try Self.members(folder).filter { !$0.name.elementsEqual("delivery.dbf".utf8) }
    #expect(Self.code(reading: try folder.write(storedZip(incomplete), to: "part.zip")) == "part-missing")
  }

  @Test func layersAreChosenByName() throws {
    let folder = try TemporaryFolder()
    try Sample.write(folder.path("a.gpkg"), .geoPackage)
    #expect(Self.code(reading: folder.path("a.gpkg"), layer: "下发图斑") == nil)
    #expect(Self.code(reading: folder.path("a.gpkg"), layer: "别的") == "layer-missing")
  }

  // MARK: Others' files

  @Test(
    .enabled(if: sharedFolder() != nil, "needs ../shared"),
    arguments: [
      ("shapefile/naturalearth/naturalearth_lowres.shp", 177, Int32?(4326)),
      ("overlay/nyc_taxi_zones/taxi_zones.shp", 263, 2263), ("gpkg/gdal/gpkg/poly_golden.gpkg", 10, 27700),
      ("gpkg/planetiler/geopackage.gpkg.zip", 86, 4326), ("gpkg/gdal/gpkg/poly_golden_gpkg_1_4.gpkg", 10, 27700),
      ("geojson/check-geojson/fixture/good/good-featurecollection-bbox3d.geojson", 2, 4326),
    ])
  func filesOfOthers(path: String, count: Int, epsg: Int32?) throws {
    let url = try #require(sharedFolder()).appendingPathComponent("corpora/\(path)")
    let source = try GDALFeatureSource(ReadJob(path: url.path, purpose: .layer))
    #expect(source.schema.reference?.epsg == epsg)
    #expect(try records(of: source).count == count)
  }
}
