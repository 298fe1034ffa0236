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
    verdict =
      delivery.accepted == 0 && delivery.rejects.isEmpty
      ? .duplicate : findings.isEmpty ? .accepted : .acceptedWithFindings
  }

  /// The same bytes were taken in before: 0 changes.
  static func duplicate(of known: DeliveryRecord, file: DeliveryFile, head: LedgerHead) -> Receipt {
    var delivery = known
    delivery.name = file.name
    (delivery.accepted, delivery.corrected, delivery.duplicate) = (0, 0, known.delivered)
    delivery.rejects = []
    return Receipt(delivery: delivery, findings: [], accepted: [], head: head, isDryRun: false)
  }

  /// Done, or done but incomplete.
  package var outcome: Outcome {
    delivery.rejects.isEmpty ? .done : delivery.accepted > 0 ? .incomplete : .nothingTaken
  }

  /// What lies beside a file in the quarantine.
  static func refusal(_ error: any ExplainedError, file: DeliveryFile, campaign: String) -> JSON {
    [
      "schema": "parcels.refusal/1", "verdict": .string(Verdict.quarantined.rawValue), "campaign": .string(campaign),
      "delivery": ["name": .string(file.name), "sha256": .string(file.sha256), "bytes": JSON(file.bytes)],
      "code": .string(error.code), "message": ["zh": .string(error.message.zh), "en": .string(error.message.en)],
      "remedy": ["zh": .string(error.remedy.zh), "en": .string(error.remedy.en)],
    ]
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
      "findings": .array(groups.map { $0.json(language) }),
      "totals": ["declaredMu": JSON(declared), "measuredMu": JSON(measured), "farmlandMu": JSON(farmland)],
      "ledgerHead": head.json, "seconds": seconds.map { .double(($0 * 1000).rounded() / 1000) } ?? .null,
    ]
  }

  /// Findings of one code together.
  package struct Group: Sendable {
    package var code: Finding.Code
    package var findings: [Finding]

    func json(_ language: Language) -> JSON {
      [
        "code": .string(code.rawValue), "severity": .string(code.severity.rawValue), "count": JSON(findings.count),
        "message": .string(code.message.text(language)), "remedy": .string(code.remedy.text(language)),
        "records": .array(
          findings.prefix(20).map { finding in
            [
              "record": finding.record.map { JSON($0) } ?? .null, "code": JSON(finding.parcel),
              "detail": .string(finding.detail),
            ]
          }),
      ]
    }
  }

  package var groups: [Group] {
    Dictionary(grouping: findings, by: \.code).map { Group(code: $0.key, findings: $0.value) }
      .sorted { ($1.code.severity, $0.code) < ($0.code.severity, $1.code) }
  }
}
