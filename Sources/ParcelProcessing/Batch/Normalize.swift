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

  /// The parcel's polygons, longitude first, or the finding that rejects the record.
  func normalize(_ record: DeliveredRecord, _ findings: inout [Finding]) throws -> Polygons? {
    func note(_ code: Finding.Code, _ detail: String = "") {
      findings.append(Finding(code, record: record.number, parcel: record.code, detail: detail))
    }
    func reject(_ code: Finding.Code, _ detail: String = "") -> Polygons? {
      note(code, detail)
      return nil
    }
    switch record.shape {
    case .absent: return reject(.missingGeometry)
    case .unsupported(let kind): return reject(.unsupportedGeometry, kind)
    case .damaged(let fault): return reject(.damagedGeometry, fault)
    case .polygons(let delivered):
      let inOrder = swapsAxes ? delivered.swappingAxes() : delivered
      let (polygons, reason) = try repair.repair(inOrder)
      if polygons.isEmpty { return reject(.emptyAfterRepair, reason ?? "") }
      if let reason { note(.repaired, reason) }
      do {
        return try transformation(polygons)
      } catch {
        return reject(.outsideCounty, "\(polygons.envelope.center.x), \(polygons.envelope.center.y)")
      }
    }
  }
}
