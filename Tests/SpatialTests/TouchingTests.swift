import Foundation
import Geodata
import ParcelTesting
import Testing

@testable import Spatial

/// Reading only what some boxes touch gives what reading everything gives, less the rest.
@Suite struct TouchingTests {
  enum Format: String, CaseIterable, Sendable {
    case shapefile = "a.shp"
    case geoPackage = "a.gpkg"
    case geoJSON = "a.geojson"
    case geodatabase = "a.gdb"
    case flatGeobuf = "a.fgb"
  }

  /// Squares of one to nine hundredths of a degree at random, some of two parts; every ninth record has no shape.
  private static func rows(_ count: Int) -> [([FieldValue], Polygons)] {
    var generator = SeededGenerator(seed: 11)
    return (0..<count).map { number in
      let parts = (0..<Int.random(in: 1...2, using: &generator)).map { _ in
        square(
          Double(Int.random(in: 11_100..<11_200, using: &generator)) / 100,
          Double(Int.random(in: 2700..<2800, using: &generator)) / 100,
          side: Double(Int.random(in: 1...9, using: &generator)) / 100
        ).points
      }
      let values: [FieldValue] = [
        .text("编号\(number)"), .text("镇\(number % 7)"), .integer(Int64(number)), .real(Double(number) / 4), .null,
      ]
      return (values, number % 9 == 4 ? Polygons() : Polygons(rings: parts.map { [$0] }))
    }
  }

  private static func write(_ format: Format, in folder: TemporaryFolder, count: Int = 700) throws -> String {
    let path = folder.path(format.rawValue)
    switch format {
    case .shapefile:
      try Sample.write(path, .shapefile(encoding: "GBK", writesCodePage: false), rows: rows(count))
      // The records of one in thirteen are marked as deleted, the shapes of one in seventeen are damaged.
      var (table, shapes) = (try folder.read("a.dbf"), try folder.read("a.shp"))
      let index = try folder.read("a.shx")
      let (head, width) = (Int(table[8]) | Int(table[9]) << 8, Int(table[10]) | Int(table[11]) << 8)
      for record in stride(from: 3, to: count, by: 13) { table[head + record * width] = UInt8(ascii: "*") }
      for record in stride(from: 5, to: count, by: 17) {
        let place = 100 + 8 * record
        let start = index[place..<(place + 4)].reduce(0) { $0 << 8 | Int($1) } * 2
        // A point far outside the record's own box.
        if shapes[start + 8] == 5 { shapes[start + 8 + 44 + 4 + 7] ^= 0x20 }
      }
      try folder.write(table, to: "a.dbf")
      try folder.write(shapes, to: "a.shp")
    case .geoPackage: try Sample.write(path, .geoPackage, rows: rows(count))
    case .geoJSON: try Sample.write(path, .geoJSON, rows: rows(count))
    case .flatGeobuf:
      // It has no records without a shape beside its index.
      let format = VectorFormat(driver: "FlatGeobuf", pathExtension: "fgb")
      try Sample.write(path, format, rows: rows(count).filter { !$0.1.isEmpty })
    case .geodatabase:
      let layer = GeodatabaseLayer(
        "a", fields: ["BH", "XZ"],
        rows: rows(count).map { values, shape in
          ([values[0].shown, values[1].shown], wellKnownText(shape))
        })
      try writeGeodatabase([layer], to: path)
    }
    return path
  }

  private static func boxes(_ count: Int, side: Double, _ generator: inout SeededGenerator) -> [Envelope] {
    (0..<count).map { _ in
      // On the same grid as the squares, so that boxes and squares often touch in one line or point.
      let x = Double(Int.random(in: 11_100..<11_200, using: &generator)) / 100
      let y = Double(Int.random(in: 2700..<2800, using: &generator)) / 100
      return Envelope(minX: x, minY: y, maxX: x + side, maxY: y + side)
    }
  }

  @Test(arguments: Format.allCases) func whatTheBoxesTouch(_ format: Format) throws {
    let folder = try TemporaryFolder()
    var job = ReadJob(path: try Self.write(format, in: folder), purpose: .layer)
    let whole = try records(job)
    var generator = SeededGenerator(seed: 5)
    for (count, side) in [(0, 0.0), (1, 0.0), (1, 0.2), (40, 0.0), (40, 0.03), (400, 0.001), (3, 5.0)] {
      let boxes = Self.boxes(count, side: side, &generator)
      job.touching = boxes
      var source = try GDALFeatureSource(job)
      var found: [Feature] = []
      while let features = try source.next() { found += features }
      let expected = whole.filter { feature in
        guard case .polygons(let polygons) = feature.shape else { return true }
        return boxes.contains { $0.overlaps(polygons.envelope) }
      }
      #expect(found == expected, "\(count) boxes of \(side)")
      #expect(source.skipped == whole.count - expected.count)
    }
  }

  @Test(arguments: Format.allCases) func onlyTheFieldsWanted(_ format: Format) throws {
    let folder = try TemporaryFolder()
    var job = ReadJob(path: try Self.write(format, in: folder, count: 30), purpose: .layer)
    let whole = try GDALFeatureSource(job)
    let features = try records(of: whole)
    for wanted in [[], [1], [0, 1]] {
      job.fields = wanted.map { whole.schema.fields[$0].name.uppercased() } + ["没有这一列"]
      let source = try GDALFeatureSource(job)
      #expect(source.schema.fields == wanted.map { whole.schema.fields[$0] })
      let found = try records(of: source)
      #expect(found.map(\.values) == features.map { feature in wanted.map { feature.values[$0] } })
      #expect(found.map(\.shape) == features.map(\.shape))
    }
  }

  /// As many boxes as a large batch has parcels go into a job; the parent learns how many records were left out.
  @Test func theChildIsToldAndTells() throws {
    let folder = try TemporaryFolder()
    var generator = SeededGenerator(seed: 1)
    var job = ReadJob(path: try Self.write(.geoPackage, in: folder), purpose: .layer)
    job.touching = Self.boxes(20_000, side: 0.001, &generator)
    job.fields = ["编号"]
    #expect(throws: SpatialError.self) {
      try ChildFeatureSource(job, executable: "/bin/sh", arguments: ["-c", "cat > \"$0\"", folder.path("job")])
    }
    #expect(try JSONDecoder().decode(ReadJob.self, from: Data(folder.read("job"))) == job)
    job.touching = Self.boxes(20, side: 0.01, &generator)
    let path = try folder.write(StreamTests.stream(job), to: "stream")
    var source = try ChildFeatureSource(job, executable: "/bin/sh", arguments: ["-c", "cat \"$0\"", path])
    var count = 0
    while let features = try source.next() { count += features.count }
    #expect(count > 78 && source.skipped > 100 && count + source.skipped == 700)
    // Nobody told it to leave anything out.
    job.touching = nil
    var other = try ChildFeatureSource(job, executable: "/bin/sh", arguments: ["-c", "cat \"$0\"", path])
    #expect(throws: SpatialError.streamBroken(job.path, .malformed)) { while try other.next() != nil {} }
  }
}

private func wellKnownText(_ squares: Polygons) -> String {
  let parts = squares.ringEnds.indices.map { ring in
    "((" + squares.ring(ring).map { "\($0.x) \($0.y)" }.joined(separator: ",") + "))"
  }
  return parts.isEmpty ? "MULTIPOLYGON EMPTY" : "MULTIPOLYGON (\(parts.joined(separator: ",")))"
}

extension FieldValue {
  fileprivate var shown: String { if case .text(let text) = self { text } else { "" } }
}
