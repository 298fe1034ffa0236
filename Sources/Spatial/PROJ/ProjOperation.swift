import CPROJ
package import Geodata

/// PROJ's way from one reference system to another, longitude or easting first.
///
/// Not Sendable: it owns a PROJ context.
package final class ProjOperation {
  private let from: CoordinateReference
  private let to: CoordinateReference
  private let context: OpaquePointer
  private let operation: OpaquePointer

  /// Throws `SpatialError.notTransformed` where PROJ knows no way.
  package init(from: CoordinateReference, to: CoordinateReference) throws(SpatialError) {
    (self.from, self.to) = (from, to)
    guard let context = proj_context_create() else {
      throw SpatialError.notTransformed(from: from, to: to, words: "proj_context_create")
    }
    proj_context_set_enable_network(context, 0)
    // Errors are read from `proj_context_errno`, not printed.
    proj_log_level(context, PJ_LOG_NONE)
    guard let plain = proj_create_crs_to_crs(context, "\(from)", "\(to)", nil) else {
      let words = Self.words(context)
      proj_context_destroy(context)
      throw SpatialError.notTransformed(from: from, to: to, words: words)
    }
    defer { proj_destroy(plain) }
    guard let operation = proj_normalize_for_visualization(context, plain) else {
      let words = Self.words(context)
      proj_context_destroy(context)
      throw SpatialError.notTransformed(from: from, to: to, words: words)
    }
    (self.context, self.operation) = (context, operation)
  }

  deinit {
    proj_destroy(operation)
    proj_context_destroy(context)
  }

  /// Throws `SpatialError.notTransformed` when any point fails or is not finite.
  package func transform(_ points: [Point]) throws(SpatialError) -> [Point] {
    var moved = points
    let stride = MemoryLayout<Point>.stride
    let count = moved.count
    moved.withUnsafeMutableBytes { bytes in
      guard let start = bytes.baseAddress else { return }
      let x = start.assumingMemoryBound(to: Double.self)
      let y = (start + 8).assumingMemoryBound(to: Double.self)
      proj_errno_reset(operation)
      proj_trans_generic(operation, PJ_FWD, x, stride, count, y, stride, count, nil, 0, 0, nil, 0, 0)
    }
    guard let bad = moved.firstIndex(where: { !$0.x.isFinite || !$0.y.isFinite }) else { return moved }
    let number = proj_errno(operation)
    let words = number == 0 ? "" : String(cString: proj_context_errno_string(context, number))
    throw .notTransformed(from: from, to: to, words: "(\(points[bad].x), \(points[bad].y)) \(words)")
  }

  private static func words(_ context: OpaquePointer) -> String {
    let number = proj_context_errno(context)
    return number == 0 ? "" : String(cString: proj_context_errno_string(context, number))
  }
}
