import Foundation
import Geodata
import ParcelModel
import ParcelTesting
import ParcelWorkspace
import Spatial
import Testing

@testable import ParcelProcessing

@Suite struct LayerTests {
  @Test func aKeptLayerComesBackAsItWas() throws {
    let county = try SmallCounty()
    for description in try LayerShelf(county.workspace).descriptions() {
      let url = county.workspace.layers.appending(path: description.fileName)
      let layer = try LayerSource(contentsOf: url)
      #expect(layer.description == description)
      #expect(layer.attributes.codes.count == description.polygons)
      let copy = county.folder.url.appendingPathComponent("copy.layer")
      try layer.write(to: copy)
      #expect(try Data(contentsOf: copy) == Data(contentsOf: url))
      #expect(try LayerSource.sum(of: copy) == LayerSource.sum(of: url))
    }
    let names = try LayerShelf(county.workspace).townshipNames()
    #expect(names.map { "\($0.key) \($0.value)" }.sorted() == ["430321100 易俗河镇", "430321101 谭家山镇"])
  }

  /// Any byte of a kept layer that differs, and any end that is missing, is noticed before anything is made of it.
  @Test func aDamagedLayerIsRefused() throws {
    let county = try SmallCounty()
    let description = try #require(LayerShelf(county.workspace).descriptions().first { $0.kind == .townships })
    let whole = Array(try Data(contentsOf: county.workspace.layers.appending(path: description.fileName)))
    for (number, bytes) in Self.damaged(whole).enumerated() {
      let url = county.folder.url.appendingPathComponent("damaged.layer")
      try Data(bytes).write(to: url)
      let error = #expect(throws: ProcessingError.self, "\(number)") { _ = try LayerSource(contentsOf: url) }
      #expect(error?.code == "bad-layer")
    }
  }

  /// Cut at several places, changed in a byte here and there, too long.
  static func damaged(_ whole: [UInt8]) -> [[UInt8]] {
    var damaged = [0, 7, 79, 80, whole.count / 2, whole.count - 8, whole.count - 1].map { Array(whole.prefix($0)) }
    for position in stride(from: 0, to: whole.count, by: max(1, whole.count / 97)) {
      var bytes = whole
      bytes[position] ^= 1
      damaged.append(bytes)
    }
    return damaged + [whole + [0], whole + [UInt8](repeating: 0, count: 8)]
  }

  /// A prepared layer is never believed: whatever happens to its file, the next who needs it makes it anew.
  @Test func aDamagedPreparedLayerIsMadeAnew() throws {
    let county = try SmallCounty()
    let shelf = LayerShelf(county.workspace)
    let description = try #require(shelf.descriptions().first { $0.kind == .townships })
    let prepared = county.workspace.preparedLayers.appending(path: description.preparedName)
    let whole = Array(try Data(contentsOf: prepared))
    let names = try shelf.townshipNames()
    for (number, bytes) in Self.damaged(whole).enumerated() {
      try Data(bytes).write(to: prepared)
      #expect(try shelf.townshipNames() == names, "\(number)")
      #expect(try Array(Data(contentsOf: prepared)) == whole, "\(number)")
    }
    try FileManager.default.removeItem(at: county.workspace.preparedLayers)
    #expect(try shelf.townshipNames() == names)
    #expect(try Array(Data(contentsOf: prepared)) == whole)
    #expect(try FileManager.default.contentsOfDirectory(atPath: county.workspace.preparedLayers.path).count == 1)
  }

  /// The same name over another source: not the same layer.
  @Test func aPreparedLayerOfAnotherSourceIsMadeAnew() throws {
    let county = try SmallCounty()
    let shelf = LayerShelf(county.workspace)
    let all = try shelf.descriptions()
    let townships = try #require(all.first { $0.kind == .townships })
    let landUse = try #require(all.first { $0.kind == .landUse })
    let names = try shelf.townshipNames()
    let folder = county.workspace.preparedLayers
    try Data(contentsOf: folder.appending(path: landUse.preparedName)).write(
      to: folder.appending(path: townships.preparedName))
    #expect(try shelf.townshipNames() == names)
  }

  /// A campaign keeps the base survey that it was first measured against; another campaign gets the newest.
  @Test func theBaseSurveyOfACampaignStays() async throws {
    let county = try SmallCounty()
    let plots = Plot.many(2)
    try await county.ingest([plots[0]])
    let first = try #require(county.state(plots[0].code).issue.measured.layers.first { $0.hasPrefix("land-use@") })
    var workspace = county.workspace
    let later = try county.folder.write(
      Ground.landUse(village: "430321100").replacing("\"0101\"", with: "\"0701\"").utf8, to: "later.geojson")
    var order = LayerOrder(kind: .landUse, files: [later])
    order.version = "2024"
    let intake = LayerIntake(reader: SmallCounty.reader, now: instant("2024-12-31T05:00:00Z"))
    _ = try intake.add(order, to: &workspace)
    #expect(try LayerShelf(workspace).descriptions().count == 3)
    try await county.ingest([plots[1]], as: "second.geojson")
    #expect(try county.state(plots[1].code).issue.measured.layers.contains(first))
    try await county.ingest([plots[1]], as: "drive.geojson", campaign: "drive")
    let other = try county.state(plots[1].code, campaign: "drive").issue.measured
    #expect(!other.layers.contains(first))
    #expect(other.classes.keys.sorted().map(\.rawValue) == ["0701", "1203"])
    // A survey that a campaign was measured against and that is gone is missed, not replaced.
    let description = try #require(LayerShelf(workspace).descriptions().first { $0.reference == first })
    try FileManager.default.removeItem(at: workspace.layers.appending(path: description.fileName))
    await #expect(throws: ProcessingError.self) { try await county.ingest(Plot.many(3), as: "third.geojson") }
  }
}

/// A layer goes through the same door as a delivery: accepted with findings that state the area affected, or refused.
@Suite struct LayerIntakeTests {
  /// A record of a land-use layer: a ring in units of the county's fields.
  struct Record: Sendable {
    var code = "0101"
    var ring: [(x: Double, y: Double)]

    static func rectangle(_ x: Double, _ y: Double, _ width: Double = 1, _ height: Double = 1) -> Record {
      Record(ring: [(x, y), (x + width, y), (x + width, y + height), (x, y + height)])
    }

    func of(_ code: String) -> Record { Record(code: code, ring: ring) }

    var points: [Point] {
      let points = ring.map { Ground.point($0.x, $0.y) }
      return points + [points[0]]
    }

    var polygons: Polygons { Polygons(rings: [[points]]) }
    var feature: String { Ground.feature(["DLBM": "\"\(code)\""], points) }
    /// m², by another formula than the layer is measured with.
    var area: Double { GeodesicArea.cgcs2000.area(of: polygons) }
  }

  /// Three by three fields.
  static let block: [Record] = (0..<9).map { .rectangle(Double($0 % 3), Double($0 / 3)) }

  static func blockWithout(_ index: Int) -> [Record] {
    block.enumerated().filter { $0.offset != index }.map(\.element)
  }

  private func add(
    features: [String], to county: SmallCounty, kind: LayerKind = .landUse, as name: String = "DLTB.geojson"
  ) throws -> LayerIntake.Result {
    try add([county.folder.write(Ground.collection(features).utf8, to: name)], to: county, kind: kind)
  }

  private func add(
    _ files: [String], to county: SmallCounty, kind: LayerKind = .landUse,
    _ state: (inout LayerOrder) -> Void = { _ in }
  ) throws -> LayerIntake.Result {
    var workspace = county.workspace
    var order = LayerOrder(kind: kind, files: files)
    state(&order)
    return try LayerIntake(reader: SmallCounty.reader, now: county.now).add(order, to: &workspace)
  }

  private func code(_ body: () throws -> Void) -> String? {
    do { try body() } catch { return (error as? any ExplainedError)?.code ?? "\(error)" }
    return nil
  }

  // MARK: Overlaps, gaps, rings, classes

  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var records: [Record]
    var code: Finding.Code
    /// The area affected, and in how many places or records.
    var area: Double
    var count = 1
    /// Records of the finding.
    var told: [Int?]
    var testDescription: String { name }
  }

  static let cases = [
    Case(
      name: "overlap", records: block + [.rectangle(1.2, 1.3, 0.25, 0.4)], code: .layerOverlap,
      area: Record.rectangle(1.2, 1.3, 0.25, 0.4).area, told: [5]),
    Case(
      name: "three cover one place", records: block + [Record](repeating: .rectangle(0.2, 0.3, 0.25, 0.4), count: 2),
      code: .layerOverlap, area: 2 * Record.rectangle(0.2, 0.3, 0.25, 0.4).area, told: [1]),
    Case(name: "twice", records: block + [block[4]], code: .layerOverlap, area: block[4].area, told: [5]),
    Case(name: "gap", records: blockWithout(4), code: .layerGap, area: block[4].area, told: [nil]),
    Case(
      name: "bow-tie leaves gaps",
      records: blockWithout(4) + [Record(ring: [(1, 1), (2, 2), (2, 1), (1, 2)])], code: .layerGap,
      area: block[4].area / 2, count: 2, told: [nil, nil]),
    Case(
      name: "unknown classes",
      records: block.enumerated().map { $0.offset < 3 ? $0.element.of("9901") : $0.element }, code: .unknownClass,
      area: block[0].area + block[1].area + block[2].area, count: 3, told: [nil]),
    Case(
      name: "no class", records: blockWithout(4) + [block[4].of("")], code: .unknownClass, area: block[4].area,
      told: [9]),
  ]

  @Test(arguments: cases) func theAreaAffectedIsStated(_ item: Case) throws {
    let county = try SmallCounty()
    let result = try add(features: item.records.map(\.feature), to: county)
    #expect((result.leftOut, result.description.polygons) == (0, item.records.count))
    let group = try #require(result.groups.first { $0.code == item.code })
    #expect(group.count == item.count)
    #expect(group.findings.map(\.record) == item.told)
    let area = try #require(group.area).value
    #expect(abs(area - item.area) < 0.02 + item.area * 1e-6, "\(area) \(item.area)")
    // Nothing else is found but what goes with it.
    let others = Set(result.findings.map(\.code)).subtracting([item.code])
    #expect(others == (item.name.hasPrefix("bow-tie") ? [.selfIntersection] : []))
    for language in [Language.chinese, .english] {
      #expect(group.json(language).text.contains("\"areaM2\":"))
    }
    // No English words where a Chinese clerk reads.
    #expect(!group.findings.contains { $0.detail.contains { $0.isLetter } })
  }

  @Test func aCleanLayerHasNoFindings() throws {
    let county = try SmallCounty()
    #expect(try add(features: Self.block.map(\.feature), to: county).findings.isEmpty)
  }

  /// Overlays leave most of the county free: only overlaps count there.
  @Test func overlaysHaveNoGaps() throws {
    let county = try SmallCounty()
    let ring = Self.blockWithout(4).map(\.feature)
    #expect(try add(features: ring, to: county, kind: .redline).findings.isEmpty)
    let twice = try add(features: ring + [ring[0]], to: county, kind: .redline)
    #expect(twice.groups.map(\.code) == [.layerOverlap])
  }

  @Test func manyPlacesAreToldTogether() throws {
    let county = try SmallCounty()
    let small = (0..<120).map {
      Record.rectangle(0.02 + 0.08 * Double($0 % 12), 0.02 + 0.09 * Double($0 / 12), 0.05, 0.05)
    }
    let result = try add(features: (Self.block + small).map(\.feature), to: county)
    let group = try #require(result.groups.first { $0.code == .layerOverlap })
    #expect((group.findings.count, group.count, group.findings.last?.count) == (101, 120, 20))
    let expected = small.reduce(0) { $0 + $1.area }
    #expect(abs(try #require(group.area).value - expected) < 1)
  }

  // MARK: Records that are left out

  private static let empty = "{\"type\":\"Feature\",\"properties\":{\"DLBM\":\"0101\"},\"geometry\":null}"
  private static let dot = """
    {"type":"Feature","properties":{"DLBM":"0101"},"geometry":{"type":"Point","coordinates":[112.91,27.71]}}
    """
  /// In Africa.
  private static let far = Ground.feature(
    ["DLBM": "\"0101\""], [Point(x: 10, y: 10), Point(x: 10.1, y: 10), Point(x: 10, y: 10.1)])

  @Test(arguments: [
    (empty, Finding.Code.missingGeometry), (dot, .unsupportedGeometry), (far, .outsideCounty),
  ])
  func unusableRecordsAreLeftOut(feature: String, code: Finding.Code) throws {
    let county = try SmallCounty()
    let block = Self.block.map(\.feature)
    let result = try add(features: block[..<4] + [feature] + block[4...], to: county)
    #expect((result.leftOut, result.description.polygons) == (1, 9))
    #expect(result.findings.map(\.code) == [code] && result.findings.map(\.record) == [5])
    #expect(self.code { _ = try add(features: [feature, feature], to: county) } != nil)
  }

  @Test func aLayerOfPointsIsRefused() throws {
    let county = try SmallCounty()
    #expect(code { _ = try add(features: [Self.dot, Self.dot], to: county) } == "nothing-usable")
    #expect(code { _ = try add(features: [], to: county) } == "no-records")
  }

  // MARK: Reference systems

  /// Two fields in a shapefile whose numbers and `.prj` are of the systems given.
  private func shapefile(
    in folder: TemporaryFolder, numbers: Int32, named: Int32? = nil, isNamed: Bool = true, name: String = "DLTB"
  ) throws -> String {
    let transformation = try Transformation(from: .cgcs2000, to: CoordinateReference(epsg: numbers))
    let path = folder.path("\(name).shp")
    let writer = try FeatureWriter(
      path: path, format: .shapefile(encoding: "GBK", writesCodePage: true), layer: "DLTB",
      reference: CoordinateReference(epsg: named ?? numbers),
      fields: [.init(name: "DLBM", kind: .text), .init(name: "DLMC", kind: .text)], lastChange: SmallCounty.noon)
    for record in Self.block[..<2] {
      try writer.write([.text(record.code), .text("水田")], transformation(record.polygons))
    }
    try writer.finish()
    if !isNamed { try FileManager.default.removeItem(atPath: folder.path("\(name).prj")) }
    return path
  }

  @Test(arguments: [Int32(4490), 4526, 4547, 4497, 4508]) func everyAcceptedSystem(_ epsg: Int32) throws {
    let county = try SmallCounty()
    let result = try add([shapefile(in: county.folder, numbers: epsg)], to: county)
    #expect(result.findings.isEmpty)
    let area = Self.block[0].area + Self.block[1].area
    #expect(abs(result.description.area.value - area) < area * 1e-6)
  }

  @Test func aMissingSystemIsInferredOnlyNextToAnotherLayer() throws {
    let county = try SmallCounty()
    let known = try shapefile(in: county.folder, numbers: 4526, isNamed: false)
    let unknown = try shapefile(in: county.folder, numbers: 4547, isNamed: false, name: "X")
    #expect(try add([known], to: county).findings.map(\.code) == [.referenceInferred])
    #expect(code { _ = try add([unknown], to: county) } == "missing-reference-system")
    #expect(try add([unknown], to: county) { $0.reference = CoordinateReference(epsg: 4547) }.findings.isEmpty)
    // The first layer has nothing to be checked by.
    var first = try Workspace.create(
      at: county.folder.url.appending(path: "first"), county: #require(DivisionCode("430321")), name: "试验县", zone: nil)
    let intake = LayerIntake(reader: SmallCounty.reader, now: county.now)
    #expect(
      code { _ = try intake.add(LayerOrder(kind: .landUse, files: [known]), to: &first) } == "missing-reference-system")
    #expect(first.settings.zone == nil)
  }

  @Test func oldDatumsAreRefused() throws {
    let county = try SmallCounty()
    let path = try shapefile(in: county.folder, numbers: 4526, named: 2362)
    #expect(code { _ = try add([path], to: county) } == "old-datum")
  }

  @Test func swappedAxesAreRefusedOrStated() throws {
    let county = try SmallCounty()
    let text = Ground.collection(Self.block.map(\.feature)).replacing(/\[(112\.\d+),(27\.\d+)\]/) {
      "[\($0.2),\($0.1)]"
    }
    let path = try county.folder.write(text.utf8, to: "swapped.geojson")
    #expect(code { _ = try add([path], to: county) } == "swapped-axes")
    let result = try add([path], to: county) { $0.swapsAxes = true }
    #expect((result.findings.count, result.description.polygons) == (0, 9))
  }

  // MARK: Files

  @Test func whatIsStatedMakesAnotherLayer() throws {
    let county = try SmallCounty()
    let features = Self.block.map { Ground.feature(["DLBM": "\"0101\"", "DLBM2": "\"0701\""], $0.points) }
    let path = try county.folder.write(Ground.collection(features).utf8, to: "a.geojson")
    let usual = try add([path], to: county).description
    let other = try add([path], to: county) { $0.codeField = "DLBM2" }.description
    #expect(usual.content != other.content)
    #expect(try add([path], to: county).description.content == usual.content)
  }

  @Test func zippedLayers() throws {
    let county = try SmallCounty()
    let text = Ground.collection(Self.block.map(\.feature))
    let zip = storedZip([(Array("数据/DLTB.geojson".utf8), Array(text.utf8)), (Array("说明.txt".utf8), [1])])
    let result = try add([county.folder.write(zip, to: "DLTB.zip")], to: county)
    #expect((result.findings.count, result.description.polygons) == (0, 9))
    #expect(result.description.sources == ["DLTB.zip"])
  }

  /// One file a township: records are told with their files.
  @Test func severalFilesAreOneLayer() throws {
    let county = try SmallCounty()
    func file(_ records: [Record], _ name: String) throws -> String {
      try county.folder.write(Ground.collection(records.map(\.feature)).utf8, to: name)
    }
    let west = try file(Array(Self.block[..<5]), "甲.geojson")
    let east = try file(Array(Self.block[5...]), "乙.geojson")
    let whole = try add([west, east], to: county)
    #expect((whole.findings.count, whole.description.polygons) == (0, 9))
    let again = try file([Self.block[0]], "丙.geojson")
    let overlap = try #require(try add([west, east, again], to: county).findings.first)
    #expect((overlap.code, overlap.record) == (.layerOverlap, 1))
    #expect(overlap.detail.hasPrefix("甲.geojson 1 ∩ 丙.geojson 1 (112.9"))
    let nothing = try file([], "空.geojson")
    #expect(throws: ProcessingError.empty(file: "空.geojson")) { try add([west, nothing], to: county) }
  }

  @Test func whatWasNoticedWhileReadingIsTold() throws {
    let county = try SmallCounty()
    // Heights.
    let raised = Ground.collection(Self.block.map(\.feature)).replacing(/(27\.\d{9})\]/) { "\($0.1),5]" }
    let heights = try add([county.folder.write(raised.utf8, to: "z.geojson")], to: county)
    #expect(heights.groups.map(\.code) == [.heightsDropped] && heights.leftOut == 0)
    // A record that is marked as deleted, and an encoding that the file states wrongly.
    let path = try shapefile(in: county.folder, numbers: 4526)
    var table = try county.folder.read("DLTB.dbf")
    table[Int(table[8]) + Int(table[9]) << 8] = UInt8(ascii: "*")
    try county.folder.write(table, to: "DLTB.dbf")
    try county.folder.write("UTF-8".utf8, to: "DLTB.cpg")
    let result = try add([path], to: county)
    #expect(Set(result.findings.map(\.code)) == [.deletedRecords, .encodingOverruled])
    #expect(result.description.polygons == 1)
  }

  /// Damaged files end as deliveries do.
  @Test(arguments: ["cut.geojson", "garbage.zip", "garbage.gpkg", "half.shp", "bare.shp", "missing.shp"])
  func damagedFiles(_ name: String) async throws {
    let county = try SmallCounty()
    let path = county.folder.path(name)
    switch name {
    case "cut.geojson":
      try county.folder.write(Ground.collection(Self.block.map(\.feature)).utf8.dropLast(200), to: name)
    case "half.shp", "bare.shp":
      let stem = String(name.dropLast(4))
      _ = try shapefile(in: county.folder, numbers: 4526, name: stem)
      if name == "half.shp" {
        try county.folder.write(county.folder.read(name).dropLast(100), to: name)
      } else {
        try FileManager.default.removeItem(atPath: county.folder.path("bare.dbf"))
      }
    case "missing.shp": break
    default: try county.folder.write((0..<200).map { UInt8($0) }, to: name)
    }
    var delivery: String?
    do { try await county.ingest(file: path) } catch { delivery = (error as? any ExplainedError)?.code }
    let layer = code { _ = try add([path], to: county) }
    #expect(layer != nil && layer == delivery)
    #expect(try LayerShelf(county.workspace).descriptions().count == 2)
  }

  @Test func stepsAreTold() throws {
    let county = try SmallCounty()
    var workspace = county.workspace
    let path = try county.folder.write(Ground.collection(Self.block.map(\.feature)).utf8, to: "a.geojson")
    var steps: [String] = []
    _ = try LayerIntake(reader: SmallCounty.reader, now: county.now).add(
      LayerOrder(kind: .landUse, files: [path]), to: &workspace
    ) { steps.append("\($0)") }
    #expect(steps == [#"reading(file: "a.geojson")"#, "placing(polygons: 9)", "checking", "writing"])
  }
}
