import Foundation
import Geodata
import ParcelLedger
import ParcelModel
import ParcelTesting
import ParcelWorkspace
import Spatial
import Testing

@testable import ParcelProcessing

/// File geodatabases, which are folders, go through the same door as files.
@Suite struct GeodatabaseTests {
  private static func layer(_ plots: [Plot], name: String = "TB") -> GeodatabaseLayer {
    GeodatabaseLayer(
      name, fields: ["JCBH", "XZQDM", "JCMJ"],
      rows: plots.map { ([$0.code, $0.county, Ground.fixed($0.trueArea, 2)], $0.wellKnownText) })
  }

  /// The same rows as a zip whose geodatabase lies at the top or one folder down.
  private static func zip(_ path: String, under folder: String) throws -> [UInt8] {
    let name = URL(filePath: path).lastPathComponent
    let files = try FileManager.default.contentsOfDirectory(atPath: path).sorted()
    return try storedZip(
      files.map { (Array("\(folder)\(name)/\($0)".utf8), try Array(Data(contentsOf: URL(filePath: "\(path)/\($0)")))) })
  }

  private func run(_ county: SmallCounty, _ path: String, layer: String? = nil) async throws -> Receipt {
    var order = IngestOrder(path: path, campaign: "provincial")
    (order.batch, order.issued, order.layer) = ("1", day("2024-02-05"), layer)
    return try await BatchRun(
      workspace: county.workspace, ledger: county.ledger, reader: SmallCounty.reader, now: county.now, workers: 1
    ).run(order)
  }

  private func names(_ folder: URL) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()
  }

  @Test func aFolderIsADelivery() async throws {
    let county = try SmallCounty()
    let path = county.folder.path("省卫片.gdb")
    try writeGeodatabase([Self.layer(Plot.many(5))], to: path)
    let receipt = try await run(county, path)
    #expect((receipt.delivery.name, receipt.delivery.accepted, receipt.verdict) == ("省卫片.gdb", 5, .accepted))
    #expect(names(county.workspace.deliveries) == ["\(receipt.delivery.sha256).gdb"])
    let head = try county.head()
    // With a slash at its end as shells complete it, and under another name.
    #expect(try await run(county, path + "/").verdict == .duplicate)
    try FileManager.default.copyItem(atPath: path, toPath: county.folder.path("重发.GDB"))
    #expect(try await run(county, county.folder.path("重发.GDB")).verdict == .duplicate)
    #expect(try county.head() == head)
    // Written by another export: other bytes, the same records.
    try writeGeodatabase([Self.layer(Plot.many(5))], to: county.folder.path("again.gdb"))
    let again = try await run(county, county.folder.path("again.gdb"))
    #expect((again.delivery.accepted, again.delivery.duplicate, again.verdict) == (0, 5, .duplicate))
    #expect(try county.head() == head)
    let check = WorkspaceCheck(workspace: county.workspace, ledger: county.ledger)
    #expect(try check.run(readsFiles: true).problems.isEmpty)
    // A byte of any of its files that changes is noticed.
    let kept = county.workspace.deliveries.appending(path: "\(receipt.delivery.sha256).gdb/a00000009.gdbtable")
    var bytes = try Data(contentsOf: kept)
    bytes[bytes.count - 1] ^= 1
    try bytes.write(to: kept)
    #expect(try check.run(readsFiles: true).problems.count == 1)
  }

  @Test(arguments: ["", "2024年/"]) func aZipWithAFolder(under folder: String) async throws {
    let county = try SmallCounty()
    let path = county.folder.path("省卫片.gdb")
    try writeGeodatabase([Self.layer(Plot.many(5))], to: path)
    let zip = try county.folder.write(Self.zip(path, under: folder), to: "省卫片.gdb.zip")
    let receipt = try await run(county, zip)
    #expect((receipt.delivery.name, receipt.delivery.accepted, receipt.verdict) == ("省卫片.gdb.zip", 5, .accepted))
    #expect(names(county.workspace.deliveries) == ["\(receipt.delivery.sha256).zip"])
    let unpacked = try await run(county, path)
    #expect((unpacked.delivery.accepted, unpacked.delivery.duplicate) == (0, 5))
  }

  @Test func severalLayers() async throws {
    let county = try SmallCounty()
    let path = county.folder.path("a.gdb")
    try writeGeodatabase([Self.layer(Plot.many(5), name: "新"), Self.layer(Plot.many(2), name: "旧")], to: path)
    #expect(try await run(county, path).refusal?.code == "several-layers")
    let receipt = try await run(county, path, layer: "新")
    #expect((receipt.delivery.accepted, receipt.delivery.decisions["layer"]) == (5, "新"))
  }

  @Test func aDamagedOneIsMended() async throws {
    let county = try SmallCounty()
    let path = county.folder.path("省卫片.gdb")
    try writeGeodatabase([Self.layer(Plot.many(3))], to: path)
    let table = try Data(contentsOf: URL(filePath: "\(path)/a00000009.gdbtable"))
    try FileManager.default.removeItem(atPath: "\(path)/a00000009.gdbtable")
    let head = try county.head()
    let receipt = try await run(county, path)
    #expect((receipt.verdict, receipt.outcome) == (.quarantined, .nothingTaken))
    #expect(receipt.refusal?.code == "table-missing")
    #expect(receipt.refusal?.message.zh.contains("省卫片.gdb") == true)
    #expect(try county.head() == head)
    #expect(names(county.workspace.deliveries).isEmpty)
    let folder = try #require(receipt.quarantine)
    #expect(names(folder) == ["findings.csv", "findings.json", "省卫片.gdb"])
    try table.write(to: folder.appending(path: "省卫片.gdb/a00000009.gdbtable"))
    let mended = try await run(county, folder.path)
    #expect((mended.delivery.name, mended.delivery.accepted, mended.verdict) == ("省卫片.gdb", 3, .accepted))
  }

  @Test func linksAndFoldersInside() async throws {
    let county = try SmallCounty()
    let path = county.folder.path("a.gdb")
    try writeGeodatabase([Self.layer(Plot.many(3))], to: path)
    try FileManager.default.createDirectory(atPath: "\(path)/内", withIntermediateDirectories: false)
    await #expect(throws: ProcessingError.notPlain("内")) { try await run(county, path) }
    try FileManager.default.removeItem(atPath: "\(path)/内")
    try FileManager.default.createSymbolicLink(atPath: "\(path)/b", withDestinationPath: "/etc/passwd")
    await #expect(throws: ProcessingError.link("b")) { try await run(county, path) }
    try FileManager.default.removeItem(atPath: "\(path)/b")
    // ArcGIS leaves locks behind.
    try Data().write(to: URL(filePath: "\(path)/PC.sr.lock"))
    #expect(try await run(county, path).delivery.accepted == 3)
  }

  @Test func arcsAreAccepted() async throws {
    let county = try SmallCounty()
    let arc = """
      MULTISURFACE Z (CURVEPOLYGON Z (COMPOUNDCURVE Z (CIRCULARSTRING Z \
      (112.902 27.702 5,112.903 27.703 5,112.904 27.702 5),(112.904 27.702 5,112.902 27.702 5))))
      """
    let layer = GeodatabaseLayer(
      "TB", fields: ["JCBH", "XZQDM"], rows: [(["430321202400000001", "430321"], arc)], kind: 1012)
    try writeGeodatabase([layer], to: county.folder.path("a.gdb"))
    let receipt = try await run(county, county.folder.path("a.gdb"))
    #expect((receipt.delivery.accepted, receipt.verdict) == (1, .acceptedWithFindings))
    #expect(Set(receipt.findings.map(\.code)) == [.arcs, .heightsDropped, .noDeclaredArea])
  }

  @Test func theInboxTakesFoldersAndZips() async throws {
    let rules = """
        - match: "省卫片-第{batch}批-{issued}.*"
          campaign: provincial

      """
    let county = try SmallCounty(rules: rules)
    let inbox = county.workspace.inbox
    let plots = Plot.many(6)
    try writeGeodatabase(
      [Self.layer(Array(plots[0..<3]))], to: inbox.appending(path: "省卫片-第1批-20240205.gdb").path)
    try writeGeodatabase([Self.layer(Array(plots[3..<6]))], to: county.folder.path("b.gdb"))
    try Data(Self.zip(county.folder.path("b.gdb"), under: "")).write(
      to: inbox.appending(path: "省卫片-第2批-20240311.gdb.zip"))
    let run = InboxRun(
      workspace: county.workspace, ledger: county.ledger, reader: SmallCounty.reader, now: county.now, workers: 1)
    let items = try await run.run { _, _, _ in }
    #expect(items.map(\.outcome) == [.done, .done])
    #expect(names(inbox) == ["processed"])
    #expect(
      names(inbox.appending(path: "processed/2024-12-31"))
        == ["省卫片-第1批-20240205.gdb", "省卫片-第2批-20240311.gdb.zip"])
    #expect(Set(try county.states().map { "\($0.issue.batch) \($0.issued)" }) == ["1 2024-02-05", "2 2024-03-11"])
  }

  /// Two layers of one geodatabase are two versions of the survey, although the file is the same.
  @Test func layersOfOneGeodatabase() throws {
    let county = try SmallCounty()
    var workspace = county.workspace
    func layer(_ name: String, _ code: String) -> GeodatabaseLayer {
      GeodatabaseLayer(name, fields: ["DLBM"], rows: Plot.many(1).map { ([code], $0.wellKnownText) })
    }
    let path = county.folder.path("底图.gdb")
    try writeGeodatabase([layer("DLTB", "0101"), layer("DLTB旧", "0701")], to: path)
    let intake = LayerIntake(reader: SmallCounty.reader, now: county.now)
    var contents: Set<String> = []
    for name in ["DLTB", "DLTB旧"] {
      var order = LayerOrder(kind: .landUse, files: [path])
      order.layer = name
      let result = try intake.add(order, to: &workspace)
      #expect((result.description.polygons, result.findings.count) == (1, 0))
      contents.insert(result.description.content)
    }
    #expect(contents.count == 2)
  }
}

extension Plot {
  /// A multipolygon as OGC writes it.
  var wellKnownText: String {
    let points = polygons.points
    let ring = points.first == points.last ? points : points + [points[0]]
    return "MULTIPOLYGON(((\(ring.map { "\($0.x) \($0.y)" }.joined(separator: ",")))))"
  }
}
