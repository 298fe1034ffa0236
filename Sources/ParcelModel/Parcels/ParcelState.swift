package import Geodata

/// What is true of a parcel once its events have happened.
package struct ParcelState: Hashable, Sendable {
  package struct Determination: Hashable, Sendable {
    package var verdict: Verdict
    package var on: Day
    package var level: String?
    package var ground: String?
    package var document: String
    /// 核定面积 and the farmland of it, where they were stated.
    package var area: SquareMeters?
    package var farmland: SquareMeters?
  }

  package struct Review: Hashable, Sendable {
    package enum Result: String, Sendable { case submitted, approved, sentBack, rejected }
    package var result: Result
    package var on: Day
    package var level: String?
    package var reason: String?
  }

  package struct Rectification: Hashable, Sendable {
    package var started: Day?
    package var measure: String?
    /// Restored so far (恢复面积、恢复耕地).
    package var restoredArea = SquareMeters.zero
    package var restoredFarmland = SquareMeters.zero
    package var completed: Day?
    package var accepted: Day?
    package var closed: Day?
  }

  /// What the parcel measured when it was last measured again.
  package struct Remeasured: Hashable, Sendable {
    package var measured: Measurement
    package var reason: String
    package var on: Day
    /// The event that states it.
    package var position: Int
    /// Whether figures are made of it (`Campaign.measurement`), or still of the first one.
    package var counts: Bool
  }

  package let identity: ParcelIdentity
  /// The delivered facts that count: of the first delivery, or of the last that corrected it.
  package var issue: Issue
  /// The event that states them; the geometry lies with it.
  package var issuePosition: Int
  /// Of the shape that counts; nothing where it was measured once.
  package var remeasured: Remeasured?
  /// When it was first issued.
  package let issued: Day
  package var stage = Stage.pending
  package var filed: Day?
  package var review: Review?
  package var determination: Determination?
  package var handedOver: Day?
  package var rectification = Rectification()
  package var assignment = Assignment()
  package var assigned: Day?
  /// Every case in its history.
  private var files: [CaseFile] = []
  package var clock = Clock()
  /// When it was last looked at after closure (回头看).
  package var lookedBack: Day?
  package var withdrawn: Day?
  package var latestNote: String?

  package init(identity: ParcelIdentity, issue: Issue, issuePosition: Int, issued: Day) {
    (self.identity, self.issue, self.issuePosition, self.issued) = (identity, issue, issuePosition, issued)
  }

  /// The measurement that figures are made of.
  package var measured: Measurement { remeasured.flatMap { $0.counts ? $0.measured : nil } ?? issue.measured }

  /// Whether it counts or not.
  package var latestMeasurement: Measurement { remeasured?.measured ?? issue.measured }

  /// The cases that cover the parcel, in the order in which they were opened.
  package var cases: [CaseFile] {
    files.isEmpty
      ? []
      : files.filter { $0.covers(campaign: identity.campaign, code: identity.code) }
        .sorted { ($0.opened, $0.number) < ($1.opened, $1.number) }
  }

  /// A penalty was decided and the parcel is not closed: 已处罚, waiting for payment, suit period or enforcement.
  package var isPenalizedAndOpen: Bool {
    cases.contains { $0.penalized != nil } && stage.rectification != .closed && stage != .withdrawn
  }
}

extension ParcelState {
  /// Lets one event happen. The stage follows the rule of `Stage.after`; the rest is what the event states.
  package mutating func apply(
    _ entry: WorkflowEntry, on day: Day, document: String, rules: Campaign
  ) throws(Refusal) {
    if entry.kind.isOfCase { return try applyToCase(entry, on: day, document: document) }
    guard day >= issued else { throw .beforeIssue(day, issued: issued) }
    let verdict = try verdict(of: entry)
    let next = try stage.after(entry.kind, verdict: verdict, acceptanceFirst: rules.acceptanceBeforeClosure)
    try checkAreas(of: entry)
    // What must be rectified once more is not finished; what was restored stays restored.
    if stage.rectification == nil, next.rectification != nil {
      (rectification.completed, rectification.accepted, rectification.closed) = (nil, nil, nil)
    }
    switch entry.kind {
    case .assign:
      if let assignment = entry.assignment { self.assignment = self.assignment.updated(by: assignment) }
      assigned = assigned ?? day
    case .verify, .spotCheck, .correct: break
    case .note: latestNote = entry.notes?[WorkflowField.note.rawValue] ?? latestNote
    case .file: filed = filed ?? day
    case .submit: review = Review(result: .submitted, on: day, level: entry.level)
    case .approve: review = Review(result: .approved, on: day, level: entry.level)
    case .sendBack, .reject:
      guard let reason = entry.reason else { throw .missing(.reason, entry.kind) }
      review = Review(
        result: entry.kind == .reject ? .rejected : .sentBack, on: day, level: entry.level, reason: reason)
      if stage.rectification != nil { (rectification.completed, rectification.accepted) = (nil, nil) }
    case .determineNoViolation, .determineUnlawful, .determineOutside, .redetermine:
      if let verdict { try determine(verdict, entry, on: day, document: document, rules: rules) }
    case .handOver: handedOver = day
    case .startRectification, .progress:
      rectification.started = rectification.started ?? day
      rectification.measure = entry.measure ?? rectification.measure
      rectification.restoredArea = entry.area ?? rectification.restoredArea
      rectification.restoredFarmland = entry.farmland ?? rectification.restoredFarmland
    case .completeRectification:
      rectification.completed = day
      rectification.measure = entry.measure ?? rectification.measure
    case .accept: rectification.accepted = day
    case .close: rectification.closed = day
    case .lookBack: lookedBack = day
    case .reopen:
      guard entry.reason != nil else { throw .missing(.reason, .reopen) }
      (rectification.completed, rectification.accepted, rectification.closed) = (nil, nil, nil)
    case .withdraw:
      guard entry.reason != nil else { throw .missing(.reason, .withdraw) }
      withdrawn = day
    case .extend, .stopClock, .resumeClock: try clock.apply(entry, on: day, document: document)
    case .openCase, .notice, .legalReview, .penalty, .serve, .pay, .treasury, .confiscate, .suitStart, .ruling, .remind,
      .applyEnforcement, .transfer, .transferResult, .closeCase:
      // They happened to the case above.
      break
    }
    stage = next
  }

  /// A case may be older than the parcel that it comes to cover.
  private mutating func applyToCase(_ entry: WorkflowEntry, on day: Day, document: String) throws(Refusal) {
    guard let number = entry.caseNumber else { throw .missing(.caseNumber, entry.kind) }
    let index = files.firstIndex { $0.number == number }
    guard index != nil || entry.kind == .openCase else { throw .noCase(number) }
    if entry.kind == .openCase, entry.campaign == identity.campaign, entry.code == identity.code {
      _ = try stage.after(.openCase)
    }
    var file = index.map { files[$0] } ?? CaseFile(number: number, opened: day)
    try file.apply(entry, on: day, document: document)
    if let index { files[index] = file } else { files.append(file) }
  }

  private func verdict(of entry: WorkflowEntry) throws(Refusal) -> Verdict? {
    switch entry.kind {
    case .determineNoViolation: return .noViolation
    case .determineUnlawful: return .unlawful
    case .determineOutside: return .outside
    case .redetermine:
      guard let word = entry.measure else { throw .missing(.kind, .redetermine) }
      guard let verdict = Verdict(word: word) else { throw .unknownVerdict(word) }
      return verdict
    default: return nil
    }
  }

  private mutating func determine(
    _ verdict: Verdict, _ entry: WorkflowEntry, on day: Day, document: String, rules: Campaign
  ) throws(Refusal) {
    if let word = entry.ground {
      guard let ground = rules.ground(word) else { throw .unknownGround(word) }
      guard ground.verdict == verdict else { throw .groundOfOtherVerdict(word, verdict) }
    }
    determination = Determination(
      verdict: verdict, on: day, level: entry.level, ground: entry.ground.flatMap { rules.ground($0)?.code },
      document: document, area: entry.area, farmland: entry.farmland)
  }

  /// Nothing restored or determined may exceed the parcel: the largest of what was declared and measured, whichever
  /// measurement counts.
  private func checkAreas(of entry: WorkflowEntry) throws(Refusal) {
    let limits: [(WorkflowField, SquareMeters?, SquareMeters)] = [
      (.areaMu, entry.area, max(issue.measured.area, latestMeasurement.area, issue.declared.area ?? .zero)),
      (
        .farmlandMu, entry.farmland,
        max(
          issue.measured.farmland ?? issue.measured.area, latestMeasurement.farmland ?? .zero,
          issue.declared.farmland ?? .zero)
      ),
    ]
    for (field, given, limit) in limits {
      guard let given else { continue }
      guard given >= .zero else { throw .negative(field) }
      guard Mu(given) <= Mu(limit) else { throw .areaExceeds(field, given: Mu(given), limit: Mu(limit)) }
    }
    if let area = entry.area, let farmland = entry.farmland, Mu(farmland) > Mu(area) {
      throw .areaExceeds(.farmlandMu, given: Mu(farmland), limit: Mu(area))
    }
    if let amount = entry.amount, amount < 0 { throw .negative(.amount) }
  }
}

extension Verdict {
  package var title: Message { Messages.verdict(self) }

  /// Reads either language or the JSON code.
  package init?(word: String) {
    guard let verdict = Self.words[word] else { return nil }
    self = verdict
  }

  private static let words = Words(allCases) { [$0.rawValue, $0.title.zh, $0.title.en] }
}
