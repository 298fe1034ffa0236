import Foundation
import GRDB
import Geodata
import ParcelLedger
import ParcelModel
import ParcelTesting
import Testing

@Suite("Boxes of parcels")
struct BoxTests {
  /// Parcels of every size, some of them at the edges of cells and of the world.
  private static func shapes() -> [Polygons] {
    var random = SeededGenerator(seed: 7)
    let scattered = (0..<200).map { _ in
      let side = exp2(Double.random(in: -14 ... -1, using: &random))
      return Polygons.square(
        x: Double.random(in: 112...113, using: &random), y: Double.random(in: 27...28, using: &random), side: side)
    }
    let edges: [(x: Double, y: Double, side: Double)] = [
      (112.5, 27.5, 1.0 / 64), (112.5, 27.5, 1.0 / 128), (112.5 - 1.0 / 64, 27.5, 1.0 / 64),
      (112.5.nextDown, 27.5, 1.0 / 64),
      (-180, -90, 300), (-400, -300, 1000), (179.9, 89.9, 0.1), (0, 0, 0.001), (-0.001, -0.001, 0.001),
    ]
    return scattered + edges.map { .square(x: $0.x, y: $0.y, side: $0.side) }
  }

  private static func office() throws -> Office {
    let office = try Office()
    let issues = shapes().indices.map { ParcelModel.Issue.sample("A\($0)") }
    let candidates = zip(office.candidates(issues.map { (xiangtan, $0) }, file: "file"), shapes()).map { made, shape in
      Transaction.Candidate(county: made.county, issue: made.issue, geometry: shape)
    }
    try office.ledger.write(at: morning("2024-03-01")) {
      _ = try $0.deliver(office.delivery(of: issues, file: "file", on: "2024-03-01"), candidates, home: xiangtan)
    }
    return office
  }

  private static let questions: [Envelope] = {
    var random = SeededGenerator(seed: 8)
    let scattered = (0..<100).map { _ in
      let (x, y) = (Double.random(in: 111.9...113.1, using: &random), Double.random(in: 26.9...28.1, using: &random))
      let side = exp2(Double.random(in: -12...1, using: &random))
      return Envelope(minX: x, minY: y, maxX: x + side, maxY: y + side)
    }
    return scattered + [
      Envelope(minX: 112.5, minY: 27.5, maxX: 112.5, maxY: 27.5),
      Envelope(minX: -500, minY: -500, maxX: 500, maxY: 500),
      Envelope(minX: -390, minY: -290, maxX: -380, maxY: -280), Envelope(minX: 180, minY: 90, maxX: 180, maxY: 90),
      Envelope(minX: 0, minY: 0, maxX: 0, maxY: 0), Envelope(),
    ]
  }()

  @Test("Those near a box are all whose boxes touch it, in the order of issue, with their shapes")
  func near() throws {
    let office = try Self.office()
    let shapes = Self.shapes()
    for box in Self.questions {
      let near = try office.ledger.read { try $0.parcels(near: box) { $0 } }
      let expected = shapes.indices.filter { shapes[$0].envelope.overlaps(box) }
      #expect(near.map(\.identity.code) == expected.map { "A\($0)" }, "\(box)")
      #expect(zip(near, expected).allSatisfy { $0.shape == shapes[$1] }, "\(box)")
    }
  }

  @Test("A corrected shape moves its box")
  func corrected() throws {
    let office = try Self.office()
    let (old, new) = (Self.shapes()[0].envelope, Polygons.square(x: 10, y: 10, side: 0.1))
    let issue = office.candidates([(xiangtan, .sample("A0", version: "b"))], file: "two")[0].issue
    let candidate = Transaction.Candidate(county: xiangtan, issue: issue, geometry: new)
    try office.ledger.write(at: morning("2024-03-02")) {
      _ = try $0.deliver(
        office.delivery(of: [candidate.issue], file: "two", on: "2024-03-02"), [candidate], home: xiangtan)
    }
    try office.ledger.read { (ledger: Snapshot) throws in
      #expect(try !ledger.parcels(near: old) { $0 }.contains { $0.identity.code == "A0" })
      #expect(try ledger.parcels(near: new.envelope) { $0 }.map(\.identity.code).contains("A0"))
      // Now it was issued last.
      let world = Envelope(minX: -180, minY: -90, maxX: 180, maxY: 90)
      #expect(try ledger.parcels(near: world) { $0 }.last?.identity.code == "A0")
    }
    #expect(try office.ledger.check().problems == [])
  }

  @Test("A ledger of the first release is given its boxes when it is opened")
  func firstRelease() throws {
    let office = try Self.office()
    func rows() throws -> [Row] {
      try office.database().read { try Row.fetchAll($0, sql: "SELECT * FROM parcel ORDER BY id") }
    }
    let before = try rows()
    try office.database().writeWithoutTransaction {
      try $0.execute(
        sql: """
          DROP INDEX parcel_cell;
          ALTER TABLE parcel DROP COLUMN cell;
          ALTER TABLE parcel DROP COLUMN min_x; ALTER TABLE parcel DROP COLUMN min_y;
          ALTER TABLE parcel DROP COLUMN max_x; ALTER TABLE parcel DROP COLUMN max_y;
          CREATE VIRTUAL TABLE parcel_box USING rtree (id, min_x, max_x, min_y, max_y);
          INSERT INTO parcel_box VALUES (1, 0, 1, 0, 1);
          DELETE FROM grdb_migrations WHERE identifier LIKE '2 %';
          """)
    }
    #expect(try office.reopened().check().problems == [])
    #expect(try rows() == before)
  }
}
