package import Geodata

/// All events of one parcel, in the order of the chain, and the state that follows from them.
package struct History: Sendable {
  package let identity: ParcelIdentity
  /// By sequence number.
  package private(set) var events: [Event]

  package init(identity: ParcelIdentity, events: [Event]) {
    (self.identity, self.events) = (identity, events)
  }

  package mutating func append(_ event: Event) { events.append(event) }

  /// Adds events of a case that covers the parcel; those that are there already stay once.
  package mutating func merge(_ other: [Event]) {
    let known = Set(events.map(\.position))
    events = (events + other.filter { !known.contains($0.position) }).sorted { $0.position < $1.position }
  }

  /// The case that an event belongs to: its own, or that of the event which it corrects.
  package func caseNumber(of event: Event) -> String? {
    if let number = event.caseNumber { return number }
    guard case .workflow(let entry) = event.deed, let target = entry.corrects,
      let corrected = events.first(where: { $0.seq == target }), corrected.seq < event.seq
    else { return nil }
    return caseNumber(of: corrected)
  }

  /// The state as of `day` from these events (which are those known at K): corrected events are left out, the rest is
  /// folded in the order (effective, seq).
  ///
  /// - Returns: nothing where the parcel was not yet issued.
  /// - Throws: why the events cannot all have happened in that order.
  package func state(asOf day: Day?, rules: Campaign) throws(Refusal) -> ParcelState? {
    try effectiveEvents(asOf: day).reduce(into: Optional<ParcelState>.none, rules: rules, identity: identity)
  }

  /// The events that count as of `day`, in the order in which they are folded.
  package func effectiveEvents(asOf day: Day?) -> [Event] {
    // Most histories have no corrections, and then all of their events count.
    let inForce = events.contains { $0.correction != nil } ? Corrections(events).inForce : nil
    return events.filter { event in
      inForce?.contains(event.seq) ?? true && day.map { event.effective <= $0 } ?? true
    }.sorted { ($0.effective, $0.seq) < ($1.effective, $1.seq) }
  }

  /// For every event that no longer counts, the one that stands in its place or took it back, by sequence number.
  package var correctedBy: [Int: Int] { Corrections(events).correctedBy }
}

/// An event and all that correct it, directly or one another, are one fact, and the last of them states it. Taking back
/// a correction brings back what stood before it; taking back the first statement takes back the fact.
private struct Corrections {
  /// Sequence numbers of the events that count.
  let inForce: Set<Int>
  let correctedBy: [Int: Int]

  init(_ events: [Event]) {
    var (superseded, undone): (Set<Int>, Set<Int>) = ([], [])
    for event in events.reversed() {
      guard let (target, retracts) = event.correction, !undone.contains(event.seq) else { continue }
      if !retracts {
        superseded.insert(target)
      } else if !superseded.contains(event.seq), !superseded.contains(target) {
        // What was taken back and then stated anew is not taken back.
        undone.insert(target)
      }
    }
    // Each fact by the event that stated it first.
    var origin: [Int: Int] = [:]
    var (statement, latest): ([Int: Int], [Int: Int]) = ([:], [:])
    for event in events {
      let first = event.correction.map { origin[$0.target] ?? $0.target } ?? event.seq
      origin[event.seq] = first
      latest[first] = event.seq
      if event.correction?.retracts != true, !undone.contains(event.seq) { statement[first] = event.seq }
    }
    for first in undone { statement[first] = nil }
    inForce = Set(statement.values)
    var correctedBy: [Int: Int] = [:]
    for event in events {
      let (seq, first) = (event.seq, origin[event.seq] ?? event.seq)
      let isEffectiveRetraction =
        event.correction?.retracts == true && !undone.contains(seq) && !superseded.contains(seq)
      if inForce.contains(seq) || isEffectiveRetraction { continue }
      correctedBy[seq] = [statement[first], latest[first]].compactMap { $0 }.first { $0 > seq }
    }
    self.correctedBy = correctedBy
  }
}

extension Event {
  /// Which event this one takes the place of, and whether it only takes it back.
  fileprivate var correction: (target: Int, retracts: Bool)? {
    guard case .workflow(let entry) = deed else { return nil }
    return entry.corrects.map { ($0, entry.retracts == true) }
  }
}

extension [Event] {
  fileprivate func reduce(
    into start: ParcelState?, rules: Campaign, identity: ParcelIdentity
  ) throws(Refusal) -> ParcelState? {
    // A parcel exists from its first issue; what a later delivery corrected counts from that delivery's day on, and
    // is not undone by an earlier delivery that bears a later day.
    var state = start
    // What happened in a case before the parcel came into it.
    var early: [(entry: WorkflowEntry, event: Event)] = []
    for event in self {
      switch event.deed {
      case .issue(let issue), .reissue(let issue):
        guard let known = state?.issuePosition else {
          state = ParcelState(
            identity: identity, issue: issue, issuePosition: event.position, issued: event.effective)
          for (entry, event) in early {
            try state?.apply(entry, on: event.effective, document: event.document, rules: rules)
          }
          continue
        }
        guard event.position > known else { continue }
        state?.issue = issue
        state?.issuePosition = event.position
        // What was measured of the shape before is no measurement of this one.
        if let remeasured = state?.remeasured, remeasured.position < event.position { state?.remeasured = nil }
      case .remeasure(let remeasurement):
        guard let known = state else { throw beforeIssue(event) }
        guard event.position > known.remeasured?.position ?? known.issuePosition else { continue }
        state?.remeasured = ParcelState.Remeasured(
          measured: remeasurement.measured, reason: remeasurement.reason, on: event.effective,
          position: event.position, counts: rules.measurement == .latest)
      case .workflow(let entry) where entry.kind.isOfCase && state == nil:
        early.append((entry, event))
      case .workflow(let entry):
        guard state != nil else { throw beforeIssue(event) }
        try state?.apply(entry, on: event.effective, document: event.document, rules: rules)
      case .configure, .deliver: break
      }
    }
    return state
  }

  private func beforeIssue(_ event: Event) -> Refusal {
    let issued = first { if case .issue = $0.deed { true } else { false } }?.effective ?? event.effective
    return .beforeIssue(event.effective, issued: issued)
  }
}
