import CPROJ
package import Geodata

/// Geodesic area on an ellipsoid, the check on the official formula.
///
/// Source: C. F. F. Karney, Algorithms for geodesics, J. Geodesy 87 (2013), as PROJ carries it.
package struct GeodesicArea: Sendable {
  private let semiMajor: Double
  private let flattening: Double

  package static let cgcs2000 = GeodesicArea(semiMajor: 6_378_137, flattening: 1 / 298.257222101)
  package static let wgs84 = GeodesicArea(semiMajor: 6_378_137, flattening: 1 / 298.257223563)

  private init(semiMajor: Double, flattening: Double) {
    (self.semiMajor, self.flattening) = (semiMajor, flattening)
  }

  /// m² enclosed by longitude/latitude points in degrees, counter-clockwise positive; the ring may be open or closed.
  package func signedArea(ofRing points: some Sequence<Point>) -> Double {
    var ellipsoid = geod_geodesic()
    geod_init(&ellipsoid, semiMajor, flattening)
    var polygon = geod_polygon()
    geod_polygon_init(&polygon, 0)
    for point in points { geod_polygon_addpoint(&ellipsoid, &polygon, point.y, point.x) }
    var area = 0.0
    geod_polygon_compute(&ellipsoid, &polygon, 0, 1, &area, nil)
    return area
  }

  /// m², outer rings less their holes.
  package func area(of polygons: Polygons) -> Double {
    polygons.sumOfRings { signedArea(ofRing: $0) }
  }
}
