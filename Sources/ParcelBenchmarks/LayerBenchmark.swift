import ArgumentParser
import Foundation
import Geodata
import ParcelTesting
import Spatial

struct LayerBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "layers",
    abstract: "Building, writing, opening and searching a prepared layer.",
    discussion: """
      The layer is a tiling that is written to a temporary folder; a file is open when its checksum was verified.

        ParcelBenchmarks layers --tiles 300
      """)

  @Option(help: "Tiles in a row; the layer has the square of it.")
  var tiles = 200

  @Option(help: "Another seed makes other shapes.")
  var seed: UInt64 = 1

  func run() throws {
    var generator = ShapeGenerator(seed: seed)
    let shapes = generator.tiling(columns: tiles, rows: tiles).tiles
    let stars = PolygonSet((0..<1000).map { _ in generator.star() })
    let folder = try TemporaryFolder()
    let (path, source) = (folder.path("layer"), [UInt8](repeating: 1, count: PreparedFile.sourceLength))

    var table = Table("step", "time", "rate")
    let building = Stopwatch.seconds(rounds: 3) { _ = PolygonSet(shapes) }
    let vertices = shapes.reduce(0) { $0 + $1.points.count }
    table.add(
      "building the set", milliseconds(building), String(format: "%.0f ns a vertex", building / Double(vertices) * 1e9))

    let layer = PreparedFile(
      note: [], texts: [TextColumn(shapes.indices.map { "\($0 % 60)" })],
      numbers: [NumberColumn(shapes.map { EqualAreaPlane.area(of: $0) })], areas: PolygonSet(shapes))
    let writing = try Stopwatch.seconds(rounds: 3) { try layer.write(to: path, source: source) }
    let megabytes = Double(try folder.read("layer").count) / 1e6
    table.add("writing the file", milliseconds(writing), String(format: "%.0f MB/s", megabytes / writing))

    let opening = try Stopwatch.seconds { _ = try PreparedFile(mapping: path, source: source) }
    table.add("opening it", milliseconds(opening), String(format: "%.0f MB/s", megabytes / opening))

    let read = try PreparedFile(mapping: path, source: source)
    var (meter, found) = (OverlapMeter(), 0)
    let overlaying = Stopwatch.seconds {
      found = 0
      for number in 0..<stars.count { found += meter.overlaps(of: number, in: stars, with: read.areas).count }
    }
    table.add(
      "overlaps of \(stars.count) stars", milliseconds(overlaying),
      String(format: "%.0f ns an overlap", overlaying / Double(found) * 1e9))
    print(String(format: "%d areas, %d vertices, %.1f MB", shapes.count, vertices, megabytes))
    table.print()
  }

  private func milliseconds(_ seconds: Double) -> String { String(format: "%.2f ms", seconds * 1000) }
}
