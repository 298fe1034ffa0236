import Foundation
import Geodata
import ParcelLedger
import ParcelModel
import ParcelTesting
import ParcelWorkspace
import Testing

/// A night's run that is ended by `kill -9` at any moment, and run again, ends where an undisturbed one ends.
@Suite(.serialized) struct KillTests {
  private static let deliveries = [
    "省卫片2024-第1批-20240205.zip", "省卫片2024-第4批-20240513.geojson", "省卫片2024-第5批-20240611.gpkg",
    "存量部卫片-第2018批-20240108.zip", "存量部卫片-第2021批-20240108.geojson",
  ]
  private static let rows = ["01-省卫片交办填报.csv", "02-省卫片审核判定.csv", "03-省卫片整改查处.csv"]

  private static let rules = """
    inbox:
      - match: "省卫片2024-第{batch}批-{issued}.*"
        campaign: provincial-2024
      - match: "存量部卫片-第{batch}批-{issued}.*"
        campaign: backlog-2018-2023
      - match: "*.csv"
        record: true
    """

  private func workspace() throws -> (folder: TemporaryFolder, program: Program) {
    let folder = try TemporaryFolder()
    let program = Program(folder: folder.url)
    try program.run("init", ".", "--county", "430321")
    try program.run("campaign", "add", "provincial-2024", "--template", "provincial-satellite", "--year", "2024")
    try program.run("campaign", "add", "backlog-2018-2023", "--template", "backlog")
    try program.run("layer", "add", "townships", sampleData.appendingPathComponent("layers/XZQ-2023.gpkg").path)
    let file = folder.url.appendingPathComponent("parcels.yaml")
    let settings = try String(contentsOf: file, encoding: .utf8).replacing("\ninbox: []", with: "\n" + Self.rules)
    try Data(settings.utf8).write(to: file)
    for (kind, names) in [("deliveries", Self.deliveries), ("workflow", Self.rows)] {
      for name in names {
        try FileManager.default.copyItem(
          at: sampleData.appendingPathComponent("\(kind)/\(name)"),
          to: folder.url.appendingPathComponent("inbox/\(name)"))
      }
    }
    return (folder, program)
  }

  /// Status without what names the state of the ledger by position.
  private func figures(_ program: Program) throws -> String {
    var texts: [String] = []
    for dimension in ["campaign", "township", "batch"] {
      var status = try program.json("status", "--json", "--by", dimension)
      for key in ["ledgerHead", "knownPosition", "knownAt"] { status[key] = nil }
      texts.append(
        String(decoding: try JSONSerialization.data(withJSONObject: status, options: .sortedKeys), as: UTF8.self))
    }
    return texts.joined(separator: "\n")
  }

  /// Every event of every parcel, in no particular order.
  private func events(_ folder: TemporaryFolder) throws -> [String] {
    let workspace = try Workspace(at: folder.url)
    let ledger = try Ledger(path: workspace.ledger.path) { try Campaign(text: $0.text, id: $0.name) }
    return try ledger.read { try $0.histories(Selection(), known: nil) }.flatMap { history in
      history.events.map { "\(history.identity.campaign) \(history.identity.code) \($0.deed.kind) \($0.effective)" }
    }.sorted()
  }

  private func inbox(_ folder: TemporaryFolder) throws -> Set<String> {
    Set(try FileManager.default.contentsOfDirectory(atPath: folder.url.appendingPathComponent("inbox").path))
  }

  @Test func aKilledNightIsMadeUpFor() throws {
    let (folder, program) = try workspace()
    let undisturbed = try program.run("nightly")
    // Rows of batches that are not there are refused.
    try #require(undisturbed.status == 3, "\(undisturbed.trouble)")
    let (figures, events) = (try figures(program), try events(folder))
    try #require(events.count > 300)

    var killed = 0
    // When it has taken up that many files, and so many seconds later.
    for (taken, pause) in [(0, 0.02), (1, 0), (3, 0.1), (5, 0.05), (8, 0.02)] {
      let part = "killed after \(taken) files and \(pause) s"
      let (folder, program) = try workspace()
      let progress = folder.url.appendingPathComponent("trouble")
      let process = try program.start(
        ["nightly"], output: folder.url.appendingPathComponent("output"), trouble: progress)
      while process.isRunning, try Data(contentsOf: progress).count(where: { $0 == UInt8(ascii: "\n") }) < taken {
        Thread.sleep(forTimeInterval: 0.002)
      }
      Thread.sleep(forTimeInterval: pause)
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      if process.terminationReason == .uncaughtSignal { killed += 1 }
      let left = try inbox(folder).subtracting(["processed", "refused"])

      #expect(try program.run("check", "--quick").status == 0, "\(part): whole or nothing")
      let again = try program.run("nightly")
      #expect([0, 3].contains(again.status), "\(part): \(again.trouble)")
      #expect(try inbox(folder).subtracting(["processed", "refused"]).isEmpty, "\(part)")
      let head = try program.json("check", "--json")["ledgerHead"] as? NSDictionary
      let third = try program.json("nightly", "--json")
      #expect((third["items"] as? [Any])?.isEmpty == true, "\(part): nothing is left to do")
      let check = try program.json("check", "--quick", "--json")
      #expect(check["ok"] as? Bool == true, "\(part)")
      #expect(check["ledgerHead"] as? NSDictionary == head, "\(part)")
      #expect(try self.figures(program) == figures, "\(part), \(left.count) files were left")
      #expect(try self.events(folder) == events, "\(part), \(left.count) files were left")
    }
    #expect(killed >= 4, "a run that had ended proves nothing")

    try expectValidGeoPackage(program, folder)
  }

  private func expectValidGeoPackage(_ program: Program, _ folder: TemporaryFolder) throws {
    let output = try program.run("export", "--format", "gpkg", "--output", "parcels.gpkg")
    #expect(output.status == 0, "\(output.trouble)")
    let checker = packageRoot.appendingPathComponent("Scripts/check-geopackage")
    func check(_ arguments: [String]) throws -> Int32 {
      let process = Process()
      process.executableURL = checker
      process.arguments = arguments
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      try process.run()
      process.waitUntilExit()
      return process.terminationStatus
    }
    guard try check(["--available"]) == 0 else {
      print("The exported GeoPackage was not validated: python3-gdal is not installed.")
      return
    }
    #expect(try check([folder.path("parcels.gpkg")]) == 0)
  }
}
