import Geodata
import Testing

@Suite struct AreaTests {
  @Test(arguments: [
    (0.0, Int64(0)), (0.125, 13), (-0.125, -13), (1234.5, 123_450), (0.004, 0), (-0.004, 0), (0.375, 38),
  ])
  func roundsHalfAwayFromZero(value: Double, hundredths: Int64) {
    #expect(SquareMeters(rounding: value).hundredths == hundredths)
    #expect(Mu(rounding: value).hundredths == hundredths)
  }

  /// 1 亩 = 2000/3 m²: 0.01 亩 is 6.67 m², and half of that rounds up.
  @Test(arguments: [
    (Int64(0), Int64(0)), (666_67, 100), (666_66, 100), (3_33, 0), (3_34, 1), (10_00, 2), (9_99, 1), (-10_00, -2),
    (-9_99, -1), (2000_00, 300), (1_000_000_00, 1_500_00),
  ])
  func muOfSquareMeters(square: Int64, mu: Int64) {
    #expect(Mu(SquareMeters(hundredths: square)).hundredths == mu)
  }

  @Test(arguments: [(Int64(100), Int64(666_67)), (300, 2000_00), (1, 6_67), (-1, -6_67), (2, 13_33), (0, 0)])
  func squareMetersOfMu(mu: Int64, square: Int64) {
    #expect(SquareMeters(Mu(hundredths: mu)).hundredths == square)
  }

  @Test func everyMuComesBackFromSquareMeters() {
    for hundredths in Int64(-2000)...2000 {
      #expect(Mu(SquareMeters(Mu(hundredths: hundredths))).hundredths == hundredths)
    }
  }

  @Test(arguments: [
    (Int64(7), Int64(2), Int64(4)), (-7, 2, -4), (7, -2, -4), (-7, -2, 4), (6, 4, 2), (5, 4, 1), (-5, 4, -1), (0, 3, 0),
    (1, 3, 0), (2, 3, 1), (.max, 1, .max),
  ])
  func roundedQuotients(dividend: Int64, divisor: Int64, quotient: Int64) {
    #expect(roundedQuotient(dividend, by: divisor) == quotient)
  }

  @Test(arguments: [
    (Int64(0), "0.00"), (5, "0.05"), (-5, "-0.05"), (123_450, "1234.50"), (-100, "-1.00"),
    (.min, "-92233720368547758.08"),
  ])
  func decimals(hundredths: Int64, text: String) {
    #expect(decimal(hundredths: hundredths) == text)
    #expect(SquareMeters(hundredths: hundredths).description == text)
    #expect(Mu(hundredths: hundredths).description == text)
  }

  @Test func sumsAreExact() {
    let tenth = SquareMeters(rounding: 0.1)
    #expect((0..<10).reduce(into: SquareMeters.zero) { sum, _ in sum += tenth }.value == 1)
    #expect(tenth - tenth == .zero)
    #expect(Mu(hundredths: 1) + Mu(hundredths: 2) == Mu(hundredths: 3))
    #expect(Mu(hundredths: 1) < Mu(hundredths: 2))
  }
}
