/// One piece of a JSON text.
enum JSONToken {
  case beginObject, endObject, beginArray, endArray
  /// A member's name; its colon is passed already.
  case name
  case string, number, boolean, null
  /// The text is over.
  case end
}

/// Takes a JSON text apart, strictly by RFC 8259; nothing in it can make it recurse or allocate.
///
/// A text in UTF-8 is expected. Nesting is limited to 64 levels.
struct JSONTokens {
  private enum Expected { case value, valueOrEnd, name, nameOrEnd, commaOrEnd, nothing }

  /// How many objects and arrays are open.
  private(set) var depth = 0
  /// The bytes of the last token; of a name or a string those between the quotation marks.
  private(set) var range = 0..<0
  /// The last number.
  private(set) var number = JSONNumber()
  private let text: [UInt8]
  private var offset = 0
  private var expected = Expected.value
  /// Whether the last name or string has escapes.
  private var isEscaped = false
  /// A bit a level, the innermost last: whether what is open there is an object.
  private var objects: UInt64 = 0
  static let limit = 64

  init(_ text: [UInt8]) { self.text = text }

  mutating func next() throws(GeoJSONFault) -> JSONToken {
    skipSpace()
    switch expected {
    case .value: return try value()
    case .valueOrEnd: return peek == UInt8(ascii: "]") ? close(.endArray) : try value()
    case .name: return try name()
    case .nameOrEnd: return peek == UInt8(ascii: "}") ? close(.endObject) : try name()
    case .commaOrEnd: return try commaOrEnd()
    case .nothing: return try end()
    }
  }

  /// Passes what `token` began, if it began anything.
  mutating func skip(_ token: JSONToken) throws(GeoJSONFault) {
    guard token == .beginObject || token == .beginArray else { return }
    let outer = depth - 1
    while depth > outer { _ = try next() }
  }

  /// Passes the next value.
  mutating func skipValue() throws(GeoJSONFault) { try skip(try next()) }

  /// Passes the next value, which comes back where it is a string.
  mutating func nextString() throws(GeoJSONFault) -> String? {
    let token = try next()
    if token == .string { return string }
    try skip(token)
    return nil
  }

  /// The number of the next name of the object that is open, or nothing where the object ends.
  mutating func nextName(of names: inout MemberNames) throws(GeoJSONFault) -> Int? {
    guard try next() == .name else { return nil }
    if let number = names.number(of: self) { return number }
    let place = place(range.lowerBound - 1)
    throw .repeatedMember(string, line: place.line, column: place.column)
  }

  // MARK: What was read

  /// The bytes of the last name or string as they stand in the text, where they need no decoding.
  var plainBytes: ArraySlice<UInt8>? { isEscaped ? nil : text[range] }

  /// The last name or string.
  var string: String { String(decoding: plainBytes ?? unescaped()[...], as: UTF8.self) }

  /// The number in `range`, rounded as usual.
  func exactNumber(_ range: Range<Int>) -> Double {
    Double(String(decoding: text[range], as: UTF8.self)) ?? .nan
  }

  /// Line and column of a byte, from 1.
  func place(_ offset: Int) -> (line: Int, column: Int) {
    let before = text[..<min(offset, text.count)]
    let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    // Bytes that only continue a character are no columns.
    let column = before[start...].count { $0 & 0xC0 != 0x80 } + 1
    return (before.count { $0 == UInt8(ascii: "\n") } + 1, column)
  }

  // MARK: Grammar

  private var peek: UInt8? { offset < text.count ? text[offset] : nil }

  private mutating func skipSpace() {
    while offset < text.count {
      switch text[offset] {
      case 0x20, 0x0A, 0x0D, 0x09: offset += 1
      default: return
      }
    }
  }

  /// What is wrong at `offset`.
  private var fault: GeoJSONFault {
    guard offset < text.count else { return .cut }
    let place = place(offset)
    return .syntax(line: place.line, column: place.column)
  }

  private mutating func value() throws(GeoJSONFault) -> JSONToken {
    guard let byte = peek else { throw .cut }
    switch byte {
    case UInt8(ascii: "{"): return try open(.beginObject)
    case UInt8(ascii: "["): return try open(.beginArray)
    default:
      let token = try scalar(byte)
      expected = depth == 0 ? .nothing : .commaOrEnd
      return token
    }
  }

  private mutating func scalar(_ byte: UInt8) throws(GeoJSONFault) -> JSONToken {
    switch byte {
    case UInt8(ascii: "\""):
      try passString()
      return .string
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      try passNumber()
      return .number
    case UInt8(ascii: "t"):
      try passWord("true")
      return .boolean
    case UInt8(ascii: "f"):
      try passWord("false")
      return .boolean
    case UInt8(ascii: "n"):
      try passWord("null")
      return .null
    // A text sequence begins every document with this mark.
    case 0x1E where depth == 0: throw .severalDocuments(line: place(offset).line)
    default: throw fault
    }
  }

  private mutating func open(_ token: JSONToken) throws(GeoJSONFault) -> JSONToken {
    guard depth < Self.limit else {
      let place = place(offset)
      throw .tooDeep(line: place.line, column: place.column)
    }
    range = offset..<offset + 1
    offset += 1
    depth += 1
    objects = objects << 1 | (token == .beginObject ? 1 : 0)
    expected = token == .beginObject ? .nameOrEnd : .valueOrEnd
    return token
  }

  private mutating func close(_ token: JSONToken) -> JSONToken {
    range = offset..<offset + 1
    offset += 1
    depth -= 1
    objects >>= 1
    expected = depth == 0 ? .nothing : .commaOrEnd
    return token
  }

  private mutating func commaOrEnd() throws(GeoJSONFault) -> JSONToken {
    let isObject = objects & 1 == 1
    switch peek {
    case UInt8(ascii: ","):
      offset += 1
      skipSpace()
      return isObject ? try name() : try value()
    case UInt8(ascii: "}") where isObject: return close(.endObject)
    case UInt8(ascii: "]") where !isObject: return close(.endArray)
    default: throw fault
    }
  }

  private mutating func name() throws(GeoJSONFault) -> JSONToken {
    guard peek == UInt8(ascii: "\"") else { throw fault }
    try passString()
    skipSpace()
    guard peek == UInt8(ascii: ":") else { throw fault }
    offset += 1
    expected = .value
    return .name
  }

  private func end() throws(GeoJSONFault) -> JSONToken {
    switch peek {
    case nil: return .end
    case UInt8(ascii: "{"), UInt8(ascii: "["), 0x1E: throw .severalDocuments(line: place(offset).line)
    default: throw fault
    }
  }

  private mutating func passWord(_ word: String) throws(GeoJSONFault) {
    let start = offset
    for byte in word.utf8 {
      guard peek == byte else { throw fault }
      offset += 1
    }
    range = start..<offset
  }

  // MARK: Strings

  private mutating func passString() throws(GeoJSONFault) {
    offset += 1
    let start = offset
    isEscaped = false
    while offset < text.count {
      switch text[offset] {
      case UInt8(ascii: "\""):
        range = start..<offset
        offset += 1
        return
      case UInt8(ascii: "\\"):
        isEscaped = true
        try passEscape()
      case 0..<0x20: throw fault
      default: offset += 1
      }
    }
    throw .cut
  }

  private mutating func passEscape() throws(GeoJSONFault) {
    let start = offset
    offset += 1
    switch peek {
    case UInt8(ascii: "u"): offset += 1
    case let byte? where Self.escapes[byte] != nil:
      offset += 1
      return
    default: throw fault
    }
    switch try passHex() {
    case 0:
      let place = place(start)
      throw .nul(line: place.line, column: place.column)
    case 0xD800..<0xDC00:
      // The first half of a character beyond U+FFFF, which the second must follow.
      for byte in [UInt8(ascii: "\\"), UInt8(ascii: "u")] {
        guard peek == byte else { throw fault }
        offset += 1
      }
      let second = offset
      guard 0xDC00..<0xE000 ~= (try passHex()) else {
        offset = second
        throw fault
      }
    case 0xDC00..<0xE000:
      offset = start
      throw fault
    default: break
    }
  }

  private mutating func passHex() throws(GeoJSONFault) -> UInt16 {
    var unit: UInt16 = 0
    for _ in 0..<4 {
      guard let digit = peek.flatMap(Self.hexValue) else { throw fault }
      unit = unit << 4 | UInt16(digit)
      offset += 1
    }
    return unit
  }

  private static func hexValue(_ digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
    default: nil
    }
  }

  private static let escapes: [UInt8: UInt8] = [
    UInt8(ascii: "\""): 0x22, UInt8(ascii: "\\"): 0x5C, UInt8(ascii: "/"): 0x2F, UInt8(ascii: "b"): 0x08,
    UInt8(ascii: "f"): 0x0C, UInt8(ascii: "n"): 0x0A, UInt8(ascii: "r"): 0x0D, UInt8(ascii: "t"): 0x09,
  ]

  /// The last name or string without its escapes, which are known to be good.
  func unescaped() -> [UInt8] {
    var units: [UInt16] = []
    var rest = text[range]
    var bytes: [UInt8] = []
    func flush() {
      bytes += Array(String(decoding: units, as: UTF16.self).utf8)
      units = []
    }
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "\\"), let kind = rest.popFirst() else {
        flush()
        bytes.append(byte)
        continue
      }
      if let plain = Self.escapes[kind] {
        units.append(UInt16(plain))
      } else {
        units.append(UInt16(String(decoding: rest.prefix(4), as: UTF8.self), radix: 16) ?? 0xFFFD)
        rest = rest.dropFirst(4)
      }
    }
    flush()
    return bytes
  }

  // MARK: Numbers

  private mutating func passNumber() throws(GeoJSONFault) {
    let start = offset
    number = JSONNumber()
    if peek == UInt8(ascii: "-") {
      number.isNegative = true
      offset += 1
    }
    if peek == UInt8(ascii: "0") {
      offset += 1
    } else {
      try passDigits { $0.add(digit: $1) }
    }
    if peek == UInt8(ascii: ".") {
      offset += 1
      number.isWhole = false
      try passDigits { $0.add(decimal: $1) }
    }
    if peek == UInt8(ascii: "e") || peek == UInt8(ascii: "E") {
      offset += 1
      number.isWhole = false
      let isNegative = peek == UInt8(ascii: "-")
      if isNegative || peek == UInt8(ascii: "+") { offset += 1 }
      var exponent = 0
      // Beyond this nothing changes: the number is zero or infinite.
      try passDigits { exponent = min(exponent * 10 + Int($1), 1_000_000) }
      number.power += isNegative ? -exponent : exponent
    }
    range = start..<offset
    if !number.isSmall { number.exact = exactNumber(range) }
    guard number.value.isFinite, !number.isWhole || number.fitsInt64 else {
      let place = place(start)
      throw .number(line: place.line, column: place.column)
    }
  }

  @inline(__always)
  private mutating func passDigits(_ body: (inout JSONNumber, UInt8) -> Void) throws(GeoJSONFault) {
    let start = offset
    while offset < text.count {
      let digit = text[offset] &- UInt8(ascii: "0")
      guard digit < 10 else { break }
      body(&number, digit)
      offset += 1
    }
    guard offset > start else { throw fault }
  }
}
