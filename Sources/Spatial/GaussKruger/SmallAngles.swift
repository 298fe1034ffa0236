import CLinux

/// A number of each of four points, which are moved together: of one point alone the processor would wait for each step of
/// a series before the next. Every point gets the same bits as alone.
typealias Lanes = SIMD4<Double>

/// Sine and cosine of an angle.
struct SineCosine: BitwiseCopyable {
  var sin: Lanes
  var cos: Lanes

  @inline(__always)
  init(sin: Lanes, cos: Lanes) { (self.sin, self.cos) = (sin, cos) }

  /// - Parameter angle: in radians.
  @inline(__always)
  init(_ angle: Lanes) {
    (sin, cos) = (Lanes(), Lanes())
    for lane in angle.indices {
      var (sine, cosine) = (0.0, 0.0)
      sincos(angle[lane], &sine, &cosine)
      (sin[lane], cos[lane]) = (sine, cosine)
    }
  }

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
  var sin: Lanes
  var versin: Lanes

  /// - Parameter angle: in radians.
  @inline(__always)
  init(_ angle: Lanes) {
    let square = angle * angle
    sin = angle * sinSeries(-square)
    versin = square * versinSeries(-square)
  }

  @inline(__always)
  var cos: Lanes { 1 - versin }
}

/// Hyperbolic sine and cosine of an argument under 0.11, by their power series.
struct SmallHyperbolic: BitwiseCopyable {
  var sinh: Lanes
  var cosh: Lanes

  @inline(__always)
  init(sinh: Lanes, cosh: Lanes) { (self.sinh, self.cosh) = (sinh, cosh) }

  @inline(__always)
  init(_ argument: Lanes) {
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
func smallArctangent(_ tangent: Lanes) -> Lanes { tangent * arctangentSeries(-tangent * tangent) }

/// Of a hyperbolic tangent under 0.11.
@inline(__always)
func smallAreaTangent(_ tangent: Lanes) -> Lanes { tangent * arctangentSeries(tangent * tangent) }

/// sin x / x at t = −x², sinh x / x at t = x²: Σ tᵏ / (2k + 1)!.
@inline(__always)
private func sinSeries(_ t: Lanes) -> Lanes {
  sum(t, (1, 1.0 / 6, 1.0 / 120, 1.0 / 5040, 1.0 / 362_880))
}

/// (1 − cos x) / x² at t = −x², (cosh x − 1) / x² at t = x²: Σ tᵏ / (2k + 2)!.
@inline(__always)
private func versinSeries(_ t: Lanes) -> Lanes {
  sum(t, (0.5, 1.0 / 24, 1.0 / 720, 1.0 / 40_320, 1.0 / 3_628_800))
}

/// atan x / x at t = −x², atanh x / x at t = x²: Σ tᵏ / (2k + 1).
@inline(__always)
private func arctangentSeries(_ t: Lanes) -> Lanes {
  let high = sum(t, (1.0 / 7, 1.0 / 9, 1.0 / 11, 1.0 / 13, 1.0 / 15))
  return 1 + t * (1.0 / 3 + t * (1.0 / 5 + t * high))
}

/// c₀ + c₁t + … + c₄t⁴ by Horner's rule.
@inline(__always)
private func sum(_ t: Lanes, _ c: (Double, Double, Double, Double, Double)) -> Lanes {
  c.0 + t * (c.1 + t * (c.2 + t * (c.3 + t * c.4)))
}
