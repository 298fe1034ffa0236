package import Geodata

/// From one reference system to another; longitude first for geographic systems.
///
/// Between CGCS2000's longitude and latitude and its Gauss–Krüger zones by `GaussKruger`, for points in reach of it;
/// everything else by PROJ, which is set up when first needed: that reads its database and takes milliseconds.
/// Not Sendable: it may own a PROJ context, and one worker owns it.
package final class Transformation {
  private let from: CoordinateReference
  private let to: CoordinateReference
  private let formula: Formula?
  /// Nothing until PROJ was needed.
  private(set) var operation: ProjOperation?

  private enum Formula {
    case same
    case forward(GaussKruger)
    case inverse(GaussKruger)

    init?(from: CoordinateReference, to: CoordinateReference) {
      if from == to, from.kind != nil {
        self = .same
      } else if from == .cgcs2000, let zone = GaussKruger(to) {
        self = .forward(zone)
      } else if to == .cgcs2000, let zone = GaussKruger(from) {
        self = .inverse(zone)
      } else {
        return nil
      }
    }

    /// Points it cannot move are not finite afterwards.
    func move(_ points: inout [Point]) {
      switch self {
      case .same: break
      case .forward(let zone): zone.forward(&points)
      case .inverse(let zone): zone.inverse(&points)
      }
    }
  }

  /// Throws `SpatialError.notTransformed` where PROJ knows no way.
  package init(from: CoordinateReference, to: CoordinateReference) throws {
    (self.from, self.to) = (from, to)
    formula = Formula(from: from, to: to)
    if formula == nil { operation = try ProjOperation(from: from, to: to) }
  }

  /// The same rings in the other system. Throws when any point fails or is not finite.
  package func callAsFunction(_ polygons: Polygons) throws -> Polygons {
    polygons.replacingPoints(try transform(polygons.points))
  }

  func transform(_ points: [Point]) throws(SpatialError) -> [Point] {
    guard let formula else { return try proj().transform(points) }
    var moved = points
    formula.move(&moved)
    let left = moved.indices.filter { !moved[$0].x.isFinite || !moved[$0].y.isFinite }
    if left.isEmpty { return moved }
    for (index, point) in zip(left, try proj().transform(left.map { points[$0] })) { moved[index] = point }
    return moved
  }

  private func proj() throws(SpatialError) -> ProjOperation {
    if let operation { return operation }
    let new = try ProjOperation(from: from, to: to)
    operation = new
    return new
  }
}
