import Foundation
import Geodata
import ParcelModel
import ParcelTesting
import ParcelWorkspace
import Testing

/// A file that a person got wrong, and what the program must say of it.
struct Mistake: Sendable, CustomTestStringConvertible {
  var text: String
  var line: Int?
  var reason: ConfigurationError.Reason?
  /// What the complaint and the remedy must name, beside the file.
  var mentions: [String]

  init(_ text: String, line: Int?, _ reason: ConfigurationError.Reason? = nil, mentions: String...) {
    (self.text, self.line, self.reason, self.mentions) = (text, line, reason, mentions)
  }

  var testDescription: String { text }

  func check(_ error: ConfigurationError, file: String) {
    #expect(error.file == file)
    #expect(error.line == line)
    if let reason { #expect(error.reason == reason) }
    #expect(error.code == "bad-configuration")
    #expect(error.outcome == .nothingTaken)
    for language in Language.allCases {
      let message = error.message.text(language)
      #expect(message.hasPrefix(line.map { "\(file):\($0)" } ?? file), "\(message)")
      let whole = message + " " + error.remedy.text(language)
      for mention in mentions { #expect(whole.contains(mention), "\(whole)") }
      #expect(!error.remedy.text(language).isEmpty)
    }
  }
}

@Suite("parcels.yaml")
struct SettingsTests {
  @Test(
    "Mistakes are named with file, line and remedy",
    arguments: [
      Mistake("", line: 1, .missingKey("county"), mentions: "county"),
      Mistake("name: 湘潭县\nzone: 38\n", line: 1, .missingKey("county")),
      Mistake("# 注释\n\nname: 湘潭县\n", line: 3, .missingKey("county")),
      Mistake("county:\n", line: 1, .missingKey("county")),
      Mistake("name: 湘潭县\ncounty: 43032\n", line: 2, .wrongValue("county", "43032"), mentions: "43032"),
      Mistake("county: 430321001\n", line: 1, .wrongValue("county", "430321001")),
      Mistake("county: [430321]\n", line: 1, .wrongValue("county", "…")),
      Mistake("county: 430321\nzone: 24\n", line: 2, .wrongValue("zone", "24")),
      Mistake("county: 430321\nzone: 46\n", line: 2, .wrongValue("zone", "46")),
      Mistake("county: 430321\nzone: Auto\n", line: 2, .wrongValue("zone", "Auto")),
      Mistake("county: 430321\n\nlanguage: fr\n", line: 3, .wrongValue("language", "fr"), mentions: "fr"),
      Mistake("county: 430321\nlanguge: zh\n", line: 2, mentions: "languge", "language", "inbox"),
      Mistake("county: 430321\ncounty: 430322\n", line: 1),
      Mistake("county: 430321\n  name: x\n", line: 2),
      Mistake("county: \"430321\n", line: 2),
      Mistake("- county\n", line: 1, .notAMapping),
      Mistake("430321\n", line: 1, .notAMapping),
      Mistake("county: 430321\ninbox: yes\n", line: 2, .wrongValue("inbox", "yes")),
      Mistake("county: 430321\ninbox:\n  - a\n", line: 3, .notAMapping),
      Mistake("county: 430321\ninbox:\n  - campaign: c\n", line: 3, .missingKey("match"), mentions: "match"),
      Mistake("county: 430321\ninbox:\n  - match: a\n    campagn: c\n", line: 4, mentions: "campagn", "campaign"),
      Mistake("county: 430321\ninbox:\n  - match: a\n", line: 3, .missingKey("campaign")),
      Mistake(
        "county: 430321\ninbox:\n  - match: a\n    campaign: c\n    crs: EPSG\n", line: 5, .wrongValue("crs", "EPSG")),
      Mistake("county: 430321\ninbox:\n  - match: a\n    record: maybe\n", line: 4, .wrongValue("record", "maybe")),
    ])
  func mistakes(mistake: Mistake) throws {
    let error = try #require(
      #expect(throws: ConfigurationError.self) { try Settings(text: mistake.text, file: "parcels.yaml") })
    mistake.check(error, file: "parcels.yaml")
  }

  @Test("What may be left out has its default")
  func defaults() throws {
    let settings = try Settings(text: "county: 430321", file: "parcels.yaml")
    #expect(settings.county == division("430321"))
    #expect(settings.name == "430321")
    #expect(settings.zone == nil)
    #expect(settings.language == nil)
    #expect(settings.inbox == [])
  }

  @Test("Everything that may stand in it is read")
  func whole() throws {
    let settings = try Settings(
      text: """
        county: "430300"
        name: 湘潭市
        zone: 38
        language: en
        inbox:
          - match: "省卫片-第{batch}批-{issued}.*"
            campaign: provincial-2024
            profile: standard-mu
            crs: EPSG:4526
            layer: 图斑
          - match: "*台账*.xlsx"
            register: true
          - match: "*.csv"
            record: yes
          - {match: "*.zip", campaign: drive, record: no}
        """, file: "parcels.yaml")
    #expect(settings.name == "湘潭市")
    #expect(settings.zone?.number == 38)
    #expect(settings.language == .english)
    #expect(
      settings.inbox.map(\.action) == [
        .ingest(
          campaign: "provincial-2024", profile: "standard-mu", crs: CoordinateReference(epsg: 4526), layer: "图斑"),
        .register, .record, .ingest(campaign: "drive", profile: nil, crs: nil, layer: nil),
      ])
    #expect(settings.inbox[0].pattern.match("省卫片-第3批-20240301.zip")?.batch == "3")
  }
}

@Suite("Campaign files")
struct CampaignFileTests {
  private static let good = "name: 百日攻坚\n"

  @Test(
    "Mistakes are named with file, line and remedy",
    arguments: [
      Mistake("", line: 1, .missingKey("name")),
      Mistake("year: 2024\n", line: 1, .missingKey("name"), mentions: "name"),
      Mistake("name: \"\"\n", line: 1, .missingKey("name")),
      Mistake(good + "year: 二〇二四\n", line: 2, .wrongValue("year", "二〇二四")),
      Mistake(good + "area: measure\n", line: 2, .wrongValue("area", "measure"), mentions: "area"),
      Mistake(good + "township: nearest\n", line: 2, .wrongValue("township", "nearest")),
      Mistake(good + "acceptanceBeforeClosure: 2\n", line: 2, .wrongValue("acceptanceBeforeClosure", "2")),
      Mistake(good + "rectifyBy: 2025-02-30\n", line: 2, .wrongValue("rectifyBy", "2025-02-30")),
      Mistake(good + "deadlines:\n  - step: inspect\n    by: 2025-12-31\n", line: 3, .wrongValue("step", "inspect")),
      Mistake(good + "deadlines:\n  - step: file\n", line: 3, .missingKey("within")),
      Mistake(
        good + "deadlines:\n  - step: file\n    within: 15\n    from: issued\n", line: 4, .wrongValue("within", "15")),
      Mistake(good + "deadlines:\n  - step: file\n    within: 15 days\n", line: 3, .missingKey("from")),
      Mistake(
        good + "deadlines:\n  - step: file\n    within: 15 days\n    from: noon\n", line: 5, .wrongValue("from", "noon")
      ),
      Mistake(good + "rates: [filing, speed]\n", line: 2, .wrongValue("rates", "speed"), mentions: "speed"),
      Mistake(good + "rates:\n  - filing\n  - speed\n", line: 4, .wrongValue("rates", "speed")),
      Mistake(good + "rates: filing\n", line: 2, .wrongValue("rates", "filing")),
      Mistake(good + "reviewLevels:\n  - [市级]\n", line: 3, .wrongValue("reviewLevels", "…")),
      Mistake(good + "grounds: 合法\n", line: 2, .wrongValue("grounds", "合法")),
      Mistake(good + "grounds:\n  - 合法\n", line: 3, .notAMapping),
      Mistake(good + "grounds:\n  - names: [合法]\n    verdict: noViolation\n", line: 3, .missingKey("code")),
      Mistake(good + "grounds:\n  - code: a\n    names: [合法]\n", line: 3, .missingKey("verdict"), mentions: "verdict"),
      Mistake(
        good + "grounds:\n  - code: a\n    names: [合法]\n    verdict: 合法\n", line: 5, .wrongValue("verdict", "合法")),
      Mistake(good + "grounds:\n  - code: a\n    name: 合法\n    verdict: unlawful\n", line: 4, mentions: "names"),
      Mistake(good + "ground: []\n", line: 2, mentions: "ground", "grounds"),
      Mistake(good + "name: 又一个\n", line: 1),
      Mistake(good + "\tyear: 2024\n", line: 2),
    ])
  func mistakes(mistake: Mistake) throws {
    let error = try #require(
      #expect(throws: ConfigurationError.self) { try Campaign(text: mistake.text, id: "drive") })
    mistake.check(error, file: "campaigns/drive.yaml")
  }

  @Test("What may be left out has its default")
  func defaults() throws {
    #expect(
      try Campaign(text: "name: 省卫片", id: "p") == Campaign(id: "p", name: "省卫片", template: "", rates: Rate.allCases))
  }

  @Test("Everything that may stand in it is read")
  func whole() throws {
    let campaign = try Campaign(
      text: """
        name: 省卫片
        template: provincial-satellite
        year: 2024
        area: determined
        township: overlap
        baseSurvey: "2023"
        acceptanceBeforeClosure: false
        reviewLevels: [市级, 省级]
        rectifyBy: 2025-12-31
        deadlines:
          - {step: 填报, within: 15 个工作日, from: issued}
          - {step: rectify, within: 3 months, from: determined}
          - {step: accept, by: 2025-11-30}
        rates: [restoration, filing]
        grounds:
          - {code: facility, names: [设施农用地, "设施农用地（备案）"], verdict: outside}
        """, id: "p")
    #expect(
      campaign
        == Campaign(
          id: "p", name: "省卫片", template: "provincial-satellite", year: 2024, basis: .determined, township: .overlap,
          baseSurvey: "2023", acceptanceBeforeClosure: false, reviewLevels: ["市级", "省级"],
          grounds: [.init(code: "facility", names: ["设施农用地", "设施农用地（备案）"], verdict: .outside)],
          rectifyBy: day("2025-12-31"),
          deadlines: [
            Deadline(.file, .within(Period(15, .workingDays), from: .issued)),
            Deadline(.rectify, .within(Period(3, .months), from: .determined)),
            Deadline(.accept, .by(day("2025-11-30"))),
          ], rates: [.restoration, .filing]))
    #expect(campaign.rectifyBy == day("2025-12-31") && campaign.deadlines.count == 4)
  }

  @Test("The calendar's days are read one by one and in stretches")
  func calendar() throws {
    let calendar = try WorkCalendar(
      file: "holidays: [2025-01-01, 2025-01-28..2025-02-04]\nworkedWeekends:\n  - 2025-01-26\n  - 2025-02-08\n")
    #expect(calendar.holidays.count == 9 && calendar.workedWeekends == [day("2025-01-26"), day("2025-02-08")])
    #expect(!calendar.isWorked(day("2025-02-04")) && calendar.isWorked(day("2025-02-05")))
    #expect(calendar.isWorked(day("2025-02-08")) && !calendar.isWorked(day("2025-02-09")))
    #expect(try WorkCalendar(file: "") == WorkCalendar())
  }

  @Test(
    "A calendar that cannot be meant is refused",
    arguments: [
      "holidays: [2025-02-30]", "holidays: [2025-02-04..2025-01-28]", "holidays: [2025-01-01..2026-12-31]",
      "holidays: [2025-01-01..]", "workedWeekends: [2025-01-27]", "free: []",
    ])
  func badCalendar(text: String) { #expect(throws: ConfigurationError.self) { try WorkCalendar(file: text) } }

  @Test("Every template is a campaign file that says what the template is", arguments: CampaignTemplate.allCases)
  func templates(template: CampaignTemplate) throws {
    let campaign = try Campaign(text: template.text(name: nil, year: nil), id: "c")
    #expect(campaign.name == template.title.zh)
    #expect(campaign.template == template.rawValue)
    #expect(campaign.year == nil)
    #expect(campaign.basis == .declared)
    #expect(campaign.township == .assigned)
    #expect(campaign.acceptanceBeforeClosure)
    #expect(campaign.baseSurvey == nil && campaign.rectifyBy == nil)
    #expect(!campaign.reviewLevels.isEmpty)
    #expect(campaign.rates.contains(.rectification))
    #expect(Set(campaign.grounds.map(\.verdict)).isSuperset(of: [.noViolation, .unlawful]))
    // A word of a file leads to one ground.
    let words = campaign.grounds.flatMap { [$0.code] + $0.names }.map { $0.folded() }
    #expect(Set(words).count == words.count)
    for ground in campaign.grounds { for name in ground.names { #expect(campaign.ground(name) == ground) } }
  }

  @Test(
    "Name and year of a new campaign are read back",
    arguments: [
      ("湘潭县 2024 年度", 2024), ("a: b # c", 1), ("- x", 0), ("true", 2025), ("“引号”", 2024), ("{x}", 2024), ("'", 2024),
    ])
  func names(name: String, year: Int) throws {
    for template in CampaignTemplate.allCases {
      let campaign = try Campaign(text: template.text(name: name, year: year), id: "c")
      #expect(campaign.name == name)
      #expect(campaign.year == year)
      // Nothing else depends on the name.
      var other = try Campaign(text: template.text(name: nil, year: nil), id: "c")
      (other.name, other.year) = (name, year)
      #expect(campaign == other)
    }
  }

  @Test(
    "What would break out of its quotes is left out of a name",
    arguments: [
      ("a\"b", "ab"), ("a\\b", "ab"), ("a\nyear: 1\n", "ayear: 1"), ("a\r\nb", "ab"), ("a\u{2028}b", "ab"),
    ])
  func hostileNames(name: String, kept: String) throws {
    #expect(try Campaign(text: CampaignTemplate.lead.text(name: name, year: nil), id: "c").name == kept)
  }

  @Test("The families of campaigns are those of the interface")
  func families() {
    #expect(
      CampaignTemplate.allCases.map(\.rawValue) == [
        "ministry-satellite", "provincial-satellite", "backlog", "special-drive", "dynamic-monitoring",
        "mineral-satellite", "forest-inspection", "transition-period", "inspection-findings", "rural-housing", "lead",
      ])
  }
}

@Suite("Profiles")
struct ProfileTests {
  private func standard() throws -> Profile { try #require(Profile.builtIn.first { $0.name == "standard" }) }

  @Test("Built-in profiles differ in their unit")
  func builtIn() {
    #expect(Profile.builtIn.map(\.name) == ["standard", "standard-mu", "standard-ha"])
    #expect(Profile.builtIn.map(\.unit) == [.squareMeters, .mu, .hectares])
    #expect(Profile.builtIn.map(\.unit.squareMeters) == [1, 2000.0 / 3, 10_000])
  }

  @Test(
    "Which field a column comes in, and the unit in its head",
    arguments: [
      (Profile.Column.code, ["JCBH", "XMC"], 0, nil as AreaUnit?),
      (.code, ["XMC", "监测编号"], 1, nil), (.code, ["jcbh"], 0, nil), (.code, ["ＪＣＢＨ"], 0, nil),
      (.code, [" 监测 编号 "], 0, nil), (.code, ["TBBH", "JCBH"], 1, nil), (.code, ["DKBH", "TBBH"], 1, nil),
      (.county, ["XZQHDM"], 0, nil), (.township, ["XZMC"], 0, nil),
      (.area, ["JCMJ"], 0, nil), (.area, ["TBMJ", "JCMJ"], 1, nil), (.area, ["监测面积（亩）"], 0, .mu),
      (.area, ["监测面积(亩)"], 0, .mu), (.area, ["监测面积（平方米）"], 0, .squareMeters),
      (.area, ["监测面积（㎡）"], 0, .squareMeters), (.area, ["JCMJ(m2)"], 0, .squareMeters),
      (.area, ["JCMJ（Ｍ２）"], 0, .squareMeters), (.area, ["JCMJ (m²)"], 0, .squareMeters),
      (.area, ["面积（公顷）"], 0, .hectares), (.area, ["面积(亩)", "监测面积"], 1, nil),
      (.farmland, ["监测面积（亩）", "耕地面积（亩）"], 1, .mu), (.farmland, ["GDMJ"], 0, nil),
      (.basicFarmland, ["永久基本农田面积（公顷）"], 0, .hectares), (.basicFarmland, ["JBNTMJ"], 0, nil),
    ])
  func fields(column: Profile.Column, names: [String], index: Int, unit: AreaUnit?) throws {
    let field = try #require(try standard().field(column, among: names))
    #expect(field.index == index)
    #expect(field.unit == unit)
  }

  @Test(
    "Other fields are not taken for a column",
    arguments: [
      (Profile.Column.code, [String]()), (.code, ["JCBH2"]), (.code, ["监测编号（亩"]), (.area, ["耕地面积"]),
      (.area, ["面积（分）"]), (.farmland, ["面积"]), (.basicFarmland, ["耕地面积"]),
    ])
  func noFields(column: Profile.Column, names: [String]) throws {
    #expect(try standard().field(column, among: names) == nil)
  }

  @Test("A profile of one's own states its unit and its heads")
  func ownProfile() throws {
    let office = try Place()
    try office.write("unit: mu\ncolumns:\n  code: [编号]\n  area: [实测（亩）, 实测]\n", to: "profiles/ours.yaml")
    let profile = try office.workspace.profile("ours")
    #expect(profile.unit == .mu)
    #expect(profile.field(.code, among: ["JCBH", "编号"])?.index == 1)
    #expect(profile.field(.area, among: ["实测(公顷)"])?.unit == .hectares)
    #expect(profile.field(.farmland, among: ["GDMJ"])?.index == 0)
    try office.write("unit: ha\n", to: "profiles/standard.yaml")
    #expect(try office.workspace.profile("standard").unit == .hectares)
    #expect(try office.workspace.profile("standard-mu").unit == .mu)
  }

  @Test(
    "Mistakes are named with file, line and remedy",
    arguments: [
      Mistake("unit: feet\n", line: 1, .wrongValue("unit", "feet"), mentions: "feet"),
      Mistake("unit: mu\ncolumn: {}\n", line: 2, mentions: "column", "columns"),
      Mistake("columns:\n  code: [编号]\n  aera: [面积]\n", line: 3, mentions: "aera", "area", "basicFarmland"),
      Mistake("columns:\n  code: 编号\n", line: 2, .wrongValue("code", "编号")),
      Mistake("columns: [code]\n", line: 1, .notAMapping),
    ])
  func mistakes(mistake: Mistake) throws {
    let office = try Place()
    try office.write(mistake.text, to: "profiles/ours.yaml")
    let error = try #require(#expect(throws: ConfigurationError.self) { try office.workspace.profile("ours") })
    mistake.check(error, file: "profiles/ours.yaml")
  }

  @Test("A profile that is not there is named with those that are", arguments: ["none", "../parcels", ""])
  func unknown(name: String) throws {
    #expect(throws: WorkspaceError.unknownProfile(name, known: ["standard", "standard-mu", "standard-ha"])) {
      try Place().workspace.profile(name)
    }
  }
}

@Suite("Name patterns")
struct NamePatternTests {
  @Test(
    "Patterns over file names",
    arguments: [
      ("*.csv", "a.csv", NamePattern.Match()), ("*.csv", ".csv", .init()), ("*.csv", "a.csv.zip", nil),
      ("*.csv", "acsv", nil), ("a", "a", .init()), ("a", "b", nil), ("", "", .init()), ("", "a", nil),
      ("*", "", .init()),
      ("a*b*c", "aXbYc", .init()), ("a*b*c", "abc", .init()), ("a*b*c", "acb", nil), ("a*b", "abab", .init()),
      ("*台账*.xlsx", "湘潭县台账2024.xlsx", .init()), ("*台账*.xlsx", "湘潭县.xlsx", nil),
      ("第{batch}批.zip", "第3批.zip", .init(batch: "3")), ("第{batch}批.zip", "第批.zip", nil),
      ("第{batch}批*.zip", "第十二批（补）.zip", .init(batch: "十二")), ("{batch}.zip", "a.zip.zip", .init(batch: "a.zip")),
      (
        "省卫片-第{batch}批-{issued}.*", "省卫片-第3批-20240301.zip",
        .init(batch: "3", issued: day("2024-03-01"))
      ),
      ("{issued}.zip", "20240230.zip", nil), ("{issued}.zip", "2024030.zip", nil),
      ("{issued}{batch}", "202403011", .init(batch: "1", issued: day("2024-03-01"))),
      ("*{issued}*", "a20240301b", .init(issued: day("2024-03-01"))),
      ("*{issued}*", "a12024030120240302", .init(issued: day("2024-03-01"))),
      ("A.zip", "a.zip", nil), ("(a)[b]?.zip", "(a)[b]?.zip", .init()), ("a.zip", "aXzip", nil),
      // The same name composed and decomposed, as two systems write it.
      ("caf\u{E9}*", "cafe\u{301}1", .init()), ("cafe\u{301}*", "caf\u{E9}1", .init()),
      ("{batch}", "{batch}", .init(batch: "{batch}")), ("{other}", "{other}", .init()), ("{issued", "{issued", .init()),
    ] as [(String, String, NamePattern.Match?)])
  func matches(pattern: String, name: String, match: NamePattern.Match?) {
    #expect(NamePattern(pattern).match(name) == match)
  }

  @Test("A long name against a pattern with many stars ends soon")
  func longNames() {
    let clock = ContinuousClock()
    let time = clock.measure {
      #expect(NamePattern("*a*b*c*a*b*{batch}*c*.zip").match(String(repeating: "abc", count: 80)) == nil)
    }
    #expect(time < .seconds(10))
  }
}
