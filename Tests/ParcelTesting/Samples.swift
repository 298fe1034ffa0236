package import Geodata
package import ParcelModel

/// A day from its ISO text; a test that misspells one stops.
package func day(_ text: String) -> Day {
  guard let day = Day(text) else { preconditionFailure("not a day: \(text)") }
  return day
}

/// Eight in the morning in Shanghai of a day.
package func morning(_ text: String) -> Instant {
  Instant(milliseconds: Int64(day(text).number) * 86_400_000)
}

/// A division code from its digits.
package func division(_ digits: String) -> DivisionCode {
  guard let code = DivisionCode(digits) else { preconditionFailure("not a division code: \(digits)") }
  return code
}

extension SquareMeters {
  /// The area of so many 亩.
  package static func mu(_ value: Double) -> SquareMeters { SquareMeters(Mu(rounding: value)) }
}

extension Polygons {
  /// A square with its lower left corner at `x`, `y`, in degrees.
  package static func square(x: Double, y: Double, side: Double = 0.001) -> Polygons {
    Polygons(rings: [
      [
        [
          Point(x: x, y: y), Point(x: x + side, y: y), Point(x: x + side, y: y + side), Point(x: x, y: y + side),
          Point(x: x, y: y),
        ]
      ]
    ])
  }
}

extension Measurement {
  /// Areas in 亩; `township` takes all of it.
  package static func sample(
    area: Double = 10, farmland: Double? = 6, basicFarmland: Double? = nil, township: String? = nil
  ) -> Measurement {
    var measurement = Measurement(area: .mu(area), rules: 1)
    measurement.farmland = farmland.map { .mu($0) }
    measurement.basicFarmland = basicFarmland.map { .mu($0) }
    measurement.township = township.map(division)
    if let township = measurement.township { measurement.townships = [township: measurement.area] }
    return measurement
  }
}

extension Issue {
  /// A parcel as issued; areas in 亩. The fingerprint follows from `version`, so that another version is a correction.
  package static func sample(
    _ code: String = "A1", campaign: String = "drive", batch: String = "1", delivery: String = "file", record: Int = 1,
    version: String = "a", area: Double? = 10, farmland: Double? = 6, measured: Measurement = .sample()
  ) -> Issue {
    Issue(
      campaign: campaign, code: code, batch: batch, delivery: delivery, record: record,
      fingerprint: "\(code)/\(version)",
      declared: Declaration(area: area.map { .mu($0) }, farmland: farmland.map { .mu($0) }), measured: measured,
      earlier: nil, findings: [])
  }
}

extension WorkflowEntry {
  /// An event with the facts that its kind cannot do without, changed by `change`.
  package static func sample(
    _ kind: WorkflowKind, _ code: String = "A1", campaign: String = "drive",
    _ change: (inout WorkflowEntry) -> Void = { _ in }
  ) -> WorkflowEntry {
    var entry = WorkflowEntry(campaign: campaign, code: code, kind: kind)
    switch kind {
    case .sendBack, .reject, .withdraw, .reopen: entry.reason = "资料不全"
    case .openCase, .notice, .legalReview, .penalty, .serve, .confiscate, .suitStart, .remind, .applyEnforcement:
      entry.caseNumber = "案1"
    case .pay, .treasury: (entry.caseNumber, entry.amount) = ("案1", 100_00)
    case .ruling: (entry.caseNumber, entry.measure) = ("案1", Ruling.upheld.rawValue)
    case .transfer, .transferResult: (entry.caseNumber, entry.measure) = ("案1", "公安机关")
    case .closeCase: (entry.caseNumber, entry.reason) = ("案1", "执行完毕")
    case .redetermine: entry.measure = Verdict.noViolation.rawValue
    case .assign, .verify, .file, .submit, .approve, .spotCheck, .determineNoViolation, .determineUnlawful,
      .determineOutside, .handOver, .startRectification, .progress, .completeRectification, .accept, .close, .note,
      .correct, .lookBack, .extend, .stopClock, .resumeClock:
      break
    }
    change(&entry)
    return entry
  }
}

extension Campaign {
  /// A campaign with one ground for each verdict.
  package static func sample(
    id: String = "drive", basis: Basis = .declared, township: TownshipRule = .assigned,
    acceptanceBeforeClosure: Bool = true
  ) -> Campaign {
    Campaign(
      id: id, name: "百日攻坚", template: "special-drive", basis: basis, township: township,
      acceptanceBeforeClosure: acceptanceBeforeClosure,
      grounds: [
        Ground(code: "approved", names: ["合法审批", "合法"], verdict: .noViolation),
        Ground(code: "unlawful-construction", names: ["违法建设"], verdict: .unlawful),
        Ground(code: "rural-road", names: ["农村道路"], verdict: .outside),
      ])
  }
}
