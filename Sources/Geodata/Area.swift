/// An area in square metres, kept as whole hundredths: sums are exact in any order.
package struct SquareMeters: Hashable, Comparable, Sendable {
  package var hundredths: Int64

  package init(hundredths: Int64) { self.hundredths = hundredths }

  /// Rounds once, to 0.01 m², half away from zero.
  package init(rounding value: Double) {
    hundredths = Int64((value * 100).rounded(.toNearestOrAwayFromZero))
  }

  /// The area that a figure in 亩 stands for (1 亩 = 2000/3 m² exactly), rounded to 0.01 m².
  package init(_ mu: Mu) {
    hundredths = roundedQuotient(mu.hundredths * 2000, by: 3)
  }

  package static let zero = SquareMeters(hundredths: 0)
  package var value: Double { Double(hundredths) / 100 }

  package static func < (a: Self, b: Self) -> Bool { a.hundredths < b.hundredths }
  package static func + (a: Self, b: Self) -> Self { Self(hundredths: a.hundredths + b.hundredths) }
  package static func - (a: Self, b: Self) -> Self { Self(hundredths: a.hundredths - b.hundredths) }
  package static func += (a: inout Self, b: Self) { a.hundredths += b.hundredths }
  package static func -= (a: inout Self, b: Self) { a.hundredths -= b.hundredths }
}

/// An area in 亩, kept as whole hundredths.
///
/// A parcel's figure is rounded once and every total is the sum of such figures (逐图斑取位后汇总), so that any
/// table equals its list in a spreadsheet.
package struct Mu: Hashable, Comparable, Sendable {
  package var hundredths: Int64

  package init(hundredths: Int64) { self.hundredths = hundredths }

  /// 1 亩 = 2000/3 m² exactly; half away from zero, in integers.
  package init(_ area: SquareMeters) {
    hundredths = roundedQuotient(area.hundredths * 3, by: 2000)
  }

  /// Rounds to 0.01 亩, half away from zero.
  package init(rounding value: Double) {
    hundredths = Int64((value * 100).rounded(.toNearestOrAwayFromZero))
  }

  package static let zero = Mu(hundredths: 0)
  package var value: Double { Double(hundredths) / 100 }

  package static func < (a: Self, b: Self) -> Bool { a.hundredths < b.hundredths }
  package static func + (a: Self, b: Self) -> Self { Self(hundredths: a.hundredths + b.hundredths) }
  package static func - (a: Self, b: Self) -> Self { Self(hundredths: a.hundredths - b.hundredths) }
  package static func += (a: inout Self, b: Self) { a.hundredths += b.hundredths }
  package static func -= (a: inout Self, b: Self) { a.hundredths -= b.hundredths }
}

extension SquareMeters: CustomStringConvertible {
  /// Two decimals, a point, no grouping: `1234.50`.
  package var description: String { decimal(hundredths: hundredths) }
}

extension Mu: CustomStringConvertible {
  /// Two decimals, a point, no grouping: `1.85`.
  package var description: String { decimal(hundredths: hundredths) }
}

/// `hundredths` as a decimal with two places.
package func decimal(hundredths: Int64) -> String {
  let magnitude = hundredths.magnitude
  let cents = magnitude % 100
  return "\(hundredths < 0 ? "-" : "")\(magnitude / 100).\(cents < 10 ? "0" : "")\(cents)"
}

/// The quotient rounded half away from zero.
package func roundedQuotient(_ dividend: Int64, by divisor: Int64) -> Int64 {
  let (quotient, remainder) = dividend.quotientAndRemainder(dividingBy: divisor)
  guard remainder.magnitude * 2 >= divisor.magnitude else { return quotient }
  return quotient + ((dividend < 0) == (divisor < 0) ? 1 : -1)
}
