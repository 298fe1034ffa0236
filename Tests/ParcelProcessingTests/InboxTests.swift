import Foundation
import Geodata
import ParcelLedger
import ParcelModel
import ParcelTesting
import ParcelWorkspace
import Testing

@testable import ParcelProcessing

@Suite struct InboxTests {
  private static let rules = """
      - match: "省卫片-第{batch}批-{issued}-亩.*"
        campaign: provincial
        profile: standard-mu
      - match: "省卫片-第{batch}批-{issued}.*"
        campaign: provincial
      - match: "*台账*.xlsx"
        register: true
      - match: "*.csv"
        record: true

    """

  private func run(_ county: SmallCounty) async throws -> [InboxItem] {
    try await InboxRun(
      workspace: county.workspace, ledger: county.ledger, reader: SmallCounty.reader, now: county.now, workers: 2
    ).run { _, _, _ in }
  }

  private func drop(_ county: SmallCounty, _ name: String, _ text: String) throws {
    try Data(text.utf8).write(to: county.workspace.inbox.appending(path: name))
  }

  private func names(_ county: SmallCounty, _ folder: String = "") -> [String] {
    let place = county.workspace.inbox.appending(path: folder)
    return ((try? FileManager.default.contentsOfDirectory(atPath: place.path)) ?? []).sorted()
  }

  @Test func filesGoWhereTheyBelong() async throws {
    let county = try SmallCounty(rules: Self.rules)
    let plots = Plot.many(6)
    // Recorded after the delivery, although its name comes first.
    try drop(county, "01.csv", "code,campaign,event,date\n\(plots[0].code),provincial,file,2024-03-01\n")
    try drop(county, "省卫片-第1批-20240205.geojson", Ground.delivery(Array(plots[0..<3])))
    let mu = plots[3..<6].map { plot in plot.with { $0.area = Ground.fixed(plot.trueArea * 3 / 2000, 2) } }
    try drop(county, "省卫片-第2批-20240311-亩.geojson", Ground.delivery(Array(mu)))
    try drop(county, "省卫片-第3批-20240408.geojson", Ground.delivery([]))
    try drop(county, "省卫片-第4批-20240230.geojson", Ground.delivery(plots))
    try drop(county, "坏.csv", "一,二\n1,2\n")
    try drop(county, "无.csv", "code,campaign,event,date\n999,provincial,file,2024-03-01\n")
    try drop(county, "说明.docx", "no rule")
    try drop(county, ".hidden.csv", "not looked at")
    let items = try await run(county)
    let outcomes = Dictionary(uniqueKeysWithValues: items.map { ($0.name, $0.outcome) })
    #expect(
      outcomes == [
        "01.csv": .done, "省卫片-第1批-20240205.geojson": .done, "省卫片-第2批-20240311-亩.geojson": .done,
        "省卫片-第3批-20240408.geojson": .nothingTaken, "坏.csv": .nothingTaken, "无.csv": .nothingTaken,
        "说明.docx": .nothingTaken,
        "省卫片-第4批-20240230.geojson": .nothingTaken,
      ])
    let states = try county.states()
    #expect(states.count == 6)
    #expect(Set(states.map { "\($0.issue.batch) \($0.issued)" }) == ["1 2024-02-05", "2 2024-03-11"])
    #expect(states.allSatisfy { $0.issue.findings.isEmpty })
    #expect(try county.state(plots[0].code).filed == day("2024-03-01"))
    #expect(
      names(county) == [".hidden.csv", "processed", "refused", "省卫片-第4批-20240230.geojson", "说明.docx"],
      "what no rule names stays")
    #expect(
      names(county, "processed/2024-12-31") == ["01.csv", "省卫片-第1批-20240205.geojson", "省卫片-第2批-20240311-亩.geojson"])
    #expect(names(county, "refused/2024-12-31") == ["坏.csv", "无.csv", "省卫片-第3批-20240408.geojson"])

    let head = try county.head()
    #expect(try await run(county).map(\.name).sorted() == ["省卫片-第4批-20240230.geojson", "说明.docx"])
    #expect(try county.head() == head)

    // The same names once more: nothing is overwritten, nothing counted twice.
    try drop(county, "省卫片-第1批-20240205.geojson", Ground.delivery(Array(plots[0..<3])))
    let again = try await run(county)
    guard case .ingested(let receipt) = try #require(again.last).result else {
      Issue.record("not ingested")
      return
    }
    #expect(receipt.verdict == .duplicate)
    #expect(try county.head() == head)
    #expect(names(county, "processed/2024-12-31").contains("2-省卫片-第1批-20240205.geojson"))
  }

  /// A delivery that contradicts what was recorded is refused; what comes after it is taken in.
  @Test func aContradictionDoesNotEndTheNight() async throws {
    let county = try SmallCounty(rules: Self.rules)
    let plots = Plot.many(2)
    try await county.ingest([plots[0]])
    let mu = Mu(SquareMeters(rounding: plots[0].trueArea))
    try county.record(
      "code,event,date,areaMu\n\(plots[0].code),determine-unlawful,2024-03-01,\(mu)\n", campaign: "provincial")
    try drop(county, "省卫片-第1批-20240205.geojson", Ground.delivery([plots[0].with { $0.width = 0.1 }]))
    try drop(county, "省卫片-第2批-20240311.geojson", Ground.delivery([plots[1]]))
    #expect(try await run(county).map(\.outcome) == [.nothingTaken, .done])
    #expect(try county.states().count == 2)
    #expect(names(county, "refused/2024-12-31") == ["省卫片-第1批-20240205.geojson"])
  }

  /// A shapefile moves with its sidecars, and its sidecars are no files of their own.
  @Test func aShapefileMovesWhole() async throws {
    let county = try SmallCounty(rules: Self.rules)
    let parts = ["shp", "shx", "dbf", "prj"]
    for part in parts { try drop(county, "省卫片-第1批-20240205.\(part)", "damaged") }
    try drop(county, "别的.prj", "no part of it")
    let items = try await run(county)
    #expect(items.map(\.name).sorted() == ["别的.prj", "省卫片-第1批-20240205.shp"])
    #expect(names(county) == ["refused", "别的.prj"])
    #expect(names(county, "refused/2024-12-31") == parts.map { "省卫片-第1批-20240205.\($0)" }.sorted())
    #expect(try county.head().position == 0)
  }

  /// A delivery that was taken in but not yet moved when the machine went down.
  @Test func aFileThatWasTakenInBeforeTheMachineWentDown() async throws {
    let county = try SmallCounty(rules: Self.rules)
    let name = "省卫片-第1批-20240205.geojson"
    try drop(county, name, Ground.delivery(Plot.many(3)))
    try await county.ingest(file: county.workspace.inbox.appending(path: name).path)
    let head = try county.head()
    #expect(try await run(county).map(\.outcome) == [.done])
    #expect(try county.head() == head)
    #expect(names(county, "processed/2024-12-31") == [name])
    #expect(try await run(county).isEmpty)
  }
}
