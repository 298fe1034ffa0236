package import Geodata
package import ParcelLedger
package import ParcelModel

/// What measuring again found, and what moved.
package struct RemeasureReceipt: Sendable {
  /// A parcel that measures otherwise than before, or against other layers.
  package struct Change: Sendable {
    package var identity: ParcelIdentity
    /// The township that counts.
    package var township: DivisionCode?
    package var before: Measurement
    package var after: Measurement

    /// Whether a figure differs, and not only the layers.
    package var isMoved: Bool { Self.figures(before) != Self.figures(after) }

    /// What was measured, without against what, and without classes and townships that it merely touches.
    private static func figures(_ measured: Measurement) -> Measurement {
      var figures = measured
      (figures.layers, figures.rules) = ([], 0)
      figures.classes = measured.classes.filter { $0.value > .zero }
      figures.townships = measured.townships.filter { $0.value > .zero }
      return figures
    }
  }

  /// Changes added up: of one township, or of all.
  package struct Group: Sendable {
    package let township: DivisionCode?
    package private(set) var before = Total()
    package private(set) var after = Total()

    package init(_ changes: [Change], in township: DivisionCode? = nil) {
      self.township = township
      for change in changes {
        before += Total(change.before)
        after += Total(change.after)
      }
    }
  }

  package let campaign: String
  package let reason: String
  /// How many parcels were measured.
  package let measured: Int
  /// Kind and content of each, as measurements name them.
  package let layers: [String]
  /// An event each, in the order of county and code.
  package private(set) var changes: [Change] = []
  package private(set) var findings: [Finding] = []
  package var head: LedgerHead
  package let isDryRun: Bool

  init(campaign: String, reason: String, measured: Int, layers: [String], head: LedgerHead, isDryRun: Bool) {
    (self.campaign, self.reason, self.measured, self.layers) = (campaign, reason, measured, layers)
    (self.head, self.isDryRun) = (head, isDryRun)
  }

  /// A parcel that none of the layers reaches any more keeps the measurement that it has.
  mutating func add(_ result: Measure.Result, of state: ParcelState, rules: Campaign) {
    let identity = state.identity
    guard result.isInside else {
      return findings.append(Finding(.nowOutside, parcel: identity.code))
    }
    findings += Judge.balance(result).map { Finding($0.code, parcel: identity.code, detail: $0.detail) }
    guard result.measurement != state.latestMeasurement else { return }
    changes.append(
      Change(
        identity: identity, township: state.township(rules.township), before: state.latestMeasurement,
        after: result.measurement))
  }

  package var moved: [Change] { changes.filter(\.isMoved) }

  /// What moved, by township.
  package var townships: [Group] {
    Dictionary(grouping: moved, by: \.township).map { Group($0.value, in: $0.key) }
      .sorted { ($0.township?.digits ?? "") < ($1.township?.digits ?? "") }
  }

  package var total: Group { Group(moved) }

  package var groups: [Finding.Group] { Finding.groups(findings) }

  /// Done, or incomplete where parcels could not be measured again.
  package var outcome: Outcome { findings.contains { $0.code == .nowOutside } ? .incomplete : .done }

  /// `parcels.remeasurement/1`.
  package func json(_ language: Language, townships names: [DivisionCode: String], seconds: Double?) -> JSON {
    [
      "schema": "parcels.remeasurement/1", "campaign": .string(campaign), "reason": .string(reason),
      "dryRun": .bool(isDryRun), "measured": JSON(measured), "changes": JSON(changes.count),
      "layers": .array(layers.map { .string($0) }),
      "townships": .array(
        townships.map { group in
          var members = group.members
          members["township"] = JSON(group.township?.digits)
          members["townshipName"] = JSON(group.township.flatMap { names[$0] })
          return .object(members)
        }),
      "total": .object(total.members),
      "parcels": .array(
        changes.map { change in
          [
            "code": .string(change.identity.code), "county": .string(change.identity.county.digits),
            "township": JSON(change.township?.digits), "moved": .bool(change.isMoved),
            "before": Total(change.before).areas, "after": Total(change.after).areas,
          ]
        }),
      "findings": .array(groups.map { $0.json(language) }), "ledgerHead": head.json,
      "seconds": seconds.map { .double(($0 * 1000).rounded() / 1000) } ?? .null,
    ]
  }
}

extension RemeasureReceipt.Group {
  fileprivate var members: [String: JSON] {
    ["parcels": JSON(after.count), "before": before.areas, "after": after.areas]
  }
}

extension Total {
  /// One measured parcel.
  fileprivate init(_ measured: Measurement) {
    self.init()
    (count, squareMeters, area) = (1, measured.area, Mu(measured.area))
    farmland = Mu(measured.farmland ?? .zero)
    basicFarmland = Mu(measured.basicFarmland ?? .zero)
  }

  fileprivate var areas: JSON {
    ["areaMu": JSON(area), "farmlandMu": JSON(farmland), "basicFarmlandMu": JSON(basicFarmland)]
  }
}
