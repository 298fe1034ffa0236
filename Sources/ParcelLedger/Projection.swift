import Foundation
import GRDB
import Geodata
import ParcelModel

/// Writes what follows from events: the parcel rows, who an event belongs to, configuration, deliveries and tallies.
struct Projection {
  private let db: Database
  private var changes: [TallyKey: TallySums] = [:]
  /// What a parcel added to the tallies under rules that have changed since.
  private var remembered: [ParcelIdentity: (key: TallyKey, sums: TallySums)] = [:]

  init(_ db: Database) { self.db = db }

  func id(of identity: ParcelIdentity) throws -> Int64? {
    try db.cachedStatement(sql: "SELECT id FROM parcel WHERE county = ? AND campaign = ? AND code = ?")
      .fetchOne(identity)?[0]
  }

  func fingerprint(of identity: ParcelIdentity) throws -> String? {
    try db.cachedStatement(sql: "SELECT fingerprint FROM parcel WHERE county = ? AND campaign = ? AND code = ?")
      .fetchOne(identity)?[0]
  }

  func add(_ configuration: ConfigurationFile, in county: DivisionCode, position: Int) throws {
    try db.execute(
      sql: "INSERT INTO configuration (county, kind, name, position, sha256) VALUES (?, ?, ?, ?, ?)",
      arguments: [county.digits, configuration.kind.rawValue, configuration.name, position, configuration.sha256])
  }

  /// A delivery over several counties stands in each of their chains, and once here; so does a file that was taken in
  /// again in another understanding, with what came of it last.
  func add(_ record: DeliveryRecord, position: Int) throws {
    try db.execute(
      sql: "DELETE FROM reject WHERE sha256 = ? AND campaign = ?", arguments: [record.sha256, record.campaign])
    try db.execute(
      sql: "DELETE FROM delivery WHERE sha256 = ? AND campaign = ?", arguments: [record.sha256, record.campaign])
    try db.execute(
      sql: """
        INSERT INTO delivery (sha256, campaign, content, name, bytes, batch, delivered, accepted, corrected,
          rejected, duplicate, position) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        record.sha256, record.campaign, record.content, record.name, record.bytes, record.batch, record.delivered,
        record.accepted, record.corrected, record.rejects.count, record.duplicate, position,
      ])
    for reject in record.rejects {
      try db.execute(
        sql: "INSERT INTO reject (sha256, campaign, record, code, finding, reason) VALUES (?, ?, ?, ?, ?, ?)",
        arguments: [
          record.sha256, record.campaign, reject.record, reject.code, reject.finding.rawValue, reject.reason,
        ])
    }
  }

  mutating func remember(_ tally: (key: TallyKey, sums: TallySums), of identity: ParcelIdentity) throws {
    if remembered[identity] == nil { remembered[identity] = tally }
  }

  /// One parcel after its events changed.
  mutating func update(
    _ identity: ParcelIdentity, id: Int64?, from before: (key: TallyKey, sums: TallySums)?, to after: ParcelState?,
    history: History, box: Envelope?, rules: Campaign
  ) throws {
    guard let after else { return }
    var id = id
    if id == nil {
      try db.cachedStatement(
        sql: """
          INSERT INTO parcel (county, campaign, code, fingerprint, issue_position, part, rectification)
          VALUES (?, ?, ?, ?, ?, ?, ?)
          """
      ).execute(arguments: [
        identity.county.digits, identity.campaign, identity.code, after.issue.fingerprint, after.issuePosition,
        after.stage.part.rawValue, after.stage.rectification?.rawValue,
      ])
      id = db.lastInsertedRowID
    } else {
      try db.cachedStatement(
        sql: "UPDATE parcel SET fingerprint = ?, issue_position = ?, part = ?, rectification = ? WHERE id = ?"
      ).execute(arguments: [
        after.issue.fingerprint, after.issuePosition, after.stage.part.rawValue, after.stage.rectification?.rawValue,
        id,
      ])
    }
    if let box {
      try db.cachedStatement(sql: "INSERT OR REPLACE INTO parcel_box VALUES (?, ?, ?, ?, ?)")
        .execute(arguments: [id, box.minX, box.maxX, box.minY, box.maxY])
    }
    for event in history.events {
      try db.cachedStatement(sql: "INSERT INTO parcel_event (parcel, position) VALUES (?, ?) ON CONFLICT DO NOTHING")
        .execute(arguments: [id, event.position])
    }
    if let old = remembered[identity] ?? before { changes[old.key, default: TallySums()] -= old.sums }
    let new = after.tally(rules: rules)
    changes[new.key, default: TallySums()] += new.sums
  }

  /// Adds the changes of this transaction to the tallies; a row that counts nothing is taken away.
  mutating func flushTallies() throws {
    for (key, sums) in changes where sums != TallySums() {
      for basis in Campaign.Basis.allCases { try add(sums, to: key, basis) }
    }
    changes = [:]
  }

  private func add(_ sums: TallySums, to key: TallyKey, _ basis: Campaign.Basis) throws {
    let total = sums.total(basis)
    let keys: StatementArguments = [
      key.county.digits, key.campaign, key.batch, key.township?.digits ?? "", key.stage.part.rawValue,
      key.stage.rectification?.rawValue ?? "", key.flags.rawValue, key.measure ?? "", basis.rawValue,
    ]
    let old = try db.cachedStatement(sql: "SELECT \(Self.sums) FROM tally WHERE \(Self.isRow)")
      .fetchRow(keys).map(TallyRow.init)
    let new = (old ?? TallyRow()).adding(total, sums.restored)
    try db.cachedStatement(sql: "DELETE FROM tally WHERE \(Self.isRow)").execute(arguments: keys)
    guard new.total.count > 0 else { return }
    try db.cachedStatement(
      sql: """
        INSERT INTO tally (county, campaign, batch, township, part, rectification, flags, measure, basis, \(Self.sums))
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: keys + new.arguments)
  }

  static let sums =
    "count, area_mu, farmland_mu, basic_farmland_mu, area_m2, fallbacks, restored_area_mu, restored_farmland_mu"
  private static let isRow =
    "county = ? AND campaign = ? AND batch = ? AND township = ? AND part = ? AND rectification = ? AND flags = ? "
    + "AND measure = ? AND basis = ?"
}

/// The sums of one row of the table `tally`: one basis.
struct TallyRow {
  var total = Total()
  var restored = Restored()

  init() {}

  init(_ row: Row) { self.init(row, from: 0) }

  /// - Parameter start: the column of `count`.
  init(_ row: Row, from start: Int) {
    total.count = row[start]
    total.area.hundredths = row[start + 1]
    total.farmland.hundredths = row[start + 2]
    total.basicFarmland.hundredths = row[start + 3]
    total.squareMeters.hundredths = row[start + 4]
    total.fallbacks = row[start + 5]
    restored.area.hundredths = row[start + 6]
    restored.farmland.hundredths = row[start + 7]
  }

  func adding(_ total: Total, _ restored: Restored) -> TallyRow {
    var result = self
    result.total += total
    result.restored += restored
    return result
  }

  var arguments: StatementArguments {
    [
      total.count, total.area.hundredths, total.farmland.hundredths, total.basicFarmland.hundredths,
      total.squareMeters.hundredths, total.fallbacks, restored.area.hundredths, restored.farmland.hundredths,
    ]
  }
}

extension Statement {
  fileprivate func fetchOne(_ identity: ParcelIdentity) throws -> Row? {
    try fetchRow([identity.county.digits, identity.campaign, identity.code])
  }

  fileprivate func fetchRow(_ arguments: StatementArguments) throws -> Row? {
    try Row.fetchOne(self, arguments: arguments)
  }
}
