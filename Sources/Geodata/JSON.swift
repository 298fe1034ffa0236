/// A JSON value, for what the program prints and writes.
package enum JSON: Hashable, Sendable {
  case null
  case bool(Bool)
  case integer(Int64)
  /// Whole hundredths, printed with at most two decimals: figures never pass through binary fractions.
  case hundredths(Int64)
  case double(Double)
  case string(String)
  case array([JSON])
  case object([String: JSON])

  package init(_ text: String?) { self = text.map { .string($0) } ?? .null }
  package init(_ value: Int) { self = .integer(Int64(value)) }
  package init(_ day: Day?) { self = day.map { .string($0.description) } ?? .null }
  package init(_ area: Mu?) { self = area.map { .hundredths($0.hundredths) } ?? .null }
  package init(_ area: SquareMeters?) { self = area.map { .hundredths($0.hundredths) } ?? .null }

  /// One line with sorted keys.
  package var text: String {
    var text = ""
    write(to: &text, indent: nil)
    return text
  }

  /// Indented by two spaces a level, with sorted keys and a final newline.
  package var prettyText: String {
    var text = ""
    write(to: &text, indent: 0)
    return text + "\n"
  }

  private func write(to text: inout String, indent: Int?) {
    switch self {
    case .null: text += "null"
    case .bool(let value): text += value ? "true" : "false"
    case .integer(let value): text += String(value)
    case .hundredths(let value): text += Self.number(value)
    case .double(let value): text += value.isFinite ? "\(value)" : "null"
    case .string(let value): Self.write(value, to: &text)
    case .array(let elements):
      Self.write(elements.map { (nil, $0) }, "[", "]", to: &text, indent: indent)
    case .object(let members):
      Self.write(members.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }, "{", "}", to: &text, indent: indent)
    }
  }

  private static func number(_ hundredths: Int64) -> String {
    let text = decimal(hundredths: hundredths)
    return text.hasSuffix(".00") ? String(text.dropLast(3)) : text.hasSuffix("0") ? String(text.dropLast()) : text
  }

  private static func write(
    _ members: [(String?, JSON)], _ open: String, _ close: String, to text: inout String, indent: Int?
  ) {
    text += open
    for (index, (key, value)) in members.enumerated() {
      if index > 0 { text += "," }
      if let indent { text += "\n" + String(repeating: "  ", count: indent + 1) }
      if let key {
        write(key, to: &text)
        text += indent == nil ? ":" : ": "
      }
      value.write(to: &text, indent: indent.map { $0 + 1 })
    }
    if let indent, !members.isEmpty { text += "\n" + String(repeating: "  ", count: indent) }
    text += close
  }

  private static func write(_ string: String, to text: inout String) {
    text += "\""
    defer { text += "\"" }
    if string.utf8.allSatisfy({ (0x20..<0x7F).contains($0) && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) {
      text += string
      return
    }
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      // Control characters, and the two line separators that break scripts.
      case _ where scalar.value < 0x20 || scalar.value == 0x7F || scalar.value == 0x2028 || scalar.value == 0x2029:
        let hex = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: text.unicodeScalars.append(scalar)
      }
    }
  }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral,
  ExpressibleByIntegerLiteral
{
  package init(integerLiteral value: Int64) { self = .integer(value) }
  package init(stringLiteral value: String) { self = .string(value) }
  package init(arrayLiteral elements: JSON...) { self = .array(elements) }
  package init(dictionaryLiteral elements: (String, JSON)...) {
    self = .object(Dictionary(elements, uniquingKeysWith: { $1 }))
  }
}
