import Foundation
import Geodata
import ParcelModel
import ParcelTesting
import ParcelWorkspace
import Testing

@testable import ParcelProcessing

/// What was not taken in lies in the quarantine until it is mended.
@Suite struct QuarantineTests {
  private func folders(_ county: SmallCounty) throws -> [URL] {
    try FileManager.default.contentsOfDirectory(at: county.workspace.quarantine, includingPropertiesForKeys: nil)
  }

  private func text(_ url: URL) throws -> String { try String(contentsOf: url, encoding: .utf8) }

  @Test func aRefusedFileIsMendedInPlace() async throws {
    let county = try SmallCounty()
    let head = try county.head()
    let bad = Ground.delivery(Plot.many(3)).replacing("JCBH", with: "编号乱码")
    let receipt = try await county.receipt(of: county.folder.write(bad.utf8, to: "第1批.geojson"))
    #expect((receipt.verdict, receipt.outcome) == (.quarantined, .nothingTaken))
    #expect(receipt.refusal?.code == "missing-field")
    #expect(try county.head() == head)
    let folder = try #require(receipt.quarantine)
    #expect(try folders(county).map(\.lastPathComponent) == [String(receipt.delivery.sha256.prefix(12))])
    #expect(try text(folder.appending(path: "第1批.geojson")) == bad)
    let table = try text(folder.appending(path: "findings.csv"))
    #expect(table.contains("missing-field") && table.contains("编号乱码"))
    struct Kept: Decodable { var schema: String, verdict: String, findings: [Found] }
    struct Found: Decodable { var code: String, severity: String, remedy: String }
    let kept = try JSONDecoder().decode(Kept.self, from: Data(contentsOf: folder.appending(path: "findings.json")))
    #expect((kept.schema, kept.verdict) == ("parcels.receipt/1", "quarantined"))
    #expect(kept.findings.map(\.code) == ["missing-field"] && kept.findings[0].remedy.contains("--profile"))
    // Mended where it lies, taken in by its folder.
    try Data(Ground.delivery(Plot.many(3)).utf8).write(to: folder.appending(path: "第1批.geojson"))
    let mended = try await county.receipt(of: folder.path)
    #expect((mended.delivery.name, mended.delivery.accepted, mended.verdict) == ("第1批.geojson", 3, .accepted))
  }

  @Test func rejectedRecordsAreMended() async throws {
    let county = try SmallCounty()
    var plots = Plot.many(5)
    (plots[1].code, plots[3].area) = ("", "\"=cmd()\"")
    let path = try county.folder.write(Ground.delivery(plots).utf8, to: "部分.geojson")
    let receipt = try await county.receipt(of: path)
    #expect((receipt.verdict, receipt.outcome) == (.acceptedWithFindings, .incomplete))
    #expect((receipt.delivery.accepted, receipt.delivery.rejects.map(\.record).sorted()) == (3, [2, 4]))
    let folder = try #require(receipt.quarantine)
    let rows = try text(folder.appending(path: "findings.csv")).split(separator: "\r\n")
    #expect(rows.count == 3)
    #expect(rows.contains { $0.hasPrefix("2,,error,missing-code") })
    #expect(rows.contains { $0.hasPrefix("4,") && $0.contains("bad-number") && $0.contains("JCMJ==cmd()") })
    let whole = try county.folder.write(Ground.delivery(Plot.many(5)).utf8, to: "部分.geojson")
    let mended = try await county.receipt(of: whole)
    #expect((mended.delivery.accepted, mended.delivery.duplicate, mended.verdict) == (2, 3, .acceptedWithFindings))
    #expect(mended.quarantine == nil)
  }

  /// Where every record is rejected nothing was taken in: the ledger knows nothing of it.
  @Test func nothingButRejects() async throws {
    let county = try SmallCounty()
    let head = try county.head()
    let plots = Plot.many(4).map { plot in plot.with { $0.county = "110101" } }
    let receipt = try await county.receipt(of: county.folder.write(Ground.delivery(plots).utf8, to: "外县.geojson"))
    #expect((receipt.verdict, receipt.outcome) == (.quarantined, .nothingTaken))
    #expect((receipt.delivery.delivered, receipt.delivery.rejects.count) == (4, 4))
    #expect(receipt.refusal == nil && receipt.quarantine != nil)
    #expect(try county.head() == head)
    #expect(try FileManager.default.contentsOfDirectory(atPath: county.workspace.deliveries.path).isEmpty)
  }

  /// Differing rows with one code are all rejected, also where one of them is rejected for another reason.
  @Test func oneCodeOnceDamaged() async throws {
    let county = try SmallCounty()
    var plots = Plot.many(3)
    (plots[1].code, plots[1].area) = (plots[0].code, "-1")
    let receipt = try await county.receipt(of: county.folder.write(Ground.delivery(plots).utf8, to: "重号.geojson"))
    #expect(receipt.delivery.rejects.map(\.finding) == [.badNumber, .codeRepeated])
    #expect((receipt.delivery.delivered, receipt.delivery.accepted) == (3, 1))
  }

  @Test func aDryRunQuarantinesNothing() async throws {
    let county = try SmallCounty()
    var order = IngestOrder(path: try county.folder.write("{}".utf8, to: "a.geojson"), campaign: "provincial")
    order.issued = day("2024-02-05")
    let receipt = try await BatchRun(
      workspace: county.workspace, ledger: county.ledger, reader: SmallCounty.reader, now: county.now, workers: 1
    ).run(order, dryRun: true)
    #expect(receipt.verdict == .quarantined && receipt.quarantine == nil && receipt.isDryRun)
    #expect(try folders(county).isEmpty)
  }

  /// A link among the parts would have us read what was not delivered.
  @Test func linksAmongTheParts() async throws {
    let county = try SmallCounty()
    let target = try county.folder.write([1, 2, 3], to: "secret")
    for name in ["a.shp", "a.shx"] { try county.folder.write([0], to: name) }
    try FileManager.default.createSymbolicLink(
      atPath: county.folder.path("a.dbf"), withDestinationPath: target)
    await #expect(throws: ProcessingError.link("a.dbf")) { try await county.receipt(of: county.folder.path("a.shp")) }
    #expect(try folders(county).isEmpty)
  }

  @Test func theSameCodeInAnotherCampaign() async throws {
    let county = try SmallCounty()
    try await county.ingest(Plot.many(2))
    let receipt = try await county.ingest(Plot.many(3), campaign: "drive")
    #expect(receipt.delivery.accepted == 3)
    #expect(receipt.groups.map(\.code) == [.codeElsewhere])
    #expect(receipt.findings.map(\.detail) == ["provincial", "provincial"])
  }
}
