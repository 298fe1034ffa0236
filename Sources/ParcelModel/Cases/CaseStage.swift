package import Geodata

/// Where a case file stands (案件).
package enum CaseStage: String, CaseIterable, Codable, Sendable {
  /// 已立案.
  case opened
  /// A penalty was decided (已处罚).
  case decided
  /// The decision was served: periods run (已送达).
  case served
  /// Reconsideration or a suit is pending (复议、诉讼中).
  case contested
  /// The decision stands after it was contested (维持).
  case upheld
  /// 已催告.
  case reminded
  /// The court was asked to enforce (已申请强制执行).
  case enforcing
  /// 已结案.
  case concluded
}

/// What a ruling says (裁判、裁定).
package enum Ruling: String, CaseIterable, Codable, Sendable {
  /// Of a contested decision: it stands (维持、驳回), or is revoked (撤销).
  case upheld, revoked
  /// Of an application for enforcement: granted (准予执行), or refused (不准予执行).
  case granted, refused
}

extension CaseStage {
  /// The stage after an event, or why it cannot be: the rule of a case, complete for every pair.
  ///
  /// - Parameter ruling: needed by `ruling` alone.
  package func after(_ kind: WorkflowKind, ruling: Ruling? = nil) throws(Refusal) -> CaseStage {
    switch (self, kind) {
    case (_, .assign), (_, .verify), (_, .file), (_, .submit), (_, .approve), (_, .sendBack), (_, .reject),
      (_, .spotCheck), (_, .determineNoViolation), (_, .determineUnlawful), (_, .determineOutside), (_, .redetermine),
      (_, .handOver), (_, .startRectification), (_, .progress), (_, .completeRectification), (_, .accept), (_, .close),
      (_, .lookBack), (_, .reopen), (_, .withdraw), (_, .extend), (_, .stopClock), (_, .resumeClock), (_, .note),
      (_, .correct):
      throw .notOfCase(kind)

    // Further parcels join a case that is not over.
    case (.concluded, .openCase): throw .caseConcluded(kind)
    case (_, .openCase): return self

    // Money comes when it comes.
    case (.opened, .pay), (.opened, .treasury), (.opened, .confiscate): throw .caseNotIn(self, kind)
    case (_, .pay), (_, .treasury), (_, .confiscate): return self

    case (_, .transfer), (_, .transferResult): return self
    case (.concluded, _): throw .caseConcluded(kind)
    case (_, .notice): return self

    case (.opened, .legalReview): return .opened
    case (.opened, .penalty), (.decided, .penalty): return .decided
    case (_, .legalReview), (_, .penalty): throw .caseNotIn(self, kind)

    case (.decided, .serve), (.served, .serve): return .served
    case (_, .serve): throw .caseNotIn(self, kind)

    case (.served, .suitStart), (.reminded, .suitStart): return .contested
    case (_, .suitStart): throw .caseNotIn(self, kind)

    case (.contested, .ruling), (.enforcing, .ruling):
      guard let ruling else { throw .missing(.kind, kind) }
      switch (self, ruling) {
      case (.contested, .upheld): return .upheld
      // The decision is void: another one may be made.
      case (.contested, .revoked): return .opened
      case (.enforcing, .granted): return .enforcing
      case (.enforcing, .refused): return .served
      default: throw .caseNotIn(self, kind)
      }
    case (_, .ruling): throw .caseNotIn(self, kind)

    case (.served, .remind), (.upheld, .remind), (.reminded, .remind): return .reminded
    case (_, .remind): throw .caseNotIn(self, kind)

    // The court takes no application without a reminder (行政强制法第五十四条).
    case (.reminded, .applyEnforcement): return .enforcing
    case (_, .applyEnforcement): throw .caseNotIn(self, kind)

    case (.contested, .closeCase): throw .caseNotIn(self, kind)
    case (_, .closeCase): return .concluded
    }
  }
}

extension CaseStage {
  package var title: Message { Messages.caseStage(self) }
}

extension Ruling {
  package var title: Message { Messages.ruling(self) }

  /// Reads either language.
  package init?(word: String) {
    guard let ruling = Self.words[word] else { return nil }
    self = ruling
  }

  private static let words = Words(allCases) { [$0.rawValue, $0.title.zh, $0.title.en] + Messages.rulingWords($0) }
}
