import Foundation
import Geodata
import ParcelTesting
import Spatial
import Testing

/// The cases of the JTS Topology Suite for overlays and relations of areas, of which only valid areas count here.
@Suite(.enabled(if: sharedFolder() != nil, "needs ../shared")) struct OverlayCorpusTests {
  /// One operation on two areas, and what is stated of it.
  struct Case {
    let name: String
    let a: Polygons
    let b: Polygons
    let operation: Substring
    let answer: String
  }

  /// The files are plain enough to be read by their tags.
  static func cases(_ path: String) throws -> [Case] {
    let file = try #require(sharedFolder()).appendingPathComponent("corpora/geometry/\(path)")
    let text = try String(contentsOf: file, encoding: .utf8)
    let areas = /<a>\s*([^<]*?)\s*<\/a>\s*<b>\s*([^<]*?)\s*<\/b>/
    let operations = /<op\s([^>]*)>\s*([^<]*?)\s*<\/op>/
    let repair = Repair(GEOSContext())
    return try text.components(separatedBy: "<case>").dropFirst().flatMap { part -> [Case] in
      guard let (_, a, b) = part.firstMatch(of: areas)?.output, let a = polygons(String(a)),
        let b = polygons(String(b)),
        try repair.repair(a).record == nil, try repair.repair(b).record == nil
      else { return [] }
      let name = part.firstMatch(of: /<desc>\s*([^<]*?)\s*<\/desc>/).map { String($0.output.1) } ?? ""
      return part.matches(of: operations).map { match in
        Case(name: name, a: a, b: b, operation: match.output.1, answer: String(match.output.2))
      }
    }
  }

  /// Nothing for what is no area.
  static func polygons(_ text: String) -> Polygons? {
    guard text.hasPrefix("POLYGON") || text.hasPrefix("MULTIPOLYGON") else { return nil }
    return SpatialTests.polygons(wkt: text.split(whereSeparator: \.isWhitespace).joined(separator: " "))
  }

  @Test(arguments: [
    ("jts_general/TestOverlayAA.xml", 7), ("jts_general/TestNGOverlayA.xml", 10),
  ])
  func areasOfIntersections(path: String, least: Int) throws {
    var tried = 0
    for given in try Self.cases(path) where given.operation.contains("\"intersection") {
      // Of lines and points nothing is left, and of collections only the areas count.
      guard !given.answer.hasPrefix("GEOMETRYCOLLECTION") else { continue }
      let expected = EqualAreaPlane.area(of: Self.polygons(given.answer) ?? Polygons())
      let least = OverlapTests.smaller(given.a, given.b)
      #expect(abs(OverlapTests.overlap(given.a, given.b) - expected) <= 1e-9 * least, "\(given.name)")
      #expect(abs(OverlapTests.overlap(given.b, given.a) - expected) <= 1e-9 * least, "\(given.name)")
      tried += 1
    }
    #expect(tried >= least)
  }

  /// Where the insides meet, the matrix of a relation begins with 2; where it begins with F, there is nothing to measure.
  @Test(arguments: [
    ("jts_general/TestRelateAA.xml", 14), ("jts_validate/TestRelateAA.xml", 90),
  ])
  func insidesMeetWhereAnAreaIsShared(path: String, least: Int) throws {
    var tried = 0
    for given in try Self.cases(path) where given.operation.contains("\"relate\"") && given.answer == "true" {
      // Needles as long as numbers go share less than any rounding.
      guard !given.name.contains("skinny") else { continue }
      let (_, first) = try #require(given.operation.firstMatch(of: /arg3\s*=\s*"(.)/)).output
      let smaller = OverlapTests.smaller(given.a, given.b)
      for area in [OverlapTests.overlap(given.a, given.b), OverlapTests.overlap(given.b, given.a)] {
        #expect((area > 1e-9 * smaller) == (first == "2"), "\(given.name)")
        #expect(first == "2" || abs(area) <= 1e-12 * smaller, "\(given.name)")
      }
      tried += 1
    }
    #expect(tried >= least)
  }
}
