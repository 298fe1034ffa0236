/// Where everything stands: the figures of `parcels status`, one group a value of the dimension.
package struct Status: Sendable {
  /// What a status can be broken down by.
  package enum Dimension: String, CaseIterable, Sendable {
    case campaign, county, township, batch, village, district, ground, month

    /// Whether tallies know it, so that no parcel need be read.
    package var isTallied: Bool {
      switch self {
      case .campaign, .county, .township, .batch: true
      case .village, .district, .ground, .month: false
      }
    }
  }

  /// The figures of one group (G in INTERFACE).
  package struct Group: Hashable, Sendable {
    package var key: String
    package var issued = Total()
    package var partition: [Stage.Part: Total] = [:]
    package var mustRectify = Total()
    package var rectification: [RectificationStage: Total] = [:]
    package var flags: [String: Total] = [:]
    package var restored = Restored()
    package var restoredByMeasure: [String: Restored] = [:]

    package init(key: String) { self.key = key }

    package func part(_ part: Stage.Part) -> Total { partition[part] ?? Total() }
    package func rectification(_ stage: RectificationStage) -> Total { rectification[stage] ?? Total() }
    package func flag(_ name: String) -> Total { flags[name] ?? Total() }
  }

  package var dimension: Dimension
  package var groups: [Group]
  package var total: Group
  /// The basis of every figure; nothing where campaigns of different bases are added up.
  package var basis: Campaign.Basis?

  package init(dimension: Dimension, groups: [Group], total: Group, basis: Campaign.Basis?) {
    (self.dimension, self.groups, self.total, self.basis) = (dimension, groups, total, basis)
  }
}

extension Status.Group {
  /// Counts a row of the tallies in this group.
  package mutating func add(_ key: TallyKey, _ sums: TallySums, basis: Campaign.Basis) {
    let row = sums.total(basis)
    issued += row
    partition[key.stage.part, default: Total()] += row
    if let stage = key.stage.rectification {
      mustRectify += row
      rectification[stage, default: Total()] += row
      restored += sums.restored
      if let measure = key.measure { restoredByMeasure[measure, default: Restored()] += sums.restored }
    }
    for (name, flag) in Flags.named where key.flags.contains(flag) { flags[name, default: Total()] += row }
  }

  /// Counts another group in this one.
  fileprivate mutating func add(_ other: Self) {
    issued += other.issued
    mustRectify += other.mustRectify
    restored += other.restored
    for (part, sum) in other.partition { partition[part, default: Total()] += sum }
    for (stage, sum) in other.rectification { rectification[stage, default: Total()] += sum }
    for (name, sum) in other.flags { flags[name, default: Total()] += sum }
    for (measure, sum) in other.restoredByMeasure { restoredByMeasure[measure, default: Restored()] += sum }
  }
}

extension Status {
  /// Adds rows up by a dimension, one after the other: there may be tens of thousands.
  package struct Count {
    private let dimension: Dimension
    private let basis: (String) -> Campaign.Basis
    private var groups: [String: Group] = [:]
    private var bases: Set<Campaign.Basis> = []

    /// - Parameter basis: which area counts in a campaign.
    package init(by dimension: Dimension, basis: @escaping (String) -> Campaign.Basis) {
      (self.dimension, self.basis) = (dimension, basis)
    }

    package mutating func add(_ key: TallyKey, _ sums: TallySums, to group: String) {
      let basis = basis(key.campaign)
      bases.insert(basis)
      groups[group, default: Group(key: group)].add(key, sums, basis: basis)
    }

    /// Groups come in the order of their keys.
    package var status: Status {
      Status(
        dimension: dimension, groups: groups.values.sorted { $0.key < $1.key },
        total: groups.values.reduce(into: Group(key: "")) { $0.add($1) },
        basis: bases.count <= 1 ? bases.first ?? .declared : nil)
    }
  }
}
