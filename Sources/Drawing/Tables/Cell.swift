package import Geodata

/// What one place in a table holds; every medium prints it from this value.
package enum Cell: Hashable, Sendable {
  case empty
  /// Always text: a code of 18 digits never becomes a number, a leading `=` never a formula.
  case text(String)
  /// A number printed with a fixed number of decimals, half away from zero.
  case number(Double, decimals: Int)
  case day(Day)

  package static func count(_ value: Int) -> Cell { .number(Double(value), decimals: 0) }
  package static func area(_ value: Mu) -> Cell { .number(value.value, decimals: 2) }
  package static func area(_ value: SquareMeters) -> Cell { .number(value.value, decimals: 2) }

  /// The cell as it is read: a point, no grouping; a number that does not exist is a dash.
  package var plain: String {
    switch self {
    case .empty: ""
    case .text(let text): printable(text)
    case .number(let value, let decimals): fixed(value, decimals: decimals) ?? "—"
    case .day(let day): day.description
    }
  }
}

/// `value` with exactly `decimals` places, or nothing where it is no finite number.
func fixed(_ value: Double, decimals: Int) -> String? {
  guard value.isFinite else { return nil }
  var power: UInt64 = 1
  for _ in 0..<decimals { power *= 10 }
  let scaled = (value.magnitude * Double(power)).rounded(.toNearestOrAwayFromZero)
  guard let units = UInt64(exactly: scaled) else { return "\(value)" }
  let sign = value < 0 && units > 0 ? "-" : ""
  guard decimals > 0 else { return "\(sign)\(units)" }
  let fraction = String(units % power)
  return "\(sign)\(units / power).\(String(repeating: "0", count: decimals - fraction.count))\(fraction)"
}

/// `value` with at most `decimals` places and no more than it needs; 0 where it is no finite number.
func shortest(_ value: Double, decimals: Int) -> String {
  guard let text = fixed(value, decimals: decimals) else { return "0" }
  guard text.contains(".") else { return text }
  return String(text.reversed().drop { $0 == "0" }.drop(while: { $0 == "." }).reversed())
}

/// `text` with what no document may contain replaced by U+FFFD: control characters (tab and line feed stay),
/// noncharacters, and the direction marks by which a delivered text could turn around the words beside it.
/// CR LF and CR become LF.
func printable(_ text: String) -> String {
  guard text.unicodeScalars.contains(where: isUnprintable) else { return text }
  var result = String.UnicodeScalarView()
  var afterReturn = false
  for scalar in text.unicodeScalars {
    if scalar == "\r" {
      result.append("\n")
    } else if scalar != "\n" || !afterReturn {
      result.append(isUnprintable(scalar) ? "\u{FFFD}" : scalar)
    }
    afterReturn = scalar == "\r"
  }
  return String(result)
}

private func isUnprintable(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x09, 0x0A: false
  case 0x00..<0x20, 0x7F...0x9F, 0x202A...0x202E, 0x2066...0x2069, 0xFDD0...0xFDEF: true
  default: scalar.value & 0xFFFE == 0xFFFE
  }
}
