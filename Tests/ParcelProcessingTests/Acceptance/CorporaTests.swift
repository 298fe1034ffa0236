import Foundation
import Geodata
import ParcelLedger
import ParcelModel
import ParcelTesting
import ParcelWorkspace
import Spatial
import Testing

@testable import ParcelProcessing

/// Every vector file that others made ends with the verdict that `Corpora.md` states and explains.
@Suite struct CorporaTests {
  private static let corpora = sharedFolder()?.appending(path: "corpora")
  private static let page = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Corpora.md")

  /// Endings of vector files and of archives of them; what comes without an ending is a download under its hash.
  private static let endings: Set<String> = [
    "", "shp", "geojson", "json", "gpkg", "zip", "gdb", "sqlite", "db", "vrt", "wkt", "wkb", "rar", "7z", "tar", "gz",
  ]

  /// A field that stands for the code in each register, so that files end for more than a name that nobody here uses.
  private static let profile = """
    columns:
      code: [
        application_id, atlas_stco, CNTRY_NAME, col_int64, EAS_ID, FID, FLIK, FS_KENNUNG, GEOID, gewascode, id, Marknr,
        name, OBJECTID, PHBIDENT, prop0, TUNNUS, ID_PARCEL, id_ku]
      county: []
      township: []
      area: []
    """

  @Test(.enabled(if: corpora != nil)) func everyFileEndsAsTheTableSays() async throws {
    let corpora = try #require(Self.corpora)
    let county = try SmallCounty()
    try Data(Self.profile.utf8).write(to: county.workspace.profiles.appending(path: "corpora.yaml"))
    let found = try await Self.outcomes(of: Self.files(in: corpora), in: corpora, county)
    let table = try CorporaTable(String(contentsOf: Self.page, encoding: .utf8))
    if ProcessInfo.processInfo.environment["PARCELS_RECORD"] == "1" {
      try Data(table.recorded(found).utf8).write(to: Self.page)
      Issue.record("Corpora.md was recorded; run again without PARCELS_RECORD")
      return
    }
    for (path, outcome) in found.sorted(by: { $0.key < $1.key }) {
      #expect(table.row(of: path)?.outcome == outcome, "\(path)")
    }
    for row in table.rows {
      #expect(found.keys.contains { table.row(of: $0)?.pattern == row.pattern }, "no file for \(row.pattern)")
      #expect(row.why.hasSuffix("."), "no explanation of \(row.pattern)")
    }
    #expect(try county.head().position == 0)
  }

  private static func files(in corpora: URL) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: corpora.path).filter { path in
      let url = corpora.appending(path: path)
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) else { return false }
      return endings.contains(url.pathExtension.lowercased()) && isFolder.boolValue == (url.pathExtension == "gdb")
    }
  }

  private static func outcomes(
    of paths: [String], in corpora: URL, _ county: SmallCounty
  ) async throws -> [String: CorporaTable.Outcome] {
    let run = BatchRun(
      workspace: county.workspace, ledger: county.ledger, reader: SmallCounty.reader, now: county.now, workers: 1)
    let workers = 4
    return try await withThrowingTaskGroup(of: [String: CorporaTable.Outcome].self) { group in
      for worker in 0..<workers {
        group.addTask {
          var found: [String: CorporaTable.Outcome] = [:]
          for path in stride(from: worker, to: paths.count, by: workers).map({ paths[$0] }) {
            found[path] = try await outcome(of: corpora.appending(path: path).path, run)
          }
          return found
        }
      }
      return try await group.reduce(into: [:]) { $0.merge($1) { first, _ in first } }
    }
  }

  private static func outcome(of path: String, _ run: BatchRun) async throws -> CorporaTable.Outcome {
    var order = IngestOrder(path: path, campaign: "provincial")
    (order.issued, order.profile) = (day("2024-02-05"), "corpora")
    let receipt = try await run.run(order, dryRun: true)
    let codes =
      receipt.refusal.map { [$0.code] }
      ?? Dictionary(grouping: receipt.findings, by: \.code.rawValue).map { code, findings in
        "\(code) × \(findings.count)"
      }
    let records = try? records(in: path)
    return CorporaTable.Outcome(verdict: receipt.verdict.rawValue, codes: codes.sorted(), records: records)
  }

  /// Read in this process, which takes a tenth of the time.
  private static func records(in path: String) throws -> Int {
    var source = try GDALFeatureSource(ReadJob(path: path, purpose: .delivery))
    var count = 0
    while let batch = try source.next() { count += batch.count }
    return count
  }
}
