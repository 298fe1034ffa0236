import Foundation
package import Geodata
import ParcelLedger
package import ParcelModel
package import ParcelWorkspace
import Spatial

/// What `layer add` is to take in.
package struct LayerOrder: Sendable {
  package var kind: LayerKind
  package var files: [String]
  package var layer: String?
  package var codeField: String?
  package var nameField: String?
  package var version: String?
  package var reference: CoordinateReference?
  /// The files have latitude, or northing, first.
  package var swapsAxes = false
  package var encoding: String?
  /// The layer stays in its files, of which each batch reads what it touches. Townships are kept all the same: every
  /// command needs their names.
  package var staysInPlace = false

  package init(kind: LayerKind, files: [String]) { (self.kind, self.files) = (kind, files) }

  /// What was stated of the files: read in another way, they are another layer.
  fileprivate var statements: [String] {
    let stated = [
      ("layer", layer), ("code", codeField), ("name", nameField), ("crs", reference?.description),
      ("encoding", encoding), ("axes", swapsAxes ? "yx" : nil),
    ]
    return stated.compactMap { name, value in value.map { "\(name)=\($0)" } }
  }
}

/// Reads the files of a reference layer, repairs and places their polygons, says where they overlap or leave gaps, and
/// keeps the result prepared.
package struct LayerIntake: Sendable {
  private let reader: FeatureReader
  private let now: Instant

  package init(reader: FeatureReader, now: Instant) { (self.reader, self.now) = (reader, now) }

  /// What takes long with a large layer.
  package enum Step: Sendable {
    case reading(file: String)
    case placing(polygons: Int)
    case checking
    case writing
  }

  /// What was noticed while a layer was prepared.
  package struct Result: Sendable {
    package var description: LayerDescription
    package var findings: [Finding]
    /// Records that are not in the layer.
    package var leftOut: Int
    /// The workspace's zone, where this layer decided it.
    package var settledZone: WorkingZone?

    package var groups: [Finding.Group] { Finding.groups(findings) }
  }

  /// Adds a layer to the workspace, whose zone the first one decides. Throws where a file cannot be believed as a whole;
  /// what is wrong with single records, or between them, becomes findings.
  ///
  /// - Parameter progress: told each step before it is taken.
  package func add(
    _ order: LayerOrder, to workspace: inout Workspace, progress: (Step) -> Void = { _ in }
  ) throws -> Result {
    let county = try county(of: workspace)
    var draft = LayerDraft(order.kind, files: order.files.count)
    var files: [LinkedLayer.File] = []
    for path in order.files {
      let file = try DeliveryFile(at: path)
      progress(.reading(file: file.name))
      let reference = try read(path, as: file.name, order, county: county, into: &draft)
      files.append(
        .init(path: file.location.standardizedFileURL.path, sha256: file.sha256, reference: reference.epsg))
    }
    let zone = try workspace.settings.zone ?? draft.zone()
    progress(.placing(polygons: draft.rows.count))
    let placed = try draft.place(in: EqualAreaPlane(zone: zone))
    progress(.checking)
    draft.findings += draft.unknownClasses()
    draft.findings += try draft.coverageFindings(placed, in: zone)
    progress(.writing)
    let description = describe(draft, order, zone, files.map(\.sha256))
    let settled = workspace.settings.zone == nil ? zone : nil
    if let settled { try workspace.settle(zone: settled) }
    if order.staysInPlace, order.kind != .townships {
      let box = draft.rows.reduce(into: Envelope()) { $0.add($1.polygons.envelope) }
      for index in files.indices {
        (files[index].leftOut, files[index].repaired) = (draft.leftOut[index], draft.repaired(inFile: index))
      }
      let link = LinkedLayer(description, order, files: files, box: box)
      try keep(workspace.layers.appending(path: description.linkName)) { try link.write(to: $0) }
    } else {
      try keep(draft.source(description), placed, in: workspace)
    }
    return Result(
      description: description, findings: draft.findings, leftOut: draft.leftOut.reduce(0) { $0 + $1.count },
      settledZone: settled)
  }

  /// Where the layers that are already there lie: what a reference system that no file names may be inferred from.
  private func county(of workspace: Workspace) throws -> Envelope? {
    guard let zone = workspace.settings.zone else { return nil }
    let shelf = LayerShelf(workspace)
    let layers = SurveyLayers(townships: try shelf.newest(.townships), landUse: try shelf.newest(.landUse))
    return try layers.county(in: zone)
  }

  private func read(
    _ path: String, as name: String, _ order: LayerOrder, county: Envelope?, into draft: inout LayerDraft
  ) throws -> CoordinateReference {
    var source = try reader.open(
      ReadJob(path: path, layer: order.layer, purpose: .layer, encoding: order.encoding))
    guard var features = try source.next() else { throw ProcessingError.empty(file: name) }
    let columns = try LayerColumns(source.schema, order, file: name)
    let decision = try ReferenceDecision(
      .init(
        file: name, named: source.schema.reference, name: source.schema.referenceName, stated: order.reference,
        boxes: features.compactMap { $0.shape.envelope(swapsAxes: order.swapsAxes) }, county: county))
    draft.begin(
      file: name, decision.reference, swapsAxes: order.swapsAxes,
      decision.findings + source.schema.remarks.map { Finding(Judge.code(of: $0), detail: $0.detail) })
    let normalize = try Normalize(GEOSContext(), from: decision.reference, swapsAxes: order.swapsAxes)
    while true {
      for feature in features { try draft.add(feature, columns, normalize) }
      guard let more = try source.next() else { return decision.reference }
      features = more
    }
  }

  private func describe(
    _ draft: LayerDraft, _ order: LayerOrder, _ zone: WorkingZone, _ sums: [String]
  ) -> LayerDescription {
    let version = order.version ?? String(now.dayInShanghai.description.prefix(4))
    let content = ["\(order.kind.rawValue) \(version) \(zone.number) \(sums.joined())"] + order.statements
    return LayerDescription(
      layer: order.kind.rawValue, version: version, added: now.description, sources: draft.files,
      polygons: draft.rows.count, repaired: draft.repaired, area: SquareMeters(rounding: draft.area),
      content: sha256(Data(content.joined(separator: " ").utf8)), zone: zone.number)
  }

  private func keep(_ source: LayerSource, _ placed: [Polygons], in workspace: Workspace) throws {
    let file = workspace.layers.appending(path: source.description.fileName)
    try keep(file) { try source.write(to: $0) }
    _ = LayerShelf(workspace).prepare(
      PreparedLayer(source.description, source.attributes, placed: placed), source: try LayerSource.sum(of: file))
  }

  private func keep(_ file: URL, _ write: (URL) throws -> Void) throws {
    do {
      try write(file)
    } catch {
      throw (error as? ProcessingError) ?? .cannotKeep(file.path, reason: error.localizedDescription)
    }
  }
}
