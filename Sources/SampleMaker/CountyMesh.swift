import Foundation
import Geodata

/// The invented county as a mesh of cells with winding borders, in CGCS2000 3° Gauss–Krüger zone 38 (EPSG:4526).
///
/// A grid of columns and rows, some of them narrow: the river, the roads, the lanes. Its nodes are jittered, its edges
/// wind, and a smooth warp bends the whole. Every edge is kept once, so that everything built of cells has borders that
/// agree with those of its neighbours vertex by vertex.
struct CountyMesh {
  enum Band { case field, river, road, lane }

  /// The south-west corner before the warp; the county's middle comes to lie near 112.88° E, 27.75° N.
  static let origin = Point(x: 38_377_580, y: 3_061_240)
  /// Metres.
  static let width = 24_000.0
  static let height = 20_000.0

  let columnBands: [Band]
  let rowBands: [Band]
  /// The middle of each cell before the warp, in metres from the corner.
  let middles: [Point]
  private let points: [Point]
  /// Where each edge begins in `points`; an edge has both its ends.
  private let edgeStarts: [Int]

  var columnCount: Int { columnBands.count }
  var rowCount: Int { rowBands.count }
  var cellCount: Int { columnCount * rowCount }

  init(_ random: inout SeededGenerator) {
    columnBands = bands(fields: 96, lanes: [11, 22, 34, 62, 74, 85], roads: [51], rivers: [])
    rowBands = bands(fields: 80, lanes: [7, 12, 24, 30, 36, 49, 55, 68, 75], roads: [18, 62], rivers: [42])
    let widths = thicknesses(of: columnBands, total: Self.width, &random)
    let heights = thicknesses(of: rowBands, total: Self.height, &random)
    let eastings = widths.reduce(into: [0.0]) { $0.append($0[$0.count - 1] + $1) }
    let northings = heights.reduce(into: [0.0]) { $0.append($0[$0.count - 1] + $1) }
    middles = heights.indices.flatMap { row in
      widths.indices.map { Point(x: eastings[$0] + widths[$0] / 2, y: northings[row] + heights[row] / 2) }
    }

    // Nodes on both banks of a narrow band move along it together: it keeps its width.
    let stride = widths.count + 1
    var moves: [Point] = []
    for row in northings.indices {
      for column in eastings.indices {
        var sideways = slack(widths, column) * (random.unit() - 0.5)
        var upward = slack(heights, row) * (random.unit() - 0.5)
        if row > 0, rowBands[row - 1] != .field { sideways = moves[moves.count - stride].x }
        if column > 0, columnBands[column - 1] != .field { upward = moves[moves.count - 1].y }
        moves.append(Point(x: sideways, y: upward))
      }
    }
    let nodes = moves.enumerated().map {
      Point(x: eastings[$0.offset % stride] + $0.element.x, y: northings[$0.offset / stride] + $0.element.y)
    }
    let warp = Warp(&random)
    var points: [Point] = []
    var starts = [0]
    func addEdge(_ start: Point, _ end: Point, beside thickness: Double, _ random: inout SeededGenerator) {
      for point in windingLine(from: start, to: end, beside: thickness, &random) { points.append(warp.place(point)) }
      starts.append(points.count)
    }
    for row in northings.indices {
      for column in widths.indices {
        let node = row * stride + column
        addEdge(nodes[node], nodes[node + 1], beside: thinner(heights, row), &random)
      }
    }
    for row in heights.indices {
      for column in eastings.indices {
        let node = row * stride + column
        addEdge(nodes[node], nodes[node + stride], beside: thinner(widths, column), &random)
      }
    }
    self.points = points
    edgeStarts = starts
  }

  func cell(column: Int, row: Int) -> Int { row * columnCount + column }
  func place(of cell: Int) -> (column: Int, row: Int) { (cell % columnCount, cell / columnCount) }

  /// The band that gives a cell its use: the river before roads, roads before lanes.
  func band(of cell: Int) -> Band {
    let (column, row) = place(of: cell)
    let crossing = [rowBands[row], columnBands[column]]
    return [.river, .road, .lane].first { crossing.contains($0) } ?? .field
  }

  /// The cells with an edge in common, east, north, west and south.
  func neighbours(of cell: Int) -> [Int] {
    Direction.allCases.compactMap { neighbour(of: cell, toward: $0) }
  }

  func neighbour(of cell: Int, toward direction: Direction) -> Int? {
    let (column, row) = place(of: cell)
    return switch direction {
    case .east: column + 1 < columnCount ? cell + 1 : nil
    case .north: row + 1 < rowCount ? cell + columnCount : nil
    case .west: column > 0 ? cell - 1 : nil
    case .south: row > 0 ? cell - columnCount : nil
    }
  }

  /// The border of a cell on one side, both ends included, in the order that keeps the cell on the left.
  func border(of cell: Int, toward side: Direction) -> [Point] {
    let (column, row) = place(of: cell)
    return switch side {
    case .south: edge(horizontal: column, row)
    case .east: edge(vertical: column + 1, row)
    case .north: edge(horizontal: column, row + 1).reversed()
    case .west: edge(vertical: column, row).reversed()
    }
  }

  /// The ring of one cell, counter-clockwise, open.
  func ring(of cell: Int) -> [Point] {
    [Direction.south, .east, .north, .west].flatMap { border(of: cell, toward: $0).dropLast() }
  }

  /// A point well inside a cell: the mean of its corners.
  func heart(of cell: Int) -> Point {
    let corners = [Direction.south, .east, .north, .west].map { border(of: cell, toward: $0)[0] }
    return Point(x: corners.reduce(0) { $0 + $1.x } / 4, y: corners.reduce(0) { $0 + $1.y } / 4)
  }

  private func edge(horizontal column: Int, _ row: Int) -> [Point] { edge(row * columnCount + column) }

  private func edge(vertical column: Int, _ row: Int) -> [Point] {
    edge((rowCount + 1) * columnCount + row * (columnCount + 1) + column)
  }

  private func edge(_ index: Int) -> [Point] { Array(points[edgeStarts[index]..<edgeStarts[index + 1]]) }
}

/// A side of a cell and a way to go along the mesh.
enum Direction: Int, CaseIterable {
  case east, north, west, south

  var toTheRight: Direction { Direction.allCases[(rawValue + 3) % 4] }
  var toTheLeft: Direction { Direction.allCases[(rawValue + 1) % 4] }
}

/// A smooth bend of the whole plane: long waves and small unevenness. Its slopes stay below 0.35 along an axis and
/// 0.65 across it, so no two points fall together.
private struct Warp {
  private let bends: [(noise: SmoothNoise, reach: Double)]
  private let phases: [Double]

  init(_ random: inout SeededGenerator) {
    bends = [(4_200, 600), (1_500, 130), (4_200, 600), (1_500, 130)].map { spacing, reach in
      (SmoothNoise(width: CountyMesh.width, height: CountyMesh.height, spacing: spacing, &random), reach)
    }
    phases = [random.unit(), random.unit()]
  }

  /// Metres from the corner to Gauss–Krüger metres, to the millimetre.
  func place(_ point: Point) -> Point {
    let moves = bends.map { ($0.noise.at(point.x, point.y) - 0.5) * $0.reach }
    let eastward = moves[0] + moves[1] + 420 * sin(2 * .pi * (point.y / 9_000 + phases[0]))
    let northward = moves[2] + moves[3] + 380 * sin(2 * .pi * (point.x / 8_000 + phases[1]))
    return Point(
      x: CountyMesh.origin.x + point.x + eastward, y: CountyMesh.origin.y + point.y + northward
    ).toTheMillimetre
  }
}

extension Point {
  var toTheMillimetre: Point { Point(x: (x * 1000).rounded() / 1000, y: (y * 1000).rounded() / 1000) }
}

private func bands(fields: Int, lanes: [Int], roads: [Int], rivers: [Int]) -> [CountyMesh.Band] {
  (1...fields).flatMap { field -> [CountyMesh.Band] in
    if lanes.contains(field) { return [.field, .lane] }
    if roads.contains(field) { return [.field, .road] }
    return rivers.contains(field) ? [.field, .river] : [.field]
  }
}

/// Metres across each band; fields share what the others leave.
private func thicknesses(
  of bands: [CountyMesh.Band], total: Double, _ random: inout SeededGenerator
) -> [Double] {
  let raw = bands.map { band -> Double in
    switch band {
    case .field: random.uniform(0.75...1.25)
    case .river: 150
    case .road: 24
    case .lane: 9
    }
  }
  let taken = zip(bands, raw).reduce(0) { $0 + ($1.0 == .field ? 0 : $1.1) }
  let weight = zip(bands, raw).reduce(0) { $0 + ($1.0 == .field ? $1.1 : 0) }
  return zip(bands, raw).map { $0 == .field ? $1 * (total - taken) / weight : $1 }
}

/// How far a node may move in all; nodes on the county's border stay.
private func slack(_ thicknesses: [Double], _ line: Int) -> Double {
  line == 0 || line == thicknesses.count ? 0 : 0.36 * thinner(thicknesses, line)
}

/// The thinner of the two bands beside a grid line.
private func thinner(_ thicknesses: [Double], _ line: Int) -> Double {
  min(thicknesses[max(line - 1, 0)], thicknesses[min(line, thicknesses.count - 1)])
}

/// A line that winds inside a narrow diamond around the straight one, so that the four edges of a cell never meet
/// but at its corners. Borders of rivers and roads carry many vertices, as digitized ones do.
private func windingLine(
  from start: Point, to end: Point, beside thickness: Double, _ random: inout SeededGenerator
) -> [Point] {
  let across = Point(x: end.x - start.x, y: end.y - start.y)
  let length = (across.x * across.x + across.y * across.y).squareRoot()
  guard length > 60 else { return [start, end] }
  let inner =
    switch thickness {
    case ..<15: random.integer(5...7)
    case ..<160: random.integer(14...24)
    default: min(max(Int((3.2 * random.spread(sigma: 0.5)).rounded()), 1), 12)
    }
  let reach = 0.085 * min(1, thickness / length)
  let bulge = random.uniform(-1...1)
  let turns = Double(random.integer(1...2))
  let phase = random.unit()
  var line = [start]
  for step in 1...inner {
    let t = (Double(step) + (random.unit() - 0.5) * 0.5) / Double(inner + 1)
    let shape = 0.5 * bulge + 0.3 * sin(2 * .pi * (turns * t + phase)) + 0.2 * random.uniform(-1...1)
    let offset = reach * sin(.pi * t) * shape
    line.append(Point(x: start.x + across.x * t - across.y * offset, y: start.y + across.y * t + across.x * offset))
  }
  line.append(end)
  return line
}
