import Geodata

/// The arrow to the north in an upper corner of a map.
struct NorthMark: Hashable, Sendable {
  /// What it covers, for names to keep away from.
  let box: Envelope
  private let text: String

  /// In the upper corner with less to see below it; on the right where it is all the same.
  init(in frame: Envelope, avoiding points: [Point], text: String) {
    let (width, height) = (24.0, 44.0)
    let right = Envelope(
      minX: frame.maxX - 8 - width, minY: frame.minY + 8, maxX: frame.maxX - 8, maxY: frame.minY + 8 + height)
    let left = Envelope(
      minX: frame.minX + 8, minY: frame.minY + 8, maxX: frame.minX + 8 + width, maxY: frame.minY + 8 + height)
    func crowd(_ box: Envelope) -> Int { points.count { box.overlaps(Envelope([$0])) } }
    box = crowd(right) <= crowd(left) ? right : left
    self.text = text
  }

  var shapes: [Picture.Shape] {
    let (x, top, bottom) = (box.center.x, box.minY + 16, box.maxY - 2)
    let tip = Point(x: x, y: top)
    let notch = Point(x: x, y: bottom - 6)
    let paint = Paint(fill: .ink, stroke: .ink, strokeWidth: 0.8)
    return [
      .rectangle(box, Paint(fill: .white, opacity: 0.75)),
      .text(
        Caption(text: text, at: Point(x: x, y: box.minY + 12.5), size: 12, anchor: .middle, isBold: true)),
      .lines([[tip, Point(x: x - 7, y: bottom), notch]], isClosed: true, paint),
      .lines(
        [[tip, Point(x: x + 7, y: bottom), notch]], isClosed: true,
        Paint(fill: .white, stroke: .ink, strokeWidth: 0.8)),
    ]
  }
}
