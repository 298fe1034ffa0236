import Drawing
import Foundation
import Geodata
import ParcelLedger
import ParcelModel
import Testing

@testable import ParcelReports

private let identity = ParcelIdentity(county: xiangtan, campaign: provincial.id, code: "430321202400001")
private let huashi = DivisionCode("430321107")!
private let rulebook = Rulebook([(xiangtan, provincial)], townships: [huashi: "花石镇"])

/// A history written down as the ledger would hold it.
private func history(_ deeds: [(kind: WorkflowKind, on: String, edit: (inout WorkflowEntry) -> Void)]) -> History {
  var measured = Measurement(area: SquareMeters(hundredths: 200_000), rules: 3)
  measured.farmland = SquareMeters(hundredths: 150_000)
  measured.classes = [
    LandUse.Code(rawValue: "0101"): SquareMeters(hundredths: 150_000),
    LandUse.Code(rawValue: "0702"): SquareMeters(hundredths: 50_000),
  ]
  measured.township = huashi
  measured.townships = [huashi: measured.area]
  measured.overlays = ["规划边界": SquareMeters(hundredths: 100_000)]
  measured.layers = ["land-use@1a2b3c4d5e6f"]
  let issue = Issue(
    campaign: identity.campaign, code: identity.code, batch: "第1批", delivery: String(repeating: "ab", count: 32),
    record: 7, fingerprint: "f",
    declared: Declaration(
      area: SquareMeters(Mu(hundredths: 310)), farmland: SquareMeters(Mu(hundredths: 220)), township: "花石",
      attributes: ["YDDW": "某某超市"]),
    measured: measured, earlier: EarlierParcel(campaign: "backlog", code: "OLD-1", share: 0.7321),
    findings: [.townshipDiffers])
  let events = deeds.enumerated().map { index, deed in
    var entry = WorkflowEntry(campaign: identity.campaign, code: identity.code, kind: deed.kind)
    deed.edit(&entry)
    return Event(
      position: 102 + index, county: xiangtan, seq: 12 + index, effective: day(deed.on),
      recorded: Instant("2024-06-0\(1 + index)T16:30:00Z")!, actor: "王某", document: "", deed: .workflow(entry))
  }
  return History(
    identity: identity,
    events: [
      Event(
        position: 101, county: xiangtan, seq: 11, effective: day("2024-05-01"),
        recorded: Instant("2024-05-02T01:00:00Z")!, actor: "", document: "", deed: .issue(issue))
    ] + events)
}

private let corrected = history([
  (.file, "2024-05-10", { _ in }),
  (.determineNoViolation, "2024-05-20", { $0.ground = "approved" }),
  (
    .determineUnlawful, "2024-05-21",
    { entry in
      entry.ground = "unlawful-construction"
      entry.corrects = 13
    }
  ),
  (.startRectification, "2024-06-30", { $0.measure = "拆除复耕" }),
])

@Test func aCorrectedEventIsToldWithWhatTookItsPlace() throws {
  let story = try #require(try ParcelStory(corrected, rules: rulebook, asOf: day("2024-06-10")))
  #expect(story.parcel.stage == .unlawful(.unrectified))
  #expect(story.chapters.map(\.event.seq) == [11, 12, 13, 14, 15])
  #expect(story.chapters.map(\.correctedBy) == [nil, nil, 14, nil, nil])
  #expect(story.chapters.map(\.counts) == [true, true, false, true, false])
  let text = story.text(.chinese, width: nil, isColored: false)
  #expect(text.contains("【已由序号 14 更正，不再计入】；认定依据：合法审批"))
  #expect(text.contains("更正序号 13 的事项；认定依据：违法建设"))
  #expect(text.contains("【晚于截止日期，未计入】；方式：拆除复耕"))
}

@Test(arguments: [
  (
    Language.chinese,
    [
      "图斑 430321202400001（2024年省卫片执法）", "2024年5月1日随“第1批”下发，位于花石镇，面积3.10亩，其中耕地2.20亩。",
      "截至2024年6月10日状态：违法·未整改。", "花石镇（430321107）", "农用地", "水田",
      "与较早下发的图斑 OLD-1（backlog）重叠，重叠部分占本图斑的 73.2%。", "下发乡镇与图形所在乡镇不同（township-differs）。处理：核对属地，必要时用交办登记。",
      "abababababab… 第 7 条记录", "2024-06-03 00:30:00", "YDDW", "某某超市", "规划边界",
    ]
  ),
  (
    .english,
    [
      "Parcel 430321202400001 (2024年省卫片执法)",
      "Issued on 2024-05-01 with batch “第1批” in 花石镇: 3.10 mu, of which 2.20 mu farmland.",
      "As of 2024-06-10: unlawful, unrectified.", "paddy field", "takes the place of seq 13",
    ]
  ),
])
func aStoryTellsTheCase(_ language: Language, _ sentences: [String]) throws {
  let story = try #require(try ParcelStory(corrected, rules: rulebook, asOf: day("2024-06-10")))
  let text = story.text(language, width: nil, isColored: false)
  for sentence in sentences { #expect(text.contains(sentence), "\(sentence)") }
}

@Test func aStoryIsNarrowEnoughForATerminal() throws {
  let story = try #require(try ParcelStory(corrected, rules: rulebook, asOf: nil))
  for line in story.text(.chinese, width: 90, isColored: false).split(separator: "\n") {
    #expect(TerminalText.columns(line) <= 90, "\(line)")
  }
  #expect(!story.text(.chinese, width: 90, isColored: false).contains("…  "))
}

@Test func nothingIsToldBeforeTheIssue() throws {
  #expect(try ParcelStory(corrected, rules: rulebook, asOf: day("2024-04-30")) == nil)
}

@Test func aStoryAsJSON() throws {
  let story = try #require(try ParcelStory(corrected, rules: rulebook, asOf: day("2024-06-10")))
  let text = story.json(.english).text
  let root = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  #expect(root["schema"] as? String == "parcels.parcel/1")
  #expect(root["stage"] as? String == "unlawful.unrectified")
  let relation = try #require((root["relations"] as? [[String: Any]])?.first)
  #expect(Set(relation.keys) == ["kind", "code", "campaign", "shareOfThis", "shareOfOther"])
  let events = try #require(root["history"] as? [[String: Any]])
  #expect(
    events.compactMap { $0["event"] as? String }
      == ["issue", "file", "determine-no-violation", "determine-unlawful", "start-rectification"])
  for key in ["position", "seq", "effective", "recorded", "actor", "document"] {
    #expect(events.allSatisfy { $0[key] != nil })
  }
  #expect(events[2]["correctedBy"] as? Int == 14)
  #expect(events[3]["corrects"] as? Int == 13)
  #expect(text.contains("\"areaM2\":2000,"))
}

@Test func exportedValuesFitTheirColumns() throws {
  let parcel = try #require(try corrected.state(asOf: nil, rules: provincial))
  let row = ExportRow(parcel, rules: rulebook)
  #expect(
    ExportRow.fields.map(\.name).joined(separator: " ")
      == "code campaign batch county township townshipName stage determination ground declaredM2 declaredFarmlandM2 "
      + "measuredM2 measuredMu farmlandM2 adjustableM2 basicFarmlandM2 redlineM2 classes earlier earlierShare "
      + "earlierCampaign issuedOn closedOn dueOn declaredBasicFarmlandM2 findings")
  #expect(row.values.count == ExportRow.fields.count)
  for (value, field) in zip(row.values, ExportRow.fields) {
    switch (value, field.kind) {
    case (.null, _), (.text, .text), (.real, .real), (.day, .day): break
    default: Issue.record("\(field.name) holds \(value)")
    }
  }
  let values = Dictionary(uniqueKeysWithValues: zip(ExportRow.fields.map(\.name), row.values))
  #expect(values["measuredMu"] == .real(3))
  #expect(values["classes"] == .text(#"{"0101":1500,"0702":500}"#))
  #expect(values["earlierShare"] == .real(0.7321))
  #expect(values["stage"] == .text("unlawful.rectifying"))
  #expect(row.issuePosition == 101)
  #expect(ExportRow.table([row]).rows[0][11].plain == "2000.00")
}

@Test func theRegisterCarriesItsMarkAndSums() throws {
  let county = try publishedCounty()
  let (parcels, rules, head) = try county.ledger.read { snapshot in
    (
      try snapshot.states(.init(campaigns: [provincial.id]), asOf: day("2024-12-31"), known: nil),
      try Rulebook(snapshot, known: nil, townships: [huashi: "花石镇"]), try snapshot.head()
    )
  }
  let mark = RegisterMark(position: head.position, hash: head.hash)
  let register = RegisterWorkbook(
    parcels, rules: rules, name: "湘潭县", asOf: day("2024-12-31"), mark: mark, language: .chinese)
  let table = register.table
  #expect(RegisterMark(in: try #require(table.caption)) == mark)
  #expect(table.columns.map(\.title) == RegisterColumn.allCases.map(\.title.zh))
  #expect(table.rows.count == 139)
  let total = try #require(table.total).map(\.plain)
  #expect(total[0] == "合计 139 宗")
  func sum(_ column: RegisterColumn) -> String { total[RegisterColumn.allCases.firstIndex(of: column)!] }
  #expect(sum(.declaredFarmland) == "209.89")
  #expect(sum(.restoredArea) == "3.71")
  // One parcel was delivered without an area.
  #expect(sum(.measuredArea) == "976.32" && sum(.declaredArea) != "976.32")
  #expect(sum(.closed) == "")
  #expect(register.csv(.chinese).split(separator: "\r\n").count == 1 + 139 + 1)
  try register.workbook(.chinese).write(to: county.folder.appendingPathComponent("register.xlsx").path)
}

@Test(arguments: Language.allCases)
func aListHasItsSumsBelow(_ language: Language) throws {
  let parcel = try #require(try corrected.state(asOf: nil, rules: provincial))
  let table = ParcelTable([parcel, parcel], rules: rulebook, language: language).table
  #expect(table.rows[0].map(\.plain).first == "430321202400001")
  #expect(table.rows[0].map(\.plain).last == "township-differs")
  #expect(
    table.total?.map(\.plain).filter { !$0.isEmpty }
      == [language == .chinese ? "合计 2 宗" : "Total 2", "6.20", "4.40"])
}
