/// Rows under a heading, printed with aligned columns: the first to the left, the others to the right.
struct Table {
  private var rows: [[String]]

  init(_ heading: String...) { rows = [heading] }

  mutating func add(_ cells: String...) { rows.append(cells) }

  func print() {
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    for row in rows {
      let cells = zip(row, widths).enumerated().map { column, cell in
        let padding = String(repeating: " ", count: cell.1 - cell.0.count)
        return column == 0 ? cell.0 + padding : padding + cell.0
      }
      Swift.print(cells.joined(separator: "  "))
    }
  }
}
