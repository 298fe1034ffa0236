import Drawing
import Geodata
import Testing

@testable import ParcelReports

@Test(arguments: [
  ("abc", 3), ("图斑", 4), ("（宗）", 6), ("A图", 3), ("—…·", 3), ("e\u{301}", 1), ("\u{200B}", 0), ("👍🏽", 2), ("ｶﾅ", 2),
  ("", 0),
])
func columnsOfText(_ text: String, _ expected: Int) {
  #expect(TerminalText.columns(text) == expected)
}

private let sample = Table(
  caption: "各乡镇",
  columns: [Table.Column("乡镇"), Table.Column("下发（宗）", .number), Table.Column("note")],
  rows: [
    [.text("易俗河镇"), .count(287), .text("ok")], [.text("A"), .count(3), .text("第三批")],
  ], total: [.text("合计"), .count(290), .empty], notes: ["口径：下发面积"])

@Test func glyphsOfTwoColumnsStayAligned() {
  #expect(
    TerminalTable(sample, width: 80, isColored: false).text == """
      各乡镇
      乡镇      下发（宗）  note
      --------  ----------  ------
      易俗河镇         287  ok
      A                  3  第三批
      --------  ----------  ------
      合计             290
      口径：下发面积

      """)
}

@Test func headsAreBoldOnlyInColor() {
  let text = TerminalTable(sample, width: 80, isColored: true).text
  #expect(text.contains("\u{1B}[1m乡镇      下发（宗）  note\u{1B}[0m\n"))
  #expect(!TerminalTable(sample, width: 80, isColored: false).text.contains("\u{1B}"))
}

private let wide = Table(
  columns: [Table.Column("监测编号")] + (1...9).map { Table.Column("恢复耕地面积\($0)（亩）", .number) } + [Table.Column("备注")],
  rows: [
    [.text("43032120240001")] + (1...9).map { .number(Double($0) * 1000.25, decimals: 2) } + [
      .text(String(repeating: "长", count: 60))
    ]
  ])

@Test(arguments: [40, 60, 80, 120, 200])
func noLineIsWiderThanTheTerminal(_ width: Int) {
  let text = TerminalTable(wide, width: width, isColored: false).text
  for line in text.split(separator: "\n") { #expect(TerminalText.columns(line) <= width, "\(line)") }
  // No figure is cut, and every block names the parcel.
  for number in 1...9 { #expect(text.contains(Cell.number(Double(number) * 1000.25, decimals: 2).plain)) }
  let blocks = text.split(separator: "\n\n").count
  #expect(text.split(separator: "\n").count { $0.hasPrefix("43032120240001") } == blocks)
  #expect(width >= 120 || blocks > 1)
}

@Test func nothingIsCutWhereThereIsNoTerminal() {
  #expect(TerminalTable(wide, width: nil, isColored: false).text.contains(String(repeating: "长", count: 60)))
}

@Test func deliveredTextCannotSteerTheTerminal() {
  let table = Table(columns: [Table.Column("a")], rows: [[.text("x\u{1B}[2Jy\r\nz\u{202E}\t!")]])
  let text = TerminalTable(table, width: 80, isColored: false).text
  #expect(text == "a\n-----------\nx\u{FFFD}[2Jy z\u{FFFD} !\n")
}

@Test(arguments: [
  ("整改率（按耕地）", 8, ["整改率", "（按耕", "地）"]), ("farmland restored", 9, ["farmland", "restored"]),
  ("abcdefghij", 4, ["abcd", "efgh", "ij"]), ("图斑，已销号。", 6, ["图斑，", "已销", "号。"]),
])
func textWraps(_ text: String, _ width: Int, _ expected: [String]) {
  let lines = TerminalText.wrapped(text, to: width)
  #expect(lines.allSatisfy { TerminalText.columns($0) <= width })
  #expect(lines.joined().filter { $0 != " " } == text.filter { $0 != " " })
  #expect(lines == expected)
}

@Test func definitionsStandInTwoColumns() {
  let document = TerminalDocument(
    title: "图斑 1", blocks: [.definitions([.init("监测编号", "1"), .init("村", "第二村")])], width: 40, isColored: false)
  #expect(document.text == "图斑 1\n\n监测编号  1\n村        第二村\n")
}
