import ArgumentParser
import Foundation
import Geodata
import ParcelTesting
import Spatial

struct OracleComparison: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "oracle",
    abstract: "Compares overlap areas with GEOS's overlay, and signs with exact whole numbers.",
    discussion: """
      Disagreement is a share of the smaller area of a pair. A third way is asked for one small pair in sixteen, and
      wherever GEOS disagrees by more than 1e-9: the areas as signed triangles from one point, cut with one another in
      80-bit numbers. Where the kernel disagrees with that by more than 1e-9, or a sign is wrong, the program fails.

        ParcelBenchmarks oracle --pairs 100000 --traced 20000 --seed 7
      """)

  @Option(help: "Pairs of all sorts in turn, but traced ones and large ones.")
  var pairs = 10_000

  @Option(help: "Pairs with borders in common or nearly so.")
  var traced = 2_000

  @Option(help: "Pairs of each sort of large shapes.")
  var large = 5

  @Option(help: "Nearly collinear triples of points.")
  var triples = 100_000

  @Option(help: "Another seed makes other shapes.")
  var seed: UInt64 = 1

  private static let tolerance = 1e-9

  /// Pairs of one sort as compared.
  private struct Tally {
    var pairs = 0
    var sharing = 0
    /// The worst disagreement with GEOS, and how often it is beyond `tolerance`.
    var worst = 0.0
    var beyond = 0
    /// The worst disagreement with `TriangleOverlay`, where that was asked.
    var triangles = 0.0
    /// The worst between the two orders of a pair.
    var asymmetry = 0.0
  }

  func run() throws {
    let context = GEOSContext()
    var tallies: [ShapeGenerator.Pair: Tally] = [:]
    let traced: [ShapeGenerator.Pair] = [.traced, .nearlyTraced, .halves]
    let large = ShapeGenerator.Pair.allCases.filter { !ShapeGenerator.Pair.small.contains($0) }
    let mixed = ShapeGenerator.Pair.small.filter { !traced.contains($0) }
    for (sorts, count) in [(mixed, pairs), (traced, self.traced), (large, self.large * large.count)] {
      var generators = ShapeGenerator.Place.allCases.enumerated().map { place in
        ShapeGenerator(seed: seed &* 1000 &+ UInt64(place.offset), place: place.element)
      }
      for number in 0..<count {
        let sort = sorts[number % sorts.count]
        let place = (number / sorts.count) % generators.count
        let (a, b) = generators[place].pair(sort)
        try compare(a, b, around: generators[place].place.origin, context, &tallies[sort, default: Tally()])
      }
    }
    var table = Table("pair", "pairs", "sharing", "from GEOS", "beyond 1e-9", "from triangles", "asymmetry")
    for sort in ShapeGenerator.Pair.allCases {
      guard let tally = tallies[sort] else { continue }
      table.add(
        sort.rawValue, "\(tally.pairs)", "\(tally.sharing)", String(format: "%.1e", tally.worst), "\(tally.beyond)",
        String(format: "%.1e", tally.triangles), String(format: "%.1e", tally.asymmetry))
    }
    table.print()
    let wrong = wrongSigns()
    print("\(triples) triples: \(wrong) wrong signs")
    if wrong > 0 || tallies.values.contains(where: { $0.triangles > Self.tolerance }) { throw ExitCode.failure }
  }

  private func compare(
    _ a: Polygons, _ b: Polygons, around place: Point, _ context: GEOSContext, _ tally: inout Tally
  ) throws {
    // GEOS loses digits far from the origin. To move these shapes there is exact.
    func near(_ polygons: Polygons) -> Polygons { polygons.map { Point(x: $0.x - place.x, y: $0.y - place.y) } }
    let (first, second) = (PolygonSet([a]), PolygonSet([b]))
    var meter = OverlapMeter()
    let area = meter.overlap(first, 0, second, 0)
    let smaller = min(EqualAreaPlane.area(of: a), EqualAreaPlane.area(of: b))
    let expected = EqualAreaPlane.area(of: try intersection(near(a), near(b), context))
    let disagreement = abs(area - expected) / smaller
    tally.pairs += 1
    if area > OverlapMeter.residue { tally.sharing += 1 }
    tally.asymmetry = max(tally.asymmetry, abs(area - meter.overlap(second, 0, first, 0)) / smaller)
    tally.worst = max(tally.worst, disagreement)
    if disagreement > Self.tolerance { tally.beyond += 1 }
    let isSmall = a.points.count + b.points.count < 500
    if disagreement > Self.tolerance || isSmall && tally.pairs % 16 == 0 {
      tally.triangles = max(tally.triangles, abs(area - TriangleOverlay.area(a, b)) / smaller)
    }
  }

  /// Points on a line through two others but for rounding, moved by a few units in the last place.
  private func wrongSigns() -> Int {
    var random = SeededGenerator(seed: seed)
    var wrong = 0
    for number in 0..<triples {
      let place = (number % 2 == 0 ? ShapeGenerator.Place.inCounty : .acrossMeridian).origin
      // From a parcel's size to a county's.
      let reach = Double(sign: .plus, exponent: .random(in: 0...16, using: &random), significand: 1)
      func point() -> Point {
        Point(
          x: place.x + .random(in: -reach...reach, using: &random),
          y: place.y + .random(in: -reach...reach, using: &random))
      }
      func pushed(_ number: Double) -> Double { number + number.ulp * Double(Int.random(in: -2...2, using: &random)) }
      let (a, b, share) = (point(), point(), Double.random(in: -1...2, using: &random))
      let c = Point(x: pushed(a.x + share * (b.x - a.x)), y: pushed(a.y + share * (b.y - a.y)))
      let turn = Orientation.turn(a, b, c)
      if (turn > 0 ? 1 : turn < 0 ? -1 : 0) != ExactOrientation.sign(a, b, c) { wrong += 1 }
    }
    return wrong
  }
}
