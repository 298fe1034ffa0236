package import Drawing

/// A table as aligned text. Too wide for its terminal, heads wrap first, then long texts are cut, then columns go into
/// blocks below each other that repeat the first column.
package struct TerminalTable: Sendable {
  private let table: Table
  private let width: Int?
  private let isColored: Bool

  /// - Parameters:
  ///   - width: columns of the terminal; nothing where the text goes elsewhere: then nothing is cut.
  package init(_ table: Table, width: Int?, isColored: Bool) {
    (self.table, self.width, self.isColored) = (table, width, isColored)
  }

  private static let gap = 2
  /// No text is cut shorter than this.
  private static let shortestText = 14

  /// The lines, each with its end.
  package var text: String {
    let titles = table.columns.map { TerminalText.line($0.title) }
    let rows = table.rows.map { $0.map(TerminalText.cell) }
    let total = table.total.map { $0.map(TerminalText.cell) }
    let layout = Layout(table, titles: titles, rows: rows + (total.map { [$0] } ?? []), width: width)
    var lines: [String] = []
    if let caption = table.caption { lines += [bold(TerminalText.line(caption))] }
    for (number, block) in layout.blocks.enumerated() {
      if number > 0 { lines.append("") }
      let heads = block.map { TerminalText.wrapped(titles[$0], to: layout.widths[$0]) }
      let height = heads.map(\.count).max() ?? 1
      for line in 0..<height {
        let cells = heads.map { head in
          let missing = height - head.count
          return line < missing ? "" : head[line - missing]
        }
        lines.append(bold(self.line(cells, block, layout)))
      }
      let rule = trimmed(
        block.map { String(repeating: "-", count: layout.widths[$0]) }.joined(
          separator: String(repeating: " ", count: Self.gap)))
      lines.append(rule)
      lines += rows.map { row in line(block.map { row[$0] }, block, layout) }
      if let total {
        lines.append(rule)
        lines.append(bold(line(block.map { total[$0] }, block, layout)))
      }
    }
    for note in table.notes {
      lines += width.map { TerminalText.wrapped(TerminalText.line(note), to: $0) } ?? [TerminalText.line(note)]
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private func line(_ cells: [String], _ block: [Int], _ layout: Layout) -> String {
    let padded = zip(cells, block).map { text, column in
      TerminalText.padded(
        TerminalText.cut(text, to: layout.widths[column]), to: layout.widths[column],
        right: table.columns[column].kind == .number)
    }
    return trimmed(padded.joined(separator: String(repeating: " ", count: Self.gap)))
  }

  private func trimmed(_ text: String) -> String {
    var text = text
    while text.last == " " { text.removeLast() }
    return text
  }

  private func bold(_ text: String) -> String { isColored ? "\u{1B}[1m\(text)\u{1B}[0m" : text }

  /// How wide columns are, and which stand beside each other.
  private struct Layout {
    var widths: [Int]
    var blocks: [[Int]]

    init(_ table: Table, titles: [String], rows: [[String]], width: Int?) {
      let columns = Array(table.columns.indices)
      let cells = columns.map { column in max(1, rows.map { TerminalText.columns($0[column]) }.max() ?? 0) }
      widths = zip(cells, titles).map { max($0, TerminalText.columns($1)) }
      blocks = [columns]
      guard let width else { return }
      func sum(_ block: [Int]) -> Int {
        block.reduce(-gap) { $0 + widths[$1] + gap }
      }
      if sum(columns) > width {
        for column in columns { widths[column] = max(cells[column], Self.wrappedWidth(of: titles[column])) }
      }
      // The longest text gives way first, one column at a time.
      while sum(columns) > width,
        let longest = columns.filter({ table.columns[$0].kind == .text && $0 > 0 && widths[$0] > shortestText })
          .max(by: { widths[$0] < widths[$1] })
      {
        widths[longest] -= 1
      }
      guard sum(columns) > width else { return }
      blocks = []
      var block = [0]
      for column in columns.dropFirst() {
        if sum(block + [column]) > width, block.count > 1 {
          blocks.append(block)
          block = [0]
        }
        block.append(column)
      }
      blocks.append(block)
    }

    /// The least width in which a head takes no more than three lines.
    private static func wrappedWidth(of title: String) -> Int {
      let whole = TerminalText.columns(title)
      guard whole > 6 else { return whole }
      return (6...whole).first { width in
        let lines = TerminalText.wrapped(title, to: width)
        return lines.count <= 3 && lines.allSatisfy { TerminalText.columns($0) <= width }
          && !breaksWords(lines, of: title)
      } ?? whole
    }

    private static func breaksWords(_ lines: [String], of title: String) -> Bool {
      let words = Set(title.split(separator: " "))
      guard title.allSatisfy(\.isASCII) else { return false }
      return !lines.allSatisfy { $0.split(separator: " ").allSatisfy(words.contains) }
    }
  }
}
