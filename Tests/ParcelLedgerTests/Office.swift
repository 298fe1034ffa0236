import Foundation
import GRDB
import Geodata
import ParcelLedger
import ParcelModel
import ParcelTesting

let xiangtan = division("430321")
let shaoshan = division("430382")

/// What a test needs of a campaign file: `key=value` separated by semicolons.
func rules(of file: ConfigurationFile) throws -> Campaign {
  var campaign = Campaign.sample(id: file.name)
  for pair in file.text.split(separator: ";") {
    let parts = pair.split(separator: "=").map(String.init)
    switch parts[0] {
    case "township": campaign.township = Campaign.TownshipRule(rawValue: parts[1])!
    case "basis": campaign.basis = Campaign.Basis(rawValue: parts[1])!
    case "acceptance": campaign.acceptanceBeforeClosure = parts[1] == "true"
    case "grounds": campaign.grounds = []
    default: break
    }
  }
  return campaign
}

/// A bureau with a ledger of its own in a temporary folder.
final class Office {
  let folder: TemporaryFolder
  let ledger: Ledger
  var path: String { folder.path("ledger.sqlite") }
  /// Counts up, so that every row has its key.
  private var rows = 0

  init(campaign: String? = "drive") throws {
    folder = try TemporaryFolder()
    ledger = try Ledger(path: folder.path("ledger.sqlite"), creating: true, rules: { try rules(of: $0) })
    if let campaign { try adopt("", campaign: campaign) }
  }

  func reopened() throws -> Ledger { try Ledger(path: path, rules: { try rules(of: $0) }) }

  /// A connection beside the program, for damage and for looking at the tables.
  func database() throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.foreignKeysEnabled = false
    return try DatabaseQueue(path: path, configuration: configuration)
  }

  var head: LedgerHead { get throws { try ledger.read { try $0.head() } } }

  @discardableResult
  func adopt(
    _ text: String, campaign: String = "drive", in county: DivisionCode = xiangtan, on date: String = "2024-03-01"
  )
    throws -> Bool
  {
    try ledger.write(at: morning(date)) {
      try $0.adopt(.campaign, name: campaign, text: text, in: county, on: day(date))
    }
  }

  /// Takes in a file of parcels of one campaign, as `Record` does.
  @discardableResult
  func deliver(
    _ issues: [(county: DivisionCode, issue: Issue)], file: String = "file", content: String? = nil,
    rejects: [DeliveryRecord.Reject] = [], duplicates: Int = 0, delivered: Int? = nil, on date: String = "2024-03-01"
  ) throws -> (record: DeliveryRecord, outcomes: [Transaction.Arrival.Outcome]) {
    try ledger.write(at: morning(date)) {
      let (record, arrivals) = try $0.deliver(
        delivery(
          of: issues.map(\.issue), file: file, content: content, rejects: rejects, duplicates: duplicates,
          delivered: delivered, on: date),
        candidates(issues, file: file), home: xiangtan)
      return (record, arrivals.map(\.outcome))
    }
  }

  @discardableResult
  func deliver(_ issues: Issue..., file: String = "file", on date: String = "2024-03-01") throws
    -> (record: DeliveryRecord, outcomes: [Transaction.Arrival.Outcome])
  {
    try deliver(issues.map { (xiangtan, $0) }, file: file, on: date)
  }

  func delivery(
    of issues: [Issue], file: String, content: String? = nil, rejects: [DeliveryRecord.Reject] = [],
    duplicates: Int = 0, delivered: Int? = nil, on date: String
  ) -> DeliveryRecord {
    let fingerprints = issues.map(\.fingerprint) + rejects.map { "reject \($0.record)" }
    return DeliveryRecord(
      sha256: sha256(Data(file.utf8)), content: content ?? sha256(Data(fingerprints.joined(separator: " ").utf8)),
      name: "\(file).zip", bytes: 1000, campaign: issues.first?.campaign ?? "drive", batch: "1", issued: day(date),
      delivered: delivered ?? issues.count + rejects.count + duplicates, accepted: 0, corrected: 0,
      duplicate: duplicates, rejects: rejects, decisions: [:])
  }

  func candidates(_ issues: [(county: DivisionCode, issue: Issue)], file: String) -> [Transaction.Candidate] {
    issues.enumerated().map { index, entry in
      var issue = entry.issue
      issue.delivery = sha256(Data(file.utf8))
      issue.record = index + 1
      return .init(
        county: entry.county, issue: issue, geometry: .square(x: 112 + Double(index) / 100, y: 27.5))
    }
  }

  func step(_ entry: WorkflowEntry, on date: String, key: String? = nil) -> Transaction.Step {
    rows += 1
    return .init(entry: entry, day: day(date), actor: "张三", document: "文\(rows)", key: key ?? "row/\(rows)")
  }

  /// Records events of one parcel; `now` is the day of the clock, else that of the last event.
  @discardableResult
  func record(
    _ entry: WorkflowEntry, on date: String, now: String? = nil, key: String? = nil, in county: DivisionCode = xiangtan
  ) throws -> Transaction.RowOutcome {
    let step = step(entry, on: date, key: key)
    let identity = ParcelIdentity(county: county, campaign: entry.campaign, code: entry.code)
    return try ledger.write(at: morning(now ?? date)) { try $0.record([step], of: identity)[0] }
  }

  func state(_ code: String = "A1", asOf: String? = nil, known: Int? = nil) throws -> ParcelState? {
    try ledger.read {
      try $0.states(Selection(codes: [code]), asOf: asOf.map(day), known: known).first
    }
  }
}
