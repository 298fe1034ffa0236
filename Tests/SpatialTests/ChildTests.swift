import Foundation
import Geodata
import Glibc
import ParcelTesting
import Spatial
import Testing

/// What the parent does with a child that is not as it should be.
@Suite struct ChildTests {
  /// The error of a child that does what `script` says in shell words.
  static func error(_ script: String, _ limits: ReaderLimits = ReaderLimits()) -> SpatialError? {
    let job = ReadJob(path: "a.shp", purpose: .delivery, limits: limits)
    do { _ = try ChildFeatureSource(job, executable: "/bin/sh", arguments: ["-c", script]) } catch {
      return error as? SpatialError
    }
    return nil
  }

  /// Also after a first sign of life.
  @Test func silenceIsEnded() {
    var limits = ReaderLimits()
    limits.silenceSeconds = 1
    let clock = ContinuousClock()
    let time = clock.measure {
      #expect(Self.error("printf '\\001'; exec sleep 600", limits) == .readerDied("a.shp", ending: .silent(seconds: 1)))
    }
    #expect(time < .seconds(20))
  }

  @Test func timeThatIsUsedUp() {
    var limits = ReaderLimits()
    limits.cpuSeconds = 1
    #expect(
      Self.error("ulimit -S -t 1; while :; do :; done", limits)
        == .readerDied("a.shp", ending: .outOfTime(seconds: 1)))
  }

  @Test(arguments: [("SEGV", "SIGSEGV"), ("ABRT", "SIGABRT"), ("KILL", "SIGKILL"), ("BUS", "SIGBUS")])
  func signalsAreNamed(sent: String, named: String) throws {
    let error = try #require(Self.error("kill -\(sent) $$"))
    #expect(error.code == "reader-died")
    for text in [error.message.zh, error.message.en] { #expect(text.contains(named)) }
    #expect(error.remedy.zh.contains("内存") && error.remedy.en.contains("memory"))
  }

  /// Every ending has words of its own, and says what to do.
  @Test func endingsAreExplained() {
    let endings: [ReaderEnding] = [
      .notStarted(ENOENT), .exited(1), .signal(SIGSEGV), .silent(seconds: 300), .outOfTime(seconds: 600),
    ]
    let errors = endings.map { SpatialError.readerDied("a.shp", ending: $0) }
    #expect(Set(errors.map(\.message.zh)).count == endings.count)
    #expect(Set(errors.map(\.remedy.en)).count == endings.count)
    #expect(errors.allSatisfy { $0.outcome == .nothingTaken })
  }

  /// GDAL obeys dozens of variables: `GDAL_SKIP` and the like must not reach it.
  @Test func theChildKnowsFewVariables() throws {
    let folder = try TemporaryFolder()
    setenv("OGR_ENABLE_PARTIAL_REPROJECTION", "YES", 1)
    setenv("PARCELS_TEST", "1", 1)
    _ = Self.error("env > '\(folder.path("variables"))'")
    let lines = String(decoding: try folder.read("variables"), as: UTF8.self).split(separator: "\n")
    let names = Set(lines.compactMap { $0.split(separator: "=").first.map(String.init) })
    #expect(names.isSuperset(of: ["PATH", "PARCELS_TEST"]))
    let own: Set = ["PWD", "OLDPWD", "SHLVL", "_"]
    let passed: Set = ["PATH", "LANG", "LC_ALL", "TZ", "PROJ_DATA", "PROJ_LIB", "GDAL_DATA", "LD_LIBRARY_PATH"]
    #expect(names.filter { !$0.hasPrefix("PARCELS_") }.isSubset(of: passed.union(own)))
  }

  @Test func theChildInheritsNoFiles() throws {
    let folder = try TemporaryFolder()
    let secret = open(try folder.write([1], to: "secret"), O_RDONLY)
    defer { close(secret) }
    #expect(secret > 2)
    _ = Self.error("ls -l /proc/$$/fd > '\(folder.path("open"))'")
    let names = String(decoding: try folder.read("open"), as: UTF8.self)
    #expect(names.contains("pipe:"))
    #expect(!names.contains("secret"))
  }

  @Test func theCostIsKnownAtTheEnd() throws {
    let folder = try TemporaryFolder()
    let job = ReadJob(path: try Sample.shapefile(in: folder, count: 1300), purpose: .delivery)
    let path = try folder.write(StreamTests.stream(job), to: "stream")
    var source = try ChildFeatureSource(
      job, executable: "/bin/sh", arguments: ["-c", "cat '\(path)'; k=0; while [ $k -lt 20000 ]; do k=$((k+1)); done"])
    #expect(source.cost == nil)
    while try source.next() != nil {}
    let cost = try #require(source.cost)
    #expect((0.001...60).contains(cost.cpuSeconds))
    #expect((500_000...1 << 40).contains(cost.peakBytes))
  }
}
