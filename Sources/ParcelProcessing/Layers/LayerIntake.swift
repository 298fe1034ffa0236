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

  package init(kind: LayerKind, files: [String]) { (self.kind, self.files) = (kind, files) }
}

/// Reads the files of a reference layer, repairs and places their polygons, and keeps the result prepared.
package struct LayerIntake: Sendable {
  private let reader: FeatureReader
  private let now: Instant

  package init(reader: FeatureReader, now: Instant) { (self.reader, self.now) = (reader, now) }

  /// What was noticed while a layer was prepared.
  package struct Result: Sendable {
    package var description: LayerDescription
    package var findings: [Finding] = []
    /// Whether the workspace's zone was decided by this layer.
    package var settledZone: WorkingZone?

    /// Records that are not in the layer.
    package var leftOut: Int { findings.count { $0.code.severity == .error } }
    package var groups: [Finding.Group] { Finding.groups(findings) }
  }

  package func add(_ order: LayerOrder, to workspace: inout Workspace) throws -> Result {
    var rows: [Row] = []
    var result = Result(
      description: LayerDescription(
        layer: order.kind.rawValue, version: order.version ?? String(now.dayInShanghai.description.prefix(4)),
        added: now.description, sources: [], polygons: 0, repaired: 0, area: .zero, content: "", zone: 0))
    var content = ""
    let county = try county(of: workspace)
    for path in order.files {
      let file = try DeliveryFile(at: path)
      content += file.sha256
      result.description.sources.append(file.name)
      try read(path, as: file.name, order, county: county, into: &rows, &result)
    }
    guard !rows.isEmpty else { throw ProcessingError.empty(file: order.files.joined(separator: ", ")) }
    if workspace.settings.zone == nil { result.settledZone = try settleZone(rows, result.description, &workspace) }
    let zone = try workspace.zone()
    let placed = try place(rows, in: zone, &result)
    let area = placed.polygons.reduce(0) { $0 + EqualAreaPlane.area(of: $1) }
    result.description.polygons = rows.count
    result.description.area = SquareMeters(rounding: area)
    result.description.zone = zone.number
    result.description.content = sha256(
      Data("\(order.kind.rawValue) \(result.description.version) \(zone.number) \(content)".utf8))
    result.findings += Self.unknownClasses(order.kind, rows, placed)
    result.findings += try Self.coverageFindings(order.kind, rows, placed, zone)
    let layer = PreparedLayer(
      description: result.description, codes: rows.map(\.code), names: rows.map(\.name),
      villages: rows.map(\.village), netShares: rows.map(\.netShare), placed: placed)
    let file = workspace.layers.appending(path: result.description.fileName)
    do {
      try layer.write(to: file)
    } catch {
      throw ProcessingError.cannotKeep(file.path, reason: error.localizedDescription)
    }
    return result
  }

  private struct Row {
    var polygons: Polygons
    var code: String
    var name: String
    var village: String
    var netShare: Double
    var reference: CoordinateReference
    var record: Int
    var repair: RepairRecord?
  }

  /// Where the layers that are already there lie: what a reference system that no file names may be inferred from.
  private func county(of workspace: Workspace) throws -> Envelope? {
    guard let zone = workspace.settings.zone else { return nil }
    let shelf = LayerShelf(workspace)
    let layers = SurveyLayers(townships: try shelf.newest(.townships), landUse: try shelf.newest(.landUse))
    return try layers.county(in: zone)
  }

  private func settleZone(
    _ rows: [Row], _ description: LayerDescription, _ workspace: inout Workspace
  ) throws -> WorkingZone {
    let box = rows.reduce(into: Envelope()) { $0.add($1.polygons.envelope) }
    guard let zone = WorkingZone(longitude: box.center.x) else {
      throw ProcessingError.outside(file: description.sources.joined(separator: ", "), reference: "EPSG:4490")
    }
    try workspace.settle(zone: zone)
    return zone
  }

  private func place(_ rows: [Row], in zone: WorkingZone, _ result: inout Result) throws -> OverlayLayer {
    let plane = try EqualAreaPlane(zone: zone)
    var placed: [Polygons] = []
    for row in rows {
      do {
        placed.append(try plane.place(row.polygons))
      } catch SpatialError.notTransformed {
        throw ProcessingError.outside(
          file: result.description.sources.joined(separator: ", "), reference: row.reference.description)
      }
      let area = EqualAreaPlane.area(of: placed[placed.count - 1])
      result.findings += (row.repair?.findings(area: area) ?? []).map {
        Finding($0.code, record: row.record, parcel: row.code, detail: $0.detail)
      }
    }
    return OverlayLayer(placed)
  }

  // MARK: The layer as a whole

  /// Classes that the survey's table does not have, with the number of polygons and their area.
  private static func unknownClasses(_ kind: LayerKind, _ rows: [Row], _ placed: OverlayLayer) -> [Finding] {
    guard kind == .landUse else { return [] }
    var unknown: [String: (count: Int, area: Double)] = [:]
    for (row, polygons) in zip(rows, placed.polygons) where LandUse.parse(row.code) == nil {
      let before = unknown[row.code] ?? (0, 0)
      unknown[row.code] = (before.count + 1, before.area + EqualAreaPlane.area(of: polygons))
    }
    return unknown.sorted { $0.key < $1.key }.map { code, found in
      Finding(.unknownClass, parcel: code, detail: "\(found.count) × , \(SquareMeters(rounding: found.area)) m²")
    }
  }

  /// Townships and land use tile the county: every overlap counts its area twice, every gap belongs to nobody. Overlays
  /// of other kinds leave most of the county free.
  private static func coverageFindings(
    _ kind: LayerKind, _ rows: [Row], _ placed: OverlayLayer, _ zone: WorkingZone
  ) throws -> [Finding] {
    let tiles = kind == .townships || kind == .landUse
    let coverage = try CoverageMeter(placed, GEOSContext()).coverage(checksGaps: tiles)
    let plane = try EqualAreaPlane(zone: zone)
    func findings(_ code: Finding.Code, _ places: Coverage.Places?) -> [Finding] {
      guard let places, places.count > 0 else { return [] }
      let whole = Finding(code, detail: "\(places.count) × , \(SquareMeters(rounding: places.area)) m²")
      return [whole]
        + places.largest.map { place in
          let point = plane.unplace(Polygons(rings: [[[place.point]]])).points[0]
          let records = place.polygons.map { String(rows[$0].record) }.joined(separator: ", ")
          return Finding(
            code, record: place.polygons.first.map { rows[$0].record }, parcel: nil,
            detail: "\(SquareMeters(rounding: place.area)) m² (\(point.text)) \(records)")
        }
    }
    return findings(.layerOverlap, coverage.overlaps) + findings(.layerGap, coverage.gaps)
  }

  // MARK: Reading

  private func read(
    _ path: String, as name: String, _ order: LayerOrder, county: Envelope?, into rows: inout [Row],
    _ result: inout Result
  ) throws {
    var source = try reader.open(ReadJob(path: path, layer: order.layer, purpose: .layer))
    let columns = try LayerColumns(source.schema, order, file: name)
    guard var features = try source.next() else { return }
    let decision = try ReferenceDecision(
      .init(
        file: name, named: source.schema.reference, name: source.schema.referenceName, stated: order.reference,
        boxes: features.compactMap { $0.shape.envelope(swapsAxes: false) }, county: county))
    result.findings += decision.findings
    result.findings += source.schema.remarks.map { Finding(Judge.code(of: $0), detail: $0.detail) }
    let normalize = try Normalize(GEOSContext(), from: decision.reference, swapsAxes: false)
    while true {
      for feature in features {
        let code = columns.code(feature)
        func note(_ finding: Finding.Code, _ detail: String) {
          result.findings.append(Finding(finding, record: feature.record, parcel: code, detail: detail))
        }
        for remark in feature.remarks { note(Judge.code(of: remark), remark.detail) }
        if feature.remarks.contains(where: { Judge.code(of: $0).severity == .error }) { continue }
        switch try normalize.normalize(feature.shape) {
        case .rejected(let reason, let detail): note(reason, detail)
        case .polygons(let polygons, let repair):
          if repair != nil { result.description.repaired += 1 }
          rows.append(
            Row(
              polygons: polygons, code: code, name: columns.name(feature), village: columns.village(feature),
              netShare: columns.netShare(feature), reference: decision.reference, record: feature.record,
              repair: repair))
        }
      }
      guard let more = try source.next() else { return }
      features = more
    }
  }
}

/// Which fields of a layer are what (DOMAIN §6).
private struct LayerColumns {
  private let kind: LayerKind
  private let code: Int?
  private let name: Int?
  private let village: Int?
  private let gross: Int?
  private let net: Int?
  private let ridge: Int?

  init(_ schema: FeatureSchema, _ order: LayerOrder, file: String) throws(ProcessingError) {
    let names = schema.fields.map { $0.name.folded() }
    func index(_ stated: String?, _ usual: [String]) throws(ProcessingError) -> Int? {
      if let stated {
        guard let index = names.firstIndex(of: stated.folded()) else {
          throw .noLayerField(file: file, field: stated, known: schema.fields.map(\.name))
        }
        return index
      }
      return usual.lazy.compactMap { names.firstIndex(of: $0.folded()) }.first
    }
    kind = order.kind
    switch kind {
    case .townships:
      code = try index(order.codeField, ["XZQDM", "XZQHDM", "township_code", "ZLDWDM", "code"])
      name = try index(order.nameField, ["XZQMC", "XZMC", "ZLDWMC", "township_name", "name"])
    case .landUse:
      code = try index(order.codeField, ["DLBM", "dlbm", "code"])
      name = try index(order.nameField, ["DLMC", "name"])
    default:
      code = try index(order.codeField, [])
      name = try index(order.nameField, [])
    }
    let needsCode = kind == .townships || kind == .landUse
    guard code != nil || !needsCode else {
      throw .noLayerField(
        file: file, field: kind == .landUse ? "DLBM" : "XZQDM", known: schema.fields.map(\.name))
    }
    village = kind == .landUse ? try index(nil, ["ZLDWDM", "QSDWDM"]) : nil
    gross = kind == .landUse ? try index(nil, ["TBMJ"]) : nil
    net = kind == .landUse ? try index(nil, ["TBDLMJ"]) : nil
    ridge = kind == .landUse ? try index(nil, ["KCXS", "TKXS"]) : nil
  }

  private func text(_ index: Int?, _ feature: Feature) -> String {
    index.flatMap { feature.values[$0].text?.normalizedCode() } ?? ""
  }

  private func number(_ index: Int?, _ feature: Feature) -> Double? {
    guard let index else { return nil }
    switch feature.values[index] {
    case .integer(let value): return Double(value)
    case .real(let value): return value
    case .text(let text): return Double(text.normalizedCode())
    case .null, .day: return nil
    }
  }

  func code(_ feature: Feature) -> String {
    let text = text(code, feature)
    // 村 codes of twelve and more digits name their township in the first nine.
    return kind == .townships && text.count > 9 ? String(text.prefix(9)) : text
  }

  func name(_ feature: Feature) -> String { text(name, feature) }

  func village(_ feature: Feature) -> String { String(text(village, feature).prefix(12)) }

  /// net / gross; where TBMJ is absent 1 − KCXS; where both are, the piece counts in full.
  func netShare(_ feature: Feature) -> Double {
    if let gross = number(gross, feature), let net = number(net, feature), gross > 0, (0...gross).contains(net) {
      return net / gross
    }
    if let ridge = number(ridge, feature), (0...1).contains(ridge) { return 1 - ridge }
    return 1
  }
}
