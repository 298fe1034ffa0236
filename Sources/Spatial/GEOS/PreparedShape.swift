import CGEOS

/// A layer's polygon prepared for many questions.
final class PreparedShape {
  let shape: GEOSShape
  private let prepared: OpaquePointer

  init(_ shape: consuming GEOSShape) throws(SpatialError) {
    guard let prepared = GEOSPrepare_r(shape.context.handle, shape.geometry) else {
      throw shape.context.failure("prepare")
    }
    self.prepared = prepared
    self.shape = shape
  }

  deinit { GEOSPreparedGeom_destroy_r(shape.context.handle, prepared) }

  func intersects(_ other: borrowing GEOSShape) throws(SpatialError) -> Bool {
    let context = shape.context
    return try context.answer("intersects", GEOSPreparedIntersects_r(context.handle, prepared, other.geometry))
  }

  func covers(_ other: borrowing GEOSShape) throws(SpatialError) -> Bool {
    let context = shape.context
    return try context.answer("covers", GEOSPreparedCovers_r(context.handle, prepared, other.geometry))
  }
}
