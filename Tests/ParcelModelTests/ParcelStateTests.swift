import Geodata
import ParcelModel
import ParcelTesting
import Testing

/// An event and its day.
struct Deeds: Sendable, CustomTestStringConvertible {
  var entries: [(day: String, entry: WorkflowEntry)]

  init(_ entries: [(String, WorkflowEntry)]) { self.entries = entries.map { (day: $0.0, entry: $0.1) } }

  /// Events of one day.
  init(_ kinds: WorkflowKind...) { self.init(kinds.map { ("2024-03-05", .sample($0)) }) }

  var testDescription: String { entries.map(\.entry.kind.rawValue).joined(separator: ", ") }
}

private func parcel(_ issue: ParcelModel.Issue = .sample()) -> ParcelState {
  ParcelState(
    identity: ParcelIdentity(county: division("430321"), campaign: "drive", code: issue.code), issue: issue,
    issuePosition: 1, issued: day("2024-03-01"))
}

extension ParcelState {
  fileprivate mutating func apply(_ deeds: Deeds, rules: Campaign = .sample()) throws {
    for (date, entry) in deeds.entries { try apply(entry, on: day(date), document: "文1", rules: rules) }
  }
}

@Suite("What events do to a parcel")
struct ParcelStateTests {
  @Test(
    "Refusals",
    arguments: [
      (Deeds([("2024-02-29", .sample(.file))]), Refusal.beforeIssue(day("2024-02-29"), issued: day("2024-03-01"))),
      (Deeds(.accept), .notInStage(.pending, .accept)),
      (
        Deeds([("2024-03-05", .sample(.file)), ("2024-03-06", .sample(.sendBack) { $0.reason = nil })]),
        .missing(.reason, .sendBack)
      ),
      (
        Deeds([("2024-03-05", .sample(.file)), ("2024-03-06", .sample(.reject) { $0.reason = nil })]),
        .missing(.reason, .reject)
      ),
      (Deeds([("2024-03-05", .sample(.withdraw) { $0.reason = nil })]), .missing(.reason, .withdraw)),
      (Deeds(.withdraw, .file), .withdrawn(.file)),
      (Deeds([("2024-03-05", .sample(.openCase) { $0.caseNumber = nil })]), .missing(.caseNumber, .openCase)),
      (Deeds([("2024-03-05", .sample(.penalty) { $0.caseNumber = nil })]), .missing(.caseNumber, .penalty)),
      (Deeds(.penalty), .noCase("案1")),
      (Deeds(.openCase, .openCase), .caseExists("案1")),
      (
        Deeds([("2024-03-05", .sample(.openCase)), ("2024-03-06", .sample(.penalty) { $0.amount = -1 })]),
        .negative(.amount)
      ),
      (Deeds([("2024-03-05", .sample(.determineUnlawful) { $0.ground = "别的" })]), .unknownGround("别的")),
      (
        Deeds([("2024-03-05", .sample(.determineUnlawful) { $0.ground = "合法" })]),
        .groundOfOtherVerdict("合法", .unlawful)
      ),
      (
        Deeds([("2024-03-05", .sample(.determineUnlawful)), ("2024-03-06", .sample(.redetermine) { $0.measure = nil })]
        ),
        .missing(.kind, .redetermine)
      ),
      (
        Deeds([
          ("2024-03-05", .sample(.determineUnlawful)), ("2024-03-06", .sample(.redetermine) { $0.measure = "合法" }),
        ]),
        .unknownVerdict("合法")
      ),
      (Deeds(.determineUnlawful, .completeRectification, .accept, .close, .progress), .closed(.progress)),
      (
        Deeds(.determineUnlawful, .completeRectification, .close),
        .notInStage(.unlawful(.rectified), .close)
      ),
    ])
  func refusals(deeds: Deeds, refusal: Refusal) throws {
    var state = parcel()
    try state.apply(Deeds(Array(deeds.entries.dropLast().map { ($0.day, $0.entry) })))
    let before = state
    let last = try #require(deeds.entries.last)
    #expect(throws: refusal) {
      try state.apply(last.entry, on: day(last.day), document: "", rules: .sample())
    }
    #expect(state == before)
  }

  @Test(
    "Nothing restored or determined exceeds the larger of what was declared and measured",
    arguments: [
      // Declared, measured, stated; each area and farmland.
      (10.0 as Double?, 6.0 as Double?, 12.0, 5.0 as Double?, 12.0 as Double?, 6.0 as Double?, nil as WorkflowField?),
      (10, 6, 12, 5, 12.01, nil, .areaMu),
      (10, 6, 12, 5, nil, 6.01, .farmlandMu),
      (14, 6, 12, 5, 14, nil, nil),
      (nil, nil, 12, 5, 12, 5, nil),
      (nil, nil, 12, 5, 12.01, nil, .areaMu),
      (nil, nil, 12, 5, nil, 5.01, .farmlandMu),
      // Without a land-use layer only the whole area is a limit.
      (nil, nil, 12, nil, nil, 12, nil),
      (nil, nil, 12, nil, nil, 12.01, .farmlandMu),
      (10, 0, 12, 0, nil, 0.01, .farmlandMu),
      (10, 6, 12, 5, 0, 0, nil),
    ])
  func areas(
    declared: Double?, declaredFarmland: Double?, measured: Double, measuredFarmland: Double?, area: Double?,
    farmland: Double?, exceeded: WorkflowField?
  ) throws {
    let issue = ParcelModel.Issue.sample(
      area: declared, farmland: declaredFarmland, measured: .sample(area: measured, farmland: measuredFarmland))
    for kind: WorkflowKind in [.progress, .determineNoViolation] {
      var state = parcel(issue)
      if kind == .progress { try state.apply(Deeds(.handOver)) }
      let entry = WorkflowEntry.sample(kind) {
        $0.area = area.map { .mu($0) }
        $0.farmland = farmland.map { .mu($0) }
      }
      do throws(Refusal) {
        try state.apply(entry, on: day("2024-03-05"), document: "", rules: .sample())
        #expect(exceeded == nil)
      } catch {
        guard case .areaExceeds(let field, let given, let limit) = error else { throw error }
        #expect(field == exceeded)
        #expect(given > limit)
      }
    }
  }

  @Test("Areas are not negative", arguments: [WorkflowField.areaMu, .farmlandMu])
  func negativeAreas(field: WorkflowField) throws {
    var state = parcel()
    try state.apply(Deeds(.handOver))
    let entry = WorkflowEntry.sample(.progress) {
      if field == .areaMu { $0.area = .mu(-0.01) } else { $0.farmland = .mu(-0.01) }
    }
    #expect(throws: Refusal.negative(field)) {
      try state.apply(entry, on: day("2024-03-05"), document: "", rules: .sample())
    }
  }

  @Test("A case is opened, penalised and open until the parcel is closed")
  func cases() throws {
    var state = parcel()
    try state.apply(
      Deeds([
        ("2024-03-02", .sample(.openCase)), ("2024-03-02", .sample(.openCase) { $0.caseNumber = "案2" }),
        ("2024-03-03", .sample(.determineUnlawful)),
      ]))
    #expect(!state.isPenalizedAndOpen)
    try state.apply(
      Deeds([
        ("2024-03-04", .sample(.penalty) { $0.amount = 1000 }), ("2024-03-05", .sample(.penalty) { $0.amount = 250 }),
        ("2024-03-06", .sample(.penalty) { $0.caseNumber = "案2" }),
      ]))
    #expect(state.cases.map(\.number) == ["案1", "案2"])
    #expect(state.cases.map(\.penalized) == [day("2024-03-04"), day("2024-03-06")])
    #expect(state.cases.map(\.levied) == [1250, 0])
    #expect(state.flags == .penalized)
    try state.apply(Deeds([("2024-03-07", .sample(.completeRectification)), ("2024-03-08", .sample(.accept))]))
    #expect(state.isPenalizedAndOpen)
    try state.apply(Deeds([("2024-03-09", .sample(.close))]))
    #expect(!state.isPenalizedAndOpen)
    #expect(state.flags == [])
  }

  @Test("A claim once filed counts from its first day, and not for a withdrawn parcel")
  func filing() throws {
    var state = parcel()
    try state.apply(
      Deeds([
        ("2024-03-02", .sample(.file)), ("2024-03-03", .sample(.sendBack)), ("2024-03-04", .sample(.file)),
      ]))
    #expect(state.filed == day("2024-03-02"))
    #expect(state.stage == .inReview)
    #expect(state.review?.result == .sentBack)
    #expect(state.review?.reason == "资料不全")
    #expect(state.flags == .filed)
    try state.apply(Deeds([("2024-03-05", .sample(.withdraw))]))
    #expect(state.flags == [])
    #expect(state.withdrawn == day("2024-03-05"))
  }

  @Test("Rectification keeps its first day, its last figures and the measure named last")
  func rectification() throws {
    var state = parcel()
    try state.apply(
      Deeds([
        ("2024-03-02", .sample(.handOver)),
        ("2024-03-03", .sample(.startRectification) { $0.measure = "拆除复耕" }),
        ("2024-03-04", .sample(.progress) { ($0.area, $0.farmland) = (.mu(2), .mu(1)) }),
        ("2024-03-05", .sample(.progress) { $0.area = .mu(3) }),
        ("2024-03-06", .sample(.completeRectification) { $0.measure = "没收" }),
      ]))
    #expect(state.handedOver == day("2024-03-02"))
    #expect(state.rectification.started == day("2024-03-03"))
    #expect(state.rectification.restoredArea == .mu(3))
    #expect(state.rectification.restoredFarmland == .mu(1))
    #expect(state.rectification.measure == "没收")
    #expect(state.rectification.completed == day("2024-03-06"))
    try state.apply(Deeds([("2024-03-07", .sample(.accept)), ("2024-03-08", .sample(.sendBack))]))
    #expect(state.stage == .handedOver(.rectifying))
    #expect(state.rectification.completed == nil)
    #expect(state.rectification.accepted == nil)
  }

  @Test("What becomes unlawful once more is not finished, and stays restored")
  func determinedAgain() throws {
    var state = parcel()
    try state.apply(
      Deeds([
        ("2024-03-02", .sample(.determineUnlawful)), ("2024-03-03", .sample(.progress) { $0.area = .mu(2) }),
        ("2024-03-04", .sample(.completeRectification)), ("2024-03-05", .sample(.accept)),
        ("2024-03-06", .sample(.close)), ("2024-03-07", .sample(.redetermine) { $0.measure = "非违法" }),
        ("2024-03-08", .sample(.redetermine) { $0.measure = "违法" }),
      ]))
    #expect(state.stage == .unlawful(.unrectified))
    #expect(state.rectification.completed == nil)
    #expect(state.rectification.accepted == nil)
    #expect(state.rectification.closed == nil)
    #expect(state.rectification.restoredArea == .mu(2))
  }

  @Test("A determination carries its ground by code, its areas and its document")
  func determination() throws {
    var state = parcel()
    try state.apply(
      Deeds([
        (
          "2024-03-02",
          .sample(.determineUnlawful) {
            ($0.ground, $0.level, $0.area, $0.farmland) = (" 违法 建设 ", "省级", .mu(4), .mu(2))
          }
        )
      ]))
    let determination = try #require(state.determination)
    #expect(determination.verdict == .unlawful)
    #expect(determination.ground == "unlawful-construction")
    #expect(determination.level == "省级")
    #expect(determination.area == .mu(4))
    #expect(determination.farmland == .mu(2))
    #expect(determination.document == "文1")
    try state.apply(Deeds([("2024-03-03", .sample(.redetermine) { $0.measure = "no violation" })]))
    #expect(state.determination?.verdict == .noViolation)
    #expect(state.determination?.area == nil)
  }

  @Test("An assignment adds to what was known")
  func assignment() throws {
    var first = Assignment()
    first.township = division("430321001")
    first.office = "执法队"
    var second = Assignment()
    second.responsible = "李四"
    second.office = "自然资源所"
    var state = parcel()
    try state.apply(
      Deeds([
        ("2024-03-02", .sample(.assign) { $0.assignment = first }),
        ("2024-03-03", .sample(.assign) { $0.assignment = second }),
      ]))
    #expect(state.assignment.township == division("430321001"))
    #expect(state.assignment.office == "自然资源所")
    #expect(state.assignment.responsible == "李四")
    #expect(state.assigned == day("2024-03-02"))
    #expect(!state.assignment.isEmpty)
    #expect(Assignment().isEmpty)
  }

  @Test("The register shows what the events said")
  func register() throws {
    var state = parcel(.sample(measured: .sample(township: "430321002")))
    try state.apply(
      Deeds([
        ("2024-03-02", .sample(.determineUnlawful) { ($0.ground, $0.area) = ("违法建设", .mu(4)) }),
        ("2024-03-03", .sample(.note) { $0.notes = ["note": "见卷宗"] }),
      ]))
    func text(_ column: RegisterColumn, _ language: Language = .chinese) -> String {
      column.cell(
        of: state, rules: .sample(), townships: [division("430321002"): "易俗河镇"], language: language
      ).text
    }
    let expected: [(RegisterColumn, String)] = [
      (.code, "A1"), (.campaign, "drive"), (.issued, "2024-03-01"), (.township, "易俗河镇"), (.declaredArea, "10.00"),
      (.stage, "违法·未整改"), (.determination, "违法"), (.ground, "违法建设"), (.determined, "2024-03-02"),
      (.determinedArea, "4.00"), (.determinedFarmland, ""), (.restoredArea, ""), (.closed, ""), (.note, "见卷宗"),
    ]
    for (column, cell) in expected { #expect(text(column) == cell, "\(column)") }
    #expect(text(.ground, .english) == "unlawful-construction")
    #expect(text(.stage, .english) == "unlawful, unrectified")
  }
}
