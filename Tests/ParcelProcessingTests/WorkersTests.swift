import Foundation
import Geodata
import ParcelLedger
import ParcelModel
import ParcelReports
import ParcelTesting
import ParcelWorkspace
import Spatial
import Testing

@testable import ParcelProcessing

@Suite struct WorkersTests {
  /// The same deliveries, rows and clock give the same chain and the same files, however many workers measured them.
  @Test func resultsDoNotDependOnTheNumberOfWorkers() async throws {
    var heads: [LedgerHead] = []
    var exports: [[[UInt8]]] = []
    for workers in [1, 2, 8] {
      let county = try SmallCounty()
      var plots = Plot.many(300)
      // Something of everything that is told: a repeated code, an identical row, an area that differs.
      plots[10].code = plots[200].code
      plots.append(plots[3])
      plots[77].area = "1"
      let receipt = try await county.ingest(plots, workers: workers)
      #expect(receipt.delivery.accepted == 298 && receipt.delivery.rejects.count == 2)
      // The second delivery is matched against the first.
      try await county.ingest(
        Plot.many(150, prefix: "4303212025"), as: "drive.geojson", campaign: "drive", workers: workers)
      #expect(try county.states().contains { $0.issue.earlier != nil })
      heads.append(try county.head())
      exports.append(try ["geojson", "gpkg"].map { try export(county, to: "export.\($0)") })
    }
    #expect(heads[0] == heads[1] && heads[0] == heads[2])
    for format in 0...1 {
      #expect(exports[0][format].count > 10_000)
      #expect(exports[0][format] == exports[1][format] && exports[0][format] == exports[2][format])
    }
  }

  private func export(_ county: SmallCounty, to name: String) throws -> [UInt8] {
    let writer = try FeatureWriter(
      path: county.folder.path(name), format: name.hasSuffix("gpkg") ? .geoPackage : .geoJSON, layer: "parcels",
      reference: .cgcs2000, fields: ExportRow.fields, lastChange: county.now)
    try county.ledger.read { snapshot in
      let rules = try Rulebook(snapshot, known: nil)
      for state in try snapshot.states(asOf: nil, known: nil) {
        let row = ExportRow(state, rules: rules)
        try writer.write(row.values, snapshot.geometry(at: row.issuePosition))
      }
    }
    try writer.finish()
    return try county.folder.read(name)
  }
}
