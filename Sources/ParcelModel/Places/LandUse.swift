/// 地类: the classes of the third national land survey's working classification (三调工作分类).
package enum LandUse {
  /// A class code such as `0101`, `05H1` or `09`, with the letter suffixes of the survey taken off.
  package struct Code: RawRepresentable, Hashable, Comparable, Sendable {
    package let rawValue: String

    package init(rawValue: String) { self.rawValue = rawValue }

    package static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }

    /// 田坎, where the net area of a farmland polygon leaves its ridges.
    package static let ridge = Code(rawValue: "1203")
  }

  /// The three major classes (三大类) of the Land Administration Law.
  package enum MajorClass: String, CaseIterable, Sendable {
    case agricultural, construction, unused
  }

  /// A surveyed class as delivered: its code, and whether it is 可调整 (suffix K).
  package static func parse(_ delivered: String) -> (code: Code, adjustable: Bool)? {
    let text = delivered.trimmingSpaces().uppercased()
    guard (2...5).contains(text.count), text.allSatisfy({ $0.isASCII && ($0.isNumber || $0.isLetter) }) else {
      return nil
    }
    let keepsLetter = text == "05H1" || text == "08H1" || text == "08H2"
    let bare = !keepsLetter && text.last!.isLetter ? String(text.dropLast()) : text
    let code = Code(rawValue: bare)
    guard majorClass(of: code) != nil else { return nil }
    return (code, text.hasSuffix("K"))
  }

  /// 耕地: paddy 0101, irrigated 0102, dry 0103. 可调整 land is never farmland.
  package static func isFarmland(_ code: Code) -> Bool { farmland.contains(code.rawValue) }

  /// Source: 三调工作分类 and its table of major classes; GB/T 21010-2017 codes count as construction.
  package static func majorClass(of code: Code) -> MajorClass? {
    if agricultural.contains(code.rawValue) { return .agricultural }
    if construction.contains(code.rawValue) { return .construction }
    if unused.contains(code.rawValue) { return .unused }
    return nil
  }

  private static let farmland: Set<String> = ["0101", "0102", "0103"]
  private static let agricultural: Set<String> = [
    "0303", "0304", "0306", "0402", "0101", "0102", "0103", "0201", "0202", "0203", "0204", "0301", "0302", "0305",
    "0307", "0401", "0403", "1006", "1103", "1104", "1107", "1202", "1203",
  ]
  private static let construction: Set<String> = [
    "0603", "05H1", "0508", "0601", "0602", "0701", "0702", "08H1", "08H2", "0809", "0810", "09", "1001", "1002",
    "1003", "1004", "1005", "1007", "1008", "1009", "1109", "1201", "0501", "0502", "0503", "0504", "0505", "0506",
    "0507", "0604", "0801", "0802", "0803", "0804", "0805", "0806", "0807", "0808", "0901", "0902", "0903", "0904",
    "0905", "0906",
  ]
  private static let unused: Set<String> = [
    "1105", "1106", "1108", "0404", "1101", "1102", "1110", "1204", "1205", "1206", "1207",
  ]
}

extension LandUse.Code: Codable, CodingKeyRepresentable {
  package var codingKey: any CodingKey { DigitsKey(stringValue: rawValue) }
  package init?<Key: CodingKey>(codingKey: Key) { self.init(rawValue: codingKey.stringValue) }
}
