import Foundation
import Geodata
import ParcelLedger
import ParcelModel
import ParcelTesting
import ParcelWorkspace
import Testing

@testable import ParcelProcessing

@Suite struct UpdatesTests {
  /// One row and what becomes of it.
  struct Row: Sendable {
    /// code, campaign, event, date, document, areaMu, amount, case, reason, corrects
    var cells: String
    /// `applied`, `known`, or the code of the trouble; of a refusal its case.
    var outcome: String

    init(_ cells: String, _ outcome: String) { (self.cells, self.outcome) = (cells, outcome) }
  }

  private static let a = Plot.many(8)[0].code
  private static let b = Plot.many(8)[1].code
  private static let c = Plot.many(8)[2].code

  /// All in one file: a bad row harms no other.
  static let rows = [
    Row("\(a),provincial,交办,2024-02-06,,,,,,", "applied"),
    Row("\(a),provincial,炼丹,2024-02-06,,,,,,", "unknown-event"),
    Row("\(a),provincial,,2024-02-06,,,,,,", "unknown-event"),
    Row("\(a),provincial,核查,2024-02-30,,,,,,", "bad-date"),
    Row("\(a),provincial,核查,昨天,,,,,,", "bad-date"),
    Row("\(a),provincial,核查,,,,,,,", "missing-date"),
    Row("\(a),provincial,核查,2025-01-01,,,,,,", "refused inFuture"),
    Row("\(a),provincial,核查,2024-02-04,,,,,,", "refused beforeIssue"),
    Row("\(a),provincial,核查,2024-02-05,,,,,,", "applied"),
    Row("\(a),provincial,核查,2024年2月7日,,,,,,", "applied"),
    Row("\(a),provincial,核查,2024/2/8 09:30,,,,,,", "applied"),
    Row("\(a),provincial,核查,20240209,,,,,,", "applied"),
    Row("\(a),provincial,判定违法,2024-03-01,,9999,,,,", "refused areaExceeds"),
    Row("\(a),provincial,判定违法,2024-03-01,,一亩,,,,", "bad-number"),
    Row("\(a),provincial,判定违法,2024-03-01,,-1,,,,", "refused negative"),
    Row("\(a),provincial,销号,2024-03-01,,,,,,", "refused notInStage"),
    Row("\(a),provincial,判定违法,2024-03-01,湘资〔2024〕1号,1.5,,,,", "applied"),
    Row("\(a),provincial,立案,2024-03-02,,,,案1,,", "applied"),
    Row("\(a),provincial,立案,2024-03-02,,,,,,", "refused missing"),
    Row("\(a),provincial,处罚决定,2024-03-03,,,两万,案1,,", "bad-number"),
    Row("\(a),provincial,处罚决定,2024-03-03,,,100.001,案1,,", "bad-number"),
    Row("\(a),provincial,处罚决定,2024-03-03,,,\"20,000.50\",案1,,", "applied"),
    Row("\(a),provincial,处罚决定,2024-03-03,,,1,案9,,", "refused noCase"),
    Row("1.30E+17,provincial,交办,2024-02-06,,,,,,", "damaged-code"),
    Row("4.30321E17,provincial,交办,2024-02-06,,,,,,", "damaged-code"),
    Row("\(b),,交办,2024-02-06,,,,,,", "ambiguous-code"),
    Row("\(b),drive,交办,2024-02-06,,,,,,", "applied"),
    Row("\(b),nowhere,交办,2024-02-06,,,,,,", "unknown-parcel"),
    Row("999,provincial,交办,2024-02-06,,,,,,", "unknown-parcel"),
    Row(",provincial,交办,2024-02-06,,,,,,", "missing-code"),
    Row("\(c),provincial,退回,2024-02-06,,,,,缺照片,", "refused notInStage"),
    Row("\(c),provincial,填报,2024-02-06,,,,,,", "applied"),
    Row("\(c),provincial,退回,2024-02-07,,,,,,", "refused missing"),
    Row("\(c),provincial,退回,2024-02-07,,,,,缺照片,", "applied"),
    Row("\(c),provincial,更正,2024-02-08,,,,,,", "bad-correction"),
    Row("\(c),provincial,更正,2024-02-08,,,,,,第三条", "bad-correction"),
    Row("\(c),provincial,更正,2024-02-08,,,,,,430321:9999", "refused noSuchEvent"),
    Row("\(c),provincial,更正,2024-02-08,,,,,,430381:3", "bad-correction"),
    // Full width, and a code with spaces around it.
    Row("　\(fullWidth(c)) ,provincial,填报,２０２４－０２－０９,,,,,,", "applied"),
  ]

  private static func fullWidth(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.map { Unicode.Scalar($0.value + 0xFEE0) ?? $0 }))
  }

  private static func county() async throws -> SmallCounty {
    let county = try SmallCounty()
    try await county.ingest(Plot.many(8))
    try await county.ingest([Plot.many(8)[1]], as: "drive.geojson", campaign: "drive")
    return county
  }

  @Test func everyRowForItself() async throws {
    let county = try await Self.county()
    let head = "监测编号,专项,事项,日期,文号,面积（亩）,金额（元）,案号,原因,更正序号\n"
    let text = head + Self.rows.map(\.cells).joined(separator: "\n") + "\n合计,,,,,99,,,,\n"
    let before = try county.head().position
    let receipt = try county.record(text)
    try #require(receipt.rows.count == Self.rows.count, "the total is no row")
    for (index, (expected, row)) in zip(Self.rows, receipt.rows).enumerated() {
      #expect(outcome(row) == expected.outcome, "\(expected.cells)")
      #expect(row.line == index + 2)
    }
    let applied = Self.rows.count { $0.outcome == "applied" }
    #expect(receipt.applied == applied && receipt.events == applied)
    #expect(receipt.outcome == .incomplete)
    #expect(try county.head().position == before + applied)
    let state = try county.state(Self.a)
    #expect(state.cases.map(\.levied) == [2_000_050])
    #expect(state.determination?.area == SquareMeters(Mu(hundredths: 150)))
    #expect(state.determination?.document == "湘资〔2024〕1号")
    #expect(try county.state(Self.c).filed == day("2024-02-06"))
    #expect(try county.state(Self.c).stage == .inReview)
    #expect(try county.ledger.check().problems.isEmpty)

    // The same file once more, under another name.
    let position = try county.head()
    let again = try county.record(text, as: "再报.csv")
    #expect(again.events == 0 && again.alreadyKnown == applied)
    #expect(again.refusals.count == Self.rows.count - applied)
    #expect(try county.head() == position)
  }

  private func outcome(_ row: RowReceipt.Row) -> String {
    switch row.outcome {
    case .applied: "applied"
    case .alreadyKnown: "known"
    case .unchanged: "unchanged"
    case .refused(.refused(let refusal)): "refused " + ("\(refusal)".split(separator: "(").first.map(String.init) ?? "")
    case .refused(let trouble): trouble.code
    }
  }

  /// Every trouble says in both languages what is wrong and what to do.
  @Test func troubleIsExplained() async throws {
    let county = try await Self.county()
    let head = "监测编号,专项,事项,日期,文号,面积（亩）,金额（元）,案号,原因,更正序号\n"
    let receipt = try county.record(head + Self.rows.map(\.cells).joined(separator: "\n"))
    for (row, trouble) in receipt.refusals {
      for text in [trouble.message.zh, trouble.message.en, trouble.remedy.zh, trouble.remedy.en] {
        #expect(!text.isEmpty && !text.contains("Optional(") && !text.hasSuffix("：") && !text.hasSuffix(": "), "\(row)")
      }
    }
    #expect(receipt.refusals.count > 20)
  }

  /// The same two events under heads of every kind, in every order and encoding.
  @Test(arguments: [
    ("code,event,date,note", "utf8"), ("监测编号,事项,日期,备注", "utf8"), ("监测编号,事项,日期,备注", "gb18030"),
    ("监测编号,事项,日期,备注", "bom"), ("图斑编号,事件,日期,备注", "utf8"), ("ＣＯＤＥ,ＥＶＥＮＴ,ＤＡＴＥ,ＮＯＴＥ", "utf8"),
    (" Code , Event,DATE ,Note", "utf8"), ("JCBH,事项,日期,随便", "utf8"),
  ]) func heads(_ head: String, _ encoding: String) async throws {
    let county = try SmallCounty()
    try await county.ingest(Plot.many(2))
    let text = "\(head)\n\(Self.a),交办,2024-02-06,易俗河所\n\(Self.b),填报,2024-02-07,易俗河所\n"
    let gb18030 = String.Encoding(rawValue: 0x8000_0632)
    let bytes: [UInt8] =
      switch encoding {
      case "gb18030": Array(try #require(text.data(using: gb18030)))
      case "bom": [0xEF, 0xBB, 0xBF] + Array(text.utf8)
      default: Array(text.utf8)
      }
    let receipt = try county.record(file: county.folder.write(bytes, to: "流水.csv"), campaign: "provincial")
    #expect(receipt.events == 2)
    guard case .workflow(let entry) = try #require(county.history(Self.a).last).deed else {
      Issue.record("no workflow event")
      return
    }
    #expect(entry.kind == .assign)
    // An unknown column is kept under its own name.
    #expect(entry.notes?.values.first == "易俗河所")
    #expect(try county.state(Self.b).filed == day("2024-02-07"))
  }

  /// Two equal payments in one file are two; the file a second time, or one of them in another file, is none.
  @Test func equalRowsStayTwo() async throws {
    let county = try await Self.county()
    try county.record(
      "code,campaign,event,date,case\n\(Self.a),provincial,open-case,2024-03-01,X\n", as: "case.csv")
    let row = "\(Self.a),provincial,penalty,2024-04-01,X,1000\n"
    let head = "code,campaign,event,date,case,amount\n"
    #expect(try county.record(head + row + row).events == 2)
    #expect(try county.state(Self.a).cases.map(\.levied) == [200_000])
    #expect(try county.record(head + row + row, as: "again.csv").events == 0)
    #expect(try county.record(head + row, as: "one.csv").events == 0)
    #expect(try county.record(head + row + row + row, as: "three.csv").events == 1)
    #expect(try county.state(Self.a).cases.map(\.levied) == [300_000])
  }

  @Test func correctAndRetract() async throws {
    let county = try await Self.county()
    let head = "code,campaign,event,date,corrects\n"
    try county.record(head + "\(Self.a),provincial,file,2024-03-01,\n\(Self.b),provincial,file,2024-03-01,\n")
    let seq = try #require(county.history(Self.a).last).seq
    // The date was wrong.
    let correction = head + "\(Self.a),provincial,file,2024-03-05,430321:\(seq)\n"
    #expect(try county.record(correction, as: "correction.csv").events == 1)
    #expect(try county.state(Self.a).filed == day("2024-03-05"))
    #expect(try county.record(correction, as: "correction.csv").events == 0)
    // Another parcel's event is not corrected in passing.
    let other = try county.record(head + "\(Self.b),provincial,file,2024-03-06,430321:\(seq)\n", as: "other.csv")
    #expect(other.refusals.map(\.trouble) == [.refused(.otherParcel("430321:\(seq)"))])
    // A correction of the correction, by the number of either: one fact all the while.
    let second = try #require(county.history(Self.a).last).seq
    try county.record(head + "\(Self.a),provincial,file,2024-03-07,430321:\(second)\n", as: "second.csv")
    #expect(try county.state(Self.a).filed == day("2024-03-07"))
    try county.record(head + "\(Self.a),provincial,file,2024-03-08,430321:\(seq)\n", as: "third.csv")
    #expect(try county.state(Self.a).filed == day("2024-03-08"))
    // Without the last correction what it corrected counts again.
    let last = try #require(county.history(Self.a).last).seq
    #expect(
      try county.record(head + "\(Self.a),provincial,更正,2024-03-09,430321:\(last)\n", as: "retract.csv").events == 1)
    #expect(try county.state(Self.a).filed == day("2024-03-07"))
    // It did not happen at all.
    try county.record(head + "\(Self.a),provincial,更正,2024-03-09,430321:\(seq)\n", as: "first.csv")
    #expect(try county.state(Self.a).filed == nil)
    #expect(try county.state(Self.a).stage == .pending)
    #expect(try county.state(Self.b).filed == day("2024-03-01"))
    #expect(try county.history(Self.a).count == 7, "nothing is ever removed")
    #expect(try county.ledger.check().problems.isEmpty)
  }

  /// A sum that was corrected twice is levied once.
  @Test func aPaymentCorrectedTwiceCountsOnce() async throws {
    let county = try await Self.county()
    let head = "code,campaign,event,date,case,amount,corrects\n"
    try county.record(head + "\(Self.a),provincial,open-case,2024-03-01,X,,\n", as: "case.csv")
    var corrects = ""
    for (number, amount) in [1000, 2000, 3000].enumerated() {
      try county.record(head + "\(Self.a),provincial,penalty,2024-04-01,X,\(amount),\(corrects)\n", as: "\(number).csv")
      corrects = "430321:\(try #require(county.history(Self.a).last).seq)"
      #expect(try county.state(Self.a).cases.map(\.levied) == [Int64(amount) * 100])
    }
  }

  /// Of whole files.
  @Test(arguments: [
    ("监测编号,事项\n1,交办\n", "missing-field"), ("一,二,三\n1,2,3\n", "no-header"), ("事项,日期\n交办,2024-02-06\n", "missing-field"),
  ]) func refusedFiles(_ text: String, _ code: String) async throws {
    let county = try await Self.county()
    let head = try county.head()
    do {
      try county.record(text, as: "表.csv")
      Issue.record("recorded")
    } catch let error as any ExplainedError {
      #expect(error.code == code)
      for message in [error.message.zh, error.message.en] {
        #expect(message.contains("表.csv"))
        #expect(!message.hasSuffix("：") && !message.hasSuffix(": "), "it says what is wanted")
      }
    }
    #expect(try county.head() == head)
  }

  @Test func aDryRunWritesNothing() async throws {
    let county = try await Self.county()
    let head = try county.head()
    let path = try county.folder.write("code,event,date\n\(Self.a),file,2024-03-01\n".utf8, to: "r.csv")
    let updates = Updates(
      workspace: county.workspace, ledger: county.ledger, reader: SmallCounty.reader, now: county.now)
    #expect(try updates.record(path, campaign: "provincial", dryRun: true).events == 1)
    #expect(try county.head() == head)
  }
}
