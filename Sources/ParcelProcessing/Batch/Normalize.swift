import Geodata
import ParcelModel
import Spatial

/// Repairs a delivered shape and brings it to EPSG:4490. One a worker.
struct Normalize {
  private let repair: Repair
  private let transformation: Transformation
  private let swapsAxes: Bool

  init(_ context: GEOSContext, from reference: CoordinateReference, swapsAxes: Bool) throws {
    repair = Repair(context)
    transformation = try Transformation(from: reference, to: .cgcs2000)
    self.swapsAxes = swapsAxes
  }

  /// What became of a shape.
  enum Result {
    /// Longitude first; with what had to be mended.
    case polygons(Polygons, RepairRecord?)
    case rejected(Finding.Code, String)
  }

  /// - Parameter isValid: the polygons are known to need no repair.
  func normalize(_ shape: Shape, isValid: Bool = false) throws -> Result {
    switch shape {
    case .absent: return .rejected(.missingGeometry, "")
    case .unsupported(let kind): return .rejected(.unsupportedGeometry, kind)
    case .damaged(let fault): return .rejected(.damagedGeometry, fault)
    case .polygons(let delivered):
      let ordered = swapsAxes ? delivered.swappingAxes() : delivered
      let (polygons, record) = isValid ? (ordered, nil) : try repair.repair(ordered)
      if record?.kinds == [.tangled] { return .rejected(.damagedGeometry, record?.place ?? "") }
      if polygons.isEmpty { return .rejected(.emptyAfterRepair, record?.place ?? "") }
      do {
        return .polygons(try transformation(polygons), record)
      } catch {
        return .rejected(.outsideCounty, polygons.envelope.center.text)
      }
    }
  }
}

extension RepairRecord {
  /// Where the fault was met, in the file's coordinates: what follows GEOS's English words.
  fileprivate var place: String { String(reason[(reason.firstIndex(of: "[") ?? reason.endIndex)...]) }

  /// One finding a kind of damage, with by how much the area changed, and where.
  ///
  /// - Parameter area: of the repaired polygons, m². The delivered rings are known only in the file's coordinates, whose
  ///   scale hardly changes within a parcel.
  func findings(area: Double) -> [(code: Finding.Code, detail: String)] {
    let change = areaAfter == 0 ? 0 : area * (areaAfter - areaBefore) / areaAfter
    let sign = change < 0 ? "−" : "+"
    let detail = ["\(sign)\(SquareMeters(rounding: abs(change))) m²", place].filter { !$0.isEmpty }.joined(
      separator: " ")
    var codes: [Finding.Code] = []
    for kind in kinds {
      let code: Finding.Code =
        switch kind {
        case .selfIntersection: .selfIntersection
        case .overlappingParts: .overlappingParts
        case .holeOutside: .holeOutside
        case .tangled, .shortRing, .other: .repaired
        }
      if !codes.contains(code) { codes.append(code) }
    }
    return codes.map { ($0, detail) }
  }
}

extension Point {
  /// For details of findings.
  var text: String { "\(x), \(y)" }
}
