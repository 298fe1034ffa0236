import Geodata

/// Horizontal stacked bars, one a category, every value printed.
///
/// Names are broken into lines rather than cut or laid over a bar; a value too wide for its part of the bar is
/// printed behind it beside a square of its colour.
package struct BarChart: Hashable, Sendable {
  package struct Series: Hashable, Sendable {
    package var name: String
    package var color: Color

    package init(_ name: String, color: Color) {
      (self.name, self.color) = (name, color)
    }
  }

  package struct Bar: Hashable, Sendable {
    package var name: String
    /// One value for each series; what is below zero or no finite number has no length.
    package var values: [Double]

    package init(_ name: String, _ values: [Double]) {
      (self.name, self.values) = (name, values)
    }
  }

  package var title: String
  package let series: [Series]
  package private(set) var bars: [Bar] = []
  /// How values are printed.
  package var decimals: Int

  /// - Precondition: every bar has a value for each series.
  package init(title: String, series: [Series], bars: [Bar], decimals: Int = 0) {
    (self.title, self.series, self.decimals) = (title, series, decimals)
    for bar in bars { add(bar) }
  }

  package mutating func add(_ bar: Bar) {
    precondition(bar.values.count == series.count, "a bar has a value for every series")
    bars.append(bar)
  }

  package func svg(width: Double) -> String { picture(width: width).svg() }

  /// The chart, `width` pixels wide and as high as its bars need.
  package func picture(width: Double) -> Picture {
    var shapes: [Picture.Shape] = []
    var y = 4.0
    for line in wrapped(title, width: width - 8, size: 15, limit: 3) {
      shapes.append(.text(Caption(text: line, at: Point(x: 0, y: y + 15), size: 15, isBold: true)))
      y += 21
    }
    if series.count > 1 {
      let legend = Legend(
        entries: series.map { .init(sample: .area(Paint(fill: $0.color)), text: $0.name) })
      let (drawn, height) = legend.shapes(at: Point(x: 0, y: y + 4), width: width)
      shapes += drawn
      y += height + 4
    }
    y += 8
    let top = y
    let columns = columns(width: width)
    for (bar, name) in zip(bars, columns.names) {
      let rowHeight = max(barHeight, Double(name.count) * lineHeight) + 9
      shapes += drawn(bar, name: name, middle: y + rowHeight / 2, columns)
      y += rowHeight
    }
    let axis = [Point(x: columns.start, y: top), Point(x: columns.start, y: y)]
    shapes.append(.lines([axis], isClosed: false, Paint(stroke: .pale)))
    return Picture(title: title, width: width, height: y + 6, shapes: shapes)
  }
}

private let nameSize = 12.5
private let valueSize = 11.5
private let lineHeight = 16.0
private let barHeight = 20.0
private let gap = 8.0

extension BarChart {
  /// How the width is shared: names, bars, and the values behind the longest bars.
  private struct Columns {
    var names: [[String]]
    /// Where the bars begin.
    var start: Double
    /// Pixels for a value of one.
    var scale: Double
  }

  private func columns(width: Double) -> Columns {
    let widest = bars.map { textWidth($0.name, size: nameSize) }.max() ?? 0
    let nameWidth = min(widest, max(width * 0.3, 60)) + 1
    let names = bars.map { wrapped($0.name, width: nameWidth, size: nameSize, limit: 3) }
    let start = nameWidth + gap
    // A shorter scale moves more values behind their bars, which shortens the scale: it can only shrink, so it ends.
    var scale = Double.infinity
    while true {
      let next = bars.reduce(scale) { scale, bar in
        let behind = trailing(of: bar, scale: scale).reduce(0) { $0 + $1.width }
        let length = bar.length
        return length > 0 ? min(scale, max((width - start - behind - gap - 2) / length, 20 / length)) : scale
      }
      guard next < scale else { break }
      scale = next
    }
    return Columns(names: names, start: start, scale: scale.isFinite ? scale : 0)
  }

  /// One figure behind a bar: the sum in ink, a value that its part cannot hold beside a square of its colour.
  private struct Trailing {
    var text: String
    var color: Color?
    var width: Double { textWidth(text, size: valueSize) + (color == nil ? 0 : 14) + 8 }
  }

  private func trailing(of bar: Bar, scale: Double) -> [Trailing] {
    let sum = bar.values.reduce(0) { $0 + ($1.isFinite ? $1 : 0) }
    guard series.count > 1 else { return [Trailing(text: printed(bar.values.first ?? 0))] }
    let hidden = zip(bar.values, series).filter { value, _ in
      value != 0 && !holds(value, scale: scale)
    }
    return [Trailing(text: printed(sum))] + hidden.map { Trailing(text: printed($0), color: $1.color) }
  }

  private func holds(_ value: Double, scale: Double) -> Bool {
    value > 0 && value.isFinite && textWidth(printed(value), size: valueSize) + 6 <= value * scale
  }

  private func printed(_ value: Double) -> String { Cell.number(value, decimals: decimals).plain }

  private func drawn(_ bar: Bar, name: [String], middle: Double, _ columns: Columns) -> [Picture.Shape] {
    var shapes: [Picture.Shape] = []
    for (index, line) in name.enumerated() {
      let base = middle + (Double(index) - Double(name.count - 1) / 2) * lineHeight + nameSize * 0.36
      shapes.append(
        .text(Caption(text: line, at: Point(x: columns.start - gap, y: base), size: nameSize, anchor: .end)))
    }
    let base = middle + valueSize * 0.36
    var x = columns.start
    for (value, series) in zip(bar.values, series) where value > 0 && value.isFinite {
      let end = x + value * columns.scale
      let box = Envelope(minX: x, minY: middle - barHeight / 2, maxX: end, maxY: middle + barHeight / 2)
      // A white rim parts neighbours in a grey print.
      shapes.append(.rectangle(box, Paint(fill: series.color, stroke: .white, strokeWidth: 0.8)))
      if self.series.count > 1, holds(value, scale: columns.scale) {
        shapes.append(
          .text(
            Caption(
              text: printed(value), at: Point(x: (x + end) / 2, y: base), size: valueSize,
              color: series.color.contrary, anchor: .middle)))
      }
      x = end
    }
    x += gap
    for (index, figure) in trailing(of: bar, scale: columns.scale).enumerated() {
      if let color = figure.color {
        shapes.append(
          .rectangle(
            Envelope(minX: x + 2, minY: middle - 4.5, maxX: x + 11, maxY: middle + 4.5), Paint(fill: color)))
      }
      shapes.append(
        .text(
          Caption(
            text: figure.text, at: Point(x: x + (figure.color == nil ? 0 : 14), y: base), size: valueSize,
            isBold: index == 0)))
      x += figure.width
    }
    return shapes
  }
}

extension BarChart.Bar {
  /// The sum of what has a length.
  fileprivate var length: Double { values.reduce(0) { $0 + ($1 > 0 && $1.isFinite ? $1 : 0) } }
}
