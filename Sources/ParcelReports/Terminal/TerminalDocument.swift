package import Drawing

/// The blocks of a document as text for a terminal.
package struct TerminalDocument: Sendable {
  package var title: String
  package var blocks: [Block]
  package var width: Int?
  package var isColored: Bool

  package init(title: String, blocks: [Block], width: Int?, isColored: Bool) {
    (self.title, self.blocks, self.width, self.isColored) = (title, blocks, width, isColored)
  }

  package var text: String {
    ([bold(TerminalText.line(title))] + blocks.map(render)).joined(separator: "\n\n") + "\n"
  }

  private func render(_ block: Block) -> String {
    switch block {
    case .heading(_, let text): bold(TerminalText.line(text))
    case .paragraph(let text), .note(let text): lines(text).joined(separator: "\n")
    case .list(let items):
      items.map { item in
        lines(item, indent: 2).enumerated().map { ($0 == 0 ? "- " : "  ") + $1 }.joined(separator: "\n")
      }.joined(separator: "\n")
    case .definitions(let entries): render(entries)
    case .table(let table):
      String(TerminalTable(table, width: width, isColored: isColored, isWrapped: true).text.dropLast())
    case .figure(_, let caption): TerminalText.line(caption)
    }
  }

  private func render(_ entries: [Block.Definition]) -> String {
    let terms = entries.map { TerminalText.line($0.term) }
    let indent = (terms.map(TerminalText.columns).max() ?? 0) + 2
    return zip(terms, entries).map { term, entry in
      lines(entry.meaning, indent: indent).enumerated().map { number, line in
        TerminalText.padded(number == 0 ? term : "", to: indent) + line
      }.joined(separator: "\n")
    }.joined(separator: "\n")
  }

  private func lines(_ text: String, indent: Int = 0) -> [String] {
    let line = TerminalText.line(text)
    guard let width, width - indent >= 20 else { return [line] }
    return TerminalText.wrapped(line, to: width - indent)
  }

  private func bold(_ text: String) -> String { isColored ? "\u{1B}[1m\(text)\u{1B}[0m" : text }
}
