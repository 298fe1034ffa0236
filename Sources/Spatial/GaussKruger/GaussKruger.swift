import Foundation
import Geodata

/// The Gauss–Krüger projection of CGCS2000: transverse Mercator of scale 1 on one central meridian.
///
/// Ellipsoid → sphere: the conformal latitude χ = φ + Σ cⱼ sin 2jφ. Sphere → plane: tan ξ′ = tan χ / cos λ,
/// tanh η′ = cos χ · sin λ. Plane → plane in which the meridian keeps its length: ζ = ζ′ + Σ αⱼ sin 2jζ′ with
/// ζ = ξ + iη; northing A·ξ, easting A·η. The way back: ζ′ = ζ − Σ βⱼ sin 2jζ, φ = χ + Σ dⱼ sin 2jχ. All series go
/// to n⁶, n the third flattening; what is left out is under a nanometre.
///
/// Sources: L. Krüger, Konforme Abbildung des Erdellipsoids in der Ebene, 1912; C. F. F. Karney, Transverse Mercator
/// with an accuracy of a few nanometers, J. Geodesy 85 (2011), equations 7–11, 35 and 36; cⱼ and dⱼ: C. F. F. Karney,
/// On auxiliary latitudes, 2022.
///
/// Within `reach` no angle but the latitude is large, so that sine and cosine of φ, or of ξ on the way back, are the
/// only calls of the library; everything else is a short power series. PROJ is the oracle: 1e-7 m and 1e-12°.
struct GaussKruger: Sendable {
  /// Degrees east.
  private let centralMeridian: Double
  /// Metres; with the zone's number in front where eastings carry it.
  private let falseEasting: Double
  private let toConformal = Series.toConformal
  private let fromConformal = Series.fromConformal
  private let alpha = Series.alpha
  private let beta = Series.beta

  /// How far from the central meridian and from the equator the series hold, in degrees. Points farther away become
  /// not-a-number.
  static let reach = (longitude: 6.0, latitude: 80.0)

  /// No length is drawn longer than this many times itself within `reach`.
  ///
  /// The scale is the product of three: A·|dζ/dζ′| ≤ A·(1 + Σ 2j|αⱼ| cosh 2jη′) < 0.99833 a · 1.00172; of the sphere's
  /// projection cosh η′ ≤ 1/cos 6° < 1.00551; of ellipsoid to sphere cos χ / (N cos φ), which grows from 1/a at the
  /// equator to √(1 − e²)·((1 + e)/(1 − e))^(e/2) / a < 1.00336/a at the pole. Together < 1.00893.
  static let greatestScale = 1.009

  /// Nothing where `reference` is no Gauss–Krüger zone of CGCS2000.
  init?(_ reference: CoordinateReference) {
    guard case .gaussKruger(_, let centralMeridian, _) = reference.kind else { return nil }
    self.centralMeridian = Double(centralMeridian)
    falseEasting = Double(reference.zonePrefix ?? 0) * 1e6 + 500_000
  }

  /// Longitude and latitude in degrees become easting and northing in metres, or not-a-number.
  func forward(_ points: inout [Point]) { move(&points, forward) }

  /// Easting and northing in metres become longitude and latitude in degrees, or not-a-number.
  func inverse(_ points: inout [Point]) { move(&points, inverse) }

  /// Four at a time; where fewer are left zeros stand in.
  @inline(__always)
  private func move(_ points: inout [Point], _ formula: (_ x: Lanes, _ y: Lanes) -> (x: Lanes, y: Lanes)) {
    points.withUnsafeMutableBufferPointer { points in
      for start in stride(from: 0, to: points.count, by: Lanes.scalarCount) {
        let count = min(Lanes.scalarCount, points.count - start)
        var (x, y) = (Lanes(), Lanes())
        for lane in 0..<count { (x[lane], y[lane]) = (points[start + lane].x, points[start + lane].y) }
        let moved = formula(x, y)
        for lane in 0..<count { points[start + lane] = Point(x: moved.x[lane], y: moved.y[lane]) }
      }
    }
  }

  /// Whether longitude and latitude in degrees are within `reach` of a central meridian.
  @inline(__always)
  static func reaches(_ point: Point, from centralMeridian: Double) -> Bool {
    abs(point.x - centralMeridian) <= reach.longitude && abs(point.y) <= reach.latitude
  }

  @inline(__always)
  private func forward(_ x: Lanes, _ y: Lanes) -> (x: Lanes, y: Lanes) {
    let latitude = y * (.pi / 180)
    let phi = SineCosine(latitude)
    let lambda = SmallAngle((x - centralMeridian) * (.pi / 180))

    let conformal = toConformal.sum(phi.doubled)
    let chi = phi + SmallAngle(conformal)

    // ξ′ = χ + ε: from tan ξ′ = tan χ / cos λ, tan ε = sin χ cos χ (1 − cos λ) / (1 − cos² χ (1 − cos λ)).
    let epsilon = smallArctangent(chi.sin * chi.cos * lambda.versin / (1 - chi.cos * chi.cos * lambda.versin))
    let tanhEta = chi.cos * lambda.sin

    // (sin ξ′, cos ξ′) = cosh η′·(sin χ, cos χ cos λ): of 2ξ′ and 2η′ everything is rational.
    let square = 1 / ((1 - tanhEta) * (1 + tanhEta))
    let double = SineCosine(sin: chi.sin, cos: chi.cos * lambda.cos).doubled
    let zeta = alpha.sum(
      SineCosine(sin: double.sin * square, cos: double.cos * square),
      SmallHyperbolic(sinh: 2 * tanhEta * square, cosh: (1 + tanhEta * tanhEta) * square))
    let easting = falseEasting + Ellipsoid.rectifyingRadius * (smallAreaTangent(tanhEta) + zeta.im)
    let northing = Ellipsoid.rectifyingRadius * (latitude + (conformal + epsilon + zeta.re))
    return within(reaches(x, y), easting, northing)
  }

  @inline(__always)
  private func inverse(_ x: Lanes, _ y: Lanes) -> (x: Lanes, y: Lanes) {
    let (northing, easting) = (y / Ellipsoid.rectifyingRadius, (x - falseEasting) / Ellipsoid.rectifyingRadius)
    // A little more than `reach`, which is in degrees and asked again at the end.
    let isNear = magnitude(northing) .< 1.4 .& magnitude(easting) .< 0.106

    let plane = SineCosine(northing)
    let zeta = beta.sum(plane.doubled, SmallHyperbolic(easting).doubled)
    let xi = plane + SmallAngle(-zeta.re)
    let eta = SmallHyperbolic(easting - zeta.im)

    let lambda = smallArctangent(eta.sinh / xi.cos)
    // χ = ξ′ − ε, where sin ε = sin ξ′ sinh² η′ / (cosh η′ (h + cos ξ′)), h = √(sinh² η′ + cos² ξ′) = cos χ cosh η′.
    let h = (eta.sinh * eta.sinh + xi.cos * xi.cos).squareRoot()
    let chi = SineCosine(sin: xi.sin / eta.cosh, cos: h / eta.cosh)
    let sinEpsilon = chi.sin * eta.sinh * eta.sinh / (h + xi.cos)
    let square = sinEpsilon * sinEpsilon
    let epsilon = sinEpsilon * (1 + square * (1.0 / 6 + square * (3.0 / 40)))

    let longitude = centralMeridian + lambda * (180 / .pi)
    let latitude = (northing + (fromConformal.sum(chi.doubled) - zeta.re - epsilon)) * (180 / .pi)
    return within(isNear .& reaches(longitude, latitude), longitude, latitude)
  }

  /// The same for longitude and latitude of four points.
  @inline(__always)
  private func reaches(_ x: Lanes, _ y: Lanes) -> SIMDMask<Lanes.MaskStorage> {
    magnitude(x - centralMeridian) .<= Self.reach.longitude .& magnitude(y) .<= Self.reach.latitude
  }

  /// Not-a-number where a point is not within reach.
  @inline(__always)
  private func within(
    _ isWithin: SIMDMask<Lanes.MaskStorage>, _ x: Lanes, _ y: Lanes
  ) -> (x: Lanes, y: Lanes) {
    (
      Lanes(repeating: .nan).replacing(with: x, where: isWithin),
      Lanes(repeating: .nan).replacing(with: y, where: isWithin)
    )
  }

  @inline(__always)
  private func magnitude(_ numbers: Lanes) -> Lanes { numbers.replacing(with: -numbers, where: numbers .< 0) }
}

extension GaussKruger {
  /// The rows hold the factors of rising powers of n; Karney's tables, whose figures are exact.
  private enum Series {
    static let toConformal = SineSeries(
      thirdFlattening: Ellipsoid.n,
      [
        [(-2, 1), (2, 3), (4, 3), (-82, 45), (32, 45), (4642, 4725)],
        [(5, 3), (-16, 15), (-13, 9), (904, 315), (-1522, 945)],
        [(-26, 15), (34, 21), (8, 5), (-12_686, 2835)],
        [(1237, 630), (-12, 5), (-24_832, 14_175)],
        [(-734, 315), (109_598, 31_185)],
        [(444_337, 155_925)],
      ])
    static let fromConformal = SineSeries(
      thirdFlattening: Ellipsoid.n,
      [
        [(2, 1), (-2, 3), (-2, 1), (116, 45), (26, 45), (-2854, 675)],
        [(7, 3), (-8, 5), (-227, 45), (2704, 315), (2323, 945)],
        [(56, 15), (-136, 35), (-1262, 105), (73_814, 2835)],
        [(4279, 630), (-332, 35), (-399_572, 14_175)],
        [(4174, 315), (-144_838, 6237)],
        [(601_676, 22_275)],
      ])
    static let alpha = SineSeries(
      thirdFlattening: Ellipsoid.n,
      [
        [(1, 2), (-2, 3), (5, 16), (41, 180), (-127, 288), (7891, 37_800)],
        [(13, 48), (-3, 5), (557, 1440), (281, 630), (-1_983_433, 1_935_360)],
        [(61, 240), (-103, 140), (15_061, 26_880), (167_603, 181_440)],
        [(49_561, 161_280), (-179, 168), (6_601_661, 7_257_600)],
        [(34_729, 80_640), (-3_418_889, 1_995_840)],
        [(212_378_941, 319_334_400)],
      ])
    static let beta = SineSeries(
      thirdFlattening: Ellipsoid.n,
      [
        [(1, 2), (-2, 3), (37, 96), (-1, 360), (-81, 512), (96_199, 604_800)],
        [(1, 48), (1, 15), (-437, 1440), (46, 105), (-1_118_711, 3_870_720)],
        [(17, 480), (-37, 840), (-209, 4480), (5569, 90_720)],
        [(4397, 161_280), (-11, 504), (-830_251, 7_257_600)],
        [(4583, 161_280), (-108_847, 3_991_680)],
        [(20_648_693, 638_668_800)],
      ])
  }
}
