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

  private let insertion: Insertion
  /// The rows of the parcels added since `linkArrivals`.
  private var arrivals: ClosedRange<Int64>?

  init(_ db: Database) throws {
    self.db = db
    insertion = try Insertion(
      db,
      sql: """
        INSERT INTO parcel (county, campaign, code, fingerprint, issue_position, part, rectification, min_x, min_y,
          max_x, max_y, cell) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
  }

  func id(of identity: ParcelIdentity) throws -> Int64? {
    try db.cachedStatement(sql: "SELECT id FROM parcel WHERE county = ? AND campaign = ? AND code = ?")
      .fetchOne(identity)?[0]
  }

  /// A parcel as it is known before a delivery.
  struct Known {
    var identity: ParcelIdentity
    var fingerprint: String
    /// Empty where it has no shape.
    var box: Envelope
  }

  /// The parcels that have one of `codes`, in any county and campaign, by their codes: one query for a whole batch.
  func known(having codes: Set<String>) throws -> [String: [Known]] {
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT parcel.county, parcel.campaign, parcel.code, parcel.fingerprint, min_x, min_y, max_x, max_y
        FROM json_each(?) AS wanted CROSS JOIN parcel ON parcel.code = wanted.value
        """, arguments: [JSON.array(codes.map(JSON.string)).text])
    var known: [String: [Known]] = [:]
    while let row = try rows.next() {
      guard let county = DivisionCode(row[0] as String) else { continue }
      let identity = ParcelIdentity(county: county, campaign: row[1], code: row[2])
      var box = Envelope()
      if let minX = row[4] as Double? { box = Envelope(minX: minX, minY: row[5], maxX: row[6], maxY: row[7]) }
      known[identity.code, default: []].append(Known(identity: identity, fingerprint: row[3], box: box))
    }
    return known
  }

  /// A parcel that a delivery brought for the first time. Its event is linked by `linkArrivals`.
  mutating func add(_ state: ParcelState, box: Envelope, rules: Campaign) throws {
    try insert(state, box)
    let id = db.lastInsertedRowID
    arrivals = (arrivals?.lowerBound ?? id)...id
    // A few at a time, while the pages of their events are in the cache.
    if let arrivals, arrivals.count >= 256 { try linkArrivals() }
    let new = state.tally(rules: rules)
    changes[new.key, default: TallySums()] += new.sums
  }

  /// The event of a parcel that was just added is the one of its issue.
  mutating func linkArrivals() throws {
    guard let first = arrivals?.lowerBound else { return }
    try db.cachedStatement(sql: "INSERT INTO parcel_event SELECT id, issue_position FROM parcel WHERE id >= ?")
      .execute(arguments: [first])
    arrivals = nil
  }

  private func insert(_ state: ParcelState, _ box: Envelope) throws {
    let identity = state.identity
    let cell = BoxGrid.cell(of: box)
    try insertion.execute { values in
      values.add(identity.county.digits)
      values.add(identity.campaign)
      values.add(identity.code)
      values.add(state.issue.fingerprint)
      values.add(state.issuePosition)
      values.add(state.stage.part.rawValue)
      values.add(state.stage.rectification?.rawValue)
      for corner in [box.minX, box.minY, box.maxX, box.maxY] { values.add(cell == nil ? nil : corner) }
      values.add(cell)
    }
  }

  /// The corners and the cell.
  private static func arguments(_ box: Envelope) -> StatementArguments {
    let cell = BoxGrid.cell(of: box)
    return cell == nil ? [nil, nil, nil, nil, nil] : [box.minX, box.minY, box.maxX, box.maxY, cell]
  }

  /// Gives the parcels of a ledger of an earlier release their boxes. A shape that cannot be read is for `check` to tell.
  static func addBoxes(_ db: Database) throws {
    let update = try db.makeStatement(
      sql: "UPDATE parcel SET min_x = ?, min_y = ?, max_x = ?, max_y = ?, cell = ? WHERE id = ?")
    let shapes = try Row.fetchCursor(
      db, sql: "SELECT id, geometry FROM parcel JOIN event ON position = issue_position WHERE geometry IS NOT NULL")
    while let row = try shapes.next() {
      guard let shape = try? Polygons(wkb: row[1] as Data) else { continue }
      try update.execute(arguments: arguments(shape.envelope) + [row[0] as Int64])
    }
  }

  /// An event of a case file.
  func add(eventOfCase number: String, in county: DivisionCode, position: Int) throws {
    try db.cachedStatement(sql: "INSERT INTO case_event (county, number, position) VALUES (?, ?, ?)")
      .execute(arguments: [county.digits, number, position])
  }

  /// Gives the cases of a ledger of an earlier release their rows.
  static func addCases(_ db: Database) throws {
    let insert = try db.makeStatement(sql: "INSERT INTO case_event (county, number, position) VALUES (?, ?, ?)")
    let rows = try Row.fetchCursor(
      db, sql: "SELECT \(EventRow.columns) FROM event WHERE kind IN ('open-case', 'penalty') ORDER BY position")
    while let row = try rows.next() {
      guard let event = try? EventRow(row).event(), let number = event.caseNumber else { continue }
      try insert.execute(arguments: [event.county.digits, number, event.position])
    }
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
      try insert(after, box ?? Envelope())
      id = db.lastInsertedRowID
    } else {
      try db.cachedStatement(
        sql: "UPDATE parcel SET fingerprint = ?, issue_position = ?, part = ?, rectification = ? WHERE id = ?"
      ).execute(arguments: [
        after.issue.fingerprint, after.issuePosition, after.stage.part.rawValue, after.stage.rectification?.rawValue,
        id,
      ])
      if let box {
        try db.cachedStatement(
          sql: "UPDATE parcel SET min_x = ?, min_y = ?, max_x = ?, max_y = ?, cell = ? WHERE id = ?"
        ).execute(arguments: Self.arguments(box) + [id])
      }
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
