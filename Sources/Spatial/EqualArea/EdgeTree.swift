import Geodata

/// A tree of boxes over edges in the order of their rings, sixteen under a node: what keeps two outlines of many thousands
/// of edges from being compared edge by edge.
struct EdgeTree {
  /// From this many pairs of edges on the tree is cheaper than looking at all of them.
  static let worthwhile = 16_384

  private static let width = 16
  /// The nodes over the edges, then those over the nodes.
  private var boxes: [Envelope] = []
  /// Where each level begins in `boxes`; one more for the end.
  private var levelStarts: [Int] = []
  private var edges = 0
  private var next: [Int] = []

  mutating func build(over edges: [DirectedEdge]) {
    self.edges = edges.count
    boxes.removeAll(keepingCapacity: true)
    levelStarts.removeAll(keepingCapacity: true)
    levelStarts.append(0)
    for start in stride(from: 0, to: edges.count, by: Self.width) {
      var box = Envelope()
      for index in start..<min(start + Self.width, edges.count) { box.add(edges[index].box) }
      boxes.append(box)
    }
    levelStarts.append(boxes.count)
    while boxes.count - levelStarts[levelStarts.count - 2] > 1 {
      let (first, end) = (levelStarts[levelStarts.count - 2], boxes.count)
      for start in stride(from: first, to: end, by: Self.width) {
        var box = Envelope()
        for index in start..<min(start + Self.width, end) { box.add(boxes[index]) }
        boxes.append(box)
      }
      levelStarts.append(boxes.count)
    }
  }

  /// Edges under the nodes of the lowest level that touch `box`, ascending.
  mutating func search(_ box: Envelope, into hits: inout [Int]) {
    hits.removeAll(keepingCapacity: true)
    hits.append(0)
    for level in stride(from: levelStarts.count - 2, through: 0, by: -1) {
      next.removeAll(keepingCapacity: true)
      let below = level == 0 ? edges : levelStarts[level] - levelStarts[level - 1]
      for node in hits where boxes[levelStarts[level] + node].touches(box) {
        next.append(contentsOf: node * Self.width..<min(node * Self.width + Self.width, below))
      }
      swap(&hits, &next)
    }
  }
}
