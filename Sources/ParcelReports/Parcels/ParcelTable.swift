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
    var sum = Total()
    for parcel in parcels {
      // What a total counts: the declared figure, or the measured one in its stead.
      let counted = parcel.total(.declared)
      sum += counted
      func cell(_ column: RegisterColumn) -> Cell {
        Cell(column.cell(of: parcel, rules: rules[parcel.identity], townships: rules.townships, language: language))
      }
      table.add([
        cell(.code), cell(.campaign), cell(.batch), cell(.township), cell(.stage), .area(counted.area),
        .area(counted.farmland), cell(.determination), cell(.ground), cell(.closed),
        .text(parcel.issue.findings.map(\.rawValue).joined(separator: " ")),
      ])
    }
    table.close(
      total: [.text(Messages.totalOfParcels(parcels.count).text(language))] + Array(repeating: .empty, count: 4)
        + [.area(sum.area), .area(sum.farmland)] + Array(repeating: .empty, count: 4))
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
