import CGDAL
import Geodata

/// Shapes as they cross from GDAL, in well-known binary.
enum OGRShape {
  static func shape(of geometry: OGRGeometryH?) -> Shape {
    guard let geometry, OGR_G_IsEmpty(geometry) == 0 else { return .absent }
    let type = OGR_GT_Flatten(OGR_G_GetGeometryType(geometry))
    let name = OGRGeometryTypeToName(type).map { String(cString: $0).filter { $0 != " " } } ?? "\(type.rawValue)"
    guard type == wkbPolygon || type == wkbMultiPolygon else { return .unsupported(name) }
    let size = Int(OGR_G_WkbSize(geometry))
    var failure = OGRERR_NONE
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      failure = OGR_G_ExportToIsoWkb(geometry, wkbNDR, buffer.baseAddress)
      count = failure == OGRERR_NONE ? size : 0
    }
    guard failure == OGRERR_NONE else { return .unsupported("\(name) (WKB \(failure))") }
    do throws(WKBError) {
      let polygons = try Polygons(wkb: bytes)
      return polygons.isEmpty ? .absent : .polygons(polygons)
    } catch {
      switch error {
      case .notFinite: return .unsupported("\(name) (NaN/Inf)")
      case .truncated, .unsupported: return .unsupported("\(name) (WKB)")
      }
    }
  }
}
