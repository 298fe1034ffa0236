import Foundation
import Geodata
import Glibc
import ParcelTesting
import Spatial
import Testing

@Suite struct StreamTests {
  /// What a child writes for the job, by way of two pipes and a thread.
  static func stream(_ job: [UInt8]) -> [UInt8] {
    var (input, output): ([Int32], [Int32]) = ([0, 0], [0, 0])
    guard pipe(&input) == 0, pipe(&output) == 0 else { return [] }
    _ = write(input[1], job, job.count)
    close(input[1])
    let (from, to) = (input[0], output[1])
    Thread {
      serveFeatures(input: from, output: to)
      close(from)
      close(to)
    }.start()
    return Array(FileHandle(fileDescriptor: output[0], closeOnDealloc: true).readDataToEndOfFile())
  }

  static func stream(_ job: ReadJob) throws -> [UInt8] { stream(Array(try JSONEncoder().encode(job))) }

  /// Reads `bytes` as they come from a child that ends as `ending` says in shell words.
  static func read(_ bytes: [UInt8], ending: String = "exit 0") throws -> (FeatureSchema, [Feature]) {
    let folder = try TemporaryFolder()
    let path = try folder.write(bytes, to: "stream")
    let source = try ChildFeatureSource(
      ReadJob(path: "delivery.shp", purpose: .delivery), executable: "/bin/sh",
      arguments: ["-c", "cat \"$0\"; \(ending)", path])
    return (source.schema, try records(of: source))
  }

  static func error(_ bytes: [UInt8], ending: String = "exit 0") -> SpatialError? {
    do { _ = try read(bytes, ending: ending) } catch { return error as? SpatialError }
    return nil
  }

  /// Where each frame begins, and the end.
  static func frames(_ bytes: [UInt8]) -> [Int] {
    var starts = [0]
    while let start = starts.last, start + 5 <= bytes.count {
      starts.append(start + 5 + bytes[start..<(start + 4)].reversed().reduce(0) { $0 << 8 | Int($1) })
    }
    return starts
  }

  @Test(arguments: RoundTripTests.cases) func theChildGivesTheSameRecords(_ item: RoundTripTests.Case) throws {
    let folder = try TemporaryFolder()
    try Sample.write(folder.path(item.name), item.format)
    let job = ReadJob(path: folder.path(item.name), purpose: .delivery)
    let direct = try GDALFeatureSource(job)
    let (schema, features) = try Self.read(Self.stream(job))
    #expect(schema == direct.schema)
    #expect(features == (try records(of: direct)))
    #expect(features.count == 3)
  }

  @Test func manyBatches() throws {
    let folder = try TemporaryFolder()
    let job = ReadJob(path: try Sample.shapefile(in: folder, count: 1300), purpose: .delivery)
    let bytes = try Self.stream(job)
    // Header, three batches, trailer.
    #expect(Self.frames(bytes).count == 5 + 1)
    #expect(try Self.read(bytes).1 == (try records(job)))
  }

  @Test func whatIsWrongWithTheFileIsReported() throws {
    let bytes = try Self.stream(ReadJob(path: "/nonexistent/a.shp", purpose: .delivery))
    let error = try #require(Self.error(bytes))
    #expect(error.code == "file-missing")
    #expect(error.message == SpatialError.fileMissing("/nonexistent/a.shp").message)
    #expect(error.remedy == SpatialError.fileMissing("/nonexistent/a.shp").remedy)
    #expect(error.outcome == .nothingTaken)
    #expect(Self.error(Self.stream(Array("no job".utf8)))?.code == "reader-failed")
  }

  @Test func aStreamCutAnywhereIsRefused() throws {
    let folder = try TemporaryFolder()
    let bytes = try Self.stream(ReadJob(path: try Sample.shapefile(in: folder, count: 3), purpose: .delivery))
    #expect(Self.error(bytes) == nil)
    let boundaries = Set(Self.frames(bytes))
    let cuts =
      stride(from: 0, to: bytes.count, by: 37).filter { !boundaries.contains($0) } + boundaries.sorted().dropLast()
    for cut in cuts {
      #expect(Self.error(Array(bytes[..<cut])) == .streamBroken("delivery.shp", .cut), "cut at \(cut)")
    }
  }

  @Test func aDeadChildIsNamed() throws {
    let folder = try TemporaryFolder()
    let bytes = try Self.stream(ReadJob(path: try Sample.shapefile(in: folder, count: 3), purpose: .delivery))
    let half = Array(bytes[..<(bytes.count / 2)])
    #expect(Self.error(half, ending: "kill -9 $$") == .readerDied("delivery.shp", ending: .signal(9)))
    #expect(Self.error(half, ending: "kill -11 $$") == .readerDied("delivery.shp", ending: .signal(11)))
    #expect(Self.error([], ending: "exit 7") == .readerDied("delivery.shp", ending: .exited(7)))
    // One that says no more and does not end is ended.
    #expect(Self.error(half, ending: "exec sleep 600 >&-") == .readerDied("delivery.shp", ending: .signal(9)))
    // A good trailer from a child that then fails is not believed either.
    #expect(Self.error(bytes, ending: "exit 7") == .readerDied("delivery.shp", ending: .exited(7)))
  }

  @Test func aCountThatDisagreesIsRefused() throws {
    let folder = try TemporaryFolder()
    let bytes = try Self.stream(ReadJob(path: try Sample.shapefile(in: folder, count: 3), purpose: .delivery))
    let starts = Self.frames(bytes)
    var more = bytes
    more[starts[2] + 5] += 1
    #expect(Self.error(more) == .streamBroken("delivery.shp", .count(stated: 4, read: 3)))
    // A batch that is lost.
    let lost = Array(bytes[..<starts[1]] + bytes[starts[2]...])
    #expect(Self.error(lost) == .streamBroken("delivery.shp", .count(stated: 3, read: 0)))
    // Twice the same batch.
    let twice = Array(bytes[..<starts[2]] + bytes[starts[1]...])
    #expect(Self.error(twice) == .streamBroken("delivery.shp", .count(stated: 3, read: 6)))
  }

  @Test func anotherVersionIsRefused() throws {
    let folder = try TemporaryFolder()
    var bytes = try Self.stream(ReadJob(path: try Sample.shapefile(in: folder, count: 1), purpose: .delivery))
    bytes[5] += 1
    #expect(Self.error(bytes) == .streamBroken("delivery.shp", .version(4)))
  }

  /// Bytes that mean nothing must be refused, never crash: one changed byte at a time.
  @Test func damagedFramesNeverCrash() throws {
    let folder = try TemporaryFolder()
    let bytes = try Self.stream(ReadJob(path: try Sample.shapefile(in: folder, count: 2), purpose: .delivery))
    var refused = 0
    for offset in stride(from: 0, to: bytes.count, by: 5) {
      var damaged = bytes
      damaged[offset] ^= 0xFF
      if Self.error(damaged) != nil { refused += 1 }
    }
    #expect(refused > 20)
  }

  @Test func aProgramThatIsNotThere() {
    #expect(throws: SpatialError.readerDied("a.shp", ending: .notStarted(ENOENT))) {
      try ChildFeatureSource(ReadJob(path: "a.shp", purpose: .delivery), executable: "/nonexistent/program")
    }
  }

  /// The child gets the job on its standard input.
  @Test func theJobArrives() throws {
    let folder = try TemporaryFolder()
    let job = ReadJob(path: "/数据/a.shp", layer: "图斑", purpose: .rows, encoding: "GBK")
    #expect(throws: SpatialError.self) {
      try ChildFeatureSource(job, executable: "/bin/sh", arguments: ["-c", "cat > \"$0\"", folder.path("job")])
    }
    #expect(try JSONDecoder().decode(ReadJob.self, from: Data(folder.read("job"))) == job)
  }

  static let shapefileFaults: [ShapefileFault] = [
    .partMissing(".shx"), .partAmbiguous(["a.dbf", "a.DBF"]), .partMisnamed("a.Dbf", wanted: "a.dbf"),
    .partNoFile("a.dbf"), .sizeDisagrees(part: ".shp", stated: 2, actual: 1), .badHeader(part: ".shp"),
    .kindsDisagree(shapes: 5, index: 3), .countsDisagree(index: 1, table: 2), .indexDisagrees(record: 1),
    .outsideRecords(byte: 100), .badTable, .badField(number: 1), .fieldKind(number: 1, kind: "M"),
    .repeatedField(first: 1, second: 2), .widthsDisagree(record: 2, fields: 3), .rowsBeyondCount(stated: 1),
    .badMark(record: 1),
  ]

  @Test(arguments: shapefileFaults) func faultsOfShapefilesAreExplained(_ fault: ShapefileFault) {
    errorsAreExplained(.shapefile("a", fault))
  }

  /// Every error has its words in both languages.
  @Test(arguments: [
    SpatialError.pathRefused("a"), .unknownKind("a", purpose: .rows), .shapefile("a", .partMissing(".shx")),
    .undecodable("a", record: nil, field: "b", encoding: "UTF-8"), .readerDied("a", ending: .signal(9)),
    .streamBroken("a", .cut), .notTransformed(from: .cgcs2000, to: .wgs84, words: "a"),
    .geometryFailed(operation: "a", words: "b"),
  ])
  func errorsAreExplained(_ error: SpatialError) {
    for message in [error.message, error.remedy] {
      #expect(message.zh.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) })
      #expect(!message.en.isEmpty && !message.en.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) })
    }
  }
}
