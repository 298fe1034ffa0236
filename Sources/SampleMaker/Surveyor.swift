import Geodata
import Spatial

/// Measures in the way that every declared figure of the sample is made: overlay by GEOS in the Gauss–Krüger plane,
/// areas along geodesics on the CGCS2000 ellipsoid. It shares nothing with the equal-area plane that the program
/// measures in, so that the two can be held against each other.
final class Surveyor {
  /// EPSG:4526, in which the county is drawn.
  static let plane = CoordinateReference(epsg: 4526)

  private let context = GEOSContext()
  private let toDegrees: Transformation

  init() throws { toDegrees = try Transformation(from: Self.plane, to: .cgcs2000) }

  /// m², unrounded.
  func area(of shape: Polygons) throws -> Double {
    shape.isEmpty ? 0 : GeodesicArea.cgcs2000.area(of: try toDegrees(shape))
  }

  /// The part of `shape` inside `other`, in the plane.
  func part(of shape: Polygons, inside other: Polygons) throws -> Polygons {
    guard shape.envelope.overlaps(other.envelope) else { return Polygons() }
    return try intersection(shape, other, context)
  }

  /// m², unrounded.
  func overlap(of shape: Polygons, with other: Polygons) throws -> Double {
    try area(of: part(of: shape, inside: other))
  }

  /// Nothing where the shape is valid, else GEOS's reason.
  func flaw(of shape: Polygons) throws -> String? { try Repair(context).repair(shape).record?.reason }

  func degrees(of shape: Polygons) throws -> Polygons { try toDegrees(shape) }
}
