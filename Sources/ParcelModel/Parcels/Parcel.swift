package import Geodata

/// What a parcel is known by: county, campaign and official number (监测编号), after NFKC and trimming.
package struct ParcelIdentity: Codable, Hashable, Comparable, Sendable {
  package var county: DivisionCode
  package var campaign: String
  package var code: String

  package init(county: DivisionCode, campaign: String, code: String) {
    (self.county, self.campaign, self.code) = (county, campaign, code)
  }

  package static func < (a: Self, b: Self) -> Bool {
    (a.county, a.campaign, a.code) < (b.county, b.campaign, b.code)
  }
}

/// What the delivery says of a parcel.
package struct Declaration: Codable, Hashable, Sendable {
  /// 监测面积.
  package var area: SquareMeters?
  package var farmland: SquareMeters?
  package var basicFarmland: SquareMeters?
  /// 乡镇 in the delivery's words.
  package var township: String?
  /// Every other cell that was filled, by its field name.
  package var attributes: [String: String]

  package init(
    area: SquareMeters? = nil, farmland: SquareMeters? = nil, basicFarmland: SquareMeters? = nil,
    township: String? = nil, attributes: [String: String] = [:]
  ) {
    (self.area, self.farmland, self.basicFarmland) = (area, farmland, basicFarmland)
    (self.township, self.attributes) = (township, attributes)
  }
}

/// What was measured against the layers of a day: once when the parcel was taken in, and again where somebody wanted it
/// (`Remeasurement`). Areas are ellipsoidal (DOMAIN §4).
package struct Measurement: Codable, Hashable, Sendable {
  package var area: SquareMeters
  /// Net of ridges; the ridges count in `classes` as 1203. Nothing where no land-use layer was there.
  package var farmland: SquareMeters?
  /// 可调整 land.
  package var adjustable: SquareMeters?
  package var basicFarmland: SquareMeters?
  package var redline: SquareMeters?
  /// Area by land-use class, adding up to what of the parcel the survey covers.
  package var classes: [LandUse.Code: SquareMeters]
  /// Area by township.
  package var townships: [DivisionCode: SquareMeters]
  /// The township of the largest share; ties go to the lower code.
  package var township: DivisionCode?
  /// The village (twelve digits) of the largest share by the survey's ownership codes.
  package var village: DivisionCode?
  /// Area by user overlay.
  package var overlays: [String: SquareMeters]
  /// The layers measured against: kind and content, as `land-use@1a2b3c4d5e6f`.
  package var layers: [String]
  /// The version of the measuring rules.
  package var rules: Int

  package init(area: SquareMeters, rules: Int) {
    self.area = area
    self.rules = rules
    classes = [:]
    townships = [:]
    overlays = [:]
    layers = []
  }

  /// 三大类: the classes by the major class they belong to, each there even where it has no area.
  package var majorClasses: [LandUse.MajorClass: SquareMeters] {
    var areas = Dictionary(uniqueKeysWithValues: LandUse.MajorClass.allCases.map { ($0, SquareMeters.zero) })
    for (code, area) in classes { LandUse.majorClass(of: code).map { areas[$0, default: .zero] += area } }
    return areas
  }
}

/// 重新量算: another measurement of the same shape, beside the first, and why it was wanted.
package struct Remeasurement: Codable, Hashable, Sendable {
  package var campaign: String
  package var code: String
  package var measured: Measurement
  package var reason: String

  package init(campaign: String, code: String, measured: Measurement, reason: String) {
    (self.campaign, self.code, self.measured, self.reason) = (campaign, code, measured, reason)
  }
}

/// The earlier parcel of largest overlap, where that is at least half of this one.
package struct EarlierParcel: Codable, Hashable, Sendable {
  package var campaign: String
  package var code: String
  /// Overlap over the area of the later parcel, 0…1.
  package var share: Double

  package init(campaign: String, code: String, share: Double) {
    (self.campaign, self.code, self.share) = (campaign, code, share)
  }
}

/// A parcel as issued (下发): one delivered record and what was measured of it. The geometry stands beside it.
package struct Issue: Codable, Hashable, Sendable {
  package var campaign: String
  package var code: String
  package var batch: String
  /// The delivered file by SHA-256, and the record in it, from 1.
  package var delivery: String
  package var record: Int
  /// SHA-256 over the delivered facts and geometry: equal for an identical row.
  package var fingerprint: String
  package var declared: Declaration
  package var measured: Measurement
  package var earlier: EarlierParcel?
  /// Codes of what was noticed.
  package var findings: [Finding.Code]

  package init(
    campaign: String, code: String, batch: String, delivery: String, record: Int, fingerprint: String,
    declared: Declaration, measured: Measurement, earlier: EarlierParcel?, findings: [Finding.Code]
  ) {
    (self.campaign, self.code, self.batch) = (campaign, code, batch)
    (self.delivery, self.record, self.fingerprint) = (delivery, record, fingerprint)
    (self.declared, self.measured, self.earlier, self.findings) = (declared, measured, earlier, findings)
  }
}
