import Geodata

/// Measures what areas share, by a boundary integral and without building a shape. One a worker: it keeps its room.
///
/// The area shared by A and B is the integral −∮ y dx over the pieces of A's edges inside B and the pieces of B's edges
/// inside A (W. R. Franklin et al., OVERPROP, 1990–94). Where edges cross, the inside changes; between crossings it does
/// not; and B moved by an infinitesimal (`DirectedEdge`) leaves no other case. The article *Overlap areas* has the proof.
package struct OverlapMeter {
  /// A place where an edge of A crosses one of B.
  fileprivate struct Crossing: BitwiseCopyable {
    /// The edge's index in its set.
    let edge: UInt32
    /// How far along its edge, 0…1.
    let along: Double
    /// From the origin of the pair.
    let at: Point
  }

  /// Where edges of the two areas cross: every crossing once for each of its edges.
  fileprivate struct Crossings {
    var fixed: [Crossing] = []
    var moved: [Crossing] = []

    mutating func removeAll() {
      fixed.removeAll(keepingCapacity: true)
      moved.removeAll(keepingCapacity: true)
    }
  }

  private var fixedEdges: [DirectedEdge] = []
  private var movedEdges: [DirectedEdge] = []
  private var crossings = Crossings()
  private var tree = EdgeTree()
  private var edgeHits: [Int] = []
  private var hits: [Int] = []
  private var next: [Int] = []

  /// m². Neighbours that merely touch leave residues below 2e-11 m²: never compare with zero.
  package static let residue = 1e-6

  /// From how many pairs of edges on the tree is used.
  private let worthwhile: Int

  package init() { self.init(worthwhile: EdgeTree.worthwhile) }

  init(worthwhile: Int) { self.worthwhile = worthwhile }

  /// What area `number` of `set` shares with those of `layer`, by their numbers, ascending; what is at most `residue` is
  /// left out. Both lie in the same plane, in metres.
  package mutating func overlaps(of number: Int, in set: PolygonSet, with layer: PolygonSet) -> [Overlap] {
    let place = set.place(of: number)
    layer.search(set.boxes[place], into: &hits, next: &next)
    var overlaps: [Overlap] = []
    for hit in hits {
      let area = overlap(set, place, layer, hit)
      if area > Self.residue { overlaps.append(Overlap(index: Int(layer.numbers[hit]), area: area)) }
    }
    overlaps.sort { $0.index < $1.index }
    return overlaps
  }

  /// The area shared by the area at place `i` of `a` and the one at `j` of `b`, m².
  package mutating func overlap(_ a: PolygonSet, _ i: Int, _ b: PolygonSet, _ j: Int) -> Double {
    let (aBox, bBox) = (a.boxes[i], b.boxes[j])
    a.edges(at: i, in: bBox, into: &fixedEdges)
    if fixedEdges.isEmpty {
      // A's border is nowhere near B: all of B lies inside A, or nothing.
      return a.contains(Point(x: bBox.minX, y: bBox.minY), at: i, isMoved: false) ? b.area(at: j) : 0
    }
    b.edges(at: j, in: aBox, into: &movedEdges)
    // All that is shared lies in both boxes: from a corner of what they have in common even a small area along a giant's
    // border is measured in small numbers.
    let origin = Point(x: max(aBox.minX, bBox.minX), y: max(aBox.minY, bBox.minY))
    crossings.removeAll()
    if fixedEdges.count * movedEdges.count > worthwhile {
      tree.build(over: fixedEdges)
      for edge in movedEdges {
        tree.search(edge.box, into: &edgeHits)
        for hit in edgeHits { crossings.add(fixedEdges[hit], edge, origin) }
      }
    } else {
      for edge in movedEdges { crossings.add(fixedEdges, edge, origin) }
    }
    let inB = Self.integral(over: fixedEdges, &crossings.fixed, origin) { b.contains($0, at: j, isMoved: true) }
    let inA = Self.integral(over: movedEdges, &crossings.moved, origin) { a.contains($0, at: i, isMoved: false) }
    return (inB + inA) / 2
  }

  // MARK: The integral

  /// Twice the integral over the pieces of `edges` that lie inside the other area.
  @inline(__always) private static func integral(
    over edges: [DirectedEdge], _ crossings: inout [Crossing], _ origin: Point, contains: (Point) -> Bool
  ) -> Double {
    crossings.sort { $0.edge != $1.edge ? $0.edge < $1.edge : $0.along < $1.along }
    var (twice, isInside, next, expected) = (0.0, false, 0, UInt32.max)
    for edge in edges {
      if edge.startsRing {
        isInside = contains(edge.from)
      } else if edge.index != expected {
        // The edges between were left out, for they are not near: the way comes from outside.
        isInside = false
      }
      expected = edge.index + 1
      var from = edge.from - origin
      while next < crossings.count && crossings[next].edge == edge.index {
        let to = crossings[next].at
        if isInside { twice += (from.x - to.x) * (from.y + to.y) }
        isInside.toggle()
        from = to
        next += 1
      }
      if isInside {
        let to = edge.to - origin
        twice += (from.x - to.x) * (from.y + to.y)
      }
    }
    return twice
  }
}

extension OverlapMeter.Crossings {
  @inline(__always) mutating func add(_ fixed: [DirectedEdge], _ moved: DirectedEdge, _ origin: Point) {
    for edge in fixed { add(edge, moved, origin) }
  }

  /// Notes where the two edges cross, if they do: each has its ends on both sides of the other.
  @inline(__always) mutating func add(_ fixed: DirectedEdge, _ moved: DirectedEdge, _ origin: Point) {
    guard fixed.box.touches(moved.box) else { return }
    let fromSide = fixed.side(of: moved.from, isMoved: false)
    let toSide = fixed.side(of: moved.to, isMoved: false)
    if (fromSide > 0) == (toSide > 0) { return }
    if (moved.side(of: fixed.from, isMoved: true) > 0) == (moved.side(of: fixed.to, isMoved: true) > 0) { return }
    let along = Self.share(
      Orientation.turn(moved.from, moved.to, fixed.from), Orientation.turn(moved.from, moved.to, fixed.to))
    let at = Point(
      x: (fixed.from.x - origin.x) + along * (fixed.to.x - fixed.from.x),
      y: (fixed.from.y - origin.y) + along * (fixed.to.y - fixed.from.y))
    self.fixed.append(OverlapMeter.Crossing(edge: fixed.index, along: along, at: at))
    let alongMoved = Self.share(
      Orientation.turn(fixed.from, fixed.to, moved.from), Orientation.turn(fixed.from, fixed.to, moved.to))
    self.moved.append(OverlapMeter.Crossing(edge: moved.index, along: alongMoved, at: at))
  }

  /// How far along its edge a crossing lies, from the distances of the edge's ends; they are on both sides, or one of them
  /// on the line.
  @inline(__always) private static func share(_ from: Double, _ to: Double) -> Double {
    min(1, max(0, from / (from - to)))
  }
}

extension Point {
  @inline(__always) fileprivate static func - (a: Point, b: Point) -> Point { Point(x: a.x - b.x, y: a.y - b.y) }
}
