import Foundation
import Geodata
import ParcelTesting
import Testing

@testable import Spatial

@Suite struct EqualAreaPlaneTests {
  /// The closed form, which in doubles is itself rounded by three units of the last place of 6·10⁶ m.
  @Test func heightsAreThoseOfTheClosedForm() {
    let e = Ellipsoid.e2.squareRoot()
    for step in -9000...9000 {
      let latitude = Double(step) / 100 * (.pi / 180)
      let s = sin(latitude)
      let height = Ellipsoid.a * (1 - Ellipsoid.e2) * (s / (1 - Ellipsoid.e2 * s * s) + atanh(e * s) / e) / 2
      #expect(abs(Ellipsoid.authalicHeight(latitude) - height) < 3e-9, "\(latitude)")
      #expect(abs(Ellipsoid.latitude(ofHeight: height) - latitude) < 1e-9 || abs(step) > 8990)
    }
  }

  /// The bound of `EqualAreaPlane` stands on this.
  @Test func noLengthIsDrawnLongerThanTheGreatestScale() throws {
    let zone = try #require(GaussKruger(CoordinateReference(epsg: 4547)))
    var greatest = 0.0
    for longitude in stride(from: 108.001, through: 119.999, by: 0.333) {
      for latitude in stride(from: -79.999, through: 79.999, by: 1.77) {
        let step = 1e-4
        for north in [false, true] {
          let half = (x: north ? 0 : step / 2, y: north ? step / 2 : 0)
          let ends = [
            Point(x: longitude - half.x, y: latitude - half.y), Point(x: longitude + half.x, y: latitude + half.y),
          ]
          var drawn = ends
          zone.forward(&drawn)
          let stretch = hypot(drawn[1].x - drawn[0].x, drawn[1].y - drawn[0].y) / length(ends[0], ends[1])
          greatest = max(greatest, stretch)
        }
      }
    }
    #expect(greatest > 1.005)
    #expect(greatest < GaussKruger.greatestScale)
  }

  /// Metres on the ellipsoid of a short way along a meridian or a parallel.
  private func length(_ p: Point, _ q: Point) -> Double {
    let latitude = (p.y + q.y) / 2 * (.pi / 180)
    let w = 1 - Ellipsoid.e2 * sin(latitude) * sin(latitude)
    let meridian = Ellipsoid.a * (1 - Ellipsoid.e2) / (w * w.squareRoot()) * (q.y - p.y) * (.pi / 180)
    let parallel = Ellipsoid.a / w.squareRoot() * cos(latitude) * (q.x - p.x) * (.pi / 180)
    return hypot(meridian, parallel)
  }

  /// Edges that are just not, just, and clearly too long, in all directions, within reach of the zone's meridian:
  /// as many parts as where every edge is measured in the plane, the same bits, and from both ends.
  @Test(arguments: [25, 38, 45]) func edgesAreSplitAsIfAllWereMeasured(number: Int) throws {
    let zone = try #require(WorkingZone(number))
    let plane = try EqualAreaPlane(zone: zone)
    let toPlane = try Transformation(from: .cgcs2000, to: zone.prefixedReference)
    let fromPlane = try Transformation(from: zone.prefixedReference, to: .cgcs2000)
    var random = SeededGenerator(seed: UInt64(number))
    let lengths = [70.0, 140, 210].flatMap { length in [-1e-6, -1e-7, 0, 1e-7, 1e-6, 0.01].map { length + $0 } }
    let others = [0, 1e-6, 1, 50, 69, 69.5, 71, 500]
    var parts: Set<Int> = []
    for round in 0..<120 {
      let china = round.isMultiple(of: 2)
      let x = Double.random(in: china ? -1.6...1.6 : -5.99...5.99, using: &random) + Double(zone.centralMeridian)
      let y = Double.random(in: china ? 3...54 : -79...79, using: &random)
      let start = try toPlane.transform([Point(x: x, y: y)])[0]
      for length in lengths + others {
        let angle = Double.random(in: 0...(2 * .pi), using: &random)
        let end = Point(x: start.x + length * cos(angle), y: start.y + length * sin(angle))
        let edge = try fromPlane.transform([start, end])
        let flat = try toPlane.transform(edge)
        var between: [Point] = []
        let count = EqualAreaPlane.split(flat[0], flat[1], into: &between)
        between = try fromPlane.transform(between)
        parts.insert(count + 1)
        #expect(count == 0 || between.count == count)
        let expected = [edge[0]] + between + [edge[1]] + between.reversed() + [edge[0]]
        let there = try plane.split(Polygons(rings: [[[edge[0], edge[1], edge[0]]]]))
        #expect(there.points == expected, "\(length) m at \(x), \(y)")
      }
    }
    #expect(parts == [1, 2, 3, 4, 8])
  }

  /// Every edge through PROJ, ring by ring: the way that `place` shortens.
  private func placedByPROJ(_ polygons: Polygons, _ zone: WorkingZone) throws -> Polygons {
    let toPlane = try ProjOperation(from: .cgcs2000, to: zone.prefixedReference)
    let fromPlane = try ProjOperation(from: zone.prefixedReference, to: .cgcs2000)
    var result = Polygons()
    for polygon in 0..<polygons.polygonCount {
      for ring in polygons.rings(ofPolygon: polygon) {
        let given = polygons.ring(ring)
        let flat = try toPlane.transform(given)
        var points: [Point] = []
        for index in given.indices {
          points.append(given[index])
          guard index + 1 < given.count else { continue }
          var between: [Point] = []
          _ = EqualAreaPlane.split(flat[index], flat[index + 1], into: &between)
          points += try fromPlane.transform(between)
        }
        result.add(ring: points)
      }
      result.endPolygon()
    }
    return result.map { point in
      Point(
        x: Ellipsoid.a * ((point.x - Double(zone.centralMeridian)) * (.pi / 180)),
        y: Ellipsoid.authalicHeight(point.y * (.pi / 180)))
    }
  }

  /// Rings of edges from centimetres to kilometres, with holes and in several polygons: the same rings, every point
  /// within 1e-7 m, the same area to 1e-9 of it.
  @Test(arguments: 1...6, [0.0001, 0.0004, 0.002]) func placesAsPROJDoes(seed: Int, size: Double) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let zone = try #require(WorkingZone(38))
    let plane = try EqualAreaPlane(zone: zone)
    func ring(_ x: Double, _ y: Double, _ radius: Double) -> [Point] {
      (0..<12).map { corner in
        let angle = Double(corner) * .pi / 6
        let far = radius * Double.random(in: 0.7...1, using: &random)
        return Point(x: x + far * cos(angle), y: y + far * sin(angle))
      }
    }
    let rings = (0..<4).map { polygon in
      let (x, y) = (113.1 + Double(polygon) * 0.02, 27.7 + Double(polygon) * 0.01)
      return [ring(x, y, size)] + (0..<polygon).map { _ in ring(x, y, size / 10) }
    }
    let polygons = Polygons(rings: rings)
    let placed = try plane.place(polygons)
    let expected = try placedByPROJ(polygons, zone)
    #expect(placed.points.count > polygons.points.count || size < 0.002)
    #expect(placed.ringEnds == expected.ringEnds)
    #expect(placed.polygonEnds == expected.polygonEnds)
    for (p, q) in zip(placed.points, expected.points) { #expect(abs(p.x - q.x) < 1e-7 && abs(p.y - q.y) < 1e-7) }
    let area = EqualAreaPlane.area(of: expected)
    #expect(abs(EqualAreaPlane.area(of: placed) - area) < max(1e-9 * area, 1e-6))
    let back = plane.unplace(placed)
    for (p, q) in zip(back.points, try plane.split(polygons).points) {
      #expect(abs(p.x - q.x) < 1e-12 && abs(p.y - q.y) < 1e-12)
    }
  }

  /// Where the series do not reach, PROJ measures all edges.
  @Test func farPolygonsAreSplitToo() throws {
    let zone = try #require(WorkingZone(38))
    let polygons = square(125, 30, side: 0.002)
    #expect(try EqualAreaPlane(zone: zone).place(polygons).points == placedByPROJ(polygons, zone).points)
  }

  @Test(arguments: [Point(x: 114, y: 95), Point(x: .nan, y: 30), Point(x: 114, y: .infinity)])
  func impossiblePointsThrow(point: Point) throws {
    let plane = try EqualAreaPlane(zone: #require(WorkingZone(38)))
    let polygons = Polygons(rings: [[[Point(x: 114, y: 30), Point(x: 114.0001, y: 30), point]]])
    #expect(throws: SpatialError.self) { try plane.place(polygons) }
  }
}
