import Geodata

/// The rings of an area in pixels, with no more corners than can be seen.
struct Outline: Sendable {
  /// Rings in no order; the even-odd rule tells what is inside. The first point is not repeated.
  private(set) var rings: [[Point]] = []
  /// The largest outer ring and its holes, for the name.
  private var main: Range<Int> = 0..<0
  /// The area of the largest polygon's outer ring in square pixels.
  private(set) var extent = 0.0

  /// How far a simplified line may leave the true one, in pixels.
  private static let tolerance = 0.4

  /// - Parameter polygons: in pixels. A polygon smaller than a pixel stays visible as a square of one.
  init(_ polygons: Polygons) {
    for polygon in 0..<polygons.polygonCount {
      let start = rings.count
      for ring in polygons.rings(ofPolygon: polygon) {
        let points = Array(polygons.points[polygons.points(ofRing: ring)].dropLast())
        let simplified = Self.simplified(points)
        if simplified.count >= 3 {
          rings.append(simplified)
        } else if ring == polygons.rings(ofPolygon: polygon).lowerBound, let first = points.first {
          rings.append([
            first, Point(x: first.x + 1, y: first.y), Point(x: first.x + 1, y: first.y + 1),
            Point(x: first.x, y: first.y + 1),
          ])
        }
      }
      guard start < rings.count else { continue }
      let size = area(of: rings[start])
      if size > extent { (extent, main) = (size, start..<rings.count) }
    }
  }

  /// Douglas–Peucker on a closed ring, split at the corner farthest from the first.
  static func simplified(_ ring: [Point]) -> [Point] {
    guard ring.count > 3 else { return ring }
    var isKept = [Bool](repeating: false, count: ring.count + 1)
    let closed = ring + [ring[0]]
    let far = ring.indices.max { squared(ring[$0], ring[0]) < squared(ring[$1], ring[0]) } ?? 0
    isKept[0] = true
    isKept[far] = true
    var open = [(0, far), (far, ring.count)]
    while let (start, end) = open.popLast() {
      var (farthest, distance) = (start, tolerance * tolerance)
      for index in start + 1..<max(end, start + 1) {
        let next = squaredDistance(from: closed[index], toSegment: closed[start], closed[end])
        if next > distance { (farthest, distance) = (index, next) }
      }
      guard farthest != start else { continue }
      isKept[farthest] = true
      open.append((start, farthest))
      open.append((farthest, end))
    }
    return ring.indices.filter { isKept[$0] }.map { ring[$0] }
  }

  /// The middle of the widest visible part of the largest polygon, or nothing where none of it is inside `box`.
  ///
  /// A grid refined three times around the point farthest from every edge; heights count double, as names are wide.
  func widestPlace(within box: Envelope) -> Point? {
    var bounds = Envelope(rings[main].joined())
    bounds = Envelope(
      minX: max(bounds.minX, box.minX), minY: max(bounds.minY, box.minY), maxX: min(bounds.maxX, box.maxX),
      maxY: min(bounds.maxY, box.maxY))
    guard !bounds.isEmpty, bounds.minY <= bounds.maxY else { return nil }
    var best: (place: Point, room: Double)?
    var (center, width, height) = (bounds.center, bounds.width, bounds.height)
    for _ in 0..<3 {
      let cells = 14
      for row in 0...cells {
        for column in 0...cells {
          let place = Point(
            x: center.x + width * (Double(column) / Double(cells) - 0.5),
            y: center.y + height * (Double(row) / Double(cells) - 0.5))
          guard box.overlaps(Envelope([place])), contains(place) else { continue }
          // Of places equally wide, the one nearest to the middle.
          let room = room(at: place, within: box) - 0.02 * squared(place, bounds.center).squareRoot()
          if room > best?.room ?? -.infinity { best = (place, room) }
        }
      }
      guard let best else { return nil }
      center = best.place
      (width, height) = (width / 5, height / 5)
    }
    return best?.place
  }

  /// Whether the largest polygon holds a point, by the even-odd rule.
  func contains(_ point: Point) -> Bool {
    var isInside = false
    for ring in rings[main] {
      var previous = ring[ring.count - 1]
      for corner in ring {
        if (corner.y > point.y) != (previous.y > point.y),
          point.x < (previous.x - corner.x) * (point.y - corner.y) / (previous.y - corner.y) + corner.x
        {
          isInside.toggle()
        }
        previous = corner
      }
    }
    return isInside
  }

  private func room(at point: Point, within box: Envelope) -> Double {
    func stretched(_ point: Point) -> Point { Point(x: point.x, y: point.y * 2) }
    let place = stretched(point)
    var nearest = Double.infinity
    for ring in rings[main] {
      var previous = stretched(ring[ring.count - 1])
      for corner in ring {
        let corner = stretched(corner)
        nearest = min(nearest, squaredDistance(from: place, toSegment: previous, corner))
        previous = corner
      }
    }
    let toFrame = min(point.x - box.minX, box.maxX - point.x, 2 * (point.y - box.minY), 2 * (box.maxY - point.y))
    return min(nearest.squareRoot(), toFrame)
  }
}

private func area(of ring: [Point]) -> Double {
  var sum = 0.0
  var previous = ring[ring.count - 1]
  for point in ring {
    sum += previous.x * point.y - point.x * previous.y
    previous = point
  }
  return (sum / 2).magnitude
}

private func squared(_ a: Point, _ b: Point) -> Double { (a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y) }

private func squaredDistance(from point: Point, toSegment a: Point, _ b: Point) -> Double {
  let length = squared(a, b)
  guard length > 0 else { return squared(point, a) }
  let along = ((point.x - a.x) * (b.x - a.x) + (point.y - a.y) * (b.y - a.y)) / length
  let t = min(max(along, 0), 1)
  return squared(point, Point(x: a.x + t * (b.x - a.x), y: a.y + t * (b.y - a.y)))
}
