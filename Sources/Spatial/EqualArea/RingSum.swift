import Geodata

extension Polygons {
  /// Σ over polygons of |outer| − Σ|hole|, with `measure` giving the signed area of a closed ring.
  func sumOfRings(_ measure: (ArraySlice<Point>) -> Double) -> Double {
    var sum = 0.0
    for polygon in 0..<polygonCount {
      let rings = rings(ofPolygon: polygon)
      for ring in rings {
        let area = abs(measure(points[points(ofRing: ring)]))
        sum += ring == rings.lowerBound ? area : -area
      }
    }
    return sum
  }
}
