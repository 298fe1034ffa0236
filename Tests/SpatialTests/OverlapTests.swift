import Foundation
import Geodata
import ParcelTesting
import Spatial
import Testing

@Suite struct OverlapTests {
  /// What an area shares with each of a layer.
  static func overlaps(of polygons: Polygons, with layer: [Polygons]) -> [Overlap] {
    var meter = OverlapMeter()
    return meter.overlaps(of: 0, in: PolygonSet([polygons]), with: PolygonSet(layer))
  }

  /// A tiling of `count` × `count` quadrilaterals whose corners were pushed about, far from the origin.
  static func tiling(count: Int, size: Double, using random: inout SeededGenerator) -> [Polygons] {
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
  static func star(_ extent: Double, using random: inout SeededGenerator) -> Polygons {
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

  @Test(arguments: [UInt64(1), 2, 3]) func piecesOfATilingAddUp(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let count = 20
    let tiles = Self.tiling(count: count, size: 50, using: &random)
    var several = 0
    for _ in 0..<100 {
      let star = Self.star(Double(count) * 50, using: &random)
      let whole = EqualAreaPlane.area(of: star)
      let overlaps = Self.overlaps(of: star, with: tiles)
      #expect(abs(overlaps.reduce(0) { $0 + $1.area } - whole) <= 1e-9 * whole + 1e-6 * Double(overlaps.count))
      #expect(overlaps.map(\.index) == overlaps.map(\.index).sorted())
      for overlap in overlaps {
        #expect(overlap.area <= whole * (1 + 1e-12))
        #expect(overlap.area <= EqualAreaPlane.area(of: tiles[overlap.index]) * (1 + 1e-12))
      }
      if overlaps.count > 1 { several += 1 }
    }
    #expect(several > 50)
  }

  /// The index may leave out nothing that a plain walk over all polygons finds.
  @Test func nothingIsMissed() throws {
    var random = SeededGenerator(seed: 7)
    let tiles = Self.tiling(count: 17, size: 40, using: &random).shuffled(using: &random)
    let context = GEOSContext()
    for _ in 0..<10 {
      let star = Self.star(17 * 40, using: &random)
      let found = Self.overlaps(of: star, with: tiles)
      let plain = try tiles.indices.filter {
        EqualAreaPlane.area(of: try intersection(star, tiles[$0], context)) > 1e-6
      }
      #expect(found.map(\.index) == plain)
      for overlap in found {
        let piece = try intersection(star, tiles[overlap.index], context)
        #expect(abs(EqualAreaPlane.area(of: piece) - overlap.area) < 1e-5)
      }
    }
  }

  @Test func touchingNeighboursDoNotOverlap() throws {
    let layer = [square(0, 0, side: 10), square(10, 0, side: 10), square(20, 20, side: 1)]
    #expect(Self.overlaps(of: square(0, 0, side: 10), with: layer) == [Overlap(index: 0, area: 100)])
    #expect(Self.overlaps(of: square(5, 5, side: 10), with: layer).map(\.index) == [0, 1])
    #expect(Self.overlaps(of: square(50, 50, side: 1), with: layer).isEmpty)
    #expect(Self.overlaps(of: Polygons(), with: layer).isEmpty)
  }

  @Test func anEmptyLayerHasNoOverlaps() throws {
    #expect(Self.overlaps(of: square(0, 0, side: 1), with: []).isEmpty)
    let hollow = [Polygons(), square(0, 0, side: 2)]
    #expect(Self.overlaps(of: square(0, 0, side: 1), with: hollow) == [Overlap(index: 1, area: 1)])
  }

  @Test func holesDoNotOverlap() throws {
    let ring = Polygons(rings: [[square(0, 0, side: 10).points, square(2, 2, side: 6).points]])
    let layer = [ring]
    #expect(Self.overlaps(of: square(3, 3, side: 2), with: layer).isEmpty)
    #expect(Self.overlaps(of: square(0, 0, side: 10), with: layer) == [Overlap(index: 0, area: 64)])
  }

  @Test func intersectionKeepsPlaceAndParts() throws {
    let comb = Polygons(rings: [[square(100, 0, side: 2).points], [square(106, 0, side: 2).points]])
    let shared = try intersection(comb, square(101, 1, side: 6), GEOSContext())
    #expect(shared.polygonCount == 2)
    #expect(shared.envelope == Envelope(minX: 101, minY: 1, maxX: 107, maxY: 2))
    #expect(EqualAreaPlane.area(of: shared) == 2)
    #expect(try intersection(comb, square(200, 0, side: 1), GEOSContext()).isEmpty)
  }
}
