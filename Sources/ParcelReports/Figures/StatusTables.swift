package import Drawing
package import Geodata
package import ParcelModel

/// The figures of a status as tables: one row a group, the total below.
package struct StatusTables: Sendable {
  package var status: Status
  /// Titles of groups by their key.
  package var names: [String: String]
  package var overdue: Overdue
  package var rates: [Rate]
  package var language: Language

  package init(
    _ status: Status, names: [String: String], overdue: Overdue = Overdue(), rates: [Rate] = Rate.allCases,
    language: Language
  ) {
    (self.status, self.names, self.overdue) = (status, names, overdue)
    (self.rates, self.language) = (rates, language)
  }

  /// Overview, the eight parts in each unit, rectification, rates.
  package var tables: [Table] {
    [overview, parts(.count), parts(.area), parts(.farmland), rectification, ratesTable]
  }

  /// A unit in which figures are counted.
  package enum Unit: String, CaseIterable, Sendable {
    case count, area, farmland

    func cell(_ total: Total) -> Cell {
      switch self {
      case .count: .count(total.count)
      case .area: .area(total.area)
      case .farmland: .area(total.farmland)
      }
    }
  }

  /// What was issued, what must be rectified, what is closed, and how much that is.
  package var overview: Table {
    func title(_ figure: Message, _ unit: Unit) -> Table.Column { number(Messages.figure(figure, in: unit)) }
    return table(
      caption: Messages.overview,
      columns: [
        title(Messages.issued, .count), title(Messages.issued, .area), title(Messages.issued, .farmland),
        title(Messages.mustRectify, .count), title(Messages.mustRectify, .farmland),
        title(Messages.closed, .count), title(Messages.closed, .farmland),
        number(Messages.rate(.rectification, in: .count)), number(Messages.rate(.rectification, in: .farmland)),
      ],
      notes: basisNotes
    ) { group in
      let closed = group.rectification(.closed)
      let rate = group.figures(.rectification)
      return [
        .count(group.issued.count), .area(group.issued.area), .area(group.issued.farmland),
        .count(group.mustRectify.count), .area(group.mustRectify.farmland),
        .count(closed.count), .area(closed.farmland),
        rate.count?.percentCell ?? .empty, rate.farmland.percentCell,
      ]
    }
  }

  /// The partition by determination; it adds up to what was issued.
  package func parts(_ unit: Unit) -> Table {
    table(
      caption: Messages.parts(in: unit),
      columns: [number(Messages.issued)] + Stage.Part.allCases.map { number(ParcelModel.Messages.part($0)) },
      notes: unit == .count ? [] : [Messages.basisNote(status.basis).text(language)]
    ) { group in
      [unit.cell(group.issued)] + Stage.Part.allCases.map { unit.cell(group.part($0)) }
    }
  }

  /// The partition by rectification and what lies across it.
  package var rectification: Table {
    let stages = RectificationStage.allCases
    return table(
      caption: Messages.rectificationCaption,
      columns: [number(Messages.mustRectify)] + stages.map { number(ParcelModel.Messages.rectification($0)) } + [
        number(Messages.penalizedAndOpen), number(Messages.overdue), number(Messages.restoredArea),
        number(Messages.restoredFarmland),
      ]
    ) { group in
      [.count(group.mustRectify.count)] + stages.map { .count(group.rectification($0).count) } + [
        .count(group.flag("penalised").count), .count(overdue(group).count), .area(group.restored.area),
        .area(group.restored.farmland),
      ]
    }
  }

  package var ratesTable: Table {
    table(
      caption: Messages.ratesCaption,
      columns: rates.flatMap { rate in Self.units(of: rate).map { number(Messages.rate(rate, in: $0)) } },
      notes: rates.map { "\($0.title.text(language))\(Messages.colon.text(language))\($0.definition.text(language))" }
        + [Messages.zeroDenominator.text(language)]
    ) { group in
      rates.flatMap { rate in
        Self.units(of: rate).map { group.figures(rate).quotient(in: $0)?.percentCell ?? .empty }
      }
    }
  }

  /// 恢复耕地率 is one of farmland.
  static func units(of rate: Rate) -> [Unit] { rate == .restoration ? [.farmland] : [.count, .farmland] }

  private func overdue(_ group: Status.Group) -> Total {
    // Only the total has no key of its own; a group of what is not known has the empty one too.
    group == status.total ? overdue.total : overdue.byGroup[group.key] ?? Total()
  }

  private var basisNotes: [String] {
    let fallbacks = status.total.issued.fallbacks
    return [Messages.basisNote(status.basis).text(language)]
      + (fallbacks > 0 ? [Messages.fallbacks(fallbacks).text(language)] : [])
  }

  private func number(_ title: Message) -> Table.Column { Table.Column(title.text(language), .number) }

  private func table(
    caption: Message, columns: [Table.Column], notes: [String] = [], row: (Status.Group) -> [Cell]
  ) -> Table {
    Table(
      caption: caption.text(language),
      columns: [Table.Column(Messages.dimension(status.dimension).text(language))] + columns,
      rows: status.groups.map { [.text(title(of: $0))] + row($0) },
      total: [.text(ParcelModel.Messages.total.text(language))] + row(status.total), notes: notes)
  }

  private func title(of group: Status.Group) -> String {
    group.key.isEmpty ? Messages.notKnown.text(language) : names[group.key] ?? group.key
  }
}

extension RateFigures {
  func quotient(in unit: StatusTables.Unit) -> Quotient? {
    switch unit {
    case .count: count
    case .area: area
    case .farmland: farmland
    }
  }
}
