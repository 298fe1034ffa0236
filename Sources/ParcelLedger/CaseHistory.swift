import ParcelModel

/// A case by its county and number.
struct CaseKey: Hashable {
  var county: DivisionCode
  var number: String
}

/// All that happened in a case, in the order of the chain, and the parcels that it covers or ever covered.
struct CaseHistory {
  private(set) var events: [Event] = []
  /// In the order in which they came into it.
  private(set) var parcels: [ParcelIdentity] = []

  mutating func append(_ event: Event) {
    events.append(event)
    guard case .workflow(let entry) = event.deed, entry.kind == .openCase else { return }
    let identity = ParcelIdentity(county: event.county, campaign: entry.campaign, code: entry.code)
    if !parcels.contains(identity) { parcels.append(identity) }
  }
}
