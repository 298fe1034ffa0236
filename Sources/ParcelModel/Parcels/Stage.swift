package import Geodata

/// How far the rectification of a parcel has come (整改).
package enum RectificationStage: String, CaseIterable, Codable, Comparable, Sendable {
  case unrectified, rectifying, rectified, accepted, closed

  package static func < (a: Self, b: Self) -> Bool { a.order < b.order }
  private var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// Where a parcel stands: one of the eight parts into which everything issued is divided (DOMAIN §1) and, for what
/// must be rectified, how far that has come.
package enum Stage: Hashable, Sendable {
  case pending
  case inReview
  case sentBack
  case noViolation
  case outside
  case withdrawn
  case unlawful(RectificationStage)
  case handedOver(RectificationStage)

  /// The part of the partition by determination.
  package enum Part: String, CaseIterable, Codable, Sendable {
    case pending, inReview, sentBack, noViolation, unlawful, outside, handedOver, withdrawn
  }

  package var part: Part {
    switch self {
    case .pending: .pending
    case .inReview: .inReview
    case .sentBack: .sentBack
    case .noViolation: .noViolation
    case .outside: .outside
    case .withdrawn: .withdrawn
    case .unlawful: .unlawful
    case .handedOver: .handedOver
    }
  }

  /// How far rectification has come; nothing where nothing must be rectified.
  package var rectification: RectificationStage? {
    switch self {
    case .unlawful(let stage), .handedOver(let stage): stage
    case .pending, .inReview, .sentBack, .noViolation, .outside, .withdrawn: nil
    }
  }

  package init?(part: Part, rectification: RectificationStage?) {
    switch (part, rectification) {
    case (.pending, nil): self = .pending
    case (.inReview, nil): self = .inReview
    case (.sentBack, nil): self = .sentBack
    case (.noViolation, nil): self = .noViolation
    case (.outside, nil): self = .outside
    case (.withdrawn, nil): self = .withdrawn
    case (.unlawful, let stage?): self = .unlawful(stage)
    case (.handedOver, let stage?): self = .handedOver(stage)
    default: return nil
    }
  }

  /// Every stage, in the order of the transition table.
  package static let all: [Stage] =
    [.pending, .inReview, .sentBack, .noViolation, .outside, .withdrawn]
    + RectificationStage.allCases.map { .unlawful($0) } + RectificationStage.allCases.map { .handedOver($0) }

  package var name: String {
    guard let rectification else { return part.rawValue }
    return "\(part.rawValue).\(rectification.rawValue)"
  }
}

/// What a determination finds (判定).
package enum Verdict: String, CaseIterable, Codable, Sendable {
  case noViolation, unlawful, outside
}

/// Why an event cannot happen to a parcel as it stands.
package enum Refusal: Error, Hashable, Sendable {
  /// The stage does not allow the event.
  case notInStage(Stage, WorkflowKind)
  case closed(WorkflowKind)
  case withdrawn(WorkflowKind)
  case beforeIssue(Day, issued: Day)
  case inFuture(Day, today: Day)
  case missing(WorkflowField, WorkflowKind)
  case areaExceeds(WorkflowField, given: Mu, limit: Mu)
  case negative(WorkflowField)
  case unknownGround(String)
  case groundOfOtherVerdict(String, Verdict)
  case unknownVerdict(String)
  case noCase(String)
  case caseExists(String)
  case caseNotIn(CaseStage, WorkflowKind)
  case caseConcluded(WorkflowKind)
  case notOfCase(WorkflowKind)
  case beforeCase(Day, opened: Day)
  case unknownRuling(String)
  case notTransferred(String)
  /// The case does not cover the parcel of the row.
  case notInCase(String)
  /// Not a whole number of days up to 3650, or of months up to 120.
  case badQuantity(String)
  case unknownUnit(String)
  case unknownStep(String)
  case clockStopped
  case clockRuns
  case noSuchEvent(String)
  case otherParcel(String)
}

extension Stage {
  /// The stage after an event, or why the event cannot be: the rule of a parcel's life, complete for every pair.
  ///
  /// - Parameters:
  ///   - verdict: what a determination found; needed by `redetermine` alone.
  ///   - acceptanceFirst: whether the campaign closes only what was accepted.
  package func after(_ kind: WorkflowKind, verdict: Verdict? = nil, acceptanceFirst: Bool = true) throws(Refusal)
    -> Stage
  {
    switch (self, kind) {
    case (_, .note), (_, .correct):
      return self
    case (.withdrawn, .openCase):
      throw .withdrawn(kind)
    // A case goes its own way (`CaseStage.after`), whatever becomes of the parcels that it covers.
    case (_, .openCase), (_, .notice), (_, .legalReview), (_, .penalty), (_, .serve), (_, .pay), (_, .treasury),
      (_, .confiscate), (_, .suitStart), (_, .ruling), (_, .remind), (_, .applyEnforcement), (_, .transfer),
      (_, .transferResult), (_, .closeCase):
      return self
    case (.withdrawn, _):
      throw .withdrawn(kind)
    case (_, .withdraw):
      return .withdrawn
    case (_, .spotCheck):
      return self

    case (.noViolation, .redetermine), (.outside, .redetermine), (.unlawful, .redetermine):
      guard let verdict else { throw .missing(.kind, kind) }
      return after(verdict)
    case (_, .redetermine):
      throw .notInStage(self, kind)

    case (.unlawful(.closed), .lookBack), (.handedOver(.closed), .lookBack):
      return self
    case (.unlawful(.closed), .reopen):
      return .unlawful(.rectifying)
    case (.handedOver(.closed), .reopen):
      return .handedOver(.rectifying)
    case (_, .lookBack), (_, .reopen):
      throw .notInStage(self, kind)

    case (.unlawful(.closed), _), (.handedOver(.closed), _):
      throw .closed(kind)

    case (.noViolation, .extend), (.noViolation, .stopClock), (.noViolation, .resumeClock), (.outside, .extend),
      (.outside, .stopClock), (.outside, .resumeClock):
      throw .notInStage(self, kind)
    case (_, .extend), (_, .stopClock), (_, .resumeClock):
      return self

    case (_, .assign), (_, .verify):
      return self

    case (.pending, .file), (.sentBack, .file), (.inReview, .file):
      return .inReview
    case (.unlawful, .file), (.handedOver, .file), (.unlawful, .submit), (.handedOver, .submit):
      return self
    case (.inReview, .submit), (.inReview, .approve):
      return self
    case (.inReview, .sendBack), (.inReview, .reject):
      return .sentBack
    case (.unlawful(.rectified), .sendBack), (.unlawful(.accepted), .sendBack):
      return .unlawful(.rectifying)
    case (.handedOver(.rectified), .sendBack), (.handedOver(.accepted), .sendBack):
      return .handedOver(.rectifying)
    case (_, .file), (_, .submit), (_, .approve), (_, .sendBack), (_, .reject):
      throw .notInStage(self, kind)

    case (.pending, .determineNoViolation), (.inReview, .determineNoViolation), (.sentBack, .determineNoViolation),
      (.handedOver, .determineNoViolation):
      return .noViolation
    case (.pending, .determineOutside), (.inReview, .determineOutside), (.sentBack, .determineOutside),
      (.handedOver, .determineOutside):
      return .outside
    case (.pending, .determineUnlawful), (.inReview, .determineUnlawful), (.sentBack, .determineUnlawful),
      (.handedOver, .determineUnlawful):
      return after(.unlawful)
    case (_, .determineNoViolation), (_, .determineOutside), (_, .determineUnlawful):
      throw .notInStage(self, kind)

    case (.pending, .handOver), (.inReview, .handOver), (.sentBack, .handOver):
      return .handedOver(.unrectified)
    case (_, .handOver):
      throw .notInStage(self, kind)

    case (.unlawful(let stage), _):
      return .unlawful(try stage.after(kind, in: self, acceptanceFirst: acceptanceFirst))
    case (.handedOver(let stage), _):
      return .handedOver(try stage.after(kind, in: self, acceptanceFirst: acceptanceFirst))
    case (_, .startRectification), (_, .progress), (_, .completeRectification), (_, .accept), (_, .close):
      throw .notInStage(self, kind)
    }
  }

  /// The stage that a verdict leads to; rectification already done is kept when the parcel stays unlawful.
  private func after(_ verdict: Verdict) -> Stage {
    switch verdict {
    case .noViolation: .noViolation
    case .outside: .outside
    case .unlawful: .unlawful(rectification ?? .unrectified)
    }
  }
}

extension RectificationStage {
  fileprivate func after(_ kind: WorkflowKind, in stage: Stage, acceptanceFirst: Bool) throws(Refusal)
    -> RectificationStage
  {
    switch (self, kind) {
    case (.unrectified, .startRectification), (.rectifying, .startRectification): return .rectifying
    case (.unrectified, .progress), (.rectifying, .progress): return .rectifying
    case (.rectified, .progress): return .rectified
    case (.unrectified, .completeRectification), (.rectifying, .completeRectification): return .rectified
    case (.rectified, .accept): return .accepted
    case (.accepted, .close): return .closed
    case (.rectified, .close) where !acceptanceFirst: return .closed
    default: throw .notInStage(stage, kind)
    }
  }
}
