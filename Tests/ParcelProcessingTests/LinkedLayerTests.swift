import Foundation
import Geodata
import ParcelLedger
import ParcelModel
import ParcelTesting
import ParcelWorkspace
import Spatial
import Testing

@testable import ParcelProcessing

/// A layer that stays in its file measures what a kept one measures.
@Suite struct LinkedLayerTests {
  /// A county without its kept land use, which stays in `path` instead.
  private func county(linking path: (SmallCounty) throws -> String) throws -> SmallCounty {
    let county = try SmallCounty()
    var workspace = county.workspace
    let kept = try #require(LayerShelf(workspace).descriptions().first { $0.kind == .landUse })
    var order = LayerOrder(kind: .landUse, files: [try path(county)])
    order.staysInPlace = true
    try FileManager.default.removeItem(at: workspace.layers.appending(path: kept.fileName))
    try FileManager.default.removeItem(at: workspace.preparedLayers.appending(path: kept.preparedName))
    let result = try LayerIntake(reader: SmallCounty.reader, now: county.now).add(order, to: &workspace)
    #expect((result.leftOut, result.description.polygons) == (0, kept.polygons))
    let files = try FileManager.default.contentsOfDirectory(atPath: workspace.layers.path)
    #expect(files.filter { $0.hasPrefix("land-use") } == [result.description.linkName])
    return county
  }

  /// The county's land use in another format.
  private func converted(_ county: SmallCounty, to format: VectorFormat, _ name: String) throws -> String {
    let source = county.folder.path("land-use.geojson")
    let (schema, features) = try SmallCounty.reader.readAll(ReadJob(path: source, purpose: .layer))
    let reference = CoordinateReference(epsg: 4526)
    let path = county.folder.path(name)
    let writer = try FeatureWriter(
      path: path, format: format, layer: "DLTB", reference: reference,
      fields: schema.fields.map { .init(name: $0.name, kind: $0.kind) }, lastChange: SmallCounty.noon)
    let transformation = try Transformation(from: .cgcs2000, to: reference)
    for feature in features {
      guard case .polygons(let polygons) = feature.shape else { continue }
      try writer.write(feature.values, transformation(polygons))
    }
    try writer.finish()
    return path
  }

  private static let plots = Plot.many(12) + [Plot("across", 0.9, 0.2).with { $0.width = 1.7 }]

  private func measurements(_ county: SmallCounty) async throws -> [String: ParcelModel.Measurement] {
    try await county.ingest(Self.plots)
    return Dictionary(
      uniqueKeysWithValues: try county.states().map { ($0.identity.code, $0.issue.measured) })
  }

  @Test func whatIsMeasuredIsTheSame() async throws {
    let kept = try await measurements(SmallCounty())
    #expect(kept.count == Self.plots.count)
    let linked = try await measurements(county { $0.folder.path("land-use.geojson") })
    // The same bytes are the same layer, kept or not.
    #expect(linked == kept)
    let formats: [(VectorFormat, String)] = [
      (.geoPackage, "DLTB.gpkg"), (.shapefile(encoding: "GBK", writesCodePage: true), "DLTB.shp"),
    ]
    for (format, name) in formats {
      let other = try await measurements(county { try converted($0, to: format, name) })
      for (code, measurement) in kept {
        var found = try #require(other[code])
        found.layers = measurement.layers
        #expect(found == measurement, "\(name) \(code)")
      }
    }
  }

  /// The county's land use with three fields whose outlines cross themselves, and one without an outline.
  private func spoiled(_ county: SmallCounty) throws -> String {
    let source = county.folder.path("land-use.geojson")
    let (schema, features) = try SmallCounty.reader.readAll(ReadJob(path: source, purpose: .layer))
    let path = county.folder.path("DLTB.gpkg")
    let writer = try FeatureWriter(
      path: path, format: .geoPackage, layer: "DLTB", reference: .cgcs2000,
      fields: schema.fields.map { .init(name: $0.name, kind: $0.kind) }, lastChange: SmallCounty.noon)
    for feature in features {
      guard case .polygons(let polygons) = feature.shape else { continue }
      var ring = polygons.ring(0)
      if [1, 11, 31].contains(feature.record) { ring.swapAt(1, 2) }
      try writer.write(feature.values, feature.record == 21 ? Polygons() : Polygons(rings: [[ring]]))
    }
    try writer.finish()
    return path
  }

  /// The link remembers what became of single records.
  @Test func recordsThatWereRepairedOrLeftOut() async throws {
    var found: [[String: ParcelModel.Measurement]] = []
    for staysInPlace in [false, true] {
      let county = try SmallCounty()
      var workspace = county.workspace
      var order = LayerOrder(kind: .landUse, files: [try spoiled(county)])
      order.staysInPlace = staysInPlace
      let later = Instant(milliseconds: county.now.milliseconds + 1000)
      let result = try LayerIntake(reader: SmallCounty.reader, now: later).add(order, to: &workspace)
      #expect((result.leftOut, result.description.repaired) == (1, 3))
      if staysInPlace {
        let link = try LinkedLayer(contentsOf: workspace.layers.appending(path: result.description.linkName))
        #expect(link.files.map(\.leftOut) == [[21]] && link.files.map(\.repaired) == [[1, 11, 31]])
      }
      found.append(try await measurements(county))
      #expect(found[0].values.allSatisfy { $0.layers.contains(result.description.reference) })
    }
    #expect(found[0].count == Self.plots.count && found[0] == found[1])
  }

  @Test func theCountyIsKnownWithoutTownships() async throws {
    let county = try county { $0.folder.path("land-use.geojson") }
    for file in try FileManager.default.contentsOfDirectory(atPath: county.workspace.layers.path)
    where file.hasPrefix("townships") {
      try FileManager.default.removeItem(at: county.workspace.layers.appending(path: file))
    }
    let far = Ground.delivery(Self.plots).replacing(/112\./) { _ in "109." }
    let receipt = try await county.receipt(of: county.folder.write(far.utf8, to: "far.geojson"))
    #expect(receipt.refusal?.code == "outside-county" || receipt.delivery.accepted == 0)
    try await county.ingest(Self.plots)
    #expect(try county.states().count == Self.plots.count)
  }

  /// The batch is not to blame: it stays where it is, and is taken in once the file is back.
  @Test func aFileThatChangedIsNoLongerTheLayer() async throws {
    let county = try county { $0.folder.path("land-use.geojson") }
    let path = county.folder.path("land-use.geojson")
    let whole = try Data(contentsOf: URL(filePath: path))
    let head = try county.head()
    for change in [Data("{}".utf8), whole + Data(" ".utf8), nil] {
      if let change {
        try change.write(to: URL(filePath: path))
      } else {
        try FileManager.default.removeItem(atPath: path)
      }
      let error = await #expect(throws: ProcessingError.self) { try await county.ingest(Self.plots) }
      #expect(error?.code == "layer-changed")
      #expect(try county.head() == head)
      #expect(try FileManager.default.contentsOfDirectory(atPath: county.workspace.quarantine.path).isEmpty)
    }
    try whole.write(to: URL(filePath: path))
    try await county.ingest(Self.plots)
    #expect(try county.states().count == Self.plots.count)
    // The check looks for the file too.
    let check = WorkspaceCheck(workspace: county.workspace, ledger: county.ledger)
    #expect(try check.run(readsFiles: true).problems.isEmpty)
    try FileManager.default.removeItem(atPath: path)
    #expect(try check.run(readsFiles: true).problems.map(\.code) == [.layer])
  }

  @Test func townshipsAreKeptAllTheSame() throws {
    let county = try SmallCounty()
    var workspace = county.workspace
    var order = LayerOrder(kind: .townships, files: [county.folder.path("townships.geojson")])
    order.staysInPlace = true
    order.version = "2030"
    _ = try LayerIntake(reader: SmallCounty.reader, now: county.now).add(order, to: &workspace)
    #expect(try LayerShelf(workspace).townshipNames().count == 2)
    #expect(
      !(try FileManager.default.contentsOfDirectory(atPath: workspace.layers.path).contains { $0.hasSuffix(".link") }))
  }
}
