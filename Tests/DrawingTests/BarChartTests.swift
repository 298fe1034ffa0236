import Geodata
import Testing

@testable import Drawing

struct BarChartTests {
  private static let series: [BarChart.Series] = [
    .init("非违法", color: .sky), .init("待判定", color: .yellow), .init("违法", color: .vermilion),
  ]
  private static let charts = [
    BarChart(
      title: "各乡镇", series: series,
      bars: [
        .init("易俗河镇", [86, 12, 4]), .init(String(repeating: "特别长的名称", count: 12), [1, 1, 1]),
        .init("W" + String(repeating: "idemouthed Township ", count: 8), [0, 0, 0]), .init("石鼓镇", [99_999, 1, 0]),
        .init("坏", [.nan, -3, .infinity]),
      ]),
    BarChart(
      title: "一列", series: [.init("面积", color: .blue)], bars: [.init("甲", [0.004]), .init("乙", [123_456.78])],
      decimals: 2),
    BarChart(title: "空", series: series, bars: []),
    BarChart(title: "零", series: series, bars: [.init("甲", [0, 0, 0])]),
  ]

  @Test(arguments: charts, [320.0, 760])
  func `No text covers another or leaves the picture`(chart: BarChart, width: Double) {
    let picture = chart.picture(width: width)
    let boxes = picture.shapes.captions.map(\.box)
    for (index, box) in boxes.enumerated() {
      #expect(box.minX >= -0.01 && box.maxX <= width + 0.01 && box.minY >= 0 && box.maxY <= picture.height)
      for other in boxes[..<index] { #expect(!other.overlaps(box)) }
    }
  }

  @Test func `Every value is printed, in its part of the bar or behind it`() {
    let chart = BarChart(title: "t", series: Self.series, bars: [.init("甲", [900, 70, 3])])
    let texts = chart.picture(width: 500).shapes.captions.map(\.text)
    #expect(texts.filter { ["900", "70", "3", "973"].contains($0) } == ["900", "70", "973", "3"])
  }

  @Test func `Parts of bars are as long as their values`() {
    let chart = BarChart(title: "t", series: Self.series, bars: [.init("甲", [60, 30, 10]), .init("乙", [20, 0, 0])])
    let widths = chart.picture(width: 600).shapes.compactMap { shape -> Double? in
      guard case .rectangle(let box, let paint) = shape, paint.stroke == .white else { return nil }
      return box.width
    }
    #expect(widths.count == 4)
    for (width, value) in zip(widths, [60.0, 30, 10, 20]) { #expect((width / widths[0] - value / 60).magnitude < 1e-9) }
  }

  @Test(arguments: hostileTexts)
  func `Hostile names are text`(text: String) throws {
    let chart = BarChart(title: text, series: [.init(text, color: .blue)], bars: [.init(text, [1])])
    let read = try #require(readXML(chart.svg(width: 900)))
    #expect(read.elements == ["svg", "title", "path", "text"])
  }

  @Test(arguments: [
    ("湘潭县天易经济开发区", ["湘潭县天", "易经济开", "发区"]), ("abc def", ["abc ", "def"]), ("一二三四，五", ["一二三", "四，五"]),
    ("", []), ("一二三四五六七八九十一二三", ["一二三四", "五六七八", "九十一…"]),
  ])
  func `A name is broken into lines and cut only at the last`(text: String, lines: [String]) {
    #expect(wrapped(text, width: 41, size: 10, limit: 3) == lines)
  }

  @Test func `Text on a colour is readable`() {
    for color in Color.classes {
      let (a, b) = (color.luminance + 0.05, color.contrary.luminance + 0.05)
      #expect(max(a, b) / min(a, b) > 3.8)
    }
  }
}

extension [Picture.Shape] {
  var captions: [Caption] {
    flatMap { shape -> [Caption] in
      switch shape {
      case .text(let caption): [caption]
      case .clipped(_, let shapes): shapes.captions
      case .lines, .rectangle, .marks: []
      }
    }
  }
}
