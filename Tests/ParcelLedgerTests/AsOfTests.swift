import Geodata
import ParcelLedger
import ParcelModel
import ParcelTesting
import Testing

/// One question and its answer.
struct Question: Sendable, CustomTestStringConvertible {
  /// As of this day (T).
  var asOf: String?
  /// Known at this position (K).
  var known: Int?
  /// The stage's name; nothing where the parcel was not yet issued.
  var stage: String?
  /// Restored so far and declared, in 亩.
  var restored = 0.0
  var declared = 10.0
  var review: ParcelState.Review.Result?

  init(
    _ asOf: String?, _ known: Int?, _ stage: String?, restored: Double = 0, declared: Double = 10,
    review: ParcelState.Review.Result? = nil
  ) {
    (self.asOf, self.known, self.stage) = (asOf, known, stage)
    (self.restored, self.declared, self.review) = (restored, declared, review)
  }

  var testDescription: String { "as of \(asOf ?? "now"), known at \(known.map(String.init) ?? "now")" }
}

@Suite("As of T, known at K")
struct AsOfTests {
  /// The comments give each event's position.
  private static func story() throws -> Office {
    let office = try Office()  // 1: the campaign
    try office.deliver(.sample())  // 2 and 3: the delivery, A1 issued on 1 March
    try office.record(.sample(.file), on: "2024-03-05")  // 4
    try office.record(.sample(.determineUnlawful), on: "2024-03-10")  // 5
    try office.record(.sample(.startRectification), on: "2024-03-20")  // 6
    // 7: late, of before the determination
    try office.record(.sample(.submit), on: "2024-03-06", now: "2024-03-21")
    try office.record(.sample(.progress) { $0.area = .mu(2) }, on: "2024-03-25")  // 8
    // 9: corrects 8
    try office.record(
      .sample(.progress) { ($0.area, $0.corrects) = (.mu(3), 8) }, on: "2024-03-25", now: "2024-03-26")
    // 10: of the same day
    try office.record(.sample(.progress) { $0.area = .mu(4) }, on: "2024-03-25", now: "2024-03-27")
    // 11: corrects the correction, to the day before
    try office.record(
      .sample(.progress) { ($0.area, $0.corrects) = (.mu(3.5), 9) }, on: "2024-03-24", now: "2024-03-28")
    try office.record(.sample(.completeRectification), on: "2024-04-01")  // 12
    try office.record(.sample(.accept), on: "2024-04-02")  // 13
    try office.record(.sample(.close), on: "2024-04-02")  // 14: of the same day
    try office.record(
      .sample(.correct) { ($0.corrects, $0.retracts) = (14, true) }, on: "2024-04-03")  // 15: 14 taken back
    try office.record(
      .sample(.correct) { ($0.corrects, $0.retracts) = (15, true) }, on: "2024-04-04")  // 16: 15 taken back
    try office.deliver(.sample(version: "b", area: 11), file: "second", on: "2024-04-05")  // 17 and 18
    try office.record(.sample(.withdraw), on: "2024-04-10")  // 19
    return office
  }

  private static let questions: [Question] = [
    Question("2024-02-29", nil, nil),
    Question("2024-02-29", 3, nil),
    Question("2024-03-01", 3, "pending"),
    Question(nil, 2, nil),
    Question("2024-03-04", 4, "pending"),
    Question("2024-03-05", 4, "inReview"),
    Question("2024-03-05", 3, "pending"),
    Question("2024-03-09", 5, "inReview"),
    Question("2024-03-10", 5, "unlawful.unrectified"),
    Question("2024-03-20", 5, "unlawful.unrectified"),
    Question("2024-03-19", 6, "unlawful.unrectified"),
    Question("2024-03-20", 6, "unlawful.rectifying"),
    Question("2024-03-06", 6, "inReview"),
    Question("2024-03-06", 7, "inReview", review: .submitted),
    Question("2024-03-05", 7, "inReview"),
    Question("2024-03-20", 7, "unlawful.rectifying", review: .submitted),
    Question("2024-03-24", 8, "unlawful.rectifying", review: .submitted),
    Question("2024-03-25", 8, "unlawful.rectifying", restored: 2, review: .submitted),
    Question("2024-03-25", 9, "unlawful.rectifying", restored: 3, review: .submitted),
    Question("2024-03-25", 10, "unlawful.rectifying", restored: 4, review: .submitted),
    Question("2024-03-24", 10, "unlawful.rectifying", review: .submitted),
    Question("2024-03-24", 11, "unlawful.rectifying", restored: 3.5, review: .submitted),
    Question("2024-03-23", 11, "unlawful.rectifying", review: .submitted),
    Question("2024-03-25", 11, "unlawful.rectifying", restored: 4, review: .submitted),
    Question("2024-03-31", 12, "unlawful.rectifying", restored: 4, review: .submitted),
    Question("2024-04-01", 12, "unlawful.rectified", restored: 4, review: .submitted),
    Question("2024-04-02", 13, "unlawful.accepted", restored: 4, review: .submitted),
    Question("2024-04-02", 14, "unlawful.closed", restored: 4, review: .submitted),
    Question("2024-04-01", 14, "unlawful.rectified", restored: 4, review: .submitted),
    Question("2024-04-02", 15, "unlawful.accepted", restored: 4, review: .submitted),
    Question("2024-04-02", 16, "unlawful.closed", restored: 4, review: .submitted),
    Question("2024-04-04", 18, "unlawful.closed", restored: 4, review: .submitted),
    Question("2024-04-05", 18, "unlawful.closed", restored: 4, declared: 11, review: .submitted),
    Question("2024-04-05", 17, "unlawful.closed", restored: 4, review: .submitted),
    Question("2024-04-09", 19, "unlawful.closed", restored: 4, declared: 11, review: .submitted),
    Question("2024-04-10", 19, "withdrawn", restored: 4, declared: 11, review: .submitted),
    Question("2024-04-10", 18, "unlawful.closed", restored: 4, declared: 11, review: .submitted),
    Question(nil, nil, "withdrawn", restored: 4, declared: 11, review: .submitted),
  ]

  @Test("The state of a parcel")
  func states() throws {
    let office = try Self.story()
    #expect(try office.head.position == 19)
    for question in Self.questions {
      let state = try office.state(asOf: question.asOf, known: question.known)
      #expect(state?.stage.name == question.stage, "\(question)")
      guard let state else { continue }
      #expect(state.rectification.restoredArea == .mu(question.restored), "\(question)")
      #expect(state.issue.declared.area == .mu(question.declared), "\(question)")
      #expect(state.review?.result == question.review, "\(question)")
    }
  }

  @Test("Figures as of T and known at K are those of the states")
  func figures() throws {
    let office = try Self.story()
    for question in Self.questions {
      let status = try office.ledger.read {
        try $0.status(asOf: question.asOf.map(day), known: question.known, basis: .declared)
      }
      #expect(status.total.issued.count == (question.stage == nil ? 0 : 1), "\(question)")
      guard let stage = question.stage else { continue }
      let part = try #require(Stage.Part(rawValue: stage.split(separator: ".").first.map(String.init) ?? ""))
      #expect(status.total.part(part).area == Mu(rounding: question.declared), "\(question)")
    }
  }

  @Test("A time is the longest prefix recorded by then")
  func positions() throws {
    let office = try Self.story()
    try office.ledger.read { (ledger: Snapshot) throws in
      for (time, position) in [
        ("2024-02-29", 0), ("2024-03-01", 3), ("2024-03-04", 3), ("2024-03-05", 4), ("2024-03-20", 6),
        ("2024-03-21", 7), ("2024-04-02", 14), ("2030-01-01", 19),
      ] {
        #expect(try ledger.position(knownAt: morning(time)) == position, "\(time)")
      }
      #expect(try ledger.recorded(at: 7) == morning("2024-03-21"))
      #expect(try ledger.recorded(at: 20) == nil)
    }
  }

  @Test("History is told in the order of the chain, with the geometry where it was delivered")
  func history() throws {
    let office = try Self.story()
    try office.ledger.read { (ledger: Snapshot) throws in
      let identity = ParcelIdentity(county: xiangtan, campaign: "drive", code: "A1")
      let history = try ledger.history(of: identity, known: nil)
      #expect(history.events.map(\.seq) == [3] + Array(4...16) + [18, 19])
      #expect(history.events[1].actor == "张三")
      #expect(try ledger.geometry(at: 18) == .square(x: 112, y: 27.5))
      #expect(throws: LedgerError.unreadableEvent(position: 4)) { try ledger.geometry(at: 4) }
      #expect(try ledger.identities(code: "A1") == [identity])
      #expect(try ledger.identities(code: "A2") == [])
      #expect(
        try ledger.parcels(near: Envelope(minX: 112, minY: 27.4, maxX: 112.1, maxY: 27.6)) { $0 }.map(\.identity) == [
          identity
        ])
      #expect(try ledger.parcels(near: Envelope(minX: 113, minY: 27.4, maxX: 113.1, maxY: 27.6)) { $0 }.isEmpty)
      #expect(try ledger.parcels(near: Envelope()) { $0 }.isEmpty)
    }
  }
}
