import Foundation
import Geodata

@testable import Spatial

/// libFuzzer's way to the reader of prepared files. An input is what stands in a file between the source's name and the
/// checksum; magic, length and checksum are put around it, so that what is behind them is reached.
enum PreparedFileFuzzer {
  static let source = [UInt8](repeating: 7, count: PreparedFile.sourceLength)

  /// The file that has `input` in its middle.
  static func file(around input: UnsafeRawBufferPointer) -> [UInt8] {
    let padding = (8 - input.count % 8) % 8
    let length = 3 * 8 + source.count + input.count + padding + 8
    var bytes = [PreparedFile.magic, PreparedFile.format, UInt64(length)].withUnsafeBytes { Array($0) }
    bytes += source
    bytes += input
    bytes += [UInt8](repeating: 0, count: padding)
    var sum = Checksum()
    bytes.withUnsafeBytes { sum.add($0) }
    return bytes + withUnsafeBytes(of: sum.value) { Array($0) }
  }

  /// Asks a file that can be opened for everything.
  static func use(_ file: [UInt8]) {
    let memory = ColumnMemory(count: file.count) { target in file.withUnsafeBytes { target.copyMemory(from: $0) } }
    guard let layer = try? PreparedFile(memory, source: source) else { return }
    let areas = layer.areas
    var meter = OverlapMeter()
    var treed = OverlapMeter(worthwhile: 0)
    for number in 0..<areas.count {
      for column in layer.texts { _ = column[number] }
      for column in layer.numbers { _ = column[number] }
      _ = areas.polygons(number)
      _ = areas.area(number)
      _ = areas.envelope(number)
      // Of hostile boxes any search can find all.
      if number < 8 { _ = meter.overlaps(of: number, in: areas, with: areas) }
      _ = treed.overlap(areas, number, areas, areas.count - 1 - number)
    }
  }

  // MARK: Seeds

  /// Writes inputs to start from: layers of several sizes, with and without columns.
  static func writeSeeds(to folder: URL) throws {
    var generator = ShapeGenerator(seed: 1)
    let shapes = [
      [], [generator.latticeStar()], [Polygons(), generator.holedStar(), generator.severalStars()],
      [generator.giant(corners: 70), generator.star()], (0..<20).map { _ in generator.profile() },
    ]
    for (number, shapes) in shapes.enumerated() {
      let texts = [TextColumn(shapes.indices.map { "010\($0 % 3)" }), TextColumn(shapes.indices.map { "图斑\($0)" })]
      let layer = PreparedFile(
        note: Array("{}".utf8), texts: Array(texts.prefix(number)),
        numbers: [NumberColumn(shapes.indices.map(Double.init))], areas: PolygonSet(shapes))
      let file = folder.appendingPathComponent("layer-\(number)")
      try layer.write(to: file.path, source: source)
      try Data(contentsOf: file).dropFirst(3 * 8 + source.count).dropLast(8).write(to: file)
    }
  }
}

/// Called once, with the arguments of the program; the last one is the folder of inputs.
@_cdecl("LLVMFuzzerInitialize")
package func initialize(_: UnsafeRawPointer, _: UnsafeRawPointer) -> CInt {
  guard let folder = CommandLine.arguments.last.map({ URL(fileURLWithPath: $0) }),
    (try? FileManager.default.contentsOfDirectory(atPath: folder.path))?.isEmpty == true
  else { return 0 }
  do {
    try PreparedFileFuzzer.writeSeeds(to: folder)
    return 0
  } catch {
    print("no seeds: \(error)")
    return 1
  }
}

/// Called with every input.
@_cdecl("LLVMFuzzerTestOneInput")
package func testOneInput(_ start: UnsafeRawPointer?, _ count: Int) -> CInt {
  PreparedFileFuzzer.use(PreparedFileFuzzer.file(around: UnsafeRawBufferPointer(start: start, count: count)))
  return 0
}
