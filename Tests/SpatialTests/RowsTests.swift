import Foundation
import Geodata
import ParcelTesting
import Spatial
import Testing

@Suite struct RowsTests {
  static func table(_ path: String, encoding: String? = nil) throws -> (FeatureSchema, [[FieldValue]]) {
    let source = try GDALFeatureSource(ReadJob(path: path, purpose: .rows, encoding: encoding))
    return (source.schema, try records(of: source).map(\.values))
  }

  static let text = "监测编号,乡镇,备注\n0012,易俗河镇,\"一,二\"\n430321202401000012,镇,\n"
  /// 镇,县 in GBK.
  static let gbk: [UInt8] = [0xD5, 0xF2, 0x2C, 0xCF, 0xD8, 0x0A, 0x31, 0x2C, 0xD5, 0xF2, 0x0A]

  static let csvFiles: [(String, [UInt8], String)] = [
    ("plain", Array(text.utf8), "UTF-8"), ("mark", [0xEF, 0xBB, 0xBF] + Array(text.utf8), "UTF-8"),
    ("CRLF", Array(text.replacingOccurrences(of: "\n", with: "\r\n").utf8), "UTF-8"),
    (
      "UTF-16", [0xFF, 0xFE] + Array(text.utf16).flatMap { unit in [UInt8(unit & 0xFF), UInt8(unit >> 8)] }, "UTF-16LE"
    ),
  ]

  @Test(arguments: csvFiles) func csv(_ name: String, bytes: [UInt8], encoding: String) throws {
    let folder = try TemporaryFolder()
    // Sidecars of GDAL's own take no part.
    try folder.write("\"Integer\",\"String\",\"String\"".utf8, to: "a.csvt")
    let (schema, rows) = try Self.table(folder.write(bytes, to: "a.csv"))
    #expect(schema.encoding == encoding)
    #expect(schema.fields.map(\.name) == ["监测编号", "乡镇", "备注"])
    #expect(schema.fields.allSatisfy { $0.kind == .text })
    #expect(schema.layer == "a")
    #expect(rows.count == 2)
    #expect(rows[0] == [.text("0012"), .text("易俗河镇"), .text("一,二")])
    #expect(rows[1].prefix(2) == [.text("430321202401000012"), .text("镇")])
  }

  @Test func csvInGBK() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(Self.gbk, to: "a.csv")
    let (schema, rows) = try Self.table(path)
    #expect(schema.encoding == "GB18030")
    #expect(schema.fields.map(\.name) == ["镇", "县"])
    #expect(rows == [[.text("1"), .text("镇")]])
    #expect(ReadingTests.code { _ = try Self.table(path, encoding: "UTF-8") } == "undecodable-text")
    let broken = try folder.write(Self.gbk + [0xFF, 0xFF], to: "b.csv")
    #expect(ReadingTests.code { _ = try Self.table(broken) } == "undecodable-text")
    let cut = try folder.write([0x61, 0x2C, 0x62, 0x0A, 0x31, 0x00, 0x2C, 0x32], to: "c.csv")
    #expect(ReadingTests.code { _ = try Self.table(cut) } == "undecodable-text")
  }

  /// A workbook of one sheet a table; a cell is its attributes and its content.
  static func workbook(_ sheets: [(String, [[(String, String)]])]) -> [UInt8] {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    let package = "http://schemas.openxmlformats.org/package/2006/relationships"
    func relation(_ id: String, _ type: String, _ target: String) -> String {
      #"<Relationship Id="\#(id)" Type="\#(relations)/\#(type)" Target="\#(target)"/>"#
    }
    func part(_ name: String, _ kind: String) -> String {
      let type = "application/vnd.openxmlformats-officedocument.spreadsheetml.\(kind)+xml"
      return #"<Override PartName="/xl/\#(name).xml" ContentType="\#(type)"/>"#
    }
    var members = [
      (
        "[Content_Types].xml",
        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
          + #"<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>"#
          + #"<Default Extension="xml" ContentType="application/xml"/>"# + part("workbook", "sheet.main")
          + sheets.indices.map { part("worksheets/sheet\($0 + 1)", "worksheet") }.joined()
          + part("styles", "styles") + "</Types>"
      ),
      (
        "_rels/.rels",
        "<Relationships xmlns=\"\(package)\">\(relation("a", "officeDocument", "xl/workbook.xml"))</Relationships>"
      ),
      (
        "xl/workbook.xml",
        "<workbook xmlns=\"\(main)\" xmlns:r=\"\(relations)\"><sheets>"
          + sheets.indices.map { "<sheet name=\"\(sheets[$0].0)\" sheetId=\"\($0 + 1)\" r:id=\"s\($0)\"/>" }.joined()
          + "</sheets></workbook>"
      ),
      (
        "xl/_rels/workbook.xml.rels",
        "<Relationships xmlns=\"\(package)\">"
          + sheets.indices.map { relation("s\($0)", "worksheet", "worksheets/sheet\($0 + 1).xml") }.joined()
          + relation("t", "styles", "styles.xml") + "</Relationships>"
      ),
      (
        "xl/styles.xml",
        #"<styleSheet xmlns="\#(main)"><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/></cellXfs></styleSheet>"#
      ),
    ]
    for (number, sheet) in sheets.enumerated() {
      let rows = sheet.1.enumerated().map { row, cells in
        "<row r=\"\(row + 1)\">"
          + cells.enumerated().map { "<c r=\"\(["A", "B", "C"][$0])\(row + 1)\"\($1.0)>\($1.1)</c>" }.joined()
          + "</row>"
      }
      members.append(
        (
          "xl/worksheets/sheet\(number + 1).xml",
          "<worksheet xmlns=\"\(main)\"><sheetData>\(rows.joined())</sheetData></worksheet>"
        ))
    }
    return storedZip(
      members.map { (Array($0.0.utf8), Array(("<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + $0.1).utf8)) })
  }

  static func text(_ text: String) -> (String, String) { (" t=\"inlineStr\"", "<is><t>\(text)</t></is>") }
  static func number(_ digits: String, style: Int = 0) -> (String, String) { (" s=\"\(style)\"", "<v>\(digits)</v>") }

  @Test func xlsx() throws {
    let folder = try TemporaryFolder()
    let bytes = Self.workbook([
      (
        "台账",
        [
          [Self.text("监测编号"), Self.text("日期"), Self.text("面积")],
          [Self.text("430321202401000012"), Self.number("45000", style: 1), Self.number("1.50")],
          [Self.number("430321202401"), Self.text("2024年1月2日"), Self.number("0.1")],
          [Self.text("0012"), Self.number("45000.5", style: 2), Self.number("12345678901")],
        ]
      )
    ])
    let (schema, rows) = try Self.table(folder.write(bytes, to: "a.xlsx"))
    #expect(schema.format == "XLSX")
    #expect(schema.layer == "台账")
    #expect(schema.fields.map(\.name) == ["Field1", "Field2", "Field3"])
    #expect(schema.fields.allSatisfy { $0.kind == .text })
    #expect(rows[0] == [.text("监测编号"), .text("日期"), .text("面积")])
    #expect(rows[1] == [.text("430321202401000012"), .text("2023/03/15"), .text("1.50")])
    #expect(rows[2] == [.text("430321202401"), .text("2024年1月2日"), .text("0.1")])
    #expect(rows[3] == [.text("0012"), .text("2023/03/15 12:00:00"), .text("12345678901")])
  }

  /// A spreadsheet keeps 15 digits of a number: more are never shown as a code.
  @Test(arguments: [
    ("430321202401000012", "4.30321202401000e+17"), ("430321202401000000", "4.30321202401000e+17"),
    ("4303212024010001", "4.30321202401000e+15"), ("-430321202401000012", "-4.30321202401000e+17"),
    ("4.30321202401E+17", "4.30321202401E+17"), ("430321202401001", "430321202401001"),
  ])
  func numbersThatLostDigits(digits: String, shown: String) throws {
    let folder = try TemporaryFolder()
    for cell in [
      Self.number(digits), (" t=\"n\"", "<v>\(digits)</v>"), (" t='n' s=\"0\"", "<f>1+1</f><v>\(digits)</v>"),
    ] {
      let bytes = Self.workbook([("a", [[Self.text("编号")], [cell], [Self.text("430321202401000013")]])])
      let (_, rows) = try Self.table(folder.write(bytes, to: "a.xlsx"))
      #expect(rows == [[.text("编号")], [.text(shown)], [.text("430321202401000013")]])
    }
  }

  @Test func sheetsAreChosenByNameAndEmptyOnesDoNotCount() throws {
    let folder = try TemporaryFolder()
    let rows = [[Self.text("a")], [Self.text("b")]]
    let one = try folder.write(Self.workbook([("台账", rows), ("Sheet2", [])]), to: "one.xlsx")
    #expect(try Self.table(one).1.count == 2)
    let two = try folder.write(Self.workbook([("台账", rows), ("第二", rows)]), to: "two.xlsx")
    #expect(ReadingTests.code(reading: two, .rows) == "several-layers")
    #expect(ReadingTests.code(reading: two, .rows, layer: "第二") == nil)
  }

  @Test func ods() throws {
    let folder = try TemporaryFolder()
    let content = """
      <?xml version="1.0" encoding="UTF-8"?><office:document-content \
      xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" \
      xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" \
      xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>\
      <table:table table:name="台账"><table:table-row><table:table-cell office:value-type="string">\
      <text:p>编号</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell \
      office:value-type="float" office:value="430321202401000000"><text:p>430321202401000000</text:p>\
      </table:table-cell></table:table-row><table:table-row><table:table-cell office:value-type="float" \
      office:value="12.5"><text:p>12.5</text:p></table:table-cell></table:table-row></table:table>\
      </office:spreadsheet></office:body></office:document-content>
      """
    let members = [("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", content)]
    let path = try folder.write(storedZip(members.map { (Array($0.0.utf8), Array($0.1.utf8)) }), to: "a.ods")
    let (schema, rows) = try Self.table(path)
    #expect(schema.layer == "台账")
    #expect(rows == [[.text("编号")], [.text("4.30321202401000e+17")], [.text("12.5")]])
  }

  @Test func rowsOfAGeoPackage() throws {
    let folder = try TemporaryFolder()
    try Sample.write(folder.path("a.gpkg"), .geoPackage)
    #expect(try Self.table(folder.path("a.gpkg")).1 == Sample.rows.map(\.0))
  }
}
