import Foundation
import Geodata
import Testing

@testable import Drawing

struct MapPictureTests {
  /// A grid of squares of `size` with names, and as many dots with names, in the order of a seeded generator.
  private func crowdedMap(units: MapPicture.Units, origin: Point, size: Double) -> MapPicture {
    var state: UInt64 = 42
    func random() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) / Double(UInt64(1) << 53)
    }
    var areas: [MapPicture.Area] = []
    var dots: [MapPicture.Dot] = []
    for row in 0..<12 {
      for column in 0..<12 {
        let (x, y) = (origin.x + Double(column) * size, origin.y + Double(row) * size)
        areas.append(.init(square(x, y, size), label: "第\(row)行第\(column)列乡镇"))
        dots.append(.init(at: Point(x: x + random() * size, y: y + random() * size), label: "4303\(row * 12 + column)"))
      }
    }
    return MapPicture(
      title: "图", units: units, language: .chinese,
      layers: [
        .areas(areas, paint: Paint(stroke: .gray), legend: "乡镇", labelSize: 13),
        .dots(dots, .diamond, color: .vermilion, legend: "违法"),
      ])
  }

  @Test(arguments: [400.0, 900])
  func `No name covers another, the north mark or the frame`(width: Double) throws {
    let picture = crowdedMap(units: .degrees, origin: Point(x: 112.5, y: 27.3), size: 0.05).picture(width: width)
    let clipped = try #require(
      picture.shapes.lazy.compactMap { shape -> (Envelope, [Picture.Shape])? in
        if case .clipped(let box, let shapes) = shape { (box, shapes) } else { nil }
      }.first)
    let captions = clipped.1.captions
    let boxes = captions.map(\.box)
    #expect(captions.contains { $0.text == "北" })
    // Some names find a place, and this crowd has more names than room.
    #expect((20..<288).contains(captions.count))
    for (index, box) in boxes.enumerated() {
      #expect(box.minX >= clipped.0.minX && box.maxX <= clipped.0.maxX)
      #expect(box.minY >= clipped.0.minY && box.maxY <= clipped.0.maxY)
      for other in boxes[..<index] { #expect(!other.overlaps(box)) }
    }
  }

  @Test func `Degrees are drawn as long as they are on the ground`() {
    // Series for the length of a degree at 27.5°; source: USGS Bulletin 1532.
    let (east, north) = MapPicture.Units.degrees.metersPerUnit(at: 27.5)
    #expect((east / 98_812.2 - 1).magnitude < 1e-4)
    #expect((north / 110_811.45 - 1).magnitude < 1e-4)
    let frame = MapFrame(
      Envelope(minX: 112, minY: 27, maxX: 113, maxY: 28), units: .degrees, left: 0, top: 0, width: 800)
    let (a, b) = (frame.place(Point(x: 112.5, y: 27.5)), frame.place(Point(x: 112.5 + 10_000 / east, y: 27.5)))
    let c = frame.place(Point(x: 112.5, y: 27.5 + 10_000 / north))
    #expect(((b.x - a.x) * frame.metersPerPixel - 10_000).magnitude < 1e-6)
    #expect(((a.y - c.y) * frame.metersPerPixel - 10_000).magnitude < 1e-6)
  }

  @Test(arguments: [
    (0.5, 50, "50 米"), (1, 100, "100 米"), (9.99, 1000, "1 千米"), (47, 5000, "5 千米"), (200, 20_000, "20 千米"),
    (0.001, 0.1, "0.1 米"),
  ])
  func `The scale bar is a round length and as long as it says`(metersPerPixel: Double, meters: Double, text: String) {
    let bar = ScaleBar(metersPerPixel: metersPerPixel, limit: 110, language: .chinese)
    #expect((bar.meters - meters).magnitude < 1e-9)
    let shapes = bar.shapes(endingAt: Point(x: 500, y: 100))
    var drawn = Envelope()
    for case .rectangle(let box, _) in shapes { drawn.add(box) }
    #expect((drawn.width * metersPerPixel - meters).magnitude < 1e-6)
    #expect(shapes.captions.map(\.text) == ["0", text])
    #expect(shapes.captions.allSatisfy { $0.box.maxX <= 500.01 })
  }

  @Test func `A straight edge keeps its ends only, a corner stays`() {
    let edge = (0...100).map { Point(x: Double($0), y: 0.1 * Double($0 % 2)) }
    let ring = edge + [Point(x: 100, y: 50), Point(x: 0, y: 50)]
    #expect(
      Outline.simplified(ring) == [Point(x: 0, y: 0), Point(x: 100, y: 0), Point(x: 100, y: 50), Point(x: 0, y: 50)])
  }

  @Test func `A parcel too small to see is still a pixel`() {
    let outline = Outline(square(10, 10, 0.001))
    #expect(outline.rings.count == 1)
    #expect(Envelope(outline.rings[0]).width == 1)
  }

  @Test func `A name stands inside a bent area, not in its hole or beyond the frame`() throws {
    let bend = [(0, 0), (100, 0), (100, 20), (20, 20), (20, 100), (0, 100)].map { Point(x: $0.0, y: $0.1) }
    let place = try #require(Outline(Polygons(rings: [[bend]])).widestPlace(within: square(-10, -10, 200).envelope))
    #expect(place.x < 100 && place.y < 20 || place.x < 20)

    let middle = try #require(Outline(square(0, 0, 100)).widestPlace(within: square(-10, -10, 200).envelope))
    #expect((middle.x - 50).magnitude < 1 && (middle.y - 50).magnitude < 1)

    let hole = square(10, 10, 80).points
    let ring = Outline(Polygons(rings: [[square(0, 0, 100).points, Array(hole)]]))
    let inRing = try #require(ring.widestPlace(within: square(-10, -10, 200).envelope))
    #expect(!square(10, 10, 80).envelope.overlaps(Envelope([inRing])))

    let seen = Envelope(minX: 80, minY: 0, maxX: 300, maxY: 300)
    #expect(try #require(Outline(square(0, 0, 100)).widestPlace(within: seen)).x > 80)
    #expect(Outline(square(0, 0, 50)).widestPlace(within: seen) == nil)
  }

  @Test func `Ten thousand corners on a line cost no more than the line`() {
    let edge = (0...10_000).map { Point(x: 112 + Double($0) / 10_000, y: 27) }
    let area = Polygons(rings: [[edge + [Point(x: 113, y: 28), Point(x: 112, y: 28)]]])
    let map = MapPicture(
      title: "t", units: .degrees, language: .english, layers: [.areas([.init(area)], paint: Paint(fill: .gray))])
    #expect(map.svg(width: 800).utf8.count < 3000)
  }

  @Test(arguments: hostileTexts)
  func `Hostile names are text`(text: String) throws {
    let map = MapPicture(
      title: text, units: .meters, language: .chinese,
      layers: [
        .areas([.init(square(0, 0, 100), label: text)], paint: Paint(fill: .sky), legend: text),
        .dots([.init(at: Point(x: 50, y: 50), label: text)], color: .blue, legend: text),
      ])
    let read = try #require(readXML(map.svg(width: 900)))
    #expect(read.elements == ["svg", "title", "path", "text", "g"])
  }

  @Test(arguments: [
    Envelope(), Envelope([Point(x: 112, y: 27)]), Envelope(minX: 112, minY: 27, maxX: 113, maxY: 27),
    Envelope(minX: 112, minY: 27, maxX: 112, maxY: 28),
  ])
  func `An envelope without extent still makes a map`(envelope: Envelope) throws {
    let map = MapPicture(title: "t", units: .degrees, language: .chinese, envelope: envelope)
    let svg = map.svg(width: 500)
    #expect(readXML(svg) != nil)
    #expect(!svg.contains("nan") && !svg.contains("inf"))
    #expect((250...900).contains(map.picture(width: 500).height))
  }

  @Test func `Numbers in the file have two decimals at most`() {
    let svg = crowdedMap(units: .meters, origin: Point(x: 0, y: 0), size: 333.333).svg(width: 700)
    #expect(!svg.contains(/\d\.\d{3}/))
    #expect(svg == crowdedMap(units: .meters, origin: Point(x: 0, y: 0), size: 333.333).svg(width: 700))
  }
}

private func square(_ x: Double, _ y: Double, _ size: Double) -> Polygons {
  Polygons(
    rings: [
      [
        [
          Point(x: x, y: y), Point(x: x + size, y: y), Point(x: x + size, y: y + size), Point(x: x, y: y + size),
        ]
      ]
    ])
}
