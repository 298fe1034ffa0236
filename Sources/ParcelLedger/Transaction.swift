import Foundation
import GRDB
package import Geodata
package import ParcelModel

/// What one command writes. Every event goes through here, is checked against the parcel's whole history, and moves
/// projections and tallies in the same transaction.
package final class Transaction {
  let db: Database
  let now: Instant
  private let snapshot: Snapshot
  private var heads: [DivisionCode: (seq: Int, hash: Data)] = [:]
  private var position: Int
  private var recorded: Int64
  private var projection: Projection
  private var touched: [ParcelIdentity: Touched] = [:]
  /// With what was written so far in this transaction.
  private var cases: [CaseKey: CaseHistory] = [:]
  private let insertion: Insertion

  private struct Touched {
    var id: Int64?
    var before: ParcelState?
    var history: History
    /// Of a corrected shape that is not in the projections yet.
    var box: Envelope?
  }

  init(_ db: Database, now: Instant, rules: @escaping @Sendable (ConfigurationFile) throws -> Campaign) throws {
    self.db = db
    self.now = now
    snapshot = Snapshot(db, rules: rules)
    projection = try Projection(db)
    insertion = try Insertion(
      db, sql: "INSERT INTO event (\(EventRow.columns)) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)")
    let last = try Row.fetchOne(db, sql: "SELECT position, recorded FROM event ORDER BY position DESC LIMIT 1")
    position = last?[0] ?? 0
    // A clock that went back never makes the ledger go back.
    recorded = max(now.milliseconds, last?[1] ?? Int64.min)
  }

  /// The same questions as outside, answered within the transaction.
  package var reading: Snapshot { snapshot }

  // MARK: Configuration

  /// Puts a configuration into a county's chain if it is not the one in force there.
  ///
  /// - Returns: whether anything changed.
  /// - Throws: `LedgerError.rulesContradictHistory` where a campaign's parcels could not have come about under it.
  @discardableResult
  package func adopt(
    _ kind: ConfigurationFile.Kind, name: String, text: String, in county: DivisionCode, on day: Day
  ) throws -> Bool {
    let configuration = ConfigurationFile(kind: kind, name: name, sha256: sha256(Data(text.utf8)), text: text)
    let current = try snapshot.configuration(configuration.kind, configuration.name, in: county, known: nil)
    guard current?.sha256 != configuration.sha256 else { return false }
    let key = "configure/\(configuration.kind.rawValue)/\(configuration.name)/\(configuration.sha256)/\(position + 1)"
    let event = try append(.configure(configuration), county: county, effective: day, key: key)
    try projection.add(configuration, in: county, position: event.position)
    if configuration.kind == .campaign, current != nil {
      try touchAll(of: configuration.name, in: county, before: current!, after: configuration)
    }
    return true
  }

  /// Parcels of a campaign whose rules changed: their state and tallies follow from the new ones.
  private func touchAll(
    of campaign: String, in county: DivisionCode, before: ConfigurationFile, after: ConfigurationFile
  ) throws {
    let (old, new) = (try snapshot.rules(before), try snapshot.rules(after))
    for history in try snapshot.histories(.init(counties: [county], campaigns: [campaign]), known: nil) {
      let identity = history.identity
      do {
        let before = try touched[identity]?.before ?? history.state(asOf: nil, rules: old)
        _ = try history.state(asOf: nil, rules: new)
        if touched[identity] == nil {
          touched[identity] = Touched(id: try projection.id(of: identity), before: before, history: history)
        }
        if let before { try projection.remember(before.tally(rules: old), of: identity) }
      } catch let refusal as Refusal {
        throw LedgerError.rulesContradictHistory(campaign: campaign, code: identity.code, refusal)
      }
    }
  }

  // MARK: Deliveries

  /// One candidate of a delivery. A class: to pass it on is not to copy all that was measured of it.
  package final class Candidate: Sendable {
    package let county: DivisionCode
    package let issue: Issue
    package let geometry: Polygons

    package var identity: ParcelIdentity {
      ParcelIdentity(county: county, campaign: issue.campaign, code: issue.code)
    }

    package init(county: DivisionCode, issue: Issue, geometry: Polygons) {
      (self.county, self.issue, self.geometry) = (county, issue, geometry)
    }
  }

  /// What became of a candidate, and what was known under its code.
  package struct Arrival: Hashable, Sendable {
    package enum Outcome: Sendable { case accepted, corrected, duplicate }

    package var outcome: Outcome
    /// A correction whose shape does not even touch the box of what it corrects: where each batch numbers anew, another
    /// site would take the earlier one's place.
    package var isMoved = false
    /// Other campaigns that have a parcel of this code, ascending: often the same site, never an error.
    package var campaigns: [String] = []

    init(_ outcome: Outcome) { self.outcome = outcome }

    fileprivate init(_ candidate: Candidate, _ known: [Projection.Known]) {
      let identity = candidate.identity
      let earlier = known.first { $0.identity == identity }
      switch earlier?.fingerprint {
      case nil: outcome = .accepted
      case candidate.issue.fingerprint: outcome = .duplicate
      default: outcome = .corrected
      }
      if outcome == .corrected, let earlier { isMoved = !earlier.box.overlaps(candidate.geometry.envelope) }
      campaigns = Set(known.map(\.identity.campaign)).subtracting([identity.campaign]).sorted()
    }
  }

  /// Takes a delivery in: new parcels are issued, different ones reissued, identical ones left alone.
  ///
  /// - Parameter record: the delivery with its rejects; its other counts are filled in here.
  /// - Returns: the record with its counts, and what became of each candidate in order. Nothing is written when
  ///   nothing is new.
  /// - Throws: `LedgerError.deliveryContradictsHistory` where a corrected parcel's events would no longer hold.
  package func deliver(
    _ record: DeliveryRecord, _ candidates: [Candidate], home: DivisionCode
  ) throws -> (record: DeliveryRecord, arrivals: [Arrival]) {
    var record = record
    guard try !isKnown(record, in: Set(candidates.map(\.county)).union([home])) else {
      // The same file or the same records once more: counted once, even where a later delivery has corrected them.
      record.duplicate += candidates.count
      return (record, candidates.map { _ in Arrival(.duplicate) })
    }
    let known = try projection.known(having: Set(candidates.map(\.issue.code)))
    let arrivals = candidates.map { Arrival($0, known[$0.issue.code] ?? []) }
    record.accepted = arrivals.count { $0.outcome != .duplicate }
    record.corrected = arrivals.count { $0.outcome == .corrected }
    record.duplicate += arrivals.count { $0.outcome == .duplicate }
    if record.accepted == 0 && record.rejects.isEmpty { return (record, arrivals) }

    var counties = Set(zip(candidates, arrivals).filter { $0.1.outcome != .duplicate }.map(\.0.county))
    if counties.isEmpty { counties = [home] }
    for county in counties.sorted() {
      let event = try append(
        .deliver(record), county: county, effective: record.issued, key: record.idempotencyKey)
      try projection.add(record, position: event.position)
    }
    var rules: [DivisionCode: Campaign] = [:]
    for (candidate, arrival) in zip(candidates, arrivals) {
      switch arrival.outcome {
      case .accepted:
        let inForce =
          try rules[candidate.county] ?? snapshot.rules(of: record.campaign, in: candidate.county, known: nil)
        rules[candidate.county] = inForce
        try issue(candidate, on: record.issued, rules: inForce)
      case .corrected: try reissue(candidate, on: record.issued)
      case .duplicate: break
      }
    }
    try projection.linkArrivals()
    return (record, arrivals)
  }

  /// The same records came before. The same bytes alone do not make a delivery known: understood in another way (another
  /// unit or reference system, a mended layer) they give other records.
  private func isKnown(_ record: DeliveryRecord, in counties: Set<DivisionCode>) throws -> Bool {
    if try snapshot.delivery(content: record.content, campaign: record.campaign) != nil { return true }
    // Understood this way once before, and in another way since.
    return try counties.contains { try snapshot.exists(key: record.idempotencyKey, in: $0) }
  }

  /// A parcel that was not there before goes straight into the projections; only what changes later is touched.
  private func issue(_ candidate: Candidate, on day: Day, rules: Campaign) throws {
    let event = try append(candidate, as: .issue(candidate.issue), on: day)
    // Of one event there is nothing to fold.
    guard case .issue(let issue) = event.deed else { return }
    let state = ParcelState(
      identity: candidate.identity, issue: issue, issuePosition: event.position, issued: event.effective)
    try projection.add(state, box: candidate.geometry.envelope, rules: rules)
  }

  private func reissue(_ candidate: Candidate, on day: Day) throws {
    let identity = candidate.identity
    try touch(identity)
    let event = try append(candidate, as: .reissue(candidate.issue), on: day)
    touched[identity]?.history.append(event)
    touched[identity]?.box = candidate.geometry.envelope
    // What happened since must still hold with the corrected facts.
    do {
      _ = try state(of: identity)
    } catch let refusal as Refusal {
      throw LedgerError.deliveryContradictsHistory(identity, refusal)
    }
  }

  private func append(_ candidate: Candidate, as deed: Deed, on day: Day) throws -> Event {
    let issue = candidate.issue
    return try append(
      deed, county: candidate.county, effective: day,
      key: "issue/\(issue.campaign)/\(issue.delivery)/\(issue.record)/\(issue.fingerprint)",
      geometry: Data(candidate.geometry.wkb))
  }

  // MARK: Measuring again

  /// Puts a measurement beside what the parcel measured before; nothing happens to a parcel that is not there.
  package func remeasure(_ remeasurement: Remeasurement, in county: DivisionCode) throws {
    let identity = ParcelIdentity(county: county, campaign: remeasurement.campaign, code: remeasurement.code)
    guard let state = try state(of: identity) else { return }
    // The same measurement may come again after another: of an older survey that was named once more.
    let event = try append(
      .remeasure(remeasurement), county: county, effective: max(now.dayInShanghai, state.issued),
      key: "remeasure/\(identity.campaign)/\(identity.code)/\(position + 1)")
    touched[identity]?.history.append(event)
  }

  // MARK: Workflow

  /// What became of a workflow row.
  package enum RowOutcome: Hashable, Sendable {
    case applied(position: Int)
    case alreadyKnown
  }

  /// One workflow event to be recorded.
  package struct Step: Sendable {
    package var entry: WorkflowEntry
    package var day: Day
    package var actor: String
    package var document: String
    /// Equal for the same row of the same file content, so that a file recorded twice changes nothing.
    package var key: String

    package init(entry: WorkflowEntry, day: Day, actor: String, document: String, key: String) {
      (self.entry, self.day, self.actor, self.document, self.key) = (entry, day, actor, document, key)
    }
  }

  /// Records workflow events of one parcel, all of them or none.
  ///
  /// - Throws: `Refusal` where the parcel's history with these events would not hold; nothing was written then.
  package func record(_ steps: [Step], of identity: ParcelIdentity) throws -> [RowOutcome] {
    var keys: Set<String> = []
    let isKnown = try steps.map { step in
      try !keys.insert(step.key).inserted || snapshot.exists(key: step.key, in: identity.county)
    }
    try touch(identity)
    guard var history = touched[identity]?.history else { throw LedgerError.unknownCampaign(identity.campaign) }
    for step in steps where step.entry.kind.isOfCase {
      try bringIn(&history, to: step.entry)
    }
    let rules = try snapshot.rules(of: identity.campaign, in: identity.county, known: nil)
    var extended = history
    let head = try head(of: identity.county)
    for (step, isKnown) in zip(steps, isKnown) where !isKnown {
      let today = now.dayInShanghai
      guard step.day <= today else { throw Refusal.inFuture(step.day, today: today) }
      try checkCorrection(step.entry, in: history)
      let offset = extended.events.count - history.events.count + 1
      extended.append(
        Event(
          position: position + offset, county: identity.county, seq: head.seq + offset, effective: step.day,
          recorded: Instant(milliseconds: recorded), actor: step.actor, document: step.document,
          deed: .workflow(step.entry)))
      // After each one, so that the ledger holds at every position and not only where a row ends.
      _ = try extended.state(asOf: nil, rules: rules)
    }
    touched[identity]?.history = history
    var outcomes: [RowOutcome] = []
    for (step, isKnown) in zip(steps, isKnown) {
      guard !isKnown else {
        outcomes.append(.alreadyKnown)
        continue
      }
      let event = try append(
        .workflow(step.entry), county: identity.county, effective: step.day, actor: step.actor,
        document: step.document, key: step.key)
      touched[identity]?.history.append(event)
      try addToCase(event, of: identity)
      outcomes.append(.applied(position: event.position))
    }
    return outcomes
  }

  /// A parcel that joins a case takes over all that happened in it; the case's other events are stated of a parcel that
  /// it covers.
  private func bringIn(_ history: inout History, to entry: WorkflowEntry) throws {
    guard let number = entry.caseNumber else { throw Refusal.missing(.caseNumber, entry.kind) }
    let file = try caseHistory(number, in: history.identity.county)
    if entry.kind != .openCase, !file.events.isEmpty, !file.parcels.contains(history.identity) {
      throw Refusal.notInCase(number)
    }
    history.merge(file.events)
  }

  /// The parcels that a case covers; none where there is no such case.
  package func parcels(ofCase number: String, in county: DivisionCode) throws -> [ParcelIdentity] {
    try caseHistory(number, in: county).parcels
  }

  /// Counties in which there is a case of this number.
  package func counties(ofCase number: String) throws -> [DivisionCode] {
    let touched = cases.filter { $0.key.number == number && !$0.value.events.isEmpty }.map(\.key.county)
    return Set(try snapshot.counties(ofCase: number) + touched).sorted()
  }

  private func caseHistory(_ number: String, in county: DivisionCode) throws -> CaseHistory {
    let key = CaseKey(county: county, number: number)
    if let known = cases[key] { return known }
    let history = try snapshot.caseHistory(key)
    cases[key] = history
    return history
  }

  /// An event of a case happens to every parcel that the case covers.
  private func addToCase(_ event: Event, of identity: ParcelIdentity) throws {
    guard let number = touched[identity]?.history.caseNumber(of: event) else { return }
    var history = try caseHistory(number, in: event.county)
    history.append(event)
    cases[CaseKey(county: event.county, number: number)] = history
    try projection.add(eventOfCase: number, in: event.county, position: event.position)
    for parcel in history.parcels where parcel != identity {
      try touch(parcel)
      touched[parcel]?.history.append(event)
    }
  }

  private func checkCorrection(_ entry: WorkflowEntry, in history: History) throws {
    guard let target = entry.corrects else {
      guard entry.kind != .correct, entry.retracts != true else { throw Refusal.missing(.corrects, entry.kind) }
      return
    }
    let county = history.identity.county
    let name = "\(county):\(target)"
    guard let event = history.events.first(where: { $0.seq == target }) else {
      throw try snapshot.exists(seq: target, in: county) ? Refusal.otherParcel(name) : Refusal.noSuchEvent(name)
    }
    guard case .workflow = event.deed else { throw Refusal.noSuchEvent(name) }
  }

  /// The parcel's events with those written so far in this transaction; empty where it is unknown.
  package func history(of identity: ParcelIdentity) throws -> History {
    try touch(identity)
    return touched[identity]?.history ?? History(identity: identity, events: [])
  }

  /// The parcel's state with everything written so far in this transaction; nothing where it is unknown.
  package func state(of identity: ParcelIdentity) throws -> ParcelState? {
    guard try projection.id(of: identity) != nil || touched[identity] != nil else { return nil }
    try touch(identity)
    let rules = try snapshot.rules(of: identity.campaign, in: identity.county, known: nil)
    return try touched[identity]?.history.state(asOf: nil, rules: rules)
  }

  private func touch(_ identity: ParcelIdentity) throws {
    guard touched[identity] == nil else { return }
    guard let id = try projection.id(of: identity) else { return }
    let history = try snapshot.history(of: identity, known: nil)
    let rules = try snapshot.rules(of: identity.campaign, in: identity.county, known: nil)
    let before: ParcelState?
    do {
      before = try history.state(asOf: nil, rules: rules)
    } catch {
      throw LedgerError.historyBroken(identity, error)
    }
    touched[identity] = Touched(id: id, before: before, history: history)
  }

  // MARK: Appending

  private func head(of county: DivisionCode) throws -> (seq: Int, hash: Data) {
    if let head = heads[county] { return head }
    let row = try Row.fetchOne(
      db, sql: "SELECT seq, hash FROM event WHERE county = ? ORDER BY seq DESC LIMIT 1", arguments: [county.digits])
    let head = (seq: row?[0] as Int? ?? 0, hash: row?[1] as Data? ?? EventRow.firstPreviousHash)
    heads[county] = head
    return head
  }

  private func append(
    _ deed: Deed, county: DivisionCode, effective: Day, actor: String = "", document: String = "", key: String,
    geometry: Data? = nil
  ) throws -> Event {
    let head = try head(of: county)
    let payload = try EventRow.payload(of: deed)
    let row = EventRow(
      position: position + 1, county: county.digits, seq: head.seq + 1, kind: deed.kind,
      version: EventRow.currentVersion, effective: effective.description, recorded: recorded, actor: actor,
      document: document, idempotencyKey: key, payload: payload.bytes, geometry: geometry,
      previousHash: head.hash)
    try row.insert(by: insertion)
    position += 1
    heads[county] = (row.seq, row.hash)
    return Event(
      position: row.position, county: county, seq: row.seq, effective: effective,
      recorded: Instant(milliseconds: recorded), actor: actor, document: document,
      deed: payload.isAsGiven ? deed : try row.event().deed)
  }

  /// Brings the projections in line with what was written. Runs once, at the end of the transaction.
  func project() throws {
    for identity in touched.keys.sorted() {
      guard let entry = touched[identity] else { continue }
      let rules = try snapshot.rules(of: identity.campaign, in: identity.county, known: nil)
      do {
        let after = try entry.history.state(asOf: nil, rules: rules)
        try projection.update(
          identity, id: entry.id, from: entry.before?.tally(rules: rules), to: after, history: entry.history,
          box: entry.box, rules: rules)
      } catch let refusal as Refusal {
        throw LedgerError.historyBroken(identity, refusal)
      }
    }
    try projection.flushTallies()
  }
}

extension DeliveryRecord {
  /// The file and what was read from it.
  fileprivate var idempotencyKey: String { "deliver/\(campaign)/\(sha256)/\(content)" }
}
