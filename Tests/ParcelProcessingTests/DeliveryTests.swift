import Foundation
import Geodata
import ParcelLedger
import ParcelModel
import ParcelTesting
import ParcelWorkspace
import Spatial
import Testing

@testable import ParcelProcessing

@Suite struct DeliveryTests {
  private let sample = sampleData.appendingPathComponent("deliveries/省卫片2024-第1批-20240205.zip")

  @Test func theSameFileTwiceChangesNothing() async throws {
    let county = try SmallCounty()
    let first = try await county.ingest(Plot.many(5))
    #expect(first.verdict == .accepted && first.delivery.accepted == 5)
    let head = try county.head()
    let second = try await county.ingest(Plot.many(5), as: "again.geojson")
    #expect(second.verdict == .duplicate && second.outcome == .done)
    #expect(second.delivery.name == "again.geojson")
    #expect((second.delivery.accepted, second.delivery.duplicate) == (0, 5))
    #expect(try county.head() == head)
    // For another campaign it is another delivery.
    #expect(try await county.ingest(Plot.many(5), campaign: "drive").delivery.accepted == 5)
  }

  /// The same records in other bytes, under another name and in another order, with and without a rejected one.
  @Test(arguments: [false, true]) func theSameRecordsInAnotherFile(withReject: Bool) async throws {
    let county = try SmallCounty()
    var plots = Plot.many(5)
    if withReject { plots[4].area = "\"many\"" }
    try await county.ingest(plots)
    let head = try county.head()
    let text = Ground.delivery(plots).replacing(",\n", with: ", \n ")
    let again = try await county.ingest(file: county.folder.write(text.utf8, to: "重发.geojson"))
    #expect((again.delivery.accepted, again.delivery.duplicate) == (0, withReject ? 4 : 5))
    // What was rejected before is rejected again, and said again.
    #expect(again.delivery.rejects.count == (withReject ? 1 : 0))
    #expect(again.outcome == (withReject ? .incomplete : .done))
    if !withReject { #expect(again.verdict == .duplicate) }
    #expect(try county.head() == head)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: county.workspace.deliveries.path).count == 1,
      "what was not new is not kept twice")
    let reversed = try await county.ingest(plots.reversed(), as: "reversed.geojson")
    #expect(reversed.delivery.accepted == 0)
    if !withReject { #expect(try county.head() == head) }
  }

  @Test func aZipThatWasPackedAgain() async throws {
    let county = try SmallCounty()
    let members = [("TB.geojson", Array(Ground.delivery(Plot.many(3)).utf8))]
    func zip(_ name: String, _ extra: [(String, [UInt8])]) throws -> String {
      try county.folder.write(storedZip((members + extra).map { (Array($0.0.utf8), $0.1) }), to: name)
    }
    try await county.ingest(file: zip("一.zip", []))
    let head = try county.head()
    let again = try await county.ingest(file: zip("二.zip", [("说明.txt", Array("重发".utf8))]))
    #expect(again.verdict == .duplicate)
    #expect(try county.head() == head)
  }

  @Test func aCorrectedDelivery() async throws {
    let county = try SmallCounty()
    try await county.ingest(Plot.many(3))
    try county.record("code,event,date\n\(Plot.many(3)[0].code),file,2024-03-01\n", campaign: "provincial")
    var plots = Plot.many(4)
    plots[0].width = 0.1
    let receipt = try await county.ingest(plots, as: "corrected.geojson", issued: "2024-04-01")
    #expect((receipt.delivery.delivered, receipt.delivery.accepted) == (4, 2))
    #expect((receipt.delivery.corrected, receipt.delivery.duplicate) == (1, 2))
    #expect(receipt.groups.contains { $0.code == .corrected && $0.findings.count == 1 })
    let state = try county.state(plots[0].code)
    #expect(abs(state.issue.measured.area.value - plots[0].trueArea) < 0.05)
    #expect(state.issued == day("2024-02-05"), "it was issued when it first was")
    #expect(state.filed == day("2024-03-01"), "what happened to it stays")
    #expect(try county.states().count == 4)
    #expect(try county.ledger.check().problems.isEmpty)
  }

  /// A correction under which what was already recorded could not have happened is refused with words, not as a fault
  /// of the program.
  @Test func aCorrectionThatContradictsWhatHappened() async throws {
    let county = try SmallCounty()
    let plot = Plot.many(1)[0]
    try await county.ingest([plot])
    let mu = Mu(SquareMeters(rounding: plot.trueArea))
    try county.record(
      "code,event,date,areaMu\n\(plot.code),determine-unlawful,2024-03-01,\(mu)\n", campaign: "provincial")
    let head = try county.head()
    do {
      try await county.ingest([plot.with { $0.width = 0.1 }], as: "smaller.geojson", issued: "2024-02-05")
      Issue.record("the correction was taken in")
    } catch let error as any ExplainedError {
      #expect(error.outcome == .nothingTaken)
      #expect(error.message.zh.contains(plot.code) && error.message.en.contains(plot.code))
    }
    #expect(try county.head() == head)
    #expect(try county.ledger.check().problems.isEmpty)
  }

  /// A correction counts whatever day is stated for it.
  @Test(arguments: ["2024-01-15", "2024-02-05", "2024-04-01"]) func theDayOfACorrection(_ issued: String) async throws {
    let county = try SmallCounty()
    let plot = Plot.many(1)[0]
    try await county.ingest([plot])
    let smaller = plot.with { $0.width = 0.1 }
    try await county.ingest([smaller], as: "smaller.geojson", issued: issued)
    #expect(abs(try county.state(plot.code).issue.measured.area.value - smaller.trueArea) < 0.05)
    #expect(try county.ledger.check().problems.isEmpty)
  }

  struct Odd: Sendable, CustomTestStringConvertible {
    var geometry: String
    var findings: Set<Finding.Code>
    var isAccepted: Bool
    var testDescription: String { findings.map(\.rawValue).sorted().joined(separator: " ") }
  }

  /// Shapes as they come; 112.9 to 112.94 and 27.7 to 27.74 is the county.
  @Test(arguments: [
    Odd(geometry: "null", findings: [.missingGeometry], isAccepted: false),
    Odd(
      geometry: "{\"type\":\"Point\",\"coordinates\":[112.91,27.71]}", findings: [.unsupportedGeometry],
      isAccepted: false),
    Odd(
      geometry: polygon("[112.91,27.71],[112.91,27.71],[112.91,27.71],[112.91,27.71]"), findings: [.emptyAfterRepair],
      isAccepted: false),
    // A bow tie becomes two triangles.
    Odd(
      geometry: polygon("[112.91,27.71],[112.911,27.711],[112.911,27.71],[112.91,27.711],[112.91,27.71]"),
      findings: [.selfIntersection, .noDeclaredArea], isAccepted: true),
    // Half of it in the next county.
    Odd(
      geometry: polygon("[112.939,27.71],[112.941,27.71],[112.941,27.711],[112.939,27.711],[112.939,27.71]"),
      findings: [.partlyOutside, .noDeclaredArea], isAccepted: true),
    Odd(
      geometry: polygon("[113.9,27.71],[113.91,27.71],[113.91,27.711],[113.9,27.711],[113.9,27.71]"),
      findings: [.outsideCounty], isAccepted: false),
    Odd(
      geometry: polygon("[-75,40],[-74.9,40],[-74.9,40.1],[-75,40.1],[-75,40]"), findings: [.outsideCounty],
      isAccepted: false),
    Odd(
      geometry: polygon("[38391600,3071000],[38391650,3071000],[38391650,3071050],[38391600,3071000]"),
      findings: [.outsideCounty], isAccepted: false),
  ]) func oddShapes(_ odd: Odd) async throws {
    let county = try SmallCounty()
    let good = Ground.delivery([Plot("good", 1, 1)])
    let feature = "{\"type\":\"Feature\",\"properties\":{\"JCBH\":\"odd\"},\"geometry\":\(odd.geometry)},\n"
    let text = good.replacing("\"features\":[", with: "\"features\":[" + feature)
    let receipt = try await county.ingest(file: county.folder.write(text.utf8, to: "odd.geojson"))
    #expect(Set(receipt.findings.filter { $0.parcel == "odd" }.map(\.code)) == odd.findings)
    #expect(receipt.delivery.accepted == (odd.isAccepted ? 2 : 1))
    #expect(receipt.delivery.rejects.map(\.record) == (odd.isAccepted ? [] : [1]))
  }

  private static func polygon(_ ring: String) -> String { "{\"type\":\"Polygon\",\"coordinates\":[[\(ring)]]}" }

  @Test func statedFactsAreCompared() async throws {
    let county = try SmallCounty()
    let receipt = try await county.ingest([
      Plot("named", 1.1, 1.1).with { $0.township = "易俗河镇" }, Plot("coded", 1.6, 1.1).with { $0.township = "430321100" },
      Plot("elsewhere", 2.1, 1.1).with { $0.township = "谭家山镇" }, Plot("negative", 3.1, 1.1).with { $0.area = "-5" },
      Plot("county", 3.6, 1.1).with { $0.county = "430381" },
    ])
    let findings = Dictionary(grouping: receipt.findings) { $0.parcel ?? "" }.mapValues { $0.map(\.code) }
    #expect(findings == ["elsewhere": [.townshipDiffers], "negative": [.badNumber], "county": [.wrongCounty]])
    #expect((receipt.delivery.accepted, receipt.delivery.rejects.count) == (3, 2))
  }

  /// What stands in a delivery, and how each record is told in the receipt.
  @Test func repeatedRecords() async throws {
    let county = try SmallCounty()
    let plots = Plot.many(6)
    let receipt = try await county.ingest([
      plots[0], plots[1], plots[1],
      plots[2], plots[3].with { $0.code = plots[2].code }, plots[4].with { $0.code = plots[2].code },
      plots[5].with { $0.code = "  " },
    ])
    #expect((receipt.delivery.delivered, receipt.delivery.accepted, receipt.delivery.duplicate) == (7, 2, 1))
    #expect(receipt.delivery.rejects.map(\.record).sorted() == [4, 5, 6, 7])
    #expect(receipt.delivery.rejects.filter { $0.finding == .codeRepeated }.allSatisfy { $0.reason == "4, 5, 6" })
    #expect(receipt.delivery.rejects.count { $0.finding == .missingCode } == 1)
    #expect(receipt.outcome == .incomplete)
    #expect(try county.states().map(\.identity.code) == [plots[0].code, plots[1].code])
  }

  @Test func aPrefectureWithTwoCounties() async throws {
    let county = try SmallCounty(county: "430300", townships: ["430321100", "430381100"])
    let receipt = try await county.ingest([
      Plot("named", 1.1, 1.1), Plot("named-east", 6.1, 1.1).with { $0.county = "430381" },
      // The county that a record names counts; without one, where it lies.
      Plot("west", 2.1, 1.1).with { $0.county = "" }, Plot("east", 7.1, 1.1).with { $0.county = "" },
      Plot("foreign", 8.1, 1.1).with { $0.county = "430281" },
    ])
    #expect(receipt.delivery.accepted == 4)
    #expect(receipt.delivery.rejects.map(\.finding) == [.wrongCounty])
    let counties = Dictionary(
      uniqueKeysWithValues: try county.states().map { ($0.identity.code, $0.identity.county.digits) })
    #expect(counties == ["named": "430321", "named-east": "430381", "west": "430321", "east": "430381"])
    // One chain a county, and the prefecture's own for configuration and rejects.
    #expect(Set(try county.head().counties.map(\.county.digits)).isSuperset(of: ["430321", "430381"]))
    try county.record("code,event,date\neast,file,2024-03-01\nwest,file,2024-03-01\n", campaign: "provincial")
    let status = try county.ledger.read { try $0.status(by: .county) }
    #expect(status.groups.map(\.key) == ["430321", "430381"])
    #expect(status.groups.map(\.issued.count) == [2, 2])
    #expect(try county.ledger.check().problems.isEmpty)
  }

  struct Declared: Sendable, CustomTestStringConvertible {
    var factor: Double
    var decimals: Int
    var head: String
    var unit: Double
    var finding: Finding.Code?
    var testDescription: String { "×\(factor) .\(decimals) \(head)" }
  }

  /// Declared figures may be off by half a per cent or by half of the last decimal.
  @Test(arguments: [
    Declared(factor: 1, decimals: 2, head: "JCMJ", unit: 1),
    Declared(factor: 1.0049, decimals: 2, head: "JCMJ", unit: 1),
    Declared(factor: 0.9951, decimals: 2, head: "JCMJ", unit: 1),
    Declared(factor: 1.0051, decimals: 2, head: "JCMJ", unit: 1, finding: .areaDiffers),
    Declared(factor: 0.994, decimals: 2, head: "JCMJ", unit: 1, finding: .areaDiffers),
    // 0.44 亩: with two decimals 1.1 % may lie between them.
    Declared(factor: 1, decimals: 2, head: "监测面积（亩）", unit: 2000.0 / 3),
    Declared(factor: 1.03, decimals: 2, head: "监测面积（亩）", unit: 2000.0 / 3, finding: .areaDiffers),
    Declared(factor: 1, decimals: 4, head: "监测面积(公顷)", unit: 10_000),
  ]) func tolerance(_ declared: Declared) async throws {
    let county = try SmallCounty()
    let plot = Plot("p", 0.1, 0.1).with { $0.width = 0.041 }
    let text = Ground.fixed(plot.trueArea * declared.factor / declared.unit, declared.decimals)
    let path = try county.folder.write(
      Ground.delivery([plot.with { $0.area = text }], areaHead: declared.head).utf8, to: "d.geojson")
    let receipt = try await county.ingest(file: path)
    #expect(receipt.findings.map(\.code) == (declared.finding.map { [$0] } ?? []))
    #expect(receipt.delivery.accepted == 1)
  }

  /// The tolerance of a shapefile's column is what the column can hold, whatever digits a value ends in.
  @Test func decimalsOfAShapefile() async throws {
    let county = try SmallCounty()
    let plot = Plot("p", 0.1, 0.1).with { ($0.width, $0.height) = (0.02, 0.03) }
    let mu = Mu(SquareMeters(rounding: plot.trueArea))
    let path = try shapefile(county, plot, area: mu.value, head: "JCMJ")
    let receipt = try await county.ingest(file: path, profile: "standard-mu")
    #expect(receipt.findings.isEmpty, "\(receipt.findings)")
    #expect(receipt.delivery.decisions["unit"] == "mu")
  }

  /// A shapefile is kept as a folder of its parts; a full check reads them again.
  @Test func keptShapefilesAreChecked() async throws {
    let county = try SmallCounty()
    let plot = Plot.many(1)[0]
    let path = try shapefile(county, plot, area: plot.trueArea, head: "JCMJ")
    _ = try await county.ingest(file: path)
    let check = WorkspaceCheck(workspace: county.workspace, ledger: county.ledger)
    #expect(try check.run(readsFiles: true).problems == [])
    let kept = county.workspace.deliveries
    let folder = try #require(try FileManager.default.contentsOfDirectory(atPath: kept.path).first)
    let table = kept.appending(path: folder).appending(path: "下发.dbf")
    try (Data(contentsOf: table) + [0]).write(to: table)
    #expect(try check.run(readsFiles: true).problems.map(\.code) == [.delivery])
  }

  @Test func aPartInOtherLettersIsNamed() async throws {
    let county = try SmallCounty()
    let plot = Plot("a", 1, 1)
    let path = try shapefile(county, plot, area: plot.trueArea, head: "JCMJ")
    let folder = county.folder.url.appending(path: "错名")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for suffix in ["shp", "shx", "dbf", "prj"] {
      try FileManager.default.copyItem(
        atPath: String(path.dropLast(3)) + suffix,
        toPath: folder.appending(path: suffix == "dbf" ? "XF.dbf" : "xf.\(suffix)").path)
    }
    let error = await #expect(throws: ProcessingError.self) {
      try await county.ingest(file: folder.appending(path: "xf.shp").path)
    }
    #expect(error?.code == "part-misnamed" && error?.remedy.en.contains("xf.dbf") == true)
  }

  /// Where no record is a polygon, nobody is asked for a reference system that would change nothing.
  @Test func pointsWithoutAReferenceSystem() async throws {
    let county = try SmallCounty()
    let text = """
      {"type":"FeatureCollection","crs":null,"features":[{"type":"Feature","properties":{"JCBH":"1"},
      "geometry":{"type":"Point","coordinates":[112.91,27.71]}}]}
      """
    let receipt = try await county.ingest(file: county.folder.write(text.utf8, to: "点.geojson"))
    #expect(receipt.verdict == .quarantined && receipt.findings.map(\.code) == [.unsupportedGeometry])
  }

  @Test func aFileWithoutFieldsIsToBeExportedWithThem() async throws {
    let county = try SmallCounty()
    let text = try Ground.delivery(Plot.many(1)).replacing(
      Regex(#""properties":\{"JCBH[^}]*\}"#), with: #""properties":{}"#)
    let path = try county.folder.write(text.utf8, to: "无属性.geojson")
    let error = await #expect(throws: ProcessingError.self) { try await county.ingest(file: path) }
    #expect(error?.code == "missing-field" && error?.remedy.en.contains("--profile") == false)
  }

  private func shapefile(_ county: SmallCounty, _ plot: Plot, area: Double, head: String) throws -> String {
    let path = county.folder.path("下发.shp")
    let writer = try FeatureWriter(
      path: path, format: .shapefile(encoding: "GBK", writesCodePage: false), layer: "下发", reference: .cgcs2000,
      fields: [.init(name: "JCBH", kind: .text), .init(name: head, kind: .real, decimals: 2)], lastChange: county.now)
    try writer.write([.text(plot.code), .real(area)], plot.polygons)
    try writer.finish()
    return path
  }

  /// In which unit the numbers are, which profile was stated, and which one is right.
  @Test(
    arguments: [
      (2000.0 / 3, "standard", "standard-mu"), (10_000, "standard", "standard-ha"), (1, "standard-mu", "standard"),
      (10_000, "standard-mu", "standard-ha"), (1, "standard-ha", "standard"),
      (2000.0 / 3, "standard-ha", "standard-mu"),
    ] as [(Double, String, String)])
  func unitMixUp(_ unit: Double, _ stated: String, _ right: String) async throws {
    let county = try SmallCounty()
    let plots = Plot.many(5).map { plot in plot.with { $0.area = Ground.fixed(plot.trueArea / unit, 4) } }
    let path = try county.folder.write(Ground.delivery(plots).utf8, to: "单位.geojson")
    let before = try county.head()
    do {
      try await county.ingest(file: path, profile: stated)
      Issue.record("taken in with the wrong unit")
    } catch let error as ProcessingError {
      #expect(error.code == "unit-mix-up")
      for text in [error.remedy.zh, error.remedy.en] { #expect(text.split(separator: " ").contains { $0 == right }) }
      #expect(error.message.zh.contains("单位.geojson"))
    }
    #expect(try county.head() == before)
    #expect(try FileManager.default.contentsOfDirectory(atPath: county.workspace.quarantine.path).count == 1)
    // What the remedy says helps.
    #expect(try await county.ingest(file: path, profile: right).delivery.accepted == 5)
  }

  /// Degrees in the county leave no doubt.
  @Test func aShapefileWithoutReferenceSystem() async throws {
    let county = try SmallCounty()
    let plot = Plot("p", 0.1, 0.1)
    let path = try shapefile(county, plot, area: plot.trueArea, head: "JCMJ")
    try FileManager.default.removeItem(atPath: county.folder.path("下发.prj"))
    let receipt = try await county.ingest(file: path)
    #expect(receipt.delivery.accepted == 1)
    #expect(receipt.delivery.decisions["crs"] == "EPSG:4490")
    #expect(receipt.groups.map(\.code) == [.referenceInferred])
    // The same understanding, stated: nothing changes.
    #expect(try await county.ingest(file: path, reference: .cgcs2000).verdict == .duplicate)
  }

  struct Refused: Sendable, CustomTestStringConvertible {
    var code: String
    var text: String
    var testDescription: String { code }
  }

  /// A file that cannot be taken in goes to the quarantine with the reason, and leaves no trace in the ledger.
  @Test(arguments: [
    Refused(code: "no-records", text: Ground.delivery([])),
    Refused(code: "missing-field", text: Ground.delivery(Plot.many(1)).replacing("JCBH", with: "ABC")),
    Refused(code: "old-datum", text: Ground.delivery(Plot.many(1), reference: 4214)),
    Refused(code: "refused-reference-system", text: Ground.delivery(Plot.many(1), reference: 4019)),
    Refused(code: "outside-county", text: Ground.delivery([Plot("far", 400, 400)])),
  ]) func refusedDeliveries(_ refused: Refused) async throws {
    let county = try SmallCounty()
    let before = try county.head()
    let path = try county.folder.write(refused.text.utf8, to: "坏.geojson")
    do {
      try await county.ingest(file: path)
      Issue.record("taken in")
    } catch let error as any ExplainedError {
      #expect(error.code == refused.code)
      #expect(error.outcome == .nothingTaken)
      #expect(error.message.zh.contains("坏.geojson") && error.message.en.contains("坏.geojson"))
    }
    #expect(try county.head() == before)
    let folders = try FileManager.default.contentsOfDirectory(atPath: county.workspace.quarantine.path)
    try #require(folders.count == 1)
    let kept = county.workspace.quarantine.appending(path: folders[0])
    #expect(
      Set(try FileManager.default.contentsOfDirectory(atPath: kept.path)) == [
        "findings.csv", "findings.json", "坏.geojson",
      ])
    #expect(try FileManager.default.contentsOfDirectory(atPath: county.workspace.deliveries.path).isEmpty)
  }

  /// A dry run says the same and leaves nothing: neither in the workspace nor in the system's temporary folder.
  @Test func aDryRunLeavesNothing() async throws {
    let county = try SmallCounty()
    let before = try county.head()
    let path = try county.folder.write(Ground.delivery(Plot.many(3)).utf8, to: "d.geojson")
    var order = IngestOrder(path: path, campaign: "provincial")
    order.issued = day("2024-02-05")
    let run = BatchRun(
      workspace: county.workspace, ledger: county.ledger, reader: SmallCounty.reader, now: county.now, workers: 1)
    let dry = try await run.run(order, dryRun: true)
    #expect(dry.delivery.accepted == 3 && dry.isDryRun)
    #expect(try county.head() == before)
    #expect(try FileManager.default.contentsOfDirectory(atPath: county.workspace.deliveries.path).isEmpty)
    let left = try FileManager.default.contentsOfDirectory(atPath: FileManager.default.temporaryDirectory.path)
    #expect(!left.contains { $0.contains(dry.delivery.sha256) })
    let real = try await run.run(order)
    #expect(real.delivery.accepted == dry.delivery.accepted && real.measured == dry.measured)
  }

  /// 139 parcels of the sample: a record delivered twice in batch 6 is counted once.
  @Test func receiptAddsUp() async throws {
    let county = try SmallCounty()
    // These lie elsewhere in the sample county, outside this small one.
    do {
      try await county.ingest(file: sample.path)
      Issue.record("parcels of another county were taken in")
    } catch let error as ProcessingError {
      #expect(error.code == "outside-county")
    }
  }
}
