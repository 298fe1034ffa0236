import Foundation
import Geodata
import Testing

@testable import Drawing

struct WorkbookTests {
  private func register() throws -> Table {
    let day = try #require(Day("2024-12-31"))
    let early = try #require(Day("1899-12-31"))
    return Table(
      caption: "疑似图斑台账", columns: [.init("监测编号"), .init("面积（亩）", .number), .init("下发日期", .day), .init("备注")],
      rows: [
        [.text("430321202400000001"), .number(1.005, decimals: 2), .day(day), .text("=1+1")],
        [.text("007"), .number(-3, decimals: 0), .day(early), .text("_x0041_ <b>&")],
        [.empty, .number(.nan, decimals: 2), .empty, .text("a\u{0}b")],
      ], total: [.text("合计"), .number(-1.995, decimals: 2), .empty, .empty], notes: ["口径：下发面积"])
  }

  @Test(.enabled(if: hasUnzip, "unzip is not installed"))
  func `Texts are strings, numbers what is printed, days spreadsheet days`() throws {
    let table = try register()
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("台账.xlsx")
      try Workbook(sheets: [.init(name: "台账", table: table)]).write(to: file.path)
      let sheet = try member("xl/worksheets/sheet1.xml", of: file)
      let strings = try member("xl/sharedStrings.xml", of: file)
      #expect(!sheet.contains("<f>"))
      #expect(try member("docProps/core.xml", of: file).matches(of: />1980-01-01T00:00:00Z</).count == 2)
      #expect(sheet.contains(/<c r="A3" s="\d+" t="s">/))
      #expect(sheet.contains(/<c r="D3" s="\d+" t="s">/))
      #expect(sheet.contains(/<c r="B3" s="\d+"><v>1<\/v>/))
      #expect(sheet.contains(/<c r="C3" s="\d+"><v>45657<\/v>/))
      #expect(sheet.contains(/<c r="C4" s="\d+" t="s">/))
      #expect(sheet.contains("<mergeCell ref=\"A1:D1\"/>"))
      #expect(sheet.contains("<autoFilter ref=\"A2:D5\"/>"))
      #expect(sheet.contains("topLeftCell=\"A3\""))
      for text in [
        "430321202400000001", "=1+1", "007", "_x005F_x0041_ &lt;b&gt;&amp;", "a\u{FFFD}b", "—", "1899-12-31",
      ] {
        #expect(strings.contains(">\(text)</t>"))
      }
    }
  }

  @Test func `Equal workbooks are equal bytes, dated 1980, with nothing left beside them`() throws {
    let book = Workbook(sheets: [.init(name: "a", table: try register()), .init(name: "b", table: try register())])
    try withTemporaryFolder { folder in
      for name in ["1.xlsx", "2.xlsx"] { try book.write(to: folder.appendingPathComponent(name).path) }
      let first = try Data(contentsOf: folder.appendingPathComponent("1.xlsx"))
      #expect(first == (try Data(contentsOf: folder.appendingPathComponent("2.xlsx"))))
      #expect(Array(first[10..<14]) == [0, 0, 0x21, 0])
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["1.xlsx", "2.xlsx"])
    }
  }

  @Test(
    .enabled(if: hasUnzip, "unzip is not installed"), arguments: [(3, "9", false), (12, "9", true), (30, "8", true)])
  func `A wide sheet is printed on a wide page`(columns: Int, paper: String, landscape: Bool) throws {
    let table = Table(columns: (0..<columns).map { .init("列\($0)", width: 12) })
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("a.xlsx")
      try Workbook(sheets: [.init(name: "a", table: table)]).write(to: file.path)
      let sheet = try member("xl/worksheets/sheet1.xml", of: file)
      #expect(sheet.contains("paperSize=\"\(paper)\""))
      #expect(sheet.contains("orientation=\"landscape\"") == landscape)
      #expect(sheet.contains("fitToHeight=\"0\""))
    }
  }

  @Test func `A folder that is not there is an error with its reason, and no file`() throws {
    let book = Workbook(sheets: [.init(name: "a", table: Table(columns: [.init("x")]))])
    let error = try #require(throws: WorkbookError.self) { try book.write(to: "/no/such/folder/a.xlsx") }
    #expect(error.operation == "open")
    #expect(error.number == ENOENT)
  }

  @Test(arguments: [
    (["a/b", "'x", "", "History"], ["a／b", "’x", "(2)", "History(2)"]),
    (["Sheet", "sheet", "SHEET"], ["Sheet", "sheet(2)", "SHEET(3)"]),
    ([String(repeating: "县", count: 40)], [String(repeating: "县", count: 31)]),
  ])
  func `Tab names are what a spreadsheet accepts`(names: [String], tabs: [String]) {
    let table = Table(columns: [.init("x")])
    #expect(Workbook(sheets: names.map { .init(name: $0, table: table) }).tabNames == tabs)
  }

  @Test(.enabled(if: hasUnzip, "unzip is not installed"), arguments: hostileTexts)
  func `Hostile text is never a formula nor markup`(text: String) throws {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("a.xlsx")
      try Workbook(sheets: [
        .init(name: text, table: Table(caption: text, columns: [.init(text)], rows: [[.text(text)]]))
      ])
      .write(to: file.path)
      let sheet = try member("xl/worksheets/sheet1.xml", of: file)
      let strings = try member("xl/sharedStrings.xml", of: file)
      #expect(sheet.contains(/<c r="A3" s="\d+" t="s">/))
      #expect(!sheet.contains("<f>"))
      #expect(!strings.contains("<script"))
      #expect(!strings.contains("<svg"))
    }
  }

  @Test(.enabled(if: hasUnzip, "unzip is not installed"))
  func `A text longer than a cell can hold is cut visibly`() throws {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("a.xlsx")
      let table = Table(columns: [.init("x")], rows: [[.text(String(repeating: "长", count: 40_000))]])
      try Workbook(sheets: [.init(name: "a", table: table)]).write(to: file.path)
      let strings = try member("xl/sharedStrings.xml", of: file)
      #expect(strings.contains(">" + String(repeating: "长", count: 32_766) + "…</t>"))
    }
  }

  @Test func `A row is as high as its wrapped text and no higher than a spreadsheet allows`() {
    let layout = WorkbookLayout(Table(columns: [.init("备注", width: 12)]))
    #expect(layout.height(of: [.text("一行")]) == nil)
    #expect(layout.height(of: [.text("一\n二\n三")]) == 47.5)
    #expect(layout.height(of: [.text(String(repeating: "长", count: 5000))]) == 409)
  }
}
