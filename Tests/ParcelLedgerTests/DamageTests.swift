import Foundation
import GRDB
import Geodata
import ParcelLedger
import ParcelModel
import ParcelTesting
import Testing

/// A change made behind the program's back.
struct Tampering: Sendable, CustomTestStringConvertible {
  var column: String
  var position: Int
  /// SQL for the new value.
  var value: String
  /// What is wrong at that event.
  var found: Set<LedgerProblem.Code>

  init(_ column: String, at position: Int, _ value: String, _ found: LedgerProblem.Code...) {
    (self.column, self.position, self.value, self.found) = (column, position, value, Set(found))
  }

  var testDescription: String { "\(column) of \(position)" }
}

@Suite("Damage is found")
struct DamageTests {
  /// Ten events in two chains: campaigns 1 and 2, delivery 3 and 4, issues 5 to 7, events 8 to 10.
  private func office() throws -> Office {
    let office = try Office()
    try office.adopt("", in: shaoshan)
    try office.deliver([(xiangtan, .sample("A1")), (xiangtan, .sample("A2")), (shaoshan, .sample("B1"))])
    try office.record(.sample(.handOver), on: "2024-03-02")
    try office.record(.sample(.handOver, "B1"), on: "2024-03-03", in: shaoshan)
    try office.record(.sample(.progress) { ($0.area, $0.measure) = (.mu(2), "没收") }, on: "2024-03-04")
    return office
  }

  private func tamper(_ office: Office, _ sql: String) throws {
    try office.database().write { db in
      try db.execute(sql: "DROP TRIGGER event_is_never_updated; DROP TRIGGER event_is_never_deleted")
      try db.execute(sql: sql)
    }
  }

  @Test("A sound ledger has no problems")
  func sound() throws {
    let office = try office()
    let check = try office.ledger.check()
    #expect(check.problems == [])
    #expect(check.firstBad == nil)
    #expect(check.events == 10)
    #expect(try check.head == office.head)
    #expect(check.deliveries.map(\.accepted) == [3])
  }

  @Test(
    "Every column of an event is covered by its hash",
    arguments: [
      // One byte of the JSON becomes another digit or letter.
      Tampering("payload", at: 10, "CAST(replace(CAST(payload AS TEXT), '133333', '133334') AS BLOB)", .hash),
      Tampering("payload", at: 1, "CAST(replace(CAST(payload AS TEXT), 'drive', 'drivf') AS BLOB)", .hash),
      Tampering("payload", at: 8, "CAST('{' AS BLOB)", .hash, .payload),
      Tampering("payload", at: 8, "CAST(CAST(payload AS TEXT) || ' ' AS BLOB)", .hash),
      Tampering("geometry", at: 5, "CAST(substr(geometry, 1, 40) || x'00' || substr(geometry, 42) AS BLOB)", .hash),
      Tampering("geometry", at: 5, "NULL", .hash),
      Tampering("geometry", at: 8, "x''", .hash),
      Tampering("hash", at: 8, "CAST(x'00' || substr(hash, 2) AS BLOB)", .hash),
      Tampering("prev_hash", at: 8, "CAST(x'00' || substr(prev_hash, 2) AS BLOB)", .hash, .link),
      Tampering("effective", at: 8, "'2024-03-01'", .hash),
      Tampering("effective", at: 8, "'2024-02-31'", .hash, .payload),
      Tampering("recorded", at: 9, "recorded + 1", .hash),
      Tampering("actor", at: 9, "'李四'", .hash),
      Tampering("document", at: 9, "document || ' '", .hash),
      Tampering("kind", at: 9, "'close'", .hash),
      Tampering("version", at: 9, "2", .hash, .payload),
      Tampering("idempotency_key", at: 9, "'other'", .hash),
      Tampering("seq", at: 10, "seq + 1", .hash, .sequence),
      Tampering("position", at: 10, "11", .hash, .position),
      Tampering("county", at: 9, "'430300'", .hash, .sequence, .link),
    ])
  func event(tampering: Tampering) throws {
    let office = try office()
    let place = try office.database().read { db in
      try #require(
        try Row.fetchOne(db, sql: "SELECT county, seq FROM event WHERE position = ?", arguments: [tampering.position]))
    }
    try tamper(
      office, "UPDATE event SET \(tampering.column) = \(tampering.value) WHERE position = \(tampering.position)")
    let check = try office.reopened().check()
    var (county, seq) = (place[0] as String, place[1] as Int)
    if tampering.column == "county" { county = "430300" }
    if tampering.column == "seq" { seq += 1 }
    #expect(check.firstBad?.county == county)
    #expect(check.firstBad?.seq == seq)
    let here = check.problems.filter { $0.location == "\(county):\(seq)" }
    #expect(Set(here.map(\.code)) == tampering.found)
  }

  @Test("Every bit of a payload, a geometry and the hashes counts")
  func bits() throws {
    let office = try office()
    let queue = try office.database()
    try tamper(office, "SELECT 1")
    let ledger = try office.reopened()
    for (column, position) in [("payload", 8), ("geometry", 5), ("hash", 8), ("prev_hash", 8)] {
      let original = try queue.read {
        try #require(try Data.fetchOne($0, sql: "SELECT \(column) FROM event WHERE position = \(position)"))
      }
      func put(_ bytes: Data) throws {
        try queue.write {
          try $0.execute(sql: "UPDATE event SET \(column) = ? WHERE position = \(position)", arguments: [bytes])
        }
      }
      for index in stride(from: 0, to: original.count, by: max(1, original.count / 16)) {
        var damaged = original
        damaged[index] ^= 1 << UInt8(index % 8)
        try put(damaged)
        let check = try ledger.check()
        #expect(check.firstBad?.county == "430321")
        #expect(check.firstBad?.seq == (position == 8 ? 5 : 3), "\(column) byte \(index)")
      }
      try put(original)
      #expect(try ledger.check().problems == [])
    }
  }

  @Test(
    "An event that is gone is missed where the next one stands",
    arguments: [(5, "430321:4"), (8, "430382:4"), (1, "430382:1")])
  func deletion(position: Int, next: String) throws {
    let office = try office()
    try tamper(office, "DELETE FROM event WHERE position = \(position)")
    let check = try office.reopened().check()
    #expect(check.firstBad.map { "\($0.county):\($0.seq)" } == next)
  }

  @Test("The last event leaves a chain that holds; what follows from the events shows that it was there")
  func lastDeleted() throws {
    let office = try office()
    try tamper(office, "DELETE FROM event WHERE position = 10")
    let check = try office.reopened().check()
    #expect(check.firstBad == nil)
    #expect(Set(check.problems.map(\.code)) == [.projection, .tally])
  }

  @Test(
    "Whatever follows from the events is compared with them",
    arguments: [
      ("UPDATE tally SET area_mu = area_mu + 1 WHERE basis = 'measured' AND township = ''", LedgerProblem.Code.tally),
      ("UPDATE tally SET count = count + 1, fallbacks = fallbacks + 1 WHERE basis = 'declared'", .tally),
      ("DELETE FROM tally WHERE part = 'pending'", .tally),
      ("UPDATE tally SET restored_area_mu = 1 WHERE basis = 'declared' AND part = 'handedOver'", .tally),
      ("UPDATE tally SET batch = '2'", .tally),
      ("UPDATE parcel SET part = 'noViolation', rectification = NULL WHERE code = 'A1'", .projection),
      ("UPDATE parcel SET fingerprint = 'x' WHERE code = 'A2'", .projection),
      ("UPDATE parcel SET code = 'A3' WHERE code = 'A2'", .projection),
      ("UPDATE parcel SET min_x = min_x - 1 WHERE id = 1", .projection),
      ("DELETE FROM parcel_event WHERE position = 8", .projection),
      ("UPDATE delivery SET accepted = accepted - 1, duplicate = duplicate + 1", .projection),
      ("UPDATE delivery SET name = 'x'", .projection),
      ("DELETE FROM configuration WHERE county = '430382'", .projection),
      ("INSERT INTO reject VALUES ((SELECT sha256 FROM delivery), 'drive', 4, 'x', 'missing-code', '')", .projection),
    ])
  func projections(sql: String, code: LedgerProblem.Code) throws {
    let office = try office()
    try office.database().write { try $0.execute(sql: sql) }
    let check = try office.reopened().check()
    #expect(check.problems.contains { $0.code == code })
    #expect(check.firstBad == nil)
    // Looking does not mend: the next look finds the same.
    #expect(try office.reopened().check().problems == check.problems)
  }

  @Test("Every problem says what it is and what to do")
  func words() throws {
    let office = try office()
    try tamper(office, "UPDATE event SET version = 2, seq = 20, position = 20, prev_hash = hash WHERE position = 10")
    let problems = try office.reopened().check().problems
    #expect(Set(problems.map(\.code)) == [.position, .sequence, .link, .hash, .payload])
    for language in Language.allCases {
      #expect(Set(problems.map { $0.what.text(language) }).count == 5)
      #expect(problems.allSatisfy { !$0.remedy.text(language).isEmpty })
    }
  }

  @Test("One byte changed anywhere in the file is found, or was not in use", arguments: 0..<8)
  func fileBytes(part: Int) throws {
    let office = try office()
    let whole = try office.folder.read("ledger.sqlite")
    let head = try office.head
    let states = try office.ledger.read { try $0.states(asOf: nil, known: nil) }
    let status = try office.ledger.read { try $0.status(by: .township).groups }
    let copy = try TemporaryFolder()
    // Spread over the file, another bit each time.
    for index in stride(from: 17 * part, to: whole.count, by: 8 * 389) {
      var damaged = whole
      damaged[index] ^= 1 << UInt8((index + part) % 8)
      let path = try copy.write(damaged, to: "\(index).sqlite")
      do {
        let ledger = try Ledger(path: path, rules: { try rules(of: $0) })
        guard try ledger.check().problems.isEmpty else { continue }
        #expect(try ledger.read { try $0.head() } == head, "byte \(index)")
        #expect(try ledger.read { try $0.states(asOf: nil, known: nil) } == states, "byte \(index)")
        #expect(try ledger.read { try $0.status(by: .township).groups } == status, "byte \(index)")
      } catch is LedgerError {
        continue
      }
    }
  }

  @Test("A ledger cut short is found", arguments: [0.1, 0.5, 0.9, 0.99])
  func cut(share: Double) throws {
    let office = try office()
    let whole = try office.folder.read("ledger.sqlite")
    let path = try office.folder.write(whole.prefix(Int(Double(whole.count) * share)), to: "cut.sqlite")
    do {
      let check = try Ledger(path: path, rules: { try rules(of: $0) }).check()
      #expect(!check.problems.isEmpty)
    } catch let error as LedgerError {
      #expect(error.outcome == .ledgerDamaged)
    }
  }
}
