package import Geodata

/// Boxes packed into a tree of sixteens, sort-tile-recursive; values only, shared by all workers.
package struct EnvelopeIndex: Sendable {
  private static let width = 16
  /// The numbers of the boxes in the order of the lowest level.
  private let order: [Int]
  /// From the boxes themselves up to one node; empty boxes are left out.
  private let levels: [[Envelope]]

  package init(_ envelopes: [Envelope]) {
    let present = envelopes.indices.filter { !envelopes[$0].isEmpty }
    let byX = present.sorted { (envelopes[$0].center.x, $0) < (envelopes[$1].center.x, $1) }
    let nodes = (Double(byX.count) / Double(Self.width)).rounded(.up)
    let strip = max(1, Int(nodes.squareRoot().rounded(.up))) * Self.width
    order = stride(from: 0, to: byX.count, by: strip).flatMap { start in
      byX[start..<min(start + strip, byX.count)].sorted {
        (envelopes[$0].center.y, $0) < (envelopes[$1].center.y, $1)
      }
    }
    var levels = [order.map { envelopes[$0] }]
    while levels[levels.count - 1].count > 1 {
      let below = levels[levels.count - 1]
      levels.append(
        stride(from: 0, to: below.count, by: Self.width).map { start in
          below[start..<min(start + Self.width, below.count)].reduce(into: Envelope()) { $0.add($1) }
        })
    }
    self.levels = levels
  }

  /// Whether any of the boxes touches or overlaps `box`.
  package func overlaps(_ box: Envelope) -> Bool {
    guard !box.isEmpty, let top = levels.last else { return false }
    return overlaps(box, top.indices, level: levels.count - 1)
  }

  private func overlaps(_ box: Envelope, _ nodes: Range<Int>, level: Int) -> Bool {
    let boxes = levels[level]
    for node in nodes where boxes[node].touches(box) {
      if level == 0 { return true }
      let below = node * Self.width..<min((node + 1) * Self.width, levels[level - 1].count)
      if overlaps(box, below, level: level - 1) { return true }
    }
    return false
  }

  /// The numbers of the boxes that touch or overlap `box`, ascending.
  func search(_ box: Envelope) -> [Int] {
    guard !box.isEmpty, var hits = levels.last.map({ Array($0.indices) }) else { return [] }
    for level in levels.indices.reversed() {
      hits = hits.filter { levels[level][$0].overlaps(box) }
      guard level > 0 else { break }
      let below = levels[level - 1].count
      hits = hits.flatMap { $0 * Self.width..<min(($0 + 1) * Self.width, below) }
    }
    return hits.map { order[$0] }.sorted()
  }
}
