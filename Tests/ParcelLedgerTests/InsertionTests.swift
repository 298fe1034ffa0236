import Foundation
import GRDB
import Testing

@testable import ParcelLedger

@Suite("Rows by SQLite's own calls")
struct InsertionTests {
  static let table = "CREATE TABLE t (i INTEGER, d REAL, t TEXT CHECK (t <> 'bad'), h BLOB, b BLOB) STRICT"

  @Test("What is bound is what is read, the absent apart from the empty")
  func values() throws {
    try DatabaseQueue().write { db in
      try db.execute(sql: Self.table)
      let insertion = try Insertion(db, sql: "INSERT INTO t VALUES (?, ?, ?, ?, ?)")
      func insert(_ i: Int64?, _ d: Double?, _ t: String?, _ b: [UInt8]?) throws {
        try (b ?? []).withUnsafeBytes { bytes in
          try insertion.execute { values in
            values.add(i)
            values.add(d)
            values.add(t)
            values.add(Data([7, 0]))
            values.lend(b == nil ? nil : bytes)
          }
        }
      }
      let texts = ["", "图斑", "'); --", String(repeating: "x", count: 5000), nil]
      let blobs: [[UInt8]?] = [[], [0, 1], Array(repeating: 3, count: 5000), nil, [9]]
      for (text, blob) in zip(texts, blobs) { try insert(.min, 0.1, text, blob) }
      try insert(nil, nil, nil, nil)
      let rows = try Row.fetchAll(db, sql: "SELECT * FROM t ORDER BY rowid")
      #expect(rows.map { $0[2] as String? } == texts + [nil])
      #expect(rows.map { ($0[4] as Data?).map(Array.init) } == blobs + [nil])
      #expect(rows.map { $0[3] as Data } == Array(repeating: Data([7, 0]), count: 6))
      #expect(rows[0] == ["i": Int64.min, "d": 0.1, "t": "", "h": Data([7, 0]), "b": Data()])
      #expect(rows[5] == ["i": nil, "d": nil, "t": nil, "h": Data([7, 0]), "b": nil])
    }
  }

  @Test("What the database refuses is thrown with its words, and the next row is taken")
  func refusals() throws {
    try DatabaseQueue().write { db in
      try db.execute(sql: Self.table)
      let insertion = try Insertion(db, sql: "INSERT INTO t (t) VALUES (?)")
      let error = #expect(throws: DatabaseError.self) { try insertion.execute { $0.add("bad") } }
      #expect(error?.resultCode == .SQLITE_CONSTRAINT)
      #expect(error?.message == "CHECK constraint failed: t <> 'bad'")
      try insertion.execute { $0.add("good") }
      #expect(throws: DatabaseError.self) {
        try insertion.execute { values in
          values.add("good")
          values.add("one too many")
        }
      }
      #expect(try String.fetchAll(db, sql: "SELECT t FROM t") == ["good"])
    }
  }
}
