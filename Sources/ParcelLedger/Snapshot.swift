import Foundation
import GRDB
package import Geodata
package import ParcelModel

/// What of the ledger is asked about: everything that is not empty narrows it down.
package struct Selection: Hashable, Sendable {
  package var counties: [DivisionCode]
  package var campaigns: [String]
  package var codes: [String]

  package init(counties: [DivisionCode] = [], campaigns: [String] = [], codes: [String] = []) {
    (self.counties, self.campaigns, self.codes) = (counties, campaigns, codes)
  }
}

/// The ledger at one moment, for reading. `known` is a position (K): the ledger as it stood when that event was its
/// last; `asOf` is a day (T): what had happened by then. Nothing means now.
package final class Snapshot {
  private let db: Database
  private let read: (ConfigurationFile) throws -> Campaign
  /// Campaign rules by their id and the SHA-256 of their text: two campaigns may have the same text.
  private var parsed: [[String]: Campaign] = [:]

  init(_ db: Database, rules: @escaping @Sendable (ConfigurationFile) throws -> Campaign) {
    self.db = db
    read = rules
  }

  // MARK: Where it stands

  package func head() throws -> LedgerHead {
    let last = try Row.fetchOne(db, sql: "SELECT position, hash FROM event ORDER BY position DESC LIMIT 1")
    // From one county to the next along the index: grouping would read all events.
    let counties = try Row.fetchAll(
      db,
      sql: """
        WITH RECURSIVE known (county) AS (
          SELECT min(county) FROM event UNION ALL
          SELECT (SELECT min(event.county) FROM event WHERE event.county > known.county)
          FROM known WHERE known.county IS NOT NULL
        )
        SELECT event.county, event.seq, event.hash FROM known JOIN event
        ON event.county = known.county AND event.seq = (SELECT max(seq) FROM event WHERE county = known.county)
        ORDER BY 1
        """)
    return LedgerHead(
      position: last?[0] ?? 0, hash: (last?[1] as Data?)?.hex ?? "",
      counties: counties.compactMap { row in
        DivisionCode(row[0] as String).map { .init(county: $0, seq: row[1], hash: (row[2] as Data).hex) }
      })
  }

  /// The last position that was recorded by `instant`: what was known then.
  package func position(knownAt instant: Instant) throws -> Int {
    try Int.fetchOne(
      db, sql: "SELECT coalesce(max(position), 0) FROM event WHERE recorded <= ?", arguments: [instant.milliseconds])
      ?? 0
  }

  /// When the event at `position` was recorded.
  package func recorded(at position: Int) throws -> Instant? {
    try Int64.fetchOne(db, sql: "SELECT recorded FROM event WHERE position = ?", arguments: [position])
      .map(Instant.init(milliseconds:))
  }

  /// The hash of the event at `position`, in hexadecimal: the mark of the ledger as it was known then.
  package func hash(at position: Int) throws -> String? {
    try Data.fetchOne(db, sql: "SELECT hash FROM event WHERE position = ?", arguments: [position])?.hex
  }

  func exists(seq: Int, in county: DivisionCode) throws -> Bool {
    try Bool.fetchOne(
      db, sql: "SELECT 1 FROM event WHERE county = ? AND seq = ?", arguments: [county.digits, seq]) ?? false
  }

  func exists(key: String, in county: DivisionCode) throws -> Bool {
    try db.cachedStatement(sql: "SELECT 1 FROM event WHERE county = ? AND idempotency_key = ?")
      .row([county.digits, key]) != nil
  }

  // MARK: Configuration

  /// The configuration in force in a county.
  package func configuration(
    _ kind: ConfigurationFile.Kind, _ name: String, in county: DivisionCode, known: Int?
  ) throws -> ConfigurationFile? {
    let row = try db.cachedStatement(
      sql: """
        SELECT \(Self.eventColumns("event")) FROM configuration JOIN event USING (position)
        WHERE configuration.county = ? AND configuration.kind = ? AND configuration.name = ? AND position <= ?
        ORDER BY position DESC LIMIT 1
        """
    ).row([county.digits, kind.rawValue, name, known ?? Int.max])
    guard let row, case .configure(let configuration) = try EventRow(row).event().deed else { return nil }
    return configuration
  }

  /// Every different configuration of a kind that ever entered the chains.
  package func configurations(_ kind: ConfigurationFile.Kind) throws -> [ConfigurationFile] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT \(Self.eventColumns("event")) FROM event
        WHERE position IN (SELECT min(position) FROM configuration WHERE kind = ? GROUP BY sha256) ORDER BY position
        """, arguments: [kind.rawValue]
    ).compactMap { row in
      guard case .configure(let configuration) = try EventRow(row).event().deed else { return nil }
      return configuration
    }
  }

  /// The rules of a campaign in a county's chain.
  package func rules(of campaign: String, in county: DivisionCode, known: Int?) throws -> Campaign {
    let inForce = try db.cachedStatement(
      sql: """
        SELECT sha256 FROM configuration WHERE county = ? AND kind = 'campaign' AND name = ? AND position <= ?
        ORDER BY position DESC LIMIT 1
        """
    ).row([county.digits, campaign, known ?? Int.max])
    if let inForce, let rules = parsed[[campaign, inForce[0]]] { return rules }
    guard let configuration = try configuration(.campaign, campaign, in: county, known: known) else {
      throw LedgerError.unknownCampaign(campaign)
    }
    return try rules(configuration)
  }

  func rules(_ configuration: ConfigurationFile) throws -> Campaign {
    let key = [configuration.name, configuration.sha256]
    if let known = parsed[key] { return known }
    let campaign = try read(configuration)
    parsed[key] = campaign
    return campaign
  }

  /// Every campaign in use, with its rules at K, in the order of county and id.
  package func campaigns(known: Int?) throws -> [(county: DivisionCode, rules: Campaign)] {
    try Row.fetchAll(
      db,
      sql: "SELECT DISTINCT county, name FROM configuration WHERE kind = 'campaign' AND position <= ? ORDER BY 1, 2",
      arguments: [known ?? Int.max]
    ).compactMap { row in
      guard let county = DivisionCode(row[0] as String) else { return nil }
      return (county, try rules(of: row[1], in: county, known: known))
    }
  }

  /// The calendar in force in a county; without one every Monday to Friday is worked.
  package func calendar(in county: DivisionCode, known: Int?) throws -> WorkCalendar {
    guard let file = try configuration(.calendar, WorkCalendar.name, in: county, known: known) else {
      return WorkCalendar()
    }
    guard let calendar = WorkCalendar(text: file.text) else { throw LedgerError.database("calendar") }
    return calendar
  }

  // MARK: Parcels

  package func history(of identity: ParcelIdentity, known: Int?) throws -> History {
    let rows = try db.cachedStatement(
      sql: """
        SELECT \(Self.eventColumns("event")) FROM parcel
        JOIN parcel_event ON parcel_event.parcel = parcel.id JOIN event ON event.position = parcel_event.position
        WHERE parcel.county = ? AND parcel.campaign = ? AND parcel.code = ? AND event.position <= ?
        ORDER BY event.position
        """
    ).rows([identity.county.digits, identity.campaign, identity.code, known ?? Int.max])
    return History(identity: identity, events: try rows.map { try EventRow($0).event() })
  }

  /// Empty where there is no such case.
  func caseHistory(_ key: CaseKey) throws -> CaseHistory {
    let rows = try db.cachedStatement(
      sql: """
        SELECT \(Self.eventColumns("event")) FROM case_event JOIN event USING (position)
        WHERE case_event.county = ? AND number = ? ORDER BY position
        """
    ).rows([key.county.digits, key.number])
    var history = CaseHistory()
    for row in rows { history.append(try EventRow(row).event()) }
    return history
  }

  /// Counties that have a case of this number.
  func counties(ofCase number: String) throws -> [DivisionCode] {
    try String.fetchAll(db, sql: "SELECT DISTINCT county FROM case_event WHERE number = ?", arguments: [number])
      .compactMap { DivisionCode($0) }
  }

  /// The histories of all selected parcels in the order of county, campaign and code.
  package func histories(_ selection: Selection, known: Int?) throws -> [History] {
    var conditions = ["event.position <= ?"]
    var arguments: StatementArguments = [known ?? Int.max]
    for (column, values) in [
      ("county", selection.counties.map(\.digits)), ("campaign", selection.campaigns), ("code", selection.codes),
    ] where !values.isEmpty {
      conditions.append("parcel.\(column) IN (\(values.map { _ in "?" }.joined(separator: ", ")))")
      arguments += StatementArguments(values)
    }
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT \(Self.eventColumns("event")), parcel.campaign, parcel.code FROM parcel
        JOIN parcel_event ON parcel_event.parcel = parcel.id JOIN event ON event.position = parcel_event.position
        WHERE \(conditions.joined(separator: " AND "))
        ORDER BY parcel.county, parcel.campaign, parcel.code, event.position
        """, arguments: arguments)
    var histories: [History] = []
    while let row = try rows.next() {
      let event = try EventRow(row).event()
      let identity = ParcelIdentity(county: event.county, campaign: row[14], code: row[15])
      if histories.last?.identity == identity {
        histories[histories.count - 1].append(event)
      } else {
        histories.append(History(identity: identity, events: [event]))
      }
    }
    return histories
  }

  /// The state of every selected parcel as of T, known at K; parcels not yet issued then are left out.
  package func states(_ selection: Selection = Selection(), asOf day: Day?, known: Int?) throws -> [ParcelState] {
    try histories(selection, known: known).compactMap { history -> ParcelState? in
      let rules = try rules(of: history.identity.campaign, in: history.identity.county, known: known)
      do {
        return try history.state(asOf: day, rules: rules)
      } catch let error as Refusal {
        throw LedgerError.historyBroken(history.identity, error)
      }
    }
  }

  /// Parcels with this code, in any campaign.
  package func identities(code: String) throws -> [ParcelIdentity] {
    try Row.fetchAll(
      db, sql: "SELECT county, campaign FROM parcel WHERE code = ? ORDER BY county, campaign", arguments: [code]
    ).compactMap { row in
      DivisionCode(row[0] as String).map { ParcelIdentity(county: $0, campaign: row[1], code: code) }
    }
  }

  /// The geometry that came with the event at `position`, in EPSG:4490, longitude first.
  package func geometry(at position: Int) throws -> Polygons {
    let statement = try db.cachedStatement(sql: "SELECT geometry FROM event WHERE position = ?")
    // As long as the cursor is there its row lies where SQLite has it, and no copy of the shape is made.
    let rows = try Row.fetchCursor(statement, arguments: [position])
    let polygons = try withExtendedLifetime(rows) {
      try rows.next()?.withUnsafeData(atIndex: 0) { bytes in bytes.flatMap { try? Polygons(wkb: $0) } }
    }
    guard let polygons else { throw LedgerError.unreadableEvent(position: position) }
    return polygons
  }

  /// Parcels already there whose boxes touch `box` and are wanted, with their geometry, in the order in which it was issued:
  /// what a new batch is matched against.
  ///
  /// - Parameters:
  ///   - isWanted: asked with a parcel's box before its shape is read, which costs the most.
  ///   - shape: what becomes of each shape at once: there may be hundreds of thousands.
  package func parcels<Shape>(
    near box: Envelope, where isWanted: (Envelope) -> Bool = { _ in true }, _ shape: (Polygons) throws -> Shape
  ) throws -> [(identity: ParcelIdentity, shape: Shape)] {
    guard !box.isEmpty else { return [] }
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT county, campaign, code, issue_position, min_x, min_y, max_x, max_y FROM json_each(?) AS cells
        CROSS JOIN parcel ON cell BETWEEN json_extract(cells.value, '$[0]') AND json_extract(cells.value, '$[1]')
        WHERE max_x >= ? AND min_x <= ? AND max_y >= ? AND min_y <= ?
        """, arguments: [BoxGrid.json(BoxGrid.cells(near: box)), box.minX, box.maxX, box.minY, box.maxY])
    var found: [(position: Int, identity: ParcelIdentity)] = []
    var county: DivisionCode?
    while let row = try rows.next() {
      guard isWanted(Envelope(minX: row[4], minY: row[5], maxX: row[6], maxY: row[7])) else { continue }
      let digits: String = row[0]
      if county?.digits != digits { county = DivisionCode(digits) }
      guard let county else { continue }
      found.append((row[3], ParcelIdentity(county: county, campaign: row[1], code: row[2])))
    }
    // In the order of the events, which is also how their rows lie one after the other.
    found.sort { $0.position < $1.position }
    return try found.map { ($0.identity, try shape(geometry(at: $0.position))) }
  }

  // MARK: Deliveries

  /// Whether a file of these bytes was taken in, for whatever campaign.
  package func isDelivered(sha256: String) throws -> Bool {
    try Bool.fetchOne(db, sql: "SELECT 1 FROM delivery WHERE sha256 = ?", arguments: [sha256]) ?? false
  }

  /// A delivery by its bytes.
  package func delivery(sha256: String, campaign: String) throws -> DeliveryRecord? {
    try delivery("sha256 = ? AND campaign = ?", [sha256, campaign])
  }

  /// A delivery by the fingerprints of its records, whatever file they came in.
  package func delivery(content: String, campaign: String) throws -> DeliveryRecord? {
    try delivery("content = ? AND campaign = ?", [content, campaign])
  }

  private func delivery(_ condition: String, _ arguments: StatementArguments) throws -> DeliveryRecord? {
    let row = try Row.fetchOne(
      db,
      sql: """
        SELECT \(Self.eventColumns("event")) FROM delivery JOIN event USING (position) WHERE \(condition) LIMIT 1
        """, arguments: arguments)
    guard let row, case .deliver(let record) = try EventRow(row).event().deed else { return nil }
    return record
  }

  /// Every delivery taken in by K, in order.
  package func deliveries(known: Int?) throws -> [DeliveryRecord] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT \(Self.eventColumns("event")) FROM delivery JOIN event USING (position)
        WHERE position <= ? ORDER BY position
        """, arguments: [known ?? Int.max]
    ).compactMap { row in
      guard case .deliver(let record) = try EventRow(row).event().deed else { return nil }
      return record
    }
  }

  // MARK: Figures

  /// Whether T and K leave the present state as it is, so that the tallies answer.
  private func isPresent(asOf day: Day?, known: Int?) throws -> Bool {
    // Each by its index: one question for both would read all events.
    let last = try Row.fetchOne(
      db, sql: "SELECT (SELECT max(position) FROM event), (SELECT max(effective) FROM event)")
    guard let last, let position = last[0] as Int?, let effective = (last[1] as String?).flatMap(Day.init) else {
      return true
    }
    return (known ?? .max) >= position && (day ?? effective) >= effective
  }

  /// The figures of a status. From the tallies where they can answer; else from the parcels, which is the same.
  package func status(
    _ selection: Selection = Selection(), township: DivisionCode? = nil, by dimension: Status.Dimension = .campaign,
    asOf day: Day? = nil, known: Int? = nil, basis: Campaign.Basis? = nil
  ) throws -> Status {
    let bases = Dictionary(
      try campaigns(known: known).map { ($0.rules.id, basis ?? $0.rules.basis) },
      uniquingKeysWith: { first, _ in first })
    var count = Status.Count(by: dimension) { bases[$0] ?? .declared }
    func add(_ key: TallyKey, _ sums: TallySums, to group: String) {
      if township == nil || key.township == township { count.add(key, sums, to: group) }
    }
    let isTallied = dimension.isTallied && selection.codes.isEmpty
    if try isTallied && isPresent(asOf: day, known: known) {
      try forEachTally(selection, bases) { key, sums in add(key, sums, to: key.group(dimension)) }
    } else {
      for state in try states(selection, asOf: day, known: known) {
        let rules = try rules(of: state.identity.campaign, in: state.identity.county, known: known)
        let (key, sums) = state.tally(rules: rules)
        add(key, sums, to: state.group(dimension, key))
      }
    }
    return count.status
  }

  /// The rows of the table `tally`, each with what counts in its campaign alone.
  private func forEachTally(
    _ selection: Selection, _ bases: [String: Campaign.Basis], _ body: (TallyKey, TallySums) -> Void
  ) throws {
    let counted = JSON.array(bases.map { .array([.string($0.key), .string($0.value.rawValue)]) })
    let cursor = try Row.fetchCursor(
      db,
      sql: """
        SELECT county, campaign, batch, township, part, rectification, flags, measure, basis, \(Projection.sums)
        FROM tally WHERE (campaign, basis) IN (SELECT value ->> 0, value ->> 1 FROM json_each(?))
        """, arguments: [counted.text])
    // Rows of one county and township follow one another.
    var (county, township): (DivisionCode?, DivisionCode?)
    while let row = try cursor.next() {
      let (countyDigits, townshipDigits): (String, String) = (row[0], row[3])
      if county?.digits != countyDigits { county = DivisionCode(countyDigits) }
      if township?.digits ?? "" != townshipDigits { township = DivisionCode(townshipDigits) }
      guard let county, let part = Stage.Part(rawValue: row[4]),
        let stage = Stage(part: part, rectification: RectificationStage(rawValue: row[5])),
        let basis = Campaign.Basis(rawValue: row[8])
      else { throw LedgerError.database("tally") }
      let measure: String = row[7]
      let key = TallyKey(
        county: county, campaign: row[1], batch: row[2], township: township, stage: stage,
        flags: Flags(rawValue: row[6]), measure: measure.isEmpty ? nil : measure)
      let counted = TallyRow(row, from: 9)
      let sums = TallySums(counted.total, basis, restored: counted.restored)
      guard selection.counties.isEmpty || selection.counties.contains(key.county),
        selection.campaigns.isEmpty || selection.campaigns.contains(key.campaign)
      else { continue }
      body(key, sums)
    }
  }

  static func eventColumns(_ table: String) -> String {
    EventRow.columns.split(separator: ", ").map { "\(table).\($0)" }.joined(separator: ", ")
  }
}

extension TallyKey {
  /// The group of a tallied dimension; empty where it is not known.
  func group(_ dimension: Status.Dimension) -> String {
    switch dimension {
    case .campaign: campaign
    case .county: county.digits
    case .township: township?.digits ?? ""
    case .batch: batch
    case .village, .district, .ground, .month: ""
    }
  }
}

extension ParcelState {
  fileprivate func group(_ dimension: Status.Dimension, _ key: TallyKey) -> String {
    switch dimension {
    case .campaign, .county, .township, .batch: key.group(dimension)
    case .village: assignment.village ?? measured.village?.digits ?? ""
    case .district: assignment.district ?? ""
    case .ground: determination?.ground ?? ""
    case .month: String(issued.description.prefix(7))
    }
  }
}

extension Statement {
  fileprivate func row(_ arguments: StatementArguments) throws -> Row? { try Row.fetchOne(self, arguments: arguments) }
  fileprivate func rows(_ arguments: StatementArguments) throws -> [Row] {
    try Row.fetchAll(self, arguments: arguments)
  }
}
