import Geodata
import ParcelModel
import ParcelTesting
import Testing

/// A history told in a few words: events numbered from 1 in the order in which they became known.
struct Story: Sendable, CustomTestStringConvertible {
  enum Deed: Sendable {
    case issue(Double)
    case reissue(Double)
    /// Farmland, in 亩.
    case remeasure(Double)
    /// Restored so far, in 亩.
    case progress(Double)
    case other(WorkflowKind)
  }

  var name: String
  var events: [(day: Int, deed: Deed, corrects: Int?, retracts: Bool)] = []
  /// As of which day of March 2024; nothing for now.
  var asOf: Int?
  var testDescription: String { name }

  init(_ name: String, asOf: Int? = nil) { (self.name, self.asOf) = (name, asOf) }

  func then(_ day: Int, _ deed: Deed, corrects: Int? = nil) -> Story {
    var story = self
    story.events.append((day, deed, corrects, false))
    return story
  }

  func retract(_ target: Int, on day: Int) -> Story {
    var story = self
    story.events.append((day, .other(.correct), target, true))
    return story
  }

  private func date(_ number: Int) -> Day { day("2024-03-01").adding(days: number - 1) }

  func state(_ measurement: Campaign.MeasurementRule = .first) throws(Refusal) -> ParcelState? {
    let county = division("430321")
    var history = History(identity: ParcelIdentity(county: county, campaign: "drive", code: "A1"), events: [])
    for (index, event) in events.enumerated() {
      let entry: WorkflowEntry
      var deed: ParcelModel.Deed?
      switch event.deed {
      case .issue(let area):
        deed = .issue(.sample(area: area))
        entry = .sample(.note)
      case .reissue(let area):
        deed = .reissue(.sample(version: "b", area: area))
        entry = .sample(.note)
      case .remeasure(let farmland):
        deed = .remeasure(
          Remeasurement(campaign: "drive", code: "A1", measured: .sample(farmland: farmland), reason: "新底图"))
        entry = .sample(.note)
      case .progress(let area): entry = .sample(.progress) { $0.area = .mu(area) }
      case .other(let kind): entry = .sample(kind)
      }
      var corrected = entry
      corrected.corrects = event.corrects
      corrected.retracts = event.retracts ? true : nil
      history.append(
        Event(
          position: index + 1, county: county, seq: index + 1, effective: date(event.day),
          recorded: Instant(milliseconds: Int64(index)), actor: "", document: "", deed: deed ?? .workflow(corrected)))
    }
    var rules = Campaign.sample()
    rules.measurement = measurement
    return try history.state(asOf: asOf.map(date), rules: rules)
  }
}

@Suite("Histories")
struct HistoryTests {
  private static let start = Story("").then(1, .issue(10)).then(2, .other(.handOver))

  private static func story(_ name: String, asOf: Int? = nil, _ tell: (Story) -> Story) -> Story {
    var story = tell(start)
    (story.name, story.asOf) = (name, asOf)
    return story
  }

  @Test(
    "Corrections",
    arguments: [
      (story("nothing corrected") { $0.then(3, .progress(2)).then(4, .progress(3)) }, 3.0),
      (story("a late event goes before the later one") { $0.then(4, .progress(3)).then(3, .progress(2)) }, 3),
      (story("of one day the later number counts") { $0.then(3, .progress(3)).then(3, .progress(2)) }, 2),
      (story("corrected") { $0.then(3, .progress(2)).then(3, .progress(4), corrects: 3) }, 4),
      (story("corrected to another day", asOf: 4) { $0.then(3, .progress(2)).then(5, .progress(4), corrects: 3) }, 0),
      (story("taken back") { $0.then(3, .progress(2)).retract(3, on: 4) }, 0),
      (story("taken back, asked for a day before", asOf: 3) { $0.then(3, .progress(2)).retract(3, on: 4) }, 0),
      (
        story("the correction corrected") {
          $0.then(3, .progress(2)).then(3, .progress(4), corrects: 3).then(3, .progress(5), corrects: 4)
        }, 5
      ),
      (
        story("the correction corrected to a later day", asOf: 3) {
          $0.then(3, .progress(2)).then(3, .progress(4), corrects: 3).then(6, .progress(5), corrects: 4)
        }, 0
      ),
      (
        story("the correction taken back") {
          $0.then(3, .progress(2)).then(3, .progress(4), corrects: 3).retract(4, on: 5)
        }, 2
      ),
      (
        story("corrected twice: the last decides") {
          $0.then(3, .progress(2)).then(3, .progress(4), corrects: 3).then(3, .progress(5), corrects: 3)
        }, 5
      ),
      (
        story("corrected twice, the last to an earlier day", asOf: 3) {
          $0.then(4, .progress(2)).then(5, .progress(4), corrects: 3).then(3, .progress(5), corrects: 3)
        }, 5
      ),
      (
        story("corrected, then the first taken back") {
          $0.then(3, .progress(2)).then(3, .progress(4), corrects: 3).retract(3, on: 5)
        }, 0
      ),
      (
        story("taken back, then stated anew in its place") {
          $0.then(3, .progress(2)).retract(3, on: 4).then(3, .progress(4), corrects: 3)
        }, 4
      ),
      (story("the taking back taken back") { $0.then(3, .progress(2)).retract(3, on: 4).retract(4, on: 5) }, 2),
      (
        story("the taking back replaced") {
          $0.then(3, .progress(2)).retract(3, on: 4).then(3, .progress(4), corrects: 4)
        }, 4
      ),
      (
        story("three deep, the last taken back") {
          $0.then(3, .progress(2)).then(3, .progress(4), corrects: 3).then(3, .progress(5), corrects: 4).retract(
            5, on: 6)
        }, 4
      ),
    ] as [(Story, Double)])
  func corrections(story: Story, restored: Double) throws {
    let state = try #require(try story.state())
    #expect(state.rectification.restoredArea == .mu(restored))
  }

  @Test(
    "Deliveries",
    arguments: [
      (Story("issued").then(5, .issue(10)), 10.0 as Double?, 5),
      (Story("before", asOf: 4).then(5, .issue(10)), nil, 0),
      (Story("corrected").then(5, .issue(10)).then(7, .reissue(11)), 11, 5),
      (Story("before the correction", asOf: 6).then(5, .issue(10)).then(7, .reissue(11)), 10, 5),
      (Story("corrected on the same day").then(5, .issue(10)).then(5, .reissue(11)), 11, 5),
      (Story("a correction that bears an earlier day").then(5, .issue(10)).then(3, .reissue(11)), 11, 3),
      (Story("the same, between the days", asOf: 4).then(5, .issue(10)).then(3, .reissue(11)), 11, 3),
      (Story("three deliveries").then(5, .issue(10)).then(7, .reissue(11)).then(6, .reissue(12)), 12, 5),
    ] as [(Story, Double?, Int)])
  func deliveries(story: Story, area: Double?, issued: Int) throws {
    let state = try story.state()
    #expect(state?.issue.declared.area == area.map { .mu($0) })
    #expect(state.map(\.issued) == area.map { _ in day("2024-03-01").adding(days: issued - 1) })
  }

  @Test("What cannot have happened in that order is refused")
  func refusals() throws {
    let early = Story("").then(5, .issue(10)).then(4, .other(.file))
    #expect(throws: Refusal.beforeIssue(day("2024-03-04"), issued: day("2024-03-05"))) { try early.state() }
    let taken = Self.start.then(3, .progress(2)).then(4, .other(.completeRectification))
      .then(5, .other(.accept)).retract(4, on: 6)
    #expect(throws: Refusal.notInStage(.handedOver(.rectifying), .accept)) { try taken.state() }
  }

  /// Farmland on the measured basis in 亩, by the first measurement and by the last; 6 was measured when it was issued.
  @Test(
    "Measured again",
    arguments: [
      (Story("once").then(1, .issue(10)).then(3, .remeasure(0)), 6.0, 0.0),
      (Story("before it", asOf: 2).then(1, .issue(10)).then(3, .remeasure(0)), 6, 6),
      (Story("twice").then(1, .issue(10)).then(3, .remeasure(0)).then(4, .remeasure(2)), 6, 2),
      (Story("the last that was recorded").then(1, .issue(10)).then(4, .remeasure(0)).then(3, .remeasure(2)), 6, 2),
      (Story("a shape that was corrected since").then(1, .issue(10)).then(3, .remeasure(0)).then(4, .reissue(9)), 6, 6),
      (
        Story("corrected with an earlier day").then(1, .issue(10)).then(3, .remeasure(0)).then(2, .reissue(9)), 6, 6
      ),
      (Story("the corrected shape").then(1, .issue(10)).then(2, .reissue(9)).then(3, .remeasure(1)), 6, 1),
    ])
  func measuredAgain(story: Story, first: Double, latest: Double) throws {
    for (rule, farmland) in [(Campaign.MeasurementRule.first, first), (.latest, latest)] {
      let state = try #require(try story.state(rule))
      #expect(state.total(.measured).farmland == Mu(rounding: farmland), "\(rule)")
      // What was declared stands whatever was measured.
      #expect(state.total(.declared).farmland == Mu(rounding: 6), "\(rule)")
    }
  }

  @Test("Nothing is measured again before it was issued")
  func measuredBeforeIssue() {
    #expect(throws: Refusal.self) { _ = try Story("").then(3, .remeasure(0)).state() }
  }
}
