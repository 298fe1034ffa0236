import Foundation
import Geodata
import Glibc
import ParcelModel
import ParcelTesting
import ParcelWorkspace
import Testing

@testable import ParcelProcessing

/// What a hostile or careless sender tried, and what became of it.
@Suite struct HostileTests {
  /// A rejected record is no duplicate the second time, whatever the file is called.
  @Test func aRejectStaysAReject() async throws {
    let county = try SmallCounty()
    var plots = Plot.many(4)
    plots[2].code = ""
    let first = try await county.ingest(plots)
    let head = try county.head()
    for name in ["delivery.geojson", "重发.geojson"] {
      let again = try await county.ingest(plots, as: name)
      #expect((again.delivery.delivered, again.delivery.accepted, again.delivery.duplicate) == (4, 0, 3))
      #expect(again.delivery.rejects == first.delivery.rejects)
      #expect(again.outcome == .incomplete && again.groups.contains { $0.code == .missingCode })
    }
    #expect(try county.head() == head)
  }

  /// Numbers that begin anew in each batch would put one site in the place of another.
  @Test func aCodeAtQuiteAnotherPlace() async throws {
    let county = try SmallCounty()
    try await county.ingest([Plot("1", 1, 1), Plot("2", 2, 2)])
    let receipt = try await county.ingest([Plot("1", 7, 7), Plot("2", 2.1, 2.1)], as: "第2批.geojson")
    #expect(receipt.delivery.corrected == 2)
    #expect(receipt.findings.filter { $0.code == .correctedElsewhere }.map(\.parcel) == ["1"])
  }

  /// The area is right and farmland is in another unit.
  @Test func farmlandInAnotherUnit() async throws {
    let county = try SmallCounty()
    // The first columns are farmland, net of a tenth of ridges.
    let plots = (0..<6).map { Plot("p\($0)", 0.1, 0.1 + Double($0)) }
    func delivery(_ unit: Double) -> String {
      plots.reduce(into: Ground.delivery(plots)) { text, plot in
        let farmland = Ground.fixed(plot.trueArea * 0.9 / unit, 4)
        text = text.replacing("\"JCBH\":\"\(plot.code)\"", with: "\"JCBH\":\"\(plot.code)\",\"GDMJ\":\(farmland)")
      }
    }
    let right = try await county.ingest(file: county.folder.write(delivery(1).utf8, to: "right.geojson"))
    #expect(right.delivery.accepted == 6 && right.findings.isEmpty)
    for unit in [2000.0 / 3, 10_000] {
      let path = try county.folder.write(delivery(unit).utf8, to: "wrong.geojson")
      #expect(try await county.receipt(of: path).refusal?.code == "unit-mix-up")
    }
  }

  /// A unit in the head is not overruled by a profile that does not name the head: the remedy says what helps.
  @Test func aHeadWithTheWrongUnit() async throws {
    let county = try SmallCounty()
    let text = Ground.delivery(Plot.many(4), areaHead: "监测面积（亩）")
    let path = try county.folder.write(text.utf8, to: "表头.geojson")
    let refusal = try #require(try await county.receipt(of: path).refusal)
    #expect(refusal.code == "unit-mix-up" && refusal.remedy.en.contains("profiles/NAME.yaml"))
    try Data("unit: m2\ncolumns:\n  area: [监测面积（亩）]\n".utf8).write(
      to: county.workspace.profiles.appending(path: "mine.yaml"))
    #expect(try await county.ingest(file: path, profile: "mine").delivery.accepted == 4)
  }

  /// A list of sums vouches for its file wherever that lies, in the quarantine too.
  @Test(arguments: [
    "%@  d.geojson\n", "\u{FEFF}%@ *d.geojson\r\n", "SHA256 (d.geojson) = %@\n", "%@\n",
  ]) func aListOfSums(_ form: String) async throws {
    let county = try SmallCounty()
    let text = Ground.delivery(Plot.many(2))
    let path = try county.folder.write(text.utf8, to: "d.geojson")
    let good = try DeliveryFile(at: path).sha256
    try county.folder.write(form.replacing("%@", with: String(good.reversed())).utf8, to: "d.geojson.sha256")
    let refused = try await county.receipt(of: path)
    #expect(refused.refusal?.code == "manifest-disagrees")
    let folder = try #require(refused.quarantine)
    #expect(try await county.receipt(of: folder.path).refusal?.code == "manifest-disagrees")
    try county.folder.write(form.replacing("%@", with: good).utf8, to: "d.geojson.sha256")
    let taken = try await county.receipt(of: path)
    #expect(taken.delivery.accepted == 2 && taken.delivery.decisions["manifest"] == "SHA-256 × 1")
  }

  @Test func aListThatSaysNothing() async throws {
    let county = try SmallCounty()
    let path = try county.folder.write(Ground.delivery(Plot.many(2)).utf8, to: "d.geojson")
    try county.folder.write("Algorithm Hash Path".utf8, to: "d.geojson.sha256")
    #expect(try await county.receipt(of: path).refusal?.code == "manifest-disagrees")
  }

  /// Changes that stand in a database's log would be lost without a word.
  @Test(arguments: ["-wal", "-journal"]) func aDatabaseThatIsOpen(_ log: String) async throws {
    let county = try SmallCounty()
    let path = try county.folder.write([1, 2, 3], to: "d.gpkg")
    try county.folder.write([1], to: "d.gpkg\(log)")
    await #expect(throws: ProcessingError.openElsewhere("d.gpkg")) { try await county.receipt(of: path) }
  }

  @Test func twoColumnsOfOneName() async throws {
    let county = try SmallCounty()
    let text = Ground.delivery(Plot.many(1)).replacing(
      "\"JCBH\":", with: "\"caf\u{E9}\":\"1\",\"cafe\u{301}\":\"2\",\"JCBH\":")
    let receipt = try await county.receipt(of: county.folder.write(text.utf8, to: "d.geojson"))
    #expect(receipt.refusal?.code == "repeated-field")
  }

  /// Times and dates of GeoJSON are the texts that they are.
  @Test func datesStayAsWritten() async throws {
    let county = try SmallCounty()
    let text = Ground.delivery(Plot.many(1)).replacing(
      "\"JCBH\":", with: "\"HSX\":\"2024-04-04T08:05:09.75+08:00\",\"QSX\":\"2024/04/04\",\"JCBH\":")
    try await county.ingest(file: county.folder.write(text.utf8, to: "d.geojson"))
    let attributes = try county.state(Plot.many(1)[0].code).issue.declared.attributes
    #expect((attributes["HSX"], attributes["QSX"]) == ("2024-04-04T08:05:09.75+08:00", "2024/04/04"))
  }

  // MARK: The inbox

  private static let rules = "  - match: \"*.*\"\n    campaign: provincial\n"

  private func night(_ county: SmallCounty, at now: Instant? = nil) async throws -> [String: InboxItem] {
    let items = try await InboxRun(
      workspace: county.workspace, ledger: county.ledger, reader: SmallCounty.reader, now: now ?? county.now, workers: 1
    ).run { _, _, _ in }
    return Dictionary(items.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// A pipe would be waited for; a folder with a note of ours could name any file.
  @Test func whatIsNoFile() async throws {
    let county = try SmallCounty(rules: Self.rules)
    let inbox = county.workspace.inbox
    #expect(mkfifo(inbox.appending(path: "a.geojson").path, 0o600) == 0)
    let folder = inbox.appending(path: "b.geojson")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data("{\"delivery\":{\"name\":\"s.geojson\"}}".utf8).write(to: folder.appending(path: "findings.json"))
    let secret = try county.folder.write(Ground.delivery(Plot.many(2)).utf8, to: "secret.geojson")
    try FileManager.default.createSymbolicLink(
      atPath: folder.appending(path: "s.geojson").path, withDestinationPath: secret)
    try Data(Ground.delivery(Plot.many(3)).utf8).write(to: inbox.appending(path: "c.geojson"))
    let items = try await night(county)
    #expect(items.mapValues(\.outcome) == ["a.geojson": .nothingTaken, "b.geojson": .nothingTaken, "c.geojson": .done])
    #expect(try county.states().count == 3)
  }

  /// A file that is still being copied waits for the next night.
  @Test func aFileThatIsStillGrowing() async throws {
    let county = try SmallCounty(rules: Self.rules)
    let place = county.workspace.inbox.appending(path: "a.geojson")
    try Data(Ground.delivery(Plot.many(2)).utf8).write(to: place)
    func changed(_ seconds: Double) throws {
      let then = Date(timeIntervalSince1970: Double(county.now.milliseconds) / 1000 - seconds)
      try FileManager.default.setAttributes([.modificationDate: then], ofItemAtPath: place.path)
    }
    try changed(30)
    let items = try await night(county)
    #expect(items["a.geojson"]?.outcome == .done && FileManager.default.fileExists(atPath: place.path))
    #expect(try county.states().isEmpty)
    try changed(300)
    _ = try await night(county)
    #expect(try county.states().count == 2 && !FileManager.default.fileExists(atPath: place.path))
  }

  @Test func aListGoesWithItsFile() async throws {
    let county = try SmallCounty(rules: Self.rules)
    let path = try county.folder.write(Ground.delivery(Plot.many(2)).utf8, to: "a.geojson")
    let inbox = county.workspace.inbox
    try FileManager.default.copyItem(atPath: path, toPath: inbox.appending(path: "a.geojson").path)
    try Data("\(DeliveryFile(at: path).sha256)  a.geojson\n".utf8).write(to: inbox.appending(path: "a.geojson.sha256"))
    let items = try await night(county)
    #expect(items.keys.sorted() == ["a.geojson"])
    #expect(try FileManager.default.contentsOfDirectory(atPath: inbox.path) == ["processed"])
  }
}
