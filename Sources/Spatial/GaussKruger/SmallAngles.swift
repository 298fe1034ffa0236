import Foundation

/// Sine and cosine of an angle.
struct SineCosine: BitwiseCopyable {
  var sin: Double
  var cos: Double

  @inline(__always)
  init(sin: Double, cos: Double) { (self.sin, self.cos) = (sin, cos) }

  /// - Parameter angle: in radians.
  @inline(__always)
  init(_ angle: Double) { (sin, cos) = (Foundation.sin(angle), Foundation.cos(angle)) }

  /// Of twice the angle.
  @inline(__always)
  var doubled: SineCosine { SineCosine(sin: 2 * sin * cos, cos: (cos - sin) * (cos + sin)) }

  /// Of the sum of both angles.
  @inline(__always)
  static func + (a: SineCosine, b: SmallAngle) -> SineCosine {
    SineCosine(sin: a.sin + (a.cos * b.sin - a.sin * b.versin), cos: a.cos - (a.sin * b.sin + a.cos * b.versin))
  }
}

/// Sine and versine (1 − cos) of an angle under 0.11 by their power series: no call of the library, no lost digits.
struct SmallAngle: BitwiseCopyable {
  var sin: Double
  var versin: Double

  /// - Parameter angle: in radians.
  @inline(__always)
  init(_ angle: Double) {
    let square = angle * angle
    sin = angle * sinSeries(-square)
    versin = square * versinSeries(-square)
  }

  @inline(__always)
  var cos: Double { 1 - versin }
}

/// Hyperbolic sine and cosine of an argument under 0.11, by their power series.
struct SmallHyperbolic: BitwiseCopyable {
  var sinh: Double
  var cosh: Double

  @inline(__always)
  init(sinh: Double, cosh: Double) { (self.sinh, self.cosh) = (sinh, cosh) }

  @inline(__always)
  init(_ argument: Double) {
    let square = argument * argument
    sinh = argument * sinSeries(square)
    cosh = 1 + square * versinSeries(square)
  }

  /// Of twice the argument.
  @inline(__always)
  var doubled: SmallHyperbolic { SmallHyperbolic(sinh: 2 * sinh * cosh, cosh: 1 + 2 * sinh * sinh) }
}

/// Of a tangent under 0.11, in radians.
@inline(__always)
func smallArctangent(_ tangent: Double) -> Double { tangent * arctangentSeries(-tangent * tangent) }

/// Of a hyperbolic tangent under 0.11.
@inline(__always)
func smallAreaTangent(_ tangent: Double) -> Double { tangent * arctangentSeries(tangent * tangent) }

/// sin x / x at t = −x², sinh x / x at t = x²: Σ tᵏ / (2k + 1)!.
@inline(__always)
private func sinSeries(_ t: Double) -> Double {
  1 + t * (1.0 / 6 + t * (1.0 / 120 + t * (1.0 / 5040 + t * (1.0 / 362_880))))
}

/// (1 − cos x) / x² at t = −x², (cosh x − 1) / x² at t = x²: Σ tᵏ / (2k + 2)!.
@inline(__always)
private func versinSeries(_ t: Double) -> Double {
  0.5 + t * (1.0 / 24 + t * (1.0 / 720 + t * (1.0 / 40_320 + t * (1.0 / 3_628_800))))
}

/// atan x / x at t = −x², atanh x / x at t = x²: Σ tᵏ / (2k + 1).
@inline(__always)
private func arctangentSeries(_ t: Double) -> Double {
  let high = 1.0 / 9 + t * (1.0 / 11 + t * (1.0 / 13 + t * (1.0 / 15)))
  return 1 + t * (1.0 / 3 + t * (1.0 / 5 + t * (1.0 / 7 + t * high)))
}
