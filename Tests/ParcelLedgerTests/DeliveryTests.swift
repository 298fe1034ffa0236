import Foundation
import GRDB
import Geodata
import ParcelLedger
import ParcelModel
import ParcelTesting
import Testing

@Suite("Deliveries")
struct DeliveryTests {
  private func reject(_ record: Int) -> DeliveryRecord.Reject {
    .init(record: record, code: "B\(record)", finding: .missingGeometry, reason: "")
  }

  @Test("The same file a second time changes nothing")
  func twice() throws {
    let office = try Office()
    let first = try office.deliver(.sample("A1"), .sample("A2"))
    #expect(first.outcomes == [.accepted, .accepted])
    #expect(first.record.accepted == 2)
    let head = try office.head
    let second = try office.deliver(.sample("A1"), .sample("A2"), on: "2024-03-09")
    #expect(second.outcomes == [.duplicate, .duplicate])
    #expect((second.record.accepted, second.record.duplicate, second.record.corrected) == (0, 2, 0))
    #expect(try office.head == head)
  }

  @Test("The same records in another file change nothing")
  func zippedAnew() throws {
    let office = try Office()
    try office.deliver(.sample("A1"), .sample("A2"), file: "one")
    let head = try office.head
    let second = try office.deliver(.sample("A1"), .sample("A2"), file: "the same, zipped anew")
    #expect(second.outcomes == [.duplicate, .duplicate])
    #expect(try office.head == head)
  }

  @Test("Records known from several files are duplicates; new ones beside them are taken in")
  func partlyKnown() throws {
    let office = try Office()
    try office.deliver(.sample("A1"), file: "one")
    let second = try office.deliver(.sample("A1"), .sample("A2"), file: "two")
    #expect(second.outcomes == [.duplicate, .accepted])
    #expect((second.record.accepted, second.record.duplicate) == (1, 1))
    #expect(try office.ledger.read { try $0.status().total.issued.count } == 2)
  }

  @Test("The same file understood in another way corrects; understood as before it changes nothing")
  func understoodAnew() throws {
    let office = try Office()
    try office.deliver(.sample("A1", area: 10), file: "file")
    let second = try office.deliver(.sample("A1", version: "in mu", area: 9), file: "file")
    #expect(second.outcomes == [.corrected])
    let head = try office.head
    #expect(try office.deliver(.sample("A1", version: "in mu", area: 9), file: "file").outcomes == [.duplicate])
    #expect(try office.deliver(.sample("A1", area: 10), file: "file").outcomes == [.duplicate])
    #expect(try office.head == head)
    #expect(try office.ledger.read { try $0.status().total.issued.area } == Mu(rounding: 9))
    #expect(try office.ledger.check().problems == [])
  }

  @Test("A file of which records were rejected is taken in again once they can be")
  func mended() throws {
    let office = try Office()
    try office.deliver([(xiangtan, .sample("A1"))], rejects: [reject(2)])
    let again = try office.deliver([(xiangtan, .sample("A1")), (xiangtan, .sample("A2"))])
    #expect(again.outcomes == [.duplicate, .accepted])
    let deliveries = try office.ledger.read { try $0.deliveries(known: nil) }
    #expect(deliveries.map(\.rejects.count) == [0], "the file stands once, with what came of it last")
    #expect(try office.ledger.check().problems == [])
  }

  @Test("A differing record is a correction, counted once")
  func corrected() throws {
    let office = try Office()
    try office.deliver(.sample("A1", area: 10), .sample("A2"), file: "one")
    let second = try office.deliver(
      .sample("A1", version: "b", area: 9), .sample("A2"), file: "two", on: "2024-03-05")
    #expect(second.outcomes == [.corrected, .duplicate])
    #expect((second.record.accepted, second.record.corrected, second.record.duplicate) == (1, 1, 1))
    let status = try office.ledger.read { try $0.status() }
    #expect(status.total.issued.count == 2)
    #expect(status.total.issued.area == Mu(rounding: 19))
    #expect(try office.ledger.check().problems == [])
  }

  @Test("The first file once more does not undo the correction, under its own name or another")
  func correctionStays() throws {
    let office = try Office()
    try office.deliver(.sample("A1", area: 10), file: "one")
    try office.deliver(.sample("A1", version: "b", area: 9), file: "two", on: "2024-03-05")
    let head = try office.head
    for name in ["one", "one, zipped anew", "two", "two, zipped anew"] {
      let version = name.hasPrefix("one") ? "a" : "b"
      let again = try office.deliver(.sample("A1", version: version, area: 10), file: name, on: "2024-03-06")
      #expect(again.outcomes == [.duplicate], "\(name)")
      #expect(try office.head == head, "\(name)")
    }
    #expect(try office.state()?.issue.declared.area == .mu(9))
  }

  @Test("A correction that bears an earlier day is known afterwards")
  func earlierCorrection() throws {
    let office = try Office()
    try office.deliver(.sample("A1", area: 10), file: "one", on: "2024-03-05")
    try office.deliver(.sample("A1", version: "b", area: 9), file: "two", on: "2024-03-02")
    #expect(try office.state()?.issue.declared.area == .mu(9))
    #expect(try office.state(asOf: "2024-03-03")?.issue.declared.area == .mu(9))
    let head = try office.head
    let again = try office.deliver(
      .sample("A1", version: "b", area: 9), .sample("A9"), file: "three", on: "2024-03-06")
    #expect(again.outcomes == [.duplicate, .accepted])
    #expect(try office.head.position == head.position + 2)
    #expect(try office.ledger.check().problems == [])
  }

  @Test("A correction under which the parcel's events could not have happened is refused, and nothing is written")
  func contradiction() throws {
    let office = try Office()
    try office.deliver(.sample("A1", area: 10, measured: .sample(area: 10)), file: "one")
    try office.record(.sample(.handOver), on: "2024-03-02")
    try office.record(.sample(.progress) { $0.area = .mu(10) }, on: "2024-03-03")
    let head = try office.head
    let identity = ParcelIdentity(county: xiangtan, campaign: "drive", code: "A1")
    let refusal = Refusal.areaExceeds(.areaMu, given: Mu(rounding: 10), limit: Mu(rounding: 5))
    let smaller = Issue.sample("A1", version: "b", area: 5, measured: .sample(area: 5))
    #expect(throws: LedgerError.deliveryContradictsHistory(identity, refusal)) {
      try office.deliver(.sample("A2"), smaller, file: "two", on: "2024-03-02")
    }
    #expect(try office.head == head)
    #expect(try office.state("A2") == nil)
    // A day later the figures that it replaces had already held when the land was restored.
    try office.deliver(.sample("A2"), smaller, file: "two", on: "2024-03-03")
    #expect(try office.head.position == head.position + 3)
    #expect(try office.ledger.check().problems == [])
  }

  @Test("Every record is accepted, rejected or a duplicate, and the three add up")
  func rejects() throws {
    let office = try Office()
    let delivered = try office.deliver(
      [(xiangtan, .sample("A1"))], file: "one", rejects: [reject(2), reject(3)], duplicates: 1)
    #expect(delivered.record.delivered == 4)
    #expect(delivered.record.accepted == 1)
    #expect(delivered.record.duplicate == 1)
    let stored = try office.ledger.read { try $0.deliveries(known: nil) }
    #expect(stored == [delivered.record])
    #expect(stored[0].rejects.map(\.record) == [2, 3])
    let counts = try office.database().read {
      try Int.fetchAll($0, sql: "SELECT count(*) FROM reject UNION ALL SELECT rejected FROM delivery")
    }
    #expect(counts == [2, 2])
    #expect(try office.ledger.check().problems == [])
  }

  @Test("Counts that do not add up are refused by the database", arguments: [0, 1, 3, 100])
  func countsThatDoNotAddUp(delivered: Int) throws {
    let office = try Office()
    let head = try office.head
    #expect(throws: LedgerError.self) {
      try office.deliver([(xiangtan, .sample("A1")), (xiangtan, .sample("A2"))], delivered: delivered)
    }
    #expect(try office.head == head)
    #expect(try office.state() == nil)
  }

  @Test("A delivery of which nothing could be taken is kept, once")
  func allRejected() throws {
    let office = try Office()
    let first = try office.deliver([], file: "one", rejects: [reject(1), reject(2)])
    #expect((first.record.accepted, first.record.rejects.count) == (0, 2))
    #expect(try office.head.position == 2)
    let head = try office.head
    for file in ["one", "zipped anew"] { try office.deliver([], file: file, rejects: [reject(1), reject(2)]) }
    #expect(try office.head == head)
    #expect(try office.ledger.read { try $0.deliveries(known: nil).count } == 1)
  }

  @Test("A delivery over two counties stands in both chains, and once in the figures")
  func twoCounties() throws {
    let office = try Office()
    try office.adopt("", in: shaoshan)
    try office.deliver(
      [(xiangtan, .sample("A1")), (shaoshan, .sample("B1")), (shaoshan, .sample("B2"))], rejects: [reject(4)])
    let head = try office.head
    #expect(head.position == 7)
    #expect(head.counties.map(\.county) == [xiangtan, shaoshan])
    #expect(head.counties.map(\.seq) == [3, 4])
    #expect(Set(head.counties.map(\.hash) + [head.hash]).count == 2)
    #expect(try office.ledger.read { try $0.deliveries(known: nil).count } == 1)
    let status = try office.ledger.read { try $0.status(by: .county) }
    #expect(status.groups.map(\.key) == ["430321", "430382"])
    #expect(status.groups.map(\.issued.count) == [1, 2])
    try office.record(.sample(.file, "B1"), on: "2024-03-02", in: shaoshan)
    #expect(try office.head.counties.map(\.seq) == [3, 5])
    #expect(try office.ledger.check().problems == [])
    // Events are corrected by their number in the parcel's own chain.
    try office.record(
      .sample(.correct, "B1") { ($0.corrects, $0.retracts) = (5, true) }, on: "2024-03-03", in: shaoshan)
    #expect(try office.state("B1")?.stage == .pending)
  }

  @Test("One code in two campaigns, or in two counties, is two parcels")
  func identities() throws {
    let office = try Office()
    try office.adopt("", campaign: "backlog")
    try office.adopt("", in: shaoshan)
    try office.deliver(.sample("A1"), file: "one")
    try office.deliver(.sample("A1", campaign: "backlog"), file: "one")
    try office.deliver([(shaoshan, .sample("A1"))], file: "two", content: "two")
    let identities = try office.ledger.read { try $0.identities(code: "A1") }
    #expect(identities.map(\.campaign) == ["backlog", "drive", "drive"])
    #expect(identities.map(\.county) == [xiangtan, xiangtan, shaoshan])
    #expect(try office.ledger.read { try $0.status(by: .campaign).groups.map(\.issued.count) } == [1, 2])
  }

  @Test("A parcel of a campaign that the chain does not know is refused")
  func unknownCampaign() throws {
    let office = try Office(campaign: nil)
    #expect(throws: LedgerError.unknownCampaign("drive")) { try office.deliver(.sample()) }
    #expect(try office.head.position == 0)
  }
}
