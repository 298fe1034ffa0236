package import Geodata
package import ParcelModel

/// What can go wrong with a ledger as a whole.
package enum LedgerError: ExplainedError, Hashable, Sendable {
  case notALedger(path: String)
  case cannotOpen(path: String, reason: String)
  case newerProgram(path: String)
  case locked(path: String)
  case unreadableEvent(position: Int)
  /// Events that were legal when written no longer fold.
  case historyBroken(ParcelIdentity, Refusal)
  case unknownCampaign(String)
  /// A change of the campaign's rules under which events already recorded could not have happened.
  case rulesContradictHistory(campaign: String, code: String, Refusal)
  /// A corrected parcel to which events already recorded could not have happened.
  case correctionContradictsHistory(campaign: String, code: String, Refusal)
  case database(String)

  package var code: String {
    switch self {
    case .notALedger: "not-a-ledger"
    case .cannotOpen: "cannot-open-ledger"
    case .newerProgram: "newer-ledger"
    case .locked: "locked"
    case .unreadableEvent: "unreadable-event"
    case .historyBroken: "history-broken"
    case .unknownCampaign: "unknown-campaign"
    case .rulesContradictHistory: "rules-contradict-history"
    case .correctionContradictsHistory: "correction-contradicts-history"
    case .database: "database"
    }
  }

  package var message: Message { Messages.error(self) }
  package var remedy: Message { Messages.remedy(self) }

  package var outcome: Outcome {
    switch self {
    case .cannotOpen: .noWorkspace
    case .locked: .locked
    case .notALedger, .newerProgram, .unreadableEvent, .historyBroken, .database: .ledgerDamaged
    case .unknownCampaign, .rulesContradictHistory, .correctionContradictsHistory: .nothingTaken
    }
  }
}
