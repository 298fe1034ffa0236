package import Geodata

/// What happens to a parcel or its case file: the events that a workflow row can state (事项).
package enum WorkflowKind: String, CaseIterable, Codable, Sendable {
  case assign
  case verify
  case file
  case submit
  case approve
  case sendBack = "send-back"
  case reject
  case spotCheck = "spot-check"
  case determineNoViolation = "determine-no-violation"
  case determineUnlawful = "determine-unlawful"
  case determineOutside = "determine-outside"
  case redetermine
  case handOver = "hand-over"
  case startRectification = "start-rectification"
  case progress
  case completeRectification = "complete-rectification"
  case accept
  case close
  case lookBack = "look-back"
  case reopen
  case withdraw
  case extend
  case stopClock = "stop-clock"
  case resumeClock = "resume-clock"
  case note
  /// Takes back the event that it names, without another in its place.
  case correct
  case openCase = "open-case"
  case notice
  case legalReview = "legal-review"
  case penalty
  case serve
  case pay
  case treasury
  case confiscate
  case suitStart = "suit-start"
  case ruling
  case remind
  case applyEnforcement = "apply-enforcement"
  case transfer
  case transferResult = "transfer-result"
  case closeCase = "close-case"

  /// Whether it happens to a case file, and through it to all parcels that the case covers.
  package var isOfCase: Bool {
    switch self {
    case .openCase, .notice, .legalReview, .penalty, .serve, .pay, .treasury, .confiscate, .suitStart, .ruling, .remind,
      .applyEnforcement, .transfer, .transferResult, .closeCase:
      true
    case .assign, .verify, .file, .submit, .approve, .sendBack, .reject, .spotCheck, .determineNoViolation,
      .determineUnlawful, .determineOutside, .redetermine, .handOver, .startRectification, .progress,
      .completeRectification, .accept, .close, .lookBack, .reopen, .withdraw, .extend, .stopClock, .resumeClock, .note,
      .correct:
      false
    }
  }

  /// The field's own word and the English one.
  package var title: Message { Messages.workflowKind(self) }

  /// Reads either language, in full or half width, or the JSON code.
  package init?(word: String) {
    guard let kind = Self.words[word] else { return nil }
    self = kind
  }

  private static let words = Words(allCases) { [$0.rawValue, $0.title.zh, $0.title.en] }
}

/// A column of a workflow row (INTERFACE, "Workflow rows").
package enum WorkflowField: String, CaseIterable, Codable, Sendable {
  case code, campaign, event, date, actor, document, ground, level, kind, areaMu, farmlandMu, reason, evidence
  case caseNumber = "case"
  case amount, quantity, unit, corrects, note
  case township, village, district, office, responsible, party, project

  /// The heads under which the column is known.
  package var titles: [String] { Messages.workflowFieldHeads(self) }

  package var title: Message { Messages.workflowField(self) }

  /// Reads a column head in either language, in full or half width.
  package init?(head: String) {
    guard let field = Self.heads[head] else { return nil }
    self = field
  }

  private static let heads = Words(allCases) { [$0.rawValue] + $0.titles }
}
