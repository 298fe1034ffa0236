package import Geodata

/// 专项: a campaign as its file configures it. Everything that differs between provinces and years is here, not in code.
package struct Campaign: Hashable, Sendable {
  /// A ground (依据) of determination, under its code and every name that files use for it.
  package struct Ground: Hashable, Sendable {
    package var code: String
    package var names: [String]
    package var verdict: Verdict

    package init(code: String, names: [String], verdict: Verdict) {
      (self.code, self.names, self.verdict) = (code, names, verdict)
    }
  }

  /// Which area counts in totals.
  package enum Basis: String, CaseIterable, Codable, Sendable { case declared, measured, determined }

  /// Which township counts.
  package enum TownshipRule: String, CaseIterable, Codable, Sendable {
    /// 属地, else the largest overlap.
    case assigned
    case overlap
  }

  /// Which measurement counts where parcels were measured again.
  package enum MeasurementRule: String, CaseIterable, Codable, Sendable { case first, latest }

  package var id: String
  package var name: String
  package var template: String
  package var year: Int?
  package var basis: Basis
  package var township: TownshipRule
  package var measurement: MeasurementRule
  /// The land-use layer version that farmland is measured against; nothing: the newest when first used.
  package var baseSurvey: String?
  package var acceptanceBeforeClosure: Bool
  package var reviewLevels: [String]
  package var grounds: [Ground]
  /// Steps that must be taken in time.
  package var deadlines: [Deadline]
  /// The rates that reports of this campaign print.
  package var rates: [Rate]

  package init(
    id: String, name: String, template: String, year: Int? = nil, basis: Basis = .declared,
    township: TownshipRule = .assigned, measurement: MeasurementRule = .first, baseSurvey: String? = nil,
    acceptanceBeforeClosure: Bool = true, reviewLevels: [String] = [], grounds: [Ground] = [],
    rectifyBy: Day? = nil, deadlines: [Deadline] = [], rates: [Rate] = Rate.allCases
  ) {
    (self.id, self.name, self.template, self.year, self.basis) = (id, name, template, year, basis)
    (self.township, self.measurement, self.baseSurvey) = (township, measurement, baseSurvey)
    self.acceptanceBeforeClosure = acceptanceBeforeClosure
    (self.reviewLevels, self.grounds, self.rates) = (reviewLevels, grounds, rates)
    self.deadlines = deadlines + (rectifyBy.map { [Deadline(.close, .by($0))] } ?? [])
  }

  /// The day by which everything must be closed.
  package var rectifyBy: Day? {
    deadlines.lazy.compactMap { if $0.step == .close, case .by(let day) = $0.limit { day } else { nil } }.first
  }

  /// The ground that a row names by its code or one of its names.
  package func ground(_ word: String) -> Ground? {
    let folded = word.folded()
    return grounds.first { $0.code.folded() == folded || $0.names.contains { $0.folded() == folded } }
  }
}
