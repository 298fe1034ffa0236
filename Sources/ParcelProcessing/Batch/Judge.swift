import Geodata
import ParcelModel
import ParcelWorkspace

/// Compares what a record declares with what was measured; all of it becomes findings, nothing is changed.
struct Judge: Sendable {
  let workspaceCounty: DivisionCode
  /// Township names by code, of the township layer.
  let townshipNames: [DivisionCode: String]
  /// The county in degrees; nothing before a layer is there.
  let county: Envelope?

  /// Degrees around the county in which a parcel may still reach, some twenty kilometres: parcels cross borders, but one
  /// that reaches farther has a coordinate that is none of its own.
  static let neighbourhood = 0.2

  /// A parcel shorter than this across (2·area / perimeter, metres) is left over from cutting, not a site.
  static let narrowest = 0.5

  /// Declared figures may be off by half a per cent, or by half a unit of the last decimal declared.
  static let tolerance = 0.005

  func judge(_ record: DeliveredRecord, _ result: Measure.Result) -> [Finding] {
    var findings: [Finding] = []
    func note(_ code: Finding.Code, _ detail: String) {
      findings.append(Finding(code, record: record.number, parcel: record.code, detail: detail))
    }
    let measured = result.measurement
    if let declared = record.area {
      if let factor = Self.unitFactor(declared.area.value / max(result.area, 1e-9)) {
        note(.unitMixUp, "×\(factor)")
      } else if !Self.agree(declared, result.area) {
        note(.areaDiffers, "\(declared.area) / \(measured.area) m²")
      }
    } else {
      note(.noDeclaredArea, "")
    }
    if let declared = record.farmland, let farmland = measured.farmland, !Self.agree(declared, farmland.value) {
      if farmland.value > 0, let factor = Self.unitFactor(declared.area.value / farmland.value) {
        note(.unitMixUp, "×\(factor) (\(Profile.Column.farmland.rawValue))")
      }
      note(.farmlandDiffers, "\(declared.area) / \(farmland) m²")
    }
    if let farmland = record.farmland, let area = record.area, Mu(farmland.area) > Mu(area.area) {
      note(.farmlandExceedsArea, "\(farmland.area) > \(area.area) m²")
    }
    if let name = record.township, let code = measured.township, let official = townshipNames[code],
      name.folded() != official.folded(), name != code.digits
    {
      note(.townshipDiffers, "\(name) / \(official)")
    }
    if case .polygons(let delivered) = record.shape, delivered.duplicateVertices > 0 {
      note(.duplicateVertices, "\(delivered.duplicateVertices)")
    }
    if result.meanWidth < Self.narrowest { note(.sliver, "\(SquareMeters(rounding: result.area)) m²") }
    for (code, detail) in Self.balance(result) { note(code, detail) }
    return findings
  }

  /// What two areas that should be one may differ by: 0.01 亩 (DOMAIN §4).
  static let leeway = SquareMeters(Mu(hundredths: 1)).value

  /// Whether what was measured adds up (DOMAIN §4), where the survey covers the parcel; else that it does not. Farmland
  /// is a part of agricultural land by its making.
  static func balance(_ result: Measure.Result) -> [(code: Finding.Code, detail: String)] {
    guard let surveyed = result.surveyed else { return [] }
    guard result.area - surveyed <= max(1, result.area * 0.001) else {
      return [(.partlyOutside, "\(SquareMeters(rounding: result.area - surveyed)) m²")]
    }
    var found: [(code: Finding.Code, detail: String)] = []
    let measured = result.measurement
    let classes = measured.majorClasses.values.reduce(.zero, +)
    if abs(classes.value - result.area) > leeway {
      found.append((.classesUnbalanced, "\(classes) / \(measured.area) m²"))
    }
    let farmland = result.grossClasses.filter { LandUse.isFarmland($0.key) }.values.reduce(0, +)
    if result.basicFarmland - farmland > leeway, let basicFarmland = measured.basicFarmland {
      found.append((.basicFarmlandExceedsFarmland, "\(basicFarmland) > \(SquareMeters(rounding: farmland)) m²"))
    }
    return found
  }

  /// Whether all of a parcel lies in the county or its neighbourhood.
  func isNear(_ polygons: Polygons) -> Bool {
    guard let near = county?.widened(by: Self.neighbourhood) else { return true }
    let box = polygons.envelope
    return box.minX >= near.minX && box.maxX <= near.maxX && box.minY >= near.minY && box.maxY <= near.maxY
  }

  /// What was noticed while the record was read.
  static func code(of remark: Remark) -> Finding.Code {
    switch remark.kind {
    case .unclosedRing: .unclosedRing
    case .heights: .heightsDropped
    case .arcs: .arcs
    case .textCut: .textCut
    case .damagedCell: .damagedCell
    case .overflow: .overflowedCell
    case .unreadFiles: .unreadFiles
    case .encodingOverruled: .encodingOverruled
    case .deletedRecords: .deletedRecords
    }
  }

  private static func agree(_ declared: DeliveredRecord.Area, _ measured: Double) -> Bool {
    abs(declared.area.value - measured) <= max(measured * tolerance, declared.halfUnit + 0.005)
  }

  /// The factor between two units that a ratio of declared to measured gives away (DOMAIN §6).
  private static func unitFactor(_ ratio: Double) -> String? {
    let factors: [(Double, String)] = [
      (2000.0 / 3, "666.67"), (15, "15"), (10_000, "10000"), (3.0 / 2000, "1/666.67"), (1.0 / 15, "1/15"),
      (1.0 / 10_000, "1/10000"),
    ]
    return factors.first { abs(ratio / $0.0 - 1) < 0.02 }?.1
  }

  /// The county of a record: the one that it names, if it is of this workspace, else the one it lies in.
  func county(of record: DeliveredRecord, _ measurement: ParcelModel.Measurement) -> DivisionCode? {
    if let text = record.county {
      guard let code = DivisionCode(text), workspaceCounty.contains(code), code.county.level == .county else {
        return nil
      }
      return code.county
    }
    return workspaceCounty.level == .county ? workspaceCounty : measurement.township?.county
  }
}
