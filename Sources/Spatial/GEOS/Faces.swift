import CGEOS
import Geodata

/// The bounded pieces into which lines cut the plane, whichever way and however often each line runs.
struct Faces: ~Copyable {
  private let collection: GEOSShape
  private let origin: Point

  /// GEOS works on the points less `origin`. Throws `SpatialError.geometryFailed`.
  init(of lines: [[Point]], origin: Point, _ context: GEOSContext) throws(SpatialError) {
    collection = try context.shape(of: lines, origin).union().polygonized()
    self.origin = origin
  }

  var count: Int { Int(GEOSGetNumGeometries_r(collection.context.handle, collection.geometry)) }

  /// In the square of the coordinates' unit, without what other faces inside of it cover.
  func area(_ index: Int) throws(SpatialError) -> Double {
    var area = 0.0
    guard GEOSArea_r(collection.context.handle, try face(index), &area) == 1 else {
      throw collection.context.failure("area")
    }
    return area
  }

  /// A point well inside.
  func inside(_ index: Int) throws(SpatialError) -> Point {
    let context = collection.context
    let point = try context.shape("point on surface", GEOSPointOnSurface_r(context.handle, try face(index))).point()
    return Point(x: point.x + origin.x, y: point.y + origin.y)
  }

  /// The face's outline and holes.
  func polygons(_ index: Int) throws(SpatialError) -> Polygons {
    var polygons = Polygons()
    try GEOSShape.collect(try face(index), collection.context, origin, into: &polygons)
    return polygons
  }

  /// Lent by the collection.
  private func face(_ index: Int) throws(SpatialError) -> OpaquePointer {
    guard let face = GEOSGetGeometryN_r(collection.context.handle, collection.geometry, Int32(index)) else {
      throw collection.context.failure("face")
    }
    return face
  }
}

extension GEOSContext {
  /// Lines of two or more points; a shorter one is left out.
  fileprivate func shape(of lines: [[Point]], _ origin: Point) throws(SpatialError) -> GEOSShape {
    var made: [OpaquePointer?] = []
    defer { for line in made { GEOSGeom_destroy_r(handle, line) } }
    for line in lines where line.count >= 2 {
      let shifted = line.flatMap { [$0.x - origin.x, $0.y - origin.y] }
      guard let sequence = GEOSCoordSeq_copyFromBuffer_r(handle, shifted, UInt32(line.count), 0, 0),
        let line = GEOSGeom_createLineString_r(handle, sequence)
      else { throw failure("line") }
      made.append(line)
    }
    var taken = made
    made = []
    return try shape(
      "lines",
      GEOSGeom_createCollection_r(handle, Int32(GEOS_MULTILINESTRING.rawValue), &taken, UInt32(taken.count)))
  }
}
