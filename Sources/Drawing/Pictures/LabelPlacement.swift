import Geodata

/// A name that wants a place on a map.
struct Label: Hashable, Sendable {
  var text: String
  var at: Point
  var size: Double
  /// The radius of the dot that it stands beside; nothing for a name inside an area.
  var around: Double?
  /// The size of what it names: of two names of one size, that of the larger area is placed first.
  var extent: Double
}

/// Places names so that none covers another: a name moves a little, or is left out.
struct LabelPlacement: Sendable {
  private let box: Envelope
  private let obstacles: [Envelope]
  private let dots: [Point]

  init(in box: Envelope, obstacles: [Envelope], dots: [Point]) {
    (self.box, self.obstacles, self.dots) = (box, obstacles, dots)
  }

  /// The names that found a place, with their places.
  func placed(_ labels: [Label]) -> [Caption] {
    var captions: [Caption] = []
    var taken = obstacles
    let order = labels.indices.sorted { a, b in
      (labels[b].size, labels[b].extent, a) < (labels[a].size, labels[a].extent, b)
    }
    for index in order {
      let free = candidates(for: labels[index]).filter { candidate in
        let box = candidate.caption.box
        return box.minX >= self.box.minX && box.maxX <= self.box.maxX && box.minY >= self.box.minY
          && box.maxY <= self.box.maxY && !taken.contains { $0.overlaps(box) }
      }
      let best = free.map { ($0.caption, $0.cost + covered(by: $0.caption.box)) }.min { $0.1 < $1.1 }
      guard let (caption, _) = best else { continue }
      captions.append(caption)
      taken.append(caption.box.widened(by: 1.5))
    }
    return captions
  }

  /// A covered dot is as bad as moving away by a whole line.
  private func covered(by box: Envelope) -> Double {
    let wide = box.widened(by: 2)
    return Double(dots.count { wide.overlaps(Envelope([$0])) })
  }

  private func candidates(for label: Label) -> [(caption: Caption, cost: Double)] {
    func caption(_ x: Double, _ y: Double, _ anchor: Caption.Anchor) -> Caption {
      Caption(
        text: label.text, at: Point(x: x, y: y + 0.32 * label.size), size: label.size, anchor: anchor, hasHalo: true)
    }
    let (x, y) = (label.at.x, label.at.y)
    if let radius = label.around {
      let (side, above) = (radius + 3, radius + 2 + label.size * 0.6)
      return [
        (caption(x + side, y, .start), 0), (caption(x - side, y, .end), 0.1), (caption(x, y - above, .middle), 0.2),
        (caption(x, y + above, .middle), 0.3),
      ]
    }
    let width = textWidth(label.text, size: label.size)
    var all: [(Caption, Double)] = []
    for row in -4...4 {
      for column in -2...2 {
        let (down, right) = (Double(row) / 2, Double(column) / 4)
        all.append(
          (
            caption(x + right * width, y + down * label.size * 1.2, .middle),
            down.magnitude + 1.2 * right.magnitude
          ))
      }
    }
    return all
  }
}
