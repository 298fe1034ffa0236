package import Geodata
package import ParcelModel

/// `parcels.yaml`.
package struct Settings: Hashable, Sendable {
  /// What happens to a file that is dropped into the inbox.
  package struct InboxRule: Hashable, Sendable {
    package enum Action: Hashable, Sendable {
      case ingest(campaign: String, profile: String?, crs: CoordinateReference?, layer: String?)
      case record
      case register
    }

    package var pattern: NamePattern
    package var action: Action
  }

  /// A county, or a prefecture or province with all counties below.
  package var county: DivisionCode
  package var name: String
  /// Nothing while `auto` stands there: the first layer decides.
  package var zone: WorkingZone?
  package var language: Language?
  package var inbox: [InboxRule]

  package init(text: String, file: String) throws(ConfigurationError) {
    let section = try YAMLSection(text: text, file: file)
    try section.allow("county", "name", "zone", "language", "inbox")
    county = try section.required("county") { DivisionCode($0).flatMap { $0.digits.count == 6 ? $0 : nil } }
    zone = try section.text("zone") == "auto" ? nil : section.value("zone") { Int($0).flatMap(WorkingZone.init(_:)) }
    name = try section.text("name") ?? county.digits
    language = try section.value("language") { Language(rawValue: $0) }
    inbox = []
    for rule in try section.sections("inbox") { inbox.append(try InboxRule(rule)) }
  }

  /// A new workspace's file, with its own documentation.
  static func template(county: DivisionCode, name: String, zone: WorkingZone?) -> String {
    """
    # 工作区设置 / settings of this workspace
    # 行政区划代码（县、市或省）/ division code of the county, prefecture or province
    county: "\(county.digits)"
    name: "\(name.filter { $0 != "\"" && $0 != "\\" && !$0.isNewline })"
    # 高斯-克吕格 3 度带号，县中心所在带；图斑与底图的边都在此平面上取直
    # 3-degree Gauss-Krueger zone of the county's centre; edges are straight in its plane
    # auto：由第一个图层决定并写在这里 / the first layer decides, and the number is written here
    zone: \(zone.map { String($0.number) } ?? "auto")
    # 消息语言 zh 或 en；不写则随系统 / language of messages; without it, the system's
    # language: zh

    # 收件箱规则，从上到下第一条匹配者生效；{batch} 与 {issued} 取自文件名（issued 为 8 位日期）
    # Inbox rules for `parcels nightly`; the first that matches counts. {batch} and {issued} (8 digits) are taken
    # from the file name, * stands for anything.
    # inbox:
    #   - match: "省卫片-第{batch}批-{issued}.*"
    #     campaign: provincial-2024
    #     profile: monitoring
    #   - match: "*台账*.xlsx"
    #     register: true
    #   - match: "*.csv"
    #     record: true
    inbox: []

    """
  }
}

extension Settings.InboxRule {
  fileprivate init(_ section: YAMLSection) throws(ConfigurationError) {
    try section.allow("match", "campaign", "profile", "crs", "layer", "record", "register")
    pattern = NamePattern(try section.required("match"))
    if try section.flag("record") == true {
      action = .record
    } else if try section.flag("register") == true {
      action = .register
    } else {
      action = .ingest(
        campaign: try section.required("campaign"), profile: try section.text("profile"),
        crs: try section.value("crs") { CoordinateReference($0) }, layer: try section.text("layer"))
    }
  }
}
