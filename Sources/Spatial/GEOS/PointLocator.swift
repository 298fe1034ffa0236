import Geodata

/// Tells whether points lie in polygons, by the edges to their east in bands of equal height.
///
/// A point on the common edge of two neighbours lies in exactly one of them: edges are looked at from the same end for
/// both. Valid polygons only.
struct PointLocator {
  private let edges: [Edge]
  private let bottom: Double
  private let bandHeight: Double
  /// The edges that reach into each band.
  private var bands: [[Int]]
  private static let mostBands = 256

  init(_ polygons: Polygons) {
    var edges: [Edge] = []
    for ring in polygons.ringEnds.indices {
      // Level edges are never crossed by a level line.
      for index in polygons.points(ofRing: ring).dropLast()
      where polygons.points[index].y != polygons.points[index + 1].y {
        edges.append(Edge(polygons.points[index], polygons.points[index + 1]))
      }
    }
    self.edges = edges
    let box = polygons.envelope
    bottom = box.minY
    bands = Array(repeating: [], count: min(Self.mostBands, edges.count / 8 + 1))
    bandHeight = box.height / Double(bands.count)
    for (number, edge) in edges.enumerated() {
      for band in self.band(min(edge.low.y, edge.high.y))...self.band(max(edge.low.y, edge.high.y)) {
        bands[band].append(number)
      }
    }
  }

  func contains(_ point: Point) -> Bool {
    bands[band(point.y)].count { isCrossed(edges[$0], goingEastFrom: point) } % 2 == 1
  }

  private func isCrossed(_ edge: Edge, goingEastFrom point: Point) -> Bool {
    guard (edge.low.y > point.y) != (edge.high.y > point.y) else { return false }
    let share = (point.y - edge.low.y) / (edge.high.y - edge.low.y)
    return edge.low.x + share * (edge.high.x - edge.low.x) > point.x
  }

  private func band(_ y: Double) -> Int {
    guard bandHeight > 0 else { return 0 }
    return Int(max(0, min(Double(bands.count - 1), (y - bottom) / bandHeight)))
  }
}
