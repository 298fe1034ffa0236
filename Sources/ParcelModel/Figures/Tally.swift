package import Geodata

/// What parcels have in common that are added up in one row.
package struct TallyKey: Hashable, Sendable {
  package var county: DivisionCode
  package var campaign: String
  package var batch: String
  /// The township that counts; nothing where none is known.
  package var township: DivisionCode?
  package var stage: Stage
  package var flags: Flags
  /// 方式 of rectification.
  package var measure: String?

  package init(
    county: DivisionCode, campaign: String, batch: String, township: DivisionCode?, stage: Stage, flags: Flags,
    measure: String?
  ) {
    (self.county, self.campaign, self.batch, self.township) = (county, campaign, batch, township)
    (self.stage, self.flags, self.measure) = (stage, flags, measure)
  }
}

/// Land restored by rectification so far (恢复面积、恢复耕地).
package struct Restored: Hashable, Sendable {
  package var area = Mu.zero
  package var farmland = Mu.zero

  package init(area: Mu = .zero, farmland: Mu = .zero) {
    (self.area, self.farmland) = (area, farmland)
  }

  package static func += (a: inout Self, b: Self) {
    a.area += b.area
    a.farmland += b.farmland
  }

  package static func -= (a: inout Self, b: Self) {
    a.area -= b.area
    a.farmland -= b.farmland
  }
}

/// The sums of one row, on every basis, so that the status of a county never reads its parcels.
package struct TallySums: Hashable, Sendable {
  package var declared = Total()
  package var measured = Total()
  package var determined = Total()
  package var restored = Restored()

  package init() {}

  /// Of one basis alone.
  package init(_ total: Total, _ basis: Campaign.Basis, restored: Restored) {
    switch basis {
    case .declared: declared = total
    case .measured: measured = total
    case .determined: determined = total
    }
    self.restored = restored
  }

  package func total(_ basis: Campaign.Basis) -> Total {
    switch basis {
    case .declared: declared
    case .measured: measured
    case .determined: determined
    }
  }

  package static func += (a: inout Self, b: Self) {
    a.declared += b.declared
    a.measured += b.measured
    a.determined += b.determined
    a.restored += b.restored
  }

  package static func -= (a: inout Self, b: Self) {
    a.declared -= b.declared
    a.measured -= b.measured
    a.determined -= b.determined
    a.restored -= b.restored
  }
}

extension ParcelState {
  /// The row in which the parcel counts, and what it adds there.
  package func tally(rules: Campaign) -> (key: TallyKey, sums: TallySums) {
    let key = TallyKey(
      county: identity.county, campaign: identity.campaign, batch: issue.batch, township: township(rules.township),
      stage: stage, flags: flags, measure: stage.rectification == nil ? nil : rectification.measure)
    var sums = TallySums()
    sums.declared = total(.declared)
    sums.measured = total(.measured)
    sums.determined = total(.determined)
    if stage.rectification != nil {
      sums.restored = Restored(
        area: Mu(rectification.restoredArea), farmland: Mu(rectification.restoredFarmland))
    }
    return (key, sums)
  }
}
