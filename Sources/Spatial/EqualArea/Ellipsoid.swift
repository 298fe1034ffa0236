import Foundation

/// The ellipsoid of CGCS2000 and the functions of it that areas need. Source: GB 22021-2008 for a and f.
enum Ellipsoid {
  static let a = 6_378_137.0
  static let f = 1 / 298.257222101
  static let e2 = f * (2 - f)
  /// The third flattening (a − b) / (a + b).
  static let n = f / (2 - f)
  /// a²/b in metres, the radius of curvature at the poles: no arc of meridian or parallel is curved less.
  static let polarRadius = a / (1 - f)
  /// Metres; of the circle as long as a meridian. The series in n² leaves out 1e-21 of it. Source: Helmert, 1880.
  static let rectifyingRadius = a / (1 + n) * (1 + n * n / 4 + n * n * n * n / 64 + n * n * n * n * n * n / 256)

  /// a·q(φ)/2 in metres, q the authalic function: on a cylinder of radius a, a band from the equator to `latitude`
  /// (radians) of this height has the area of the band on the ellipsoid.
  ///
  /// q(φ)/2 = (1 − e²)·(s/(1 − t) + atanh(e·s)/e)/2 with s = sin φ, t = e²s². As 1/(1 − t) = Σ tᵏ and
  /// atanh(e·s)/(e·s) = Σ tᵏ/(2k + 1), it is (1 − e²)·s·Σ (k + 1)/(2k + 1)·tᵏ. t ≤ 0.0067: what follows the eighth term
  /// is under 2e-11 m.
  static func authalicHeight(_ latitude: Double) -> Double {
    let s = sin(latitude)
    let t = e2 * s * s
    let high = 5.0 / 9 + t * (6.0 / 11 + t * (7.0 / 13 + t * (8.0 / 15)))
    return a * (1 - e2) * s * (1 + t * (2.0 / 3 + t * (3.0 / 5 + t * (4.0 / 7 + t * high))))
  }

  /// The latitude in radians of a height in the plane: Newton's method on `authalicHeight`, whose derivative is
  /// a·(1 − e²)·cos φ / (1 − e² sin² φ)².
  static func latitude(ofHeight height: Double) -> Double {
    var latitude = asin(max(-1, min(1, height / authalicHeight(.pi / 2))))
    for _ in 0..<5 {
      let s = sin(latitude)
      let slope = a * (1 - e2) * cos(latitude) / ((1 - e2 * s * s) * (1 - e2 * s * s))
      guard slope > 1e-6 else { break }
      latitude -= (authalicHeight(latitude) - height) / slope
    }
    return latitude
  }
}
