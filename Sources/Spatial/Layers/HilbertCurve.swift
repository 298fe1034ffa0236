package import Geodata

/// The order of places along Hilbert's curve: neighbours in it are neighbours in the plane.
package enum HilbertCurve {
  /// The numbers of the boxes by where their centers lie on a grid of 65 536 × 65 536 over all of them; empty boxes last,
  /// and equal ones in the order of their numbers.
  package static func order(of boxes: [Envelope]) -> [Int] {
    let all = boxes.reduce(into: Envelope()) { $0.add($1) }
    let scale = 65_535 / max(all.width, all.height, .leastNormalMagnitude)
    let keys = boxes.map { box in
      box.isEmpty
        ? UInt64.max
        : UInt64(
          distance(
            x: UInt32(max(0, min(65_535, (box.center.x - all.minX) * scale))),
            y: UInt32(max(0, min(65_535, (box.center.y - all.minY) * scale)))))
    }
    return boxes.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }
  }

  /// How far along the curve a cell of the grid lies. Source: D. Hilbert, Math. Ann. 38 (1891); bit by bit from the
  /// largest square to the smallest, each turned as the curve turns in it.
  static func distance(x: UInt32, y: UInt32) -> UInt32 {
    var (x, y, distance) = (x, y, UInt32(0))
    var side = UInt32(1) << 15
    while side > 0 {
      let (right, up) = (x & side != 0, y & side != 0)
      distance += side &* side &* (right ? (up ? 2 : 3) : (up ? 1 : 0))
      if !up {
        if right { (x, y) = (65_535 - x, 65_535 - y) }
        swap(&x, &y)
      }
      side /= 2
    }
    return distance
  }
}
