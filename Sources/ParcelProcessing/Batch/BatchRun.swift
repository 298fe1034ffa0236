import Foundation
package import Geodata
package import ParcelLedger
import ParcelModel
package import ParcelWorkspace
import Spatial

/// What is to be taken in, as the command line or an inbox rule states it.
package struct IngestOrder: Sendable {
  package var path: String
  package var campaign: String
  package var layer: String?
  package var batch: String?
  package var issued: Day?
  package var profile: String?
  package var reference: CoordinateReference?
  /// Latitude or northing comes first in the file.
  package var swapsAxes = false
  package var encoding: String?
  /// Measure everything once more by other ways, and compare.
  package var verifiesAreas = false
  /// Where to write what was measured, unrounded.
  package var dump: String?

  package init(path: String, campaign: String) { (self.path, self.campaign) = (path, campaign) }
}

extension IngestOrder {
  /// Whether the file is to be understood in another way than when it was taken in.
  fileprivate func restates(_ known: DeliveryRecord, profile: Profile) -> Bool {
    profile.name != known.decisions["profile"]
      || reference.map { $0.description != known.decisions["crs"] } ?? false
      || swapsAxes != (known.decisions["axes"] == "yx")
      || encoding.map { $0.uppercased() != known.decisions["encoding"] } ?? false
      || layer.map { $0 != known.decisions["layer"] } ?? false
  }
}

/// One delivery from file to ledger: Intake, Normalize, Measure, Judge, Match, Record. The results are the same whatever
/// the number of workers.
package struct BatchRun: Sendable {
  let workspace: Workspace
  let ledger: Ledger
  let reader: FeatureReader
  let now: Instant
  let workers: Workers

  package init(workspace: Workspace, ledger: Ledger, reader: FeatureReader, now: Instant, workers: Int) {
    (self.workspace, self.ledger, self.reader) = (workspace, ledger, reader)
    (self.now, self.workers) = (now, Workers(count: max(1, workers)))
  }

  /// - Parameter dryRun: everything but the writing.
  /// - Returns: the receipt. What was not taken lies in the quarantine with the reasons, unless this is a dry run: the
  ///   file as a whole (`refusal`), or single records of it.
  /// - Throws: `ProcessingError` and others where the trouble does not lie in the file.
  package func run(_ order: IngestOrder, dryRun: Bool = false) async throws -> Receipt {
    let file = try DeliveryFile(at: order.path, in: Quarantine(workspace.quarantine))
    let campaign = try workspace.campaign(order.campaign)
    let profile = try workspace.profile(order.profile ?? "standard")
    if let known = try ledger.read({ try $0.delivery(sha256: file.sha256, campaign: campaign.id) }),
      known.rejects.isEmpty, !order.restates(known, profile: profile)
    {
      return try .duplicate(of: known, file: file, head: ledger.read { try $0.head() }, isDryRun: dryRun)
    }
    let today = now.dayInShanghai
    let issued = order.issued ?? today
    guard issued <= today else { throw ProcessingError.futureIssue(file: file.name, issued) }
    let batch = order.batch ?? file.name
    let folder = dryRun ? try temporaryFolder() : workspace.deliveries
    // A dry run leaves nothing behind.
    defer { if dryRun { try? FileManager.default.removeItem(at: folder) } }
    try file.keep(in: folder)
    // Whatever ends the run: of what the ledger does not know no copy stays.
    defer { if (try? isDelivered(file)) == false { file.discard(from: folder) } }
    var receipt: Receipt
    // A file that is refused because of its columns is best explained by them.
    var preview = Preview()
    do {
      receipt = try await take(
        file, order, campaign, profile, batch: batch, issued: issued, in: folder, dryRun: dryRun, &preview)
    } catch let error as any ExplainedError where blamesFile(error) {
      receipt = .refused(
        error, file: file, campaign: campaign.id, batch: batch, issued: issued,
        head: try ledger.read { try $0.head() }, isDryRun: dryRun)
    }
    receipt.preview = preview
    if !dryRun, receipt.refusal != nil || !receipt.delivery.rejects.isEmpty {
      receipt.quarantine = try Quarantine(workspace.quarantine).keep(file, receipt)
    }
    return receipt
  }

  private func take(
    _ file: DeliveryFile, _ order: IngestOrder, _ campaign: Campaign, _ profile: Profile, batch: String, issued: Day,
    in folder: URL, dryRun: Bool, _ preview: inout Preview
  ) async throws -> Receipt {
    let sums = try naming(file, insteadOf: file.location.path) { try Manifest.check(file) }
    var layers = try LayerShelf(workspace).layers(for: campaign, in: ledger, county: workspace.settings.county)
    let reading = try read(order, file, profile, layers, in: folder, &preview)
    try layers.readLinked(touching: reading.boxes, with: reader, in: workspace.zone())
    let (judged, verification) = try await judge(
      reading, layers: layers, campaign: campaign, verifies: order.verifiesAreas)
    if let dump = order.dump { try MeasurementDump.write(judged, to: dump) }
    if let verification, !verification.isSound {
      throw ProcessingError.areasDisagree(file: file.name, record: verification.firstDoubtful)
    }
    let record = Record(
      file: file, campaign: campaign, batch: batch, issued: issued, records: reading, layers: layers, sums: sums)
    var receipt = try record.record(judged, workspace: workspace, ledger: ledger, now: now, dryRun: dryRun)
    receipt.verification = verification
    return receipt
  }

  /// The same file may have been delivered for another campaign: then it stays.
  private func isDelivered(_ file: DeliveryFile) throws -> Bool {
    try ledger.read { try $0.isDelivered(sha256: file.sha256) }
  }

  /// A dry run reads its own copy too.
  private func temporaryFolder() throws(ProcessingError) -> URL {
    let folder = workspace.scratch.appending(path: "dry-run-\(UUID().uuidString)")
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw .cannotKeep(folder.path, reason: error.localizedDescription)
    }
    return folder
  }

  /// The records of a delivery, and how it was understood.
  struct Reading: Sendable {
    var schema: FeatureSchema
    var mapping: ColumnMapping
    var reference: CoordinateReference
    var swapsAxes: Bool
    var records: [DeliveredRecord]
    var profile: String
    /// The profile's, which heads may overrule.
    var unit: AreaUnit
    /// Which column was taken for what.
    var columns: String
    /// The county in degrees; nothing before a layer is there.
    var county: Envelope?
    /// About the file as a whole.
    var findings: [Finding]

    /// Where each record lies in another reference system, longitude or easting first; empty where it has no shape.
    func boxes(in other: CoordinateReference) throws -> [Envelope] {
      try records.map { $0.shape.envelope(swapsAxes: swapsAxes) ?? Envelope() }.moved(from: reference, to: other)
    }
  }

  private func read(
    _ order: IngestOrder, _ file: DeliveryFile, _ profile: Profile, _ layers: SurveyLayers, in folder: URL,
    _ preview: inout Preview
  ) throws -> Reading {
    let job = ReadJob(
      path: file.readablePath(in: folder), layer: order.layer, purpose: .delivery, encoding: order.encoding)
    var (schema, features) = try naming(file, insteadOf: job.path) { try reader.readAll(job) }
    // Some formats name a layer after the file, which has another name here.
    if job.path.contains("/\(schema.layer).") { schema.layer = file.name }
    guard !features.isEmpty else { throw ProcessingError.empty(file: file.name) }
    preview = Preview(profile, schema, features)
    let mapping = try ColumnMapping(profile, schema, file: file.name)
    let county = try layers.county(in: workspace.zone())
    let decision = try ReferenceDecision(
      .init(
        file: file.name, named: schema.reference, name: schema.referenceName, stated: order.reference,
        boxes: features.compactMap { $0.shape.envelope(swapsAxes: order.swapsAxes) },
        county: county))
    return Reading(
      schema: schema, mapping: mapping, reference: decision.reference, swapsAxes: order.swapsAxes,
      records: features.map { DeliveredRecord($0, by: mapping) }, profile: profile.name, unit: profile.unit,
      columns: preview.decision,
      county: county,
      findings: decision.findings + schema.remarks.map { Finding(Judge.code(of: $0), detail: $0.detail) })
  }

  /// The kept copy has a name that its sender never heard of: errors tell the delivered one.
  private func naming<Result>(
    _ file: DeliveryFile, insteadOf path: String, _ body: () throws -> Result
  ) throws -> Result {
    do {
      return try body()
    } catch SpatialError.notWritten(let path, let words) {
      // The disk, not the file.
      throw ProcessingError.cannotKeep(path, reason: words)
    } catch let error as SpatialError {
      throw ProcessingError.unreadable(
        code: error.code, Messages.naming(file.name, insteadOf: path, in: error.message),
        remedy: Messages.naming(file.name, insteadOf: path, in: error.remedy), error.outcome)
    }
  }

  private func judge(
    _ reading: Reading, layers: SurveyLayers, campaign: Campaign, verifies: Bool
  ) async throws -> ([JudgedRecord], AreaVerification?) {
    let zone = try workspace.zone()
    let judge = Judge(
      workspaceCounty: workspace.settings.county, townshipNames: layers.townships?.namesByCode ?? [:],
      county: reading.county)
    let boxes = try reading.boxes(in: .cgcs2000)
    let earlier = try earlierParcels(near: boxes, zone: zone)
    let records = reading.records
    let (judged, verifications) = try await workers.map(boxes) { chunks in
      // Handles never leave the worker that made them.
      var worker = try BatchWorker(
        reading, campaign: campaign.id, zone: zone, layers, judge, earlier, verifies: verifies)
      let judged = try chunks.map { try worker.judge($0.map { records[$0] }) }
      return (judged, worker.verification)
    }
    guard verifies else { return (judged, nil) }
    var verification = AreaVerification()
    for case let verified? in verifications { verification.add(verified) }
    return (judged, verification)
  }

  /// The ledger's parcels that some record may touch, by one query.
  private func earlierParcels(near boxes: [Envelope], zone: WorkingZone) throws -> EarlierParcels {
    let near = EnvelopeIndex(boxes)
    let all = boxes.reduce(into: Envelope()) { $0.add($1) }
    let plane = try EqualAreaPlane(zone: zone)
    let found = try ledger.read { try $0.parcels(near: all, where: near.overlaps, plane.place) }
    return EarlierParcels(identities: found.map(\.identity), placed: PolygonSet(found.map(\.shape)))
  }
}

extension [Envelope] {
  /// Boxes in another reference system that hold what these hold; empty ones, and those that cannot be moved, are empty.
  ///
  /// A side that is straight in one system is bent in another, by a thousandth of its length over a hundred kilometres:
  /// the boxes are a little larger.
  func moved(from reference: CoordinateReference, to other: CoordinateReference) throws -> [Envelope] {
    let toDegrees = try Transformation(from: reference, to: .cgcs2000)
    let toOther = try Transformation(from: .cgcs2000, to: other)
    let least = other.kind == .geographic ? 1e-5 : 1.0
    return map { box in
      // What cannot be transformed is rejected later.
      guard !box.isEmpty,
        let moved = reference == other ? box : try? toOther(toDegrees(box.outline)).envelope
      else { return Envelope() }
      return moved.widened(by: least + 0.002 * Swift.max(moved.width, moved.height))
    }
  }
}

extension Envelope {
  /// The corners and the middles of the sides.
  fileprivate var outline: Polygons {
    let (xs, ys) = ([minX, center.x, maxX], [minY, center.y, maxY])
    return Polygons(rings: [[xs.flatMap { x in ys.map { Point(x: x, y: $0) } }]])
  }
}

extension Shape {
  /// The box of polygons in the file's coordinates.
  func envelope(swapsAxes: Bool) -> Envelope? {
    guard case .polygons(let polygons) = self else { return nil }
    return swapsAxes ? polygons.envelope.swappingAxes() : polygons.envelope
  }
}
