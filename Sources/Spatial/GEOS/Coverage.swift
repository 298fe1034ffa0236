package import Geodata

/// How well the polygons of a layer fill the plane. Areas in m².
package struct Coverage: Hashable, Sendable {
  /// A connected piece of the plane that not exactly one polygon covers.
  package struct Place: Hashable, Sendable {
    package var area: Double
    /// A point well inside, in the layer's plane.
    package var point: Point
    /// The places in the layer of the polygons that cover `point`, ascending; none in a gap.
    package var polygons: [Int]

    package init(area: Double, point: Point, polygons: [Int]) {
      (self.area, self.point, self.polygons) = (area, point, polygons)
    }
  }

  /// All places of one sort. Those below `CoverageMeter.leastArea` are no places: their area stands under `slivers`.
  package struct Places: Hashable, Sendable {
    package var count = 0
    /// Of gaps the sum of the areas; of overlaps each place counts once less than polygons cover it, so that the
    /// layer's own area less this is what it covers.
    package var area = 0.0
    /// Counted like `area`; roundings, and edges that were split at other points than the neighbour's.
    package var slivers = 0.0
    /// At most `CoverageMeter.listed`, the largest first.
    package var largest: [Place] = []

    package init() {}
  }

  /// The sum of the polygons' areas, what overlaps counted as often as it is covered.
  package var area: Double
  /// Edges that no neighbour shares exactly: of a tiling only its outer border.
  package var unmatchedEdges: Int
  /// Nothing where the layer is no tiling at all and too tangled to be examined.
  package var overlaps: Places?
  /// What the layer encloses without covering it, an enclave as well; nothing where it was not asked for, or as above.
  package var gaps: Places?

  package init(area: Double, unmatchedEdges: Int, overlaps: Places? = nil, gaps: Places? = nil) {
    (self.area, self.unmatchedEdges) = (area, unmatchedEdges)
    (self.overlaps, self.gaps) = (overlaps, gaps)
  }
}

extension Coverage.Places {
  /// Counts a place whose area weighs `times`.
  mutating func add(_ place: Coverage.Place, times: Int) {
    guard place.area >= CoverageMeter.leastArea else {
      slivers += place.area * Double(times)
      return
    }
    count += 1
    area += place.area * Double(times)
    largest.append(place)
    if largest.count >= 2 * CoverageMeter.listed { shorten() }
  }

  /// Largest first; where areas are equal, from the west and the south.
  mutating func shorten() {
    largest.sort { (-$0.area, $0.point.x, $0.point.y) < (-$1.area, $1.point.x, $1.point.y) }
    largest.removeSubrange(min(CoverageMeter.listed, largest.count)...)
  }
}
