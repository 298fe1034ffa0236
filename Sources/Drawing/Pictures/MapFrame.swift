import Foundation
import Geodata

/// The place of a map in a picture, and the way from its coordinates to pixels.
struct MapFrame: Sendable {
  /// In pixels.
  let box: Envelope
  /// The same in the coordinates of the map.
  let shown: Envelope
  /// On the ground, the same in every direction in the middle of the map.
  let metersPerPixel: Double
  private let scaleX: Double
  private let scaleY: Double

  /// Fits `envelope` with a margin of a twentieth into `width` pixels.
  init(_ envelope: Envelope, units: MapPicture.Units, left: Double, top: Double, width: Double) {
    // Nothing, or one point, is shown as a kilometre of ground.
    let wanted = envelope.isEmpty ? Envelope([Point(x: 0, y: 0)]) : envelope
    let (perX, perY) = units.metersPerUnit(at: wanted.center.y)
    var (eastMeters, northMeters) = (wanted.width * perX, wanted.height * perY)
    let margin = 0.05 * max(eastMeters, northMeters)
    eastMeters += 2 * margin
    northMeters += 2 * margin
    if eastMeters == 0, northMeters == 0 { (eastMeters, northMeters) = (1000, 1000) }
    northMeters = max(northMeters, eastMeters * 0.5)
    eastMeters = max(eastMeters, northMeters / 1.5)

    metersPerPixel = eastMeters / width
    scaleX = perX / metersPerPixel
    scaleY = perY / metersPerPixel
    let height = northMeters / metersPerPixel
    box = Envelope(minX: left, minY: top, maxX: left + width, maxY: top + height)
    let center = wanted.center
    shown = Envelope(
      minX: center.x - width / 2 / scaleX, minY: center.y - height / 2 / scaleY,
      maxX: center.x + width / 2 / scaleX, maxY: center.y + height / 2 / scaleY)
  }

  func place(_ point: Point) -> Point {
    Point(x: box.minX + (point.x - shown.minX) * scaleX, y: box.minY + (shown.maxY - point.y) * scaleY)
  }
}

extension MapPicture.Units {
  /// How many metres one unit is to the east and to the north.
  ///
  /// For degrees: the radii of curvature of the CGCS2000 ellipsoid at the latitude `y`.
  func metersPerUnit(at y: Double) -> (east: Double, north: Double) {
    switch self {
    case .meters: return (1, 1)
    case .degrees:
      let radians = Double.pi / 180
      let (a, e2) = (6_378_137.0, 0.006_694_380_022_90)
      let (sine, cosine) = (sin(y * radians), cos(y * radians))
      let w = (1 - e2 * sine * sine).squareRoot()
      return (a / w * cosine * radians, a * (1 - e2) / (w * w * w) * radians)
    }
  }
}
