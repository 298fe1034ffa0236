import Drawing
import Foundation
import Geodata
import ParcelLedger
import ParcelModel
import Testing

@testable import ParcelReports

private func report(
  _ ledger: Ledger, name: String = "湘潭县", asOf: String = "2024-12-31", known: Int? = nil,
  language: Language = .chinese
) throws -> ProgressReport {
  try ledger.read { snapshot in
    try ProgressReport(
      snapshot, name: name, townships: townships, cutOff: CutOff(snapshot, asOf: day(asOf), known: known),
      program: "1.0", language: language)
  }
}

@Suite struct PublishedProgress {
  /// 省卫片 and 百日攻坚 in the words and figures of the bureau's own report.
  @Test(arguments: [
    (
      Language.chinese,
      [
        "9个批次共计下发图斑139宗、面积976.32亩、耕地209.89亩。其中：非违法135宗、面积970.62亩、耕地205.01亩；违法4宗、面积5.70亩、耕地4.88亩。",
        "填报举证率100.00%（按宗）。", "1个批次共计下发图斑392宗、面积505.94亩、耕地337.90亩。均为“交办整改”。",
        "完成整改销号335宗、面积458.98亩、耕地306.50亩，未销号57宗、面积46.96亩、耕地31.40亩；整改率按宗85.46%，按耕地90.71%。",
        "整改期限为2024年11月30日，已逾期57宗", "整改率按宗78.97%，按耕地61.84%。整改期限为2025年12月31日。", "未销号图斑中，1宗已作出行政处罚。",
        "“百日攻坚”行动（57 宗，整改期限2024年11月30日，已逾期）", "图斑不在本县范围内（112.9, 28.4）",
      ]
    ),
    (
      .english,
      [
        "9 batches issued 139 parcels, 976.32 mu (209.89 mu farmland). Of these: no violation 135 parcels",
        "Rectification rate: 85.46% by count, 90.71% by farmland.", "The term ended on 2024-11-30; overdue: 57 parcels",
      ]
    ),
  ])
  func saysWhatTheBureauSaid(_ language: Language, _ sentences: [String]) throws {
    let html = try report(publishedCounty().ledger, language: language).html
    for sentence in sentences { #expect(html.contains(sentence), "\(sentence)") }
  }

  @Test func everyRateIsPrintedWithWhatItFollowsFrom() throws {
    let markdown = try report(publishedCounty().ledger).markdown
    #expect(markdown.contains("| 2018—2023年存量部卫片 | 整改率 | 耕地，亩（下发面积） | 935.11 | 1512.07 | 61.84 |"))
    #expect(markdown.contains("已销号 ÷ 应整改（违法 + 交办整改）；本程序口径"))
    #expect(markdown.contains("统计截至2024年12月31日，流水号 6252。"))
  }

  @Test func theListAndTheLongFormAddUpToTheReport() throws {
    let report = try report(publishedCounty().ledger)
    #expect(report.outstanding.count == 197)
    #expect(report.byCampaign.total.open.count == 197)
    var sums: [String: (count: Double, farmland: Double)] = [:]
    for row in report.figures.rows {
      sums[row[4].plain, default: (0, 0)].count += Double(row[5].plain) ?? 0
      sums[row[4].plain, default: (0, 0)].farmland += Double(row[7].plain) ?? .nan
    }
    let issued = try #require(sums["issued"])
    #expect(issued.count == 1192 && abs(issued.farmland - 2059.86) < 0.001)
    #expect(sums["flags.overdue"]?.count == 57)
    #expect(sums["rectification.closed"]?.count == 860)
    #expect(sums["partition.pending"] == nil)
  }

  @Test func whatHappenedLaterDoesNotCount() throws {
    let report = try report(publishedCounty().ledger, asOf: "2024-10-31")
    #expect(report.byCampaign.total.part(.inReview).count == 139)
    #expect(report.overdueByCampaign.total.count == 0)
    #expect(report.html.contains("均为“待审核”。"))
  }

  @Test func anEarlierPositionIsTheLedgerOfThen() throws {
    let county = try publishedCounty()
    let early = try report(county.ledger, known: 3)
    #expect(early.cutOff.position == 3)
    #expect(early.byCampaign.groups.isEmpty)
    #expect(early.cutOff.hash != (try report(county.ledger).cutOff.hash))
    #expect(early.html.contains("没有下发图斑"))
  }

  @Test(arguments: Language.allCases)
  func filesAreWrittenWholeAndAlike(_ language: Language) throws {
    let county = try publishedCounty()
    let folder = county.folder.appendingPathComponent("\(language)/2024")
    let files = try report(county.ledger, language: language).write(to: folder, formats: ProgressReport.Format.allCases)
    #expect(
      files.map(\.lastPathComponent) == [
        "progress-2024-12-31.html", "progress-2024-12-31.md", "progress-2024-12-31.csv",
      ])
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 3)
    for (file, format) in zip(files, ProgressReport.Format.allCases) {
      #expect(try Data(contentsOf: file) == Data(try report(county.ledger, language: language).render(format).utf8))
    }
  }

  @Test func aFolderThatCannotBeIsReported() throws {
    let county = try publishedCounty()
    let file = county.folder.appendingPathComponent("ledger.sqlite")
    #expect(throws: ReportError.self) { try report(county.ledger).write(to: file, formats: [.csv]) }
  }
}

@Test(arguments: ["<script>alert(1)</script>", "\"><svg onload=alert(1)>", "</title><img src=x>"])
func hostileNamesStayText(_ name: String) throws {
  let county = try SampleCounty([
    Campaign(id: "c", name: name, template: "lead", acceptanceBeforeClosure: false)
  ])
  county.turnClock(to: "2024-06-01")
  try county.deliver(
    [
      .init(
        code: name, area: Mu(hundredths: 100), farmland: nil, township: townships[0].code, at: Point(x: 112.5, y: 27.5))
    ],
    campaign: "c", batch: name, on: "2024-05-01",
    rejects: [.init(record: 2, code: name, finding: .badNumber, reason: name)])
  try county.record([.init(code: name, kind: .handOver, on: "2024-05-02")], campaign: "c")
  let report = try report(county.ledger, name: name, asOf: "2024-06-01")
  #expect(report.outstanding.count == 1)
  for marker in ["<script", "<svg onload", "<img", "onload=alert(1)>"] {
    #expect(!report.html.contains(marker), "\(marker)")
    #expect(!report.markdown.contains(marker), "\(marker)")
  }
  #expect(report.html.contains("&lt;"))
}
