import Geodata

/// The area that two areas share, slowly and in another way than the kernel's and GEOS's: each area is a sum of signed
/// triangles from one point to its edges, so that the area shared is the signed sum of what triangles share in pairs.
enum TriangleOverlay {
  private typealias Corner = (x: Float80, y: Float80)

  /// m². Outer rings and holes may run either way.
  static func area(_ a: Polygons, _ b: Polygons) -> Double {
    guard let origin = a.points.first else { return 0 }
    let (first, second) = (triangles(a, origin), triangles(b, origin))
    var sum: Float80 = 0
    for one in first {
      for other in second {
        var piece = one.corners
        for edge in 0..<3 { piece = cut(piece, other.corners[edge], other.corners[(edge + 1) % 3]) }
        sum += one.sign * other.sign * doubledArea(piece) / 2
      }
    }
    return Double(sum)
  }

  /// Counter-clockwise, and whether each counts for or against the area.
  private static func triangles(_ polygons: Polygons, _ origin: Point) -> [(corners: [Corner], sign: Float80)] {
    func corner(_ point: Point) -> Corner {
      (Float80(point.x) - Float80(origin.x), Float80(point.y) - Float80(origin.y))
    }
    return (0..<polygons.polygonCount).flatMap { polygon in
      let rings = polygons.rings(ofPolygon: polygon)
      return rings.flatMap { ring in
        let corners = polygons.ring(ring).map(corner)
        let isAgainst = (doubledArea(corners) > 0) != (ring == rings.lowerBound)
        return zip(corners, corners.dropFirst()).compactMap { from, to -> (corners: [Corner], sign: Float80)? in
          let turn = from.x * to.y - from.y * to.x
          guard turn != 0 else { return nil }
          let triangle: [Corner] = turn > 0 ? [(0, 0), from, to] : [(0, 0), to, from]
          return (triangle, (turn > 0) != isAgainst ? 1 : -1)
        }
      }
    }
  }

  /// What of a convex piece lies to the left of the line through two points.
  private static func cut(_ piece: [Corner], _ a: Corner, _ b: Corner) -> [Corner] {
    func side(_ corner: Corner) -> Float80 { (b.x - a.x) * (corner.y - a.y) - (b.y - a.y) * (corner.x - a.x) }
    var left: [Corner] = []
    for index in piece.indices {
      let (from, to) = (piece[index], piece[(index + 1) % piece.count])
      let (fromSide, toSide) = (side(from), side(to))
      if fromSide >= 0 { left.append(from) }
      if (fromSide > 0 && toSide < 0) || (fromSide < 0 && toSide > 0) {
        let share = fromSide / (fromSide - toSide)
        left.append((from.x + share * (to.x - from.x), from.y + share * (to.y - from.y)))
      }
    }
    return left
  }

  private static func doubledArea(_ corners: [Corner]) -> Float80 {
    corners.indices.reduce(0) { sum, index in
      let (from, to) = (corners[index], corners[(index + 1) % corners.count])
      return sum + from.x * to.y - from.y * to.x
    }
  }
}
