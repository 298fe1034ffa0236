/// How wide the columns of a sheet are and how high its rows.
struct WorkbookLayout: Sendable {
  /// In digits of the default face, the unit of spreadsheets.
  let widths: [Double]
  let kinds: [Table.Column.Kind]
  /// Of a row of one line, in points.
  let lineHeight = 18.0

  /// Columns as wide as their cells up to 40; longer texts wrap.
  init(_ table: Table) {
    kinds = table.columns.map(\.kind)
    widths = table.columns.indices.map { index in
      let column = table.columns[index]
      if let width = column.width { return width }
      var widest = min(digits(column.title) * 1.1 + 4, 18)
      for row in table.rows { widest = max(widest, digits(row[index].plain) + 4) }
      if let total = table.total { widest = max(widest, digits(total[index].plain) * 1.1 + 4) }
      return min(max(widest.rounded(.up), 6), 40)
    }
  }

  /// The height of a row whose text wraps, in points; nothing where one line is enough.
  func height(of cells: [Cell]) -> Double? {
    var lines = 1.0
    for (cell, width) in zip(cells, widths) {
      guard case .text = cell else { continue }
      let needed = cell.plain.split(separator: "\n", omittingEmptySubsequences: false)
        .reduce(0) { $0 + max(1, (digits($1) / max(width - 3, 1)).rounded(.up)) }
      lines = max(lines, needed)
    }
    // No row may be higher than 409 points.
    return lines > 1 ? min(4 + 14.5 * lines, 409) : nil
  }

  func height(ofTitle title: String) -> Double {
    let lines = (digits(title) * 1.6 / widths.reduce(0, +)).rounded(.up)
    return min(14 + 22 * max(1, lines), 409)
  }
}

/// The width of the longest line of `text` at 11 points: a Chinese glyph is a little wider than two digits.
private func digits(_ text: some StringProtocol) -> Double {
  text.split(separator: "\n").map { textWidth(String($0), size: 2) * 1.06 }.max() ?? 0
}
