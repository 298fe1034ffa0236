package import Drawing
package import Geodata
package import ParcelModel

/// Parcels as `parcels list` shows them: one row each, the sums below.
package struct ParcelTable: Sendable {
  package var table: Table

  package init(_ parcels: [ParcelState], rules: Rulebook, language: Language, caption: String? = nil) {
    func column(_ title: Message, _ kind: Table.Column.Kind = .text) -> Table.Column {
      Table.Column(title.text(language), kind)
    }
    func register(_ column: RegisterColumn, _ kind: Table.Column.Kind = .text) -> Table.Column {
      Table.Column(column.title.text(language), kind)
    }
    table = Table(
      caption: caption,
      columns: [
        register(.code), register(.campaign), register(.batch), register(.township), register(.stage),
        register(.declaredArea, .number), register(.declaredFarmland, .number), register(.determination),
        register(.ground), register(.closed, .day), column(Messages.findings),
      ])
    var (area, farmland) = (Mu.zero, Mu.zero)
    for parcel in parcels {
      func cell(_ column: RegisterColumn) -> Cell {
        Cell(column.cell(of: parcel, rules: rules[parcel.identity], townships: rules.townships, language: language))
      }
      table.add([
        cell(.code), cell(.campaign), cell(.batch), cell(.township), cell(.stage), cell(.declaredArea),
        cell(.declaredFarmland), cell(.determination), cell(.ground), cell(.closed),
        .text(parcel.issue.findings.map(\.rawValue).joined(separator: " ")),
      ])
      if let declared = parcel.issue.declared.area { area += Mu(declared) }
      if let declared = parcel.issue.declared.farmland { farmland += Mu(declared) }
    }
    table.close(
      total: [.text(Messages.totalOfParcels(parcels.count).text(language))] + Array(repeating: .empty, count: 4)
        + [.area(area), .area(farmland)] + Array(repeating: .empty, count: 4))
  }
}

extension Cell {
  init(_ cell: RegisterCell) {
    self =
      switch cell {
      case .empty: .empty
      case .text(let text): .text(text)
      case .mu(let area): .area(area)
      case .day(let day): .day(day)
      }
  }
}
