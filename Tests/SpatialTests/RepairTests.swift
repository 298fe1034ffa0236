import Geodata
import Spatial
import Testing

@Suite struct RepairTests {
  @Test func validPolygonsComeBackUntouched() throws {
    let polygons = Polygons(rings: [[square(114.1, 30.2, side: 0.1).points, square(114.12, 30.22, side: 0.01).points]])
    let result = try Repair(GEOSContext()).repair(polygons)
    #expect(result.reason == nil)
    #expect(result.polygons == polygons)
  }

  @Test(arguments: [
    ("bow-tie", "POLYGON ((0 0, 2 2, 2 0, 0 2, 0 0))", "Self-intersection", 2.0, 2),
    (
      "overlapping parts", "MULTIPOLYGON (((0 0, 2 0, 2 2, 0 2, 0 0)), ((1 0, 3 0, 3 2, 1 2, 1 0)))",
      "Self-intersection", 6, 1
    ),
    ("hole outside", "POLYGON ((0 0, 2 0, 2 2, 0 2, 0 0), (5 5, 6 5, 6 6, 5 6, 5 5))", "Hole lies outside shell", 5, 2),
    ("spike", "POLYGON ((0 0, 2 0, 2 2, 2 5, 2 2, 0 2, 0 0))", "Ring Self-intersection", 4, 1),
    ("a line there and back", "POLYGON ((0 0, 2 0, 4 0, 2 0, 0 0))", "", 0, 0),
    ("two points", "POLYGON ((0 0, 2 0, 0 0))", "Too few points", 0, 0),
    ("a hole of two points", "POLYGON ((0 0, 2 0, 2 2, 0 2, 0 0), (1 1, 1.5 1, 1 1))", "Too few points", 4, 1),
  ])
  func faults(_ name: String, wkt: String, reason: String, area: Double, parts: Int) throws {
    let context = GEOSContext()
    let (repaired, said) = try Repair(context).repair(polygons(wkt: wkt))
    #expect(try #require(said).hasPrefix(reason))
    #expect(EqualAreaPlane.area(of: repaired) == area)
    #expect(repaired.polygonCount == parts)
    #expect(try Repair(context).repair(repaired).reason == nil)
  }

  @Test func noPolygonsAreValid() throws {
    let result = try Repair(GEOSContext()).repair(Polygons())
    #expect(result.reason == nil)
    #expect(result.polygons.isEmpty)
  }
}
