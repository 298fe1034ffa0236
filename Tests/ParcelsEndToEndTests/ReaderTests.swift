import Foundation
import Geodata
import Glibc
import ParcelTesting
import Spatial
import Testing

/// The program as its own child, under the limits of a job.
@Suite struct ReaderTests {
  static func count(_ job: ReadJob) throws -> Int {
    var source = try ChildFeatureSource(job, executable: builtProgram)
    var count = 0
    while let features = try source.next() { count += features.count }
    let cost = try #require(source.cost)
    #expect(cost.cpuSeconds > 0)
    return count
  }

  static func error(_ job: ReadJob) -> SpatialError? {
    do { _ = try count(job) } catch { return error as? SpatialError }
    return nil
  }

  @Test func theLimitsOfTheJobHold() throws {
    var job = ReadJob(path: sampleData.appendingPathComponent("layers/XZQ-2023.gpkg").path, purpose: .layer)
    #expect(try Self.count(job) == 17)
    job.limits.openFiles = 3
    #expect(Self.error(job)?.outcome == .nothingTaken)
  }

  /// A pipe that no one writes to hangs GDAL, but not the parent.
  @Test func aReaderThatHangsIsEnded() throws {
    let folder = try TemporaryFolder()
    try #require(mkfifo(folder.path("a.geojson"), 0o600) == 0)
    var job = ReadJob(path: folder.path("a.geojson"), purpose: .delivery)
    job.limits.silenceSeconds = 1
    #expect(Self.error(job) == .readerDied(job.path, ending: .silent(seconds: 1)))
  }
}
