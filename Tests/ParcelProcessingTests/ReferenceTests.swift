import Geodata
import ParcelModel
import ParcelTesting
import ParcelWorkspace
import Spatial
import Testing

@testable import ParcelProcessing

/// In which system coordinates are: inferred only where nothing else is possible, refused with the words that state it.
@Suite struct ReferenceTests {
  static let county = Envelope(minX: 112.9, minY: 27.7, maxX: 112.94, maxY: 27.74)

  /// Three small boxes of the county, in EPSG `system`.
  static func boxes(in system: Int32, swapped: Bool = false) throws -> [Envelope] {
    let transformation = try Transformation(from: .cgcs2000, to: CoordinateReference(epsg: system))
    return try [0.005, 0.015, 0.03].map { offset in
      let (x, y) = (112.9 + offset, 27.7 + offset)
      let square = Polygons(rings: [[[Point(x: x, y: y), Point(x: x + 0.001, y: y), Point(x: x, y: y + 0.001)]]])
      let moved = try transformation(square)
      return swapped ? moved.swappingAxes().envelope : moved.envelope
    }
  }

  static func decide(
    _ boxes: [Envelope], named: Int32? = nil, name: String = "", stated: Int32? = nil, county: Envelope? = county
  ) throws -> ReferenceDecision {
    try ReferenceDecision(
      .init(
        file: "a.shp", named: named.map { CoordinateReference(epsg: $0) }, name: name,
        stated: stated.map { CoordinateReference(epsg: $0) }, boxes: boxes, county: county))
  }

  /// What the decision comes to: the number and the findings, or the error's code and its candidates.
  static func outcome(_ decide: () throws -> ReferenceDecision) -> String {
    do {
      let decision = try decide()
      return (["\(decision.reference.epsg)"] + decision.findings.map(\.code.rawValue)).joined(separator: " ")
    } catch let error as ProcessingError {
      switch error {
      case .noReference(_, _, let candidates), .contradictedReference(_, _, let candidates):
        return ([error.code] + candidates.map { "\($0.epsg)" }).joined(separator: " ")
      default: return error.code
      }
    } catch { return "\(error)" }
  }

  struct Case: Sendable, CustomTestStringConvertible {
    /// In which system the numbers are, and whether northing comes first.
    var numbers: Int32
    var swapped = false
    var named: Int32?
    var name = ""
    var stated: Int32?
    var expected: String
    var testDescription: String { "\(numbers) named \(named ?? 0) \(name) stated \(stated ?? 0)" }
  }

  @Test(arguments: [
    // Named and possible.
    Case(numbers: 4490, named: 4490, expected: "4490"), Case(numbers: 4526, named: 4526, expected: "4526"),
    Case(numbers: 4547, named: 4547, expected: "4547"), Case(numbers: 4497, named: 4497, expected: "4497"),
    Case(numbers: 4508, named: 4508, expected: "4508"), Case(numbers: 4326, named: 4326, expected: "4326 wgs84"),
    Case(numbers: 4326, named: 4326, name: "RFC 7946", expected: "4326 wgs84"),
    // Not named.
    Case(numbers: 4490, expected: "4490 reference-inferred"), Case(numbers: 4526, expected: "4526 reference-inferred"),
    // The neighbouring zones' planes, a county straddling them.
    Case(numbers: 4525, expected: "4525 reference-inferred"), Case(numbers: 4497, expected: "4497 reference-inferred"),
    // Six digits could be of any zone: those whose plane puts them into the county are named, never taken.
    Case(numbers: 4547, expected: "missing-reference-system 4547"),
    Case(numbers: 4508, expected: "missing-reference-system 4546"),
    Case(numbers: 4547, stated: 4547, expected: "4547"),
    // A system that is named but not recognized is no missing one.
    Case(numbers: 4526, name: "Hunan local grid", expected: "missing-reference-system 4526"),
    // What the file or the person says, against the numbers.
    Case(numbers: 4547, named: 4526, expected: "contradicted-reference-system 4547"),
    Case(numbers: 4526, named: 4547, expected: "contradicted-reference-system 4526"),
    Case(numbers: 4525, named: 4526, expected: "contradicted-reference-system 4525"),
    Case(numbers: 4497, named: 4526, expected: "contradicted-reference-system 4497"),
    Case(numbers: 4526, named: 4490, expected: "contradicted-reference-system 4526"),
    Case(numbers: 4490, named: 4526, expected: "contradicted-reference-system 4490"),
    Case(numbers: 4526, named: 4326, name: "RFC 7946", expected: "contradicted-reference-system 4526"),
    Case(numbers: 4490, stated: 4526, expected: "contradicted-reference-system 4490"),
    Case(numbers: 4526, named: 4326, name: "RFC 7946", stated: 4526, expected: "4526"),
    Case(numbers: 4526, named: 4490, name: "CGCS 2000", stated: 4526, expected: "4526 reference-overruled"),
    // Axes.
    Case(numbers: 4490, swapped: true, named: 4490, expected: "swapped-axes"),
    Case(numbers: 4490, swapped: true, expected: "swapped-axes"),
    Case(numbers: 4526, swapped: true, named: 4526, expected: "swapped-axes"),
    Case(numbers: 4547, swapped: true, expected: "swapped-axes"),
    // Old datums, by number and by name, whatever was stated.
    Case(numbers: 4526, named: 2362, name: "Xian 1980 / 3-degree GK zone 38", expected: "old-datum"),
    Case(numbers: 4526, named: 2414, name: "Beijing 1954 / 3-degree GK zone 38", expected: "old-datum"),
    Case(numbers: 4526, name: "Xian_1980_3_Degree_GK_Zone_38", expected: "old-datum"),
    Case(numbers: 4526, name: "Beijing_1954_3_Degree_GK_Zone_38", stated: 4526, expected: "old-datum"),
    Case(numbers: 4526, name: "西安80", stated: 4526, expected: "old-datum"),
    Case(numbers: 4526, stated: 2362, expected: "old-datum"), Case(numbers: 4490, stated: 4610, expected: "old-datum"),
    // Others.
    Case(numbers: 32649, named: 32649, expected: "refused-reference-system"),
    Case(numbers: 3857, named: 3857, expected: "refused-reference-system"),
    Case(numbers: 3857, expected: "missing-reference-system"),
  ]) func decisions(_ item: Case) throws {
    let boxes = try Self.boxes(in: item.numbers, swapped: item.swapped)
    #expect(
      Self.outcome { try Self.decide(boxes, named: item.named, name: item.name, stated: item.stated) } == item.expected)
  }

  /// Numbers that land elsewhere, or nowhere to check it by, are never inferred from.
  @Test func nothingIsInferredElsewhere() throws {
    let boxes = try Self.boxes(in: 4526)
    let far = Envelope(minX: 114.5, minY: 27.7, maxX: 115, maxY: 28)
    #expect(Self.outcome { try Self.decide(boxes, county: far) } == "missing-reference-system")
    #expect(Self.outcome { try Self.decide(boxes, county: nil) } == "missing-reference-system 4526")
    // One of three lies in another county.
    let other = [Envelope(minX: 114.6, minY: 27.8, maxX: 114.7, maxY: 27.9)]
    #expect(
      Self.outcome { try Self.decide(try Self.boxes(in: 4490) + other) } == "missing-reference-system")
    // One damaged shape among them says nothing of the file.
    let damaged = [Envelope(minX: 0, minY: 0, maxX: 112.91, maxY: 27.71)]
    #expect(Self.outcome { try Self.decide(try Self.boxes(in: 4490) + damaged) } == "4490 reference-inferred")
  }

  /// The remedy of each is a command that then works.
  @Test func remediesStateTheSystem() throws {
    for system: Int32 in [4547, 4497] {
      let boxes = try Self.boxes(in: system)
      do {
        _ = try Self.decide(boxes, named: 4526)
        Issue.record("taken")
      } catch let error as ProcessingError {
        for text in [error.remedy.zh, error.remedy.en] { #expect(text.contains("--crs EPSG:\(system)")) }
        #expect(try Self.decide(boxes, named: 4526, stated: system).reference.epsg == system)
      }
    }
  }

  /// Every accepted system of DOMAIN §6 is told from its numbers, wherever its zone lies.
  @Test(arguments: 4491...4554) func rangesOfEverySystem(_ epsg: Int32) throws {
    let reference = CoordinateReference(epsg: epsg)
    guard case .gaussKruger(_, let meridian, let prefixed)? = reference.kind else {
      Issue.record("not accepted")
      return
    }
    let transformation = try Transformation(from: .cgcs2000, to: reference)
    for (longitude, latitude) in [(0.0, 18.2), (-1.4, 30), (1.4, 53)] {
      let point = Point(x: Double(meridian) + longitude, y: latitude)
      let box = try transformation(Polygons(rings: [[[point]]])).envelope
      let range = try #require(CoordinateRange(box))
      #expect(range.canBe(reference))
      #expect(range.isUnambiguous == prefixed)
      if prefixed { #expect(range.references == [reference]) }
      #expect(
        CoordinateRange(Envelope(minX: box.minY, minY: box.minX, maxX: box.maxY, maxY: box.maxX)) == .swappedMeters)
    }
  }

  /// What GDAL does not know it takes for WGS 84; a person is asked instead.
  @Test(
    arguments: [
      (#"{"type":"name","properties":{"name":"Xian 1980"}}"#, "old-datum"),
      (#"{"type":"name","properties":{"name":"GCS_Beijing_1954"}}"#, "old-datum"),
      (#"{"type":"name","properties":{"name":"CGCS2000"}}"#, "missing-reference-system"),
      (#"{"type":"name","properties":{"name":4490}}"#, "missing-reference-system"),
      (#"{"type":"proj4","properties":{"name":"+proj=longlat"}}"#, "missing-reference-system"),
      ("{}", "missing-reference-system"), (#""EPSG:4490""#, "missing-reference-system"),
      (#"{"type":"EPSG","properties":{"code":4610}}"#, "old-datum"),
      (#"{"type":"EPSG","properties":{"code":4490}}"#, nil),
      (#"{"type":"name","properties":{"name":"urn:ogc:def:crs:OGC:1.3:CRS84"}}"#, nil),
      (#"{"type":"name","properties":{"name":"EPSG:4326"}}"#, nil),
      (#"{"type":"name","properties":{"name":"http://www.opengis.net/def/crs/EPSG/0/4326"}}"#, nil),
    ] as [(String, String?)])
  func referencesOfGeoJSON(_ member: String, _ expected: String?) async throws {
    let county = try SmallCounty()
    let stated = #"{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::4490"}}"#
    let text = Ground.delivery(Plot.many(3)).replacing(stated, with: member)
    var code: String?
    do {
      _ = try await county.ingest(file: county.folder.write(text.utf8, to: "图斑.geojson"))
    } catch let error as any ExplainedError {
      code = error.code
    }
    #expect(code == expected)
  }

  @Test func swappedAxesCanBeStated() async throws {
    let county = try SmallCounty()
    let swapped = Ground.delivery(Plot.many(3)).replacing(/\[(112\.\d+),(27\.\d+)\]/) { "[\($0.2),\($0.1)]" }
    let path = try county.folder.write(swapped.utf8, to: "纬度在前.geojson")
    await #expect(throws: ProcessingError.swappedAxes(file: "纬度在前.geojson")) { try await county.ingest(file: path) }
    var order = IngestOrder(path: path, campaign: "provincial")
    (order.issued, order.swapsAxes) = (day("2024-02-05"), true)
    let run = BatchRun(
      workspace: county.workspace, ledger: county.ledger, reader: SmallCounty.reader, now: county.now, workers: 1)
    let receipt = try await run.run(order)
    #expect(receipt.delivery.accepted == 3 && receipt.findings.isEmpty)
    #expect(receipt.delivery.decisions["axes"] == "yx")
    #expect(try await run.run(order).verdict == .duplicate)
    // The same parcels the right way round are the same records.
    #expect(try await county.ingest(Plot.many(3), as: "right.geojson").delivery.duplicate == 3)
  }
}
