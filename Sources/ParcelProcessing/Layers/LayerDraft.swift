import Geodata
import ParcelModel
import Spatial

/// A reference layer while it is made: the records that are in it, and what was noticed of them.
struct LayerDraft {
  /// A record of the layer.
  struct Row {
    /// Longitude first, in degrees.
    var polygons: Polygons
    /// m², once placed.
    var area = 0.0
    var code: String
    var name: String
    var village: String
    var netShare: Double
    /// Where it comes from: a place in `files`, and the record's number there.
    var file: Int
    var record: Int
    var repair: RepairRecord?
  }

  private let kind: LayerKind
  /// Records are told by their numbers; where there are several files, with the file.
  private let namesFiles: Bool
  /// As their senders named them.
  private(set) var files: [String] = []
  private(set) var rows: [Row] = []
  /// Numbers of the records that are not in the layer, by file.
  private(set) var leftOut: [[Int]] = []
  /// Of the polygons as they lie, m²; nothing before they are placed.
  private(set) var area = 0.0
  private var reference = CoordinateReference.cgcs2000
  private var swapsAxes = false
  var findings: [Finding] = []

  init(_ kind: LayerKind, files count: Int) { (self.kind, namesFiles) = (kind, count > 1) }

  var repaired: Int { rows.count { $0.repair != nil } }

  /// Numbers of the records of a file that were repaired.
  func repaired(inFile file: Int) -> [Int] { rows.filter { $0.file == file && $0.repair != nil }.map(\.record) }

  // MARK: Reading

  /// Whatever is added from now on is of this file.
  mutating func begin(file: String, _ reference: CoordinateReference, swapsAxes: Bool, _ noticed: [Finding] = []) {
    files.append(file)
    leftOut.append([])
    (self.reference, self.swapsAxes) = (reference, swapsAxes)
    findings += noticed.map { finding in
      var finding = finding
      finding.detail = told(finding.detail, file: files.count - 1)
      return finding
    }
  }

  /// Repairs a record and takes it in, or says why not.
  mutating func add(_ feature: Feature, _ columns: LayerColumns, _ normalize: Normalize) throws {
    var row = Row(
      polygons: Polygons(), code: columns.code(feature), name: columns.name(feature),
      village: columns.village(feature), netShare: columns.netShare(feature), file: files.count - 1,
      record: feature.record)
    let remarks = feature.remarks.map { (Judge.code(of: $0), $0.detail) }
    for (code, detail) in remarks { note(code, row, detail) }
    if remarks.contains(where: { $0.0.severity == .error }) {
      leftOut[row.file].append(row.record)
    } else if let box = feature.shape.envelope(swapsAxes: swapsAxes), !mayLie(box) {
      leaveOut(row, .outsideCounty, box.center.text)
    } else {
      switch try normalize.normalize(feature.shape) {
      case .rejected(let code, let detail): leaveOut(row, code, detail)
      case .polygons(let polygons, let repair):
        (row.polygons, row.repair) = (polygons, repair)
        rows.append(row)
      }
    }
  }

  /// Whether such numbers occur in the file's reference system at all.
  private func mayLie(_ box: Envelope) -> Bool {
    box.isEmpty || CoordinateRange(box)?.canBe(reference) == true
  }

  // MARK: Placing

  /// The zone in whose middle the layer lies best.
  func zone() throws(ProcessingError) -> WorkingZone {
    let box = rows.reduce(into: Envelope()) { $0.add($1.polygons.envelope) }
    guard let zone = WorkingZone(longitude: box.center.x) else { throw nothingLeft }
    return zone
  }

  /// All polygons in the plane, where overlaps and gaps have areas; those that no place of it has are left out.
  mutating func place(in plane: EqualAreaPlane) throws -> [Polygons] {
    var placed: [Polygons] = []
    var strays: Set<Int> = []
    for index in rows.indices {
      do {
        placed.append(try plane.place(rows[index].polygons))
      } catch SpatialError.notTransformed {
        leaveOut(rows[index], .outsideCounty, rows[index].polygons.envelope.center.text)
        strays.insert(index)
        continue
      }
      rows[index].area = EqualAreaPlane.area(of: placed[placed.count - 1])
      area += rows[index].area
      for (code, detail) in rows[index].repair?.findings(area: rows[index].area) ?? [] {
        note(code, rows[index], detail)
      }
    }
    if !strays.isEmpty { rows = rows.indices.filter { !strays.contains($0) }.map { rows[$0] } }
    guard !rows.isEmpty else { throw nothingLeft }
    return placed
  }

  private var nothingLeft: ProcessingError {
    let reasons = Set(findings.map(\.code).filter { $0.severity == .error })
    return .allLeftOut(file: files.joined(separator: ", "), reasons: reasons.sorted())
  }

  func source(_ description: LayerDescription) -> LayerSource {
    LayerSource(
      description: description, polygons: rows.map(\.polygons),
      attributes: LayerAttributes(
        codes: rows.map(\.code), names: rows.map(\.name), villages: rows.map(\.village),
        netShares: rows.map(\.netShare)))
  }

  // MARK: Findings

  private mutating func note(_ code: Finding.Code, _ row: Row, _ detail: String) {
    findings.append(Finding(code, record: row.record, parcel: row.code, detail: told(detail, file: row.file)))
  }

  private mutating func leaveOut(_ row: Row, _ code: Finding.Code, _ detail: String) {
    note(code, row, detail)
    leftOut[row.file].append(row.record)
  }

  private func told(_ detail: String, file: Int) -> String {
    namesFiles ? [files[file], detail].filter { !$0.isEmpty }.joined(separator: " ") : detail
  }

  /// Classes that the survey's table does not have.
  func unknownClasses() -> [Finding] {
    guard kind == .landUse else { return [] }
    let unknown = Dictionary(grouping: rows.filter { LandUse.parse($0.code) == nil }, by: \.code)
    return unknown.sorted { $0.key < $1.key }.map { code, rows in
      let area = rows.reduce(0) { $0 + $1.area }
      return Finding(
        .unknownClass, record: rows.count == 1 ? rows[0].record : nil, parcel: code,
        area: SquareMeters(rounding: area), count: rows.count)
    }
  }

  /// Townships and land use tile the county: every overlap counts its area twice, every gap belongs to nobody. Overlays
  /// of other kinds leave most of the county free.
  func coverageFindings(_ placed: [Polygons], in zone: WorkingZone) throws -> [Finding] {
    let tiles = kind == .townships || kind == .landUse
    let coverage = try CoverageMeter(placed, GEOSContext()).coverage(checksGaps: tiles)
    guard let overlaps = coverage.overlaps else { return [Finding(.layerTangled)] }
    let plane = try EqualAreaPlane(zone: zone)
    return findings(.layerOverlap, overlaps, plane) + findings(.layerGap, coverage.gaps ?? .init(), plane)
  }

  /// One finding a place, the largest first, and one for all that are too many to tell.
  private func findings(_ code: Finding.Code, _ places: Coverage.Places, _ plane: EqualAreaPlane) -> [Finding] {
    var rest = (count: places.count, area: SquareMeters(rounding: places.area))
    var findings: [Finding] = []
    for place in places.largest {
      // What three polygons cover counts twice.
      let area = SquareMeters(rounding: place.area * Double(max(1, place.polygons.count - 1)))
      let point = plane.unplace(Polygons(rings: [[[place.point]]])).points[0]
      let detail = [place.polygons.map(label).joined(separator: " ∩ "), "(\(point.shortText))"]
      findings.append(
        Finding(
          code, record: place.polygons.first.map { rows[$0].record },
          detail: detail.filter { !$0.isEmpty }.joined(separator: " "), area: area))
      rest = (rest.count - 1, rest.area - area)
    }
    if rest.count > 0 { findings.append(Finding(code, area: rest.area, count: rest.count)) }
    return findings
  }

  private func label(_ row: Int) -> String { told(String(rows[row].record), file: rows[row].file) }
}

extension Point {
  /// Degrees to a tenth of a metre.
  fileprivate var shortText: String { "\(shortened(x)), \(shortened(y))" }

  private func shortened(_ degrees: Double) -> Double { (degrees * 1e6).rounded() / 1e6 }
}
