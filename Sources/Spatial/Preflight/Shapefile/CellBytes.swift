import Geodata
import Glibc

/// What the bytes of one cell say.
enum CellBytes {
  /// GDAL ends every cell at its first NUL.
  static func beforeNUL(_ cell: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    guard let start = cell.baseAddress, let found = memchr(start, 0, cell.count) else { return cell }
    return cell.part(0..<(UnsafeRawPointer(found) - start))
  }

  static func trimmedEnd(_ cell: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    var end = cell.count
    // Cells are mostly padding.
    while end >= 8, cell.loadUnaligned(fromByteOffset: end - 8, as: UInt64.self) == 0x2020_2020_2020_2020 { end -= 8 }
    while end > 0, cell[end - 1] == 0x20 { end -= 1 }
    return cell.part(0..<end)
  }

  private static func trimmed(_ cell: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    let ended = trimmedEnd(cell)
    return ended.part((ended.firstIndex { $0 != 0x20 } ?? ended.count)..<ended.count)
  }

  /// Whether GDAL reads the cell as what its writer wrote.
  static func isValue(_ cell: UnsafeRawBufferPointer, of field: TableLayout.Field) -> Bool {
    let text = beforeNUL(cell)
    guard text.count == cell.count || cell[text.count...].allSatisfy({ $0 == 0x00 || $0 == 0x20 }) else { return false }
    if field.kind == .text { return true }
    let value = trimmed(text)
    if value.isEmpty { return true }
    switch field.kind {
    case .text: return true
    case .number, .float: return isNumber(value, of: field)
    case .day: return isDay(value)
    case .logical: return value.count == 1 && "TtFfYyNn?".utf8.contains(value[0])
    }
  }

  /// What dBASE writes for a number that its field is too narrow for.
  static func isOverflow(_ cell: UnsafeRawBufferPointer) -> Bool {
    let value = trimmed(beforeNUL(cell))
    return !value.isEmpty && value.allSatisfy { $0 == UInt8(ascii: "*") }
  }

  /// Sign, digits, one point, digits; a power of ten where the field has decimals, as ESRI programs write. A decimal
  /// comma is none: GDAL stops reading there.
  private static func isNumber(_ text: UnsafeRawBufferPointer, of field: TableLayout.Field) -> Bool {
    var rest = text[...]
    func digits() -> Int {
      let run = rest.prefix { (0x30...0x39).contains($0) }
      rest = rest.dropFirst(run.count)
      return run.count
    }
    func sign() { if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() } }
    sign()
    let whole = digits()
    var fraction = 0
    if rest.first == UInt8(ascii: ".") {
      rest = rest.dropFirst()
      let zeros = rest.prefix { $0 == 0x30 }.count
      fraction = digits()
      // A field of whole numbers is read up to its point.
      if field.decimals == 0, fraction > zeros { return false }
    }
    guard whole + fraction > 0 else { return false }
    if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
      rest = rest.dropFirst()
      sign()
      guard field.decimals > 0, digits() > 0 else { return false }
      return rest.isEmpty && Double(String(decoding: text, as: UTF8.self))?.isFinite == true
    }
    return rest.isEmpty && (field.decimals > 0 || whole <= 15 || keepsDigits(text, of: field))
  }

  /// GDAL reads whole numbers of fields wider than 18 as floating-point numbers, which cannot hold every code of 18
  /// digits.
  private static func keepsDigits(_ text: UnsafeRawBufferPointer, of field: TableLayout.Field) -> Bool {
    guard field.width > 18 else { return true }
    let digits = text.prefix { $0 != UInt8(ascii: ".") }
    guard let number = Int64(String(decoding: digits, as: UTF8.self)) else { return false }
    return Int64(exactly: Double(number)) == number
  }

  private static func isDay(_ text: UnsafeRawBufferPointer) -> Bool {
    guard text.count == 8, text.allSatisfy({ (0x30...0x39).contains($0) }) else { return false }
    if text.allSatisfy({ $0 == 0x30 }) { return true }
    func number(_ range: Range<Int>) -> Int { text[range].reduce(0) { $0 * 10 + Int($1 - 0x30) } }
    return Day(year: number(0..<4), month: number(4..<6), day: number(6..<8)) != nil
  }

  /// For people: printable ASCII as it is, other bytes in hexadecimal, the first 40.
  static func shown(_ cell: UnsafeRawBufferPointer) -> String {
    let text = trimmed(cell)
    let bytes = text.prefix(40).map { byte in
      (0x20..<0x7F).contains(byte) ? String(UnicodeScalar(byte)) : "\\x" + hexadecimal(byte)
    }
    return bytes.joined() + (text.count > 40 ? "…" : "")
  }

  private static func hexadecimal(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16, uppercase: true)
    return digits.count == 1 ? "0\(digits)" : digits
  }
}
