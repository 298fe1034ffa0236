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
  /// `outside`.
  static let reach = (longitude: 6.0, latitude: 80.0)
  /// What a point out of reach becomes.
  static let outside = Point(x: .nan, y: .nan)

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

  /// Longitude and latitude in degrees become easting and northing in metres, or `outside`.
  func forward(_ points: inout [Point]) {
    for index in points.indices { points[index] = forward(points[index]) }
  }

  /// Easting and northing in metres become longitude and latitude in degrees, or `outside`.
  func inverse(_ points: inout [Point]) {
    for index in points.indices { points[index] = inverse(points[index]) }
  }

  /// Whether longitude and latitude in degrees are within `reach` of a central meridian.
  @inline(__always)
  static func reaches(_ point: Point, from centralMeridian: Double) -> Bool {
    abs(point.x - centralMeridian) <= reach.longitude && abs(point.y) <= reach.latitude
  }

  @inline(__always)
  private func forward(_ point: Point) -> Point {
    guard Self.reaches(point, from: centralMeridian) else { return Self.outside }
    let (phi, lambda) = (point.y * (.pi / 180), (point.x - centralMeridian) * (.pi / 180))

    let (sinPhi, cosPhi) = (sin(phi), cos(phi))
    let delta = toConformal.sum(sin: 2 * sinPhi * cosPhi, cos: (cosPhi - sinPhi) * (cosPhi + sinPhi))
    let (sinDelta, versinDelta) = (delta * Self.sinc(-delta * delta), delta * delta * Self.versc(-delta * delta))
    let sinChi = sinPhi + (cosPhi * sinDelta - sinPhi * versinDelta)
    let cosChi = cosPhi - (sinPhi * sinDelta + cosPhi * versinDelta)

    // ξ′ = χ + ε, where tan ε = sin χ cos χ (1 − cos λ) / (1 − cos² χ (1 − cos λ)).
    let square = lambda * lambda
    let (sinLambda, versinLambda) = (lambda * Self.sinc(-square), square * Self.versc(-square))
    let tanEpsilon = sinChi * cosChi * versinLambda / (1 - cosChi * cosChi * versinLambda)
    let epsilon = tanEpsilon * Self.arctanc(-tanEpsilon * tanEpsilon)
    let tanhEta = cosChi * sinLambda
    let eta = tanhEta * Self.arctanc(tanhEta * tanhEta)

    // With u + iv = (sin χ, cos χ cos λ) / cosh⁻¹ η′, sine and cosine of ξ′, everything of 2ζ′ is rational.
    let (u, v) = (sinChi, cosChi * (1 - versinLambda))
    let cosh2 = 1 / ((1 - tanhEta) * (1 + tanhEta))
    let (sin2Xi, cos2Xi) = (2 * u * v * cosh2, (v - u) * (v + u) * cosh2)
    let (sinh2Eta, cosh2Eta) = (2 * tanhEta * cosh2, (1 + tanhEta * tanhEta) * cosh2)
    let zeta = alpha.sum(
      sin: Complex(re: sin2Xi * cosh2Eta, im: cos2Xi * sinh2Eta),
      cos: Complex(re: cos2Xi * cosh2Eta, im: -sin2Xi * sinh2Eta))
    return Point(
      x: falseEasting + Ellipsoid.rectifyingRadius * (eta + zeta.im),
      y: Ellipsoid.rectifyingRadius * (phi + (delta + epsilon + zeta.re)))
  }

  @inline(__always)
  private func inverse(_ point: Point) -> Point {
    let (xi, eta) = (point.y / Ellipsoid.rectifyingRadius, (point.x - falseEasting) / Ellipsoid.rectifyingRadius)
    // A little more than `reach`, which is in degrees; asked again at the end.
    guard abs(xi) < 1.4, abs(eta) < 0.106 else { return Self.outside }

    let (sinXi, cosXi) = (sin(xi), cos(xi))
    let sinhEta = eta * Self.sinc(eta * eta)
    let coshEta = 1 + eta * eta * Self.versc(eta * eta)
    let (sin2Xi, cos2Xi) = (2 * sinXi * cosXi, (cosXi - sinXi) * (cosXi + sinXi))
    let (sinh2Eta, cosh2Eta) = (2 * sinhEta * coshEta, 1 + 2 * sinhEta * sinhEta)
    let delta = beta.sum(
      sin: Complex(re: sin2Xi * cosh2Eta, im: cos2Xi * sinh2Eta),
      cos: Complex(re: cos2Xi * cosh2Eta, im: -sin2Xi * sinh2Eta))

    let square = delta.re * delta.re
    let (sinDelta, versinDelta) = (delta.re * Self.sinc(-square), square * Self.versc(-square))
    let u = sinXi - (cosXi * sinDelta + sinXi * versinDelta)
    let v = cosXi + (sinXi * sinDelta - cosXi * versinDelta)
    let etaPrime = eta - delta.im
    let sinhPrime = etaPrime * Self.sinc(etaPrime * etaPrime)
    let coshPrime = 1 + etaPrime * etaPrime * Self.versc(etaPrime * etaPrime)
    let tanLambda = sinhPrime / v
    let lambda = tanLambda * Self.arctanc(-tanLambda * tanLambda)

    // χ = ξ′ − ε, where sin ε = sin ξ′ sinh² η′ / (cosh η′ (h + cos ξ′)), h = √(sinh² η′ + cos² ξ′) = cos χ cosh η′.
    let h = (sinhPrime * sinhPrime + v * v).squareRoot()
    let sinEpsilon = u * sinhPrime * sinhPrime / (coshPrime * (h + v))
    let epsilon = sinEpsilon * (1 + sinEpsilon * sinEpsilon * (1.0 / 6 + sinEpsilon * sinEpsilon * (3.0 / 40)))
    let (sinChi, cosChi) = (u / coshPrime, h / coshPrime)
    let phi =
      xi
      + (fromConformal.sum(sin: 2 * sinChi * cosChi, cos: (cosChi - sinChi) * (cosChi + sinChi)) - delta.re - epsilon)
    let moved = Point(x: centralMeridian + lambda * (180 / .pi), y: phi * (180 / .pi))
    return Self.reaches(moved, from: centralMeridian) ? moved : Self.outside
  }
}

extension GaussKruger {
  /// sin x / x at −x², sinh x / x at x²: Σ tᵏ / (2k + 1)!, for |x| < 0.11.
  @inline(__always)
  private static func sinc(_ t: Double) -> Double {
    1 + t * (1.0 / 6 + t * (1.0 / 120 + t * (1.0 / 5040 + t * (1.0 / 362_880))))
  }

  /// (1 − cos x) / x² at −x², (cosh x − 1) / x² at x²: Σ tᵏ / (2k + 2)!, for |x| < 0.11.
  @inline(__always)
  private static func versc(_ t: Double) -> Double {
    0.5 + t * (1.0 / 24 + t * (1.0 / 720 + t * (1.0 / 40_320 + t * (1.0 / 3_628_800))))
  }

  /// atan x / x at −x², atanh x / x at x²: Σ tᵏ / (2k + 1), for |x| < 0.11.
  @inline(__always)
  private static func arctanc(_ t: Double) -> Double {
    let high = 1.0 / 9 + t * (1.0 / 11 + t * (1.0 / 13 + t * (1.0 / 15)))
    return 1 + t * (1.0 / 3 + t * (1.0 / 5 + t * (1.0 / 7 + t * high)))
  }

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
