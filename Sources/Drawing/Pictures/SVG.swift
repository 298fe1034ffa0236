import Geodata

extension Picture {
  /// The picture as an SVG document of its own, with no address, script or style outside it.
  package func svg() -> String { markup.source + "\n" }

  var markup: Markup {
    let attributes: [Markup.Attribute] = [
      ("xmlns", "http://www.w3.org/2000/svg"), ("width", short(width)), ("height", short(height)),
      ("viewBox", "0 0 \(short(width)) \(short(height))"), ("role", "img"), ("aria-label", title),
      ("font-family", faces),
    ]
    return .element("svg", attributes, [.element("title", [], [.text(title)])] + shapes.map(\.markup))
  }
}

private let faces = "'Noto Sans CJK SC','Source Han Sans SC','Microsoft YaHei','PingFang SC',sans-serif"

extension Picture.Shape {
  fileprivate var markup: Markup {
    switch self {
    case .lines(let lines, let isClosed, let paint):
      return path(lines.map { pathData($0, isClosed: isClosed) }.joined(), paint)
    case .rectangle(let box, let paint):
      let corners = [(box.minX, box.minY), (box.maxX, box.minY), (box.maxX, box.maxY), (box.minX, box.maxY)]
      return path(pathData(corners.map { Point(x: $0.0, y: $0.1) }, isClosed: true), paint)
    case .marks(let mark, let places, let radius, let paint):
      let paths = places.map { Markup.empty("path", [("d", pathData(mark, at: $0, radius: radius))]) }
      return .element("g", paint.attributes, paths)
    case .text(let caption): return caption.markup
    case .clipped(let box, let shapes):
      let attributes: [Markup.Attribute] = [
        ("x", short(box.minX)), ("y", short(box.minY)), ("width", short(box.width)), ("height", short(box.height)),
        ("viewBox", "\(short(box.minX)) \(short(box.minY)) \(short(box.width)) \(short(box.height))"),
      ]
      return .element("svg", attributes, shapes.map(\.markup))
    }
  }
}

private func path(_ data: String, _ paint: Paint) -> Markup { .empty("path", [("d", data)] + paint.attributes) }

extension Paint {
  fileprivate var attributes: [Markup.Attribute] {
    var attributes: [Markup.Attribute] = [("fill", fill?.hex ?? "none"), ("fill-rule", "evenodd")]
    if fill != nil, opacity < 1 { attributes.append(("fill-opacity", short(opacity))) }
    guard let stroke else { return attributes }
    attributes += [("stroke", stroke.hex), ("stroke-width", short(strokeWidth)), ("stroke-linejoin", "round")]
    if isDashed { attributes.append(("stroke-dasharray", "\(short(strokeWidth * 4)) \(short(strokeWidth * 2.5))")) }
    return attributes
  }
}

extension Caption {
  fileprivate var markup: Markup {
    var attributes: [Markup.Attribute] = [
      ("x", short(at.x)), ("y", short(at.y)), ("font-size", short(size)), ("fill", color.hex),
    ]
    switch anchor {
    case .start: break
    case .middle: attributes.append(("text-anchor", "middle"))
    case .end: attributes.append(("text-anchor", "end"))
    }
    if isBold { attributes.append(("font-weight", "700")) }
    if hasHalo {
      attributes += [
        ("paint-order", "stroke"), ("stroke", Color.white.hex), ("stroke-width", "3"), ("stroke-opacity", "0.85"),
        ("stroke-linejoin", "round"),
      ]
    }
    return .element("text", attributes, [.text(text.split(whereSeparator: \.isNewline).joined(separator: " "))])
  }
}

/// Path commands from tenths of a pixel, each point relative to the one before it: the rounding does not add up.
private func pathData(_ points: [Point], isClosed: Bool) -> String {
  var points = points[...]
  if isClosed, points.count > 1, points.first == points.last { points.removeLast() }
  var data = ""
  var (x, y) = (0, 0)
  for (index, point) in points.enumerated() {
    let (nextX, nextY) = (Int((point.x * 10).rounded()), Int((point.y * 10).rounded()))
    if index > 0, nextX == x, nextY == y { continue }
    data += index == 0 ? "M" : index == 1 ? "l" : " "
    data += "\(tenths(nextX - x)) \(tenths(nextY - y))"
    (x, y) = (nextX, nextY)
  }
  return data + (isClosed ? "z" : "")
}

private func pathData(_ mark: Mark, at center: Point, radius r: Double) -> String {
  func polygon(_ corners: [(Double, Double)]) -> String {
    pathData(corners.map { Point(x: center.x + $0.0 * r, y: center.y + $0.1 * r) }, isClosed: true)
  }
  switch mark {
  case .circle:
    let (radius, width) = (short(r), short(2 * r))
    return "M\(short(center.x - r)) \(short(center.y))a\(radius) \(radius) 0 1 0 \(width) 0"
      + "a\(radius) \(radius) 0 1 0 -\(width) 0z"
  case .square: return polygon([(-0.88, -0.88), (0.88, -0.88), (0.88, 0.88), (-0.88, 0.88)])
  case .triangle: return polygon([(0, -1.2), (1.05, 0.75), (-1.05, 0.75)])
  case .diamond: return polygon([(0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0)])
  }
}

private func tenths(_ value: Int) -> String {
  let magnitude = value.magnitude
  return "\(value < 0 ? "-" : "")\(magnitude / 10)" + (magnitude % 10 == 0 ? "" : ".\(magnitude % 10)")
}

/// A number with at most two decimals and no more than it needs.
private func short(_ value: Double) -> String { shortest(value, decimals: 2) }
