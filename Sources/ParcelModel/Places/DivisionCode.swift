/// 行政区划代码: two digits a province, four a prefecture, six a county, nine a township, twelve a village.
package struct DivisionCode: Hashable, Comparable, Sendable {
  package let digits: String

  package init?(_ text: some StringProtocol) {
    // By bytes: a digit with a combining mark would pass as a character.
    let bytes = text.utf8
    guard [6, 9, 12].contains(bytes.count), bytes.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    digits = String(text)
  }

  package enum Level: Sendable { case province, prefecture, county, township, village }

  package var level: Level {
    switch digits.count {
    case 12: .village
    case 9: .township
    default: digits.hasSuffix("0000") ? .province : digits.hasSuffix("00") ? .prefecture : .county
    }
  }

  /// The six digits of the county that a township or village lies in; a prefecture or province is itself.
  package var county: DivisionCode { prefix(6) }

  /// The nine digits of the township of a village.
  package var township: DivisionCode? { digits.count >= 9 ? prefix(9) : nil }

  private func prefix(_ count: Int) -> DivisionCode { DivisionCode(digits.prefix(count)) ?? self }

  /// Whether `other` lies in this division, or is it.
  package func contains(_ other: DivisionCode) -> Bool {
    let significant =
      switch level {
      case .province: 2
      case .prefecture: 4
      case .county, .township, .village: digits.count
      }
    return other.digits.count >= significant && other.digits.prefix(significant) == digits.prefix(significant)
  }

  package static func < (a: Self, b: Self) -> Bool { a.digits < b.digits }
}

extension DivisionCode: CustomStringConvertible {
  package var description: String { digits }
}

extension DivisionCode: Codable, CodingKeyRepresentable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let code = DivisionCode(text) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a division code: \(text)")
    }
    self = code
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(digits)
  }

  package var codingKey: any CodingKey { DigitsKey(stringValue: digits) }

  package init?<Key: CodingKey>(codingKey: Key) { self.init(codingKey.stringValue) }
}

/// A dictionary key written as it stands.
struct DigitsKey: CodingKey {
  var stringValue: String
  var intValue: Int? { nil }
  init(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}
