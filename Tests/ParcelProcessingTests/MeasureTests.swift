import Foundation
import Geodata
import ParcelLedger
import ParcelModel
import ParcelTesting
import ParcelWorkspace
import Spatial
import Testing

@testable import ParcelProcessing

@Suite struct MeasureTests {
  /// What a parcel consists of adds up to it: of every parcel of three deliveries in three formats and two reference
  /// systems, against the sample county's survey.
  @Test func classesAddUpToTheParcel() throws {
    let folder = try TemporaryFolder()
    var workspace = try Workspace.create(
      at: folder.url.appendingPathComponent("workspace"), county: #require(DivisionCode("430321")), name: nil, zone: nil
    )
    let campaign = try workspace.addCampaign("c", template: .backlog, name: nil, year: nil)
    let ledger = try Ledger(path: workspace.ledger.path, creating: true) { try Campaign(text: $0.text, id: $0.name) }
    let intake = LayerIntake(reader: SmallCounty.reader, now: SmallCounty.noon)
    for (kind, name) in [(LayerKind.townships, "XZQ-2023.gpkg"), (.landUse, "DLTB-2023.gpkg")] {
      let path = sampleData.appendingPathComponent("layers/\(name)").path
      let result = try intake.add(LayerOrder(kind: kind, files: [path]), to: &workspace)
      #expect(result.findings.isEmpty, "\(result.findings)")
    }
    let layers = try LayerShelf(workspace).layers(for: campaign, in: ledger, county: workspace.settings.county)
    var measured = 0
    for name in ["省卫片2024-第1批-20240205.zip", "省卫片2024-第5批-20240611.gpkg", "存量部卫片-第2021批-20240108.geojson"] {
      let path = sampleData.appendingPathComponent("deliveries/\(name)").path
      let (schema, features) = try SmallCounty.reader.readAll(ReadJob(path: path, purpose: .delivery))
      let normalize = try Normalize(GEOSContext(), from: #require(schema.reference), swapsAxes: false)
      var measure = try Measure(zone: workspace.zone(), layers: layers)
      let mapping = try ColumnMapping(workspace.profile("standard"), schema, file: name)
      for record in features.map({ DeliveredRecord($0, by: mapping) }) {
        guard case .polygons(let polygons, nil) = try normalize.normalize(record.shape) else {
          Issue.record("record \(record.number) of the sample was not taken as it is")
          continue
        }
        let placed = try measure.place(polygons)
        let result = measure.measure(placed, 0, of: PolygonSet([placed]))
        let surveyed = try #require(result.surveyed)
        let measurement = result.measurement
        #expect(abs(surveyed - result.area) <= 1e-9 * result.area, "\(name) \(record.code)")
        let classes = measurement.classes.values.reduce(SquareMeters.zero, +)
        #expect(
          abs(classes.value - measurement.area.value) <= 0.005 * Double(measurement.classes.count + 1) + 1e-6,
          "\(name) \(record.code)")
        let townships = measurement.townships.values.reduce(SquareMeters.zero, +)
        #expect(
          abs(townships.value - measurement.area.value) <= 0.005 * Double(measurement.townships.count + 1) + 1e-6,
          "\(name) \(record.code)")
        // Farmland is the farmland classes without what is 可调整, so never more than they.
        let farmlandClasses = measurement.classes.filter { LandUse.isFarmland($0.key) }.values
          .reduce(SquareMeters.zero, +)
        #expect(try #require(measurement.farmland).value <= farmlandClasses.value + 0.02, "\(name) \(record.code)")
        // Agricultural land is what DOMAIN wants it to be, no less than the farmland in it.
        let majors = measurement.majorClasses
        #expect(majors.count == 3 && majors.values.reduce(.zero, +) == classes, "\(name) \(record.code)")
        #expect(try #require(majors[.agricultural]) >= farmlandClasses, "\(name) \(record.code)")
        // The official series and the geodesic algorithm know nothing of each other.
        #expect(
          abs(GeodesicArea.cgcs2000.area(of: polygons) - result.area) <= 1e-5 * result.area + 0.01,
          "\(name) \(record.code)")
        measured += 1
      }
    }
    #expect(measured > 100)
  }

  /// A tenth of a farmland field is ridges; 可调整 land is no farmland; the township of the larger share counts.
  @Test func netAreasOfAParcelAcrossFields() async throws {
    let county = try SmallCounty()
    try await county.ingest([
      // Half in 0101, half in 0103.
      Plot("farmland", 0.9, 0.2).with { $0.width = 0.2 },
      // Half in 0301, half in 0301K.
      Plot("adjustable", 2.9, 0.2),
      // A quarter in the west township, the rest in the east.
      Plot("border", 4.9, 0.2).with { $0.width = 0.4 },
    ])
    let farmland = try county.state("farmland").issue.measured
    #expect(farmland.classes.keys.sorted().map(\.rawValue) == ["0101", "0103", "1203"])
    #expect(abs(try #require(farmland.farmland).value - farmland.area.value * 0.9) < 0.02)
    #expect(abs(try #require(farmland.classes[.ridge]).value - farmland.area.value * 0.1) < 0.02)
    let adjustable = try county.state("adjustable").issue.measured
    #expect(adjustable.farmland == .zero)
    #expect(abs(try #require(adjustable.adjustable).value - adjustable.area.value / 2) < 0.02)
    #expect(adjustable.classes.keys.map(\.rawValue) == ["0301"])
    let border = try county.state("border").issue.measured
    #expect(border.township?.digits == "430321101")
    #expect(border.townships.count == 2)
    let west = try #require(DivisionCode("430321100"))
    #expect(abs(try #require(border.townships[west]).value - border.area.value / 4) < 0.02)
    #expect(border.village?.digits == "430321100201")
  }

  /// A survey, what is laid over it, and what does not add up then in a parcel on the border of two fields.
  struct Balance: Sendable, CustomTestStringConvertible {
    var testDescription: String
    /// The west and the east field of the parcel by class; nothing where the survey has none.
    var classes: [String?]
    /// The field that is surveyed twice.
    var twice: Int?
    /// Fields that are basic farmland.
    var basicFarmland: [Int]
    var findings: [Finding.Code]

    init(
      _ name: String, _ classes: [String?], twice: Int? = nil, basicFarmland: [Int] = [],
      _ findings: [Finding.Code] = []
    ) {
      (testDescription, self.classes, self.twice) = (name, classes, twice)
      (self.basicFarmland, self.findings) = (basicFarmland, findings)
    }
  }

  /// DOMAIN §4: classes add up to the parcel, and basic farmland is no more than farmland with its ridges.
  @Test(arguments: [
    Balance("ordinary", ["0101", "0702"], basicFarmland: [0]),
    Balance("ridges count as farmland", ["0101", "0103"], basicFarmland: [0, 1]),
    Balance("orchard", ["0101", "0201"], basicFarmland: [0, 1], [.basicFarmlandExceedsFarmland]),
    Balance("unknown class", ["0101", "9901"], [.classesUnbalanced]),
    Balance("surveyed twice", ["0101", "0702"], twice: 1, [.classesUnbalanced]),
    Balance("both", ["0301", "9901"], basicFarmland: [0], [.basicFarmlandExceedsFarmland, .classesUnbalanced]),
    // Where the survey ends, that is all there is to say.
    Balance("half a survey", ["0301", nil], basicFarmland: [0, 1], [.partlyOutside]),
  ]) func whatDoesNotAddUp(_ balance: Balance) async throws {
    let county = try SmallCounty()
    var workspace = county.workspace
    func field(_ index: Int, _ members: [String: String]) -> String {
      let x = Double(4 + index)
      return Ground.feature(members, [(x, 4), (x + 1, 4), (x + 1, 5), (x, 5)].map { Ground.point($0.0, $0.1) })
    }
    var survey: [String] = []
    for (index, code) in balance.classes.enumerated() {
      guard let code else { continue }
      // A tenth is ridges.
      let feature = field(index, ["DLBM": "\"\(code)\"", "TBMJ": "100", "TBDLMJ": "90"])
      survey += [String](repeating: feature, count: balance.twice == index ? 2 : 1)
    }
    let basicFarmland = balance.basicFarmland.map { field($0, ["YJJBNTMJ": "1"]) }
    let intake = LayerIntake(reader: SmallCounty.reader, now: instant("2024-12-31T05:00:00Z"))
    for (kind, features) in [(LayerKind.landUse, survey), (.basicFarmland, basicFarmland)] where !features.isEmpty {
      let path = try county.folder.write(Ground.collection(features).utf8, to: "\(kind.rawValue)-2.geojson")
      _ = try intake.add(LayerOrder(kind: kind, files: [path]), to: &workspace)
    }
    let receipt = try await county.ingest([Plot("parcel", 4.9, 4.2)])
    #expect(receipt.findings.map(\.code) == balance.findings)
    #expect(try county.state("parcel").issue.findings == balance.findings)
  }
}
