import CGEOS
import Foundation
import Geodata
import ParcelTesting
import Testing

@testable import Spatial

/// What passes is valid by GEOS, and what is ordinary passes.
@Suite struct ValidityScreenTests {
  /// Lets one screen be used within expectations; it is used again and again, as a worker's is.
  private final class Screen {
    private var screen = ValidityScreen()

    func passes(_ polygons: Polygons) -> Bool { screen.isCertainlyValid(polygons) }
  }

  private let context = GEOSContext()
  private let screen = Screen()

  private func isValid(_ polygons: Polygons) throws -> Bool {
    guard polygons.ringEnds.indices.allSatisfy({ polygons.points(ofRing: $0).count >= 4 }) else { return false }
    let shape = try context.shape(of: polygons)
    return try context.answer("validity", GEOSisValid_r(context.handle, shape.geometry))
  }

  // MARK: What passes is valid

  @Test(arguments: RepairTests.faults) func faultsDoNotPass(_ fault: RepairTests.Fault) {
    #expect(!screen.passes(polygons(wkt: fault.wkt)))
  }

  /// One corner of a ring that goes on along y there, alone and as a hole.
  @Test(arguments: [Double.nan, .infinity, -.infinity]) func numbersThatAreNoneDoNotPass(_ number: Double) {
    for corner in [Point(x: number, y: 4), Point(x: 7, y: number), Point(x: number, y: number)] {
      let start = Point(x: 2, y: 1)
      let ring = [start, Point(x: 6, y: 2), corner, Point(x: 6, y: 6), Point(x: 3, y: 7), start]
      let outer = square(0, 0, side: 9).points
      #expect(!screen.passes(Polygons(points: ring, ringEnds: [6], polygonEnds: [1])))
      #expect(!screen.passes(Polygons(points: outer + ring, ringEnds: [5, 11], polygonEnds: [2])))
    }
  }

  @Test func ringsThatAreNoneDoNotPass() {
    let open = [Point(x: 0, y: 0), Point(x: 2, y: 0), Point(x: 2, y: 2), Point(x: 0, y: 2)]
    #expect(!screen.passes(Polygons(points: open, ringEnds: [4], polygonEnds: [1])))
    #expect(!screen.passes(Polygons(points: [], ringEnds: [0], polygonEnds: [1])))
    #expect(!screen.passes(Polygons(points: [open[0], open[0], open[0], open[0]], ringEnds: [4], polygonEnds: [1])))
  }

  /// Corners on few whole numbers: edges touch, coincide and fold back all the time.
  @Test(arguments: 1...4) func onAGrid(size: Int) throws {
    var random = SeededGenerator(seed: UInt64(size))
    func ring() -> [Point] {
      (0..<Int.random(in: 3...6, using: &random)).map { _ in
        Point(x: Double(Int.random(in: 0...size, using: &random)), y: Double(Int.random(in: 0...size, using: &random)))
      }
    }
    var passed = 0
    for _ in 0..<4000 {
      let shape = Polygons(
        rings: (0..<[1, 1, 1, 2].randomElement(using: &random)!).map { _ in
          (0..<[1, 1, 2].randomElement(using: &random)!).map { _ in ring() }
        })
      guard screen.passes(shape) else { continue }
      passed += 1
      #expect(try isValid(shape), "\(shape)")
    }
    #expect(passed > 100)
  }

  /// The last corner as near to the first edge as numbers go, on either side.
  @Test func cornersNextToAnEdge() throws {
    var random = SeededGenerator(seed: 3)
    func point() -> Point { Point(x: .random(in: -9...9, using: &random), y: .random(in: -9...9, using: &random)) }
    var invalid = 0
    for _ in 0..<10_000 {
      let (a, b, c) = (point(), point(), point())
      let share = Double.random(in: 0...1, using: &random)
      let shape = Polygons(rings: [[[a, b, c, Point(x: a.x + share * (b.x - a.x), y: a.y + share * (b.y - a.y))]]])
      let isValid = try isValid(shape)
      if !isValid { invalid += 1 }
      #expect(isValid || !screen.passes(shape), "\(shape)")
    }
    #expect(invalid > 2000)
  }

  @Test(arguments: 1...500) func thrownDown(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let shape = RepairTests.brokenPolygons(onWholeNumbers: seed.isMultiple(of: 2), using: &random)
    #expect(try !screen.passes(shape) || isValid(shape))
  }

  /// Stars, each spoiled a little: within some units in the last place of good or bad.
  @Test(arguments: [3...12, 13...40, 41...200]) func nearlySpoiled(corners: ClosedRange<Int>) throws {
    var random = SeededGenerator(seed: UInt64(corners.lowerBound))
    var (valid, invalid, passed) = (0, 0, 0)
    for _ in 0..<3000 {
      let place = [Point(x: 0, y: 0), Point(x: 114.1, y: 30.2), Point(x: 38_500_000, y: 3_300_000)]
        .randomElement(using: &random)!
      let shape = Self.spoiled(corners: corners, at: place, radius: place.x == 114.1 ? 0.001 : 100, using: &random)
      let isValid = try isValid(shape)
      if isValid { valid += 1 } else { invalid += 1 }
      guard screen.passes(shape) else { continue }
      passed += 1
      #expect(isValid, "\(shape)")
    }
    #expect(valid > 800 && invalid > 800 && passed > valid / 2, "\(valid) valid, \(invalid) not, \(passed) passed")
  }

  private static func star(
    _ count: Int, around center: Point, radius: Double, using random: inout SeededGenerator
  ) -> [Point] {
    (0..<count).map { step in
      let angle = 2 * .pi * (Double(step) + .random(in: 0...0.9, using: &random)) / Double(count)
      let reach = radius * .random(in: 0.6...1, using: &random)
      return Point(x: center.x + reach * cos(angle), y: center.y + reach * sin(angle))
    }
  }

  private static func spoiled(
    corners: ClosedRange<Int>, at center: Point, radius: Double, using random: inout SeededGenerator
  ) -> Polygons {
    func near(_ number: Double) -> Double {
      number + number.ulp * Double([-8, -2, -1, 0, 0, 0, 1, 2, 8].randomElement(using: &random)!)
    }
    func near(_ point: Point) -> Point { Point(x: near(point.x), y: near(point.y)) }
    func between(_ a: Point, _ b: Point) -> Point {
      let share = [0, 0.5, 1, .random(in: 0...1, using: &random)].randomElement(using: &random)!
      return near(Point(x: a.x + share * (b.x - a.x), y: a.y + share * (b.y - a.y)))
    }
    let count = Int.random(in: corners, using: &random)
    var ring = star(count, around: center, radius: radius, using: &random)
    let (i, j) = (Int.random(in: 0..<count, using: &random), Int.random(in: 0..<count, using: &random))
    /// A point somewhere on the outline, or nearly.
    let touching = between(ring[i], ring[(i + 1) % count])
    let elsewhere = Point(
      x: center.x + .random(in: -1.5 * radius...1.5 * radius, using: &random),
      y: center.y + .random(in: -1.5 * radius...1.5 * radius, using: &random))
    let other = star(Int.random(in: 3...9, using: &random), around: elsewhere, radius: radius / 5, using: &random)
    switch Int.random(in: 0..<13, using: &random) {
    case 0: ring.reverse()
    case 1: ring.insert(ring[i], at: i)
    case 2: ring.swapAt(i, (i + 1) % count)
    case 3: ring[j] = touching
    case 4: ring.insert(touching, at: i + 1)
    // There and back, or nearly.
    case 5: ring.insert(contentsOf: [between(center, ring[i]), near(ring[i])], at: i + 1)
    case 6: ring.insert(contentsOf: [between(ring[i], ring[(i + 1) % count]), near(ring[i])], at: i + 1)
    case 7: return Polygons(rings: [[ring, other]])
    case 8: return Polygons(rings: [[ring], [other]])
    case 9: return Polygons(rings: [[ring, other.map { near($0) }, other + [touching]]])
    case 10: return Polygons(rings: [[ring], other.isEmpty ? [] : [other + [touching]]])
    case 11: return Polygons(rings: [[ring], [ring.map { near($0) }]])
    default:
      let inside = star(5, around: center, radius: radius / 2, using: &random)
      let within = star(5, around: center, radius: radius / 4, using: &random)
      return Polygons(rings: Bool.random(using: &random) ? [[ring, inside, within]] : [[ring, inside], [within]])
    }
    return Polygons(rings: [[ring]])
  }

  // MARK: What is ordinary passes

  @Test(arguments: [3, 4, 24, 32, 33, 40, 300, 3000]) func stars(corners: Int) throws {
    var random = SeededGenerator(seed: UInt64(corners))
    for _ in 0..<max(4, 1200 / corners) {
      let center = Point(x: 38_500_000, y: 3_300_000)
      let ring = Self.star(corners, around: center, radius: 500, using: &random)
      // So few corners may leave no room for holes about the center.
      guard corners > 4 else {
        #expect(screen.passes(Polygons(rings: [[ring]])))
        continue
      }
      let holes = [-200.0, 0, 200].map { shift in
        Self.star(7, around: Point(x: center.x + shift, y: center.y), radius: 50, using: &random)
      }
      let part = Self.star(30, around: Point(x: center.x, y: center.y + 2000), radius: 500, using: &random)
      let shape = Polygons(
        rings: corners < 24
          ? [[ring]] : [[ring] + holes, [part.reversed()], [part.map { Point(x: $0.x + 1500, y: $0.y) }]])
      #expect(screen.passes(shape))
      #expect(try isValid(shape))
    }
  }

  /// Level and upright edges, corners within straight lines, repeated corners, and after all that was left to GEOS.
  @Test func straightLines() {
    #expect(!screen.passes(polygons(wkt: "POLYGON ((0 0, 2 2, 2 0, 0 2, 0 0))")))
    for wkt in [
      "POLYGON ((0 0, 1 0, 2 0, 4 0, 4 4, 3 4, 3 1, 2 1, 2 4, 1 4, 1 3, 0 3, 0 0))",
      "POLYGON ((0 0, 0 0, 3 1, 6 2, 6 2, 4 8, 1 7, 1 7, -2 6, -1 3, 0 0))",
      "MULTIPOLYGON (((0 0, 9 0, 9 9, 0 9, 0 0), (1 1, 1 2, 2 2, 2 1, 1 1), (3 1, 3 2, 4 2, 4 1, 3 1)), "
        + "((10 0, 12 0, 12 9, 10 9, 10 0)))",
    ] {
      #expect(screen.passes(polygons(wkt: wkt)), "\(wkt)")
    }
    #expect(screen.passes(Polygons()))
  }
}
