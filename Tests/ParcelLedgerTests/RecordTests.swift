import Foundation
import GRDB
import Geodata
import ParcelLedger
import ParcelModel
import ParcelTesting
import Testing

@Suite("Recording events")
struct RecordTests {
  private func office() throws -> Office {
    let office = try Office()
    try office.deliver(.sample("A1"), .sample("A2"))
    return office
  }

  private let first = ParcelIdentity(county: xiangtan, campaign: "drive", code: "A1")

  @Test("A row known by its key changes nothing")
  func keys() throws {
    let office = try office()
    #expect(try office.record(.sample(.file), on: "2024-03-02", key: "k") == .applied(position: 5))
    let head = try office.head
    #expect(try office.record(.sample(.file), on: "2024-03-02", key: "k") == .alreadyKnown)
    #expect(try office.record(.sample(.withdraw), on: "2024-03-03", key: "k") == .alreadyKnown)
    #expect(try office.head == head)
    #expect(try office.record(.sample(.file), on: "2024-03-02", key: "l") == .applied(position: 6))
  }

  @Test("A key that comes twice in one go is written once")
  func keyTwice() throws {
    let office = try office()
    let steps = [
      office.step(.sample(.file), on: "2024-03-02", key: "k"), office.step(.sample(.file), on: "2024-03-02", key: "k"),
    ]
    let outcomes = try office.ledger.write(at: morning("2024-03-02")) { try $0.record(steps, of: first) }
    #expect(outcomes == [.applied(position: 5), .alreadyKnown])
  }

  @Test("Steps of one parcel are recorded together, and the ledger holds after each of them")
  func steps() throws {
    let office = try office()
    let steps = [
      office.step(.sample(.handOver), on: "2024-03-02"),
      office.step(.sample(.completeRectification), on: "2024-03-03"),
      office.step(.sample(.accept), on: "2024-03-04"), office.step(.sample(.close), on: "2024-03-05"),
    ]
    // Legal together, but not at the positions between: "known at" such a position would find a broken history.
    let head = try office.head
    #expect(throws: Refusal.notInStage(.pending, .close)) {
      try office.ledger.write(at: morning("2024-03-06")) { try $0.record(steps.reversed(), of: first) }
    }
    #expect(try office.head == head)
    let outcomes = try office.ledger.write(at: morning("2024-03-06")) { try $0.record(steps, of: first) }
    #expect(outcomes == (5...8).map { .applied(position: $0) })
    #expect(try office.state()?.stage == .handedOver(.closed))
    #expect(try office.state(asOf: "2024-03-04")?.stage == .handedOver(.accepted))
    let stages = try (5...8).map { try office.state(known: $0)?.stage }
    #expect(
      stages == [.handedOver(.unrectified), .handedOver(.rectified), .handedOver(.accepted), .handedOver(.closed)])
    #expect(try office.ledger.check().problems == [])
  }

  @Test(
    "Refusals write nothing",
    arguments: [
      (WorkflowEntry.sample(.accept), "2024-03-02", Refusal.notInStage(.pending, .accept)),
      (.sample(.file), "2024-02-29", .beforeIssue(day("2024-02-29"), issued: day("2024-03-01"))),
      (.sample(.file), "2024-03-11", .inFuture(day("2024-03-11"), today: day("2024-03-10"))),
      (.sample(.withdraw) { $0.reason = nil }, "2024-03-02", .missing(.reason, .withdraw)),
      (.sample(.file) { $0.corrects = 99 }, "2024-03-02", .noSuchEvent("430321:99")),
      (.sample(.file) { $0.corrects = 3 }, "2024-03-02", .noSuchEvent("430321:3")),
      (.sample(.file) { $0.corrects = 1 }, "2024-03-02", .otherParcel("430321:1")),
      (.sample(.file) { $0.corrects = 5 }, "2024-03-02", .otherParcel("430321:5")),
      (.sample(.correct), "2024-03-02", .missing(.corrects, .correct)),
      (.sample(.correct) { $0.retracts = true }, "2024-03-02", .missing(.corrects, .correct)),
    ])
  func refusals(entry: WorkflowEntry, date: String, refusal: Refusal) throws {
    let office = try office()
    try office.record(.sample(.file, "A2"), on: "2024-03-02")  // 5
    let head = try office.head
    let status = try office.ledger.read { try $0.status().total }
    #expect(throws: refusal) { try office.record(entry, on: date, now: "2024-03-10") }
    #expect(try office.head == head)
    #expect(try office.ledger.read { try $0.status().total } == status)
    #expect(try office.ledger.check().problems == [])
  }

  @Test("One step that is refused takes the others of its parcel with it, but not those of another")
  func together() throws {
    let office = try office()
    let second = ParcelIdentity(county: xiangtan, campaign: "drive", code: "A2")
    let good = office.step(.sample(.file, "A2"), on: "2024-03-02")
    let steps = [office.step(.sample(.file), on: "2024-03-02"), office.step(.sample(.accept), on: "2024-03-03")]
    try office.ledger.write(at: morning("2024-03-10")) { (transaction: Transaction) throws in
      _ = try transaction.record([good], of: second)
      #expect(throws: Refusal.notInStage(.inReview, .accept)) { try transaction.record(steps, of: first) }
    }
    #expect(try office.state("A1")?.stage == .pending)
    #expect(try office.state("A2")?.stage == .inReview)
    #expect(try office.head.position == 5)
    #expect(try office.ledger.check().problems == [])
  }

  @Test("A late event under which later ones could not have happened is refused")
  func lateEvent() throws {
    let office = try office()
    try office.record(.sample(.file), on: "2024-03-05")
    try office.record(.sample(.submit), on: "2024-03-06")
    #expect(throws: Refusal.notInStage(.noViolation, .file)) {
      try office.record(.sample(.determineNoViolation), on: "2024-03-04", now: "2024-03-07")
    }
    #expect(throws: Refusal.notInStage(.pending, .submit)) {
      try office.record(
        .sample(.correct) { ($0.corrects, $0.retracts) = (5, true) }, on: "2024-03-07", now: "2024-03-07")
    }
  }

  @Test("An error in the body leaves nothing behind")
  func rolledBack() throws {
    struct Stop: Error {}
    let office = try office()
    let head = try office.head
    let step = office.step(.sample(.file), on: "2024-03-02")
    #expect(throws: Stop.self) {
      try office.ledger.write(at: morning("2024-03-10")) { (transaction: Transaction) throws in
        _ = try transaction.record([step], of: first)
        #expect(try transaction.state(of: first)?.stage == .inReview)
        throw Stop()
      }
    }
    #expect(try office.head == head)
    #expect(try office.state()?.stage == .pending)
    // The key was not used up.
    #expect(try office.record(step.entry, on: "2024-03-02", key: step.key) == .applied(position: 5))
  }

  @Test("A clock that went back does not take the ledger back")
  func clock() throws {
    let office = try office()
    try office.record(.sample(.file), on: "2024-03-05", now: "2024-03-10")
    try office.record(.sample(.submit), on: "2024-03-06", now: "2024-03-07")
    try office.record(.sample(.approve), on: "2024-03-07", now: "2024-03-12")
    try office.ledger.read { (ledger: Snapshot) throws in
      #expect(
        try (4...7).map { try ledger.recorded(at: $0) }
          == ["2024-03-01", "2024-03-10", "2024-03-10", "2024-03-12"].map { morning($0) })
      #expect(try ledger.position(knownAt: morning("2024-03-07")) == 4)
      #expect(try ledger.position(knownAt: morning("2024-03-10")) == 6)
    }
  }

  @Test("Today is the day in Shanghai")
  func today() throws {
    let office = try office()
    let step = office.step(.sample(.file), on: "2024-03-03")
    // 23:59 and 00:00 in Shanghai.
    let before = try #require(Instant("2024-03-02T15:59:59Z"))
    let after = try #require(Instant("2024-03-02T16:00:00Z"))
    #expect(throws: Refusal.inFuture(day("2024-03-03"), today: day("2024-03-02"))) {
      try office.ledger.write(at: before) { try $0.record([step], of: first) }
    }
    #expect(try office.ledger.write(at: after) { try $0.record([step], of: first) } == [.applied(position: 5)])
  }

  @Test(
    "Events are never changed or deleted",
    arguments: [
      "UPDATE event SET actor = 'x' WHERE position = 1", "UPDATE event SET hash = hash", "DELETE FROM event",
      "DELETE FROM event WHERE position = 4",
    ])
  func triggers(sql: String) throws {
    let office = try office()
    let head = try office.head
    let error = #expect(throws: DatabaseError.self) { try office.database().write { try $0.execute(sql: sql) } }
    #expect(error?.message?.hasPrefix("events are never") == true)
    #expect(try office.head == head)
  }

  @Test("Words that Unicode writes in two ways are one word in the figures")
  func canonicalEquivalence() throws {
    let office = try office()
    // U+F9DC is a compatibility form of 隆; canonical composition makes it U+9686.
    try office.record(.sample(.handOver), on: "2024-03-02")
    try office.record(
      .sample(.startRectification) { $0.measure = "\u{F9DC}起" }, on: "2024-03-03")
    try office.record(.sample(.completeRectification) { $0.measure = "没收" }, on: "2024-03-04")
    let status = try office.ledger.read { try $0.status() }
    #expect(status.total.issued.count == 2)
    #expect(status.total.restoredByMeasure.keys.sorted() == ["没收"])
    #expect(try office.ledger.check().problems == [])
  }

  @Test(
    "Hostile text is kept as text",
    arguments: [
      "'); DROP TABLE event;--", "<script>", "=cmd()", "\u{1}\u{7F}", "\u{2028}\"\\", "\u{202E}", "𠮷野家",
    ])
  func hostileText(text: String) throws {
    let office = try office()
    try office.deliver(.sample(text, batch: text), file: text)
    try office.record(.sample(.note, text) { $0.notes = ["note": text, text: text] }, on: "2024-03-02")
    let state = try #require(try office.state(text))
    #expect(state.identity.code == text)
    #expect(state.latestNote == text)
    #expect(try office.ledger.read { try $0.status(by: .batch).groups.map(\.key) }.contains(text))
    #expect(try office.ledger.check().problems == [])
  }
}
