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

  /// The state as of `day` from these events (which are those known at K): corrected events are left out, the rest is
  /// folded in the order (effective, seq).
  ///
  /// - Returns: nothing where the parcel was not yet issued.
  /// - Throws: why the events cannot all have happened in that order.
  package func state(asOf day: Day?, rules: Campaign) throws(Refusal) -> ParcelState? {
    try effectiveEvents(asOf: day).reduce(into: Optional<ParcelState>.none, rules: rules, identity: identity)
  }

  /// The events that no longer count, and the later event that took the place of each or took it back. Of several
  /// corrections the last decides; a correction that is itself taken back leaves what it corrected as it was.
  package var correctedBy: [Int: Int] {
    var correctedBy: [Int: Int] = [:]
    var takenBack: Set<Int> = []
    for event in events.reversed() where !takenBack.contains(event.seq) {
      guard case .workflow(let entry) = event.deed, let target = entry.corrects else { continue }
      if let later = correctedBy[target] {
        // What a later event made of the same target stands.
        correctedBy[event.seq] = correctedBy[event.seq] ?? later
      } else {
        if entry.retracts == true && correctedBy[event.seq] == nil { takenBack.insert(target) }
        correctedBy[target] = event.seq
      }
    }
    return correctedBy
  }

  /// The events that count as of `day`, in the order in which they are folded.
  package func effectiveEvents(asOf day: Day?) -> [Event] {
    let correctedBy = correctedBy
    return events.filter { event in
      if correctedBy[event.seq] != nil { return false }
      if case .workflow(let entry) = event.deed, entry.retracts == true { return false }
      return day.map { event.effective <= $0 } ?? true
    }.sorted { ($0.effective, $0.seq) < ($1.effective, $1.seq) }
  }
}

extension [Event] {
  fileprivate func reduce(
    into start: ParcelState?, rules: Campaign, identity: ParcelIdentity
  ) throws(Refusal) -> ParcelState? {
    // A parcel exists from its first issue; what a later delivery corrected counts from that delivery's day on, and
    // is not undone by an earlier delivery that bears a later day.
    var state = start
    for event in self {
      switch event.deed {
      case .issue(let issue), .reissue(let issue):
        guard let known = state?.issuePosition else {
          state = ParcelState(
            identity: identity, issue: issue, issuePosition: event.position, issued: event.effective)
          continue
        }
        guard event.position > known else { continue }
        state?.issue = issue
        state?.issuePosition = event.position
      case .workflow(let entry):
        guard state != nil else {
          let issued = first { if case .issue = $0.deed { true } else { false } }?.effective ?? event.effective
          throw .beforeIssue(event.effective, issued: issued)
        }
        try state?.apply(entry, on: event.effective, document: event.document, rules: rules)
      case .configure, .deliver: break
      }
    }
    return state
  }
}
