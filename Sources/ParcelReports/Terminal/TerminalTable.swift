package import Drawing

/// A table as aligned text. Too wide for its terminal, heads wrap first, then long texts are cut or wrapped, then columns
/// go into blocks below each other that repeat the first column.
package struct TerminalTable: Sendable {
  private let table: Table
  private let width: Int?
  private let isColored: Bool
  private let isWrapped: Bool

  /// - Parameters:
  ///   - width: columns of the terminal; nothing where the text goes elsewhere: then nothing is cut.
  ///   - isWrapped: whether a long text continues on further lines rather than being cut.
  package init(_ table: Table, width: Int?, isColored: Bool, isWrapped: Bool = false) {
    (self.table, self.width, self.isColored, self.isWrapped) = (table, width, isColored, isWrapped)
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
      let heads = block.map { layout.heads[$0] }
      lines += stacked(heads, fromBelow: true).map { bold(line($0, block, layout)) }
      let rule = trimmed(
        block.map { String(repeating: "-", count: layout.widths[$0]) }.joined(
          separator: String(repeating: " ", count: Self.gap)))
      lines.append(rule)
      for row in rows { lines += self.lines(of: row, block, layout) }
      if let total {
        lines.append(rule)
        lines += self.lines(of: total, block, layout).map(bold)
      }
    }
    for note in table.notes {
      lines += width.map { TerminalText.wrapped(TerminalText.line(note), to: $0) } ?? [TerminalText.line(note)]
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private func lines(of row: [String], _ block: [Int], _ layout: Layout) -> [String] {
    guard isWrapped else { return [line(block.map { row[$0] }, block, layout)] }
    let cells = block.map { column in
      table.columns[column].kind == .text ? TerminalText.wrapped(row[column], to: layout.widths[column]) : [row[column]]
    }
    return stacked(cells, fromBelow: false).map { line($0, block, layout) }
  }

  /// Cells of several lines as lines of cells, filled up with empty ones above or below.
  private func stacked(_ cells: [[String]], fromBelow: Bool) -> [[String]] {
    let height = cells.map(\.count).max() ?? 1
    return (0..<height).map { line in
      cells.map { lines in
        let index = fromBelow ? line - (height - lines.count) : line
        return lines.indices.contains(index) ? lines[index] : ""
      }
    }
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
    /// The lines of every head.
    var heads: [[String]]
    var blocks: [[Int]]

    init(_ table: Table, titles: [String], rows: [[String]], width: Int?) {
      let columns = Array(table.columns.indices)
      let cells = columns.map { column in max(1, rows.map { TerminalText.columns($0[column]) }.max() ?? 0) }
      func widths(_ heads: [[String]]) -> [Int] {
        zip(cells, heads).map { cell, head in max(cell, head.map(TerminalText.columns).max() ?? 0) }
      }
      func sum(_ block: [Int], _ widths: [Int]) -> Int { block.reduce(-gap) { $0 + widths[$1] + gap } }

      heads = titles.map { [$0] }
      self.widths = widths(heads)
      blocks = [columns]
      guard let width else { return }
      for wrap in [Self.atBrackets, { Self.inThreeLines($0, from: 8) }, { Self.inThreeLines($0, from: 6) }]
      where sum(columns, self.widths) > width {
        heads = titles.map(wrap)
        self.widths = widths(heads)
      }
      // The longest text gives way first, one column at a time.
      var narrowed = self.widths
      while sum(columns, narrowed) > width,
        let longest = columns.filter({ table.columns[$0].kind == .text && $0 > 0 && narrowed[$0] > shortestText })
          .max(by: { narrowed[$0] < narrowed[$1] })
      {
        narrowed[longest] -= 1
      }
      if sum(columns, narrowed) <= width {
        self.widths = narrowed
        fitHeads(titles)
        return
      }
      for column in columns where column > 0 && table.columns[column].kind == .text {
        self.widths[column] = min(self.widths[column], max(shortestText, width - self.widths[0] - gap))
      }
      fitHeads(titles)
      blocks = []
      var block = [0]
      for column in columns.dropFirst() {
        if sum(block + [column], self.widths) > width, block.count > 1 {
          blocks.append(block)
          block = [0]
        }
        block.append(column)
      }
      blocks.append(block)
    }

    /// Heads on one line where their column turned out wide enough, and never wider than it.
    private mutating func fitHeads(_ titles: [String]) {
      for (column, width) in widths.enumerated() {
        heads[column] =
          TerminalText.columns(titles[column]) <= width
          ? [titles[column]] : heads[column].flatMap { TerminalText.wrapped($0, to: width) }
      }
    }

    /// A head with what stands in brackets on a line of its own.
    private static func atBrackets(_ title: String) -> [String] {
      guard let bracket = title.firstIndex(of: "（"), bracket > title.startIndex else { return [title] }
      return [String(title[..<bracket]), String(title[bracket...])]
    }

    /// A head in the least width, but for `least`, in which it takes no more than three lines.
    private static func inThreeLines(_ title: String, from least: Int) -> [String] {
      let whole = TerminalText.columns(title)
      guard whole > least else { return [title] }
      for width in least..<whole {
        let lines = TerminalText.wrapped(title, to: width)
        if lines.count <= 3, !breaksWords(lines, of: title) { return lines }
      }
      return [title]
    }

    private static func breaksWords(_ lines: [String], of title: String) -> Bool {
      let words = Set(title.split(separator: " "))
      guard title.allSatisfy(\.isASCII) else { return false }
      return !lines.allSatisfy { $0.split(separator: " ").allSatisfy(words.contains) }
    }
  }
}
