import Foundation
package import Geodata
package import ParcelLedger
import ParcelModel
package import ParcelWorkspace

/// `parcels record`: workflow events from a table, one event a row (业务流水). One transaction a file; a row that is
/// refused leaves the others alone.
package struct Updates: Sendable {
  private let workspace: Workspace
  private let ledger: Ledger
  private let reader: FeatureReader
  private let now: Instant

  package init(workspace: Workspace, ledger: Ledger, reader: FeatureReader, now: Instant) {
    (self.workspace, self.ledger, self.reader, self.now) = (workspace, ledger, reader, now)
  }

  /// - Parameter campaign: for files without a column of that name.
  package func record(
    _ path: String, campaign: String? = nil, encoding: String? = nil, dryRun: Bool = false
  ) throws -> RowReceipt {
    let sheet = try RowSheet(path, encoding: encoding, reader: reader, wanted: Columns.needed.map(\.title)) {
      WorkflowField(head: $0) != nil
    }
    let columns = try Columns(sheet)
    let desk = try RowDesk(workspace, today: now.dayInShanghai)
    var rows: [RowReceipt.Row] = []
    do {
      try ledger.write(at: now) { transaction in
        try workspace.adoptCampaigns(in: transaction, on: now.dayInShanghai)
        var seen: [String: Int] = [:]
        for line in sheet.lines where !RowSheet.isTotal(line, code: columns.code) {
          rows.append(try record(line, columns, desk, campaign, &seen, transaction))
        }
        if dryRun { throw RolledBack() }
      }
    } catch is RolledBack {}
    return RowReceipt(file: sheet.file, rows: rows, head: try ledger.read { try $0.head() }, isDryRun: dryRun)
  }

  private func record(
    _ line: RowSheet.Line, _ columns: Columns, _ desk: RowDesk, _ campaign: String?, _ seen: inout [String: Int],
    _ transaction: Transaction
  ) throws -> RowReceipt.Row {
    let given = columns.text(.code, line) ?? ""
    // A row of a case may name no parcel: then the receipt tells the case.
    let code = given.isEmpty ? columns.text(.caseNumber, line) ?? "" : given
    do {
      let identity = try identity(line, given, columns, desk, campaign, transaction)
      var step = try columns.step(line, identity, desk)
      // Rows that are equal on purpose (two equal payments) stay two: they are counted within their file.
      let ordinal = seen[step.key, default: 0]
      seen[step.key] = ordinal + 1
      step.key += "/\(ordinal)"
      let outcome = try transaction.record([step], of: identity)
      return RowReceipt.Row(
        line: line.number, code: code, outcome: outcome == [.alreadyKnown] ? .alreadyKnown : .applied(events: 1))
    } catch let trouble as RowTrouble {
      return RowReceipt.Row(line: line.number, code: code, outcome: .refused(trouble))
    } catch let refusal as Refusal {
      return RowReceipt.Row(line: line.number, code: code, outcome: .refused(.refused(refusal)))
    }
  }
}

extension Updates {
  /// The parcel that a row is about. What happens in a case may be stated without one: then it is any parcel that the case
  /// covers.
  fileprivate func identity(
    _ line: RowSheet.Line, _ code: String, _ columns: Columns, _ desk: RowDesk, _ campaign: String?,
    _ transaction: Transaction
  ) throws -> ParcelIdentity {
    if code.isEmpty, let kind = columns.text(.event, line).flatMap({ WorkflowKind(word: $0) }), kind.isOfCase,
      let number = columns.text(.caseNumber, line)?.normalizedCode()
    {
      let counties = try transaction.counties(ofCase: number)
      guard let county = counties.first, counties.count == 1,
        let parcel = try transaction.parcels(ofCase: number, in: county).first
      else { throw Refusal.noCase(number) }
      return parcel
    }
    return try desk.identity(
      code: code, campaign: columns.text(.campaign, line) ?? campaign, in: transaction.reading)
  }
}

/// Which column of a sheet states what of an event.
private struct Columns {
  static let needed: [WorkflowField] = [.code, .event, .date]

  private var indexes: [WorkflowField: Int] = [:]
  private var unknown: [(name: String, index: Int)] = []

  init(_ sheet: RowSheet) throws(ProcessingError) {
    for (index, head) in sheet.heads.enumerated() where !head.isEmpty {
      if let field = WorkflowField(head: head), indexes[field] == nil {
        indexes[field] = index
      } else {
        unknown.append((head.normalizedCode(), index))
      }
    }
    for field in Self.needed where indexes[field] == nil {
      throw .noHead(file: sheet.file, column: field.title, known: sheet.heads.filter { !$0.isEmpty })
    }
  }

  var code: Int? { indexes[.code] }

  func text(_ field: WorkflowField, _ line: RowSheet.Line) -> String? {
    guard let index = indexes[field], index < line.cells.count else { return nil }
    let text = line.cells[index].trimmingSpaces()
    return text.isEmpty ? nil : text
  }

  func step(_ line: RowSheet.Line, _ identity: ParcelIdentity, _ desk: RowDesk) throws -> Transaction.Step {
    let word = text(.event, line) ?? ""
    guard let kind = WorkflowKind(word: word) else { throw RowTrouble.unknownEvent(word) }
    var entry = WorkflowEntry(campaign: identity.campaign, code: identity.code, kind: kind)
    entry.level = text(.level, line)
    entry.ground = text(.ground, line)
    entry.measure = text(.kind, line)
    entry.area = try text(.areaMu, line).map { try desk.area($0, column: WorkflowField.areaMu.title.zh) }
    entry.farmland = try text(.farmlandMu, line).map { try desk.area($0, column: WorkflowField.farmlandMu.title.zh) }
    entry.reason = text(.reason, line)
    entry.evidence = text(.evidence, line)
    entry.caseNumber = text(.caseNumber, line)?.normalizedCode()
    entry.amount = try text(.amount, line).map { try desk.amount($0, column: WorkflowField.amount.title.zh) }
    entry.quantity = text(.quantity, line)
    entry.unit = text(.unit, line)
    entry.assignment = try assignment(line, desk)
    entry.corrects = try correction(line, identity)
    if kind == .correct {
      guard entry.corrects != nil else { throw RowTrouble.badCorrection("") }
      entry.retracts = true
    }
    var notes: [String: String] = [:]
    notes[WorkflowField.note.rawValue] = text(.note, line)
    for (name, index) in unknown where index < line.cells.count && !line.cells[index].isEmpty {
      notes[name] = line.cells[index]
    }
    entry.notes = notes.isEmpty ? nil : notes
    let day = try desk.day(text(.date, line) ?? "")
    let (actor, document) = (text(.actor, line) ?? "", text(.document, line) ?? "")
    return Transaction.Step(
      entry: entry, day: day, actor: actor, document: document,
      key: try rowKey(entry, day: day, actor: actor, document: document))
  }

  private func assignment(_ line: RowSheet.Line, _ desk: RowDesk) throws(RowTrouble) -> Assignment? {
    var assignment = Assignment()
    if let text = text(.township, line) { assignment.township = try desk.township(text) }
    assignment.village = text(.village, line)
    assignment.district = text(.district, line)
    assignment.office = text(.office, line)
    assignment.responsible = text(.responsible, line)
    assignment.party = text(.party, line)
    assignment.project = text(.project, line)
    return assignment.isEmpty ? nil : assignment
  }

  private func correction(_ line: RowSheet.Line, _ identity: ParcelIdentity) throws(RowTrouble) -> Int? {
    guard let text = text(.corrects, line) else { return nil }
    let parts = text.normalizedCode().split(separator: ":")
    guard parts.count == 2, parts[0] == identity.county.digits, let seq = Int(parts[1]) else {
      throw .badCorrection(text)
    }
    return seq
  }
}

/// Equal for rows that say the same.
func rowKey(_ entry: WorkflowEntry, day: Day, actor: String, document: String) throws -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys]
  var bytes = try encoder.encode(entry)
  bytes += Data("\u{0}\(day)\u{0}\(actor)\u{0}\(document)".utf8)
  return "row/\(sha256(bytes))"
}
