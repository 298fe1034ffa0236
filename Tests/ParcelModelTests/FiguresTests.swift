import Geodata
import ParcelModel
import ParcelTesting
import Testing

private func total(_ count: Int, area: Int64 = 0, farmland: Int64 = 0) -> Total {
  var total = Total()
  (total.count, total.area.hundredths, total.farmland.hundredths) = (count, area, farmland)
  return total
}

private func state(
  _ issue: ParcelModel.Issue, _ entries: [WorkflowEntry] = [], rules: Campaign = .sample()
) throws(Refusal) -> ParcelState {
  var state = ParcelState(
    identity: ParcelIdentity(county: division("430321"), campaign: "drive", code: issue.code), issue: issue,
    issuePosition: 1, issued: day("2024-03-01"))
  for entry in entries { try state.apply(entry, on: day("2024-03-02"), document: "", rules: rules) }
  return state
}

@Suite("Rates")
struct RateTests {
  @Test(
    "Per cent with two decimals, half away from zero",
    arguments: [
      // The figures of the published reports, in hundredths of 亩 or in parcels.
      (30_650, 33_790, 9071), (335, 392, 8546), (93_511, 151_207, 6184), (522, 661, 7897), (92_216, 169_131, 5452),
      (512, 589, 8693),
      (1, 8, 1250), (1, 3, 3333), (2, 3, 6667), (1, 32, 313), (-1, 32, -313), (3, 32, 938), (1, 20_000, 1),
      (1, 20_001, 0), (0, 5, 0), (5, 5, 10_000), (7, 5, 14_000),
    ] as [(Int64, Int64, Int64)])
  func percent(numerator: Int64, denominator: Int64, hundredths: Int64) {
    #expect(
      Quotient(numerator: numerator, denominator: denominator, isCount: true).percentHundredths == hundredths)
  }

  @Test("Over zero there is no per cent", arguments: [0, 1, -1] as [Int64])
  func zeroDenominator(numerator: Int64) {
    #expect(Quotient(numerator: numerator, denominator: 0, isCount: false).percentHundredths == nil)
  }

  /// The hundred-day drive as it was printed, with other parts of other sizes around it.
  private var group: Status.Group {
    var group = Status.Group(key: "drive")
    group.issued = total(1000, area: 90_000, farmland: 80_000)
    group.partition = [
      .noViolation: total(400, area: 30_000, farmland: 20_000), .unlawful: total(92, area: 10_000, farmland: 3_790),
      .handedOver: total(300, area: 40_000, farmland: 30_000), .withdrawn: total(200, area: 9_000, farmland: 8_000),
    ]
    group.mustRectify = total(392, area: 50_000, farmland: 33_790)
    group.rectification = [
      .closed: total(335, area: 45_000, farmland: 30_650), .accepted: total(57, area: 5_000, farmland: 3_140),
    ]
    group.flags = ["filed": total(600, area: 50_000, farmland: 40_000)]
    group.restored = Restored(area: Mu(hundredths: 25_000), farmland: Mu(hundredths: 16_895))
    return group
  }

  @Test(
    "Numerators and denominators are those of the definition",
    arguments: [
      (Rate.filing, 600 as Int64?, 800 as Int64?, 50_000, 81_000, 40_000, 72_000),
      (.noViolationAccepted, 400, 1000, 30_000, 90_000, 20_000, 80_000),
      (.unlawful, 92, 1000, 10_000, 90_000, 3_790, 80_000),
      (.rectification, 335, 392, 45_000, 50_000, 30_650, 33_790),
      (.restoration, nil, nil, 25_000, 50_000, 16_895, 33_790),
    ] as [(Rate, Int64?, Int64?, Int64, Int64, Int64, Int64)])
  func figures(
    rate: Rate, count: Int64?, ofCount: Int64?, area: Int64, ofArea: Int64, farmland: Int64, ofFarmland: Int64
  ) {
    let figures = group.figures(rate)
    #expect(figures.count?.numerator == count)
    #expect(figures.count?.denominator == ofCount)
    #expect(figures.count?.isCount != false)
    #expect(figures.area == Quotient(numerator: area, denominator: ofArea, isCount: false))
    #expect(figures.farmland == Quotient(numerator: farmland, denominator: ofFarmland, isCount: false))
  }

  @Test("The rectification rate of the hundred-day drive is the printed one on both bases")
  func hundredDays() {
    let figures = group.figures(.rectification)
    #expect(figures.farmland.percentHundredths == 9071)
    #expect(figures.count?.percentHundredths == 8546)
  }

  @Test("A group without parcels has no rates", arguments: Rate.allCases)
  func emptyGroup(rate: Rate) {
    let figures = Status.Group(key: "").figures(rate)
    #expect(figures.count?.percentHundredths == nil)
    #expect(figures.area.percentHundredths == nil)
    #expect(figures.farmland.percentHundredths == nil)
  }
}

@Suite("Totals")
struct TotalTests {
  struct Case: Sendable {
    var declared: Double?
    var declaredFarmland: Double?
    var measured: Double
    var measuredFarmland: Double?
    var determined: Double?
    var determinedFarmland: Double?
    var basis: Campaign.Basis
    var area: Double
    var farmland: Double
    var fallbacks: Int
  }

  @Test(
    "By basis, with the measured figure where the delivered one is missing",
    arguments: [
      (10, 6, 12, 5, nil, nil, .declared, 10, 6, 0),
      (10, 6, 12, 5, nil, nil, .measured, 12, 5, 0),
      (10, 6, 12, 5, nil, nil, .determined, 10, 6, 0),
      (10, 6, 12, 5, 8, 3, .determined, 8, 3, 0),
      (10, 6, 12, 5, 8, nil, .determined, 8, 6, 0),
      (10, 6, 12, 5, nil, 0, .determined, 10, 0, 0),
      (10, 6, 12, 5, 8, 3, .declared, 10, 6, 0),
      (10, 6, 12, 5, 8, 3, .measured, 12, 5, 0),
      (nil, 6, 12, 5, nil, nil, .declared, 12, 6, 1),
      (10, nil, 12, 5, nil, nil, .declared, 10, 5, 1),
      (nil, nil, 12, 5, nil, nil, .declared, 12, 5, 1),
      (nil, nil, 12, 5, nil, nil, .measured, 12, 5, 0),
      (nil, nil, 12, 5, nil, nil, .determined, 12, 5, 1),
      (nil, nil, 12, 5, 8, 3, .determined, 8, 3, 0),
      // Nothing was measured that could stand in for the farmland.
      (10, nil, 12, nil, nil, nil, .declared, 10, 0, 0),
      (10, nil, 12, nil, nil, nil, .measured, 12, 0, 0),
    ].map { (row: (Double?, Double?, Double, Double?, Double?, Double?, Campaign.Basis, Double, Double, Int)) in
      Case(
        declared: row.0, declaredFarmland: row.1, measured: row.2, measuredFarmland: row.3, determined: row.4,
        determinedFarmland: row.5, basis: row.6, area: row.7, farmland: row.8, fallbacks: row.9)
    })
  func basis(row: Case) throws {
    let issue = ParcelModel.Issue.sample(
      area: row.declared, farmland: row.declaredFarmland,
      measured: .sample(area: row.measured, farmland: row.measuredFarmland))
    let entry = WorkflowEntry.sample(.determineUnlawful) {
      $0.area = row.determined.map { .mu($0) }
      $0.farmland = row.determinedFarmland.map { .mu($0) }
    }
    let total = try state(issue, [entry]).total(row.basis)
    #expect(total.count == 1)
    #expect(total.area == Mu(rounding: row.area))
    #expect(total.farmland == Mu(rounding: row.farmland))
    #expect(total.squareMeters == .mu(row.area))
    #expect(total.fallbacks == row.fallbacks)
  }

  @Test("Parcels are rounded one by one, half away from zero, and then added up")
  func roundedOneByOne() throws {
    // 10.00 m² are 0.015 亩 exactly, 3.33 m² 0.004995 亩, 3.34 m² 0.00501 亩.
    var sum = Total()
    for (hundredths, mu) in [(1000, 2), (333, 0), (334, 1)] as [(Int64, Int64)] {
      var issue = ParcelModel.Issue.sample(area: nil, farmland: nil, measured: .sample(area: 0, farmland: nil))
      issue.declared.area = SquareMeters(hundredths: hundredths)
      let total = try state(issue).total(.declared)
      #expect(total.area.hundredths == mu)
      sum += total
    }
    #expect(sum.area.hundredths == 3)
    #expect(sum.squareMeters.hundredths == 1667)
    #expect(sum.count == 3)
    let one = sum
    sum += one
    sum -= one
    #expect(sum == one)
    sum -= one
    #expect(sum == Total())
  }

  @Test(
    "Basic farmland is the delivered figure, else the measured one",
    arguments: [
      (3.0 as Double?, 2.0 as Double?, Campaign.Basis.declared, 3.0), (nil, 2, .declared, 2), (nil, nil, .declared, 0),
      (3, 2, .measured, 2), (3, nil, .measured, 0), (3, 2, .determined, 3),
    ])
  func basicFarmland(declared: Double?, measured: Double?, basis: Campaign.Basis, expected: Double) throws {
    var issue = ParcelModel.Issue.sample(measured: .sample(basicFarmland: measured))
    issue.declared.basicFarmland = declared.map { .mu($0) }
    #expect(try state(issue).total(basis).basicFarmland == Mu(rounding: expected))
  }

  @Test(
    "The township that counts",
    arguments: [
      (nil as String?, nil as String?, nil as String?, nil as String?),
      ("430321001", nil, "430321001", "430321001"),
      (nil, "430321002", "430321002", nil),
      ("430321001", "430321002", "430321002", "430321001"),
    ])
  func township(overlap: String?, assigned: String?, byAssignment: String?, byOverlap: String?) throws {
    var assignment = Assignment()
    assignment.township = assigned.map(division)
    let parcel = try state(
      .sample(measured: .sample(township: overlap)), [.sample(.assign) { $0.assignment = assignment }])
    #expect(parcel.township(.assigned)?.digits == byAssignment)
    #expect(parcel.township(.overlap)?.digits == byOverlap)
    #expect(parcel.tally(rules: .sample(township: .overlap)).key.township?.digits == byOverlap)
  }
}

@Suite("Status")
struct StatusTests {
  @Test("Rows are added up by group and in all, each campaign on its own basis")
  func groups() throws {
    let rules = Campaign.sample()
    let parcels = [
      try state(.sample("A", measured: .sample(area: 12, farmland: 5))),
      try state(.sample("B", measured: .sample(area: 12, farmland: 5)), [.sample(.file)]),
      try state(
        .sample("C", measured: .sample(area: 12, farmland: 5)),
        [
          .sample(.determineUnlawful), .sample(.openCase, "C"), .sample(.penalty, "C"),
          .sample(.progress) { ($0.area, $0.farmland, $0.measure) = (.mu(4), .mu(2), "拆除复耕") },
        ]),
    ]
    var count = Status.Count(by: .campaign) { _ in .measured }
    for parcel in parcels {
      let tally = parcel.tally(rules: rules)
      count.add(tally.key, tally.sums, to: parcel.identity.code == "A" ? "one" : "two")
    }
    let status = count.status
    #expect(status.groups.map(\.key) == ["one", "two"])
    #expect(status.basis == .measured)
    #expect(status.groups[0].issued.count == 1)
    let two = status.groups[1]
    #expect(two.issued.area == Mu(rounding: 24))
    #expect(two.part(.inReview).count == 1)
    #expect(two.part(.unlawful).farmland == Mu(rounding: 5))
    #expect(two.mustRectify.count == 1)
    #expect(two.rectification(.rectifying).count == 1)
    #expect(two.rectification(.closed) == Total())
    #expect(two.flag("filed").count == 1)
    #expect(two.flag("penalised").count == 1)
    #expect(two.flag("overdue") == Total())
    #expect(two.restored == Restored(area: Mu(rounding: 4), farmland: Mu(rounding: 2)))
    #expect(two.restoredByMeasure == ["拆除复耕": two.restored])
    #expect(status.total.issued.count == 3)
    #expect(status.total.restored == two.restored)
  }

  @Test("Campaigns of different bases have none in common")
  func mixedBases() throws {
    var count = Status.Count(by: .campaign) { $0 == "drive" ? .determined : .measured }
    #expect(count.status.basis == .declared)
    for (campaign, basis) in [("drive", Campaign.Basis.determined), ("backlog", nil)] {
      var tally = try state(.sample()).tally(rules: .sample())
      tally.key.campaign = campaign
      count.add(tally.key, tally.sums, to: campaign)
      #expect(count.status.basis == basis)
    }
  }

  @Test("What no longer must be rectified is not counted as restored")
  func restoredOnlyWhereItMustBe() throws {
    let parcel = try state(
      .sample(),
      [
        .sample(.determineUnlawful), .sample(.progress) { ($0.area, $0.measure) = (.mu(4), "拆除复耕") },
        .sample(.redetermine),
      ])
    let tally = parcel.tally(rules: .sample())
    #expect(tally.key.stage == .noViolation)
    #expect(tally.key.measure == nil)
    #expect(tally.sums.restored == Restored())
  }

  @Test("Tallies know campaign, county, township and batch; the rest is counted parcel by parcel")
  func talliedDimensions() {
    #expect(Status.Dimension.allCases.filter(\.isTallied) == [.campaign, .county, .township, .batch])
  }
}
