package import Geodata

/// A map: layers of areas and points with names, a scale bar, a north mark and a legend.
package struct MapPicture: Hashable, Sendable {
  /// What the coordinates are.
  package enum Units: Hashable, Sendable {
    /// Longitude and latitude; drawn so that a kilometre is as long to the east as to the north in the middle.
    case degrees
    /// Easting and northing.
    case meters
  }

  package struct Area: Hashable, Sendable {
    package var polygons: Polygons
    /// Written inside the widest part of the area that is seen.
    package var label: String?

    package init(_ polygons: Polygons, label: String? = nil) {
      (self.polygons, self.label) = (polygons, label)
    }
  }

  package struct Dot: Hashable, Sendable {
    package var at: Point
    /// Written beside the dot.
    package var label: String?

    package init(at point: Point, label: String? = nil) {
      (self.at, self.label) = (point, label)
    }
  }

  /// What is drawn alike and has one line in the legend.
  package struct Layer: Hashable, Sendable {
    package enum Content: Hashable, Sendable {
      case areas([Area])
      case dots([Dot], Mark, radius: Double)
    }

    package var content: Content
    package var paint: Paint
    /// The line in the legend, if any.
    package var legend: String?
    /// Pixels. Where names compete for room the larger wins, then the earlier layer.
    package var labelSize: Double

    package static func areas(
      _ areas: [Area], paint: Paint, legend: String? = nil, labelSize: Double = 12
    ) -> Layer {
      Layer(content: .areas(areas), paint: paint, legend: legend, labelSize: labelSize)
    }

    /// - Parameter radius: pixels.
    package static func dots(
      _ dots: [Dot], _ mark: Mark = .circle, radius: Double = 3.5, color: Color, legend: String? = nil,
      labelSize: Double = 11
    ) -> Layer {
      Layer(
        content: .dots(dots, mark, radius: radius), paint: Paint(fill: color, stroke: .white, strokeWidth: 0.8),
        legend: legend, labelSize: labelSize)
    }
  }

  package var title: String
  package var units: Units
  package var language: Language
  /// From the ground up.
  package var layers: [Layer]
  /// What is shown at least; everything in the layers where nothing is said.
  package var envelope: Envelope?

  package init(title: String, units: Units, language: Language, layers: [Layer] = [], envelope: Envelope? = nil) {
    (self.title, self.units, self.language) = (title, units, language)
    (self.layers, self.envelope) = (layers, envelope)
  }

  package func svg(width: Double) -> String { picture(width: width).svg() }

  /// The map, `width` pixels wide; its height follows the envelope, from half to one and a half of the width.
  package func picture(width: Double) -> Picture {
    var shapes: [Picture.Shape] = []
    var y = 4.0
    for line in wrapped(title, width: width - 8, size: 15, limit: 3) {
      shapes.append(.text(Caption(text: line, at: Point(x: 0, y: y + 15), size: 15, isBold: true)))
      y += 21
    }
    y += 6
    let frame = MapFrame(shown, units: units, left: 0.5, top: y, width: width - 1)
    let drawn = layers.map { DrawnLayer($0, in: frame) }
    let north = NorthMark(in: frame.box, avoiding: drawn.flatMap(\.points), text: Messages.north.text(language))
    let labels = LabelPlacement(in: frame.box, obstacles: [north.box], dots: drawn.flatMap(\.dots))
      .placed(drawn.flatMap(\.labels))
    shapes.append(.rectangle(frame.box, Paint(fill: .white)))
    shapes.append(.clipped(frame.box, drawn.flatMap(\.shapes) + labels.map { .text($0) } + north.shapes))
    shapes.append(.rectangle(frame.box, Paint(stroke: .line)))
    y = frame.box.maxY + 10

    let scale = ScaleBar(metersPerPixel: frame.metersPerPixel, limit: min(width * 0.3, 180), language: language)
    let right = width - 0.5
    shapes += scale.shapes(endingAt: Point(x: right, y: y))
    let legend = Legend(entries: layers.compactMap(\.legendEntry))
    let (entries, height) = legend.shapes(at: Point(x: 0.5, y: y), width: width - scale.width - 24)
    shapes += entries
    return Picture(title: title, width: width, height: y + max(height, scale.height) + 4, shapes: shapes)
  }

  private var shown: Envelope {
    if let envelope { return envelope }
    var all = Envelope()
    for layer in layers {
      switch layer.content {
      case .areas(let areas): for area in areas { all.add(area.polygons.envelope) }
      case .dots(let dots, _, _): for dot in dots { all.add(dot.at) }
      }
    }
    return all
  }
}

extension MapPicture.Layer {
  fileprivate var legendEntry: Legend.Entry? {
    guard let legend else { return nil }
    return switch content {
    case .areas: Legend.Entry(sample: .area(paint), text: legend)
    case .dots(_, let mark, let radius): Legend.Entry(sample: .mark(mark, radius: radius, paint), text: legend)
    }
  }
}

/// A layer in pixels.
private struct DrawnLayer {
  var shapes: [Picture.Shape] = []
  var labels: [Label] = []
  /// The dots, which names should leave free.
  var dots: [Point] = []
  /// Corners and dots: where there is something to see.
  var points: [Point] = []

  init(_ layer: MapPicture.Layer, in frame: MapFrame) {
    switch layer.content {
    case .areas(let areas):
      for area in areas where area.polygons.envelope.overlaps(frame.shown) {
        let outline = Outline(area.polygons.map(frame.place))
        shapes.append(.lines(outline.rings, isClosed: true, layer.paint))
        points += outline.rings.joined()
        if let text = area.label, let anchor = outline.widestPlace(within: frame.box) {
          labels.append(
            Label(text: text, at: anchor, size: layer.labelSize, around: nil, extent: outline.extent))
        }
      }
    case .dots(let all, let mark, let radius):
      for dot in all {
        let at = frame.place(dot.at)
        guard frame.box.overlaps(Envelope([at])) else { continue }
        dots.append(at)
        if let text = dot.label {
          labels.append(Label(text: text, at: at, size: layer.labelSize, around: radius, extent: 0))
        }
      }
      shapes.append(.marks(mark, at: dots, radius: radius, layer.paint))
      points += dots
    }
  }
}
