import Geodata

/// A drawing as a list of shapes, in pixels of 1/96 inch from the upper left corner, `y` downwards.
///
/// Charts and maps make pictures; what is printed from them (SVG now) is decided later.
package struct Picture: Hashable, Sendable {
  /// What is seen, for those who do not see it.
  package var title: String
  package var width: Double
  package var height: Double
  var shapes: [Shape]
}

/// How a shape is filled and outlined.
package struct Paint: Hashable, Sendable {
  package var fill: Color?
  /// From 0 to 1, of the fill alone.
  package var opacity: Double
  package var stroke: Color?
  /// In pixels.
  package var strokeWidth: Double
  package var isDashed: Bool

  package init(
    fill: Color? = nil, opacity: Double = 1, stroke: Color? = nil, strokeWidth: Double = 1, isDashed: Bool = false
  ) {
    (self.fill, self.opacity, self.stroke) = (fill, opacity, stroke)
    (self.strokeWidth, self.isDashed) = (strokeWidth, isDashed)
  }
}

extension Picture {
  enum Shape: Hashable, Sendable {
    /// Closed rings filled by the even-odd rule, or open lines.
    case lines([[Point]], isClosed: Bool, Paint)
    case rectangle(Envelope, Paint)
    case marks(Mark, at: [Point], radius: Double, Paint)
    case text(Caption)
    /// Shapes of which only what lies in the box is seen.
    case clipped(Envelope, [Picture.Shape])
  }
}

/// The form of a point, so that classes differ without colour.
package enum Mark: CaseIterable, Hashable, Sendable {
  case circle, square, triangle, diamond
}

/// One line of text at the left end, middle or right end of its base line.
struct Caption: Hashable, Sendable {
  enum Anchor: Hashable, Sendable { case start, middle, end }

  var text: String
  var at: Point
  var size: Double = 12
  var color = Color.ink
  var anchor = Anchor.start
  var isBold = false
  /// A white rim that keeps the text readable over lines.
  var hasHalo = false

  /// The box around the glyphs.
  var box: Envelope {
    let width = textWidth(text, size: size)
    let left =
      switch anchor {
      case .start: at.x
      case .middle: at.x - width / 2
      case .end: at.x - width
      }
    return Envelope(minX: left, minY: at.y - 0.88 * size, maxX: left + width, maxY: at.y + 0.24 * size)
  }
}
