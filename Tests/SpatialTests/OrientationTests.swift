import Geodata
import ParcelTesting
import Testing

@testable import Spatial

@Suite struct OrientationTests {
  /// How three points lie that are hard to tell apart or not.
  enum Triple: CaseIterable {
    /// Anywhere in a county, and so near one another that all differences are exact.
    case ordinary, neighbours
    /// A third point on the line through two others, but for its own rounding and a few units in the last place.
    case nearLine, nearLineAcrossMeridian, nearLineFarApart
    /// Exactly on one line.
    case onLine, repeated, level
    /// Coordinates from 2⁻⁴⁰⁰ to 2⁴⁰⁰ and zero, of one magnitude and of many.
    case tiny, huge, mixed, withZero
  }

  static func points(_ triple: Triple, using random: inout SeededGenerator) -> (Point, Point, Point) {
    func county() -> Point {
      Point(x: .random(in: 60_000...100_000, using: &random), y: .random(in: 3_040_000...3_080_000, using: &random))
    }
    func nearLine(_ a: Point, _ b: Point, share: ClosedRange<Double>) -> (Point, Point, Point) {
      let share = Double.random(in: share, using: &random)
      let c = Point(x: a.x + share * (b.x - a.x), y: a.y + share * (b.y - a.y))
      func pushed(_ number: Double) -> Double { number + number.ulp * Double(Int.random(in: -3...3, using: &random)) }
      return (a, b, Point(x: pushed(c.x), y: pushed(c.y)))
    }
    func anywhere(_ exponents: ClosedRange<Int>) -> Point {
      func number() -> Double {
        let significand = Double.random(in: 1..<2, using: &random) * (Bool.random(using: &random) ? 1 : -1)
        return Double(sign: .plus, exponent: .random(in: exponents, using: &random), significand: significand)
      }
      return Point(x: number(), y: number())
    }
    switch triple {
    case .ordinary: return (county(), county(), county())
    case .neighbours:
      let a = county()
      func neighbour() -> Point {
        Point(x: a.x + .random(in: -50...50, using: &random), y: a.y + .random(in: -50...50, using: &random))
      }
      return (a, neighbour(), neighbour())
    case .nearLine: return nearLine(county(), county(), share: -1...2)
    case .nearLineAcrossMeridian:
      func across() -> Point {
        Point(x: .random(in: -50...50, using: &random), y: .random(in: 3_061_950...3_062_050, using: &random))
      }
      return nearLine(across(), across(), share: -1...2)
    case .nearLineFarApart: return nearLine(county(), county(), share: -1e9...1e9)
    case .onLine:
      let (a, step) = (
        Point(x: 80_000, y: 3_062_000),
        (Int.random(in: -99...99, using: &random), Int.random(in: -99...99, using: &random))
      )
      func point() -> Point {
        let along = Int.random(in: -999...999, using: &random)
        return Point(x: a.x + Double(along * step.0) * 0x1p-10, y: a.y + Double(along * step.1) * 0x1p-10)
      }
      return (point(), point(), point())
    case .repeated:
      let (a, b) = (anywhere(-400...399), anywhere(-400...399))
      return [(a, a, b), (a, b, a), (b, a, a), (a, a, a)].randomElement(using: &random) ?? (a, a, a)
    case .level:
      let (a, b, c) = (anywhere(-400...399), anywhere(-400...399), anywhere(-400...399))
      return (a, Point(x: b.x, y: a.y), Point(x: c.x, y: a.y))
    case .tiny: return nearLine(anywhere(-398 ... -396), anywhere(-398 ... -396), share: 0.25...0.75)
    case .huge: return nearLine(anywhere(390...398), anywhere(390...398), share: 0.25...0.75)
    case .mixed: return (anywhere(-400...399), anywhere(-400...399), anywhere(-400...399))
    case .withZero:
      func sometimesZero(_ point: Point) -> Point {
        Point(x: Bool.random(using: &random) ? 0 : point.x, y: Bool.random(using: &random) ? 0 : point.y)
      }
      let (a, b, c) = nearLine(anywhere(-20...20), anywhere(-20...20), share: 0...1)
      return (sometimesZero(a), sometimesZero(b), sometimesZero(c))
    }
  }

  static func sign(_ number: Double) -> Int { number > 0 ? 1 : number < 0 ? -1 : 0 }

  @Test(arguments: Triple.allCases) func signsAreExact(_ triple: Triple) {
    var random = SeededGenerator(seed: 1)
    for _ in 0..<400 {
      let (a, b, c) = Self.points(triple, using: &random)
      let exact = ExactOrientation.sign(a, b, c)
      #expect(Self.sign(Orientation.turn(a, b, c)) == exact)
      // Each stage is right by itself, whoever calls it.
      #expect(Self.sign(Orientation.exactTurn(a, b, c)) == exact)
      #expect(Self.sign(Orientation.expandedTurn(a, b, c)) == exact)
      #expect(Self.sign(Orientation.turn(b, c, a)) == exact)
      #expect(Self.sign(Orientation.turn(c, a, b)) == exact)
      #expect(Self.sign(Orientation.turn(b, a, c)) == -exact)
      #expect(Self.sign(Orientation.turn(a, c, b)) == -exact)
    }
  }

  /// The triples above reach every stage with every answer; else the test above would prove less than it says.
  @Test func everyStageIsReached() {
    var random = SeededGenerator(seed: 1)
    var reached: Set<String> = []
    for triple in Triple.allCases {
      for _ in 0..<400 {
        let (a, b, c) = Self.points(triple, using: &random)
        let left = (a.x - c.x) * (b.y - c.y)
        let right = (a.y - c.y) * (b.x - c.x)
        let differences = [(a.x, c.x), (a.y, c.y), (b.x, c.x), (b.y, c.y)]
        let stage =
          if abs(left - right) > Orientation.bound * (abs(left) + abs(right)) {
            "filter"
          } else if differences.allSatisfy({ Orientation.difference($0.0, $0.1).error == 0 }) {
            left == right ? "errors of products" : "products"
          } else {
            "expansion"
          }
        reached.insert("\(stage) \(ExactOrientation.sign(a, b, c))")
      }
    }
    let stages = ["errors of products", "products", "expansion"].flatMap { stage in
      (-1...1).map { "\(stage) \($0)" }
    }
    #expect(reached == Set(stages + ["filter 1", "filter -1"]).subtracting(["products 0"]))
  }

  /// What the measure of whole numbers itself is worth.
  @Test func exactSignsOfKnownTriples() {
    let (o, e) = (Point(x: 0, y: 0), Point(x: 1, y: 0))
    #expect(ExactOrientation.sign(o, e, Point(x: 0, y: 0x1p-400)) == 1)
    #expect(ExactOrientation.sign(o, e, Point(x: 0x1p400, y: -0x1p-400)) == -1)
    #expect(ExactOrientation.sign(o, e, Point(x: -0x1p400, y: 0)) == 0)
    // 3 · (1/3 as rounded) is not 1: the third point lies a hair off the line.
    let third = 1.0 / 3
    #expect(ExactOrientation.sign(o, Point(x: 3, y: 1), Point(x: 1, y: third)) == -1)
    #expect(ExactOrientation.sign(o, Point(x: 3, y: 1), Point(x: 1, y: third.nextUp)) == 1)
    let (a, b) = (Point(x: 0x1p53, y: 0x1p53), Point(x: 0x1p53 + 2, y: 0x1p53 + 2))
    #expect(ExactOrientation.sign(a, b, Point(x: 0.5, y: 0.5)) == 0)
    #expect(ExactOrientation.sign(a, b, Point(x: 0.5, y: 0.5.nextUp)) == 1)
  }

  /// Moved by the same whole metres, the points keep their turn to the bit.
  @Test func turnsDoNotDependOnThePlace() {
    var random = SeededGenerator(seed: 2)
    for _ in 0..<200 {
      func point() -> Point {
        Point(
          x: Double(Int.random(in: 0...999, using: &random)) * 0x1p-10,
          y: Double(Int.random(in: 0...999, using: &random)) * 0x1p-10)
      }
      let (a, b, c) = (point(), point(), point())
      func moved(_ point: Point) -> Point { Point(x: point.x + 80_000, y: point.y + 3_062_000) }
      #expect(Orientation.turn(a, b, c) == Orientation.turn(moved(a), moved(b), moved(c)))
    }
  }
}
