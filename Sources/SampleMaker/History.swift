import Geodata

/// The events of one parcel, each some days after the one before; on working days and never after 2024.
struct History {
  let parcel: Parcel
  private(set) var day: Day
  private(set) var rows: [WorkflowRow] = []

  init(_ parcel: Parcel, from day: Day) { (self.parcel, self.day) = (parcel, day) }

  mutating func add(
    _ event: WorkflowRow.Event, after days: ClosedRange<Int>, _ random: inout SeededGenerator,
    _ details: WorkflowRow.Details = .init()
  ) {
    day = day.adding(days: random.integer(days)).workingDay
    rows.append(
      WorkflowRow(event: event, code: parcel.code, campaign: parcel.campaign, day: day, details: details))
  }

  /// Filed by the township's office and submitted by the county.
  mutating func file(after days: ClosedRange<Int>, _ random: inout SeededGenerator) {
    let township = Township.all[parcel.township]
    add(.file, after: days, &random, .init(actor: township.office))
    add(.submit, after: 1...4, &random, .init(actor: Role.enforcement, level: "县级"))
  }

  /// From the start of rectification to closure.
  ///
  /// - Parameters:
  ///   - days: between the last event and the start.
  ///   - pace: the most days between the start and completion.
  mutating func rectify(
    as kind: Rectification, after days: ClosedRange<Int>, pace: Int, _ random: inout SeededGenerator
  ) {
    let office = Township.all[parcel.township].office
    let declared = parcel.declared
    add(.start, after: days, &random, .init(actor: office, kind: kind.rawValue))
    if kind.restores {
      add(
        .progress, after: 5...(pace / 2), &random,
        .init(
          actor: office, kind: kind.rawValue, area: declared.mu(declared.area),
          farmland: declared.mu(declared.farmland)))
    }
    add(.complete, after: 5...(pace / 2), &random, .init(actor: office, kind: kind.rawValue))
    add(.accept, after: 2...12, &random, .init(actor: Role.acceptance, level: "县级"))
    add(.close, after: 1...8, &random, .init(actor: Role.enforcement, level: "县级", kind: kind.rawValue))
  }

  /// The start of a rectification that is not finished.
  mutating func beginRectification(restoresSome: Bool, _ random: inout SeededGenerator) {
    let office = Township.all[parcel.township].office
    let kind = Rectification.demolition.rawValue
    add(.start, after: 20...90, &random, .init(actor: office, kind: kind))
    guard restoresSome else { return }
    let share = random.uniform(0.2...0.7)
    func part(_ hundredths: Int64) -> Mu { Mu(rounding: parcel.declared.mu(hundredths).value * share) }
    add(
      .progress, after: 20...60, &random,
      .init(
        actor: office, kind: kind, area: part(parcel.declared.area), farmland: part(parcel.declared.farmland),
        note: "已部分拆除复耕"))
  }
}

/// How a parcel is rectified (整改方式).
enum Rectification: String {
  case demolition = "拆除复耕"
  case approval = "完善手续"
  case facility = "设施农业备案"
  case confiscation = "没收"

  var restores: Bool { self == .demolition }
}

/// Who did something: offices and sections, never people.
enum Role {
  static let enforcement = "执法股"
  static let acceptance = "县联合验收组"
  static let prefecture = "市局执法科"
  static let province = "省厅卫片审核组"
  static let ministry = "部卫片审核组"
}

/// 认定依据 of a determination without violation.
let noViolationGrounds: [(String, Double)] = [
  ("合法审批", 46), ("设施农用地备案", 18), ("农村道路", 12), ("伪变化", 14), ("未变化", 10),
]
