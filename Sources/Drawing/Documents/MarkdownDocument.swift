/// Blocks as Markdown with pipe tables (GitHub Flavored Markdown), every text escaped.
package struct MarkdownDocument: Hashable, Sendable {
  package var title: String
  package var blocks: [Block]

  package init(title: String, blocks: [Block] = []) {
    (self.title, self.blocks) = (title, blocks)
  }

  package func render() -> String {
    ([Block.heading(level: 1, title)] + blocks).map(Self.render).joined(separator: "\n\n") + "\n"
  }

  private static func render(_ block: Block) -> String {
    switch block {
    case .heading(let level, let text): String(repeating: "#", count: min(max(level, 1), 6)) + " " + escaped(text)
    case .paragraph(let text): escapedAtStart(text)
    case .note(let text): "> " + escapedAtStart(text)
    case .list(let items): items.map { "- " + escapedAtStart($0) }.joined(separator: "\n")
    case .definitions(let entries):
      entries.map { "- \(escapedAtStart($0.term)): \(escaped($0.meaning))" }.joined(separator: "\n")
    case .table(let table): render(table)
    case .figure(_, let caption): escapedAtStart(caption)
    }
  }

  private static func render(_ table: Table) -> String {
    func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }
    var lines: [String] = []
    if let caption = table.caption { lines += [strong(escaped(caption)), ""] }
    lines.append(line(table.columns.map { escaped($0.title) }))
    lines.append(
      line(
        table.columns.map {
          switch $0.kind {
          case .text: "---"
          case .number: "---:"
          case .day: ":---:"
          }
        }))
    lines += table.rows.map { line($0.map { escaped($0.plain) }) }
    if let total = table.total { lines.append(line(total.map { strong(escaped($0.plain)) })) }
    for note in table.notes { lines += ["", escapedAtStart(note)] }
    return lines.joined(separator: "\n")
  }

  private static func strong(_ text: String) -> String { text.isEmpty ? "" : "**\(text)**" }
}

/// `text` on one line with nothing in it that Markdown or HTML inside Markdown would read.
private func escaped(_ text: String) -> String {
  var result = ""
  let line = printable(text).split(whereSeparator: \.isWhitespace).joined(separator: " ")
  for scalar in line.unicodeScalars {
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    // `:` and `@` keep addresses from becoming links by themselves.
    case "\\", "`", "*", "_", "[", "]", "|", "~", "#", "!", "@", "$": result += "\\\(scalar)"
    case ":": result += "\\:"
    case "." where result.lowercased().hasSuffix("www"): result += "\\."
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}

/// The same at the beginning of a block, where signs and numbers would start a list or a heading.
private func escapedAtStart(_ text: String) -> String {
  let line = escaped(text)
  guard let first = line.unicodeScalars.first else { return line }
  if "+-=".unicodeScalars.contains(first) { return "\\" + line }
  let digits = line.prefix { $0.isASCII && $0.isNumber }
  let rest = line.dropFirst(digits.count)
  guard !digits.isEmpty, let mark = rest.first, mark == "." || mark == ")" else { return line }
  return digits + "\\" + rest
}
