import Geodata

extension CountyMesh {
  /// The outline of cells that hang together by their edges: one polygon with its holes, outer ring
  /// counter-clockwise.
  ///
  /// Where two of the cells meet in a corner only, the rings turn right, from one cell into the other: then no ring
  /// touches itself and a hole touches its neighbour in one point at most, as valid polygons do.
  func outline(of cells: [Int]) -> Polygons {
    let members = Set(cells)
    var steps: [BorderStep] = []
    for cell in cells.sorted() {
      let (column, row) = place(of: cell)
      let corners: [Direction: (Int, Int)] = [
        .east: (column, row), .north: (column + 1, row), .west: (column + 1, row + 1), .south: (column, row + 1),
      ]
      for heading in Direction.allCases {
        // Going with the cell on the left, its border on this heading lies on the right-hand side.
        let side = heading.toTheRight
        if let other = neighbour(of: cell, toward: side), members.contains(other) { continue }
        if let (x, y) = corners[heading] {
          steps.append(BorderStep(x: x, y: y, heading: heading, cell: cell))
        }
      }
    }
    let known = Dictionary(uniqueKeysWithValues: steps.map { ($0.key, $0) })
    var taken: Set<Int> = []
    var outer: [Point] = []
    var holes: [[Point]] = []
    for first in steps where !taken.contains(first.key) {
      var ring: [Point] = []
      var doubledArea = 0
      var step = first
      while taken.insert(step.key).inserted {
        ring += border(of: step.cell, toward: step.heading.toTheRight).dropLast()
        let end = step.end
        doubledArea += step.x * end.y - end.x * step.y
        let onward = [step.heading.toTheRight, step.heading, step.heading.toTheLeft]
        step = onward.lazy.compactMap { known[BorderStep.key(end.x, end.y, $0)] }.first ?? first
      }
      if doubledArea > 0 { outer = ring } else { holes.append(ring) }
    }
    return Polygons(rings: [[outer] + holes])
  }
}

/// One edge of an outline, from the node (`x`, `y`) one node onward.
private struct BorderStep {
  let x: Int
  let y: Int
  let heading: Direction
  let cell: Int

  var key: Int { Self.key(x, y, heading) }

  var end: (x: Int, y: Int) {
    switch heading {
    case .east: (x + 1, y)
    case .north: (x, y + 1)
    case .west: (x - 1, y)
    case .south: (x, y - 1)
    }
  }

  static func key(_ x: Int, _ y: Int, _ heading: Direction) -> Int { ((y << 20) | x) << 2 | heading.rawValue }
}
