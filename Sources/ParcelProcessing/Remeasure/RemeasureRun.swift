import Foundation
package import Geodata
package import ParcelLedger
package import ParcelModel
package import ParcelWorkspace
import Spatial

/// Which parcels are to be measured again, and why.
package struct RemeasureOrder: Sendable {
  package var campaign: String
  package var reason: String
  /// Only the parcels of this county.
  package var county: DivisionCode?

  package init(campaign: String, reason: String) { (self.campaign, self.reason) = (campaign, reason) }
}

/// Measures the parcels of a campaign again, against the layers as they are now, and writes each measurement that differs
/// beside the first. Nothing that was delivered or measured before changes.
package struct RemeasureRun: Sendable {
  private let workspace: Workspace
  private let ledger: Ledger
  private let reader: FeatureReader
  private let now: Instant
  private let workers: Workers

  package init(workspace: Workspace, ledger: Ledger, reader: FeatureReader, now: Instant, workers: Int) {
    (self.workspace, self.ledger, self.reader, self.now) = (workspace, ledger, reader, now)
    self.workers = Workers(count: max(1, workers))
  }

  /// A parcel as it stands, and the shape that counts: EPSG:4490, longitude first.
  private struct Parcel: Sendable {
    var state: ParcelState
    var polygons: Polygons
  }

  /// - Parameter dryRun: everything but the writing.
  /// - Throws: `ProcessingError.noReason`, `.noParcels`, `.badLayer` where a kind of layer that parcels were measured
  ///   against is no longer there, and others.
  package func run(_ order: RemeasureOrder, dryRun: Bool = false) async throws -> RemeasureReceipt {
    let reason = order.reason.trimmingSpaces()
    guard !reason.isEmpty else { throw ProcessingError.noReason }
    let campaign = try workspace.campaign(order.campaign)
    let parcels = try parcels(of: campaign, in: order.county)
    guard !parcels.isEmpty else { throw ProcessingError.noParcels }
    let boxes = parcels.map(\.polygons.envelope)
    let zone = try workspace.zone()
    var layers = try LayerShelf(workspace).presentLayers(
      for: campaign, in: ledger, county: workspace.settings.county)
    try layers.readLinked(
      touching: { try boxes.moved(from: .cgcs2000, to: $0) }, with: reader, in: zone)
    try refuseMissing(layers, parcels)
    let results = try await measure(parcels, boxes, against: layers, in: zone)
    var receipt = RemeasureReceipt(
      campaign: campaign.id, reason: reason, measured: parcels.count,
      layers: layers.all.map(\.description.reference), head: try ledger.read { try $0.head() }, isDryRun: dryRun)
    for (parcel, result) in zip(parcels, results) { receipt.add(result, of: parcel.state, rules: campaign) }
    if !receipt.changes.isEmpty {
      try write(receipt, campaign, layers, dryRun: dryRun)
      receipt.head = try ledger.read { try $0.head() }
    }
    return receipt
  }

  private func parcels(of campaign: Campaign, in county: DivisionCode?) throws -> [Parcel] {
    let selection = Selection(counties: county.map { [$0] } ?? [], campaigns: [campaign.id])
    return try ledger.read { snapshot in
      try snapshot.states(selection, asOf: nil, known: nil).map { state in
        Parcel(state: state, polygons: try snapshot.geometry(at: state.issuePosition))
      }
    }
  }

  /// A layer that is gone is missed: without it figures would vanish from measurements that had them.
  private func refuseMissing(_ layers: SurveyLayers, _ parcels: [Parcel]) throws {
    func kind(_ reference: String) -> String { String(reference.prefix { $0 != "@" }) }
    let known = Set(parcels.flatMap { $0.state.latestMeasurement.layers.map(kind) })
    let missing = known.subtracting(layers.all.map(\.description.kind.rawValue))
    if let missing = missing.min() { throw ProcessingError.badLayer(path: workspace.layers.path, reason: missing) }
  }

  private func measure(
    _ parcels: [Parcel], _ boxes: [Envelope], against layers: SurveyLayers, in zone: WorkingZone
  ) async throws -> [Measure.Result] {
    try await workers.map(boxes) { chunks in
      var measure = try Measure(zone: zone, layers: layers)
      let results = try chunks.map { chunk in
        let placed = try chunk.map { try measure.place(parcels[$0].polygons) }
        let set = PolygonSet(placed)
        return placed.enumerated().map { number, placed in measure.measure(placed, number, of: set) }
      }
      return (results, ())
    }.elements
  }

  private func write(
    _ receipt: RemeasureReceipt, _ campaign: Campaign, _ layers: SurveyLayers, dryRun: Bool
  ) throws {
    let today = now.dayInShanghai
    do {
      try ledger.write(at: now) { transaction in
        let counties = Set(receipt.changes.map(\.identity.county))
        try transaction.adopt(
          campaign, workspace.campaignText(campaign.id), workspace.calendar(), layers, in: counties, on: today
        ) { $0.configurationName(remeasuring: campaign) }
        for change in receipt.changes {
          try transaction.remeasure(
            Remeasurement(
              campaign: campaign.id, code: change.identity.code, measured: change.after, reason: receipt.reason),
            in: change.identity.county)
        }
        if dryRun { throw RolledBack() }
      }
    } catch is RolledBack {}
  }
}
