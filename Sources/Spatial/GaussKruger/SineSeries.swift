/// Σ cⱼ·sin 2jx for j = 1…6, the shape of every series between two kinds of latitude.
///
/// Summed by Clenshaw's recurrence: y₇ = y₈ = 0, yⱼ = cⱼ + 2·cos 2x·yⱼ₊₁ − yⱼ₊₂, Σ = sin 2x·y₁. It takes the sine and
/// cosine of the double angle, not the angle: the callers have them without a further call of the library.
struct SineSeries: Sendable {
  private let c: InlineArray<6, Double>

  /// - Parameter rows: of each cⱼ the factors of nʲ, nʲ⁺¹, … n⁶ as numerator and denominator, n the third flattening.
  init(thirdFlattening n: Double, _ rows: [[(Double, Double)]]) {
    c = InlineArray { j in
      var power = 1.0
      for _ in 0..<j { power *= n }
      return power * rows[j].reversed().reduce(0) { sum, factor in n * (sum + factor.0 / factor.1) }
    }
  }

  /// Of a real x.
  @inline(__always)
  func sum(sin sine: Double, cos cosine: Double) -> Double {
    let twice = 2 * cosine
    var (y, above) = (c[5], 0.0)
    for j in stride(from: 4, through: 0, by: -1) { (y, above) = (c[j] + twice * y - above, y) }
    return sine * y
  }

  /// Of a complex x = ξ + iη.
  @inline(__always)
  func sum(sin sine: Complex, cos cosine: Complex) -> Complex {
    let twice = cosine + cosine
    var (y, above) = (Complex(re: c[5], im: 0), Complex(re: 0, im: 0))
    for j in stride(from: 4, through: 0, by: -1) {
      let product = twice * y
      (y, above) = (Complex(re: c[j] + product.re - above.re, im: product.im - above.im), y)
    }
    return sine * y
  }
}

/// ξ + iη.
struct Complex: BitwiseCopyable, Sendable {
  var re: Double
  var im: Double

  @inline(__always)
  static func + (a: Complex, b: Complex) -> Complex { Complex(re: a.re + b.re, im: a.im + b.im) }

  @inline(__always)
  static func * (a: Complex, b: Complex) -> Complex {
    Complex(re: a.re * b.re - a.im * b.im, im: a.re * b.im + a.im * b.re)
  }
}
