import CGEOS
package import Geodata

/// Makes polygons valid, keeping what they enclose.
package struct Repair {
  private let context: GEOSContext

  package init(_ context: GEOSContext) { self.context = context }

  /// Without a reason the polygons were valid and come back untouched; else GEOS's reason (English, with the place)
  /// and the valid polygons, lines and points dropped, which may be none at all. Throws `SpatialError.geometryFailed`.
  package func repair(_ polygons: Polygons) throws -> (polygons: Polygons, reason: String?) {
    let shape = try context.shape(of: polygons)
    let isShort = polygons.ringEnds.indices.contains { polygons.points(ofRing: $0).count < 4 }
    let isValid = try context.answer("validity", GEOSisValid_r(context.handle, shape.geometry))
    if isValid { return isShort ? (try shape.polygons(), "Too few points in a ring") : (polygons, nil) }
    let reason = try reason(shape)
    guard let parameters = GEOSMakeValidParams_create_r(context.handle) else { throw context.failure("repair") }
    defer { GEOSMakeValidParams_destroy_r(context.handle, parameters) }
    GEOSMakeValidParams_setMethod_r(context.handle, parameters, GEOS_MAKE_VALID_STRUCTURE)
    GEOSMakeValidParams_setKeepCollapsed_r(context.handle, parameters, 0)
    let repaired = try context.shape(
      "repair", GEOSMakeValidWithParams_r(context.handle, shape.geometry, parameters))
    return (try repaired.polygons(), reason)
  }

  private func reason(_ shape: borrowing GEOSShape) throws(SpatialError) -> String {
    guard let words = GEOSisValidReason_r(context.handle, shape.geometry) else { throw context.failure("validity") }
    defer { GEOSFree_r(context.handle, words) }
    return String(cString: words)
  }
}
