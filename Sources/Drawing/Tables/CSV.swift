/// A table as comma-separated text that a spreadsheet opens without executing it.
///
/// UTF-8 with a byte order mark, CR LF, cells quoted where they must be (RFC 4180).
package struct CSV: Sendable {
  package var table: Table

  package init(_ table: Table) { self.table = table }

  package func render() -> String {
    var text = "\u{FEFF}"
    func add(_ cells: some Sequence<String>) {
      text += cells.joined(separator: ",")
      text += "\r\n"
    }
    add(table.columns.map { quoted(defused(printable($0.title))) })
    for row in table.rows { add(row.map(field)) }
    if let total = table.total { add(total.map(field)) }
    return text
  }

  private func field(_ cell: Cell) -> String {
    switch cell {
    case .text: quoted(defused(cell.plain))
    case .empty, .number, .day: cell.plain
    }
  }
}

/// `text` behind an apostrophe where a spreadsheet would take it for a formula.
///
/// Spaces of every kind and invisible characters before the sign do not hide it, nor do full-width and small forms.
func defused(_ text: String) -> String {
  for scalar in text.unicodeScalars {
    switch scalar {
    case "=", "+", "-", "@", "＝", "＋", "－", "＠", "﹦", "﹢", "﹣", "﹫": return "'" + text
    default:
      guard scalar.properties.isWhitespace || scalar.properties.isDefaultIgnorableCodePoint else { return text }
    }
  }
  return text
}

private func quoted(_ text: String) -> String {
  let mustQuote = text.unicodeScalars.contains { ",;\"\n\t".unicodeScalars.contains($0) }
  guard mustQuote || text.hasPrefix(" ") || text.hasSuffix(" ") else { return text }
  return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
}
