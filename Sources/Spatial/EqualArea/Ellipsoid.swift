import Foundation

/// The ellipsoid of CGCS2000 and the functions of it that areas need. Source: GB 22021-2008 for a and f.
enum Ellipsoid {
  static let a = 6_378_137.0
  static let f = 1 / 298.257222101
  static let e2 = f * (2 - f)
  static let e = e2.squareRoot()

  /// a·q(φ)/2 in metres, q the authalic function: on a cylinder of radius a, a band from the equator to `latitude`
  /// (radians) of this height has the area of the band on the ellipsoid.
  static func authalicHeight(_ latitude: Double) -> Double {
    let s = sin(latitude)
    return a * (1 - e2) * (s / (1 - e2 * s * s) + atanh(e * s) / e) / 2
  }
}
