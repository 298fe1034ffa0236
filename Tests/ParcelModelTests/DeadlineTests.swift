import Geodata
import ParcelModel
import ParcelTesting
import Testing

@Suite("Periods and deadlines")
struct DeadlineTests {
  /// As the State Council announced them (国办发明电〔2024〕12号, 〔2025〕7号), the days that the questions reach.
  private static let calendar: WorkCalendar = {
    func days(_ first: String, _ last: String) -> [Day] {
      (day(first).number...day(last).number).map { Day(number: $0) }
    }
    return WorkCalendar(
      holidays: Set(
        days("2025-01-01", "2025-01-01") + days("2025-01-28", "2025-02-04") + days("2025-10-01", "2025-10-08")
          + days("2026-01-01", "2026-01-03")),
      workedWeekends: Set(
        ["2025-01-26", "2025-02-08", "2025-09-28", "2025-10-11", "2026-01-04"].map { day($0) }))
  }()

  @Test(
    "Working days go over weekends, moved holidays and the end of a year",
    arguments: [
      ("2024-12-30", "5 working days", "2025-01-07"),
      // The Sunday before the Spring Festival is worked.
      ("2025-01-24", "3 working days", "2025-02-05"), ("2025-01-27", "1 working day", "2025-02-05"),
      // So is the Saturday after it.
      ("2025-02-07", "1 working day", "2025-02-08"), ("2025-02-08", "1 working day", "2025-02-10"),
      ("2025-09-26", "5个工作日", "2025-10-10"), ("2025-09-30", "1 工作日", "2025-10-09"),
      ("2025-12-31", "3 working days", "2026-01-06"), ("2025-12-20", "15 days", "2026-01-04"),
      ("2025-01-31", "1 month", "2025-02-28"), ("2024-01-31", "1个月", "2024-02-29"),
      ("2025-08-31", "6 months", "2026-02-28"),
      ("2025-05-15", "3 months", "2025-08-15"),
    ])
  func ends(start: String, period: String, end: String) throws {
    let period = try #require(Period(period))
    #expect(period.end(from: day(start), Self.calendar) == .on(day(end)))
  }

  @Test("Without a calendar Monday to Friday are worked")
  func plainWeek() {
    // 2025-01-27 is a Monday.
    #expect(Period(5, .workingDays).end(from: day("2025-01-24"), WorkCalendar()) == .on(day("2025-01-31")))
    #expect((25...31).map { day("2025-01-\($0)").isWeekend } == [true, true, false, false, false, false, false])
    #expect(day("1969-12-28").isWeekend && !day("1969-12-29").isWeekend)
  }

  @Test("What is no period is none", arguments: ["", "days", "15", "0 days", "-3 days", "3651 days", "15 weeks", "十天"])
  func noPeriod(text: String) { #expect(Period(text) == nil) }

  @Test("Days on which the clock stands still do not count")
  func stops() {
    let stop = Stop(from: day("2025-03-05"), until: day("2025-03-12"))
    func end(_ start: String, _ count: Int, _ unit: Period.Unit, _ stops: [Stop]) -> Period.End {
      Period(count, unit).end(from: day(start), stops: stops, Self.calendar)
    }
    #expect(end("2025-03-03", 5, .days, [stop]) == .on(day("2025-03-15")))
    #expect(end("2025-03-03", 5, .workingDays, [stop]) == .on(day("2025-03-17")))
    #expect(end("2025-03-10", 5, .days, [stop]) == .on(day("2025-03-16")))
    // A stop after the last day, one before the first, and one of no length change nothing.
    #expect(end("2025-02-20", 5, .days, [stop]) == .on(day("2025-02-25")))
    #expect(end("2025-03-20", 5, .days, [stop]) == .on(day("2025-03-25")))
    #expect(
      end("2025-03-03", 5, .days, [Stop(from: day("2025-03-05"), until: day("2025-03-05"))]) == .on(day("2025-03-08")))
    #expect(end("2025-03-03", 5, .days, [Stop(from: day("2025-03-05"))]) == .stopped(left: 4))
    #expect(end("2025-03-03", 1, .months, [stop]) == .on(day("2025-04-10")))
  }

  /// An ordinary count of days, one after the other, for whatever comes.
  @Test("Any period with any stops ends where counting day by day ends")
  func naiveCount() {
    var random = SeededGenerator(seed: 11)
    for _ in 0..<2000 {
      let start = day("2024-12-01").adding(days: Int.random(in: 0...400, using: &random))
      let unit = Bool.random(using: &random) ? Period.Unit.days : .workingDays
      let count = Int.random(in: 1...40, using: &random)
      var (stops, at): ([Stop], Day) = ([], start.adding(days: -5))
      for _ in 0..<Int.random(in: 0...3, using: &random) {
        let from = at.adding(days: Int.random(in: 0...20, using: &random))
        at = from.adding(days: Int.random(in: 0...20, using: &random))
        stops.append(Stop(from: from, until: at))
      }
      let stopped = Set(stops.flatMap { stop in (stop.from.number..<stop.until!.number).map { Day(number: $0) } })
      let counted = (1...2000).lazy.map { start.adding(days: $0) }.filter {
        !stopped.contains($0) && (unit == .days || Self.calendar.isWorked($0))
      }
      let expected = Array(counted.prefix(count)).last!
      #expect(
        Period(count, unit).end(from: start, stops: stops, Self.calendar) == .on(expected),
        "\(start) \(count) \(unit) \(stops)")
    }
  }

  @Test("The calendar comes back from its text, whatever the order of its days")
  func text() {
    #expect(WorkCalendar(text: Self.calendar.text) == Self.calendar)
    #expect(WorkCalendar().text.isEmpty && WorkCalendar(text: "") == WorkCalendar())
    #expect(WorkCalendar(text: "off 2025-02-30\n") == nil && WorkCalendar(text: "free 2025-02-03\n") == nil)
  }

  // MARK: Of a parcel

  private let xiangtan = division("430321")

  private static func rules(_ deadlines: Deadline...) -> Campaign {
    var rules = Campaign.sample()
    rules.deadlines = deadlines
    return rules
  }

  private static let usual = rules(
    Deadline(.file, .within(Period(15, .workingDays), from: .issued)),
    Deadline(.determine, .within(Period(60, .days), from: .issued)),
    Deadline(.rectify, .within(Period(3, .months), from: .determined)), Deadline(.close, .by(day("2025-12-31"))))

  private func dues(
    _ steps: [(String, WorkflowEntry)], _ rules: Campaign = usual, issued: String = "2025-01-02"
  ) throws -> [String] {
    let events =
      [(issued, Deed.issue(.sample()))] + steps.map { ($0.0, Deed.workflow($0.1)) }
    let history = History(
      identity: ParcelIdentity(county: xiangtan, campaign: "drive", code: "A1"),
      events: events.enumerated().map { index, event in
        Event(
          position: index + 1, county: xiangtan, seq: index + 1, effective: day(event.0),
          recorded: Instant(milliseconds: 0), actor: "", document: "文1", deed: event.1)
      })
    let state = try #require(try history.state(asOf: nil, rules: rules))
    return state.dues(rules, Self.calendar).map { due in
      switch due.end {
      case .on(let day): "\(due.step.rawValue) \(day)"
      case .stopped(let left): "\(due.step.rawValue) stopped \(left)"
      }
    }
  }

  @Test("A step is due until it is done, and what follows from then on")
  func life() throws {
    #expect(try dues([]) == ["file 2025-01-23", "determine 2025-03-03"])
    let filed = ("2025-01-10", WorkflowEntry.sample(.file))
    #expect(try dues([filed]) == ["determine 2025-03-03"])
    let found = ("2025-02-10", WorkflowEntry.sample(.determineUnlawful))
    #expect(try dues([filed, found]) == ["rectify 2025-05-10", "close 2025-12-31"])
    let done = ("2025-04-10", WorkflowEntry.sample(.completeRectification))
    #expect(try dues([filed, found, done]) == ["close 2025-12-31"])
    let rest = [("2025-04-11", WorkflowEntry.sample(.accept)), ("2025-04-12", .sample(.close))]
    #expect(try dues([filed, found, done] + rest) == [])
    // Reopened: not finished after all, and late where the time has passed.
    let reopened = ("2025-06-01", WorkflowEntry.sample(.reopen) { $0.reason = "复垦不到位" })
    #expect(try dues([filed, found, done] + rest + [reopened]) == ["rectify 2025-05-10", "close 2025-12-31"])
    let withdrawn = ("2025-01-11", WorkflowEntry.sample(.withdraw))
    #expect(try dues([withdrawn]) == [])
  }

  @Test("A stopped clock has no last day, a resumed one a later day, an extension adds to it")
  func clock() throws {
    let stop = ("2025-01-10", WorkflowEntry.sample(.stopClock) { $0.reason = "行政诉讼" })
    #expect(try dues([stop]) == ["file stopped 10", "determine stopped 53"])
    let resume = ("2025-01-20", WorkflowEntry.sample(.resumeClock))
    #expect(try dues([stop, resume]) == ["file 2025-02-07", "determine 2025-03-13"])
    let extend = (
      "2025-01-20",
      WorkflowEntry.sample(.extend) { ($0.quantity, $0.unit, $0.reason) = ("5", "工作日", "雨季") }
    )
    #expect(try dues([extend]) == ["file 2025-02-06", "determine 2025-03-10"])
    let ofOne = (
      "2025-01-20", WorkflowEntry.sample(.extend) { ($0.quantity, $0.measure, $0.reason) = ("10", "判定", "补充材料") }
    )
    #expect(try dues([ofOne]) == ["file 2025-01-23", "determine 2025-03-13"])
  }

  @Test("A day that had passed before the parcel came is the last day all the same")
  func lateFromTheFirst() throws {
    #expect(try dues([], Self.rules(Deadline(.file, .by(day("2024-12-31"))))) == ["file 2024-12-31"])
  }

  private static let refused: [(WorkflowEntry, [WorkflowEntry], Refusal)] = [
    (.sample(.stopClock), [], .missing(.reason, .stopClock)),
    (.sample(.stopClock) { $0.reason = "诉讼" }, [.sample(.stopClock) { $0.reason = "诉讼" }], .clockStopped),
    (.sample(.resumeClock), [], .clockRuns),
    (.sample(.extend) { $0.reason = "雨季" }, [], .missing(.quantity, .extend)),
    (.sample(.extend) { ($0.reason, $0.quantity) = ("雨季", "1.5") }, [], .badQuantity("1.5")),
    (.sample(.extend) { ($0.reason, $0.quantity) = ("雨季", "3651") }, [], .badQuantity("3651")),
    (.sample(.extend) { ($0.reason, $0.quantity, $0.unit) = ("雨季", "121", "个月") }, [], .badQuantity("121")),
    (.sample(.extend) { ($0.reason, $0.quantity, $0.unit) = ("雨季", "5", "周") }, [], .unknownUnit("周")),
    (.sample(.extend) { ($0.reason, $0.quantity, $0.measure) = ("雨季", "5", "核查") }, [], .unknownStep("核查")),
    (.sample(.reopen) { $0.reason = nil }, [], .notInStage(.pending, .reopen)),
    (.sample(.lookBack), [], .notInStage(.pending, .lookBack)),
    (
      .sample(.extend) { ($0.reason, $0.quantity) = ("雨季", "5") }, [.sample(.determineNoViolation)],
      .notInStage(.noViolation, .extend)
    ),
  ]

  @Test("What cannot be is refused with its reason", arguments: refused.indices)
  func refusals(index: Int) throws {
    let (entry, before, expected) = Self.refused[index]
    var state = ParcelState(
      identity: ParcelIdentity(county: xiangtan, campaign: "drive", code: "A1"), issue: .sample(), issuePosition: 1,
      issued: day("2025-01-02"))
    for earlier in before { try state.apply(earlier, on: day("2025-01-03"), document: "文1", rules: Self.usual) }
    #expect(throws: expected) { try state.apply(entry, on: day("2025-01-04"), document: "文2", rules: Self.usual) }
  }

  @Test("Time is neither given nor taken without a document")
  func document() {
    var state = ParcelState(
      identity: ParcelIdentity(county: xiangtan, campaign: "drive", code: "A1"), issue: .sample(), issuePosition: 1,
      issued: day("2025-01-02"))
    let entry = WorkflowEntry.sample(.stopClock) { $0.reason = "诉讼" }
    #expect(throws: Refusal.missing(.document, .stopClock)) {
      try state.apply(entry, on: day("2025-01-04"), document: "", rules: Self.usual)
    }
    #expect(!state.clock.isStopped)
  }
}
