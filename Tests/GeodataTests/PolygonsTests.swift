import Geodata
import Testing

@Suite struct PolygonsTests {
  static let corners = [Point(x: 0, y: 0), Point(x: 2, y: 0), Point(x: 2, y: 2)]

  @Test(arguments: [
    ([[0, 1, 2]], 0), ([[0, 1, 2, 0]], 0), ([[0, 1, 1, 2]], 1), ([[0, 0, 1, 2]], 1), ([[0, 1, 2, 0, 0]], 1),
    ([[0, 1, 1, 1, 2, 2]], 3), ([[0, 1, 2], [0, 1, 2]], 0), ([[0, 1, 1, 2], [0, 0, 1, 2]], 2), ([[0, 1, 0, 1, 2]], 0),
  ])
  func countsRepeatedPoints(rings: [[Int]], count: Int) {
    let polygons = Polygons(rings: [rings.map { $0.map { Self.corners[$0] } }])
    #expect(polygons.duplicateVertices == count)
  }

  @Test func appendsWholePolygons() {
    let ring = Self.corners
    let moved = ring.map { Point(x: $0.x + 10, y: $0.y) }
    var polygons = Polygons(rings: [[ring, moved]])
    polygons.append(Polygons())
    polygons.append(Polygons(rings: [[moved], [ring, ring]]))
    #expect(polygons == Polygons(rings: [[ring, moved], [moved], [ring, ring]]))
    #expect(polygons.ring(2) == moved + [moved[0]])
  }

  @Test func finishedColumnsAreTheSamePolygons() {
    let polygons = Polygons(rings: [[Self.corners, Self.corners], [Self.corners]])
    let same = Polygons(points: polygons.points, ringEnds: [4, 8, 12], polygonEnds: [2, 3])
    #expect(same == polygons)
    #expect(Polygons(points: [], ringEnds: [], polygonEnds: []) == Polygons())
  }

  @Test func columnsThatDoNotFitStopTheProgram() async {
    await #expect(processExitsWith: .failure) {
      _ = Polygons(points: [Point(x: 0, y: 0)], ringEnds: [], polygonEnds: [])
    }
    await #expect(processExitsWith: .failure) {
      _ = Polygons(points: [Point(x: 0, y: 0)], ringEnds: [1], polygonEnds: [])
    }
  }
}
