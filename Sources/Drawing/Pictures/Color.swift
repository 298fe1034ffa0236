import Foundation

/// An opaque sRGB colour.
package struct Color: Hashable, Sendable {
  package var red: UInt8
  package var green: UInt8
  package var blue: UInt8

  /// - Parameter hex: `0xRRGGBB`.
  package init(_ hex: UInt32) {
    red = UInt8(truncatingIfNeeded: hex >> 16)
    green = UInt8(truncatingIfNeeded: hex >> 8)
    blue = UInt8(truncatingIfNeeded: hex)
  }

  package static let white = Color(0xFFFFFF)
  package static let ink = Color(0x22292F)
  package static let pale = Color(0x5D6A73)
  package static let line = Color(0xB4BEC4)

  // Source: M. Okabe and K. Ito, "Color Universal Design": told apart by colour-blind readers.
  package static let blue = Color(0x0072B2)
  package static let orange = Color(0xE69F00)
  package static let green = Color(0x009E73)
  package static let sky = Color(0x56B4E9)
  package static let vermilion = Color(0xD55E00)
  package static let yellow = Color(0xF0E442)
  package static let purple = Color(0xCC79A7)
  package static let gray = Color(0x9AA5AD)

  /// Colours for classes, neighbours of different lightness so that a grey print tells them apart.
  package static let classes: [Color] = [.blue, .orange, .green, .yellow, .vermilion, .sky, .purple, .gray]

  /// Relative luminance from 0 for black to 1 for white. Source: WCAG 2.2.
  var luminance: Double {
    func linear(_ channel: UInt8) -> Double {
      let value = Double(channel) / 255
      return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
  }

  /// White or ink, whichever is read better on this colour.
  var contrary: Color { 1.05 / (luminance + 0.05) >= (luminance + 0.05) / (Color.ink.luminance + 0.05) ? .white : .ink }

  var hex: String {
    func digits(_ channel: UInt8) -> String { (channel < 16 ? "0" : "") + String(channel, radix: 16) }
    return "#" + digits(red) + digits(green) + digits(blue)
  }
}
