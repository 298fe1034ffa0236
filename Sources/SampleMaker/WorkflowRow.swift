import Drawing
import Geodata

/// One event of one parcel as a clerk writes it into a table.
struct WorkflowRow {
  /// 事项.
  enum Event: String {
    case assign = "交办"
    case verify = "核查"
    case file = "填报"
    case submit = "上报"
    case approve = "审核通过"
    case sendBack = "退回"
    case determineNoViolation = "判定非违法"
    case determineUnlawful = "判定违法"
    case handOver = "交办整改"
    case start = "开始整改"
    case progress = "整改进展"
    case complete = "整改到位"
    case accept = "验收"
    case close = "销号"
    case note = "备注"
    case openCase = "立案"
    case penalty = "处罚决定"
  }

  /// What an event carries beside its day; empty where it says nothing.
  struct Details {
    var actor = ""
    var document = ""
    var ground = ""
    var level = ""
    var kind = ""
    /// Restored so far.
    var area: Mu?
    var farmland: Mu?
    var reason = ""
    var caseNumber = ""
    /// Whole 元.
    var amount: Int?
    var note = ""
  }

  let event: Event
  let code: String
  let campaign: String
  let day: Day
  let details: Details

  static let columns: [Table.Column] = [
    "监测编号", "专项", "事项", "日期", "经办人", "文号", "认定依据", "审核层级", "方式", "面积（亩）", "耕地面积（亩）", "原因", "案号", "金额（元）", "备注",
  ].map { Table.Column($0) }

  var cells: [Cell] {
    func area(_ value: Mu?) -> Cell { value.map { .area($0) } ?? .empty }
    return [
      .text(code), .text(campaign), .text(event.rawValue), .day(day), .text(details.actor), .text(details.document),
      .text(details.ground), .text(details.level), .text(details.kind), area(details.area), area(details.farmland),
      .text(details.reason), .text(details.caseNumber),
      details.amount.map { .number(Double($0), decimals: 2) } ?? .empty,
      .text(details.note),
    ]
  }
}

/// A table of events, in the order of their days.
struct WorkflowTable {
  enum Encoding { case utf8, gb18030 }

  let name: String
  let encoding: Encoding
  let rows: [WorkflowRow]

  /// Rows of one day stay in the order in which they happened.
  init(_ name: String, _ rows: [WorkflowRow], _ encoding: Encoding = .utf8) {
    (self.name, self.encoding) = (name, encoding)
    self.rows = rows.enumerated().sorted { ($0.element.day, $0.offset) < ($1.element.day, $1.offset) }.map(\.element)
  }

  var bytes: [UInt8] {
    let text = CSV(Table(columns: WorkflowRow.columns, rows: rows.map(\.cells))).render()
    return switch encoding {
    case .utf8: [UInt8](text.utf8)
    case .gb18030: gb18030(String(text.drop { $0 == "\u{FEFF}" }))
    }
  }
}
