/// What was wrong with a delivered shape, and what its repair changed.
package struct RepairRecord: Hashable, Sendable {
  /// In order of weight: the first leaves most doubt about what was meant.
  package enum Kind: String, CaseIterable, Comparable, Sendable {
    /// A scribble: not repaired, and nothing is left.
    case tangled
    /// A ring crosses or touches itself: a bow-tie, a loop, a spike of no width.
    case selfIntersection = "self-intersection"
    /// Parts overlap, lie inside one another or share an edge.
    case overlappingParts = "overlapping-parts"
    /// A hole lies outside its outer ring or crosses it.
    case holeOutside = "hole-outside"
    /// A ring of fewer than three different corners, which encloses nothing.
    case shortRing = "short-ring"
    /// Anything else: holes that overlap, or that share an edge with one another or with their outer ring.
    case other

    package static func < (a: Self, b: Self) -> Bool { a.weight < b.weight }
    private var weight: Int {
      switch self {
      case .tangled: -1
      case .selfIntersection: 0
      case .overlappingParts: 1
      case .holeOutside: 2
      case .shortRing: 3
      case .other: 4
      }
    }
  }

  /// All that was found, without repetitions, the weightiest first; never empty.
  package var kinds: [Kind]
  /// GEOS's words about the first fault that it met, in English with the place: `Self-intersection[1 1]`.
  package var reason: String
  /// As the delivered rings state it: Σ |outer| − Σ |hole|, in squared units of the coordinates. It can be negative, and
  /// of a bow-tie it is the difference of the lobes.
  package var areaBefore: Double
  /// The same of the repaired rings.
  package var areaAfter: Double

  package init(kinds: [Kind], reason: String, areaBefore: Double, areaAfter: Double) {
    (self.kinds, self.reason) = (kinds, reason)
    (self.areaBefore, self.areaAfter) = (areaBefore, areaAfter)
  }
}
