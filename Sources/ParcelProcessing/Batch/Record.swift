import Foundation
import Geodata
import ParcelLedger
import ParcelModel
import ParcelWorkspace

/// Writes a judged delivery to the ledger in one transaction, and its receipt.
struct Record {
  let file: DeliveryFile
  let campaign: Campaign
  let batch: String
  let issued: Day
  let records: BatchRun.Reading
  let layers: SurveyLayers
  /// SHA-256 sums that came with the delivery and agree.
  let sums: Int

  /// - Returns: the receipt; with `dryRun` what it would say.
  func record(
    _ judged: [JudgedRecord], workspace: Workspace, ledger: Ledger, now: Instant, dryRun: Bool
  ) throws -> Receipt {
    try refuseMixedUnits(judged)
    var findings = records.findings + judged.flatMap(\.findings) + positionFindings(judged)
    var fingerprint = Fingerprint()
    let fingerprints = judged.map { fingerprint.fingerprint($0) }
    var candidates: [Transaction.Candidate] = []
    let duplicates = sortOut(judged, fingerprints, &findings, &candidates)
    let rejects = Self.rejects(findings)
    guard !candidates.isEmpty || duplicates > 0 || rejects.contains(where: { $0.finding != .outsideCounty }) else {
      throw ProcessingError.outside(file: file.name, reference: records.reference.description)
    }
    let content = sha256(Data(fingerprints.joined(separator: "\n").utf8))
    let delivery = DeliveryRecord(
      sha256: file.sha256, content: content, name: file.name,
      bytes: file.bytes, campaign: campaign.id, batch: batch, issued: issued, delivered: judged.count, accepted: 0,
      corrected: 0, duplicate: duplicates, rejects: rejects, decisions: decisions)
    let home = workspace.settings.county
    var written = delivery
    var arrivals: [Transaction.Arrival] = []
    var repeated: DeliveryRecord?
    do {
      try ledger.write(at: now) { transaction in
        repeated = try transaction.reading.delivery(content: delivery.content, campaign: campaign.id)
        if repeated != nil { throw RolledBack() }
        let counties = Set(candidates.map(\.county)).union([home])
        try transaction.adopt(
          campaign, workspace.campaignText(campaign.id), workspace.calendar(), layers, in: counties, on: issued
        ) { $0.configurationName(for: campaign) }
        (written, arrivals) = try transaction.deliver(delivery, candidates, home: home)
        // Of what brought nothing new the ledger keeps no trace; rejected records lie in the quarantine.
        if dryRun || written.accepted == 0 {
          throw RolledBack()
        }
      }
    } catch is RolledBack {
      // Nothing new: not even the configuration enters the chain.
    }
    if repeated != nil {
      written.duplicate = judged.count - rejects.count
      return Receipt(
        delivery: written, findings: findings, accepted: [], head: try ledger.read { try $0.head() }, isDryRun: dryRun)
    }
    for (candidate, arrival) in zip(candidates, arrivals) { findings += Self.findings(candidate, arrival) }
    return Receipt(
      delivery: written, findings: findings,
      accepted: zip(candidates, arrivals).filter { $0.1.outcome != .duplicate }.map(\.0.issue),
      head: try ledger.read { try $0.head() }, isDryRun: dryRun)
  }

  /// What the ledger knew of a record before.
  private static func findings(_ candidate: Transaction.Candidate, _ arrival: Transaction.Arrival) -> [Finding] {
    var codes: [(code: Finding.Code, detail: String)] = []
    if !arrival.campaigns.isEmpty { codes.append((.codeElsewhere, arrival.campaigns.joined(separator: ", "))) }
    if arrival.isMoved { codes.append((.correctedElsewhere, "")) }
    switch arrival.outcome {
    case .accepted: break
    case .corrected: codes.append((.corrected, ""))
    case .duplicate: codes.append((.duplicateRecord, ""))
    }
    return codes.map {
      Finding($0.code, record: candidate.issue.record, parcel: candidate.issue.code, detail: $0.detail)
    }
  }

  /// One reason a rejected record, the first that was found.
  private static func rejects(_ findings: [Finding]) -> [DeliveryRecord.Reject] {
    var seen: Set<Int> = []
    return findings.filter { $0.code.severity == .error && seen.insert($0.record ?? 0).inserted }.map { finding in
      DeliveryRecord.Reject(
        record: finding.record ?? 0, code: finding.parcel.flatMap { $0.isEmpty ? nil : $0 }, finding: finding.code,
        reason: finding.detail)
    }
  }

  /// Areas that agree while farmland does not speak of shapes that lie beside their fields: GCJ-02 shifts by some five
  /// hundred metres, an old datum by a hundred.
  private func positionFindings(_ judged: [JudgedRecord]) -> [Finding] {
    let compared = judged.filter {
      $0.record.area != nil && $0.record.farmland != nil && $0.accepted?.measurement.farmland != nil
    }
    func count(_ code: Finding.Code) -> Int { compared.count { $0.findings.contains { $0.code == code } } }
    let shifted = count(.farmlandDiffers)
    guard compared.count >= 20, shifted * 2 > compared.count, count(.areaDiffers) * 10 < compared.count else {
      return []
    }
    return [Finding(.positionDoubtful, detail: "\(shifted) / \(compared.count)")]
  }

  /// Where most declared areas are off by the factor between two units, the unit was stated wrongly: nothing is taken.
  private func refuseMixedUnits(_ judged: [JudgedRecord]) throws {
    let mixed = judged.flatMap(\.findings).filter { $0.code == .unitMixUp }
    let (ofFarmland, ofArea) = (mixed.filter { $0.detail.hasSuffix(")") }, mixed.filter { !$0.detail.hasSuffix(")") })
    let measured = judged.count { $0.accepted != nil }
    let withFarmland = judged.count { $0.accepted?.measurement.farmland?.value ?? 0 > 0 && $0.record.farmland != nil }
    let isMixed = ofArea.count * 2 > measured
    guard isMixed || ofFarmland.count * 2 > max(withFarmland, 4),
      let factor = (isMixed ? ofArea : ofFarmland).first?.detail.split(separator: " ").first.map(String.init)
    else { return }
    // A unit that a head spells out is not overruled by another profile that knows no such head.
    guard records.mapping.unit == records.unit else {
      throw ProcessingError.unitMixUp(file: file.name, factor: factor, profile: nil)
    }
    let profiles = [
      "×1/666.67": "standard-mu", "×15": "standard-mu", "×1/10000": "standard-ha", "×1/15": "standard-ha",
      "×666.67": "standard", "×10000": "standard",
    ]
    throw ProcessingError.unitMixUp(file: file.name, factor: factor, profile: profiles[factor] ?? "standard")
  }

  /// Within a delivery an identical row is a duplicate; differing rows with one code are all rejected.
  private func sortOut(
    _ judged: [JudgedRecord], _ fingerprints: [String], _ findings: inout [Finding],
    _ candidates: inout [Transaction.Candidate]
  ) -> Int {
    var byCode: [String: [Int]] = [:]
    for (index, entry) in judged.enumerated() where !entry.record.code.isEmpty {
      byCode[entry.record.code, default: []].append(index)
    }
    var duplicates = 0
    for (index, entry) in judged.enumerated() {
      guard let accepted = entry.accepted, let rivals = byCode[entry.record.code] else { continue }
      let record = entry.record
      if rivals.contains(where: { fingerprints[$0] != fingerprints[index] }) {
        let numbers = rivals.map { String(judged[$0].record.number) }.joined(separator: ", ")
        findings.append(Finding(.codeRepeated, record: record.number, parcel: record.code, detail: numbers))
        continue
      }
      if rivals[0] != index {
        duplicates += 1
        findings.append(Finding(.duplicateRecord, record: record.number, parcel: record.code))
        continue
      }
      let declared = Declaration(
        area: record.area?.area, farmland: record.farmland?.area, basicFarmland: record.basicFarmland?.area,
        township: record.township, attributes: record.attributes)
      let issue = Issue(
        campaign: campaign.id, code: record.code, batch: batch, delivery: file.sha256, record: record.number,
        fingerprint: fingerprints[index], declared: declared, measured: accepted.measurement,
        earlier: accepted.earlier?.parcel, findings: Set(entry.findings.map(\.code)).sorted())
      candidates.append(
        .init(county: accepted.county, issue: issue, geometry: accepted.polygons))
    }
    return duplicates
  }

  /// How the file was understood, for the receipt.
  private var decisions: [String: String] {
    var decisions = [
      "crs": records.reference.description, "encoding": records.schema.encoding, "profile": records.profile,
      "unit": records.mapping.unit?.rawValue ?? "", "format": records.schema.format, "layer": records.schema.layer,
      "columns": records.columns,
    ]
    if records.swapsAxes { decisions["axes"] = "yx" }
    if sums > 0 { decisions["manifest"] = "SHA-256 × \(sums)" }
    return decisions
  }
}
