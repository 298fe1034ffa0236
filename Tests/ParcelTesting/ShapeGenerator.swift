import Foundation
package import Geodata

/// Valid areas of the sorts that the overlap of areas has to master, in the plane, in metres; the same for the same seed.
package struct ShapeGenerator {
  package private(set) var random: SeededGenerator
  package let place: Place

  package enum Place: String, CaseIterable, Sendable {
    /// In a county, with corners on a grid of 2⁻²⁰ m: to move such a shape by whole metres is exact.
    case onGrid
    case inCounty
    /// Where differences of eastings are not exact.
    case acrossMeridian

    /// What the shapes lie around.
    package var origin: Point { Point(x: self == .acrossMeridian ? 0 : 80_000, y: 3_062_000) }
  }

  package init(seed: UInt64, place: Place = .onGrid) {
    random = SeededGenerator(seed: seed)
    self.place = place
  }

  private var origin: Point { place.origin }

  /// Two areas and in what relation they stand.
  package enum Pair: String, CaseIterable, Sendable {
    case stars, holed, severalParts, profiles, latticeStars, traced, nearlyTraced, halves, identical, nested
    case touchingInCorner, touchingAlongLine, slivers, combs, spirals, giants

    /// Quick enough for many of them in a test.
    package static let small = allCases.filter { $0 != .combs && $0 != .spirals && $0 != .giants }
  }

  package mutating func pair(_ pair: Pair) -> (Polygons, Polygons) {
    switch pair {
    case .stars: return (star(), star())
    case .holed: return (holedStar(), holedStar())
    case .severalParts: return (severalStars(), severalStars())
    case .profiles: return (profile(), profile())
    case .latticeStars: return (latticeStar(), latticeStar())
    case .traced:
      let tiling = tiling(columns: 5, rows: 5)
      return (tiling.union(of: blob(in: tiling)), tiling.union(of: blob(in: tiling)))
    case .nearlyTraced:
      let tiling = tiling(columns: 5, rows: 5)
      return (tiling.union(of: blob(in: tiling)), loosened(tiling.union(of: blob(in: tiling))))
    case .halves: return halves()
    case .identical:
      let shape = self.shape(among: [.holed, .severalParts, .profiles, .latticeStars, .traced, .stars])
      return (shape, changedInWriting(shape))
    case .nested:
      let ring = starRing(center(), radius: .random(in: 5...50, using: &random), corners: 3...40)
      // Some corners stay where they are: the inner one touches the outer one there.
      let corners = ring.corners.map { corner in
        Bool.random(using: &random)
          ? corner : snapped(between(ring.center, corner, .random(in: 0.3...1, using: &random)))
      }
      return (Polygons(rings: [[ring.corners]]), Polygons(rings: [[corners]]))
    case .touchingInCorner:
      let (a, b) = (star(), star())
      let (from, to) = (b.points[0], a.points[.random(in: a.points.indices, using: &random)])
      return (a, b.map { Point(x: ($0.x - from.x) + to.x, y: ($0.y - from.y) + to.y) })
    case .touchingAlongLine: return alongLine()
    case .slivers: return slivers()
    case .combs:
      return (
        comb(teeth: 200),
        comb(teeth: 200).map { [origin] in
          Point(x: origin.x + ($0.y - origin.y) + 0.5, y: origin.y + ($0.x - origin.x) - 0.25)
        }
      )
    case .spirals: return (spiral(corners: 3_000), spiral(corners: 3_000))
    case .giants: return (giant(corners: 4_000), giant(corners: 4_000))
    }
  }

  private mutating func shape(among pairs: [Pair]) -> Polygons { pair(pairs.randomElement(using: &random) ?? .stars).0 }

  // MARK: Stars

  private mutating func center() -> Point {
    Point(
      x: origin.x + .random(in: -40...40, using: &random), y: origin.y + .random(in: -40...40, using: &random))
  }

  /// Corners around a center from which all of the area is seen, counter-clockwise.
  private mutating func starRing(
    _ center: Point, radius: Double, corners: ClosedRange<Int>, least: Double = 0.2
  ) -> (center: Point, corners: [Point]) {
    let count = Int.random(in: corners, using: &random)
    let start = Double.random(in: 0...1, using: &random)
    let ring = (0..<count).map { step in
      let angle = 2 * .pi * (Double(step) + start) / Double(count)
      let reach = radius * .random(in: least...1, using: &random)
      return snapped(Point(x: center.x + reach * cos(angle), y: center.y + reach * sin(angle)))
    }
    return (center, ring)
  }

  /// One polygon of up to 40 corners, usually not convex.
  package mutating func star() -> Polygons {
    Polygons(rings: [[starRing(center(), radius: .random(in: 5...60, using: &random), corners: 3...40).corners]])
  }

  /// A star with one to four holes.
  package mutating func holedStar() -> Polygons {
    let (center, radius) = (center(), Double.random(in: 10...60, using: &random))
    var rings = [starRing(center, radius: radius, corners: 14...40, least: 0.6).corners]
    for quarter in 0..<Int.random(in: 1...4, using: &random) {
      let angle = Double.pi / 2 * Double(quarter)
      let middle = Point(x: center.x + 0.26 * radius * cos(angle), y: center.y + 0.26 * radius * sin(angle))
      rings.append(starRing(middle, radius: 0.15 * radius, corners: 3...12).corners.reversed())
    }
    return Polygons(rings: [rings])
  }

  /// Two to six stars that do not touch one another.
  package mutating func severalStars() -> Polygons {
    let (corner, side) = (center(), Double.random(in: 10...30, using: &random))
    let cells = (0..<9).shuffled(using: &random).prefix(.random(in: 2...6, using: &random))
    return Polygons(
      rings: cells.map { cell in
        let middle = Point(x: corner.x + side * Double(cell % 3 - 1), y: corner.y + side * Double(cell / 3 - 1))
        return [starRing(middle, radius: 0.49 * side, corners: 3...20).corners]
      })
  }

  /// A star of thousands of corners.
  package mutating func giant(corners: Int) -> Polygons {
    Polygons(rings: [[starRing(center(), radius: 2_000, corners: corners...corners, least: 0.8).corners]])
  }

  // MARK: Whole metres, full of ties

  /// Rectangles of whole metres side by side, joined along parts of their sides; some corners lie on straight sides.
  package mutating func profile() -> Polygons {
    let left = origin.x + Double(Int.random(in: -6...2, using: &random))
    var columns: [(low: Int, high: Int)] = []
    for _ in 0..<Int.random(in: 1...8, using: &random) {
      let last = columns.last ?? (-3, 3)
      let low = Int.random(in: -6..<last.high, using: &random)
      columns.append((low, .random(in: max(low, last.low) + 1...7, using: &random)))
    }
    func point(_ column: Int, _ row: Int) -> Point { Point(x: left + Double(column), y: origin.y + Double(row)) }
    var ring: [Point] = []
    for (column, (low, _)) in columns.enumerated() { ring += [point(column, low), point(column + 1, low)] }
    for (column, (_, high)) in columns.enumerated().reversed() {
      ring += [point(column + 1, high), point(column, high)]
    }
    return Polygons(rings: [[withoutRepetitions(ring)]])
  }

  /// A star with corners on whole metres.
  package mutating func latticeStar() -> Polygons {
    let (x, y) = (Int.random(in: -3...3, using: &random), Int.random(in: -3...3, using: &random))
    while true {
      // One a direction.
      var arms: [(Int, Int)] = []
      for _ in 0..<Int.random(in: 3...16, using: &random) {
        let arm = (Int.random(in: -6...6, using: &random), Int.random(in: -6...6, using: &random))
        let isNew = !arms.contains { $0.0 * arm.1 == $0.1 * arm.0 && $0.0 * arm.0 + $0.1 * arm.1 >= 0 }
        if arm != (0, 0), isNew { arms.append(arm) }
      }
      arms.sort { atan2(Double($0.1), Double($0.0)) < atan2(Double($1.1), Double($1.0)) }
      let turnsLeft = arms.indices.allSatisfy { index in
        let next = arms[(index + 1) % arms.count]
        return arms[index].0 * next.1 - arms[index].1 * next.0 > 0
      }
      guard arms.count >= 3, turnsLeft else { continue }
      return Polygons(rings: [
        [arms.map { Point(x: origin.x + Double(x + $0.0), y: origin.y + Double(y + $0.1)) }]
      ])
    }
  }

  /// Two triangles with a side each on one slanting line of whole metres, on the same side of it or on both.
  private mutating func alongLine() -> (Polygons, Polygons) {
    let step = (Int.random(in: 1...7, using: &random), Int.random(in: -7...7, using: &random))
    func triangle(isLeft: Bool) -> Polygons {
      let start = Int.random(in: -6...2, using: &random)
      let end = start + Int.random(in: 1...8, using: &random)
      let (along, across) = (Int.random(in: -6...6, using: &random), Int.random(in: 1...6, using: &random))
      func point(_ along: Int, _ across: Int) -> Point {
        Point(
          x: origin.x + Double(along * step.0 - across * step.1), y: origin.y + Double(along * step.1 + across * step.0)
        )
      }
      return Polygons(rings: [[[point(start, 0), point(end, 0), point(along, isLeft ? across : -across)]]])
    }
    return (triangle(isLeft: true), triangle(isLeft: .random(using: &random)))
  }

  // MARK: Tilings

  package mutating func tiling(columns: Int, rows: Int, size: Double = 12) -> Tiling {
    let corner = Point(
      x: origin.x - size * Double(columns / 2), y: origin.y - size * Double(rows / 2))
    let parts = Int.random(in: 1...4, using: &random)
    var points: [Tiling.Side: [Point]] = [:]
    let corners = (0...rows).map { row in
      (0...columns).map { column in
        snapped(
          Point(
            x: corner.x + size * (Double(column) + .random(in: -0.2...0.2, using: &random)),
            y: corner.y + size * (Double(row) + .random(in: -0.2...0.2, using: &random))))
      }
    }
    func side(from a: Point, to b: Point) -> [Point] {
      (1..<parts).map { step in
        let point = between(a, b, Double(step) / Double(parts))
        return snapped(
          Point(
            x: point.x + size * .random(in: -0.02...0.02, using: &random),
            y: point.y + size * .random(in: -0.02...0.02, using: &random)))
      }
    }
    for row in 0...rows {
      for column in 0...columns {
        let from = corners[row][column]
        if column < columns {
          points[.init(column: column, row: row, isLevel: true)] = side(from: from, to: corners[row][column + 1])
        }
        if row < rows {
          points[.init(column: column, row: row, isLevel: false)] = side(from: from, to: corners[row + 1][column])
        }
      }
    }
    return Tiling(columns: columns, rows: rows, corners: corners, sides: points)
  }

  /// Neighbouring tiles that nowhere meet in a corner alone.
  package mutating func blob(in tiling: Tiling) -> Set<Int> {
    var tiles: Set = [Int.random(in: 0..<tiling.columns * tiling.rows, using: &random)]
    for _ in 0..<Int.random(in: 0...tiling.columns * tiling.rows / 2, using: &random) {
      let near = tiles.sorted().flatMap(tiling.neighbours).filter { !tiles.contains($0) }
      if let next = near.randomElement(using: &random) { tiles.insert(next) }
    }
    while let filling = tiling.cornerOnly(tiles) { tiles.insert(filling) }
    return tiles
  }

  /// A tile, and a piece of it or of its neighbour with part of the same border and a corner within.
  private mutating func halves() -> (Polygons, Polygons) {
    let tiling = tiling(columns: 2, rows: 1)
    let tile = tiling.union(of: [0])
    let ring = tiling.union(of: [.random(in: 0...1, using: &random)]).points.dropLast()
    let box = Envelope(ring)
    let first = Int.random(in: 0..<ring.count, using: &random)
    let length = Int.random(in: 1..<ring.count, using: &random)
    let border = (first...first + length).map { ring[$0 % ring.count] }
    let middle = snapped(box.center)
    // Seen from within, the border turns left all the way.
    let isSeen = zip(border, border.dropFirst()).allSatisfy { a, b in
      (a.x - middle.x) * (b.y - middle.y) - (a.y - middle.y) * (b.x - middle.x) > 1e-3
    }
    return (tile, isSeen ? Polygons(rings: [[[middle] + border]]) : tiling.union(of: [1]))
  }

  /// Some corners of tiles moved by up to 6 cm or by a hair, as a hand does that traces a border.
  private mutating func loosened(_ tiles: Polygons) -> Polygons {
    let reach = Double(sign: .plus, exponent: .random(in: -28 ... -4, using: &random), significand: 1)
    return Polygons(rings: [
      tiles.ringEnds.indices.map { ring in
        tiles.ring(ring).dropLast().map { corner in
          guard Int.random(in: 0..<3, using: &random) == 0 else { return corner }
          return snapped(
            Point(
              x: corner.x + .random(in: -reach...reach, using: &random),
              y: corner.y + .random(in: -reach...reach, using: &random)))
        }
      }
    ])
  }

  // MARK: Long and thin

  /// Stars with their borders pushed by a hair, or needles.
  private mutating func slivers() -> (Polygons, Polygons) {
    if Bool.random(using: &random) {
      let ring = starRing(center(), radius: .random(in: 10...50, using: &random), corners: 3...30, least: 0.4)
      let push = Double(sign: .plus, exponent: .random(in: -18 ... -4, using: &random), significand: 1)
      let pushed = ring.corners.map { corner in
        snapped(Point(x: corner.x + .random(in: -push...push, using: &random), y: corner.y))
      }
      return (Polygons(rings: [[ring.corners]]), Polygons(rings: [[pushed]]))
    }
    func needle() -> Polygons {
      let angle = Double.random(in: 0...2 * .pi, using: &random)
      let (length, width) = (100.0, Double.random(in: 0.001...0.5, using: &random))
      func point(_ along: Double, _ across: Double) -> Point {
        snapped(
          Point(
            x: origin.x + along * cos(angle) - across * sin(angle),
            y: origin.y + along * sin(angle) + across * cos(angle)))
      }
      return Polygons(rings: [
        [[point(-length, -width), point(length, -width), point(length, width), point(-length, width)]]
      ])
    }
    return (needle(), needle())
  }

  /// Teeth of 1 m with gaps of 1 m on a back.
  package func comb(teeth: Int) -> Polygons {
    let (left, low) = (origin.x - Double(teeth), origin.y - Double(teeth))
    let (right, high) = (left + 2 * Double(teeth) - 1, low + 2 * Double(teeth))
    var ring: [Point] = []
    for tooth in 0..<teeth {
      let x = left + 2 * Double(tooth)
      if tooth > 0 { ring.append(Point(x: x, y: high - 1)) }
      ring += [Point(x: x, y: low), Point(x: x + 1, y: low)]
      if tooth < teeth - 1 { ring.append(Point(x: x + 1, y: high - 1)) }
    }
    return Polygons(rings: [[ring + [Point(x: right, y: high), Point(x: left, y: high)]]])
  }

  /// A band that winds outward five times.
  package mutating func spiral(corners: Int) -> Polygons {
    let (center, start) = (center(), Double.random(in: 0...2 * .pi, using: &random))
    let half = corners / 2
    func side(_ width: Double) -> [Point] {
      (0..<half).map { step in
        let angle = 10 * .pi * Double(step) / Double(half - 1)
        let reach = 20 + 10 * angle + width
        return snapped(
          Point(x: center.x + reach * cos(angle + start), y: center.y + reach * sin(angle + start)))
      }
    }
    return Polygons(rings: [[side(15) + side(-15).reversed()]])
  }

  // MARK: The same area

  /// The same area written in another way: other first corners, directions, orders of rings and parts.
  package mutating func changedInWriting(_ polygons: Polygons) -> Polygons {
    var parts = (0..<polygons.polygonCount).map { part in polygons.rings(ofPolygon: part).map(polygons.ring) }
    parts.shuffle(using: &random)
    return Polygons(
      rings: parts.map { rings in
        ([rings[0]] + rings.dropFirst().shuffled(using: &random)).map { ring in
          let corners = ring.dropLast()
          let first = Int.random(in: corners.indices, using: &random)
          let turned = Array(corners[first...] + corners[..<first])
          return Bool.random(using: &random) ? turned : turned.reversed()
        }
      })
  }

  private func between(_ a: Point, _ b: Point, _ share: Double) -> Point {
    Point(x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share)
  }

  private func snapped(_ point: Point) -> Point {
    guard place == .onGrid else { return point }
    return Point(x: (point.x * 0x1p20).rounded() * 0x1p-20, y: (point.y * 0x1p20).rounded() * 0x1p-20)
  }

  private func withoutRepetitions(_ ring: [Point]) -> [Point] {
    ring.indices.filter { ring[$0] != ring[($0 + 1) % ring.count] }.map { ring[$0] }
  }
}

/// Tiles in columns and rows that share their borders exactly, corner for corner.
package struct Tiling {
  /// A side of a tile from its western or southern end.
  struct Side: Hashable {
    var column: Int
    var row: Int
    var isLevel: Bool
  }

  package let columns: Int
  package let rows: Int
  let corners: [[Point]]
  /// What lies between the corners of each side.
  let sides: [Side: [Point]]

  package var tiles: [Polygons] { (0..<columns * rows).map { union(of: [$0]) } }

  /// Tiles with a common side, by number: row by row.
  func neighbours(of tile: Int) -> [Int] {
    let (column, row) = (tile % columns, tile / columns)
    return [(column - 1, row), (column + 1, row), (column, row - 1), (column, row + 1)]
      .filter { 0..<columns ~= $0.0 && 0..<rows ~= $0.1 }.map { $0.1 * columns + $0.0 }
  }

  /// A tile that is lacking where two others meet in a corner alone.
  func cornerOnly(_ tiles: Set<Int>) -> Int? {
    for row in 0..<rows - 1 {
      for column in 0..<columns - 1 {
        let first = row * columns + column
        let (a, b, c, d) = (first, first + 1, first + columns, first + columns + 1)
        let (hasA, hasB, hasC, hasD) = (tiles.contains(a), tiles.contains(b), tiles.contains(c), tiles.contains(d))
        if hasA && hasD && !hasB && !hasC { return b }
        if hasB && hasC && !hasA && !hasD { return a }
      }
    }
    return nil
  }

  /// The area of tiles that nowhere meet in a corner alone, traced along their borders without any arithmetic.
  package func union(of tiles: Set<Int>) -> Polygons {
    /// Where the border goes from each corner, the inside on its left.
    var ways: [Int: (to: Int, points: [Point])] = [:]
    func corner(_ column: Int, _ row: Int) -> Int { row * (columns + 1) + column }
    func add(_ tile: Int, _ side: Side, isForward: Bool, isBorder: Bool) {
      guard isBorder, let between = sides[side] else { return }
      let low = corner(side.column, side.row)
      let high = corner(side.column + (side.isLevel ? 1 : 0), side.row + (side.isLevel ? 0 : 1))
      let (from, to) = isForward ? (low, high) : (high, low)
      ways[from] = (to, [point(from)] + (isForward ? between : between.reversed()))
    }
    for tile in tiles {
      let (column, row) = (tile % columns, tile / columns)
      func has(_ column: Int, _ row: Int) -> Bool {
        0..<columns ~= column && 0..<rows ~= row && tiles.contains(row * columns + column)
      }
      add(tile, Side(column: column, row: row, isLevel: true), isForward: true, isBorder: !has(column, row - 1))
      add(tile, Side(column: column + 1, row: row, isLevel: false), isForward: true, isBorder: !has(column + 1, row))
      add(tile, Side(column: column, row: row + 1, isLevel: true), isForward: false, isBorder: !has(column, row + 1))
      add(tile, Side(column: column, row: row, isLevel: false), isForward: false, isBorder: !has(column - 1, row))
    }
    var rings: [[Point]] = []
    // The first ring begins at the lowest corner: it is the outer one.
    while let start = ways.keys.min() {
      var (ring, at) = ([Point](), start)
      while let way = ways.removeValue(forKey: at) {
        ring += way.points
        at = way.to
      }
      rings.append(ring)
    }
    return Polygons(rings: [rings])
  }

  private func point(_ corner: Int) -> Point { corners[corner / (columns + 1)][corner % (columns + 1)] }
}
