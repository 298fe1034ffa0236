package import Geodata

/// Finds where polygons of a layer overlap and where they leave gaps.
///
/// Edges that neighbours share exactly are left out; only the lines that remain are cut at their crossings, and of each
/// face between them a point tells how many polygons cover it. So a clean layer costs little more than reading it.
package struct CoverageMeter {
  /// m². Gauss–Krüger edges are split into parts of 70 m, each bent by up to 0.1 mm in the equal-area plane: a corner
  /// of only one neighbour on a common edge leaves slivers of up to 0.005 m² a part that are nobody's fault.
  package static let leastArea = 0.01
  package static let listed = 100
  /// Beyond either of these a layer is no tiling, and cutting its lines would take long: 1.5 million edges took 20 s.
  package static let mostEdges = 2_000_000
  package static let mostCrossings = 500_000

  private let polygons: [Polygons]
  private let envelopes: [Envelope]
  private let tree: EnvelopeIndex
  /// Whole metres near the middle: subtracting it is exact and leaves GEOS small numbers, whose digits reach further.
  private let origin: Point
  private let context: GEOSContext
  private let mostEdges: Int

  /// The polygons of a layer, placed in the equal-area plane, each valid for itself.
  package init(_ polygons: [Polygons], _ context: GEOSContext, mostEdges: Int = mostEdges) {
    (self.polygons, self.context, self.mostEdges) = (polygons, context, mostEdges)
    envelopes = polygons.map(\.envelope)
    tree = EnvelopeIndex(envelopes)
    let all = envelopes.reduce(into: Envelope()) { $0.add($1) }
    origin = all.isEmpty ? Point(x: 0, y: 0) : Point(x: all.center.x.rounded(), y: all.center.y.rounded())
  }

  /// Gaps make sense only in a layer that should tile its area. Throws `SpatialError.geometryFailed`.
  package func coverage(checksGaps: Bool) throws -> Coverage {
    let edges = checksGaps ? allEdges() : edgesNearOthers()
    var coverage = Coverage(
      area: polygons.reduce(0) { $0 + EqualAreaPlane.area(of: $1) }, unmatchedEdges: edges.count)
    guard edges.count <= mostEdges, !hasTooManyCrossings(edges) else { return coverage }
    let (overlaps, gaps) = try places(between: edges)
    coverage.overlaps = overlaps
    coverage.gaps = checksGaps ? gaps : nil
    return coverage
  }

  // MARK: Edges

  private func allEdges() -> [Edge] {
    var balance = EdgeBalance(edges: polygons.reduce(0) { $0 + $1.points.count })
    for polygons in self.polygons { balance.add(polygons) { _ in true } }
    return balance.unmatched
  }

  /// An overlap lies within the boxes of two polygons at least, its border too.
  private func edgesNearOthers() -> [Edge] {
    var balance = EdgeBalance(edges: polygons.reduce(0) { $0 + $1.points.count })
    for (number, polygons) in self.polygons.enumerated() {
      let near = tree.search(envelopes[number]).filter { $0 != number }.map { envelopes[$0] }
      guard !near.isEmpty else { continue }
      // Looking at very many neighbours costs more than it saves.
      balance.add(polygons) { edge in near.count > 16 || near.contains { $0.overlaps(edge.envelope) } }
    }
    return balance.unmatched
  }

  /// Judged by a sample of the edges, evenly taken.
  private func hasTooManyCrossings(_ edges: [Edge]) -> Bool {
    let step = max(1, edges.count / 1000)
    // Each crossing is met from both of its edges.
    let most = 2 * Self.mostCrossings / step
    var crossings = 0
    for index in stride(from: 0, to: edges.count, by: step) {
      for number in tree.search(edges[index].envelope) {
        crossings += edges[index].crossings(with: polygons[number])
        if crossings > most { return true }
      }
    }
    return false
  }

  // MARK: Faces

  private func places(between edges: [Edge]) throws -> (overlaps: Coverage.Places, gaps: Coverage.Places) {
    let faces = try Faces(of: EdgeLines(edges).lines, origin: origin, context)
    var locators: [Int: PointLocator] = [:]
    var (overlaps, gaps) = (Coverage.Places(), Coverage.Places())
    for face in 0..<faces.count {
      let point = try faces.inside(face)
      let covering = polygons(at: point, &locators)
      guard covering.count != 1 else { continue }
      let place = Coverage.Place(area: try faces.area(face), point: point, polygons: covering)
      if covering.isEmpty { gaps.add(place, times: 1) } else { overlaps.add(place, times: covering.count - 1) }
    }
    overlaps.shorten()
    gaps.shorten()
    return (overlaps, gaps)
  }

  private func polygons(at point: Point, _ locators: inout [Int: PointLocator]) -> [Int] {
    tree.search(Envelope([point])).filter { number in
      let locator = locators[number] ?? PointLocator(polygons[number])
      locators[number] = locator
      return locator.contains(point)
    }
  }
}
