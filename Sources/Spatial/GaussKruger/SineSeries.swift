import Foundation

/// Σ cⱼ·sin 2jx for j = 1…6, the shape of every series between two kinds of latitude.
///
/// Summed by Clenshaw's recurrence: y₇ = y₈ = 0, yⱼ = cⱼ + 2·cos 2x·yⱼ₊₁ − yⱼ₊₂, Σ = sin 2x·y₁. It takes sine and
/// cosine of 2x instead of x: the callers have them without a further call of the library.
struct SineSeries: Sendable {
  private let c1, c2, c3, c4, c5, c6: Double

  /// - Parameter rows: of each cⱼ the factors of nʲ, nʲ⁺¹, … n⁶ as numerator and denominator, n the third flattening.
  init(thirdFlattening n: Double, _ rows: [[(Double, Double)]]) {
    let c = rows.enumerated().map { j, row in
      pow(n, Double(j)) * row.reversed().reduce(0) { sum, factor in n * (sum + factor.0 / factor.1) }
    }
    (c1, c2, c3, c4, c5, c6) = (c[0], c[1], c[2], c[3], c[4], c[5])
  }

  /// - Parameter double: of 2x.
  @inline(__always)
  func sum(_ double: SineCosine) -> Lanes {
    let t = 2 * double.cos
    let y6 = c6
    let y5 = c5 + t * y6
    let y4 = (c4 - y6) + t * y5
    let y3 = (c3 - y5) + t * y4
    let y2 = (c2 - y4) + t * y3
    let y1 = (c1 - y3) + t * y2
    return double.sin * y1
  }

  /// The sum of a complex x = ξ + iη: sin 2x = sin 2ξ cosh 2η + i cos 2ξ sinh 2η, cos 2x = cos 2ξ cosh 2η − i sin 2ξ
  /// sinh 2η.
  ///
  /// - Parameters:
  ///   - xi: of 2ξ.
  ///   - eta: of 2η.
  @inline(__always)
  func sum(_ xi: SineCosine, _ eta: SmallHyperbolic) -> Complex {
    let t = 2 * Complex(re: xi.cos * eta.cosh, im: -xi.sin * eta.sinh)
    let y6 = c6
    let y5 = c5 + y6 * t
    let y4 = (c4 - y6) + t * y5
    let y3 = (c3 - y5) + t * y4
    let y2 = (c2 - y4) + t * y3
    let y1 = (c1 - y3) + t * y2
    return Complex(re: xi.sin * eta.cosh, im: xi.cos * eta.sinh) * y1
  }
}

/// ξ + iη.
struct Complex: BitwiseCopyable {
  var re: Lanes
  var im: Lanes

  @inline(__always)
  static func + (a: Complex, b: Complex) -> Complex { Complex(re: a.re + b.re, im: a.im + b.im) }

  @inline(__always)
  static func + (a: Double, b: Complex) -> Complex { Complex(re: a + b.re, im: b.im) }

  @inline(__always)
  static func - (a: Double, b: Complex) -> Complex { Complex(re: a - b.re, im: -b.im) }

  @inline(__always)
  static func * (a: Double, b: Complex) -> Complex { Complex(re: a * b.re, im: a * b.im) }

  @inline(__always)
  static func * (a: Complex, b: Complex) -> Complex {
    Complex(re: a.re * b.re - a.im * b.im, im: a.re * b.im + a.im * b.re)
  }
}
