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
    /// Record number, file and reason of what was left out.
    package var leftOut: [(file: String, record: Int, reason: Finding.Code)]
    /// Land-use classes that are not in the table of the survey, and how many polygons have them.
    package var unknownClasses: [String: Int]
    /// Whether the workspace's zone was decided by this layer.
    package var settledZone: WorkingZone?
  }

  package func add(_ order: LayerOrder, to workspace: inout Workspace) throws -> Result {
    var rows: [Row] = []
    var result = Result(
      description: LayerDescription(
        layer: order.kind.rawValue, version: order.version ?? String(now.dayInShanghai.description.prefix(4)),
        added: now.description, sources: [], polygons: 0, repaired: 0, area: .zero, content: "", zone: 0),
      leftOut: [], unknownClasses: [:])
    var content = ""
    for path in order.files {
      let file = try DeliveryFile(at: path)
      content += file.sha256
      result.description.sources.append(file.name)
      try read(path, order, into: &rows, &result)
    }
    guard !rows.isEmpty else { throw ProcessingError.empty(file: order.files.joined(separator: ", ")) }
    if workspace.settings.zone == nil {
      var box = Envelope()
      for row in rows { box.add(row.polygons.envelope) }
      guard let zone = WorkingZone(longitude: box.center.x) else {
        throw ProcessingError.outside(file: result.description.sources.joined(separator: ", "), reference: "EPSG:4490")
      }
      try workspace.settle(zone: zone)
      result.settledZone = zone
    }
    let zone = try workspace.zone()
    let plane = try EqualAreaPlane(zone: zone)
    var placed: [Polygons] = []
    var area = 0.0
    for row in rows {
      do {
        placed.append(try plane.place(row.polygons))
      } catch SpatialError.notTransformed {
        throw ProcessingError.outside(
          file: result.description.sources.joined(separator: ", "), reference: row.reference.description)
      }
      area += EqualAreaPlane.area(of: placed[placed.count - 1])
    }
    result.description.polygons = rows.count
    result.description.area = SquareMeters(rounding: area)
    result.description.zone = zone.number
    result.description.content = sha256(
      Data("\(order.kind.rawValue) \(result.description.version) \(zone.number) \(content)".utf8))
    let layer = PreparedLayer(
      description: result.description, codes: rows.map(\.code), names: rows.map(\.name),
      villages: rows.map(\.village), netShares: rows.map(\.netShare), placed: OverlayLayer(placed))
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
  }

  private func read(_ path: String, _ order: LayerOrder, into rows: inout [Row], _ result: inout Result) throws {
    let name = URL(filePath: path).lastPathComponent
    var source = try reader.open(ReadJob(path: path, layer: order.layer, purpose: .layer))
    guard let reference = order.reference ?? source.schema.reference else {
      throw ProcessingError.noReference(file: name, name: source.schema.referenceName, candidates: [])
    }
    guard reference.kind != nil else { throw ProcessingError.refusedReference(file: name, reference) }
    let columns = try LayerColumns(source.schema, order, file: name)
    let normalize = try Normalize(GEOSContext(), from: reference, swapsAxes: false)
    while let features = try source.next() {
      for feature in features {
        let code = columns.code(feature)
        var findings: [Finding] = []
        let record = DeliveredRecord(number: feature.record, code: code, attributes: [:], shape: feature.shape)
        guard let polygons = try normalize.normalize(record, &findings) else {
          result.leftOut += findings.filter { $0.code.severity == .error }.map { (name, feature.record, $0.code) }
          continue
        }
        if !findings.isEmpty { result.description.repaired += 1 }
        if order.kind == .landUse, LandUse.parse(code) == nil { result.unknownClasses[code, default: 0] += 1 }
        rows.append(
          Row(
            polygons: polygons, code: code, name: columns.name(feature), village: columns.village(feature),
            netShare: columns.netShare(feature), reference: reference))
      }
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
