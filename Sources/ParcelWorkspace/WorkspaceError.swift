package import Geodata

/// What is wrong in a file that a person wrote: parcels.yaml, a campaign or a profile.
package struct ConfigurationError: ExplainedError, Hashable, Sendable {
  package enum Reason: Hashable, Sendable {
    case notYAML(String)
    case notAMapping
    case missingKey(String)
    case unknownKey(String, known: [String])
    case wrongValue(String, String)
  }

  package var file: String
  package var line: Int?
  package var reason: Reason

  init(file: String, line: Int?, _ reason: Reason) {
    (self.file, self.line, self.reason) = (file, line, reason)
  }

  package var code: String { "bad-configuration" }
  package var message: Message { Messages.configuration(self) }
  package var remedy: Message { Messages.remedy(self) }
  package var outcome: Outcome { .nothingTaken }
}

/// What is wrong with the workspace itself.
package enum WorkspaceError: ExplainedError, Hashable, Sendable {
  case noWorkspace(path: String)
  /// A workspace whose ledger is gone.
  case noLedger(path: String)
  case alreadyThere(path: String)
  case locked(path: String)
  case unknownCampaign(String, known: [String])
  case campaignExists(String)
  case badCampaignName(String)
  case unknownTemplate(String)
  case unknownProfile(String, known: [String])
  case badCounty(String)
  case noWorkingZone(county: String)
  case cannotWrite(path: String, reason: String)
  case cannotRead(path: String, reason: String)

  package var code: String {
    switch self {
    case .noWorkspace: "no-workspace"
    case .noLedger: "no-ledger"
    case .alreadyThere: "workspace-exists"
    case .locked: "locked"
    case .unknownCampaign: "unknown-campaign"
    case .campaignExists: "campaign-exists"
    case .badCampaignName: "bad-campaign-name"
    case .unknownTemplate: "unknown-template"
    case .unknownProfile: "unknown-profile"
    case .badCounty: "bad-county"
    case .noWorkingZone: "no-working-zone"
    case .cannotWrite: "cannot-write"
    case .cannotRead: "cannot-read"
    }
  }

  package var message: Message { Messages.workspace(self) }
  package var remedy: Message { Messages.remedy(self) }

  package var outcome: Outcome {
    switch self {
    case .noWorkspace: .noWorkspace
    case .noLedger: .ledgerDamaged
    case .locked: .locked
    case .alreadyThere, .badCounty, .badCampaignName, .unknownTemplate: .usage
    case .unknownCampaign, .campaignExists, .unknownProfile, .noWorkingZone, .cannotWrite, .cannotRead: .nothingTaken
    }
  }
}
