package import Geodata

/// What an event says: the only things that ever enter the ledger.
package enum Deed: Hashable, Sendable {
  /// A campaign, profile or layer as it was from now on.
  case configure(ConfigurationFile)
  /// A delivered file was taken in.
  case deliver(DeliveryRecord)
  /// A parcel was issued (下发).
  case issue(Issue)
  /// A later delivery stated a parcel differently.
  case reissue(Issue)
  /// A parcel was measured again.
  case remeasure(Remeasurement)
  case workflow(WorkflowEntry)

  /// The name under which the event is stored and shown.
  package var kind: String {
    switch self {
    case .configure: "configure"
    case .deliver: "deliver"
    case .issue: "issue"
    case .reissue: "reissue"
    case .remeasure: "remeasure"
    case .workflow(let entry): entry.kind.rawValue
    }
  }

  /// The parcel that it is about.
  package var subject: (campaign: String, code: String)? {
    switch self {
    case .configure, .deliver: nil
    case .issue(let issue), .reissue(let issue): (issue.campaign, issue.code)
    case .remeasure(let remeasurement): (remeasurement.campaign, remeasurement.code)
    case .workflow(let entry): (entry.campaign, entry.code)
    }
  }
}

/// A piece of configuration in the chain: its bytes, so that a figure can be computed as it was then.
package struct ConfigurationFile: Codable, Hashable, Sendable {
  package enum Kind: String, Codable, Sendable { case campaign, profile, layer, calendar }

  package var kind: Kind
  package var name: String
  package var sha256: String
  /// The file's text; of a layer its description, the content lying in `layers/` under its SHA-256; of the calendar its
  /// days (`WorkCalendar.text`).
  package var text: String

  package init(kind: Kind, name: String, sha256: String, text: String) {
    (self.kind, self.name, self.sha256, self.text) = (kind, name, sha256, text)
  }
}

/// A delivered file as it was taken in: every record is accepted, rejected with a reason, or a duplicate.
package struct DeliveryRecord: Codable, Hashable, Sendable {
  package struct Reject: Codable, Hashable, Sendable {
    /// The record's number in the file, from 1.
    package var record: Int
    package var code: String?
    package var finding: Finding.Code
    package var reason: String

    package init(record: Int, code: String?, finding: Finding.Code, reason: String) {
      (self.record, self.code, self.finding, self.reason) = (record, code, finding, reason)
    }
  }

  package var sha256: String
  /// SHA-256 over the fingerprints of all records: equal for the same records in another file.
  package var content: String
  package var name: String
  package var bytes: Int
  package var campaign: String
  package var batch: String
  package var issued: Day
  package var delivered: Int
  package var accepted: Int
  package var corrected: Int
  package var duplicate: Int
  package var rejects: [Reject]
  /// How the file was understood: reference system, encoding, profile, unit.
  package var decisions: [String: String]

  package init(
    sha256: String, content: String, name: String, bytes: Int, campaign: String, batch: String, issued: Day,
    delivered: Int,
    accepted: Int, corrected: Int, duplicate: Int, rejects: [Reject], decisions: [String: String]
  ) {
    (self.sha256, self.content, self.name, self.bytes) = (sha256, content, name, bytes)
    (self.campaign, self.batch, self.issued) = (campaign, batch, issued)
    (self.delivered, self.accepted, self.corrected, self.duplicate) = (delivered, accepted, corrected, duplicate)
    (self.rejects, self.decisions) = (rejects, decisions)
  }
}

extension Event {
  /// The case that it happened to; nothing for every other event.
  package var caseNumber: String? {
    guard case .workflow(let entry) = deed, entry.kind.isOfCase else { return nil }
    return entry.caseNumber
  }
}

/// An event in its place in the ledger.
package struct Event: Hashable, Sendable {
  /// The place in the whole ledger; "known at" selects by it.
  package var position: Int
  package var county: DivisionCode
  /// The place in the county's chain, from 1.
  package var seq: Int
  package var effective: Day
  package var recorded: Instant
  package var actor: String
  package var document: String
  package var deed: Deed

  package init(
    position: Int, county: DivisionCode, seq: Int, effective: Day, recorded: Instant, actor: String, document: String,
    deed: Deed
  ) {
    (self.position, self.county, self.seq) = (position, county, seq)
    (self.effective, self.recorded, self.actor, self.document) = (effective, recorded, actor, document)
    self.deed = deed
  }
}
