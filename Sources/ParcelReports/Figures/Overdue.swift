package import Geodata
package import ParcelLedger
package import ParcelModel

/// What must be rectified and is not closed although its campaign's day (`rectifyBy`) has passed.
package struct Overdue: Sendable {
  package private(set) var byGroup: [String: Total] = [:]
  package private(set) var total = Total()

  package init() {}

  /// What is open in statuses that hold nothing but overdue campaigns.
  package init(_ statuses: [Status]) {
    for status in statuses {
      for group in status.groups where group.open.count > 0 { byGroup[group.key, default: Total()] += group.open }
      total += status.total.open
    }
  }

  /// The overdue part of `snapshot.status` with the same arguments.
  package init(
    _ snapshot: Snapshot, _ selection: Selection = Selection(), township: DivisionCode? = nil,
    by dimension: Status.Dimension = .campaign, asOf day: Day, known: Int? = nil, basis: Campaign.Basis? = nil
  ) throws {
    var counties: [DivisionCode: [String]] = [:]
    for (county, rules) in try snapshot.campaigns(known: known) {
      guard let end = rules.rectifyBy, day > end,
        selection.counties.isEmpty || selection.counties.contains(county),
        selection.campaigns.isEmpty || selection.campaigns.contains(rules.id)
      else { continue }
      counties[county, default: []].append(rules.id)
    }
    // Counties with the same overdue campaigns, which is nearly always all of them, are asked for together.
    let questions = Dictionary(grouping: counties.keys.sorted()) { counties[$0]!.sorted() }
    self.init(
      try questions.sorted { $0.value[0] < $1.value[0] }.map { campaigns, counties in
        try snapshot.status(
          Selection(counties: counties, campaigns: campaigns, codes: selection.codes), township: township,
          by: dimension, asOf: day, known: known, basis: basis)
      })
  }
}

extension Status.Group {
  /// What must be rectified and is not closed.
  var open: Total {
    var open = mustRectify
    open -= rectification(.closed)
    return open
  }
}
