import Foundation
import Geodata
import ParcelLedger
import ParcelModel
import ParcelWorkspace

/// What reading rows needs to know of the ledger and the county: whose code it is, which township is meant.
struct RowDesk {
  /// Names by nine digits.
  let townships: [DivisionCode: String]
  /// Ids of campaigns by their folded names.
  private let campaigns: [String: String]
  let today: Day

  init(_ workspace: Workspace, today: Day) throws {
    townships = try LayerShelf(workspace).townshipNames()
    campaigns = Dictionary(
      try workspace.campaignNames().map { (try workspace.campaign($0).name.folded(), $0) },
      uniquingKeysWith: { first, _ in first })
    self.today = today
  }

  /// The parcel that a row means.
  func identity(code text: String, campaign: String?, in snapshot: Snapshot) throws -> ParcelIdentity {
    if isDamagedCode(text) { throw RowTrouble.damagedCode(text) }
    let code = text.normalizedCode()
    guard !code.isEmpty else { throw RowTrouble.noCode }
    // People write a campaign's name; files its id.
    let campaign = campaign.map { campaigns[$0.folded()] ?? $0 }
    let found = try snapshot.identities(code: code).filter { campaign == nil || $0.campaign == campaign }
    guard let first = found.first else {
      throw RowTrouble.unknownParcel(code: code, campaign: campaign ?? "")
    }
    guard found.count == 1 else { throw RowTrouble.ambiguous(code: code, campaigns: found.map(\.campaign)) }
    return first
  }

  /// A township by nine digits or by its name in the layer.
  func township(_ text: String) throws(RowTrouble) -> DivisionCode {
    if let code = DivisionCode(text.normalizedCode()), code.level == .township { return code }
    let folded = text.folded()
    guard let code = townships.first(where: { $0.value.folded() == folded })?.key else {
      throw .unknownTownship(text)
    }
    return code
  }

  func day(_ text: String) throws(RowTrouble) -> Day {
    let trimmed = text.normalizedCode()
    guard !trimmed.isEmpty else { throw .noDate }
    // A spreadsheet may add the time of day.
    // and a cell without a date format gives the days since 1899-12-30.
    if let serial = Int32(trimmed), (20_000..<80_000).contains(serial) { return Day(number: serial - 25_569) }
    let date = trimmed.split(whereSeparator: { $0 == " " || $0 == "T" }).first.map(String.init) ?? trimmed
    guard let day = Day(date) else { throw .badDate(text) }
    return day
  }

  /// 亩 with at most two decimals that count.
  func area(_ text: String, column: String) throws(RowTrouble) -> SquareMeters {
    let trimmed = text.normalizedCode().replacing(",", with: "")
    guard let value = Double(trimmed), value.isFinite, abs(value) < 1e9 else { throw .badNumber(column: column, text) }
    return SquareMeters(Mu(rounding: value))
  }

  /// 元 to fen, without passing through binary fractions.
  func amount(_ text: String, column: String) throws(RowTrouble) -> Int64 {
    let trimmed = text.normalizedCode().replacing(",", with: "")
    let parts = trimmed.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), let yuan = Int64(parts[0]), abs(yuan) < 1_000_000_000_000 else {
      throw .badNumber(column: column, text)
    }
    guard parts.count == 2 else { return yuan * 100 }
    let decimals = parts[1]
    guard !decimals.isEmpty, decimals.allSatisfy({ ("0"..."9").contains($0) }),
      decimals.dropFirst(2).allSatisfy({ $0 == "0" }), let fen = Int64((decimals + "0").prefix(2))
    else { throw .badNumber(column: column, text) }
    return yuan * 100 + (trimmed.hasPrefix("-") ? -fen : fen)
  }
}

extension Workspace {
  /// Campaign files and the calendar, where they changed since they were last used, enter the chain before anything is
  /// recorded under them.
  func adoptCampaigns(in transaction: Transaction, on day: Day) throws {
    let inUse = try transaction.reading.campaigns(known: nil)
    for (county, rules) in inUse {
      guard campaignNames().contains(rules.id) else { continue }
      _ = try campaign(rules.id)
      try transaction.adopt(.campaign, name: rules.id, text: campaignText(rules.id), in: county, on: day)
    }
    let calendar = try calendar()
    for county in Set(inUse.map(\.county)).sorted() { try transaction.adopt(calendar, in: county, on: day) }
  }
}

/// Thrown to leave a transaction without a trace: a dry run, or a file in which nothing was new.
struct RolledBack: Error {}
