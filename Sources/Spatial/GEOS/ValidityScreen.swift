import Geodata

/// Tells most valid polygons without GEOS. One a worker: it keeps its room.
///
/// What passes is valid. No two of its edges have a point in common but neighbours their corner; so its rings are simple
/// closed curves apart from one another, and each lies wholly inside or wholly outside of any other: where, one of its
/// points tells. Each outer ring lies inside of none, and each hole inside of its outer ring only: then no parts overlap
/// and no hole is outside, in another or cuts its part in two, which is all that GEOS looks for.
///
/// A side counts only where the rounded determinant is beyond GEOS's own bound of error, so GEOS sees the same side.
/// Hence valid polygons do not all pass: a hole that touches in a point, a part in another's hole and edges within some
/// ulps of each other are left to GEOS.
struct ValidityScreen {
  /// Up to this many edges looking at all pairs is cheaper than a tree.
  private static let few = 32
  /// Edges of a ring that are looked up at once.
  private static let block = 16

  private var edges: [DirectedEdge] = []
  /// Where each ring ends in `edges`.
  private var edgeEnds: [Int] = []
  private var tree = EdgeTree()
  private var hits: [Int] = []
  private var isLarge: Bool { edges.count > Self.few }

  /// Never where GEOS finds a fault or a ring has fewer than four points.
  mutating func isCertainlyValid(_ polygons: Polygons) -> Bool {
    guard takeEdges(of: polygons), cornersDoNotFoldBack() else { return false }
    if isLarge { tree.build(over: edges) }
    guard isLarge ? edgesOfBlocksAreApart() : edgesAreApart() else { return false }
    return edgeEnds.count < 2 || ringsLieWhereTheyBelong(polygons)
  }

  /// Without those between repeated points; false where a ring is open, has fewer than three edges or is not finite.
  private mutating func takeEdges(of polygons: Polygons) -> Bool {
    edges.removeAll(keepingCapacity: true)
    edgeEnds.removeAll(keepingCapacity: true)
    for ring in polygons.ringEnds.indices {
      let range = polygons.points(ofRing: ring)
      guard !range.isEmpty, polygons.points[range.lowerBound] == polygons.points[range.upperBound - 1] else {
        return false
      }
      let first = edges.count
      var from = polygons.points[range.lowerBound]
      for index in range.lowerBound + 1..<range.upperBound {
        let to = polygons.points[index]
        guard to.x.isFinite, to.y.isFinite else { return false }
        if from == to { continue }
        edges.append(DirectedEdge(from: from, to: to, index: index - 1, startsRing: edges.count == first))
        from = to
      }
      guard edges.count - first >= 3 else { return false }
      edgeEnds.append(edges.count)
    }
    return true
  }

  // MARK: Edges

  /// Neighbours that go on along one axis, or turn, share no more than their corner.
  private func cornersDoNotFoldBack() -> Bool {
    var first = 0
    for end in edgeEnds {
      var before = edges[end - 1]
      for index in first..<end {
        let edge = edges[index]
        if Self.side(of: edge.to, before) == 0 {
          let (a, b, c) = (before.from, edge.from, edge.to)
          guard
            (a.x < b.x && b.x < c.x) || (a.x > b.x && b.x > c.x) || (a.y < b.y && b.y < c.y)
              || (a.y > b.y && b.y > c.y)
          else { return false }
        }
        before = edge
      }
      first = end
    }
    return true
  }

  /// Every two edges that are not neighbours.
  private func edgesAreApart() -> Bool {
    var first = 0
    for end in edgeEnds {
      for index in first..<end {
        let edge = edges[index]
        for other in index + (index + 1 < end ? 2 : 1)..<edges.count
        where edge.box.touches(edges[other].box) && !(index == first && other == end - 1) {
          guard Self.areApart(edge, edges[other]) else { return false }
        }
      }
      first = end
    }
    return true
  }

  /// The same, each block of a ring with what is near it.
  private mutating func edgesOfBlocksAreApart() -> Bool {
    var first = 0
    for end in edgeEnds {
      for start in stride(from: first, to: end, by: Self.block) {
        let block = start..<min(start + Self.block, end)
        var box = Envelope()
        for index in block { box.add(edges[index].box) }
        tree.search(box, into: &hits)
        hits.removeAll { $0 <= start || !edges[$0].box.touches(box) }
        for index in block {
          let edge = edges[index]
          for other in hits where other > index && edge.box.touches(edges[other].box) {
            if other < end && (other == index + 1 || (index == first && other == end - 1)) { continue }
            guard Self.areApart(edge, edges[other]) else { return false }
          }
        }
      }
      first = end
    }
    return true
  }

  /// Of two segments that do not meet one lies beside the other's line, unless both lie in one line: then their boxes do
  /// not meet.
  @inline(__always) private static func areApart(_ a: DirectedEdge, _ b: DirectedEdge) -> Bool {
    isBeside(a, b) || isBeside(b, a)
  }

  @inline(__always) private static func isBeside(_ line: DirectedEdge, _ edge: DirectedEdge) -> Bool {
    let (from, to) = (side(of: edge.from, line), side(of: edge.to, line))
    return (from > 0 && to > 0) || (from < 0 && to < 0)
  }

  /// Positive to the left, negative to the right, zero where the determinant's sign is not certain.
  ///
  /// Source of the bound: GEOS, `CGAlgorithmsDD::orientationIndexFilter`, three times Shewchuk's. What the products lose
  /// to underflow is less than the smallest normal number; where they overflow, the comparison fails.
  @inline(__always) private static func side(of point: Point, _ edge: DirectedEdge) -> Double {
    let left = (edge.from.x - point.x) * (edge.to.y - point.y)
    let right = (edge.from.y - point.y) * (edge.to.x - point.x)
    let turn = left - right
    return abs(turn) > 1e-15 * (abs(left) + abs(right)) + .leastNormalMagnitude ? turn : 0
  }

  // MARK: Rings

  /// Each outer ring inside of none, each hole inside of its outer ring only.
  private mutating func ringsLieWhereTheyBelong(_ polygons: Polygons) -> Bool {
    for number in 0..<polygons.polygonCount {
      let rings = polygons.rings(ofPolygon: number)
      for ring in rings {
        let outer = ring == rings.lowerBound ? nil : rings.lowerBound
        let point = edges[ring == 0 ? 0 : edgeEnds[ring - 1]].from
        if isLarge {
          tree.search(Envelope(minX: point.x, minY: point.y, maxX: .infinity, maxY: point.y), into: &hits)
          guard lies(point, of: ring, insideOnly: outer, near: hits) else { return false }
        } else {
          guard lies(point, of: ring, insideOnly: outer, near: edges.indices) else { return false }
        }
      }
    }
    return true
  }

  /// By a level ray to the east: whether it leaves `outer`, if any, and of the other rings none.
  ///
  /// - Parameter near: the edges that the ray may cross, ascending.
  private func lies(_ point: Point, of ring: Int, insideOnly outer: Int?, near: some Sequence<Int>) -> Bool {
    var (other, end, isInside, isInsideOuter) = (0, 0, false, false)
    for index in near {
      if index >= end {
        if isInside && other != outer { return false }
        if isInside { isInsideOuter = true }
        other = self.ring(of: index)
        end = edgeEnds[other]
        isInside = false
      }
      let edge = edges[index]
      guard other != ring, (edge.from.y > point.y) != (edge.to.y > point.y), edge.box.maxX >= point.x else { continue }
      let side = Self.side(of: point, edge)
      if side == 0 { return false }
      if (side > 0) == (edge.to.y > edge.from.y) { isInside.toggle() }
    }
    return isInside ? other == outer : isInsideOuter == (outer != nil)
  }

  private func ring(of edge: Int) -> Int {
    var (low, high) = (0, edgeEnds.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if edgeEnds[middle] > edge { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
