import Foundation
import Geodata
import ParcelLedger
import ParcelModel
import ParcelTesting
import ParcelWorkspace
import Spatial
import Testing

@testable import ParcelProcessing

/// A county of ten by ten square fields that is made in code, in a workspace of its own: two townships, a land-use
/// layer with ridges, and no more.
final class SmallCounty {
  static let noon = instant("2024-12-31T04:00:00Z")

  let folder: TemporaryFolder
  let workspace: Workspace
  let ledger: Ledger
  let now: Instant

  /// - Parameters:
  ///   - county: a county, or a prefecture whose two counties the townships then belong to.
  ///   - rules: inbox rules in YAML.
  init(county: String = "430321", townships: [String] = ["430321100", "430321101"], rules: String = "") throws {
    folder = try TemporaryFolder()
    now = Self.noon
    let root = folder.url.appendingPathComponent("workspace")
    var workspace = try Workspace.create(
      at: root, county: #require(DivisionCode(county)), name: "试验县", zone: WorkingZone(38))
    if !rules.isEmpty {
      let file = root.appendingPathComponent("parcels.yaml")
      let text = try String(contentsOf: file, encoding: .utf8).replacing("\ninbox: []", with: "\ninbox:\n" + rules)
      try Data(text.utf8).write(to: file)
      workspace = try Workspace(at: root)
    }
    _ = try workspace.addCampaign("provincial", template: .provincialSatellite, name: nil, year: 2024)
    _ = try workspace.addCampaign("drive", template: .specialDrive, name: nil, year: 2024)
    ledger = try Ledger(path: workspace.ledger.path, creating: true) { try Campaign(text: $0.text, id: $0.name) }
    let intake = LayerIntake(reader: Self.reader, now: now)
    for (kind, text) in [
      (LayerKind.townships, Ground.townships(townships)), (.landUse, Ground.landUse(village: townships[0])),
    ] {
      let path = try folder.write(text.utf8, to: "\(kind.rawValue).geojson")
      _ = try intake.add(LayerOrder(kind: kind, files: [path]), to: &workspace)
    }
    self.workspace = workspace
  }

  /// A county whose files were kept: made in a moment, for tests that need many.
  init(files: [String: Data]) throws {
    folder = try TemporaryFolder()
    now = Self.noon
    let root = folder.url.appendingPathComponent("workspace")
    for (name, content) in files {
      let file = root.appendingPathComponent(name)
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try content.write(to: file)
    }
    for name in ["deliveries", "quarantine"] {
      try FileManager.default.createDirectory(
        at: root.appendingPathComponent(name), withIntermediateDirectories: true)
    }
    workspace = try Workspace(at: root)
    ledger = try Ledger(path: workspace.ledger.path) { try Campaign(text: $0.text, id: $0.name) }
  }

  /// All files of the workspace, by their paths in it.
  func files() throws -> [String: Data] {
    let root = workspace.root
    var files: [String: Data] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: root.path) {
      let file = root.appendingPathComponent(name)
      if try file.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true {
        files[name] = try Data(contentsOf: file)
      }
    }
    return files
  }

  static let reader = FeatureReader(executable: builtProgram)

  func head() throws -> LedgerHead { try ledger.read { try $0.head() } }

  func states() throws -> [ParcelState] { try ledger.read { try $0.states(asOf: nil, known: nil) } }

  func state(_ code: String, campaign: String = "provincial") throws -> ParcelState {
    try #require(states().first { $0.identity.code == code && $0.identity.campaign == campaign })
  }

  /// Kinds of the workflow events of a parcel, in the order in which they were recorded.
  func history(_ code: String, campaign: String = "provincial") throws -> [Event] {
    try ledger.read { snapshot in
      let identity = try #require(snapshot.identities(code: code).first { $0.campaign == campaign })
      return try snapshot.history(of: identity, known: nil).events
    }
  }

  /// Writes a delivery and takes it in; throws what it was refused for.
  @discardableResult
  func ingest(
    _ plots: [Plot], as name: String = "delivery.geojson", campaign: String = "provincial",
    issued: String = "2024-02-05", profile: String? = nil, workers: Int = 2
  ) async throws -> Receipt {
    try await ingest(
      file: folder.write(Ground.delivery(plots).utf8, to: name), campaign: campaign, issued: issued, profile: profile,
      workers: workers)
  }

  @discardableResult
  func ingest(
    file path: String, campaign: String = "provincial", issued: String = "2024-02-05", profile: String? = nil,
    reference: CoordinateReference? = nil, workers: Int = 2
  ) async throws -> Receipt {
    var order = IngestOrder(path: path, campaign: campaign)
    (order.batch, order.issued, order.profile, order.reference) = ("1", day(issued), profile, reference)
    let receipt = try await BatchRun(
      workspace: workspace, ledger: ledger, reader: Self.reader, now: now, workers: workers
    ).run(order)
    if let refusal = receipt.refusal { throw refusal }
    return receipt
  }

  /// What becomes of a file, refused or not.
  func receipt(of path: String) async throws -> Receipt {
    var order = IngestOrder(path: path, campaign: "provincial")
    (order.batch, order.issued) = ("1", day("2024-02-05"))
    return try await BatchRun(workspace: workspace, ledger: ledger, reader: Self.reader, now: now, workers: 1).run(
      order)
  }

  /// Writes rows as CSV and records them.
  @discardableResult
  func record(
    _ text: String, as name: String = "rows.csv", campaign: String? = nil, encoding: String? = nil
  ) throws -> RowReceipt {
    try record(file: folder.write(text.utf8, to: name), campaign: campaign, encoding: encoding)
  }

  @discardableResult
  func record(file path: String, campaign: String? = nil, encoding: String? = nil) throws -> RowReceipt {
    try Updates(workspace: workspace, ledger: ledger, reader: Self.reader, now: now).record(
      path, campaign: campaign, encoding: encoding)
  }

  func importRegister(_ path: String, campaign: String? = nil) throws -> RowReceipt {
    try RegisterImport(workspace: workspace, ledger: ledger, reader: Self.reader, now: now).importRegister(
      path, campaign: campaign)
  }
}

/// One delivered parcel: a rectangle in units of the county's fields, from its south-west corner.
struct Plot {
  var code: String
  var x: Double
  var y: Double
  var width = 0.2
  var height = 0.2
  /// As a number is written in the file; without it the true area in m² with two decimals.
  var area: String?
  var county = "430321"
  var township: String?

  init(_ code: String, _ x: Double, _ y: Double) { (self.code, self.x, self.y) = (code, x, y) }

  /// Plots 1…count, spread over the county.
  static func many(_ count: Int, prefix: String = "4303212024") -> [Plot] {
    (0..<count).map { number in
      let suffix = String(number + 1)
      return Plot(
        prefix + String(repeating: "0", count: 8 - suffix.count) + suffix, 0.1 + 0.45 * Double(number % 20),
        0.1 + 0.45 * Double(number / 20 % 20))
    }
  }

  func with(_ change: (inout Plot) -> Void) -> Plot {
    var plot = self
    change(&plot)
    return plot
  }

  var polygons: Polygons {
    let corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]
    return Polygons(rings: [[corners.map { Ground.point($0.0, $0.1) }]])
  }

  /// m².
  var trueArea: Double { GeodesicArea.cgcs2000.area(of: polygons) }
}

/// Where the fields lie, and the files that describe them.
enum Ground {
  static let side = 0.004
  static let fields = 10

  static func point(_ x: Double, _ y: Double) -> Point { Point(x: 112.9 + side * x, y: 27.7 + side * y) }

  /// Field by field along the edges, so that neighbours share every corner.
  private static func outline(fromColumn first: Int, to last: Int) -> [Point] {
    let (low, high) = (Double(first), Double(last))
    let south = (first..<last).map { point(Double($0), 0) }
    let east = (0..<fields).map { point(high, Double($0)) }
    let north = (first..<last).map { point(low + high - Double($0), Double(fields)) }
    let west = (0..<fields).map { point(low, Double(fields - $0)) }
    return south + east + north + west
  }

  static func townships(_ codes: [String]) -> String {
    collection([
      feature(["XZQDM": "\"\(codes[0])\"", "XZQMC": "\"易俗河镇\""], outline(fromColumn: 0, to: 5)),
      feature(["XZQDM": "\"\(codes[1])\"", "XZQMC": "\"谭家山镇\""], outline(fromColumn: 5, to: 10)),
    ])
  }

  /// Classes in columns; a tenth of the farmland is ridges.
  static let classes = ["0101", "0103", "0301", "0301K", "0702", "1001", "0102", "0201", "1104", "0601"]

  static func landUse(village: String) -> String {
    var features: [String] = []
    for column in 0..<fields {
      for row in 0..<fields {
        let (x, y) = (Double(column), Double(row))
        let ring = [(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1)].map { point($0.0, $0.1) }
        let net = classes[column].hasPrefix("01") ? "90" : "100"
        features.append(
          feature(
            [
              "DLBM": "\"\(classes[column])\"", "TBMJ": "100", "TBDLMJ": net, "ZLDWDM": "\"\(village)201\"",
            ], ring))
      }
    }
    return collection(features)
  }

  static func delivery(_ plots: [Plot], reference: Int = 4490, areaHead: String = "JCMJ") -> String {
    collection(
      plots.map { plot in
        var members = ["JCBH": "\"\(plot.code)\"", "XZQDM": "\"\(plot.county)\""]
        members[areaHead] = plot.area ?? fixed(plot.trueArea, 2)
        if let township = plot.township { members["XZMC"] = "\"\(township)\"" }
        return feature(members, plot.polygons.points)
      }, reference: reference)
  }

  static func fixed(_ value: Double, _ decimals: Int) -> String { String(format: "%.\(decimals)f", value) }

  static func feature(_ members: [String: String], _ ring: [Point]) -> String {
    let properties = members.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\($0.value)" }.joined(separator: ",")
    var closed = ring
    if closed.first != closed.last { closed.append(closed[0]) }
    let points = closed.map { "[\(fixed($0.x, 9)),\(fixed($0.y, 9))]" }.joined(separator: ",")
    return
      "{\"type\":\"Feature\",\"properties\":{\(properties)},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[\(points)]]}}"
  }

  static func collection(_ features: [String], reference: Int = 4490) -> String {
    let name = "{\"type\":\"name\",\"properties\":{\"name\":\"urn:ogc:def:crs:EPSG::\(reference)\"}}"
    return
      "{\"type\":\"FeatureCollection\",\"name\":\"TB\",\"crs\":\(name),\"features\":[\(features.joined(separator: ",\n"))]}"
  }
}

func instant(_ text: String) -> Instant {
  guard let instant = Instant(text) else { preconditionFailure("no instant: \(text)") }
  return instant
}

func day(_ text: String) -> Day {
  guard let day = Day(text) else { preconditionFailure("no day: \(text)") }
  return day
}
