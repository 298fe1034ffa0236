import Foundation
import Geodata
import ParcelTesting
import Spatial
import Testing

/// Cells and texts of a shapefile's table.
@Suite struct TableScanTests {
  private static func field(_ kind: Character, _ width: Int, _ decimals: Int = 0) -> RawShapefile.Field {
    RawShapefile.Field(name: Array("F".utf8), kind: kind.asciiValue ?? 0, width: width, decimals: decimals)
  }

  private static let day = FieldValue.day(Day(year: 2024, month: 2, day: 29)!)

  /// Field, cell, value where it is one.
  static let cells: [(RawShapefile.Field, String, FieldValue?)] = [
    (field("N", 6), "12", .integer(12)), (field("N", 6), "    -7", .integer(-7)), (field("N", 6), "+7", .integer(7)),
    (field("N", 6), "", .null), (field("N", 6), "******", .null), (field("N", 6), "12.00", .integer(12)),
    (field("N", 6), "\0\0\0\0\0\0", .null), (field("N", 6), "5\0\0\0\0\0", .integer(5)),
    (field("N", 18), "430321202401000012", .integer(430_321_202_401_000_012)),
    (field("N", 10, 2), "1.50", .real(1.5)), (field("N", 10, 2), ".5", .real(0.5)), (field("N", 10, 2), "5.", .real(5)),
    (field("F", 19, 11), "1.20000000000e-003", .real(0.0012)),
    (field("N", 19), "430321202401000", .real(430321202401000)),
    (field("D", 8), "20240229", day), (field("D", 8), "", .null), (field("D", 8), "00000000", .null),
    (field("L", 1), "T", .text("T")), (field("L", 1), "n", .text("n")), (field("L", 1), "", .text("")),
    (field("C", 6), "ab", .text("ab")), (field("C", 6), "ab\0\0  ", .text("ab")),
    (field("C", 6), "a\tb", .text("a\tb")),

    (field("N", 6), "12x4", nil), (field("N", 6), "1.5", nil), (field("N", 6), "1,5", nil), (field("N", 6), "-", nil),
    (field("N", 6), "1 2", nil), (field("N", 6), "1e3", nil), (field("N", 6), "*12", nil),
    (field("N", 6), "1\u{0}2", nil),
    (field("N", 10, 2), "1.5.2", nil), (field("N", 10, 2), ".", nil), (field("N", 10, 2), "nan", nil),
    (field("N", 10, 2), "1e", nil), (field("N", 10, 2), "1e999", nil), (field("N", 10, 2), "0x10", nil),
    (field("N", 19), "430321202401000012", nil), (field("N", 25), "4303212024010000123456", nil),
    (field("D", 8), "20240230", nil), (field("D", 8), "2024022", nil), (field("D", 8), "2024/2/1", nil),
    (field("L", 1), "x", nil), (field("C", 6), "a\u{0}b", nil),
  ]

  @Test(arguments: cells) func cellsAreJudged(field: RawShapefile.Field, text: String, value: FieldValue?) throws {
    let folder = try TemporaryFolder()
    var cell = Array(text.utf8)
    if field.kind == UInt8(ascii: "N"), cell.count < field.width, !cell.contains(0) {
      cell = [UInt8](repeating: 0x20, count: field.width - cell.count) + cell
    }
    let raw = RawShapefile(field, cells: [cell, cell])
    let features = try Reading(raw.write(in: folder)).features
    #expect(features.count == 2)
    if let value {
      let isBlank = value == .text("")
      #expect(isBlank ? [.null, .text("")].contains(features[0].values[0]) : features[0].values == [value])
      #expect(features[0].remarks == (text.contains("*") ? [Remark(.overflow, "F")] : []))
    } else {
      let shown = text.replacingOccurrences(of: "\0", with: "\\x00")
      #expect(features.map(\.remarks) == [[Remark(.damagedCell, "F=\(shown)")], [Remark(.damagedCell, "F=\(shown)")]])
    }
  }

  /// NUL is padding in a file that pads with it, and a hole in one that does not.
  @Test func zeroedCellsAreNoEmptyOnes() throws {
    let folder = try TemporaryFolder()
    var raw = RawShapefile(Self.field("C", 6), cells: [[0x61], [0, 0, 0, 0, 0, 0], [0x63]])
    #expect(
      try Reading(raw.write(in: folder)).features.map(\.remarks) == [
        [], [Remark(.damagedCell, "F=\\x00\\x00\\x00\\x00\\x00\\x00")], [],
      ])
    raw.padding = 0
    let features = try Reading(raw.write(in: folder)).features
    #expect(features.map(\.remarks) == [[], [], []])
    #expect(features.map(\.values) == [[.text("a")], [.null], [.text("c")]])
  }

  @Test func deletedRecordsAreCountedAndSkipped() throws {
    let folder = try TemporaryFolder()
    var raw = RawShapefile(count: 5)
    raw.deleted = [2, 5]
    // Nobody minds what they hold.
    raw.rows[1][1] = Array("x".utf8)
    raw.rows[1][0] = [0xFF, 0xFF]
    raw.shapes[1][4 + 7] = 0x7F
    let reading = try Reading(raw.write(in: folder))
    #expect(reading.schema.remarks == [Remark(.deletedRecords, "2")])
    #expect(reading.features.map(\.record) == [1, 3, 4])
    #expect(reading.features.map { $0.values[1] } == [.integer(0), .integer(2), .integer(3)])
    #expect(reading.features.allSatisfy { $0.remarks.isEmpty })
    raw.deleted = [1, 2, 3, 4, 5]
    #expect(try Reading(raw.write(in: folder)).features.isEmpty)
  }

  // MARK: Encoding

  struct Case: CustomTestStringConvertible {
    var testDescription: String
    var cells: [[UInt8]]
    var codePage: String?
    var languageByte: UInt8 = 0
    var stated: String?
    var encoding: String
    var texts: [String]
    var remarks: [Remark] = []
    /// By record.
    var cut: Set<Int> = []
  }

  private static func utf8(_ texts: String...) -> [[UInt8]] { texts.map { Array($0.utf8) } }
  /// 易俗河镇, 梅林桥镇, 镇.
  private static let gbk: [[UInt8]] = [
    [0xD2, 0xD7, 0xCB, 0xD7, 0xBA, 0xD3, 0xD5, 0xF2], [0xC3, 0xB7, 0xC1, 0xD6, 0xC7, 0xC5, 0xD5, 0xF2], [0xD5, 0xF2],
  ]
  private static let gbkTexts = ["易俗河镇", "梅林桥镇", "镇"]
  /// Königstraße, Müller.
  private static let latin: [[UInt8]] = [
    Array("K".utf8) + [0xF6] + Array("nigstra".utf8) + [0xDF] + Array("e".utf8),
    Array("M".utf8) + [0xFC] + Array("ller".utf8),
  ]
  private static let latinTexts = ["Königstraße", "Müller"]
  /// 中華民國, 臺北市.
  private static let big5: [[UInt8]] = [
    [0xA4, 0xA4, 0xB5, 0xD8, 0xA5, 0xC1, 0xB0, 0xEA], [0xBB, 0x4F, 0xA5, 0x5F, 0xA5, 0xAB],
  ]
  private static let big5Texts = ["中華民國", "臺北市"]

  private static func overruled(_ words: String) -> [Remark] { [Remark(.encodingOverruled, words)] }

  static let good: [Case] = [
    Case("ASCII", utf8("a", "b"), "GBK", encoding: "UTF-8", ["a", "b"]),
    Case("UTF-8", utf8("易俗河镇", "镇"), encoding: "UTF-8", ["易俗河镇", "镇"]),
    Case("UTF-8, named", utf8("易俗河镇"), "utf8", encoding: "UTF-8", ["易俗河镇"]),
    Case("UTF-8, 65001", utf8("易俗河镇"), "65001\r\n", encoding: "UTF-8", ["易俗河镇"]),
    Case("UTF-8 with GBK named", utf8("易俗河镇"), "ANSI 936", encoding: "UTF-8", ["易俗河镇"], overruled("GB18030 / UTF-8")),
    Case("UTF-8 with 0x4D", utf8("易俗河镇"), language: 0x4D, encoding: "UTF-8", ["易俗河镇"], overruled("GB18030 / UTF-8")),
    Case("UTF-8 with 0x57", utf8("易俗河镇"), language: 0x57, encoding: "UTF-8", ["易俗河镇"]),
    Case(
      "UTF-8, cut", utf8("梅林桥镇") + [Array("易俗河镇乡".utf8.prefix(12)) + [0xE4]], encoding: "UTF-8", ["梅林桥镇", "易俗河镇"],
      cut: [2]),
    Case(
      "UTF-8, cut later", utf8("镇") + [[0x61] + Array("俗河镇乡".utf8.prefix(12)).prefix(12)], encoding: "UTF-8",
      ["镇", "a俗河镇乡"]),
    Case("GBK", gbk, encoding: "GB18030", gbkTexts),
    Case("GBK, 0x57", gbk, language: 0x57, encoding: "GB18030", gbkTexts),
    Case("GBK, OEM 936", gbk, "OEM 936", encoding: "GB18030", gbkTexts),
    Case("GBK with UTF-8 named", gbk, "UTF-8", encoding: "GB18030", gbkTexts, overruled("UTF-8 / GB18030")),
    Case("GBK with 8859-1 named", gbk, "ISO 88591", encoding: "GB18030", gbkTexts, overruled("ISO-8859-1 / GB18030")),
    Case(
      "GBK with 1252 named", gbk, "1252", language: 0x57, encoding: "GB18030", gbkTexts, overruled("CP1252 / GB18030")),
    Case(
      "GBK, cut", gbk + [[0x61, 0x62, 0x63, 0x64, 0xD2, 0xD7, 0xCB, 0xD7, 0xBA, 0xD3, 0xD5, 0xF2, 0xCF]],
      encoding: "GB18030", gbkTexts + ["abcd易俗河镇"], cut: [4]),
    Case("GB18030 of four bytes", gbk + [[0x81, 0x39, 0xEF, 0x30]], encoding: "GB18030", gbkTexts + ["㐁"]),
    Case("a Cyrillic letter or 一", [[0xD2, 0xBB]], encoding: "UTF-8", ["һ"]),
    Case("一, named", [[0xD2, 0xBB]], language: 0x4D, encoding: "GB18030", ["一"]),
    Case("Latin-1, 0x57", latin, language: 0x57, encoding: "CP1252", latinTexts),
    Case("Latin-1, named", latin, "ISO-8859-1", encoding: "ISO-8859-1", latinTexts),
    Case("Latin-1, 88591", latin, "88591", encoding: "ISO-8859-1", latinTexts),
    Case("Big5, 0x4F", big5, language: 0x4F, encoding: "BIG5", big5Texts),
    Case("Big5, named", big5, "Big5", encoding: "BIG5", big5Texts),
    Case("Cyrillic", [[0xC1, 0xE5, 0xEB]], language: 0xC9, encoding: "CP1251", ["Бел"]),
    Case("stated", latin, "UTF-8", stated: "CP1252", encoding: "CP1252", latinTexts),
    Case("stated GBK", gbk, "UTF-8", stated: "gbk", encoding: "GB18030", gbkTexts),
  ]

  @Test(arguments: good) func encodings(_ test: Case) throws {
    let folder = try TemporaryFolder()
    let reading = try Reading(write(test, in: folder), encoding: test.stated)
    #expect(reading.schema.encoding == test.encoding)
    #expect(reading.schema.remarks == test.remarks)
    #expect(reading.features.map { $0.values[0] } == test.texts.map { .text($0) })
    for feature in reading.features {
      #expect(feature.remarks == (test.cut.contains(feature.record) ? [Remark(.textCut, "F")] : []))
    }
  }

  private func write(_ test: Case, in folder: TemporaryFolder) throws -> String {
    var raw = RawShapefile(Self.field("C", 13), cells: test.cells)
    raw.languageByte = test.languageByte
    if let codePage = test.codePage { try folder.write(codePage.utf8, to: "raw.cpg") }
    return try raw.write(in: folder)
  }

  /// Refused with the record and the field.
  static let bad: [(Case, Int)] = [
    (Case("nothing named", latin), 1), (Case("0xFF", gbk + [[0xFF]], language: 0x57), 4),
    (Case("one damaged text among UTF-8", utf8("易俗河镇", "梅林桥镇") + [[0xE6, 0xB1, 0x9F, 0xE6]]), 3),
    (Case("a torn text that does not fill its field", utf8("镇", "县") + [[0xE9, 0x95]]), 3),
    (Case("a torn GBK text that does not fill its field", gbk + [[0xD5]], "1252"), 4),
    (Case("stated, but wrong", gbk, stated: "UTF-8"), 1), (Case("stated, one wrong", gbk + [[0xD5]], stated: "GBK"), 4),
    (Case("stated Big5, one wrong", big5 + [[0xA4]], stated: "Big5"), 3),
    (Case("named by an unknown name", latin, "Klingon"), 1),
  ]

  @Test(arguments: bad) func undecodable(_ test: Case, record: Int) throws {
    let folder = try TemporaryFolder()
    let path = try write(test, in: folder)
    do {
      _ = try Reading(path, encoding: test.stated)
      Issue.record("was read")
    } catch SpatialError.undecodable(_, let found, let field, _) {
      #expect(found == record)
      #expect(field == "F")
    }
  }

  @Test(arguments: [
    (Array("面积".utf8), nil, "UTF-8", "面积", [Remark]()), ([0xC3, 0xE6, 0xBB, 0xFD], nil, "GB18030", "面积", []),
    (Array("监测面积".utf8.prefix(10)), nil, "UTF-8", "监测面", [Remark(.textCut, "监测面")]),
    ([0xC3, 0xE6, 0xBB, 0xFD], "UTF-8", "GB18030", "面积", [Remark(.encodingOverruled, "UTF-8 / GB18030")]),
  ])
  func namesOfFields(bytes: [UInt8], codePage: String?, encoding: String, name: String, remarks: [Remark]) throws {
    let folder = try TemporaryFolder()
    if let codePage { try folder.write(codePage.utf8, to: "raw.cpg") }
    let schema = try Reading(RawShapefile(RawShapefile.Field(name: bytes), cells: [[0x61]]).write(in: folder)).schema
    #expect(schema.encoding == encoding)
    #expect(schema.fields.map(\.name) == [name])
    #expect(schema.remarks == remarks)
  }
}

extension TableScanTests.Case {
  init(
    _ name: String, _ cells: [[UInt8]], _ codePage: String? = nil, language: UInt8 = 0, stated: String? = nil,
    encoding: String = "", _ texts: [String] = [], _ remarks: [Remark] = [], cut: Set<Int> = []
  ) {
    self.init(
      testDescription: name, cells: cells, codePage: codePage, languageByte: language, stated: stated,
      encoding: encoding, texts: texts, remarks: remarks, cut: cut)
  }
}
