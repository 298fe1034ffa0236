import Foundation
import Geodata
import ParcelTesting
import Spatial
import Testing

@Suite struct AreaTests {
  struct Vector: Decodable, Sendable, CustomTestStringConvertible {
    var id: String
    var wkt: String
    var gk3_zone: Int
    var area_formula_gk70m_densified_unrounded_m2: Double
    var area_karney_m2: Double
    var abs_densified_minus_karney_m2: Double
    var testDescription: String { id }
  }

  static let vectors: [Vector] = {
    struct File: Decodable { var vectors: [Vector] }
    guard let url = sharedFolder()?.appendingPathComponent("data/area_vectors.json"),
      let data = try? Data(contentsOf: url)
    else { return [] }
    return (try? JSONDecoder().decode(File.self, from: data).vectors) ?? []
  }()

  @Test(.enabled(if: sharedFolder() != nil, "needs ../shared"))
  func allVectorsAreThere() { #expect(Self.vectors.count == 34) }

  /// The polygons were measured by other programs, to 1e-6 m².
  @Test(arguments: vectors) func officialArea(_ vector: Vector) throws {
    let plane = try EqualAreaPlane(zone: #require(WorkingZone(vector.gk3_zone)))
    let polygons = polygons(wkt: vector.wkt)
    let area = EqualAreaPlane.area(of: try plane.place(polygons))
    let expected = vector.area_formula_gk70m_densified_unrounded_m2
    // 1e-9 m of a coordinate along 10 km of boundary is 1e-5 m².
    #expect(abs(area - expected) <= max(2e-5, 1e-10 * expected))

    let series = OfficialSeries.area(
      of: try plane.split(polygons), centralMeridian: Double(3 * vector.gk3_zone))
    #expect(abs(series - area) <= max(2e-6, 1e-10 * area))

    // Karney's edges are geodesics, ours are straight in the zone: compare after splitting ours.
    let tolerance = max(0.01, 2e-6 * area)
    #expect(abs(area - GeodesicArea.cgcs2000.area(of: try plane.split(polygons))) <= tolerance)
    #expect(abs(area - vector.area_karney_m2) <= tolerance)
    #expect(abs(GeodesicArea.cgcs2000.area(of: polygons) - vector.area_karney_m2) <= max(2e-6, 1e-11 * area))
  }

  @Test func planeAreaInTheZoneIsAnotherNumber() throws {
    let zone = try #require(WorkingZone(38))
    let polygons = square(112.95, 27.77, side: 0.01)
    let transformation = try Transformation(from: .cgcs2000, to: zone.prefixedReference)
    let flat = EqualAreaPlane.area(of: try transformation(polygons))
    let official = EqualAreaPlane.area(of: try EqualAreaPlane(zone: zone).place(polygons))
    #expect((flat / official - 1) > 1e-4)
    #expect((flat / official - 1) < 5e-4)
  }

  struct Planimeter: Decodable {
    var points_lat_lon: [[Double]]
    var area_m2: Double
    var tolerance_m2: Double
  }

  @Test(.enabled(if: sharedFolder() != nil, "needs ../shared"))
  func geodesicAreaOfOthersCases() throws {
    struct File: Decodable { var cases: [Planimeter] }
    let url = try #require(sharedFolder()).appendingPathComponent("corpora/geodesy/planimeter.json")
    let cases = try JSONDecoder().decode(File.self, from: Data(contentsOf: url)).cases
    #expect(cases.count == 12)
    for (index, item) in cases.enumerated() {
      let ring = item.points_lat_lon.map { Point(x: $0[1], y: $0[0]) }
      let area = GeodesicArea.wgs84.signedArea(ofRing: ring)
      #expect(abs(area - item.area_m2) <= item.tolerance_m2, "case \(index)")
      // A full turn of longitude comes back to the same place under another number, closing adds nothing.
      let closed = GeodesicArea.wgs84.signedArea(ofRing: ring + [ring[0]])
      #expect(abs(closed - area) <= item.tolerance_m2, "case \(index), closed")
    }
  }

  @Test func geodesicAreaHasTheSignOfItsDirection() {
    let ring = [Point(x: 114, y: 30), Point(x: 114.1, y: 30), Point(x: 114.1, y: 30.1), Point(x: 114, y: 30.1)]
    let area = GeodesicArea.cgcs2000.signedArea(ofRing: ring)
    #expect(area > 1e8)
    #expect(abs(GeodesicArea.cgcs2000.signedArea(ofRing: ring.reversed()) + area) < 1e-3)
  }

  @Test func holesAreTakenAway() throws {
    let plane = try EqualAreaPlane(zone: #require(WorkingZone(38)))
    let outer = square(114, 30, side: 0.01)
    let hole = square(114.002, 30.002, side: 0.003)
    let both = Polygons(rings: [[outer.points, hole.points]])
    let expected =
      EqualAreaPlane.area(of: try plane.place(outer)) - EqualAreaPlane.area(of: try plane.place(hole))
    #expect(abs(EqualAreaPlane.area(of: try plane.place(both)) - expected) < 1e-6)
  }

  /// Neighbours share an edge in opposite directions: the points between must be the same to the last bit.
  @Test(arguments: [UInt64(1), 2, 3]) func bothDirectionsGiveTheSameBits(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let plane = try EqualAreaPlane(zone: #require(WorkingZone(36)))
    for _ in 0..<20 {
      let ring = (0..<5).map { _ in
        Point(x: .random(in: 107.5...108.5, using: &random), y: .random(in: 38...39, using: &random))
      }
      let there = try plane.place(Polygons(rings: [[ring]]))
      let back = try plane.place(Polygons(rings: [[(ring + [ring[0]]).reversed()]]))
      #expect(there.points.count > 1000)
      #expect(there.points == back.points.reversed())
    }
  }

  @Test func edgesAreSplitAtSeventyMetres() throws {
    let zone = try #require(WorkingZone(38))
    let plane = try EqualAreaPlane(zone: zone)
    let transformation = try Transformation(from: .cgcs2000, to: zone.prefixedReference)
    let flat = Polygons(rings: [
      [
        [
          Point(x: 38_500_000, y: 3_000_000), Point(x: 38_500_069.9, y: 3_000_000),
          Point(x: 38_500_069.9, y: 3_000_210.5),
          Point(x: 38_500_000, y: 3_000_210.5),
        ]
      ]
    ])
    let back = try Transformation(from: zone.prefixedReference, to: .cgcs2000)
    let split = try transformation(plane.split(back(flat)))
    // 69.9 m stays whole, 210.5 m becomes four parts of 52.625 m.
    #expect(split.points.count == 4 + 1 + 3 + 3)
    for (p, q) in zip(split.points, split.points.dropFirst()) {
      let length = ((p.x - q.x) * (p.x - q.x) + (p.y - q.y) * (p.y - q.y)).squareRoot()
      #expect(abs(length - 69.9) < 1e-6 || abs(length - 52.625) < 1e-6)
    }
  }

  @Test func givenPointsKeepTheirBits() throws {
    let plane = try EqualAreaPlane(zone: #require(WorkingZone(38)))
    let polygons = square(114.123456789, 30.987654321, side: 0.01)
    let split = Set(try plane.split(polygons).points)
    #expect(split.count > 4)
    #expect(split.isSuperset(of: polygons.points))
  }
}
