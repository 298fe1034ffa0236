import Foundation
package import Geodata

/// The official series for the ellipsoidal area, kept as the oracle of `EqualAreaPlane`.
///
/// S = 2b²·ΔL·[A sin(ΔB/2)cos Bm − B sin(3ΔB/2)cos 3Bm + C sin(5ΔB/2)cos 5Bm − D sin(7ΔB/2)cos 7Bm +
/// E sin(9ΔB/2)cos 9Bm] an edge. Source: 国土调查办发〔2008〕32号.
package enum OfficialSeries {
  private static let b = 6_356_752.31414036
  private static let coefficients = [
    1.0033640898341927, -0.001124189381927124, 1.699459473518905e-6, -2.7178578455775555e-9, 4.358419004834514e-12,
  ]

  /// m² of longitude/latitude polygons in degrees whose edges are split already; outer rings less their holes.
  package static func area(of polygons: Polygons, centralMeridian: Double) -> Double {
    polygons.sumOfRings { ring in
      var sum = 0.0
      for index in ring.indices.dropLast() { sum += edge(ring[index], ring[index + 1], centralMeridian) }
      return sum
    }
  }

  private static func edge(_ p: Point, _ q: Point, _ centralMeridian: Double) -> Double {
    let meanLongitude = ((p.x + q.x) / 2 - centralMeridian) * (.pi / 180)
    let difference = (q.y - p.y) * (.pi / 180)
    let middle = (p.y + q.y) / 2 * (.pi / 180)
    var bracket = 0.0
    for (index, coefficient) in coefficients.enumerated() {
      let odd = Double(2 * index + 1)
      bracket += coefficient * sin(odd * difference / 2) * cos(odd * middle)
    }
    return 2 * b * b * meanLongitude * bracket
  }
}
