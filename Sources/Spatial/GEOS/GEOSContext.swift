import CGEOS
import Geodata

/// A GEOS context with the words of its last error. Not Sendable: one worker owns one, with all its shapes.
package final class GEOSContext {
  let handle: GEOSContextHandle_t
  private var lastWords = ""

  package init() {
    handle = GEOS_init_r()
    _ = GEOSContext_setErrorMessageHandler_r(
      handle,
      { words, context in
        guard let words, let context else { return }
        Unmanaged<GEOSContext>.fromOpaque(context).takeUnretainedValue().lastWords = String(cString: words)
      }, Unmanaged.passUnretained(self).toOpaque())
  }

  deinit { GEOS_finish_r(handle) }

  func failure(_ operation: String) -> SpatialError {
    defer { lastWords = "" }
    return .geometryFailed(operation: operation, words: lastWords)
  }

  /// The shape that GEOS answered, or what it complained of.
  func shape(_ operation: String, _ geometry: OpaquePointer?) throws(SpatialError) -> GEOSShape {
    guard let geometry else { throw failure(operation) }
    return GEOSShape(owning: geometry, self)
  }

  /// A predicate's answer: GEOS says 2 for an exception.
  func answer(_ operation: String, _ value: CChar) throws(SpatialError) -> Bool {
    guard value != 2 else { throw failure(operation) }
    return value == 1
  }

  /// A multipolygon with every point moved by −`origin`. Rings of fewer than four points enclose nothing and are left
  /// out, a polygon with its outer ring.
  func shape(of polygons: Polygons, origin: Point = Point(x: 0, y: 0)) throws(SpatialError) -> GEOSShape {
    var parts: [OpaquePointer?] = []
    defer { for part in parts { GEOSGeom_destroy_r(handle, part) } }
    for polygon in 0..<polygons.polygonCount {
      var rings: [OpaquePointer?] = []
      let numbers = polygons.rings(ofPolygon: polygon)
      for ring in numbers {
        let range = polygons.points(ofRing: ring)
        guard range.count >= 4 else {
          if ring == numbers.lowerBound { break }
          continue
        }
        guard let made = linearRing(polygons.points[range], origin) else {
          for made in rings { GEOSGeom_destroy_r(handle, made) }
          throw failure("linear ring")
        }
        rings.append(made)
      }
      guard let outer = rings.first else { continue }
      var holes = Array(rings.dropFirst())
      // Takes the rings over, whatever comes of it.
      guard let made = GEOSGeom_createPolygon_r(handle, outer, &holes, UInt32(holes.count)) else {
        throw failure("polygon")
      }
      parts.append(made)
    }
    var taken = parts
    parts = []
    return try shape(
      "multipolygon",
      GEOSGeom_createCollection_r(handle, Int32(GEOS_MULTIPOLYGON.rawValue), &taken, UInt32(taken.count)))
  }

  private func linearRing(_ points: ArraySlice<Point>, _ origin: Point) -> OpaquePointer? {
    let shifted = points.flatMap { [$0.x - origin.x, $0.y - origin.y] }
    guard let sequence = GEOSCoordSeq_copyFromBuffer_r(handle, shifted, UInt32(points.count), 0, 0) else { return nil }
    return GEOSGeom_createLinearRing_r(handle, sequence)
  }
}
