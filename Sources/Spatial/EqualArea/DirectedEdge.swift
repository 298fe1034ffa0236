import Geodata

/// An edge of an area as its ring runs, the inside on its left, with its box.
///
/// Of two areas the second is moved by an infinitesimal (dx, dy) with dx ≫ dy > 0, and the first stays: so no point lies
/// on an edge of the other area, and no two edges are parallel and in one line (simulation of simplicity: H. Edelsbrunner
/// and E. P. Mücke, ACM Transactions on Graphics 9, 1990). The area shared changes by nothing in it.
struct DirectedEdge: BitwiseCopyable {
  let from: Point
  let to: Point
  let box: Envelope
  /// The place of `from` among the points of its set.
  let index: UInt32
  let startsRing: Bool

  @inline(__always) init(from: Point, to: Point, index: Int, startsRing: Bool) {
    (self.from, self.to) = (from, to)
    box = Envelope(
      minX: from.x < to.x ? from.x : to.x, minY: from.y < to.y ? from.y : to.y,
      maxX: from.x < to.x ? to.x : from.x, maxY: from.y < to.y ? to.y : from.y)
    (self.index, self.startsRing) = (UInt32(truncatingIfNeeded: index), startsRing)
  }

  /// The side on which a point of the other area lies; positive to the left. Never zero, and the same for all points of an
  /// edge without length, so that nothing crosses it.
  ///
  /// - Parameter isMoved: whether this edge's area is the one that moves, else the point's is.
  @inline(__always) func side(of point: Point, isMoved: Bool) -> Double {
    let turn = Orientation.turn(from, to, point)
    return turn != 0 ? turn : tie(isMoved: isMoved)
  }

  /// What the move makes of a point on the edge's line. The turn changes by (to.x − from.x)·dy − (to.y − from.y)·dx for a
  /// moved point, and by as much the other way for a moved edge.
  @inline(__always) private func tie(isMoved: Bool) -> Double {
    let movedPointIsLeft = from.y != to.y ? from.y > to.y : to.x > from.x
    return movedPointIsLeft != isMoved ? 1 : -1
  }

  /// Whether a level ray from a point of the other area to the east crosses the edge.
  @inline(__always) func isCrossed(goingEastFrom point: Point, isMoved: Bool) -> Bool {
    let fromIsAbove = isMoved ? from.y >= point.y : from.y > point.y
    let toIsAbove = isMoved ? to.y >= point.y : to.y > point.y
    guard fromIsAbove != toIsAbove, box.maxX >= point.x else { return false }
    return (side(of: point, isMoved: isMoved) > 0) == (to.y > from.y)
  }
}

extension PolygonSet {
  /// Every edge of the area at `place` whose chunk box `isNear`; a small area has no chunk boxes and is gone through whole.
  @inline(__always) func forEachEdge(at place: Int, near isNear: (Envelope) -> Bool, _ body: (DirectedEdge) -> Void) {
    let firstChunk = chunkStarts[place]
    if firstChunk == Self.noChunks {
      for ring in rings(at: place) {
        let start = Int(ringStarts[ring])
        forEachEdge(start..<Int(ringStarts[ring + 1]), ofRingFrom: start, body)
      }
      return
    }
    let all = points(at: place)
    let (chunks, blocks) = Self.chunkCounts(points: all.count)
    let firstBlock = Int(firstChunk) + chunks
    var ring = rings(at: place).lowerBound
    for block in 0..<blocks where isNear(self.chunks[firstBlock + block]) {
      for chunk in block * Self.width..<min(block * Self.width + Self.width, chunks)
      where isNear(self.chunks[Int(firstChunk) + chunk]) {
        // The points of a chunk and the first one of the next, ring by ring.
        var start = all.lowerBound + chunk * Self.width
        let end = min(start + Self.width, all.upperBound - 1)
        while start < end {
          while Int(ringStarts[ring + 1]) <= start { ring += 1 }
          let ringEnd = Int(ringStarts[ring + 1])
          forEachEdge(start..<min(end + 1, ringEnd), ofRingFrom: Int(ringStarts[ring]), body)
          start = ringEnd
        }
      }
    }
  }

  /// The edges between one point of a ring and the next.
  @inline(__always) private func forEachEdge(
    _ range: Range<Int>, ofRingFrom first: Int, _ body: (DirectedEdge) -> Void
  ) {
    let points = points.part(range)
    var from = points[0]
    for next in 1..<max(1, points.count) {
      let (index, to) = (range.lowerBound + next - 1, points[next])
      body(DirectedEdge(from: from, to: to, index: index, startsRing: index == first))
      from = to
    }
  }

  /// The edges of the area at `place` whose boxes touch `box`, in the order of their rings.
  func edges(at place: Int, in box: Envelope, into edges: inout [DirectedEdge]) {
    edges.removeAll(keepingCapacity: true)
    forEachEdge(at: place, near: { $0.touches(box) }) { edge in
      if edge.box.touches(box) { edges.append(edge) }
    }
  }

  /// Whether a point of the other area lies inside the area at `place`.
  func contains(_ point: Point, at place: Int, isMoved: Bool) -> Bool {
    guard boxes[place].encloses(point) else { return false }
    var isInside = false
    forEachEdge(at: place, near: { $0.minY <= point.y && $0.maxY >= point.y && $0.maxX >= point.x }) { edge in
      if edge.isCrossed(goingEastFrom: point, isMoved: isMoved) { isInside.toggle() }
    }
    return isInside
  }

  /// m² of the area at `place`.
  func area(at place: Int) -> Double {
    let origin = Point(x: boxes[place].minX, y: boxes[place].minY)
    var twice = 0.0
    forEachEdge(at: place, near: { _ in true }) { twice += $0.from.trapezoid(to: $0.to, from: origin) }
    return twice / 2
  }

  /// m² of area `number`, unrounded.
  package func area(_ number: Int) -> Double { area(at: place(of: number)) }
}

extension Point {
  /// Twice −∫ y dx on the straight way to `other`: what it adds to twice the area of a ring. Measured from `origin`, so that
  /// far coordinates cost no digits.
  @inline(__always) func trapezoid(to other: Point, from origin: Point) -> Double {
    (x - other.x) * ((y - origin.y) + (other.y - origin.y))
  }
}
