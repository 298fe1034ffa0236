import Geodata
import ParcelModel
import Spatial

/// A record with everything that the stages found out about it.
struct JudgedRecord: Sendable {
  let record: DeliveredRecord
  var findings: [Finding]
  /// Nothing for a rejected record.
  var accepted: Accepted?

  /// A class for the reason that `DeliveredRecord` is one.
  final class Accepted: Sendable {
    let county: DivisionCode
    /// EPSG:4490, longitude first.
    let polygons: Polygons
    let result: Measure.Result
    /// With its share unrounded.
    let earlier: (parcel: EarlierParcel, share: Double)?

    init(
      county: DivisionCode, polygons: Polygons, result: Measure.Result,
      earlier: (parcel: EarlierParcel, share: Double)?
    ) {
      (self.county, self.polygons, self.result, self.earlier) = (county, polygons, result, earlier)
    }

    var measurement: ParcelModel.Measurement { result.measurement }
  }
}

/// Takes records through the stages from Normalize to Match; owns what they may not share.
struct BatchWorker {
  private let campaign: String
  private let normalize: Normalize
  private var measure: Measure
  private let judge: Judge
  private var match: Match
  private var verify: VerifyAreas?

  /// Of all records so far, where areas are verified.
  var verification: AreaVerification? { verify?.verification }

  init(
    _ reading: BatchRun.Reading, campaign: String, zone: WorkingZone, _ layers: SurveyLayers, _ judge: Judge,
    _ earlier: EarlierParcels, verifies: Bool
  ) throws {
    self.campaign = campaign
    normalize = try Normalize(GEOSContext(), from: reading.reference, swapsAxes: reading.swapsAxes)
    measure = try Measure(zone: zone, layers: layers)
    self.judge = judge
    match = Match(earlier)
    verify = verifies ? try VerifyAreas(zone: zone, layers: layers) : nil
  }

  /// A record that was brought to EPSG:4490 and placed in the plane.
  private struct Placed {
    var polygons: Polygons
    var placed: Polygons
    var repair: RepairRecord?
  }

  mutating func judge(_ records: [DeliveredRecord]) throws -> [JudgedRecord] {
    var judged = records.map { record in
      JudgedRecord(
        record: record,
        findings: record.remarks.map {
          Finding(Judge.code(of: $0), record: record.number, parcel: record.code, detail: $0.detail)
        })
    }
    let all = try judged.indices.map { try place(&judged[$0]) }
    let set = PolygonSet(all.map { $0?.placed ?? Polygons() })
    for (number, placed) in all.enumerated() {
      guard let placed else { continue }
      measure(placed, number, of: set, &judged[number])
      guard let accepted = judged[number].accepted else { continue }
      try verify?.verify(
        placed.polygons, placed.placed, number, of: set, area: accepted.result.area,
        record: judged[number].record.number)
    }
    return judged
  }

  /// What is wrong with the record itself rejects it here; nothing is placed then.
  private func place(_ judged: inout JudgedRecord) throws -> Placed? {
    let record = judged.record
    if judged.findings.contains(where: { $0.code.severity == .error }) { return nil }
    func rejected(_ code: Finding.Code, _ detail: String = "") -> Placed? {
      judged.findings.append(Finding(code, record: record.number, parcel: record.code, detail: detail))
      return nil
    }
    if record.code.isEmpty { return rejected(.missingCode) }
    if isDamagedCode(record.code) || record.isCodeRounded { return rejected(.damagedCode, record.code) }
    guard record.code.count <= 64, record.code.isPlain || !record.code.unicodeScalars.contains(where: isUnseen) else {
      return rejected(.badCode, String(record.code.prefix(64)))
    }
    if let bad = record.badNumber { return rejected(.badNumber, bad) }
    switch try normalize.normalize(record.shape) {
    case .rejected(let code, let detail): return rejected(code, detail)
    case .polygons(let polygons, let repair):
      do {
        return Placed(polygons: polygons, placed: try measure.place(polygons), repair: repair)
      } catch SpatialError.notTransformed {
        // Coordinates that no place of the plane has: the reference system is not the one that was stated.
        return rejected(.outsideCounty, polygons.envelope.center.text)
      }
    }
  }

  /// What is wrong with the record's place rejects it here.
  private mutating func measure(_ placed: Placed, _ number: Int, of set: PolygonSet, _ judged: inout JudgedRecord) {
    let record = judged.record
    func note(_ code: Finding.Code, _ detail: String = "") {
      judged.findings.append(Finding(code, record: record.number, parcel: record.code, detail: detail))
    }
    let result = measure.measure(placed.placed, number, of: set)
    guard result.area > 0 else { return note(.emptyAfterRepair) }
    guard result.isInside, judge.isNear(placed.polygons) else {
      return note(.outsideCounty, placed.polygons.envelope.center.text)
    }
    guard let county = judge.county(of: record, result.measurement) else {
      return note(.wrongCounty, record.county ?? "")
    }
    for (code, detail) in placed.repair?.findings(area: result.area) ?? [] { note(code, detail) }
    judged.findings += judge.judge(record, result)
    let identity = ParcelIdentity(county: county, campaign: campaign, code: record.code)
    judged.accepted = JudgedRecord.Accepted(
      county: county, polygons: placed.polygons, result: result,
      earlier: match.match(number, of: set, area: result.area, identity: identity))
  }
}
