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

  /// The events that count as of `day`, in the order in which they are folded.
  package func effectiveEvents(asOf day: Day?) -> [Event] {
    var replaced: Set<Int> = []
    // A correction may itself be corrected: the later one decides.
    for event in events.reversed() {
      guard case .workflow(let entry) = event.deed, let target = entry.corrects, !replaced.contains(event.seq) else {
        continue
      }
      replaced.insert(target)
    }
    return events.filter { event in
      if replaced.contains(event.seq) { return false }
      if case .workflow(let entry) = event.deed, entry.retracts == true { return false }
      return day.map { event.effective <= $0 } ?? true
    }.sorted { ($0.effective, $0.seq) < ($1.effective, $1.seq) }
  }
}

extension [Event] {
  fileprivate func reduce(
    into start: ParcelState?, rules: Campaign, identity: ParcelIdentity
  ) throws(Refusal) -> ParcelState? {
    // A parcel exists from its first issue; what a later delivery corrected counts from that delivery's day on.
    var state = start
    for event in self {
      switch event.deed {
      case .issue(let issue), .reissue(let issue):
        if state == nil {
          state = ParcelState(
            identity: identity, issue: issue, issuePosition: event.position, issued: event.effective)
        } else if let position = state?.issuePosition, event.position > position {
          // Whatever days the deliveries bear, the one that was taken in last corrects the others.
          state?.issue = issue
          state?.issuePosition = event.position
        }
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
