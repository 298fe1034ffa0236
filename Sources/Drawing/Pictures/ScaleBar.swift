import Foundation
import Geodata

/// The bar that says how long a round number of metres is on a map.
struct ScaleBar: Hashable, Sendable {
  /// 1, 2 or 5 times a power of ten.
  let meters: Double
  /// In pixels.
  let length: Double
  private let text: String

  /// The longest round bar of at most `limit` pixels.
  init(metersPerPixel: Double, limit: Double, language: Language) {
    let longest = max(metersPerPixel * limit, .leastNormalMagnitude)
    let power = pow(10, floor(log10(longest)))
    meters = [5, 2, 1].map { $0 * power }.first { $0 <= longest * (1 + 1e-12) } ?? power
    length = meters / metersPerPixel
    let (value, unit) = meters >= 1000 ? (meters / 1000, Messages.kilometers) : (meters, Messages.meters)
    text = "\(shortest(value, decimals: 3)) \(unit.text(language))"
  }

  let height = 28.0
  var width: Double { length + 8 + textWidth(text, size: Self.size) }
  private static let size = 11.0

  /// Four parts, dark and light, with `0` and the length above the ends.
  func shapes(endingAt corner: Point) -> [Picture.Shape] {
    let textWidth = textWidth(text, size: Self.size)
    let end = corner.x - textWidth / 2
    let start = end - length
    let top = corner.y + 16
    var shapes: [Picture.Shape] = (0..<4).map { part in
      let left = start + length * Double(part) / 4
      return .rectangle(
        Envelope(minX: left, minY: top, maxX: left + length / 4, maxY: top + 5),
        Paint(fill: part.isMultiple(of: 2) ? .ink : .white, stroke: .ink, strokeWidth: 0.8))
    }
    let base = top - 4
    shapes.append(.text(Caption(text: "0", at: Point(x: start, y: base), size: Self.size, anchor: .middle)))
    shapes.append(.text(Caption(text: text, at: Point(x: end, y: base), size: Self.size, anchor: .middle)))
    return shapes
  }
}
