import Drawing
import Foundation
import Geodata
import ParcelLedger
import ParcelModel
import ParcelReports
import ParcelTesting
import ParcelWorkspace
import Testing

@testable import ParcelProcessing

@Suite struct RegisterTests {
  private static let codes = Plot.many(4).map(\.code)

  private func county() async throws -> SmallCounty {
    let county = try SmallCounty()
    try await county.ingest(Plot.many(4), campaign: "drive")
    try county.record(
      """
      code,event,date,areaMu
      \(Self.codes[0]),determine-unlawful,2024-03-01,1
      \(Self.codes[1]),determine-unlawful,2024-03-01,1
      \(Self.codes[1]),complete-rectification,2024-05-01,
      """, campaign: "drive")
    return county
  }

  private func register(_ county: SmallCounty, language: Language = .chinese) throws -> RegisterWorkbook {
    try county.ledger.read { snapshot in
      let head = try snapshot.head()
      return RegisterWorkbook(
        try snapshot.states(asOf: nil, known: nil),
        rules: try Rulebook(snapshot, known: nil, townships: LayerShelf(county.workspace).townshipNames()),
        name: "试验县", asOf: county.now.dayInShanghai, mark: RegisterMark(position: head.position, hash: head.hash),
        language: language)
    }
  }

  /// The register with cells changed as a clerk would: by parcel and column.
  private func write(
    _ register: RegisterWorkbook, to path: String, caption: String? = nil,
    _ edits: [(code: String, column: RegisterColumn, cell: Cell)]
  ) throws {
    let table = register.table
    var rows = table.rows
    for (code, column, cell) in edits {
      let row = try #require(rows.firstIndex { $0[0] == .text(code) })
      rows[row][try #require(RegisterColumn.allCases.firstIndex(of: column))] = cell
    }
    let edited = Table(caption: caption ?? table.caption, columns: table.columns, rows: rows, total: table.total)
    try Workbook(sheets: [.init(name: "台账", table: edited)]).write(to: path)
  }

  /// Kinds, days and what else was stated since `position`.
  private func events(_ county: SmallCounty, since position: Int) throws -> [String] {
    try Self.codes.flatMap { code in
      try county.history(code, campaign: "drive").filter { $0.position > position }.map { event in
        guard case .workflow(let entry) = event.deed else { return event.deed.kind }
        var text = "\(code.suffix(1)) \(entry.kind.rawValue) \(event.effective)"
        if let area = entry.area { text += " \(Mu(area))" }
        if let farmland = entry.farmland { text += " (\(Mu(farmland)))" }
        for word in [
          entry.measure, entry.ground, entry.reason, entry.assignment?.party, entry.assignment?.township?.digits,
          entry.notes?["note"],
        ] {
          if let word { text += " \(word)" }
        }
        if entry.corrects != nil { text += " corrects" }
        return text
      }
    }
  }

  @Test(arguments: Language.allCases) func untouchedItChangesNothing(_ language: Language) async throws {
    let county = try await county()
    let head = try county.head()
    let path = county.folder.path("register.xlsx")
    try register(county, language: language).workbook(language).write(to: path)
    let receipt = try county.importRegister(path)
    #expect(receipt.rows.count == 4, "title and 合计 are no rows")
    #expect(receipt.unchanged == 4, "\(receipt.refusals)")
    #expect(try county.head() == head)
    // The same as CSV: its mark stands in a column.
    let csv = try county.folder.write(register(county, language: language).csv(language).utf8, to: "register.csv")
    let plain = try county.importRegister(csv)
    #expect(plain.unchanged == 4, "\(plain.refusals)")
    #expect(try county.head() == head)
  }

  /// Exactly the edited facts become events, in the order of a parcel's life.
  @Test func editsBecomeEvents() async throws {
    let county = try await county()
    let position = try county.head().position
    let path = county.folder.path("register.xlsx")
    try write(
      register(county), to: path,
      [
        (Self.codes[0], .measure, .text("拆除复耕")), (Self.codes[0], .started, .day(day("2024-04-01"))),
        (Self.codes[0], .restoredArea, .number(0.75, decimals: 2)),
        (Self.codes[0], .restoredFarmland, .number(0.25, decimals: 2)),
        (Self.codes[0], .completed, .text("2024年6月1日")), (Self.codes[0], .party, .text("某公司")),
        (Self.codes[1], .completed, .day(day("2024-05-11"))), (Self.codes[1], .accepted, .day(day("2024-06-01"))),
        (Self.codes[2], .determination, .text("非违法")), (Self.codes[2], .ground, .text("农村道路")),
        (Self.codes[2], .determined, .day(day("2024-03-08"))), (Self.codes[2], .note, .text("已核实")),
      ])
    let receipt = try county.importRegister(path)
    #expect(receipt.refusals.isEmpty, "\(receipt.refusals)")
    #expect((receipt.applied, receipt.unchanged) == (3, 1))
    #expect(
      try events(county, since: position) == [
        "1 assign 2024-04-01 某公司", "1 start-rectification 2024-04-01 拆除复耕", "1 progress 2024-06-01 0.75 (0.25) 拆除复耕",
        "1 complete-rectification 2024-06-01 拆除复耕", "2 complete-rectification 2024-05-11 corrects",
        "2 accept 2024-06-01", "3 determine-no-violation 2024-03-08 农村道路", "3 note 2024-12-31 已核实",
      ])
    #expect(
      try county.state(Self.codes[0], campaign: "drive").rectification.restoredArea == SquareMeters(Mu(hundredths: 75)))
    #expect(try county.state(Self.codes[1], campaign: "drive").rectification.completed == day("2024-05-11"))
    #expect(try county.state(Self.codes[2], campaign: "drive").determination?.ground == "rural-road")
    #expect(try county.ledger.check().problems.isEmpty)

    // Twice: what the sheet says is what the ledger says.
    let head = try county.head()
    let again = try county.importRegister(path)
    #expect(again.events == 0 && again.refusals.isEmpty, "\(again.refusals)")
    #expect(try county.head() == head)
  }

  /// A day that is put right twice is one day.
  @Test func theSameCellTwice() async throws {
    let county = try await county()
    for text in ["2024-05-11", "2024-05-12", "2024-05-13"] {
      let path = county.folder.path("\(text).xlsx")
      try write(register(county), to: path, [(Self.codes[1], .completed, .day(day(text)))])
      let receipt = try county.importRegister(path)
      #expect(receipt.events == 1 && receipt.refusals.isEmpty, "\(receipt.refusals)")
      #expect(try county.state(Self.codes[1], campaign: "drive").rectification.completed == day(text))
    }
    #expect(try county.state(Self.codes[1], campaign: "drive").stage == .unlawful(.rectified))
    #expect(try county.ledger.check().problems.isEmpty)
  }

  /// The exported file itself, edited in its bytes as another program would.
  @Test func anExportedFileEditedInPlace() async throws {
    let county = try await county()
    let position = try county.head().position
    let path = county.folder.path("register.xlsx")
    try register(county).workbook(.chinese).write(to: path)
    let script = """
      import re, sys, zipfile
      source, target, code = sys.argv[1:]
      with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
          strings = re.findall(r"<si>.*?</si>", old.read("xl/sharedStrings.xml").decode(), re.S)
          texts = [re.sub("<[^>]*>", "", text) for text in strings]
          for item in old.infolist():
              data = old.read(item)
              if item.filename == "xl/worksheets/sheet1.xml":
                  sheet = data.decode()
                  rows = re.findall(r"<row .*?</row>", sheet, re.S)
                  heads = next(row for row in rows if f"<v>{texts.index('责任单位')}</v>" in row)
                  column = re.search(rf'<c r="([A-Z]+)[0-9]+"[^>]*><v>{texts.index("责任单位")}</v>', heads).group(1)
                  row = next(row for row in rows if f"<v>{texts.index(code)}</v>" in row)
                  cell = re.search(rf'<c r="{column}[0-9]+"[^>]*/>', row).group(0)
                  filled = cell[:-2] + ' t="inlineStr"><is><t>石潭镇政府</t></is></c>'
                  data = sheet.replace(cell, filled).encode()
              new.writestr(item, data)
      """
    let python = URL(fileURLWithPath: "/usr/bin/python3")
    try #require(FileManager.default.isExecutableFile(atPath: python.path), "this test needs python3")
    let process = Process()
    process.executableURL = python
    process.arguments = ["-c", script, path, county.folder.path("edited.xlsx"), Self.codes[3]]
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    let receipt = try county.importRegister(county.folder.path("edited.xlsx"))
    #expect((receipt.applied, receipt.unchanged, receipt.refusals.count) == (1, 3, 0), "\(receipt.refusals)")
    #expect(try events(county, since: position) == ["4 assign 2024-12-31"])
    #expect(try county.state(Self.codes[3], campaign: "drive").assignment.office == "石潭镇政府")
  }

  /// Changed on both sides: the row is shown with all three values and nothing of it is written; the others go on.
  @Test func aConflict() async throws {
    let county = try await county()
    let old = try register(county)
    try county.record(
      "code,event,date,party\n\(Self.codes[0]),assign,2024-04-01,甲公司\n\(Self.codes[1]),accept,2024-06-01,\n",
      campaign: "drive")
    let position = try county.head().position
    let path = county.folder.path("register.xlsx")
    try write(
      old, to: path,
      [
        (Self.codes[0], .party, .text("乙公司")), (Self.codes[0], .note, .text("不应登记")),
        // The same on both sides is no conflict.
        (Self.codes[1], .accepted, .day(day("2024-06-01"))),
        (Self.codes[2], .party, .text("丙公司")),
      ])
    let receipt = try county.importRegister(path)
    #expect(
      receipt.refusals.map(\.trouble)
        == [.conflict(column: RegisterColumn.party.title.zh, base: "", sheet: "乙公司", ledger: "甲公司")])
    #expect((receipt.applied, receipt.unchanged) == (1, 2))
    #expect(receipt.outcome == .incomplete)
    #expect(try events(county, since: position) == ["3 assign 2024-12-31 丙公司"])
    let message = try #require(receipt.refusals.first).trouble.message
    for text in [message.zh, message.en] {
      #expect(text.contains("乙公司") && text.contains("甲公司"))
    }
  }

  @Test func whatARegisterCannotChange() async throws {
    let county = try await county()
    let head = try county.head()
    let edits: [(RegisterColumn, Cell, String)] = [
      (.determinedArea, .empty, "cannot-clear"), (.determination, .empty, "cannot-clear"),
      (.declaredArea, .number(1, decimals: 2), "not-editable"), (.stage, .text("已销号"), "not-editable"),
      (.closed, .day(day("2024-06-01")), "refused"), (.completed, .day(day("2025-06-01")), "refused"),
      (.completed, .text("六月"), "bad-date"), (.restoredArea, .text("不详"), "bad-number"),
      (.restoredArea, .number(5000, decimals: 2), "refused"), (.township, .text("无此镇"), "unknown-township"),
      (.ground, .text("无此依据"), "refused"), (.review, .text("再议"), "unknown-event"),
    ]
    let register = try register(county)
    for (index, (column, cell, code)) in edits.enumerated() {
      let path = county.folder.path("\(index).xlsx")
      try write(register, to: path, [(Self.codes[0], column, cell)])
      let receipt = try county.importRegister(path)
      #expect(receipt.refusals.map(\.trouble.code) == [code], "\(column)")
      #expect(receipt.unchanged == 3)
    }
    #expect(try county.head() == head)
  }

  @Test(arguments: ["other ledger", "beyond the end"]) func aMarkThatDoesNotFit(_ kind: String) async throws {
    let county = try await county()
    let head = try county.head()
    let mark =
      kind == "other ledger"
      ? RegisterMark(position: head.position, hash: "0123456789abcdef")
      : RegisterMark(position: head.position + 5, hash: head.hash)
    let path = county.folder.path("foreign.xlsx")
    try write(
      register(county), to: path, caption: "台账 \(mark.text)", [(Self.codes[2], .party, .text("某公司"))])
    do {
      _ = try county.importRegister(path)
      Issue.record("imported")
    } catch let error as ProcessingError {
      #expect(error == .noRegisterMark(file: "foreign.xlsx"))
    }
    #expect(try county.head() == head)
  }

  /// A sheet of the clerks' own: no mark, a title, few columns, 合计 at the end.
  @Test func aSheetWithoutMark() async throws {
    let county = try await county()
    let position = try county.head().position
    let table = Table(
      caption: "百日攻坚整改台账", columns: [.init("图斑编号"), .init("当事人"), .init("整改到位日期", .day), .init("序号", .number)],
      rows: [
        [.text(Self.codes[0]), .text("某公司"), .day(day("2024-06-01")), .count(1)],
        [.text("1.30E+17"), .text("某公司"), .empty, .count(2)], [.text(Self.codes[2]), .empty, .empty, .count(3)],
      ], total: [.text("合计"), .empty, .empty, .count(3)])
    let path = county.folder.path("台账.xlsx")
    try Workbook(sheets: [.init(name: "台账", table: table)]).write(to: path)
    let receipt = try county.importRegister(path, campaign: "drive")
    #expect(receipt.rows.count == 3)
    #expect((receipt.applied, receipt.unchanged) == (1, 1))
    #expect(receipt.refusals.map(\.trouble) == [.damagedCode("1.30E+17")])
    #expect(
      try events(county, since: position) == ["1 assign 2024-06-01 某公司", "1 complete-rectification 2024-06-01"])
    #expect(try county.importRegister(path, campaign: "drive").events == 0)
  }
}
