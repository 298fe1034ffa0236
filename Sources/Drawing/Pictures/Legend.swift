import Geodata

/// What the colours and marks of a picture stand for, flowing from left to right in as many rows as it needs.
struct Legend: Hashable, Sendable {
  enum Sample: Hashable, Sendable {
    case area(Paint)
    case mark(Mark, radius: Double, Paint)
  }

  struct Entry: Hashable, Sendable {
    var sample: Sample
    var text: String
  }

  var entries: [Entry]

  private static let size = 12.0
  private static let rowHeight = 20.0

  /// The shapes with their upper left corner at `corner`, and the height they take.
  func shapes(at corner: Point, width: Double) -> (shapes: [Picture.Shape], height: Double) {
    guard !entries.isEmpty else { return ([], 0) }
    var shapes: [Picture.Shape] = []
    var (x, y) = (corner.x, corner.y)
    for entry in entries {
      let room = width - 24
      let text = wrapped(entry.text, width: room, size: Self.size, limit: 1).first ?? ""
      let entryWidth = 24 + textWidth(text, size: Self.size)
      if x > corner.x, x + entryWidth > corner.x + width {
        x = corner.x
        y += Self.rowHeight
      }
      switch entry.sample {
      case .area(let paint):
        shapes.append(.rectangle(Envelope(minX: x, minY: y + 4, maxX: x + 16, maxY: y + 16), paint))
      case .mark(let mark, let radius, let paint):
        shapes.append(.marks(mark, at: [Point(x: x + 8, y: y + 10)], radius: min(radius, 8), paint))
      }
      shapes.append(.text(Caption(text: text, at: Point(x: x + 22, y: y + 14.3), size: Self.size)))
      x += entryWidth + 18
    }
    return (shapes, y - corner.y + Self.rowHeight)
  }
}
