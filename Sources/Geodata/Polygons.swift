/// A position: longitude and latitude in degrees, or easting and northing in metres.
package struct Point: BitwiseCopyable, Hashable, Sendable {
  package var x: Double
  package var y: Double

  @inlinable package init(x: Double, y: Double) {
    self.x = x
    self.y = y
  }
}

/// A box along the axes; empty until a point is added.
package struct Envelope: BitwiseCopyable, Hashable, Sendable {
  package var minX = Double.infinity
  package var minY = Double.infinity
  package var maxX = -Double.infinity
  package var maxY = -Double.infinity

  package init() {}

  package init(minX: Double, minY: Double, maxX: Double, maxY: Double) {
    (self.minX, self.minY, self.maxX, self.maxY) = (minX, minY, maxX, maxY)
  }

  @inlinable package init(_ points: some Sequence<Point>) {
    for point in points { add(point) }
  }

  package var isEmpty: Bool { minX > maxX }
  package var width: Double { isEmpty ? 0 : maxX - minX }
  package var height: Double { isEmpty ? 0 : maxY - minY }
  package var center: Point { Point(x: (minX + maxX) / 2, y: (minY + maxY) / 2) }

  @inlinable package mutating func add(_ point: Point) {
    minX = min(minX, point.x)
    minY = min(minY, point.y)
    maxX = max(maxX, point.x)
    maxY = max(maxY, point.y)
  }

  @inlinable package mutating func add(_ other: Envelope) {
    minX = min(minX, other.minX)
    minY = min(minY, other.minY)
    maxX = max(maxX, other.maxX)
    maxY = max(maxY, other.maxY)
  }

  package func overlaps(_ other: Envelope) -> Bool {
    minX <= other.maxX && maxX >= other.minX && minY <= other.maxY && maxY >= other.minY
  }

  /// With x and y exchanged.
  package func swappingAxes() -> Envelope { Envelope(minX: minY, minY: minX, maxX: maxY, maxY: maxX) }

  /// The box widened on every side by `margin`, in its own units.
  package func widened(by margin: Double) -> Envelope {
    isEmpty ? self : Envelope(minX: minX - margin, minY: minY - margin, maxX: maxX + margin, maxY: maxY + margin)
  }
}

/// One area of any number of polygons with holes, as flat columns: no object a ring, no object a point.
///
/// Rings are closed (the last point repeats the first); the first ring of a polygon is its outer ring.
/// Well-known binary exists only at the borders (`init(wkb:)`, `wkb`).
package struct Polygons: Hashable, Sendable {
  package private(set) var points: [Point] = []
  /// Where each ring ends in `points`.
  package private(set) var ringEnds: [Int] = []
  /// Where each polygon ends in `ringEnds`.
  package private(set) var polygonEnds: [Int] = []

  package init() {}

  /// One polygon a outer array: `[[outer, hole, …], …]`.
  package init(rings: [[[Point]]]) {
    for polygon in rings {
      for ring in polygon { add(ring: ring) }
      endPolygon()
    }
  }

  /// Finished columns: closed rings, every ring in a polygon.
  package init(points: [Point], ringEnds: [Int], polygonEnds: [Int]) {
    precondition(
      (ringEnds.last ?? 0) == points.count && (polygonEnds.last ?? 0) == ringEnds.count,
      "the columns of polygons end together")
    (self.points, self.ringEnds, self.polygonEnds) = (points, ringEnds, polygonEnds)
  }

  package var isEmpty: Bool { points.isEmpty }
  package var polygonCount: Int { polygonEnds.count }
  package var envelope: Envelope { Envelope(points) }

  /// The ring numbers of polygon `index`.
  package func rings(ofPolygon index: Int) -> Range<Int> {
    (index == 0 ? 0 : polygonEnds[index - 1])..<polygonEnds[index]
  }

  /// The point numbers of ring `index`.
  package func points(ofRing index: Int) -> Range<Int> {
    (index == 0 ? 0 : ringEnds[index - 1])..<ringEnds[index]
  }

  /// The points of ring `index`.
  package func ring(_ index: Int) -> [Point] { Array(points[points(ofRing: index)]) }

  /// How many points repeat the one before them in their ring.
  package var duplicateVertices: Int {
    ringEnds.indices.reduce(0) { count, ring in
      let range = points(ofRing: ring)
      return count + range.dropFirst().count { points[$0] == points[$0 - 1] }
    }
  }

  /// Adds a ring to the polygon under way, closing it where it is open.
  package mutating func add(ring: some Sequence<Point>) {
    let start = points.count
    points.append(contentsOf: ring)
    if let first = points[start...].first, points[points.count - 1] != first { points.append(first) }
    ringEnds.append(points.count)
  }

  /// Ends the polygon whose rings were added last.
  package mutating func endPolygon() {
    if ringEnds.count > (polygonEnds.last ?? 0) { polygonEnds.append(ringEnds.count) }
  }

  /// Adds all polygons of `other`. The polygon under way, if any, is ended.
  package mutating func append(_ other: Polygons) {
    endPolygon()
    let (rings, start) = (ringEnds.count, points.count)
    points += other.points
    ringEnds += other.ringEnds.map { $0 + start }
    polygonEnds += other.polygonEnds.map { $0 + rings }
  }

  /// The same rings with every point moved by `move`.
  package func map<E: Error>(_ move: (Point) throws(E) -> Point) throws(E) -> Polygons {
    var moved = self
    for index in points.indices { moved.points[index] = try move(points[index]) }
    return moved
  }

  /// The same rings with x and y exchanged.
  package func swappingAxes() -> Polygons { map { Point(x: $0.y, y: $0.x) } }

  /// The same rings with all points exchanged at once, for transformations that work on columns.
  package func replacingPoints(_ replacement: [Point]) -> Polygons {
    precondition(replacement.count == points.count, "a transformation keeps the number of points")
    var moved = self
    moved.points = replacement
    return moved
  }
}
