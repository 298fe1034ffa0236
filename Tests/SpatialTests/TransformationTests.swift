import Geodata
import Spatial
import Testing

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
}
