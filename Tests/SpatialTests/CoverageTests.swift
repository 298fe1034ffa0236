import Foundation
import Geodata
import ParcelTesting
import Spatial
import Testing

@Suite struct CoverageTests {
  /// `count` × `count` squares of 100 m², row by row, far from the origin.
  static func grid(_ count: Int) -> [Polygons] {
    (0..<count * count).map { number in
      square(80_000 + 10 * Double(number % count), 3_062_000 + 10 * Double(number / count), side: 10)
    }
  }

  static func coverage(_ polygons: [Polygons], checksGaps: Bool = true) throws -> Coverage {
    try CoverageMeter(polygons, GEOSContext()).coverage(checksGaps: checksGaps)
  }

  /// Scaled around the middle of its box.
  static func scaled(_ polygons: Polygons, by factor: Double) -> Polygons {
    let center = polygons.envelope.center
    return polygons.map { point in
      Point(x: center.x + (point.x - center.x) * factor, y: center.y + (point.y - center.y) * factor)
    }
  }

  struct Case: CustomTestStringConvertible {
    var name: String
    /// What happens to a grid of 8 × 8; number 27 lies inside.
    var change: @Sendable (inout [Polygons]) -> Void
    var overlaps: [Double] = []
    var overlapArea: Double?
    var covering: [Int] = []
    var gaps: [Double] = []
    var testDescription: String { name }
  }

  static let cases = [
    Case(name: "clean", change: { _ in }),
    Case(
      name: "enlarged", change: { $0[27] = scaled($0[27], by: 1.5) }, overlaps: [125]),
    Case(name: "shrunk", change: { $0[27] = scaled($0[27], by: 0.5) }, gaps: [75]),
    Case(name: "removed", change: { $0[27] = Polygons() }, gaps: [100]),
    Case(name: "removed at the border", change: { $0[3] = Polygons() }),
    Case(
      name: "two removed that touch in a point", change: { ($0[27], $0[36]) = (Polygons(), Polygons()) },
      gaps: [100, 100]),
    Case(name: "two neighbours removed", change: { ($0[27], $0[28]) = (Polygons(), Polygons()) }, gaps: [200]),
    Case(name: "twice", change: { $0.append($0[27]) }, overlaps: [100], covering: [27, 64]),
    Case(
      name: "three times", change: { $0 += [$0[27], $0[27]] }, overlaps: [100], overlapArea: 200,
      covering: [27, 64, 65]),
    Case(name: "the whole layer twice", change: { $0 += $0 }, overlaps: [6400]),
    Case(
      name: "one under all", change: { $0.append(square(80_000, 3_062_000, side: 80)) }, overlaps: [6400]),
    Case(
      name: "shifted by half", change: { $0[27] = $0[27].map { Point(x: $0.x + 5, y: $0.y) } }, overlaps: [50],
      covering: [27, 28], gaps: [50]),
    Case(
      name: "corners of one neighbour only",
      change: { layer in
        layer[27] = Polygons(rings: [
          [layer[27].ring(0).dropLast().flatMap { [$0, Point(x: $0.x, y: $0.y)] }]
        ])
        let box = layer[28].envelope
        layer[28] = Polygons(rings: [
          [
            [
              Point(x: box.minX, y: box.minY), Point(x: box.center.x, y: box.minY), Point(x: box.maxX, y: box.minY),
              Point(x: box.maxX, y: box.center.y), Point(x: box.maxX, y: box.maxY), Point(x: box.minX, y: box.maxY),
              Point(x: box.minX, y: box.maxY - 1), Point(x: box.minX, y: box.center.y),
            ]
          ]
        ])
      }),
    Case(
      name: "two joined to one, without the corners between",
      change: { layer in
        let box = layer[27].envelope
        layer[27] = Polygons(rings: [
          [
            [
              Point(x: box.minX, y: box.minY), Point(x: box.maxX + 10, y: box.minY),
              Point(x: box.maxX + 10, y: box.maxY), Point(x: box.minX, y: box.maxY),
            ]
          ]
        ])
        layer[28] = Polygons()
      }),
    Case(
      name: "a hole that another fills",
      change: { layer in
        let inner = scaled(layer[27], by: 0.5)
        layer[27] = Polygons(rings: [[layer[27].ring(0), inner.ring(0)]])
        layer.append(inner)
      }),
    Case(
      name: "a hole that nothing fills",
      change: { $0[27] = Polygons(rings: [[$0[27].ring(0), scaled($0[27], by: 0.5).ring(0)]]) }, gaps: [25]),
    Case(
      name: "a hole filled too full",
      change: { layer in
        layer.append(scaled(layer[27], by: 0.75))
        layer[27] = Polygons(rings: [[layer[27].ring(0), scaled(layer[27], by: 0.5).ring(0)]])
      }, overlaps: [31.25], covering: [27, 64]),
    Case(
      name: "an island in a gap",
      change: { layer in
        for number in [18, 19, 20, 26, 28, 34, 35, 36] { layer[number] = Polygons() }
      }, gaps: [800]),
    Case(
      name: "slivers", change: { $0[27] = scaled($0[27], by: 1.00001) }),
    Case(name: "nothing at all", change: { $0 = [] }),
  ]

  @Test(arguments: cases) func places(_ example: Case) throws {
    var layer = Self.grid(8)
    example.change(&layer)
    let coverage = try Self.coverage(layer)
    let (overlaps, gaps) = (try #require(coverage.overlaps), try #require(coverage.gaps))
    #expect(overlaps.largest.map { ($0.area * 1e6).rounded() / 1e6 } == example.overlaps)
    #expect(gaps.largest.map { ($0.area * 1e6).rounded() / 1e6 } == example.gaps)
    #expect(overlaps.count == example.overlaps.count)
    #expect(gaps.count == example.gaps.count)
    #expect(abs(overlaps.area - (example.overlapArea ?? example.overlaps.reduce(0, +))) < 1e-6)
    #expect(abs(gaps.area - example.gaps.reduce(0, +)) < 1e-6)
    #expect(abs(coverage.area - layer.reduce(0) { $0 + EqualAreaPlane.area(of: $1) }) < 1e-6)
    if !example.covering.isEmpty { #expect(overlaps.largest.first?.polygons == example.covering) }
    #expect(gaps.largest.allSatisfy { $0.polygons.isEmpty })
    // Overlaps are the same when only they are looked for.
    let alone = try Self.coverage(layer, checksGaps: false)
    #expect(alone.gaps == nil)
    #expect(alone.overlaps?.count == overlaps.count)
    #expect(abs((alone.overlaps?.area ?? -1) - overlaps.area) < 1e-6)
  }

  @Test func onlyTheBorderOfACleanLayerIsUnmatched() throws {
    #expect(try Self.coverage(Self.grid(8)).unmatchedEdges == 32)
  }

  @Test func sliversAreSummedAlone() throws {
    var layer = Self.grid(8)
    layer[27] = Self.scaled(layer[27], by: 1.00001)
    let overlaps = try #require(try Self.coverage(layer).overlaps)
    #expect(overlaps.count == 0)
    #expect(overlaps.area == 0)
    #expect(abs(overlaps.slivers - 100 * (1.00001 * 1.00001 - 1)) < 1e-6)
  }

  @Test func polygonsApartHaveNoEdgesToLookAt() throws {
    let apart = Self.grid(8).map { Self.scaled($0, by: 0.5) }
    let coverage = try Self.coverage(apart, checksGaps: false)
    #expect(coverage.unmatchedEdges == 0)
    #expect(coverage.overlaps == Coverage.Places())
    #expect(coverage.gaps == nil)
  }

  @Test func onlyTheLargestAreListed() throws {
    var layer = Self.grid(40)
    for row in 0..<19 {
      for column in 0..<19 {
        let number = (2 * row + 1) * 40 + 2 * column + 1
        layer[number] = Self.scaled(layer[number], by: 0.5 + Double(row * 19 + column) / 1000)
      }
    }
    let gaps = try #require(try Self.coverage(layer).gaps)
    #expect(gaps.count == 361)
    #expect(gaps.largest.count == CoverageMeter.listed)
    #expect(gaps.largest.map(\.area) == gaps.largest.map(\.area).sorted(by: >))
    #expect(abs((gaps.largest.first?.area ?? 0) - 75) < 1e-6)
    let areas = (0..<361).map { 100 * (1 - pow(0.5 + Double($0) / 1000, 2)) }
    #expect(abs(gaps.area - areas.reduce(0, +)) < 1e-6)
  }

  // MARK: Bounds

  /// Triangles in a row on a strip; turned, its teeth cross those of the first from side to side.
  static func comb(teeth: Int, isTurned: Bool) -> Polygons {
    let length = Double(teeth)
    let tips = (0..<teeth).flatMap { tooth in
      [Point(x: Double(tooth), y: 1), Point(x: Double(tooth) + 0.5, y: length + 2)]
    }
    let ring = [Point(x: length, y: 0), Point(x: 0, y: 0)] + tips + [Point(x: length, y: 1)]
    return Polygons(rings: [[ring]]).map { isTurned ? Point(x: $0.y - 1.5, y: $0.x + 1.25) : $0 }
  }

  @Test func aTangleIsGivenUp() throws {
    let coverage = try Self.coverage([Self.comb(teeth: 1500, isTurned: false), Self.comb(teeth: 1500, isTurned: true)])
    #expect(coverage.overlaps == nil)
    #expect(coverage.gaps == nil)
    #expect(coverage.area > 0)
    #expect(coverage.unmatchedEdges > 6000)
  }

  @Test func tooManyEdgesAreGivenUp() throws {
    let layer = Self.grid(8)
    let context = GEOSContext()
    #expect(try CoverageMeter(layer, context, mostEdges: 32).coverage(checksGaps: true).overlaps != nil)
    #expect(try CoverageMeter(layer, context, mostEdges: 31).coverage(checksGaps: true).overlaps == nil)
  }

  // MARK: Against plain GEOS

  /// Areas by comparing each polygon with each other and by one union of all.
  struct Plain {
    var pairs = 0.0
    var excess: Double
    var gaps: Double

    init(_ layer: [Polygons]) throws {
      let context = GEOSContext()
      for (number, polygons) in layer.enumerated() {
        for other in layer[..<number] {
          pairs += EqualAreaPlane.area(of: try intersection(polygons, other, context))
        }
      }
      let union = try Self.union(layer, context)
      let sum = layer.reduce(0) { $0 + EqualAreaPlane.area(of: $1) }
      excess = sum - EqualAreaPlane.area(of: union)
      let filled = (0..<union.polygonCount).map {
        Polygons(rings: [[union.ring(union.rings(ofPolygon: $0).lowerBound)]])
      }
      gaps = EqualAreaPlane.area(of: try Self.union(filled, context)) - EqualAreaPlane.area(of: union)
    }

    private static func union(_ layer: [Polygons], _ context: GEOSContext) throws -> Polygons {
      var all = Polygons()
      for polygons in layer { all.append(polygons) }
      return try Repair(context).repair(all).polygons
    }
  }

  /// A tiling of `count` × `count` quadrilaterals whose corners were pushed about, far from the origin.
  private static func tiling(count: Int, size: Double, using random: inout SeededGenerator) -> [Polygons] {
    let origin = Point(x: 80_000, y: 3_062_000)
    let corners = (0...count).map { row in
      (0...count).map { column in
        let isBorder = row == 0 || column == 0 || row == count || column == count
        let push = isBorder ? 0 : size * 0.3
        return Point(
          x: origin.x + size * Double(column) + .random(in: -push...push, using: &random),
          y: origin.y + size * Double(row) + .random(in: -push...push, using: &random))
      }
    }
    return (0..<count).flatMap { row in
      (0..<count).map { column in
        Polygons(rings: [
          [
            [corners[row][column], corners[row][column + 1], corners[row + 1][column + 1], corners[row + 1][column]]
          ]
        ])
      }
    }
  }

  /// A star around a place within the tiling: simple, usually not convex.
  private static func star(_ extent: Double, using random: inout SeededGenerator) -> Polygons {
    let radius = Double.random(in: 2...(extent / 5), using: &random)
    let center = Point(
      x: 80_000 + .random(in: radius...(extent - radius), using: &random),
      y: 3_062_000 + .random(in: radius...(extent - radius), using: &random))
    let count = Int.random(in: 3...30, using: &random)
    let ring = (0..<count).map { step in
      let angle = 2 * .pi * Double(step) / Double(count)
      let reach = radius * .random(in: 0.2...1, using: &random)
      return Point(x: center.x + reach * cos(angle), y: center.y + reach * sin(angle))
    }
    return Polygons(rings: [[ring]])
  }

  static func damaged(using random: inout SeededGenerator) -> [Polygons] {
    var layer = tiling(count: 6, size: 50, using: &random)
    for _ in 0..<Int.random(in: 1...6, using: &random) {
      let number = Int.random(in: 0..<36, using: &random)
      let polygons = layer[number]
      switch Int.random(in: 0..<6, using: &random) {
      case 0: layer[number] = Polygons()
      case 1: layer.append(polygons)
      case 2: layer[number] = scaled(polygons, by: .random(in: 0.6...1.6, using: &random))
      case 3:
        let (dx, dy) = (Double.random(in: -20...20, using: &random), Double.random(in: -20...20, using: &random))
        layer[number] = polygons.map { Point(x: $0.x + dx, y: $0.y + dy) }
      case 4:
        guard !polygons.isEmpty else { continue }
        layer.append(scaled(polygons, by: 0.5))
        layer[number] = Polygons(rings: [[polygons.ring(0), scaled(polygons, by: 0.4).ring(0)]])
      default: layer.append(star(300, using: &random))
      }
    }
    return layer
  }

  @Test(arguments: 1...40) func agreesWithPlainGEOS(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let layer = Self.damaged(using: &random)
    let plain = try Plain(layer)
    let coverage = try Self.coverage(layer)
    let (overlaps, gaps) = (try #require(coverage.overlaps), try #require(coverage.gaps))
    #expect(abs(overlaps.area + overlaps.slivers - plain.excess) < 1e-6)
    #expect(abs(gaps.area + gaps.slivers - plain.gaps) < 1e-6)
    let pairs = overlaps.largest.reduce(0) { sum, place in
      sum + place.area * Double(place.polygons.count * (place.polygons.count - 1)) / 2
    }
    #expect(abs(pairs - plain.pairs) < 1e-6 + 10 * overlaps.slivers)
    let alone = try Self.coverage(layer, checksGaps: false).overlaps
    #expect(abs((alone?.area ?? -1) - overlaps.area) < 1e-6)
  }

  @Test func smallCombsAgreeWithPlainGEOS() throws {
    let layer = [Self.comb(teeth: 12, isTurned: false), Self.comb(teeth: 12, isTurned: true)]
    let plain = try Plain(layer)
    let coverage = try Self.coverage(layer)
    #expect(plain.gaps > 1)
    #expect(abs((coverage.overlaps?.area ?? 0) - plain.excess) < 0.2)
    #expect(abs((coverage.overlaps.map { $0.area + $0.slivers } ?? 0) - plain.excess) < 1e-6)
    #expect(abs((coverage.gaps.map { $0.area + $0.slivers } ?? 0) - plain.gaps) < 1e-6)
  }

  @Test(arguments: 1...10) func orderDirectionAndStartDoNotMatter(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let layer = Self.damaged(using: &random)
    let turned = layer.shuffled(using: &random).map { polygons in
      Polygons(
        rings: (0..<polygons.polygonCount).map { polygon in
          polygons.rings(ofPolygon: polygon).map { ring in
            let corners = polygons.ring(ring).dropLast()
            let start = Int.random(in: 0..<corners.count, using: &random)
            let turned = Array(corners[start...] + corners[..<start])
            return Bool.random(using: &random) ? turned : turned.reversed()
          }
        })
    }
    let (first, second) = (try Self.coverage(layer), try Self.coverage(turned))
    #expect(first.unmatchedEdges == second.unmatchedEdges)
    for sort in [\Coverage.overlaps, \Coverage.gaps] {
      let (one, other) = (try #require(first[keyPath: sort]), try #require(second[keyPath: sort]))
      #expect(one.count == other.count)
      #expect(abs(one.area - other.area) < 1e-6)
      #expect(abs(one.slivers - other.slivers) < 1e-6)
      #expect(zip(one.largest, other.largest).allSatisfy { abs($0.area - $1.area) < 1e-6 })
    }
  }
}
