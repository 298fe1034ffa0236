import Foundation
import GRDB
import Geodata
import ParcelLedger
import ParcelModel
import ParcelTesting
import Testing

@Suite("The file")
struct SchemaTests {
  @Test("The tables are those kept in Golden/schema.sql")
  func schema() throws {
    let office = try Office(campaign: nil)
    let statements = try office.database().read {
      try String.fetchAll($0, sql: "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name")
    }
    let text = statements.map { "\($0);\n" }.joined()
    let difference = try Golden("schema.sql", beside: #filePath).difference(from: text)
    #expect(difference == nil)
  }

  @Test("Events are written as this release writes them, byte for byte")
  func payloads() throws {
    let office = try Office()
    var measured = Measurement.sample(township: "430321001")
    measured.classes = [LandUse.Code(rawValue: "0101"): .mu(6), LandUse.Code(rawValue: "05H1"): .mu(4)]
    measured.layers = ["land-use@0123456789ab"]
    var issue = Issue.sample(measured: measured)
    issue.declared.township = "易俗河镇"
    issue.declared.attributes = ["XMC": "/厂房\"1\""]
    issue.earlier = EarlierParcel(campaign: "backlog", code: "B1", share: 0.75)
    issue.findings = [.areaDiffers]
    try office.deliver(
      [(xiangtan, issue)],
      rejects: [.init(record: 2, code: "B2", finding: .missingGeometry, reason: "没有图形")])
    try office.deliver(.sample(version: "b"), file: "two", on: "2024-03-02")
    try office.record(
      .sample(.assign) {
        var assignment = Assignment()
        assignment.township = division("430321002")
        assignment.responsible = "李四"
        ($0.assignment, $0.notes) = (assignment, ["note": "备注", "其他": "列"])
      }, on: "2024-03-03")
    try office.record(.sample(.openCase), on: "2024-03-04")
    try office.record(
      .sample(.penalty) { ($0.amount, $0.quantity, $0.unit, $0.evidence) = (123_456, "2", "栋", "照片") },
      on: "2024-03-05")
    try office.record(
      .sample(.determineUnlawful) { ($0.ground, $0.level, $0.area, $0.farmland) = ("违法建设", "省级", .mu(4), .mu(2)) },
      on: "2024-03-06")
    try office.record(.sample(.correct) { ($0.corrects, $0.retracts) = (9, true) }, on: "2024-03-07")
    try office.ledger.write(at: morning("2024-03-08")) { transaction in
      measured.classes = [LandUse.Code(rawValue: "05H1"): .mu(10)]
      try transaction.remeasure(
        Remeasurement(campaign: "drive", code: "A1", measured: measured, reason: "2024年成果已批复"), in: xiangtan)
    }
    let rows = try office.database().read {
      try Row.fetchAll(
        $0,
        sql: """
          SELECT position, county, seq, kind, version, effective, recorded, actor, document, idempotency_key, payload,
            geometry, hash FROM event ORDER BY position
          """)
    }
    var text = ""
    for row in rows {
      text += (0..<10).map { "\(row[$0] as DatabaseValue)" }.joined(separator: " | ") + "\n"
      text += "  \(String(decoding: row[10] as Data, as: UTF8.self))\n"
      text += "  geometry \((row[11] as Data?).map { sha256($0) } ?? "none"), hash \(sha256(row[12] as Data))\n"
    }
    let difference = try Golden("events.txt", beside: #filePath).difference(from: text)
    #expect(difference == nil)
  }

  @Test("A ledger opened again is the same")
  func reopened() throws {
    let office = try Office()
    try office.deliver(.sample())
    let again = try office.reopened()
    #expect(try again.read { try $0.head() } == office.head)
    #expect(try again.read { try $0.states(asOf: nil, known: nil) } == [try #require(try office.state())])
    try office.record(.sample(.file), on: "2024-03-02")
    #expect(try again.read { try $0.states(asOf: nil, known: nil) }.map(\.stage) == [.inReview])
  }

  @Test("An empty ledger answers everything with nothing")
  func empty() throws {
    let office = try Office(campaign: nil)
    #expect(try office.head.position == 0)
    #expect(try office.head.hash == "")
    #expect(try office.head.counties == [])
    for dimension in Status.Dimension.allCases {
      let status = try office.ledger.read { try $0.status(by: dimension) }
      #expect(status.groups == [])
      #expect(status.total == Status.Group(key: ""))
    }
    #expect(try office.ledger.check().problems == [])
    #expect(try office.state() == nil)
  }

  @Test("What is no ledger is not opened as one")
  func notALedger() throws {
    let folder = try TemporaryFolder()
    func open(_ name: String) throws { _ = try Ledger(path: folder.path(name), rules: { try rules(of: $0) }) }
    #expect(throws: LedgerError.cannotOpen(path: folder.path("none"), reason: "no such file")) { try open("none") }
    try folder.write(Array("这不是账本".utf8) + Array(repeating: UInt8(ascii: "x"), count: 4096), to: "text")
    #expect(throws: LedgerError.notALedger(path: folder.path("text"))) { try open("text") }
    // An emptied ledger must not turn into a fresh one.
    try folder.write([], to: "emptied")
    #expect(throws: LedgerError.notALedger(path: folder.path("emptied"))) { try open("emptied") }
    try DatabaseQueue(path: folder.path("other")).write { try $0.execute(sql: "CREATE TABLE t (x)") }
    #expect(throws: LedgerError.notALedger(path: folder.path("other"))) { try open("other") }
    #expect(try folder.read("emptied").isEmpty)
  }

  @Test("A ledger of a newer program is left alone")
  func newer() throws {
    let office = try Office()
    try office.database().write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('9 of the future')") }
    #expect(throws: LedgerError.newerProgram(path: office.path)) { try office.reopened() }
  }

  @Test("The database is set up to survive a power cut")
  func durability() throws {
    let office = try Office()
    #expect(try office.database().read { try String.fetchOne($0, sql: "PRAGMA journal_mode") } != "wal")
    #expect(office.folder.names.filter { $0.hasSuffix("-wal") || $0.hasSuffix("-shm") } == [])
  }

  @Test("New ledgers have large pages; a ledger of an earlier release keeps its own")
  func pages() throws {
    let office = try Office()
    func size() throws -> Int? { try office.database().read { try Int.fetchOne($0, sql: "PRAGMA page_size") } }
    #expect(try size() == 16384)
    try office.database().writeWithoutTransaction { try $0.execute(sql: "PRAGMA page_size = 4096; VACUUM") }
    let head = try office.head
    let ledger = try office.reopened()
    #expect(try ledger.read { try $0.head() } == head)
    try office.deliver(.sample())
    #expect(try ledger.check().problems == [])
    #expect(try size() == 4096)
  }

  @Test("Bytes are known by their SHA-256 in hexadecimal")
  func hashes() {
    #expect(sha256(Data()) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(sha256(Data("abc".utf8)) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }
}
