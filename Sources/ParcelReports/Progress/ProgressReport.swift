import Drawing
package import Geodata
package import ParcelLedger
package import ParcelModel

/// 整改进展报告: where every campaign stands as of T, known at K. A value of its inputs: it reads no clock.
package struct ProgressReport: Sendable {
  /// A township on the map.
  package struct Township: Hashable, Sendable {
    package var code: DivisionCode
    package var name: String
    /// Longitude and latitude in degrees.
    package var borders: Polygons

    package init(code: DivisionCode, name: String, borders: Polygons) {
      (self.code, self.name, self.borders) = (code, name, borders)
    }
  }

  /// A parcel and the middle of its box.
  struct Placed: Sendable {
    var parcel: ParcelState
    var at: Point
  }

  /// The figures of one campaign in one township.
  struct Share: Sendable {
    var campaign: String
    var township: DivisionCode?
    var group: Status.Group
    var overdue: Total
  }

  /// Of the county.
  package let name: String
  package let cutOff: CutOff
  /// The version of the program.
  package let program: String
  package let language: Language
  package let rules: Rulebook
  package let byCampaign: Status
  package let byTownship: Status
  let overdueByCampaign: Overdue
  let overdueByTownship: Overdue
  let shares: [Share]
  let townships: [Township]
  let parcels: [ParcelState]
  let placed: [Placed]
  let deliveries: [DeliveryRecord]

  /// What must be rectified and is not closed, in the order of campaign, township and code.
  package let outstanding: [ParcelState]

  /// - Parameters:
  ///   - name: of the county.
  ///   - townships: with their borders in degrees, longitude first; none: the map shows parcels alone.
  ///   - program: the version of the program, which the report names.
  package init(
    _ snapshot: Snapshot, _ selection: Selection = Selection(), name: String, townships: [Township], cutOff: CutOff,
    program: String, language: Language
  ) throws {
    (self.name, self.cutOff, self.program, self.language) = (name, cutOff, program, language)
    self.townships = townships.sorted { $0.code < $1.code }
    let rules = try Rulebook(
      snapshot, known: cutOff.position,
      townships: Dictionary(townships.map { ($0.code, $0.name) }, uniquingKeysWith: { first, _ in first }))
    self.rules = rules
    let parcels = try snapshot.states(selection, asOf: cutOff.asOf, known: cutOff.position)
    self.parcels = parcels
    let rows = parcels.map { Row($0, rules[$0.identity], asOf: cutOff.asOf) }
    let bases = Dictionary(rules.campaigns.map { ($0.id, $0.basis) }, uniquingKeysWith: { first, _ in first })
    func status(_ rows: [Row], by dimension: Status.Dimension) -> Status {
      var count = Status.Count(by: dimension) { bases[$0] ?? .declared }
      for row in rows { count.add(row.key, row.sums, to: row.group(dimension)) }
      return count.status
    }
    let overdue = rows.filter(\.isOverdue)
    byCampaign = status(rows, by: .campaign)
    byTownship = status(rows, by: .township)
    overdueByCampaign = Overdue([status(overdue, by: .campaign)])
    overdueByTownship = Overdue([status(overdue, by: .township)])
    shares = Dictionary(grouping: rows, by: \.key.campaign).sorted { $0.key < $1.key }.flatMap { campaign, rows in
      let overdue = Overdue([status(rows.filter(\.isOverdue), by: .township)])
      return status(rows, by: .township).groups.map { group in
        Share(
          campaign: campaign, township: DivisionCode(group.key), group: group,
          overdue: overdue.byGroup[group.key] ?? Total())
      }
    }
    placed = try parcels.compactMap { parcel in
      let box = try snapshot.geometry(at: parcel.issuePosition).envelope
      return box.isEmpty ? nil : Placed(parcel: parcel, at: box.center)
    }
    deliveries = try snapshot.deliveries(known: cutOff.position).filter { delivery in
      delivery.issued <= cutOff.asOf
        && (selection.campaigns.isEmpty || selection.campaigns.contains(delivery.campaign))
    }
    outstanding = zip(parcels, rows).filter { $0.0.isOpen }.sorted { a, b in
      (a.1.key.campaign, a.1.group(.township), a.0.identity.code)
        < (b.1.key.campaign, b.1.group(.township), b.0.identity.code)
    }.map(\.0)
  }

  private struct Row {
    var key: TallyKey
    var sums: TallySums
    var isOverdue: Bool

    init(_ parcel: ParcelState, _ rules: Campaign, asOf day: Day) {
      (key, sums) = parcel.tally(rules: rules)
      isOverdue = parcel.isOverdue(rules, asOf: day)
    }

    func group(_ dimension: Status.Dimension) -> String {
      dimension == .campaign ? key.campaign : key.township?.digits ?? ""
    }
  }

  // MARK: Media

  package var title: String { Messages.progressTitle(name).text(language) }

  package var html: String { HTMLDocument(title: title, language: language, blocks: blocks).render() }

  package var markdown: String { MarkdownDocument(title: title, blocks: blocks).render() }

  /// The figures of every campaign in every township in long form: sums over the rows are the report's totals.
  package var csv: String { CSV(figures).render() }
}
