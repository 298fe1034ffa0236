import Foundation
import ParcelModel
import ParcelTesting
import Testing

@Suite("Division codes")
struct DivisionCodeTests {
  @Test(
    "The level follows from the digits",
    arguments: [
      ("430000", DivisionCode.Level.province), ("430300", .prefecture), ("430321", .county),
      ("430321001", .township), ("430321001002", .village), ("640221", .county),
    ])
  func level(digits: String, level: DivisionCode.Level) throws {
    let code = try #require(DivisionCode(digits))
    #expect(code.level == level)
    #expect(code.description == digits)
  }

  @Test(
    "What is no code is refused",
    arguments: [
      "", "43032", "4303211", "43032100", "4303210010", "4303210010021", "43032a", " 430321", "430321 ", "４３０３２１",
      "43032\u{0661}", "43032१", "43032\u{31}\u{308}", "1\u{FE0F}\u{20E3}30321", "-43032",
    ])
  func refused(text: String) {
    #expect(DivisionCode(text) == nil)
  }

  @Test(
    "What lies in what",
    arguments: [
      ("430000", "430321", true), ("430000", "430321001002", true), ("430000", "440000", false),
      ("430300", "430321", true), ("430300", "430321001", true), ("430300", "430400", false),
      ("430300", "430000", false), ("430321", "430321001", true), ("430321", "430322001", false),
      ("430321001", "430321001002", true), ("430321001", "430321", false), ("430321001002", "430321001002", true),
      ("430321", "430321", true),
    ])
  func contains(whole: String, part: String, isInside: Bool) {
    #expect(division(whole).contains(division(part)) == isInside)
  }

  @Test("County and township of a village")
  func parents() {
    let village = division("430321001002")
    #expect(village.county == division("430321"))
    #expect(village.township == division("430321001"))
    #expect(division("430321").township == nil)
    #expect(division("430300").county == division("430300"))
    #expect(division("430321") < division("430321001"))
  }

  @Test("A code is written as its digits, as a value and as a key")
  func coding() throws {
    let areas = [division("430321001"): 5]
    let json = try JSONEncoder().encode(areas)
    #expect(String(decoding: json, as: UTF8.self) == #"{"430321001":5}"#)
    #expect(try JSONDecoder().decode([DivisionCode: Int].self, from: json) == areas)
    #expect(throws: DecodingError.self) { try JSONDecoder().decode([DivisionCode].self, from: Data(#"["43"]"#.utf8)) }
  }
}

@Suite("Land use")
struct LandUseTests {
  /// DOMAIN §5, as the paper lists them.
  private static let classes: [LandUse.MajorClass: [String]] = [
    .agricultural: [
      "0303", "0304", "0306", "0402", "0101", "0102", "0103", "0201", "0202", "0203", "0204", "0301", "0302", "0305",
      "0307", "0401", "0403", "1006", "1103", "1104", "1107", "1202", "1203",
    ],
    .construction: [
      "0603", "05H1", "0508", "0601", "0602", "0701", "0702", "08H1", "08H2", "0809", "0810", "09", "1001", "1002",
      "1003", "1004", "1005", "1007", "1008", "1009", "1109", "1201",
    ] + (501...507).map { "0\($0)" } + ["0604"] + (801...808).map { "0\($0)" } + (901...906).map { "0\($0)" },
    .unused: ["1105", "1106", "1108", "0404", "1101", "1102", "1110", "1204", "1205", "1206", "1207"],
  ]

  @Test("Every code of the classification belongs to the one major class it is listed under")
  func majorClasses() {
    let all = Self.classes.values.flatMap { $0 }
    #expect(Set(all).count == all.count)
    for (major, codes) in Self.classes {
      for code in codes {
        #expect(LandUse.majorClass(of: LandUse.Code(rawValue: code)) == major, "\(code)")
        #expect(LandUse.parse(code)?.code.rawValue == code)
      }
    }
  }

  @Test("No other code has a major class")
  func noOthers() {
    let listed = Set(Self.classes.values.flatMap { $0 })
    for number in 0...1300 {
      let code = String(repeating: "0", count: 4 - String(number).count) + String(number)
      #expect((LandUse.majorClass(of: LandUse.Code(rawValue: code)) != nil) == listed.contains(code), "\(code)")
    }
  }

  @Test(
    "Letters are taken off where they are suffixes",
    arguments: [
      ("0201K", "0201", true), ("0201k", "0201", true), ("1104K", "1104", true), ("1104A", "1104", false),
      ("0602A", "0602", false), ("1107A", "1107", false), ("0810A", "0810", false), ("05H1", "05H1", false),
      ("05h1", "05H1", false), ("08H1", "08H1", false), ("08H2", "08H2", false), ("08H2A", "08H2", false),
      ("09", "09", false), (" 0101 ", "0101", false), ("\u{3000}0103\u{00A0}", "0103", false),
    ])
  func suffixes(delivered: String, code: String, adjustable: Bool) throws {
    let parsed = try #require(LandUse.parse(delivered))
    #expect(parsed.code.rawValue == code)
    #expect(parsed.adjustable == adjustable)
  }

  @Test(
    "What is no class is refused",
    arguments: ["", "0", "01", "99", "0104", "9999", "H1", "05H2", "0101KK", "01 01", "-101", "水田", "０１０１"])
  func refused(delivered: String) {
    #expect(LandUse.parse(delivered) == nil)
  }

  @Test("Farmland is paddy, irrigated and dry land, nothing else")
  func farmland() {
    let farmland = Self.classes.values.joined().filter { LandUse.isFarmland(LandUse.Code(rawValue: $0)) }
    #expect(Set(farmland) == ["0101", "0102", "0103"])
  }
}
