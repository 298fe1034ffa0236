import Geodata
import ParcelTesting
import Testing

@testable import Spatial

@Suite struct TransformationTests {
  /// On the central meridian the northing is the length of the meridian arc. Source of the arcs: tables of GRS 80,
  /// whose ellipsoid differs from CGCS2000 by 0.1 mm in b.
  @Test(arguments: [
    (4526, 38_500_000.0, 30.0, 3_320_113.398), (4547, 500_000, 30, 3_320_113.398),
    (4526, 38_500_000, 45, 4_984_944.378),
    (4547, 500_000, 45, 4_984_944.378), (4526, 38_500_000, 0, 0),
  ])
  func knownPoints(epsg: Int32, easting: Double, latitude: Double, northing: Double) throws {
    let transformation = try Transformation(from: .cgcs2000, to: CoordinateReference(epsg: epsg))
    let point = try transformation(square(114, latitude, side: 0.001)).points[0]
    #expect(abs(point.x - easting) < 1e-6)
    #expect(abs(point.y - northing) < 2e-3)
  }

  @Test(arguments: [Int32(4526), 4547]) func thereAndBack(epsg: Int32) throws {
    let plane = CoordinateReference(epsg: epsg)
    let polygons = square(113.2, 27.7, side: 0.7)
    let flat = try Transformation(from: .cgcs2000, to: plane)(polygons)
    let back = try Transformation(from: plane, to: .cgcs2000)(flat)
    #expect(flat.points[0].y > 3e6)
    for (p, q) in zip(polygons.points, back.points) {
      #expect(abs(p.x - q.x) < 1e-11)
      #expect(abs(p.y - q.y) < 1e-11)
    }
  }

  @Test func prefixedAndUnprefixedDifferByTheZone() throws {
    let polygons = square(113.2, 27.7, side: 0.7)
    let prefixed = try Transformation(from: .cgcs2000, to: CoordinateReference(epsg: 4526))(polygons)
    let plain = try Transformation(from: .cgcs2000, to: CoordinateReference(epsg: 4547))(polygons)
    for (p, q) in zip(prefixed.points, plain.points) {
      #expect(abs(p.x - q.x - 38_000_000) < 1e-6)
      #expect(abs(p.y - q.y) < 1e-6)
    }
  }

  @Test func impossiblePointsThrow() throws {
    let transformation = try Transformation(from: .cgcs2000, to: CoordinateReference(epsg: 4526))
    #expect(throws: SpatialError.self) { try transformation(square(114, 95, side: 1)) }
    #expect(throws: SpatialError.self) {
      try transformation(Polygons(rings: [[[Point(x: .nan, y: 30), Point(x: 1, y: 1), Point(x: 2, y: 1)]]]))
    }
  }

  @Test func unknownSystemsThrow() {
    #expect(throws: SpatialError.self) { try Transformation(from: .cgcs2000, to: CoordinateReference(epsg: 1)) }
  }

  @Test func samePointsInTheSameSystem() throws {
    let transformation = try Transformation(from: .cgcs2000, to: .cgcs2000)
    let polygons = square(114.123456789, 27.7, side: 0.7)
    #expect(try transformation(polygons) == polygons)
    #expect(transformation.operation == nil)
    #expect(throws: SpatialError.self) { try transformation.transform([Point(x: 114, y: .nan)]) }
  }

  /// PROJ is the oracle: random points of every zone, and those on its edges and on the equator.
  @Test(arguments: Int32(4491)...4554) func formulaAgreesWithPROJ(epsg: Int32) throws {
    let plane = CoordinateReference(epsg: epsg)
    guard case .gaussKruger(let width, let meridian, _) = plane.kind else { throw NotAZone(epsg: epsg) }
    var random = SeededGenerator(seed: UInt64(epsg))
    var points: [Point] = []
    for _ in 0..<300 {
      points.append(
        Point(x: .random(in: -5.9999...5.9999, using: &random), y: .random(in: -79.9...79.9, using: &random)))
      points.append(Point(x: .random(in: -3...3, using: &random), y: .random(in: 3...54, using: &random)))
    }
    for x in [-Double(width) / 2, 0, Double(width) / 2] {
      for y in [0, 18, 30, 53.5] { points.append(Point(x: x, y: y)) }
    }
    for index in points.indices { points[index].x += Double(meridian) }

    let forward = try Transformation(from: .cgcs2000, to: plane)
    let flat = try forward.transform(points)
    for (ours, theirs) in zip(flat, try ProjOperation(from: .cgcs2000, to: plane).transform(points)) {
      #expect(abs(ours.x - theirs.x) < 1e-7 && abs(ours.y - theirs.y) < 1e-7, "\(ours) \(theirs)")
    }
    let inverse = try Transformation(from: plane, to: .cgcs2000)
    let back = try inverse.transform(flat)
    for (ours, theirs) in zip(back, try ProjOperation(from: plane, to: .cgcs2000).transform(flat)) {
      #expect(abs(ours.x - theirs.x) < 1e-12 && abs(ours.y - theirs.y) < 1e-12, "\(ours) \(theirs)")
    }
    #expect(forward.operation == nil && inverse.operation == nil, "PROJ was not needed")
  }

  struct NotAZone: Error { var epsg: Int32 }

  /// Far from the meridian PROJ decides, point by point: what else is moved with a point does not change its bits.
  @Test func pointsOutOfReachAreLeftToPROJ() throws {
    let plane = CoordinateReference(epsg: 4526)
    let points = [
      Point(x: 114.5, y: 30), Point(x: 121, y: 30), Point(x: 113, y: 81), Point(x: 481, y: 30), Point(x: 107, y: -20),
    ]
    let transformation = try Transformation(from: .cgcs2000, to: plane)
    let flat = try transformation.transform(points)
    let theirs = try ProjOperation(from: .cgcs2000, to: plane).transform(points)
    #expect(flat[1...] == theirs[1...])
    #expect(flat[0] == (try transformation.transform([points[0]])[0]))

    let inverse = try Transformation(from: plane, to: .cgcs2000)
    let back = try inverse.transform(flat)
    #expect(back[1...] == (try ProjOperation(from: plane, to: .cgcs2000).transform(flat))[1...])
    #expect(back[0] == (try inverse.transform([flat[0]])[0]))
  }

  @Test func wordsOfAFailureNameThePoint() throws {
    let transformation = try Transformation(from: .cgcs2000, to: CoordinateReference(epsg: 4526))
    #expect {
      try transformation.transform([Point(x: 114, y: 30), Point(x: 114, y: 95)])
    } throws: { error in
      guard case SpatialError.notTransformed(_, _, let words) = error else { return false }
      return words.hasPrefix("(114.0, 95.0) ") && words.count > 20
    }
  }
}
