import Geodata

/// A straight piece of a polygon's border; `low` comes first from west to east, then from south to north.
struct Edge: BitwiseCopyable {
  let low: Point
  let high: Point

  init(_ a: Point, _ b: Point) { (low, high) = (a.x, a.y) <= (b.x, b.y) ? (a, b) : (b, a) }

  var envelope: Envelope { Envelope(minX: low.x, minY: min(low.y, high.y), maxX: high.x, maxY: max(low.y, high.y)) }

  /// How many edges of the polygons cross this one; those that merely touch it do not.
  func crossings(with polygons: Polygons) -> Int {
    polygons.ringEnds.indices.reduce(0) { count, ring in
      count + polygons.points(ofRing: ring).dropLast().count { crosses(polygons.points[$0], polygons.points[$0 + 1]) }
    }
  }

  private func crosses(_ a: Point, _ b: Point) -> Bool {
    side(of: a) * side(of: b) < 0 && Edge(a, b).side(of: low) * Edge(a, b).side(of: high) < 0
  }

  /// Positive to the left, negative to the right.
  private func side(of point: Point) -> Double {
    let cross = (high.x - low.x) * (point.y - low.y) - (high.y - low.y) * (point.x - low.x)
    return cross == 0 ? 0 : cross > 0 ? 1 : -1
  }
}

/// How often more each edge of a layer is run along in one direction than in the other, when all polygons run with
/// their inside on the left.
///
/// Neighbours that share an edge exactly balance each other. What remains is where the number of polygons that cover the
/// plane changes, for whatever reason.
struct EdgeBalance {
  private var edges: [Edge] = []
  /// Of each edge, from `low` to `high` positive.
  private var surplus: [Int32] = []
  /// An open hash table of numbers in `edges`; never more than three quarters full.
  private var slots: [Int32]
  private static let free: Int32 = -1

  /// For at most `count` edges.
  init(edges count: Int) {
    var size = 16
    while size < count + count / 3 + 1 { size *= 2 }
    slots = Array(repeating: Self.free, count: size)
  }

  /// Adds those edges that `isWanted`; edges without length are left out.
  mutating func add(_ polygons: Polygons, where isWanted: (Edge) -> Bool) {
    for number in 0..<polygons.polygonCount {
      let rings = polygons.rings(ofPolygon: number)
      for ring in rings {
        let points = polygons.points[polygons.points(ofRing: ring)]
        let isOuter = ring == rings.lowerBound
        let hasInsideLeft = (EqualAreaPlane.signedArea(of: points) > 0) == isOuter
        for index in points.indices.dropLast() where points[index] != points[index + 1] {
          let edge = Edge(points[index], points[index + 1])
          guard isWanted(edge) else { continue }
          surplus[self.number(of: edge)] += (edge.low == points[index]) == hasInsideLeft ? 1 : -1
        }
      }
    }
  }

  /// In the order in which they were met.
  var unmatched: [Edge] { edges.indices.filter { surplus[$0] != 0 }.map { edges[$0] } }

  private mutating func number(of edge: Edge) -> Int {
    let mask = slots.count - 1
    var slot = Self.hash(edge) & mask
    while slots[slot] != Self.free {
      let number = Int(slots[slot])
      if edges[number].low == edge.low && edges[number].high == edge.high { return number }
      slot = (slot + 1) & mask
    }
    slots[slot] = Int32(edges.count)
    edges.append(edge)
    surplus.append(0)
    return edges.count - 1
  }

  /// Much quicker than `Hasher`, whose protection against chosen collisions a map does not need.
  private static func hash(_ edge: Edge) -> Int {
    var hash: UInt64 = 0
    for number in [edge.low.x, edge.low.y, edge.high.x, edge.high.y] {
      // Adding zero makes −0 the 0 that it is equal to.
      hash = (hash ^ (number + 0).bitPattern) &* 0x9E37_79B9_7F4A_7C15
      hash ^= hash >> 29
    }
    return Int(truncatingIfNeeded: hash)
  }
}
