import Geodata
import ParcelModel
import Spatial

/// Repairs a delivered shape and brings it to EPSG:4490. One a worker.
struct Normalize {
  private let repair: Repair
  private let transformation: Transformation

  init(_ context: GEOSContext, from reference: CoordinateReference) throws {
    repair = Repair(context)
    transformation = try Transformation(from: reference, to: .cgcs2000)
  }

  /// The parcel's polygons, longitude first, or the finding that rejects the record.
  func normalize(_ record: DeliveredRecord, _ findings: inout [Finding]) throws -> Polygons? {
    func reject(_ code: Finding.Code, _ detail: String = "") -> Polygons? {
      findings.append(Finding(code, record: record.number, parcel: record.code, detail: detail))
      return nil
    }
    switch record.shape {
    case .absent: return reject(.missingGeometry)
    case .unsupported(let kind): return reject(.unsupportedGeometry, kind)
    case .damaged(let fault): return reject(.damagedGeometry, fault)
    case .polygons(let delivered):
      let (polygons, repaired) = try repair.repair(delivered)
      if polygons.isEmpty { return reject(.emptyAfterRepair, repaired?.reason ?? "") }
      if let repaired {
        findings.append(Finding(.repaired, record: record.number, parcel: record.code, detail: repaired.reason))
      }
      do {
        return try transformation(polygons)
      } catch {
        return reject(.outsideCounty, "\(polygons.envelope.center.x), \(polygons.envelope.center.y)")
      }
    }
  }
}
