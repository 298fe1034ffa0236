import Drawing

/// Text as a terminal shows it: in columns, of which a Chinese glyph takes two.
enum TerminalText {
  /// How many columns `text` takes. Signs that are wide in some faces only (`—`, `…`, `·`) count as one.
  static func columns(_ text: some StringProtocol) -> Int {
    text.reduce(0) { $0 + columns($1) }
  }

  static func columns(_ character: Character) -> Int {
    // What follows the first scalar joins or marks it; an emoji of several is as wide as one.
    guard let first = character.unicodeScalars.first(where: { columns($0) > 0 }) else { return 0 }
    return character.unicodeScalars.contains("\u{FE0F}") ? 2 : columns(first)
  }

  /// Source: Unicode Standard Annex 11, East Asian Width W and F.
  private static func columns(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.value {
    case 0x20..<0x7F: return 1
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0xA4CF, 0xA960...0xA97F,
      0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6,
      0x16FE0...0x18D08, 0x1AFF0...0x1B2FB, 0x1F200...0x1F320, 0x1F32D...0x1F64F, 0x1F680...0x1F6FF,
      0x1F900...0x1FAFF, 0x20000...0x3FFFD:
      return 2
    default:
      switch scalar.properties.generalCategory {
      case .nonspacingMark, .enclosingMark, .format, .control: return 0
      default: return 1
      }
    }
  }

  /// One line with nothing in it that could move the cursor or change colours.
  static func line(_ text: String) -> String {
    Cell.text(text).plain.split(whereSeparator: \.isNewline).joined(separator: " ").replacing("\t", with: " ")
  }

  static func cell(_ cell: Cell) -> String { line(cell.plain) }

  /// `text` in exactly `width` columns, or more where it is wider.
  static func padded(_ text: String, to width: Int, right: Bool = false) -> String {
    let space = String(repeating: " ", count: max(0, width - columns(text)))
    return right ? space + text : text + space
  }

  /// The longest beginning that ends in `…` within `width` columns.
  static func cut(_ text: String, to width: Int) -> String {
    guard columns(text) > width else { return text }
    return beginning(of: text, width: width - 1) + "…"
  }

  /// Lines no wider than `width`: broken at spaces where there are any, between Chinese glyphs, else anywhere.
  static func wrapped(_ text: String, to width: Int) -> [String] {
    let width = max(width, 2)
    var lines: [String] = []
    var rest = text[...]
    while columns(rest) > width {
      var end = rest.index(rest.startIndex, offsetBy: beginning(of: rest, width: width).count)
      if rest[end] != " ", let space = breakPlace(in: rest[..<end], before: rest[end]) { end = space }
      // No line begins with a sign that closes.
      while end > rest.index(after: rest.startIndex), "，。、；：！？）》」』】〕”’％".contains(rest[end]) {
        end = rest.index(before: end)
      }
      // None ends with a sign that opens.
      while end > rest.index(after: rest.startIndex), "（《「『【〔“‘".contains(rest[rest.index(before: end)]) {
        end = rest.index(before: end)
      }
      lines.append(trimmed(rest[..<end]))
      rest = rest[end...].drop { $0 == " " }
    }
    if !rest.isEmpty || lines.isEmpty { lines.append(trimmed(rest)) }
    return lines
  }

  private static func beginning(of text: some StringProtocol, width: Int) -> String {
    var result = ""
    var used = 0
    for character in text {
      used += columns(character)
      guard used <= width || result.isEmpty else { break }
      result.append(character)
    }
    return result
  }

  /// Where a line may end before its last whole column: behind a space or next to a wide glyph.
  private static func breakPlace(in line: Substring, before next: Character) -> String.Index? {
    if columns(next) == 2 { return nil }
    var index = line.endIndex
    while index > line.startIndex {
      let previous = line.index(before: index)
      if line[previous] == " " || columns(line[previous]) == 2 { return index }
      index = previous
    }
    return nil
  }

  private static func trimmed(_ text: Substring) -> String {
    var text = text
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
