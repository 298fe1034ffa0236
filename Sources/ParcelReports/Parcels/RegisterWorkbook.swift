package import Drawing
package import Geodata
package import ParcelModel

/// The register (台账) as it is exported: one wide row a parcel, which clerks edit and import again.
package struct RegisterWorkbook: Sendable {
  package var table: Table
  private let mark: RegisterMark

  /// - Parameters:
  ///   - name: of the county, for the title.
  ///   - mark: what the import recognises the ledger's state by.
  package init(
    _ parcels: [ParcelState], rules: Rulebook, name: String, asOf: Day, mark: RegisterMark, language: Language
  ) {
    self.mark = mark
    let columns = RegisterColumn.allCases
    table = Table(
      caption: ParcelModel.Messages.registerTitle(name: name, asOf: asOf.description).text(language) + "  " + mark.text,
      columns: columns.map { column in
        let kind: Table.Column.Kind =
          switch column.kind {
          case .text: .text
          case .mu: .number
          case .day: .day
          }
        return Table.Column(column.title.text(language), kind, width: column.width)
      })
    var sums = [Mu](repeating: .zero, count: columns.count)
    for parcel in parcels {
      let cells = columns.map {
        $0.cell(of: parcel, rules: rules[parcel.identity], townships: rules.townships, language: language)
      }
      for (index, cell) in cells.enumerated() {
        if case .mu(let area) = cell { sums[index] += area }
      }
      table.add(cells.map { Cell($0) })
    }
    table.close(
      total: zip(columns, sums).map { column, sum in
        switch (column, column.kind) {
        case (.code, _): .text(Messages.totalOfParcels(parcels.count).text(language))
        case (_, .mu): .area(sum)
        case (_, .text), (_, .day): .empty
        }
      })
  }

  package func workbook(_ language: Language) -> Workbook {
    Workbook(sheets: [.init(name: Messages.registerSheet.text(language), table: table)])
  }

  /// A CSV file has no title: the mark stands in a column of its own, in every row, whatever rows are taken out.
  package func csv(_ language: Language) -> String {
    let marked = Table(
      columns: table.columns + [Table.Column(Messages.registerMark.text(language))],
      rows: table.rows.map { $0 + [.text(mark.text)] }, total: table.total.map { $0 + [.empty] })
    return CSV(marked).render()
  }
}

extension RegisterColumn {
  /// In digits.
  fileprivate var width: Double {
    switch self {
    case .code: 24
    case .project, .note: 28
    case .campaign, .party, .office, .ground: 20
    case .stage: 18
    case .batch, .township, .village, .responsible, .review, .determination, .measure: 14
    case .issued, .filed, .determined, .started, .completed, .accepted, .closed: 13
    case .declaredArea, .declaredFarmland, .measuredArea, .determinedArea, .determinedFarmland, .restoredArea,
      .restoredFarmland:
      12
    }
  }
}
