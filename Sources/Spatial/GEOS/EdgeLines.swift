import Geodata

/// Edges joined to long lines, which cost GEOS much less than single edges: each ends where other than two edges meet,
/// or closes.
struct EdgeLines {
  private(set) var lines: [[Point]] = []
  private let edges: [Edge]
  /// The edges that meet in each point.
  private var meeting: [Point: [Int]] = [:]
  private var isUsed: [Bool]

  init(_ edges: [Edge]) {
    self.edges = edges
    isUsed = Array(repeating: false, count: edges.count)
    for (number, edge) in edges.enumerated() {
      meeting[edge.low, default: []].append(number)
      meeting[edge.high, default: []].append(number)
    }
    for (number, edge) in edges.enumerated() {
      for end in [edge.low, edge.high] where meeting[end]?.count != 2 { follow(number, from: end) }
    }
    // What remains is closed.
    for (number, edge) in edges.enumerated() { follow(number, from: edge.low) }
  }

  private mutating func follow(_ start: Int, from end: Point) {
    guard !isUsed[start] else { return }
    var line = [end]
    var next: Int? = start
    while let number = next {
      isUsed[number] = true
      let reached = edges[number].low == line[line.count - 1] ? edges[number].high : edges[number].low
      line.append(reached)
      let here = meeting[reached] ?? []
      next = here.count == 2 ? here.first { !isUsed[$0] } : nil
    }
    lines.append(line)
  }
}
