import Geodata

/// The events of all campaigns up to the end of 2024, as tables in the order in which they must be recorded.
struct Workflow {
  private(set) var tables: [WorkflowTable] = []
  /// The rectification of those parcels of the hundred-day drive that a clerk keeps in a register instead.
  private(set) var registered: [History] = []
  /// What was restored by campaign, as last reported of each parcel.
  private(set) var restored: [String: Tally] = [:]

  init(_ parcels: [String: [Parcel]], seed: UInt64) {
    func histories(
      _ campaign: String, _ tell: (inout History, inout SeededGenerator) -> Void
    ) -> [History] {
      var random = SeededGenerator(seed: seed, stream: campaign + "/workflow")
      let issued = CampaignPlan.all.first { $0.id == campaign }?.batches.map(\.issued) ?? []
      return (parcels[campaign] ?? []).map { parcel in
        var history = History(parcel, from: issued[parcel.batch])
        tell(&history, &random)
        return history
      }
    }
    addProvincial(histories("provincial-2024", provincial))
    addHundredDays(histories("hundred-days", hundredDays))
    addBacklog(histories("backlog-2018-2023", backlog))
    addMinistry(histories("ministry-2024", ministry))
  }

  private mutating func countRestored(_ histories: [History]) {
    for history in histories {
      guard let last = history.rows.last(where: { $0.event == .progress })?.details else { continue }
      restored[history.parcel.campaign, default: Tally()].count += 1
      restored[history.parcel.campaign, default: Tally()].area += last.area ?? .zero
      restored[history.parcel.campaign, default: Tally()].farmland += last.farmland ?? .zero
    }
  }

  private mutating func add(_ name: String, _ rows: [WorkflowRow], _ encoding: WorkflowTable.Encoding = .utf8) {
    guard !rows.isEmpty else { return }
    tables.append(WorkflowTable("\(padded(tables.count + 1, to: 2))-\(name).csv", rows, encoding))
  }

  private mutating func addProvincial(_ histories: [History]) {
    countRestored(histories)
    let rows = histories.flatMap(\.rows)
    add("省卫片交办填报", rows.filter { [.assign, .verify, .file, .submit, .sendBack].contains($0.event) })
    add("省卫片审核判定", rows.filter { [.approve, .determineNoViolation, .determineUnlawful].contains($0.event) })
    let later: [WorkflowRow.Event] = [.start, .progress, .complete, .accept, .close, .note, .openCase, .penalty]
    add("省卫片整改查处", rows.filter { later.contains($0.event) })
  }

  private mutating func addHundredDays(_ histories: [History]) {
    countRestored(histories)
    add("百日攻坚交办整改", histories.flatMap { $0.rows.prefix(1) })
    let closed = histories.filter { $0.parcel.ending == .closed }
    registered = closed.enumerated().filter { $0.offset % 5 < 3 }.map(\.element)
    let inRegister = Set(registered.map(\.parcel.code))
    let inTable = histories.filter { !inRegister.contains($0.parcel.code) }
    add("百日攻坚整改销号", inTable.flatMap { $0.rows.dropFirst() }, .gb18030)
  }

  private mutating func addBacklog(_ histories: [History]) {
    countRestored(histories)
    let rows = histories.flatMap(\.rows)
    add("存量部卫片判定", rows.filter { $0.event == .determineUnlawful })
    let work = rows.filter { $0.event != .determineUnlawful }
    let summer = Day(exactly: "2024-07-01")
    add("存量部卫片整改销号-上半年", work.filter { $0.day < summer })
    add("存量部卫片整改销号-下半年", work.filter { $0.day >= summer })
  }

  private mutating func addMinistry(_ histories: [History]) {
    countRestored(histories)
    let rows = histories.flatMap(\.rows)
    add("年度部卫片填报上报", rows.filter { $0.event == .file || $0.event == .submit })
    add("年度部卫片审核判定", rows.filter { $0.event != .file && $0.event != .submit })
  }
}

private func provincial(_ history: inout History, _ random: inout SeededGenerator) {
  let township = Township.all[history.parcel.township]
  history.add(.assign, after: 1...3, &random, .init(actor: Role.enforcement, note: "交\(township.office)核查"))
  if random.chance(0.8) { history.add(.verify, after: 2...7, &random, .init(actor: township.office)) }
  history.file(after: 1...5, &random)
  if random.chance(0.07) {
    history.add(
      .sendBack, after: 3...7, &random,
      .init(actor: Role.prefecture, level: "市级", reason: random.element(of: sendBackReasons)))
    history.file(after: 2...5, &random)
  }
  switch history.parcel.ending {
  case .noViolation, .inReview:
    history.add(.approve, after: 7...18, &random, .init(actor: Role.province, level: "省级"))
    history.add(
      .determineNoViolation, after: 1...5, &random,
      .init(actor: Role.province, ground: random.weighted(noViolationGrounds), level: "省级"))
  case .closed:
    determineUnlawful(&history, "省级", Role.province, after: 7...14, &random)
    history.rectify(as: .demolition, after: 5...12, pace: 20, &random)
  case .open:
    determineUnlawful(&history, "省级", Role.province, after: 7...14, &random)
    let number = "潭县自然资执立〔2024〕7号"
    history.add(.openCase, after: 5...10, &random, .init(actor: Role.enforcement, caseNumber: number))
    // 亩 × 2000/3 m² at 20 元 a m², in whole 元.
    let declared = history.parcel.declared
    let fine = Int((declared.mu(declared.area).value * 2000 / 3 * 20).rounded())
    history.add(
      .penalty, after: 15...25, &random,
      .init(
        actor: Role.enforcement, document: "潭县自然资执罚〔2024〕7号", caseNumber: number, amount: fine, note: "待诉讼期满后申请强制执行"))
  }
}

private func hundredDays(_ history: inout History, _ random: inout SeededGenerator) {
  let township = Township.all[history.parcel.township]
  history.add(
    .handOver, after: 2...4, &random,
    .init(actor: Role.enforcement, document: "潭县自然资执交〔2024〕3号", note: "交\(township.office)整改"))
  if history.parcel.ending == .closed {
    let kind = random.weighted([(Rectification.demolition, 88), (.approval, 8), (.facility, 4)])
    history.rectify(as: kind, after: 5...90, pace: 120, &random)
  } else if random.chance(0.6) {
    history.beginRectification(restoresSome: random.chance(0.6), &random)
  }
}

private func backlog(_ history: inout History, _ random: inout SeededGenerator) {
  determineUnlawful(&history, "部级", Role.ministry, after: 2...20, &random)
  if history.parcel.ending == .closed {
    let kind = random.weighted([
      (Rectification.demolition, 62), (.approval, 22), (.facility, 11), (.confiscation, 5),
    ])
    history.rectify(as: kind, after: 10...150, pace: 150, &random)
  } else if random.chance(0.35) {
    history.beginRectification(restoresSome: random.chance(0.4), &random)
  }
}

private func ministry(_ history: inout History, _ random: inout SeededGenerator) {
  history.file(after: 2...20, &random)
  switch history.parcel.ending {
  case .noViolation, .closed:
    history.add(.approve, after: 6...18, &random, .init(actor: Role.ministry, level: "部级"))
    history.add(
      .determineNoViolation, after: 0...5, &random,
      .init(actor: Role.ministry, ground: random.weighted(noViolationGrounds), level: "部级"))
  case .open:
    determineUnlawful(&history, "部级", Role.ministry, after: 6...18, &random)
    if random.chance(0.4) { history.add(.start, after: 1...8, &random, startOfDemolition(history.parcel)) }
  case .inReview: break
  }
}

private func startOfDemolition(_ parcel: Parcel) -> WorkflowRow.Details {
  .init(actor: Township.all[parcel.township].office, kind: Rectification.demolition.rawValue)
}

private func determineUnlawful(
  _ history: inout History, _ level: String, _ actor: String, after days: ClosedRange<Int>,
  _ random: inout SeededGenerator
) {
  history.add(.determineUnlawful, after: days, &random, .init(actor: actor, ground: "违法占地", level: level))
}

private let sendBackReasons = ["举证照片缺方位角", "未附用地批准文件", "照片拍摄时间早于下发日期", "举证结论与套合结果不一致", "照片未拍到图斑全貌"]
