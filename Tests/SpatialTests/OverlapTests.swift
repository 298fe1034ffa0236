import Geodata
import ParcelTesting
import Testing

@testable import Spatial

@Suite struct OverlapTests {
  /// What an area shares with each of a layer.
  static func overlaps(of polygons: Polygons, with layer: [Polygons]) -> [Overlap] {
    var meter = OverlapMeter()
    return meter.overlaps(of: 0, in: PolygonSet([polygons]), with: PolygonSet(layer))
  }

  /// What two areas share, residues too.
  static func overlap(_ a: Polygons, _ b: Polygons) -> Double {
    var meter = OverlapMeter()
    return meter.overlap(PolygonSet([a]), 0, PolygonSet([b]), 0)
  }

  static func smaller(_ a: Polygons, _ b: Polygons) -> Double {
    min(EqualAreaPlane.area(of: a), EqualAreaPlane.area(of: b))
  }

  // MARK: Against GEOS

  @Test(arguments: ShapeGenerator.Pair.small) func agreesWithGEOS(_ pair: ShapeGenerator.Pair) throws {
    let context = GEOSContext()
    var shared = 0
    for place in ShapeGenerator.Place.allCases {
      var generator = ShapeGenerator(seed: 1, place: place)
      for _ in 0..<12 {
        let (a, b) = generator.pair(pair)
        let (ab, ba) = (Self.overlap(a, b), Self.overlap(b, a))
        let (expected, smaller) = (EqualAreaPlane.area(of: try intersection(a, b, context)), Self.smaller(a, b))
        #expect(abs(ab - expected) <= 1e-9 * smaller)
        #expect(abs(ab - ba) <= 1e-12 * smaller)
        #expect(ab >= -2e-11 && ab <= smaller * (1 + 1e-12))
        if ab > 1e-6 { shared += 1 }
      }
    }
    #expect(shared > 0 || pair == .touchingInCorner)
  }

  @Test func everyShapeIsValid() throws {
    let repair = Repair(GEOSContext())
    for (number, pair) in ShapeGenerator.Pair.allCases.enumerated() {
      var generator = ShapeGenerator(seed: 3, place: ShapeGenerator.Place.allCases[number % 3])
      for _ in 0..<(ShapeGenerator.Pair.small.contains(pair) ? 30 : 1) {
        let (a, b) = generator.pair(pair)
        #expect(try repair.repair(a).record == nil)
        #expect(try repair.repair(b).record == nil)
      }
    }
  }

  // MARK: Ties

  /// Two areas on whole metres whose borders meet otherwise than by crossing.
  struct Tie: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let a: String
    let b: String
    let area: Double

    init(_ name: String, _ a: String, _ b: String, _ area: Double) {
      (testDescription, self.a, self.b, self.area) = (name, a, b, area)
    }

    static let side4 = "POLYGON ((0 0, 4 0, 4 4, 0 4))"
    static let framed = "POLYGON ((0 0, 9 0, 9 9, 0 9), (3 3, 3 6, 6 6, 6 3))"

    static let all = [
      Tie("corner on a side from outside", side4, "POLYGON ((4 2, 6 1, 6 3))", 0),
      Tie("corner on a side from inside", side4, "POLYGON ((4 2, 2 3, 2 1))", 2),
      Tie("corner on a side, both sides of it", side4, "POLYGON ((4 2, 6 3, 2 3))", 1),
      Tie("corner on a corner from outside", side4, "POLYGON ((4 4, 6 5, 5 6))", 0),
      Tie("corner on a corner from inside", side4, "POLYGON ((4 4, 2 3, 3 2))", 1.5),
      Tie("corner on a corner, crossing there", side4, "POLYGON ((4 4, 2 2, 6 2))", 2),
      Tie("corner on a corner, one side in common", side4, "POLYGON ((4 4, 4 0, 6 4))", 0),
      Tie("side through two corners", side4, "POLYGON ((-1 -1, 5 5, -1 5))", 8),
      Tie("side through one corner from outside", side4, "POLYGON ((3 5, 5 3, 6 6))", 0),
      Tie("side through a corner and inside", side4, "POLYGON ((-2 -1, 6 3, 6 -1))", 4),
      Tie("neighbours with a whole side in common", side4, "POLYGON ((4 0, 8 0, 8 4, 4 4))", 0),
      Tie("neighbours with part of a side in common", side4, "POLYGON ((4 1, 8 1, 8 9, 4 9))", 0),
      Tie("a short side within a longer one, outside", side4, "POLYGON ((4 1, 6 1, 6 3, 4 3))", 0),
      Tie("a short side within a longer one, inside", side4, "POLYGON ((4 1, 4 3, 1 3, 1 1))", 6),
      Tie("sides in one line, over one another in part", side4, "POLYGON ((2 0, 6 0, 6 4, 2 4))", 8),
      Tie("sides in one line, apart", side4, "POLYGON ((5 0, 8 0, 8 4, 5 4))", 0),
      Tie("a slanting side in common", "POLYGON ((0 0, 6 4, 0 4))", "POLYGON ((0 0, 6 0, 6 4))", 0),
      Tie("slanting sides in one line, in part", "POLYGON ((0 0, 6 4, 0 4))", "POLYGON ((3 2, 9 6, 3 6))", 3),
      Tie("equal", side4, side4, 16),
      Tie("equal, but for corners on a side", side4, "POLYGON ((0 0, 1 0, 3 0, 4 0, 4 4, 0 4, 0 2))", 16),
      Tie("equal, with a corner twice", side4, "POLYGON ((0 0, 4 0, 4 0, 4 4, 0 4))", 16),
      Tie("a corner twice on a side", side4, "POLYGON ((4 2, 4 2, 6 3, 2 3))", 1),
      Tie("three sides in common", side4, "POLYGON ((0 0, 4 0, 4 2, 0 2))", 8),
      Tie("around the hole and in it", framed, "POLYGON ((3 3, 6 3, 6 6, 3 6))", 0),
      Tie("the hole and a margin", framed, "POLYGON ((2 3, 7 3, 7 6, 2 6))", 6),
      Tie("corners on the sides of the hole", framed, "POLYGON ((3 4, 5 3, 6 5, 4 6))", 0),
      Tie("corners of the hole on its sides", framed, "POLYGON ((4 1, 8 5, 5 8, 1 4))", 15),
      Tie("equal, with a hole", framed, framed, 72),
      Tie(
        "a hole that touches the border", "POLYGON ((0 0, 4 0, 4 4, 0 4), (4 2, 2 1, 2 3))",
        "POLYGON ((2 0, 6 0, 6 4, 2 4))", 6),
      Tie(
        "parts that touch in a corner", "MULTIPOLYGON (((0 0, 2 0, 2 2, 0 2)), ((2 2, 4 2, 4 4, 2 4)))",
        "POLYGON ((1 1, 3 1, 3 3, 1 3))", 2),
      Tie(
        "parts that touch, and those between them", "MULTIPOLYGON (((0 0, 2 0, 2 2, 0 2)), ((2 2, 4 2, 4 4, 2 4)))",
        "MULTIPOLYGON (((2 0, 4 0, 4 2, 2 2)), ((0 2, 2 2, 2 4, 0 4)))", 0),
      Tie(
        "corners level with the first one", "POLYGON ((0 -2, 2 0, 0 2, -2 0))", "POLYGON ((-1 0, 0 -1, 1 0, 0 1))", 2),
      Tie(
        "sides level with the first corner", "POLYGON ((0 0, 8 0, 8 3, 6 3, 6 1, 4 1, 4 3, 0 3))",
        "POLYGON ((1 1, 3 1, 3 2, 1 2))", 2),
      Tie(
        "in a bay, level with its ground", "POLYGON ((0 0, 8 0, 8 3, 6 3, 6 1, 4 1, 4 3, 0 3))",
        "POLYGON ((4 1, 6 1, 6 2, 4 2))", 0),
      Tie(
        "stairs on stairs", "POLYGON ((0 0, 3 0, 3 1, 2 1, 2 2, 1 2, 1 3, 0 3))",
        "POLYGON ((3 0, 3 3, 0 3, 1 3, 1 2, 2 2, 2 1, 3 1))", 0),
    ]

    /// The same tie mirrored, turned and moved far away, either area first, from every first corner: each asks the rules
    /// something else.
    func forEachVariant(_ body: (Polygons, Polygons) -> Void) {
      let (a, b) = (polygons(wkt: a), polygons(wkt: b))
      for variant in 0..<8 {
        func moved(_ polygons: Polygons) -> Polygons {
          polygons.map { point in
            let (x, y) = variant & 1 == 0 ? (point.x, point.y) : (point.y, point.x)
            return Point(x: 80_000 + (variant & 2 == 0 ? x : -x), y: 3_062_000 + (variant & 4 == 0 ? y : -y))
          }
        }
        for first in 0..<a.ring(0).count - 1 { body(Self.begun(moved(a), at: first), moved(b)) }
        for first in 0..<b.ring(0).count - 1 { body(Self.begun(moved(b), at: first), moved(a)) }
      }
    }

    /// The first ring begun at another corner.
    private static func begun(_ polygons: Polygons, at first: Int) -> Polygons {
      Polygons(
        rings: (0..<polygons.polygonCount).map { part in
          polygons.rings(ofPolygon: part).map { ring in
            let corners = polygons.ring(ring).dropLast()
            return ring == 0 ? Array(corners[first...] + corners[..<first]) : Array(corners)
          }
        })
    }
  }

  @Test(arguments: Tie.all) func tiesAreSettled(_ tie: Tie) {
    tie.forEachVariant { a, b in #expect(abs(Self.overlap(a, b) - tie.area) < 1e-12) }
  }

  // MARK: What holds of any two areas

  @Test(arguments: ShapeGenerator.Place.allCases) func anAreaSharesAllWithItself(_ place: ShapeGenerator.Place) {
    var generator = ShapeGenerator(seed: 4, place: place)
    for pair in ShapeGenerator.Pair.small {
      for _ in 0..<10 {
        let shape = generator.pair(pair).0
        let area = EqualAreaPlane.area(of: shape)
        #expect(abs(Self.overlap(shape, shape) - area) <= 1e-12 * area)
        #expect(abs(Self.overlap(shape, generator.changedInWriting(shape)) - area) <= 1e-12 * area)
      }
    }
  }

  /// First corners, directions and the order of rings and parts say nothing.
  @Test func writingDoesNotMatter() {
    var generator = ShapeGenerator(seed: 5)
    for pair in ShapeGenerator.Pair.small {
      for _ in 0..<10 {
        let (a, b) = generator.pair(pair)
        let (c, d) = (generator.changedInWriting(a), generator.changedInWriting(b))
        #expect(abs(Self.overlap(a, b) - Self.overlap(c, d)) <= 1e-12 * Self.smaller(a, b))
      }
    }
  }

  /// Where moving rounds nothing, the areas are the same to the bit.
  @Test func placeDoesNotMatter() {
    var generator = ShapeGenerator(seed: 6)
    for pair in ShapeGenerator.Pair.small {
      for _ in 0..<10 {
        let (a, b) = generator.pair(pair)
        func moved(_ polygons: Polygons) -> Polygons {
          polygons.map { Point(x: $0.x + 12_345, y: $0.y - 67_890) }
        }
        #expect(Self.overlap(a, b) == Self.overlap(moved(a), moved(b)))
      }
    }
  }

  @Test(arguments: ShapeGenerator.Place.allCases) func piecesOfATilingAddUp(_ place: ShapeGenerator.Place) {
    var generator = ShapeGenerator(seed: 7, place: place)
    let tiling = generator.tiling(columns: 12, rows: 12, size: 20)
    let tiles = tiling.tiles
    var several = 0
    for number in 0..<40 {
      let shape = number % 2 == 0 ? generator.holedStar() : tiling.union(of: generator.blob(in: tiling))
      let whole = EqualAreaPlane.area(of: shape)
      let overlaps = Self.overlaps(of: shape, with: tiles)
      #expect(abs(overlaps.reduce(0) { $0 + $1.area } - whole) <= 1e-12 * whole)
      #expect(overlaps.map(\.index) == overlaps.map(\.index).sorted())
      if overlaps.count > 1 { several += 1 }
    }
    #expect(several > 30)
  }

  @Test(arguments: ShapeGenerator.Place.allCases) func touchingLeavesNoMoreThanAResidue(_ place: ShapeGenerator.Place) {
    var generator = ShapeGenerator(seed: 8, place: place)
    let tiles = generator.tiling(columns: 6, rows: 6).tiles
    for (number, tile) in tiles.enumerated() {
      for other in tiles.dropFirst(number + 1) { #expect(abs(Self.overlap(tile, other)) < 2e-11) }
    }
  }

  /// A county's border is long, and the parcels along it small: what they share with it, and that neighbours outside share
  /// nothing, must be as exact as among parcels.
  @Test func smallAreasAlongAGiant() {
    var generator = ShapeGenerator(seed: 9)
    let giant = generator.giant(corners: 1_500)
    let (inner, outer) = (PolygonSet([giant]), giant.points)
    var meter = OverlapMeter()
    for index in stride(from: 0, to: 1_500, by: 40) {
      let (a, b) = (outer[index], outer[index + 1])
      // A triangle on an edge, to its left or right.
      func triangle(_ side: Double) -> Polygons {
        let tip = Point(
          x: (a.x + b.x) / 2 - side * 0.01 * (b.y - a.y), y: (a.y + b.y) / 2 + side * 0.01 * (b.x - a.x))
        return Polygons(rings: [[[a, b, tip]]])
      }
      let area = EqualAreaPlane.area(of: triangle(1))
      for giantIsFirst in [true, false] {
        func overlap(_ polygons: Polygons) -> Double {
          let set = PolygonSet([polygons])
          return giantIsFirst ? meter.overlap(inner, 0, set, 0) : meter.overlap(set, 0, inner, 0)
        }
        #expect(abs(overlap(triangle(1)) - area) <= 1e-12 * area)
        #expect(abs(overlap(triangle(-1))) < 2e-11)
      }
    }
  }

  // MARK: Trees

  /// The tree only leaves out what cannot cross: the areas are the same to the bit.
  @Test(arguments: ShapeGenerator.Pair.allCases) func treeAndPlainWalkAgree(_ pair: ShapeGenerator.Pair) {
    var generator = ShapeGenerator(seed: 10)
    var (plain, treed) = (OverlapMeter(worthwhile: .max), OverlapMeter(worthwhile: 0))
    for _ in 0..<(ShapeGenerator.Pair.small.contains(pair) ? 10 : 1) {
      let (a, b) = generator.pair(pair)
      let (first, second) = (PolygonSet([a]), PolygonSet([b]))
      #expect(plain.overlap(first, 0, second, 0) == treed.overlap(first, 0, second, 0))
    }
  }

  /// The index may leave out nothing that a plain walk over all areas finds.
  @Test func nothingIsMissed() throws {
    var generator = ShapeGenerator(seed: 11)
    let tiling = generator.tiling(columns: 17, rows: 17, size: 6)
    let tiles = tiling.tiles.reversed() + [Polygons()]
    let context = GEOSContext()
    for _ in 0..<5 {
      let star = generator.star()
      let found = Self.overlaps(of: star, with: tiles)
      let plain = try tiles.indices.compactMap { index -> Overlap? in
        let area = EqualAreaPlane.area(of: try intersection(star, tiles[index], context))
        return area > OverlapMeter.residue ? Overlap(index: index, area: area) : nil
      }
      #expect(found.map(\.index) == plain.map(\.index))
      for (overlap, expected) in zip(found, plain) { #expect(abs(overlap.area - expected.area) < 1e-9 * 36) }
    }
  }

  // MARK: Layers

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
