import Geodata
import ParcelTesting
import Spatial
import Testing

@Suite struct RepairTests {
  @Test func validPolygonsComeBackUntouched() throws {
    let polygons = Polygons(rings: [[square(114.1, 30.2, side: 0.1).points, square(114.12, 30.22, side: 0.01).points]])
    let result = try Repair(GEOSContext()).repair(polygons)
    #expect(result.record == nil)
    #expect(result.polygons == polygons)
  }

  @Test(arguments: [
    (
      "a part in the hole of another",
      "MULTIPOLYGON (((0 0, 9 0, 9 9, 0 9, 0 0), (2 2, 7 2, 7 7, 2 7, 2 2)), ((3 3, 5 3, 5 5, 3 5, 3 3)))"
    ),
    ("parts that touch in a point", "MULTIPOLYGON (((0 0, 2 0, 2 2, 0 2, 0 0)), ((2 2, 4 2, 4 4, 2 4, 2 2)))"),
    ("a hole that touches its outer ring in a point", "POLYGON ((0 0, 4 0, 4 4, 0 4, 0 0), (2 0, 3 1, 2 2, 2 0))"),
    ("a repeated corner", "POLYGON ((0 0, 0 0, 2 0, 2 2, 2 2, 2 2, 0 2, 0 0))"),
    ("a clockwise ring", "POLYGON ((0 0, 0 2, 2 2, 2 0, 0 0))"),
  ])
  func harmless(_ name: String, wkt: String) throws {
    let delivered = polygons(wkt: wkt)
    let result = try Repair(GEOSContext()).repair(delivered)
    #expect(result.record == nil)
    #expect(result.polygons == delivered)
  }

  struct Fault: CustomTestStringConvertible {
    var name: String
    var wkt: String
    var kinds: [RepairRecord.Kind]
    var reason = ""
    var before: Double
    var after: Double
    var parts: Int
    var testDescription: String { name }
  }

  static let faults = [
    Fault(
      name: "bow-tie", wkt: "POLYGON ((0 0, 2 2, 2 0, 0 2, 0 0))", kinds: [.selfIntersection],
      reason: "Self-intersection[1 1]", before: 0, after: 2, parts: 2),
    Fault(
      name: "bow-tie of unlike lobes", wkt: "POLYGON ((0 0, 4 4, 4 0, 0 4, -2 2, 0 0))", kinds: [.selfIntersection],
      before: 4, after: 12, parts: 2),
    Fault(
      name: "spike outwards", wkt: "POLYGON ((0 0, 2 0, 2 2, 2 5, 2 2, 0 2, 0 0))", kinds: [.selfIntersection],
      reason: "Ring Self-intersection", before: 4, after: 4, parts: 1),
    Fault(
      name: "spike inwards", wkt: "POLYGON ((0 0, 2 0, 2 2, 1 1, 2 2, 0 2, 0 0))", kinds: [.selfIntersection],
      before: 4, after: 4, parts: 1),
    Fault(
      name: "ring twice round", wkt: "POLYGON ((0 0, 2 0, 2 2, 0 2, 0 0, 2 0, 2 2, 0 2, 0 0))",
      kinds: [.selfIntersection], before: 8, after: 4, parts: 1),
    Fault(
      name: "ring that overlaps itself",
      wkt: "POLYGON ((0 0, 4 0, 4 4, 1 4, 1 -2, 2 -2, 2 3, 3 3, 3 1, 0 1, 0 0))",
      kinds: [.selfIntersection], before: 14, after: 13, parts: 1),
    Fault(
      name: "loop at a corner is a hole", wkt: "POLYGON ((0 0, 6 0, 6 6, 0 6, 0 0, 1 3, 3 3, 3 1, 0 0))",
      kinds: [.selfIntersection], before: 30, after: 30, parts: 1),
    Fault(
      name: "lines there and back", wkt: "POLYGON ((0 0, 2 0, 4 0, 2 0, 0 0))", kinds: [.selfIntersection], before: 0,
      after: 0, parts: 0),
    Fault(
      name: "overlapping parts", wkt: "MULTIPOLYGON (((0 0, 2 0, 2 2, 0 2, 0 0)), ((1 0, 3 0, 3 2, 1 2, 1 0)))",
      kinds: [.overlappingParts], reason: "Self-intersection", before: 8, after: 6, parts: 1),
    Fault(
      name: "the same part twice", wkt: "MULTIPOLYGON (((0 0, 2 0, 2 2, 0 2, 0 0)), ((0 0, 0 2, 2 2, 2 0, 0 0)))",
      kinds: [.overlappingParts], before: 8, after: 4, parts: 1),
    Fault(
      name: "nested parts", wkt: "MULTIPOLYGON (((0 0, 4 0, 4 4, 0 4, 0 0)), ((1 1, 2 1, 2 2, 1 2, 1 1)))",
      kinds: [.overlappingParts], reason: "Nested shells", before: 17, after: 16, parts: 1),
    Fault(
      name: "nested parts, the inner one first",
      wkt: "MULTIPOLYGON (((1 1, 2 1, 2 2, 1 2, 1 1)), ((0 0, 4 0, 4 4, 0 4, 0 0)))", kinds: [.overlappingParts],
      reason: "Nested shells", before: 17, after: 16, parts: 1),
    Fault(
      name: "parts that share an edge", wkt: "MULTIPOLYGON (((0 0, 2 0, 2 2, 0 2, 0 0)), ((2 0, 4 0, 4 2, 2 2, 2 0)))",
      kinds: [.overlappingParts], before: 8, after: 8, parts: 1),
    Fault(
      name: "part across the hole of another",
      wkt: "MULTIPOLYGON (((0 0, 9 0, 9 9, 0 9, 0 0), (2 2, 7 2, 7 7, 2 7, 2 2)), ((1 3, 4 3, 4 5, 1 5, 1 3)))",
      kinds: [.overlappingParts], before: 62, after: 60, parts: 1),
    Fault(
      name: "hole outside", wkt: "POLYGON ((0 0, 2 0, 2 2, 0 2, 0 0), (5 5, 6 5, 6 6, 5 6, 5 5))",
      kinds: [.holeOutside], reason: "Hole lies outside shell", before: 3, after: 4, parts: 1),
    Fault(
      name: "hole across its outer ring", wkt: "POLYGON ((0 0, 4 0, 4 4, 0 4, 0 0), (3 1, 6 1, 6 2, 3 2, 3 1))",
      kinds: [.holeOutside], before: 13, after: 15, parts: 1),
    Fault(
      name: "hole round its outer ring", wkt: "POLYGON ((1 1, 2 1, 2 2, 1 2, 1 1), (0 0, 4 0, 4 4, 0 4, 0 0))",
      kinds: [.holeOutside], before: -15, after: 0, parts: 0),
    Fault(
      name: "hole of one part in another",
      wkt: "MULTIPOLYGON (((0 0, 2 0, 2 2, 0 2, 0 0), (5 0, 6 0, 6 1, 5 1, 5 0)), ((4 0, 8 0, 8 4, 4 4, 4 0)))",
      kinds: [.holeOutside], before: 19, after: 20, parts: 2),
    Fault(
      name: "bow-tie as a hole", wkt: "POLYGON ((0 0, 9 0, 9 9, 0 9, 0 0), (2 2, 4 4, 4 2, 2 4, 2 2))",
      kinds: [.selfIntersection], before: 81, after: 79, parts: 1),
    Fault(
      name: "overlapping holes",
      wkt: "POLYGON ((0 0, 9 0, 9 9, 0 9, 0 0), (1 1, 3 1, 3 3, 1 3, 1 1), (2 1, 4 1, 4 3, 2 3, 2 1))", kinds: [.other],
      before: 73, after: 75, parts: 1),
    Fault(
      name: "hole along its outer ring", wkt: "POLYGON ((0 0, 4 0, 4 4, 0 4, 0 0), (1 0, 3 0, 3 2, 1 2, 1 0))",
      kinds: [.other], before: 12, after: 12, parts: 1),
    Fault(
      name: "two points", wkt: "POLYGON ((0 0, 2 0, 0 0))", kinds: [.shortRing], reason: "Too few points", before: 0,
      after: 0, parts: 0),
    Fault(
      name: "a hole of two points", wkt: "POLYGON ((0 0, 2 0, 2 2, 0 2, 0 0), (1 1, 1.5 1, 1 1))", kinds: [.shortRing],
      reason: "Too few points", before: 4, after: 4, parts: 1),
    Fault(
      name: "two points, repeated", wkt: "POLYGON ((0 0, 2 0, 2 0, 0 0))", kinds: [.shortRing], before: 0, after: 0,
      parts: 0),
    Fault(
      name: "several kinds",
      wkt: """
        MULTIPOLYGON (((0 0, 2 2, 2 0, 0 2, 0 0)), ((1.5 0, 4 0, 4 2, 1.5 2, 1.5 0), (9 9, 10 9, 10 10, 9 10, 9 9)), \
        ((20 20, 21 20, 20 20)))
        """,
      kinds: [.selfIntersection, .overlappingParts, .holeOutside, .shortRing], before: 4, after: 6.25, parts: 2),
  ]

  @Test(arguments: faults) func repairs(_ fault: Fault) throws {
    let repair = Repair(GEOSContext())
    let (repaired, found) = try repair.repair(polygons(wkt: fault.wkt))
    let record = try #require(found)
    #expect(record.kinds == fault.kinds)
    #expect(record.reason.hasPrefix(fault.reason))
    #expect(record.areaBefore == fault.before)
    #expect(record.areaAfter == fault.after)
    #expect(EqualAreaPlane.area(of: repaired) == fault.after)
    #expect(repaired.polygonCount == fault.parts)
    #expect(try repair.repair(repaired).record == nil)
  }

  @Test func noPolygonsAreValid() throws {
    let result = try Repair(GEOSContext()).repair(Polygons())
    #expect(result.record == nil)
    #expect(result.polygons.isEmpty)
  }

  /// A scribble of thousands of corners is told at once, not cut into millions of faces.
  @Test func aScribbleIsNotRepaired() throws {
    var generator = SeededGenerator(seed: 7)
    func scribble(_ count: Int) -> Polygons {
      Polygons(
        rings: [
          [
            (0..<count).map { _ in
              Point(x: .random(in: 0...1, using: &generator), y: .random(in: 0...1, using: &generator))
            }
          ]
        ])
    }
    let repair = Repair(GEOSContext())
    let (left, record) = try repair.repair(scribble(4000))
    #expect(left.isEmpty && record?.kinds == [.tangled])
    #expect(try repair.repair(scribble(40)).record?.kinds == [.selfIntersection])
  }

  // MARK: Broken at random

  /// Parts and holes of a few corners each, thrown down without any order; on whole numbers edges coincide often.
  static func brokenPolygons(onWholeNumbers: Bool, using random: inout SeededGenerator) -> Polygons {
    func point(_ range: ClosedRange<Double>) -> Point {
      let point = Point(x: .random(in: range, using: &random), y: .random(in: range, using: &random))
      return onWholeNumbers ? Point(x: point.x.rounded(), y: point.y.rounded()) : point
    }
    func ring(_ range: ClosedRange<Double>) -> [Point] {
      (0..<Int.random(in: 3...8, using: &random)).map { _ in point(range) }
    }
    return Polygons(
      rings: (0..<Int.random(in: 1...3, using: &random)).map { _ in
        [ring(0...8)] + (0..<Int.random(in: 0...2, using: &random)).map { _ in ring(2...8) }
      })
  }

  /// The area by lines along x: which of the stretches between crossings lie inside is told by winding numbers alone.
  static func scannedArea(_ polygons: Polygons, height: Double, lines: Int) -> Double {
    (0..<lines).reduce(0) { $0 + scannedLength(polygons, y: (Double($1) + 0.5) * height / Double(lines)) }
      * height / Double(lines)
  }

  private static func scannedLength(_ polygons: Polygons, y: Double) -> Double {
    let crossings = polygons.ringEnds.indices.map { ring -> [(x: Double, turn: Int)] in
      polygons.points(ofRing: ring).dropLast().compactMap { index in
        let (a, b) = (polygons.points[index], polygons.points[index + 1])
        guard (a.y > y) != (b.y > y) else { return nil }
        return (a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x), b.y > a.y ? 1 : -1)
      }
    }
    func isInside(_ ring: Int, _ x: Double) -> Bool {
      crossings[ring].reduce(0) { $0 + ($1.x < x ? $1.turn : 0) } != 0
    }
    let ends = crossings.joined().map(\.x).sorted()
    return zip(ends, ends.dropFirst()).reduce(0) { length, stretch in
      let middle = (stretch.0 + stretch.1) / 2
      let isLand = (0..<polygons.polygonCount).contains { polygon in
        let rings = polygons.rings(ofPolygon: polygon)
        return isInside(rings.lowerBound, middle) && !rings.dropFirst().contains { isInside($0, middle) }
      }
      return isLand ? length + stretch.1 - stretch.0 : length
    }
  }

  @Test(arguments: 1...60) func agreesWithWindingNumbers(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let broken = Self.brokenPolygons(onWholeNumbers: seed.isMultiple(of: 2), using: &random)
    let repair = Repair(GEOSContext())
    let (repaired, record) = try repair.repair(broken)
    let area = EqualAreaPlane.area(of: repaired)
    #expect(record.map { $0.areaAfter == area } ?? (repaired == broken))
    #expect(abs(area - Self.scannedArea(broken, height: 8, lines: 1600)) < 0.02)
    #expect(try repair.repair(repaired).record == nil)
  }

  /// Another direction, another start: the same land and the same words for it.
  @Test(arguments: 1...40) func directionAndStartDoNotMatter(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let broken = Self.brokenPolygons(onWholeNumbers: seed.isMultiple(of: 2), using: &random)
    let turned = Polygons(
      rings: (0..<broken.polygonCount).map { polygon in
        broken.rings(ofPolygon: polygon).map { ring in
          let corners = broken.ring(ring).dropLast()
          let start = Int.random(in: 0..<corners.count, using: &random)
          return (corners[start...] + corners[..<start]).reversed()
        }
      })
    let repair = Repair(GEOSContext())
    let (first, second) = (try repair.repair(broken), try repair.repair(turned))
    #expect(abs(EqualAreaPlane.area(of: first.polygons) - EqualAreaPlane.area(of: second.polygons)) < 1e-9)
    #expect(first.record?.kinds == second.record?.kinds)
  }
}
