import ArgumentParser
import Foundation
import Geodata
import ParcelTesting
import Spatial

struct PlaneBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plane",
    abstract: "Time of a vertex on its way into the equal-area plane, and between it and Gauss–Krüger beside PROJ.",
    discussion: """
      Parcels in longitude and latitude are split and placed in the plane. Between longitude and latitude and the zone's
      Gauss–Krüger plane, there and back, our own series stand beside PROJ.

        ParcelBenchmarks plane --parcels 5000
      """)

  @Option(help: "Parcels to place.")
  var parcels = 2000

  @Option(help: "Another seed makes other shapes.")
  var seed: UInt64 = 1

  func run() throws {
    guard let zone = WorkingZone(longitude: 114) else { preconditionFailure("114° lies in a zone") }
    let plane = try EqualAreaPlane(zone: zone)
    var generator = ShapeGenerator(seed: seed)
    let degrees = (0..<parcels).map { _ in plane.unplace(generator.holedStar()) }
    let toZone = try Transformation(from: .cgcs2000, to: zone.prefixedReference)
    let fromZone = try Transformation(from: zone.prefixedReference, to: .cgcs2000)
    let projToZone = try ProjOperation(from: .cgcs2000, to: zone.prefixedReference)
    let projFromZone = try ProjOperation(from: zone.prefixedReference, to: .cgcs2000)
    let metres = try degrees.map { try toZone($0) }
    let vertices = Double(degrees.reduce(0) { $0 + $1.points.count })
    let placed = try degrees.map { try plane.place($0) }

    var table = Table("way", "ns a vertex")
    func add(_ way: String, _ body: () throws -> Void) throws {
      table.add(way, String(format: "%.0f", try Stopwatch.seconds(body) / vertices * 1e9))
    }
    try add("split and placed in the plane") { for shape in degrees { _ = try plane.place(shape) } }
    try add("series to Gauss–Krüger") { for shape in degrees { _ = try toZone(shape) } }
    try add("PROJ to Gauss–Krüger") { for shape in degrees { _ = try projToZone.transform(shape.points) } }
    try add("series from Gauss–Krüger") { for shape in metres { _ = try fromZone(shape) } }
    try add("PROJ from Gauss–Krüger") { for shape in metres { _ = try projFromZone.transform(shape.points) } }
    try add("back from the plane") { for shape in placed { _ = plane.unplace(shape) } }
    table.print()
  }
}
