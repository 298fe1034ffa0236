import Geodata
import Testing

@testable import Drawing

struct CSVTests {
  @Test(arguments: [
    ("=1+1", "'=1+1"), ("+86", "'+86"), ("-2", "'-2"), ("@x", "'@x"), ("＝1", "'＝1"), ("＋1", "'＋1"), ("－1", "'－1"),
    ("＠x", "'＠x"), ("\u{A0}=1", "'\u{A0}=1"), ("\u{3000}\u{200B}\u{FEFF}=1", "'\u{3000}\u{200B}\u{FEFF}=1"),
    ("\t=1", "'\t=1"), ("=\u{0338}1", "'=\u{0338}1"), ("a=1", "a=1"), ("", ""), ("  ", "  "), ("430321", "430321"),
  ])
  func `A text that a spreadsheet would execute is defused`(text: String, written: String) {
    #expect(defused(text) == written)
  }

  @Test func `A table is one record a line, numbers untouched`() throws {
    let day = try #require(Day("2024-12-31"))
    let table = Table(
      caption: "not in the file", columns: [.init("编号"), .init("a,b"), .init("面积", .number), .init("日期", .day)],
      rows: [
        [.text("430321202400000001"), .text("say \"no\"\nnow"), .number(-1.5, decimals: 2), .day(day)],
        [.text("=1"), .empty, .number(.nan, decimals: 2), .empty],
      ], total: [.text("合计"), .empty, .number(-1.5, decimals: 2), .empty], notes: ["nor this"])
    let lines = [
      "\u{FEFF}编号,\"a,b\",面积,日期", "430321202400000001,\"say \"\"no\"\"\nnow\",-1.50,2024-12-31", "'=1,,—,",
      "合计,,-1.50,", "",
    ]
    #expect(CSV(table).render().unicodeScalars.elementsEqual(lines.joined(separator: "\r\n").unicodeScalars))
  }

  @Test(arguments: hostileTexts)
  func `Hostile text stays one cell that is no formula`(text: String) {
    let line = CSV(Table(columns: [.init("x")], rows: [[.text(text)]])).render().dropFirst(3)
    #expect(line.unicodeScalars.first.map { !"=+-@＝＋".unicodeScalars.contains($0) } == true)
    let quotes = line.unicodeScalars.count { $0 == "\"" }
    #expect(quotes.isMultiple(of: 2))
  }
}
