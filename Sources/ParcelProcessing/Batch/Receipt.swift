package import Foundation
package import Geodata
package import ParcelLedger
package import ParcelModel

/// What became of a delivery: handed back to whoever dropped it.
package struct Receipt: Sendable {
  package enum Verdict: String, Sendable {
    case accepted
    case acceptedWithFindings = "accepted-with-findings"
    case duplicate
    case quarantined
  }

  package var delivery: DeliveryRecord
  package var verdict: Verdict
  package var findings: [Finding]
  package var declared = Mu.zero
  package var measured = Mu.zero
  package var farmland = Mu.zero
  package var head: LedgerHead
  package var isDryRun: Bool
  /// Why the file as a whole was not taken in.
  package var refusal: (any ExplainedError)?
  /// The folder of the quarantine in which it lies because of what was not taken.
  package var quarantine: URL?
  /// How its columns were understood, and its first records; empty where it was not read.
  package var preview = Preview()
  /// Where it was asked for.
  package var verification: AreaVerification?

  init(delivery: DeliveryRecord, findings: [Finding], accepted: [Issue], head: LedgerHead, isDryRun: Bool) {
    self.delivery = delivery
    self.findings = findings.sorted { ($0.code, $0.record ?? 0) < ($1.code, $1.record ?? 0) }
    self.head = head
    self.isDryRun = isDryRun
    for issue in accepted {
      declared += Mu(issue.declared.area ?? issue.measured.area)
      measured += Mu(issue.measured.area)
      farmland += Mu(issue.declared.farmland ?? issue.measured.farmland ?? .zero)
    }
    let isNothingTaken = delivery.accepted == 0 && delivery.duplicate == 0
    verdict =
      delivery.accepted == 0 && delivery.rejects.isEmpty
      ? .duplicate : isNothingTaken ? .quarantined : findings.isEmpty ? .accepted : .acceptedWithFindings
  }

  /// The same bytes were taken in before: 0 changes.
  static func duplicate(of known: DeliveryRecord, file: DeliveryFile, head: LedgerHead, isDryRun: Bool) -> Receipt {
    var delivery = known
    delivery.name = file.name
    (delivery.accepted, delivery.corrected, delivery.duplicate) = (0, 0, known.delivered)
    delivery.rejects = []
    return Receipt(delivery: delivery, findings: [], accepted: [], head: head, isDryRun: isDryRun)
  }

  /// Nothing of the file was taken in.
  static func refused(
    _ refusal: any ExplainedError, file: DeliveryFile, campaign: String, batch: String, issued: Day, head: LedgerHead,
    isDryRun: Bool
  ) -> Receipt {
    let delivery = DeliveryRecord(
      sha256: file.sha256, content: "", name: file.name, bytes: file.bytes, campaign: campaign, batch: batch,
      issued: issued, delivered: 0, accepted: 0, corrected: 0, duplicate: 0, rejects: [], decisions: [:])
    var receipt = Receipt(delivery: delivery, findings: [], accepted: [], head: head, isDryRun: isDryRun)
    (receipt.verdict, receipt.refusal) = (.quarantined, refusal)
    return receipt
  }

  /// Done, or done but incomplete.
  package var outcome: Outcome {
    if let refusal { return refusal.outcome }
    return delivery.rejects.isEmpty ? .done : verdict == .quarantined ? .nothingTaken : .incomplete
  }

  /// The receipt of INTERFACE.
  package func json(_ language: Language, seconds: Double?) -> JSON {
    [
      "schema": "parcels.receipt/1",
      "delivery": [
        "name": .string(delivery.name), "sha256": .string(delivery.sha256), "bytes": JSON(delivery.bytes),
      ],
      "campaign": .string(delivery.campaign), "batch": .string(delivery.batch), "verdict": .string(verdict.rawValue),
      "delivered": JSON(delivery.delivered), "accepted": JSON(delivery.accepted),
      "corrected": JSON(delivery.corrected), "rejected": JSON(delivery.rejects.count),
      "duplicate": JSON(delivery.duplicate), "dryRun": .bool(isDryRun),
      "decisions": .object(delivery.decisions.mapValues { .string($0) }),
      "findings": .array(refusalJSON(language) + groups.map { $0.json(language) }),
      "totals": ["declaredMu": JSON(declared), "measuredMu": JSON(measured), "farmlandMu": JSON(farmland)],
      "quarantine": JSON(quarantine?.path), "columns": preview.json,
      "verification": verification?.json ?? .null, "ledgerHead": head.json,
      "seconds": seconds.map { .double(($0 * 1000).rounded() / 1000) } ?? .null,
    ]
  }

  private func refusalJSON(_ language: Language) -> [JSON] {
    guard let refusal else { return [] }
    return [
      [
        "code": .string(refusal.code), "severity": .string(Finding.Severity.error.rawValue), "count": 1,
        "message": .string(refusal.message.text(language)), "remedy": .string(refusal.remedy.text(language)),
        "records": [],
      ]
    ]
  }

  package var groups: [Finding.Group] { Finding.groups(findings) }
}
