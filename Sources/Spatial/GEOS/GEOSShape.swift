import CGEOS
import Geodata

/// A geometry of GEOS; keeps its context alive.
struct GEOSShape: ~Copyable {
  let geometry: OpaquePointer
  let context: GEOSContext

  init(owning geometry: OpaquePointer, _ context: GEOSContext) {
    (self.geometry, self.context) = (geometry, context)
  }

  deinit { GEOSGeom_destroy_r(context.handle, geometry) }

  /// In the square of its coordinates' unit.
  func area() throws(SpatialError) -> Double {
    var area = 0.0
    guard GEOSArea_r(context.handle, geometry, &area) == 1 else { throw context.failure("area") }
    return area
  }

  func intersection(_ other: borrowing GEOSShape) throws(SpatialError) -> GEOSShape {
    try context.shape("intersection", GEOSIntersection_r(context.handle, geometry, other.geometry))
  }

  /// Its polygons with every point moved by `origin`; lines and points are left out.
  func polygons(origin: Point = Point(x: 0, y: 0)) throws(SpatialError) -> Polygons {
    var polygons = Polygons()
    try Self.collect(geometry, context, origin, into: &polygons)
    return polygons
  }

  private static func collect(
    _ geometry: OpaquePointer, _ context: GEOSContext, _ origin: Point, into polygons: inout Polygons
  ) throws(SpatialError) {
    switch GEOSGeomTypes(UInt32(GEOSGeomTypeId_r(context.handle, geometry))) {
    case GEOS_POLYGON:
      guard GEOSisEmpty_r(context.handle, geometry) == 0 else { return }
      try add(GEOSGetExteriorRing_r(context.handle, geometry), context, origin, into: &polygons)
      for hole in 0..<GEOSGetNumInteriorRings_r(context.handle, geometry) {
        try add(GEOSGetInteriorRingN_r(context.handle, geometry, hole), context, origin, into: &polygons)
      }
      polygons.endPolygon()
    case GEOS_MULTIPOLYGON, GEOS_GEOMETRYCOLLECTION:
      for index in 0..<GEOSGetNumGeometries_r(context.handle, geometry) {
        guard let part = GEOSGetGeometryN_r(context.handle, geometry, index) else { throw context.failure("part") }
        try collect(part, context, origin, into: &polygons)
      }
    default: break
    }
  }

  private static func add(
    _ ring: OpaquePointer?, _ context: GEOSContext, _ origin: Point, into polygons: inout Polygons
  ) throws(SpatialError) {
    var count: UInt32 = 0
    guard let ring, let sequence = GEOSGeom_getCoordSeq_r(context.handle, ring),
      GEOSCoordSeq_getSize_r(context.handle, sequence, &count) == 1
    else { throw context.failure("ring") }
    var numbers = [Double](repeating: 0, count: Int(count) * 2)
    guard GEOSCoordSeq_copyToBuffer_r(context.handle, sequence, &numbers, 0, 0) == 1 else {
      throw context.failure("ring")
    }
    polygons.add(
      ring: (0..<Int(count)).map { Point(x: numbers[2 * $0] + origin.x, y: numbers[2 * $0 + 1] + origin.y) })
  }
}
