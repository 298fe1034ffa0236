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
  case withdraw
  case note
  case openCase = "open-case"
  case penalty
  /// Takes back the event that it names, without another in its place.
  case correct

  /// The field's own word and the English one.
  package var title: Message { Messages.workflowKind(self) }

  /// Reads either language, in full or half width, or the JSON code.
  package init?(word: String) {
    let folded = word.folded()
    guard
      let kind = Self.allCases.first(where: { kind in
        kind.rawValue == folded || kind.title.zh.folded() == folded || kind.title.en.folded() == folded
      })
    else { return nil }
    self = kind
  }
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
    let folded = head.folded()
    guard
      let field = Self.allCases.first(where: { field in
        field.rawValue.folded() == folded || field.titles.contains { $0.folded() == folded }
      })
    else { return nil }
    self = field
  }
}
