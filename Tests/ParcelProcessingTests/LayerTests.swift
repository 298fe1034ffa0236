import Foundation
import Geodata
import ParcelModel
import ParcelTesting
import ParcelWorkspace
import Spatial
import Testing

@testable import ParcelProcessing

@Suite struct LayerTests {
  @Test func aPreparedLayerComesBackAsItWas() throws {
    let county = try SmallCounty()
    for description in try LayerShelf(county.workspace).descriptions() {
      let url = county.workspace.layers.appending(path: description.fileName)
      let layer = try PreparedLayer(contentsOf: url)
      #expect(layer.description == description)
      #expect(layer.codes.count == description.polygons)
      let copy = county.folder.url.appendingPathComponent("copy.layer")
      try layer.write(to: copy)
      #expect(try Data(contentsOf: copy) == Data(contentsOf: url))
      let again = try PreparedLayer(contentsOf: copy)
      #expect(again.placed.polygons == layer.placed.polygons)
      #expect(
        (again.codes, again.names, again.villages, again.netShares) == (
          layer.codes, layer.names, layer.villages, layer.netShares
        ))
    }
    let names = try LayerShelf(county.workspace).townshipNames()
    #expect(names.map { "\($0.key) \($0.value)" }.sorted() == ["430321100 易俗河镇", "430321101 谭家山镇"])
  }

  /// Any byte of a layer file that differs, and any end that is missing, is noticed before it measures anything.
  @Test func aDamagedLayerIsRefused() throws {
    let county = try SmallCounty()
    let description = try #require(LayerShelf(county.workspace).descriptions().first { $0.kind == .townships })
    let whole = Array(try Data(contentsOf: county.workspace.layers.appending(path: description.fileName)))
    var damaged: [[UInt8]] = [0, 7, 79, 80, whole.count / 2, whole.count - 1].map { Array(whole.prefix($0)) }
    for position in stride(from: 0, to: whole.count, by: max(1, whole.count / 97)) {
      var bytes = whole
      bytes[position] ^= 1
      damaged.append(bytes)
    }
    damaged.append(whole + [0])
    for (number, bytes) in damaged.enumerated() {
      let url = county.folder.url.appendingPathComponent("damaged.layer")
      try Data(bytes).write(to: url)
      let error = #expect(throws: ProcessingError.self, "\(number)") { _ = try PreparedLayer(contentsOf: url) }
      #expect(error?.code == "bad-layer")
    }
  }

  /// A campaign keeps the base survey that it was first measured against; another campaign gets the newest.
  @Test func theBaseSurveyOfACampaignStays() async throws {
    let county = try SmallCounty()
    let plots = Plot.many(2)
    try await county.ingest([plots[0]])
    let first = try #require(county.state(plots[0].code).issue.measured.layers.first { $0.hasPrefix("land-use@") })
    var workspace = county.workspace
    let later = try county.folder.write(
      Ground.landUse(village: "430321100").replacing("\"0101\"", with: "\"0701\"").utf8, to: "later.geojson")
    var order = LayerOrder(kind: .landUse, files: [later])
    order.version = "2024"
    let intake = LayerIntake(reader: SmallCounty.reader, now: instant("2024-12-31T05:00:00Z"))
    _ = try intake.add(order, to: &workspace)
    #expect(try LayerShelf(workspace).descriptions().count == 3)
    try await county.ingest([plots[1]], as: "second.geojson")
    #expect(try county.state(plots[1].code).issue.measured.layers.contains(first))
    try await county.ingest([plots[1]], as: "drive.geojson", campaign: "drive")
    let other = try county.state(plots[1].code, campaign: "drive").issue.measured
    #expect(!other.layers.contains(first))
    #expect(other.classes.keys.sorted().map(\.rawValue) == ["0701", "1203"])
    // A survey that a campaign was measured against and that is gone is missed, not replaced.
    let description = try #require(LayerShelf(workspace).descriptions().first { $0.reference == first })
    try FileManager.default.removeItem(at: workspace.layers.appending(path: description.fileName))
    await #expect(throws: ProcessingError.self) { try await county.ingest(Plot.many(3), as: "third.geojson") }
  }
}
