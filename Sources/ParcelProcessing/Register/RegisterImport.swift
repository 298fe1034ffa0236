import Foundation
package import Geodata
package import ParcelLedger
import ParcelModel
package import ParcelWorkspace

/// `parcels register import`: what a clerk changed in an exported register becomes events.
///
/// Three versions of every cell are compared: what the register showed when it was exported (the ledger at the
/// position that stands in the title), what the sheet says now, and what the ledger says now. A sheet without a mark is
/// compared with nothing: what it states is new, unless the ledger already says otherwise.
package struct RegisterImport: Sendable {
  private let workspace: Workspace
  private let ledger: Ledger
  private let reader: FeatureReader
  private let now: Instant

  package init(workspace: Workspace, ledger: Ledger, reader: FeatureReader, now: Instant) {
    (self.workspace, self.ledger, self.reader, self.now) = (workspace, ledger, reader, now)
  }

  package func importRegister(_ path: String, campaign: String? = nil, dryRun: Bool = false) throws -> RowReceipt {
    let sheet = try RowSheet(path, reader: reader, wanted: [RegisterColumn.code.title]) {
      RegisterColumn(head: $0) != nil
    }
    var columns: [(column: RegisterColumn, index: Int)] = []
    for (index, head) in sheet.heads.enumerated() {
      guard let column = RegisterColumn(head: head), !columns.contains(where: { $0.column == column }) else { continue }
      columns.append((column, index))
    }
    guard let codeIndex = columns.first(where: { $0.column == .code })?.index else {
      throw ProcessingError.noHead(file: sheet.file, column: RegisterColumn.code.title, known: sheet.heads)
    }
    // In the title of a workbook; in a column of its own where the format has no title.
    let mark = (sheet.preamble + sheet.lines).lazy.flatMap(\.cells).compactMap { RegisterMark(in: $0) }.first
    let desk = try RowDesk(workspace, today: now.dayInShanghai)
    var rows: [RowReceipt.Row] = []
    do {
      try ledger.write(at: now) { transaction in
        if let mark { try check(mark, sheet.file, transaction.reading) }
        try workspace.adoptCampaigns(in: transaction, on: now.dayInShanghai)
        for line in sheet.lines where !RowSheet.isTotal(line, code: codeIndex) {
          let code = codeIndex < line.cells.count ? line.cells[codeIndex] : ""
          let row = RegisterRow(line: line, columns: columns, desk: desk)
          do {
            let named = row.text(.campaign)
            let identity = try desk.identity(
              code: code, campaign: named.isEmpty ? campaign : named, in: transaction.reading)
            let outcome = try record(row, identity, mark, desk, transaction)
            rows.append(RowReceipt.Row(line: line.number, code: code, outcome: outcome))
          } catch let trouble as RowTrouble {
            rows.append(RowReceipt.Row(line: line.number, code: code, outcome: .refused(trouble)))
          } catch let refusal as Refusal {
            rows.append(RowReceipt.Row(line: line.number, code: code, outcome: .refused(.refused(refusal))))
          }
        }
        if dryRun { throw RolledBack() }
      }
    } catch is RolledBack {}
    return RowReceipt(file: sheet.file, rows: rows, head: try ledger.read { try $0.head() }, isDryRun: dryRun)
  }

  /// A register of another ledger must not be compared with this one.
  private func check(_ mark: RegisterMark, _ file: String, _ snapshot: Snapshot) throws {
    guard let hash = try snapshot.hash(at: mark.position), mark.fits(hash) else {
      throw ProcessingError.noRegisterMark(file: file)
    }
  }

  private func record(
    _ row: RegisterRow, _ identity: ParcelIdentity, _ mark: RegisterMark?, _ desk: RowDesk, _ transaction: Transaction
  ) throws -> RowReceipt.Row.Outcome {
    guard let state = try transaction.state(of: identity) else {
      throw RowTrouble.unknownParcel(code: identity.code, campaign: identity.campaign)
    }
    let snapshot = transaction.reading
    let rules = try snapshot.rules(of: identity.campaign, in: identity.county, known: nil)
    let history = try transaction.history(of: identity)
    let base: ParcelState? = try mark.flatMap { mark in
      let then = try snapshot.rules(of: identity.campaign, in: identity.county, known: mark.position)
      return try snapshot.history(of: identity, known: mark.position).state(asOf: mark.asOf, rules: then)
    }
    let changes = try row.changes(base: base, ledger: state, rules: rules)
    guard !changes.isEmpty else { return .unchanged }
    let steps = try RegisterChanges(
      identity: identity, cells: changes, state: state, history: history, desk: desk, mark: mark
    ).steps()
    guard !steps.isEmpty else { return .unchanged }
    let outcomes = try transaction.record(steps, of: identity)
    let applied = outcomes.count { $0 != .alreadyKnown }
    return applied == 0 ? .alreadyKnown : .applied(events: applied)
  }
}

/// One row of a register as it came back.
struct RegisterRow {
  let line: RowSheet.Line
  let columns: [(column: RegisterColumn, index: Int)]
  let desk: RowDesk

  func text(_ column: RegisterColumn) -> String {
    guard let index = columns.first(where: { $0.column == column })?.index, index < line.cells.count else { return "" }
    return line.cells[index].trimmingSpaces()
  }

  /// The cells that the clerk changed and the ledger does not yet say.
  func changes(
    base: ParcelState?, ledger: ParcelState, rules: Campaign
  ) throws -> [RegisterColumn: RegisterCell] {
    var changes: [RegisterColumn: RegisterCell] = [:]
    for (column, _) in columns where column != .code && column != .campaign {
      let sheet = try cell(column)
      func same(_ cell: RegisterCell) -> Bool {
        switch (sheet, cell) {
        case (.text(let a), .text(let b)): a.folded() == b.folded()
        default: sheet == cell
        }
      }
      /// Either language may have been exported.
      func shows(_ state: ParcelState) -> Bool {
        Language.allCases.contains {
          same(column.cell(of: state, rules: rules, townships: desk.townships, language: $0))
        }
      }
      let isAtBase = base.map(shows) ?? (sheet == .empty)
      if isAtBase || shows(ledger) { continue }
      let title = column.title.zh
      guard column.isEditable else { throw RowTrouble.notEditable(column: title) }
      let before =
        base.map { column.cell(of: $0, rules: rules, townships: desk.townships, language: .chinese) } ?? .empty
      let now = column.cell(of: ledger, rules: rules, townships: desk.townships, language: .chinese)
      guard now == before else {
        throw RowTrouble.conflict(column: title, base: before.text, sheet: sheet.text, ledger: now.text)
      }
      guard sheet != .empty else { throw RowTrouble.clearing(column: title) }
      changes[column] = sheet
    }
    return changes
  }

  private func cell(_ column: RegisterColumn) throws -> RegisterCell {
    let text = text(column)
    guard !text.isEmpty else { return .empty }
    switch column.kind {
    case .text: return .text(text)
    case .mu: return .mu(Mu(try desk.area(text, column: column.title.zh)))
    case .day: return .day(try desk.day(text))
    }
  }
}
