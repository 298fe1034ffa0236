package import Geodata

/// 案卷: what happened in one case, from its opening to its conclusion. It may cover several parcels, and a parcel may have
/// several. Money is in fen.
package struct CaseFile: Hashable, Sendable {
  /// A parcel that the case covers.
  package struct Subject: Hashable, Sendable {
    package var campaign: String
    package var code: String
    package var on: Day
  }

  /// A notice that was given (责令停止违法行为, 限期改正, …).
  package struct Notice: Hashable, Sendable {
    /// 方式: which notice.
    package var title: String?
    package var on: Day
    package var document: String
  }

  /// 处罚决定.
  package struct Decision: Hashable, Sendable {
    package var on: Day
    package var document: String
    /// 方式: what it orders, each in the row's words: 拆除、没收、罚款、退还土地.
    package var measures: [String]
    /// 应收.
    package var levied: Int64
    /// By the proof of service.
    package var served: Day?
    /// By a court or in reconsideration.
    package var revoked: Day?
  }

  /// 复议, 诉讼 or an application for enforcement, and what came of it.
  package struct Proceeding: Hashable, Sendable {
    package var title: String?
    package var from: Day
    package var ruling: Ruling?
    package var ruledOn: Day?
    package var document: String
  }

  /// 移送.
  package struct Transfer: Hashable, Sendable {
    /// To whom, in the row's words.
    package var to: String
    package var on: Day
    package var document: String
    package var result: String?
    package var resultOn: Day?
  }

  package let number: String
  package let opened: Day
  package private(set) var stage = CaseStage.opened
  package private(set) var subjects: [Subject] = []
  package private(set) var notices: [Notice] = []
  package private(set) var legallyReviewed: Day?
  package private(set) var decisions: [Decision] = []
  /// 执收 and 入库.
  package private(set) var paid: Int64 = 0
  package private(set) var treasury: Int64 = 0
  package private(set) var confiscated: Int64 = 0
  package private(set) var proceedings: [Proceeding] = []
  package private(set) var reminded: Day?
  package private(set) var transfers: [Transfer] = []
  package private(set) var concluded: Day?

  /// 应收, of the decisions that stand.
  package var levied: Int64 { decisions.reduce(0) { $0 + ($1.revoked == nil ? $1.levied : 0) } }

  /// When the first decision that stands was made.
  package var penalized: Day? { decisions.first { $0.revoked == nil }?.on }

  package init(number: String, opened: Day) { (self.number, self.opened) = (number, opened) }

  package func covers(campaign: String, code: String) -> Bool {
    subjects.contains { $0.campaign == campaign && $0.code == code }
  }
}

extension CaseFile {
  /// Lets one event happen. The stage follows the rule of `CaseStage.after`; the rest is what the event states.
  package mutating func apply(_ entry: WorkflowEntry, on day: Day, document: String) throws(Refusal) {
    guard day >= opened else { throw .beforeCase(day, opened: opened) }
    if let amount = entry.amount, amount < 0 { throw .negative(.amount) }
    let ruling = try ruling(of: entry)
    let next = try stage.after(entry.kind, ruling: ruling)
    switch entry.kind {
    case .openCase:
      guard !covers(campaign: entry.campaign, code: entry.code) else { throw .caseExists(number) }
      subjects.append(Subject(campaign: entry.campaign, code: entry.code, on: day))
    case .notice: notices.append(Notice(title: entry.measure, on: day, document: document))
    case .legalReview: legallyReviewed = day
    case .penalty:
      decisions.append(
        Decision(on: day, document: document, measures: Self.measures(entry.measure), levied: entry.amount ?? 0))
    case .serve:
      for index in decisions.indices where decisions[index].served == nil && decisions[index].revoked == nil {
        decisions[index].served = day
      }
    case .pay: paid += try amount(of: entry)
    case .treasury: treasury += try amount(of: entry)
    case .confiscate: confiscated += entry.amount ?? 0
    case .suitStart, .applyEnforcement:
      proceedings.append(Proceeding(title: entry.measure, from: day, document: document))
    case .ruling:
      guard let ruling, let last = proceedings.indices.last else { throw .caseNotIn(stage, .ruling) }
      (proceedings[last].ruling, proceedings[last].ruledOn) = (ruling, day)
      if ruling == .revoked {
        for index in decisions.indices where decisions[index].revoked == nil { decisions[index].revoked = day }
      }
    case .remind: reminded = day
    case .transfer:
      guard let to = entry.measure ?? entry.reason else { throw .missing(.kind, .transfer) }
      transfers.append(Transfer(to: to, on: day, document: document))
    case .transferResult:
      guard let open = transfers.lastIndex(where: { $0.result == nil }) else { throw .notTransferred(number) }
      guard let result = entry.measure ?? entry.reason else { throw .missing(.kind, .transferResult) }
      (transfers[open].result, transfers[open].resultOn) = (result, day)
    case .closeCase:
      // A case without a penalty ends for a reason: 撤案, 不予处罚.
      if decisions.allSatisfy({ $0.revoked != nil }) {
        guard entry.reason != nil else { throw .missing(.reason, .closeCase) }
      }
      concluded = day
    default: break
    }
    stage = next
  }

  private func amount(of entry: WorkflowEntry) throws(Refusal) -> Int64 {
    guard let amount = entry.amount else { throw .missing(.amount, entry.kind) }
    return amount
  }

  private func ruling(of entry: WorkflowEntry) throws(Refusal) -> Ruling? {
    guard entry.kind == .ruling else { return nil }
    guard let word = entry.measure else { throw .missing(.kind, .ruling) }
    guard let ruling = Ruling(word: word) else { throw .unknownRuling(word) }
    return ruling
  }

  /// 拆除、没收；罚款 → its parts.
  private static func measures(_ text: String?) -> [String] {
    (text ?? "").split { "、，,;；/+".contains($0) }.map { String($0).trimmingSpaces() }.filter { !$0.isEmpty }
  }
}
