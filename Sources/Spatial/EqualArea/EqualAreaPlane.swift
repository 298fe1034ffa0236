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

  /// Throws `SpatialError.notTransformed` where PROJ cannot be set up.
  package init(zone: WorkingZone) throws {
    centralMeridian = Double(zone.centralMeridian)
    toPlane = try Transformation(from: .cgcs2000, to: zone.prefixedReference)
    fromPlane = try Transformation(from: zone.prefixedReference, to: .cgcs2000)
  }

  /// Longitude/latitude (EPSG:4490) in degrees → split and placed in the plane, in metres. Throws
  /// `SpatialError.notTransformed` where a point cannot lie in the zone's plane.
  package func place(_ polygons: Polygons) throws -> Polygons {
    try split(polygons).map { point in
      Point(
        x: Ellipsoid.a * ((point.x - centralMeridian) * (.pi / 180)),
        y: Ellipsoid.authalicHeight(point.y * (.pi / 180)))
    }
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
    let flat = try toPlane.transform(polygons.points)
    var added: [Point] = []
    /// How many of `added` follow each point.
    var counts = [Int](repeating: 0, count: flat.count)
    for ring in polygons.ringEnds.indices {
      for start in polygons.points(ofRing: ring).dropLast() {
        let before = added.count
        Self.split(flat[start], flat[start + 1], into: &added)
        counts[start] = added.count - before
      }
    }
    added = try fromPlane.transform(added)
    var result = Polygons()
    var next = 0
    for polygon in 0..<polygons.polygonCount {
      for ring in polygons.rings(ofPolygon: polygon) {
        var points: [Point] = []
        for index in polygons.points(ofRing: ring) {
          points.append(polygons.points[index])
          points += added[next..<(next + counts[index])]
          next += counts[index]
        }
        result.add(ring: points)
      }
      result.endPolygon()
    }
    return result
  }

  /// The points between `start` and `end`, in that order.
  private static func split(_ start: Point, _ end: Point, into points: inout [Point]) {
    let isForward = (start.x, start.y) <= (end.x, end.y)
    let (low, high) = isForward ? (start, end) : (end, start)
    let (dx, dy) = (high.x - low.x, high.y - low.y)
    let parts = Int((hypot(dx, dy) / longestPart).rounded(.up))
    guard parts > 1 else { return }
    for step in 1..<parts {
      let share = Double(isForward ? step : parts - step) / Double(parts)
      points.append(Point(x: low.x + dx * share, y: low.y + dy * share))
    }
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
