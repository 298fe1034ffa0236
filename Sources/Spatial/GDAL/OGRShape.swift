import CGDAL
import Geodata

/// A shape as it crosses from GDAL, in well-known binary, with what was left out of it or changed on the way.
struct OGRShape {
  private(set) var shape: Shape
  private(set) var remarks: [Remark] = []

  init(of geometry: OGRGeometryH?) {
    shape = .absent
    guard let geometry, OGR_G_IsEmpty(geometry) == 0 else { return }
    if OGR_G_Is3D(geometry) != 0 || OGR_G_IsMeasured(geometry) != 0 { remarks.append(Remark(.heights)) }
    switch OGR_GT_Flatten(OGR_G_GetGeometryType(geometry)) {
    case wkbPolygon, wkbMultiPolygon: shape = Self.polygons(geometry)
    case wkbCurvePolygon, wkbMultiSurface: shape = Self.straightened(geometry, &remarks)
    case let other: shape = .unsupported(Self.name(of: other))
    }
  }

  private static func name(of type: OGRwkbGeometryType) -> String {
    OGRGeometryTypeToName(type).map { String(cString: $0).filter { $0 != " " } } ?? "\(type.rawValue)"
  }

  /// Degrees of an arc that one chord replaces: a circle loses fifty millionths of its area.
  private static let chord = 1.0

  /// Arcs become chords; the remark says by how much the area changed.
  private static func straightened(_ curved: OGRGeometryH, _ remarks: inout [Remark]) -> Shape {
    guard let straight = OGR_G_GetLinearGeometry(curved, chord, nil) else { return .damaged("arcs") }
    defer { OGR_G_DestroyGeometry(straight) }
    if OGR_G_HasCurveGeometry(curved, 1) != 0 {
      let (before, after) = (OGR_G_Area(curved), OGR_G_Area(straight))
      remarks.append(Remark(.arcs, before > 0 ? "\(after / before - 1)" : ""))
    }
    return polygons(straight)
  }

  private static func polygons(_ geometry: OGRGeometryH) -> Shape {
    let size = Int(OGR_G_WkbSize(geometry))
    var failure = OGRERR_NONE
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      failure = OGR_G_ExportToIsoWkb(geometry, wkbNDR, buffer.baseAddress)
      count = failure == OGRERR_NONE ? size : 0
    }
    guard failure == OGRERR_NONE else { return .damaged("WKB \(failure)") }
    do throws(WKBError) {
      let polygons = try Polygons(wkb: bytes)
      return polygons.isEmpty ? .absent : .polygons(polygons)
    } catch {
      switch error {
      case .notFinite: return .damaged("NaN/Inf")
      case .truncated, .unsupported: return .damaged("WKB")
      }
    }
  }
}
