import Foundation
import Geodata
import ParcelLedger
import ParcelModel
import ParcelTesting
import ParcelWorkspace
import Spatial
import Testing

@testable import ParcelProcessing

/// Every kind of damage and malice that files come with, and what becomes of each: the verdict, the findings and the
/// counts are stated. Whatever a row says, each record that is taken in must be one of the delivery, with its own words
/// and figures, at its own place.
@Suite struct AcceptanceTests {
  @Test(arguments: AcceptanceRow.ofShapefiles) func shapefiles(_ row: AcceptanceRow) async throws {
    try await check(row)
  }
  @Test(arguments: AcceptanceRow.ofZips) func zips(_ row: AcceptanceRow) async throws { try await check(row) }
  @Test(arguments: AcceptanceRow.ofGeoJSON) func geoJSON(_ row: AcceptanceRow) async throws { try await check(row) }
  @Test(arguments: AcceptanceRow.ofDatabases) func databases(_ row: AcceptanceRow) async throws { try await check(row) }
  @Test(arguments: AcceptanceRow.ofReferences) func references(_ row: AcceptanceRow) async throws {
    try await check(row)
  }
  @Test(arguments: AcceptanceRow.ofTexts) func texts(_ row: AcceptanceRow) async throws { try await check(row) }
  @Test(arguments: AcceptanceRow.ofRecords) func records(_ row: AcceptanceRow) async throws { try await check(row) }

  /// Many files of one kind of damage: how many end in which way.
  @Test(arguments: AcceptanceGroup.all) func groups(_ group: AcceptanceGroup) async throws {
    var outcomes: [String: Int] = [:]
    for (name, delivery) in try group.make() {
      let outcome = try await check(AcceptanceRow(name, .accepted) { delivery }, isExpected: { _ in true })
      outcomes[outcome.description, default: 0] += 1
    }
    #expect(outcomes == group.expected)
  }

  @Test func thereAreEnough() {
    let rows =
      AcceptanceRow.ofShapefiles + AcceptanceRow.ofZips + AcceptanceRow.ofGeoJSON + AcceptanceRow.ofDatabases
      + AcceptanceRow.ofReferences + AcceptanceRow.ofTexts + AcceptanceRow.ofRecords
    #expect(rows.count >= 100)
    #expect(Set(rows.map(\.name)).count == rows.count, "every row has a name of its own")
  }

  /// GDAL ends a text at its first NUL without a word, and file geodatabases are left to GDAL.
  @Test func aLostStretchOfAGeodatabasesText() async throws {
    let made = try GoodDelivery.database.get()
    let code = Data(GoodParcel.all[4].code.utf8)
    let damaged = made.with { made in
      for (name, content) in made.files {
        guard let place = Data(content).firstRange(of: code) else { continue }
        for byte in place.dropFirst(4) { made.files[name]?[byte] = 0 }
      }
    }
    await withKnownIssue {
      try await check(
        AcceptanceRow("NUL in a code of a file geodatabase", .taken([.damagedCell: 1], rejected: 1)) { damaged })
    }
  }

  /// What is wrong with the order does not put the file into the quarantine.
  @Test func anUnknownEncodingIsNoFaultOfTheFile() async throws {
    let county = try SmallCounty(files: Self.county.get())
    await #expect {
      try await Self.ingest(GoodDelivery.shapefile(), as: { $0.encoding = "KLINGON" }, into: county)
    } throws: {
      ($0 as? any ExplainedError)?.code == "unknown-encoding"
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: county.workspace.quarantine.path).isEmpty)
    #expect(try FileManager.default.contentsOfDirectory(atPath: county.workspace.deliveries.path).isEmpty)
  }

  // MARK: One delivery

  private func check(_ row: AcceptanceRow) async throws { try await check(row) { $0 == row.expected } }

  /// Takes the row's delivery into a county of its own and looks at what then stands there.
  @discardableResult
  private func check(_ row: AcceptanceRow, isExpected: (Outcome) -> Bool) async throws -> Outcome {
    let county = try SmallCounty(files: Self.county.get())
    var count = 0
    for make in row.earlier {
      count += try await Self.ingest(make(), as: { _ in }, into: county).delivery.accepted
    }
    let head = try county.head()
    let receipt = try await Self.ingest(row.make(), as: row.order, into: county)
    let outcome = Outcome(receipt)
    let told = receipt.refusal.map { $0.message.en } ?? receipt.findings.map { "\($0)" }.joined(separator: "\n")
    #expect(isExpected(outcome), "\(row.name) came to \(outcome): \(told)")
    #expect(outcome.delivered == outcome.accepted + outcome.rejected + outcome.duplicate, "\(row.name)")
    #expect(try outcome.accepted > 0 || county.head() == head, "\(row.name): nothing was taken, yet the ledger grew")
    Told(receipt, row, hidden: [county.folder.url.path, receipt.delivery.sha256]).check()
    count += outcome.accepted - receipt.delivery.corrected
    let misplaced = try LedgerFacts(county).disagreements(with: row.truth, count: count)
    #expect(misplaced.isEmpty, "\(row.name)")
    return outcome
  }

  private static func ingest(
    _ made: MadeDelivery, as change: (inout IngestOrder) -> Void, into county: SmallCounty
  ) async throws -> Receipt {
    let folder = try TemporaryFolder()
    var order = IngestOrder(path: try made.write(in: folder), campaign: "provincial")
    (order.batch, order.issued) = ("1", day("2024-02-05"))
    change(&order)
    return try await BatchRun(
      workspace: county.workspace, ledger: county.ledger, reader: SmallCounty.reader, now: county.now, workers: 1
    ).run(order)
  }

  /// The county as its folder has it, made once.
  private static let county = Result { try SmallCounty().files() }
}

/// What the ledger says of its parcels, against what their delivery said.
struct LedgerFacts {
  private let parcels: [(state: ParcelState, polygons: Polygons)]

  init(_ county: SmallCounty) throws {
    parcels = try county.ledger.read { snapshot in
      try snapshot.states(asOf: nil, known: nil).map { ($0, try snapshot.geometry(at: $0.issuePosition)) }
    }
  }

  /// Everything in which they are not the same, in words; empty where all is well.
  func disagreements(with truth: [GoodParcel], count: Int) -> [String] {
    let wanted = Dictionary(truth.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
    var found = parcels.count == count ? [] : ["\(parcels.count) parcels in the ledger, \(count) by the receipt"]
    for (state, polygons) in parcels {
      guard let parcel = wanted[state.identity.code] else {
        found.append("\(state.identity.code) was not delivered")
        continue
      }
      found += facts(state, parcel) + place(state, polygons, parcel)
    }
    return found
  }

  private func facts(_ state: ParcelState, _ parcel: GoodParcel) -> [String] {
    let declared = state.issue.declared
    let attributes = parcel.project.isEmpty ? [:] : ["XMC": parcel.project]
    let pairs: [(String, String, String)] = [
      ("county", state.identity.county.digits, parcel.county.isEmpty ? "430321" : parcel.county),
      ("township", declared.township ?? "", parcel.township), ("attributes", "\(declared.attributes)", "\(attributes)"),
      ("area", Self.text(declared.area), Self.text(parcel.area.map { SquareMeters(rounding: $0) })),
      ("farmland", Self.text(declared.farmland), Self.text(parcel.farmland.map { SquareMeters(rounding: $0) })),
    ]
    return pairs.filter { $0.1 != $0.2 }.map { "\(parcel.code): \($0.0) \($0.1) instead of \($0.2)" }
  }

  private static func text(_ area: SquareMeters?) -> String { area.map { "\($0)" } ?? "" }

  /// A millimetre, and a hundred-thousandth of the area.
  private func place(_ state: ParcelState, _ polygons: Polygons, _ parcel: GoodParcel) -> [String] {
    let (found, wanted) = (polygons.envelope, parcel.polygons.envelope)
    let off =
      [
        found.minX - wanted.minX, found.minY - wanted.minY, found.maxX - wanted.maxX, found.maxY - wanted.maxY,
      ].map(abs).max() ?? 0
    let area = GeodesicArea.cgcs2000.area(of: parcel.polygons)
    let measured = state.issue.measured.area.value
    var wrong: [String] = []
    if !(off < 1e-8) { wrong.append("\(parcel.code) lies \(off)° off") }
    if !(abs(measured - area) <= max(0.01, area * 1e-5)) {
      wrong.append("\(parcel.code) measures \(measured) instead of \(area)")
    }
    return wrong
  }
}

/// What a person is told: in both languages, of the file under its own name. What would steer a terminal is taken out
/// where it is printed.
private struct Told {
  private let row: AcceptanceRow
  private let refusal: (any ExplainedError)?
  private let findings: [Finding]
  private let fileName: String
  private let hidden: [String]

  /// - Parameter hidden: what the program knows but the sender does not.
  init(_ receipt: Receipt, _ row: AcceptanceRow, hidden: [String]) {
    (self.row, self.hidden) = (row, hidden)
    (refusal, findings, fileName) = (receipt.refusal, receipt.findings, receipt.delivery.name)
  }

  func check() {
    if let refusal {
      #expect(refusal.message.zh.contains(fileName) && refusal.message.en.contains(fileName), "\(row.name)")
      for message in [refusal.message, refusal.remedy] { check(message) }
    }
    for finding in findings {
      for message in [finding.code.message, finding.code.remedy] { check(message) }
    }
  }

  private func check(_ message: Message) {
    #expect(message.zh.contains { ("\u{4E00}"..."\u{9FFF}").contains($0) }, "\(row.name): \(message.zh)")
    #expect(!message.en.isEmpty && message.en != message.zh, "\(row.name)")
    for text in [message.zh, message.en] {
      #expect(!hidden.contains { text.contains($0) }, "\(row.name): \(text)")
      #expect(text.count < 3000, "\(row.name): \(text.count) characters")
    }
  }
}
