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

  /// Where a point lies.
  func point() throws(SpatialError) -> Point {
    var point = Point(x: 0, y: 0)
    guard GEOSGeomGetX_r(context.handle, geometry, &point.x) == 1,
      GEOSGeomGetY_r(context.handle, geometry, &point.y) == 1
    else { throw context.failure("point") }
    return point
  }

  func intersection(_ other: borrowing GEOSShape) throws(SpatialError) -> GEOSShape {
    try context.shape("intersection", GEOSIntersection_r(context.handle, geometry, other.geometry))
  }

  func difference(_ other: borrowing GEOSShape) throws(SpatialError) -> GEOSShape {
    try context.shape("difference", GEOSDifference_r(context.handle, geometry, other.geometry))
  }

  /// Polygons joined, or lines cut where they meet and kept once.
  func union() throws(SpatialError) -> GEOSShape {
    try context.shape("union", GEOSUnaryUnion_r(context.handle, geometry))
  }

  /// The polygons that lines cut by `union` bound, each without those inside of it.
  func polygonized() throws(SpatialError) -> GEOSShape {
    var lines: OpaquePointer? = geometry
    return try context.shape("polygonize", GEOSPolygonize_r(context.handle, &lines, 1))
  }

  func covers(_ other: borrowing GEOSShape) throws(SpatialError) -> Bool {
    try context.answer("covers", GEOSCovers_r(context.handle, geometry, other.geometry))
  }

  /// Its polygons with every point moved by `origin`; lines and points are left out.
  func polygons(origin: Point = Point(x: 0, y: 0)) throws(SpatialError) -> Polygons {
    var polygons = Polygons()
    try Self.collect(geometry, context, origin, into: &polygons)
    return polygons
  }

  /// Adds the polygons of a geometry, which stays whose it is.
  static func collect(
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
