import ArgumentParser
import Foundation
import Geodata
import ParcelTesting
import Spatial

struct KernelBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kernel",
    abstract: "Time of an overlap area, beside GEOS's overlay of the same pair.",
    discussion: """
      The kernel measures areas that lie in a set already; GEOS builds both shapes, overlays them and gives the area, which
      is what a program without the kernel would do.

        ParcelBenchmarks kernel --pairs 2000 --seed 1
      """)

  @Option(help: "Pairs of small shapes of each sort; of large ones a hundredth.")
  var pairs = 1000

  @Option(help: "Another seed makes other shapes.")
  var seed: UInt64 = 1

  func run() throws {
    var table = Table("pair", "corners", "kernel ns", "GEOS ns", "GEOS / kernel")
    for sort in ShapeGenerator.Pair.allCases {
      var generator = ShapeGenerator(seed: seed, place: .inCounty)
      let isSmall = ShapeGenerator.Pair.small.contains(sort)
      let pairs = (0..<max(1, isSmall ? self.pairs : self.pairs / 100)).map { _ in generator.pair(sort) }
      let corners = pairs.reduce(0) { $0 + $1.0.points.count + $1.1.points.count } / (2 * pairs.count)
      let kernel = kernelSeconds(pairs) / Double(pairs.count)
      let geos = try geosSeconds(pairs) / Double(pairs.count)
      table.add(
        sort.rawValue, "\(corners)", String(format: "%.0f", kernel * 1e9), String(format: "%.0f", geos * 1e9),
        String(format: "%.0f", geos / kernel))
    }
    table.print()
  }

  private func kernelSeconds(_ pairs: [(Polygons, Polygons)]) -> Double {
    let (first, second) = (PolygonSet(pairs.map(\.0)), PolygonSet(pairs.map(\.1)))
    var meter = OverlapMeter()
    var sum = 0.0
    let seconds = Stopwatch.seconds {
      for number in pairs.indices {
        sum += meter.overlap(first, first.place(of: number), second, second.place(of: number))
      }
    }
    precondition(sum.isFinite)
    return seconds
  }

  private func geosSeconds(_ pairs: [(Polygons, Polygons)]) throws -> Double {
    let context = GEOSContext()
    var sum = 0.0
    let seconds = try Stopwatch.seconds(rounds: 2) {
      for (a, b) in pairs { sum += EqualAreaPlane.area(of: try intersection(a, b, context)) }
    }
    precondition(sum.isFinite)
    return seconds
  }
}
