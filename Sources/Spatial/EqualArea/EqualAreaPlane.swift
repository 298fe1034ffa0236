import Foundation
package import Geodata

/// The cylindrical equal-area plane in which the official ellipsoidal area (图斑椭球面积) is a plane area.
///
/// Edges are straight in the zone's Gauss–Krüger plane. They are split there into ceil(L/70 m) equal parts counted
/// from the lexicographically smaller end, so that neighbours that share an edge get identical bits from both
/// directions; then x = a·(λ − L0), y = a·q(φ)/2, in metres, y from the equator. Source of the formula:
/// 国土调查办发〔2008〕32号; of the 70 m: survey software. Not Sendable: it owns PROJ contexts.
package final class EqualAreaPlane {
  private let centralMeridian: Double
  private let toPlane: Transformation
  private let fromPlane: Transformation
  static let longestPart = 70.0

  /// Throws `SpatialError.notTransformed` where there is no way into the zone's plane.
  package init(zone: WorkingZone) throws {
    centralMeridian = Double(zone.centralMeridian)
    toPlane = try Transformation(from: .cgcs2000, to: zone.prefixedReference)
    fromPlane = try Transformation(from: zone.prefixedReference, to: .cgcs2000)
  }

  /// Longitude/latitude (EPSG:4490) in degrees → split and placed in the plane, in metres. Throws
  /// `SpatialError.notTransformed` where a point cannot lie in the zone's plane.
  package func place(_ polygons: Polygons) throws -> Polygons {
    let cuts = try cuts(of: polygons)
    let corners = placed(polygons.points)
    return cuts.edges.isEmpty
      ? polygons.replacingPoints(corners)
      : Polygons(polygons, points: corners, cuts: cuts.edges, between: placed(cuts.points))
  }

  /// Back from the plane to longitude and latitude in degrees, for maps; split edges stay split.
  package func unplace(_ placed: Polygons) -> Polygons {
    placed.map { point in
      Point(
        x: point.x / Ellipsoid.a * (180 / .pi) + centralMeridian,
        y: Ellipsoid.latitude(ofHeight: point.y) * (180 / .pi))
    }
  }

  /// Longitude/latitude with every edge split; given points keep their bits.
  package func split(_ polygons: Polygons) throws -> Polygons {
    let cuts = try cuts(of: polygons)
    return Polygons(polygons, points: polygons.points, cuts: cuts.edges, between: cuts.points)
  }

  private func placed(_ points: [Point]) -> [Point] {
    var placed = points
    for index in placed.indices {
      placed[index] = Point(
        x: Ellipsoid.a * ((points[index].x - centralMeridian) * (.pi / 180)),
        y: Ellipsoid.authalicHeight(points[index].y * (.pi / 180)))
    }
    return placed
  }

  /// The edges that are split, in order, and the points between their parts as longitude and latitude.
  ///
  /// Only edges that may be too long are moved to the zone's plane and measured there.
  private func cuts(of polygons: Polygons) throws -> (edges: [Cut], points: [Point]) {
    var long: [Int] = []
    /// The ends of the edges `long`; edges that follow one another share one.
    var ends: [Int] = []
    for ring in polygons.ringEnds.indices {
      for start in polygons.points(ofRing: ring).dropLast()
      where mayBeLong(polygons.points[start], polygons.points[start + 1]) {
        long.append(start)
        if ends.last != start { ends.append(start) }
        ends.append(start + 1)
      }
    }
    if long.isEmpty { return ([], []) }
    let flat = try toPlane.transform(ends.map { polygons.points[$0] })
    var edges: [Cut] = []
    var points: [Point] = []
    var end = 0
    for start in long {
      if ends[end] != start { end += 1 }
      let count = Self.split(flat[end], flat[end + 1], into: &points)
      if count > 0 { edges.append(Cut(start: start, count: count)) }
      end += 1
    }
    return (edges, try fromPlane.transform(points))
  }

  /// Whether an edge of longitude and latitude may be longer than `longestPart` in the zone's plane; never false for
  /// one that is.
  ///
  /// Straight in the plane is no longer than the picture of any line between the ends, so than that of the one straight
  /// in longitude and latitude. Its length on the ellipsoid is ∫ √((M dφ)² + (N cos φ dλ)²), its length in the plane at
  /// most `GaussKruger.greatestScale` times that. M and N are at most the polar radius c; cos φ is greatest at the end
  /// nearer to the equator, and there at most 1 − φ²/2 + φ⁴/24, its series broken off before a negative term. Edges
  /// south of or across the equator, which no county has, take cos φ as 1. The bound is at least 0.6 % long, far more than
  /// coordinates are rounded by, and hardly over 2 % in China. Out of reach of the series nothing is claimed.
  private func mayBeLong(_ p: Point, _ q: Point) -> Bool {
    guard GaussKruger.reaches(p, from: centralMeridian), GaussKruger.reaches(q, from: centralMeridian) else {
      return true
    }
    let nearer = max(0, min(p.y, q.y)) * (.pi / 180)
    let square = nearer * nearer
    let (dx, dy) = ((q.x - p.x) * (1 - square * (0.5 - square / 24)), q.y - p.y)
    return dx * dx + dy * dy > Self.surelyShort * Self.surelyShort
  }

  /// Degrees of a great circle of the polar radius that are `longestPart` in the plane at the greatest scale.
  private static let surelyShort = longestPart / (GaussKruger.greatestScale * Ellipsoid.polarRadius) * (180 / .pi)

  /// Adds the points between `start` and `end`, in that order, and says how many.
  static func split(_ start: Point, _ end: Point, into points: inout [Point]) -> Int {
    let isForward = (start.x, start.y) <= (end.x, end.y)
    let (low, high) = isForward ? (start, end) : (end, start)
    let (dx, dy) = (high.x - low.x, high.y - low.y)
    let parts = Int((hypot(dx, dy) / longestPart).rounded(.up))
    guard parts > 1 else { return 0 }
    for step in 1..<parts {
      let share = Double(isForward ? step : parts - step) / Double(parts)
      points.append(Point(x: low.x + dx * share, y: low.y + dy * share))
    }
    return parts - 1
  }

  /// m² of placed polygons, unrounded: Σ |outer| − |holes|. Each ring is measured from its first point, so that far
  /// coordinates cost no digits.
  package static func area(of placed: Polygons) -> Double {
    placed.sumOfRings(signedArea)
  }

  /// m² of a closed ring, positive where it runs counter-clockwise.
  static func signedArea(of ring: ArraySlice<Point>) -> Double {
    guard let origin = ring.first else { return 0 }
    var twice = 0.0
    for index in ring.indices.dropLast() {
      let (p, q) = (ring[index], ring[index + 1])
      twice += (p.x - origin.x) * (q.y - origin.y) - (q.x - origin.x) * (p.y - origin.y)
    }
    return twice / 2
  }
}

/// An edge of a list of points that is split: where it starts, and how many points come between.
private struct Cut {
  var start: Int
  var count: Int
}

extension Polygons {
  /// The rings of `polygons` with `points` for theirs, and the points `between` put into the edges of `cuts`, both in
  /// the order of the edges.
  fileprivate init(_ polygons: Polygons, points: [Point], cuts: [Cut], between: [Point]) {
    var merged: [Point] = []
    merged.reserveCapacity(points.count + between.count)
    var ringEnds = polygons.ringEnds
    var (given, added) = (0, 0)
    var ring = 0
    for cut in cuts {
      while ringEnds[ring] <= cut.start {
        ringEnds[ring] += added
        ring += 1
      }
      merged += points[given...cut.start]
      merged += between[added..<(added + cut.count)]
      given = cut.start + 1
      added += cut.count
    }
    merged += points[given...]
    for index in ring..<ringEnds.count { ringEnds[index] += added }
    self.init(points: merged, ringEnds: ringEnds, polygonEnds: polygons.polygonEnds)
  }
}
