import Foundation
import GRDB
package import Geodata
package import ParcelModel

/// What is wrong with a ledger, where, how bad, and what to do.
package struct LedgerProblem: Hashable, Sendable {
  package enum Code: String, Sendable {
    case integrity, position, sequence, link, hash, payload, history, projection, tally, delivery, layer
  }

  package var code: Code
  package var what: Message
  package var location: String
  package var remedy: Message

  package init(_ code: Code, at location: String) {
    self.code = code
    self.location = location
    what = Messages.problem(code)
    remedy = Messages.problemRemedy(code)
  }
}

/// What `parcels check` found.
package struct LedgerCheck: Sendable {
  package var events: Int
  /// The first event whose bytes or place do not fit its chain.
  package var firstBad: (county: String, seq: Int)?
  package var problems: [LedgerProblem]
  package var head: LedgerHead
  package var deliveries: [DeliveryRecord]
}

extension Ledger {
  /// Recomputes every chain from the stored bytes, folds every history, and compares projections and tallies with
  /// ones built anew.
  package func check() throws -> LedgerCheck {
    try trial { db in
      var problems: [LedgerProblem] = []
      for line in try String.fetchAll(db, sql: "PRAGMA integrity_check") where line != "ok" {
        problems.append(LedgerProblem(.integrity, at: line))
      }
      guard try problems.isEmpty || isReadable(db) else {
        return LedgerCheck(
          events: 0, firstBad: nil, problems: problems, head: LedgerHead(position: 0, hash: "", counties: []),
          deliveries: [])
      }
      let (events, firstBad) = try checkChains(db, &problems)
      let snapshot = Snapshot(db, rules: rules)
      let head = try snapshot.head()
      guard problems.isEmpty else {
        return LedgerCheck(events: events, firstBad: firstBad, problems: problems, head: head, deliveries: [])
      }
      let deliveries = try snapshot.deliveries(known: nil)
      let before = try ProjectionContent(db)
      do {
        try rebuild(db)
        let after = try ProjectionContent(db)
        problems += before.differences(from: after)
      } catch let error as LedgerError {
        problems.append(LedgerProblem(.history, at: error.message.en))
      }
      return LedgerCheck(
        events: events, firstBad: firstBad, problems: problems, head: head, deliveries: deliveries)
    }
  }

  /// Whether every cell of a damaged event table still has its column's type: others cannot be read as events at all.
  private func isReadable(_ db: Database) throws -> Bool {
    let types = [
      "integer": ["position", "seq", "version", "recorded"],
      "text": ["county", "kind", "effective", "actor", "document", "idempotency_key"],
      "blob": ["payload", "prev_hash", "hash"],
    ]
    let wrong = types.flatMap { type, columns in columns.map { "typeof(\($0)) <> '\(type)'" } }
    let sql = """
      SELECT NOT EXISTS (SELECT 1 FROM event
      WHERE \(wrong.joined(separator: " OR ")) OR typeof(geometry) NOT IN ('blob', 'null'))
      """
    return try Bool.fetchOne(db, sql: sql) ?? false
  }

  private func checkChains(
    _ db: Database, _ problems: inout [LedgerProblem]
  ) throws -> (events: Int, firstBad: (county: String, seq: Int)?) {
    var last: [String: (seq: Int, hash: Data)] = [:]
    var count = 0
    var firstBad: (county: String, seq: Int)?
    let rows = try Row.fetchCursor(db, sql: "SELECT \(EventRow.columns) FROM event ORDER BY position")
    while let row = try rows.next() {
      let event = EventRow(row)
      count += 1
      let previous = last[event.county] ?? (0, EventRow.firstPreviousHash)
      var found: [LedgerProblem.Code] = []
      if event.position != count { found.append(.position) }
      if event.seq != previous.seq + 1 { found.append(.sequence) }
      if event.previousHash != previous.hash { found.append(.link) }
      if event.hash != event.computedHash { found.append(.hash) }
      if (try? event.event()) == nil { found.append(.payload) }
      if !found.isEmpty {
        firstBad = firstBad ?? (event.county, event.seq)
        problems += found.map { LedgerProblem($0, at: "\(event.county):\(event.seq)") }
      }
      last[event.county] = (event.seq, event.hash)
      // One broken link breaks all that follow; the first ones say where.
      if problems.count > 20 { break }
    }
    return (count, firstBad)
  }

  /// Drops every projection and builds it anew from the events.
  private func rebuild(_ db: Database) throws {
    for table in Schema.projectionTables { try db.execute(sql: "DROP TABLE \(table)") }
    try db.execute(sql: Schema.projections)
    var projection = try Projection(db)
    var histories: [ParcelIdentity: (history: History, box: Envelope)] = [:]
    var cases: [CaseKey: CaseHistory] = [:]
    /// The case of an event by county and sequence number, for those that correct it.
    var numbers: [String: String] = [:]
    let rows = try Row.fetchCursor(db, sql: "SELECT \(EventRow.columns) FROM event ORDER BY position")
    while let row = try rows.next() {
      let stored = EventRow(row)
      let event = try stored.event()
      if case .workflow(let entry) = event.deed,
        let number = event.caseNumber ?? entry.corrects.flatMap({ numbers["\(event.county):\($0)"] })
      {
        numbers["\(event.county):\(event.seq)"] = number
        try projection.add(eventOfCase: number, in: event.county, position: event.position)
        cases[CaseKey(county: event.county, number: number), default: CaseHistory()].append(event)
        continue
      }
      switch event.deed {
      case .configure(let configuration):
        try projection.add(configuration, in: event.county, position: event.position)
      case .deliver(let record):
        try projection.add(record, position: event.position)
      case .issue, .reissue, .remeasure, .workflow:
        guard let subject = event.deed.subject else { continue }
        let identity = ParcelIdentity(county: event.county, campaign: subject.campaign, code: subject.code)
        var entry = histories[identity] ?? (history: History(identity: identity, events: []), box: Envelope())
        entry.history.append(event)
        if let geometry = stored.geometry { entry.box = (try? Polygons(wkb: geometry).envelope) ?? entry.box }
        histories[identity] = entry
      }
    }
    for file in cases.values {
      for parcel in file.parcels { histories[parcel]?.history.merge(file.events) }
    }
    let snapshot = Snapshot(db, rules: rules)
    // Parcels in the order in which they were issued, so that row numbers come out as they were.
    let ordered = histories.values.sorted { $0.history.events[0].position < $1.history.events[0].position }
    for (history, box) in ordered {
      let identity = history.identity
      let rules = try snapshot.rules(of: identity.campaign, in: identity.county, known: nil)
      do {
        let state = try history.state(asOf: nil, rules: rules)
        try projection.update(
          identity, id: nil, from: nil, to: state, history: history, box: box, rules: rules)
      } catch let refusal as Refusal {
        throw LedgerError.historyBroken(identity, refusal)
      }
    }
    try projection.flushTallies()
  }
}

/// The projections without their row numbers, for comparison.
private struct ProjectionContent {
  var tables: [String: Set<String>] = [:]

  init(_ db: Database) throws {
    let queries = [
      "parcel": """
      SELECT county, campaign, code, fingerprint, issue_position, part, rectification, min_x, min_y, max_x, max_y, cell
      FROM parcel
      """,
      "parcel_event": """
      SELECT county, campaign, code, position FROM parcel_event JOIN parcel ON parcel.id = parcel_event.parcel
      """,
      "configuration": "SELECT * FROM configuration",
      "case_event": "SELECT * FROM case_event",
      "delivery": "SELECT * FROM delivery",
      "tally": "SELECT * FROM tally",
      "reject": "SELECT * FROM reject",
    ]
    for (table, sql) in queries {
      var rows: Set<String> = []
      let cursor = try Row.fetchCursor(db, sql: sql)
      while let row = try cursor.next() { rows.insert(row.databaseValues.map { "\($0)" }.joined(separator: " | ")) }
      tables[table] = rows
    }
  }

  func differences(from rebuilt: ProjectionContent) -> [LedgerProblem] {
    var problems: [LedgerProblem] = []
    for (table, rows) in tables.sorted(by: { $0.key < $1.key }) {
      for row in rows.symmetricDifference(rebuilt.tables[table] ?? []).sorted().prefix(3) {
        problems.append(LedgerProblem(table == "tally" ? .tally : .projection, at: "\(table): \(row)"))
      }
    }
    return problems
  }
}
