import Foundation
import Geodata
import Glibc
import ParcelTesting
import Spatial
import Testing

/// What a process under confinement can and cannot do; each test in a process of its own. Layers that the kernel does
/// not offer are not tested.
@Suite struct ConfinementTests {
  /// The system's error after `deed`, 0 where it succeeded.
  static func number<Result: BinaryInteger>(_ deed: () -> Result) -> Int32 {
    errno = 0
    return deed() < 0 ? errno : 0
  }

  static func opening(_ path: String, _ flags: Int32 = O_RDONLY) -> Int32 { number { open(path, flags) } }

  /// A folder with `a.csv`, one file beside it with its name, and one without.
  static func delivery() throws -> (folder: TemporaryFolder, job: ReadJob) {
    let folder = try TemporaryFolder()
    try folder.write("x,y\n1,2\n".utf8, to: "a.csv")
    try folder.write("own".utf8, to: "A.csvt")
    try folder.write("another's".utf8, to: "ab.csv")
    return (folder, ReadJob(path: folder.path("a.csv"), purpose: .rows))
  }

  static let anyJob = ReadJob(path: "/nonexistent/a.csv", purpose: .rows)

  @Test func everyLayerThatTheKernelHasIsApplied() async {
    let job = Self.anyJob
    await #expect(processExitsWith: .success) { [job = job as ReadJob] in
      let available = Confinement.available
      let applied = Confinement(job).apply()
      #expect(applied == available)
      #expect(applied.limits)
      _exit(0)
    }
  }

  @Test func onlyTheDeliveredFileIsRead() async throws {
    let (folder, job) = try Self.delivery()
    await #expect(processExitsWith: .success) { [job = job as ReadJob, folder = folder.url.path as String] in
      guard Confinement(job).apply().fileGuard > 0 else { return }
      #expect(Self.opening("\(folder)/a.csv") == 0)
      #expect(Self.opening("\(folder)/A.csvt") == 0)
      #expect(Self.opening("\(folder)/ab.csv") == EACCES)
      #expect(Self.opening("/etc/passwd") == EACCES)
      #expect(Self.opening("/") == EACCES)
      #expect(Self.opening(folder, O_DIRECTORY) == 0)
      #expect(Self.opening("/usr/share") == 0)
      _exit(0)
    }
    #expect(folder.names.count == 3)
  }

  /// As a geodatabase is one.
  @Test func aDeliveredFolderIsReadWithAllThatIsInIt() async throws {
    let folder = try TemporaryFolder()
    for name in ["a.gdb/within", "b.gdb/within"] {
      let path = URL(fileURLWithPath: folder.path(name))
      try FileManager.default.createDirectory(at: path, withIntermediateDirectories: true)
      try Data([1]).write(to: path.appendingPathComponent("x"))
    }
    let job = ReadJob(path: folder.path("a.gdb"), purpose: .delivery)
    await #expect(processExitsWith: .success) { [job = job as ReadJob, folder = folder.url.path as String] in
      guard Confinement(job).apply().fileGuard > 0 else { return }
      #expect(Self.opening("\(folder)/a.gdb", O_DIRECTORY) == 0)
      #expect(Self.opening("\(folder)/a.gdb/within/x") == 0)
      #expect(Self.opening("\(folder)/b.gdb", O_DIRECTORY) == EACCES)
      #expect(Self.opening("\(folder)/b.gdb/within/x") == EACCES)
      _exit(0)
    }
    #expect(folder.names == ["a.gdb", "b.gdb"])
  }

  @Test func nothingIsWritten() async throws {
    let (folder, job) = try Self.delivery()
    await #expect(processExitsWith: .success) { [job = job as ReadJob, folder = folder.url.path as String] in
      // Opened before, as a standard stream may be.
      let before = open("\(folder)/ab.csv", O_WRONLY)
      let applied = Confinement(job).apply()
      #expect(Self.number { write(before, "x", 1) } == EFBIG)
      if applied.fileGuard > 0 {
        #expect(Self.opening("\(folder)/a.csv", O_WRONLY) == EACCES)
        #expect(Self.opening("\(folder)-never", O_WRONLY | O_CREAT) == EACCES)
        #expect(Self.number { unlink("\(folder)/a.csv") } == EACCES)
        #expect(Self.number { rename("\(folder)/a.csv", "\(folder)/c.csv") } == EACCES)
        #expect(Self.number { mkdir("\(folder)/d", 0o700) } == EACCES)
      }
      if applied.callFilter {
        #expect(Self.number { truncate("\(folder)/a.csv", 0) } == EACCES)
        #expect(Self.number { chmod("\(folder)/a.csv", 0) } == EACCES)
      }
      _exit(0)
    }
    #expect(folder.names == ["A.csvt", "a.csv", "ab.csv"])
    #expect(try folder.read("a.csv").count == 8)
    #expect(try folder.read("ab.csv") == Array("another's".utf8))
  }

  @Test func noProgramsAndNoNetwork() async {
    let job = Self.anyJob
    await #expect(processExitsWith: .success) { [job = job as ReadJob] in
      guard Confinement(job).apply().callFilter else { return }
      for family in [AF_INET, AF_INET6, AF_UNIX, AF_NETLINK] {
        #expect(Self.number { socket(family, Int32(SOCK_STREAM.rawValue), 0) } == EACCES)
      }
      var process = pid_t()
      #expect(posix_spawn(&process, "/bin/true", nil, nil, [nil], [nil]) == EACCES)
      #expect(Self.number { execv("/bin/true", [nil]) } == EACCES)
      #expect(Self.number { kill(getppid(), 0) } == EACCES)
      // Threads are part of a library's life.
      let done = DispatchSemaphore(value: 0)
      Thread { done.signal() }.start()
      #expect(done.wait(timeout: .now() + 10) == .success)
      _exit(0)
    }
  }

  @Test func memoryAndFilesAreLimited() async {
    var job = Self.anyJob
    job.limits.memory = 256 << 20
    job.limits.openFiles = 20
    await #expect(processExitsWith: .success) { [job = job as ReadJob] in
      Confinement(job).apply()
      let (flags, access) = (MAP_PRIVATE | MAP_ANONYMOUS, PROT_READ | PROT_WRITE)
      #expect(Self.number { Int(bitPattern: mmap(nil, 1 << 30, access, flags, -1, 0)) } == ENOMEM)
      #expect(Self.number { Int(bitPattern: mmap(nil, 16 << 20, access, flags, -1, 0)) } == 0)
      var opened = 0
      while opened < 100, open("/dev/null", O_RDONLY) >= 0 { opened += 1 }
      #expect(errno == EMFILE)
      _exit(0)
    }
  }

  @Test func timeIsLimited() async {
    var job = Self.anyJob
    job.limits.cpuSeconds = 1
    await #expect(processExitsWith: .signal(SIGXCPU)) { [job = job as ReadJob] in
      Confinement(job).apply()
      while true {}
    }
  }

  /// A library that gives up still ends as itself.
  @Test func abortIsASignal() async {
    let job = Self.anyJob
    await #expect(processExitsWith: .signal(SIGABRT)) { [job = job as ReadJob] in
      Confinement(job).apply()
      abort()
    }
  }

  // MARK: Reading

  @Test(arguments: RoundTripTests.cases) func layersAreRead(_ item: RoundTripTests.Case) async throws {
    let folder = try TemporaryFolder()
    try Sample.write(folder.path(item.name), item.format)
    try await Self.expectTheSame(ReadJob(path: folder.path(item.name), purpose: .delivery))
  }

  @Test func tablesAreRead() async throws {
    let folder = try TemporaryFolder()
    let csv = try folder.write(RowsTests.gbk, to: "a.csv")
    let sheet = [[RowsTests.text("编号")], [RowsTests.text("1")]]
    let xlsx = try folder.write(RowsTests.workbook([("台账", sheet)]), to: "a.xlsx")
    for path in [csv, xlsx] { try await Self.expectTheSame(ReadJob(path: path, purpose: .rows)) }
  }

  /// A shapefile in GBK whose parts are named with capitals.
  @Test func aShapefileIsReadWithItsParts() async throws {
    let folder = try TemporaryFolder()
    let path = try Sample.shapefile(in: folder, count: 600)
    for (part, capitals) in [("dbf", "DBF"), ("shx", "SHX")] {
      try FileManager.default.moveItem(
        atPath: folder.path("delivery.\(part)"), toPath: folder.path("delivery.\(capitals)"))
    }
    try await Self.expectTheSame(ReadJob(path: path, purpose: .delivery))
  }

  /// As a GIS program leaves a GeoPackage that was copied while it was open.
  @Test func aDatabaseWithAnEmptyLogIsRead() async throws {
    let folder = try TemporaryFolder()
    try Sample.write(folder.path("a.gpkg"), .geoPackage)
    var bytes = try folder.read("a.gpkg")
    bytes.replaceSubrange(18..<20, with: [2, 2])
    try await Self.expectTheSame(ReadJob(path: folder.write(bytes, to: "a.gpkg"), purpose: .delivery))
    #expect(folder.names == ["a.gpkg"])
    // What stands in a log cannot be read without writing, and must not be passed over.
    try folder.write([1], to: "a.gpkg-wal")
    let job = ReadJob(path: folder.path("a.gpkg"), purpose: .delivery)
    await #expect(processExitsWith: .success) { [job = job as ReadJob] in
      guard Confinement(job).apply().fileGuard > 0 else { return }
      #expect(throws: SpatialError.self) { try records(job) }
      _exit(0)
    }
  }

  @Test(
    .enabled(if: sharedFolder() != nil, "needs ../shared"),
    arguments: ["overlay/nyc_taxi_zones/taxi_zones.shp", "gpkg/planetiler/geopackage.gpkg"])
  func filesOfOthersAreRead(path: String) async throws {
    let url = try #require(sharedFolder()).appendingPathComponent("corpora/\(path)")
    try await Self.expectTheSame(ReadJob(path: url.path, purpose: .layer))
  }

  /// Reads the job in this process, and in a confined one.
  static func expectTheSame(_ job: ReadJob) async throws {
    let free = try records(job)
    #expect(!free.isEmpty)
    await #expect(processExitsWith: .success) { [job = job as ReadJob, count = free.count as Int] in
      Confinement(job).apply()
      let source = try GDALFeatureSource(job)
      #expect(source.schema.format == "CSV" || source.schema.format == "XLSX" || source.schema.reference != nil)
      #expect(try records(of: source).count == count)
      _exit(0)
    }
  }
}
