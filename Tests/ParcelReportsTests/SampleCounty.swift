import Foundation
import Geodata
import ParcelLedger
import ParcelModel

@testable import ParcelReports

let xiangtan = DivisionCode("430321")!

func day(_ text: String) -> Day { Day(text)! }

/// A ledger in a folder of its own, gone with this value.
final class SampleCounty {
  let folder: URL
  let ledger: Ledger
  private var record = 0
  /// Whether the folder outlives this value.
  var isKept = false
  private var clock = Instant("2024-01-02T01:00:00Z")!

  init(_ campaigns: [Campaign]) throws {
    let byName = Dictionary(uniqueKeysWithValues: campaigns.map { ($0.id, $0) })
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("reports-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    ledger = try Ledger(path: folder.appendingPathComponent("ledger.sqlite").path, creating: true) { byName[$0.name]! }
    try ledger.write(at: clock) { transaction in
      for campaign in campaigns {
        try transaction.adopt(
          .campaign, name: campaign.id, text: "name: \(campaign.name)", in: xiangtan, on: day("2024-01-02"))
      }
    }
  }

  deinit { if !isKept { try? FileManager.default.removeItem(at: folder) } }

  /// Moves the clock to noon of `day` in Shanghai.
  func turnClock(to day: String) { clock = Instant("\(day)T04:00:00Z")! }

  struct Sample {
    var code: String
    var area: Mu
    var farmland: Mu?
    var township: DivisionCode?
    var at: Point
    var edit: (inout Issue) -> Void = { _ in }
  }

  func deliver(
    _ parcels: [Sample], campaign: String, batch: String, on day: String, rejects: [DeliveryRecord.Reject] = []
  ) throws {
    record += 1
    let sha256 = String(repeating: String(format: "%04x", record), count: 16)
    let issued = ParcelReportsTests.day(day)
    let candidates = parcels.enumerated().map { index, parcel in
      var measured = Measurement(area: SquareMeters(parcel.area), rules: 1)
      measured.farmland = parcel.farmland.map { SquareMeters($0) }
      measured.township = parcel.township
      if let township = parcel.township { measured.townships = [township: measured.area] }
      var issue = Issue(
        campaign: campaign, code: parcel.code, batch: batch, delivery: sha256, record: index + 1,
        fingerprint: "\(sha256)-\(index)",
        declared: Declaration(area: SquareMeters(parcel.area), farmland: parcel.farmland.map { SquareMeters($0) }),
        measured: measured, earlier: nil, findings: [])
      parcel.edit(&issue)
      return Transaction.Candidate(county: xiangtan, issue: issue, geometry: square(at: parcel.at))
    }
    let delivery = DeliveryRecord(
      sha256: sha256, content: sha256, name: "\(batch).zip", bytes: 4096, campaign: campaign, batch: batch,
      issued: issued, delivered: parcels.count + rejects.count, accepted: 0, corrected: 0, duplicate: 0,
      rejects: rejects, decisions: [:])
    try ledger.write(at: clock) { transaction in
      _ = try transaction.deliver(delivery, candidates, home: xiangtan)
    }
  }

  struct Deed {
    var code: String
    var kind: WorkflowKind
    var on: String
    var actor = "王某"
    var document = ""
    var edit: (inout WorkflowEntry) -> Void = { _ in }
  }

  func record(_ deeds: [Deed], campaign: String) throws {
    try ledger.write(at: clock) { transaction in
      for deed in deeds {
        record += 1
        var entry = WorkflowEntry(campaign: campaign, code: deed.code, kind: deed.kind)
        deed.edit(&entry)
        let identity = ParcelIdentity(county: xiangtan, campaign: campaign, code: deed.code)
        _ = try transaction.record(
          [
            .init(
              entry: entry, day: day(deed.on), actor: deed.actor, document: deed.document, key: "row/\(record)")
          ], of: identity)
      }
    }
  }

  private func square(at point: Point) -> Polygons {
    let size = 0.0004
    return Polygons(rings: [
      [
        [
          point, Point(x: point.x + size, y: point.y), Point(x: point.x + size, y: point.y + size),
          Point(x: point.x, y: point.y + size), point,
        ]
      ]
    ])
  }
}

/// `total` in `count` parts of different size that add up to it.
func parts(_ total: Mu, _ count: Int) -> [Mu] {
  let weights = (0..<count).map { Int64(40 + ($0 * 37) % 61) }
  let whole = weights.reduce(0, +)
  var parts = weights.map { Mu(hundredths: total.hundredths * $0 / whole) }
  let rest = total - parts.reduce(.zero, +)
  parts[count - 1] += rest
  return parts
}

// MARK: The county of the published report of 2024

let provincial = Campaign(
  id: "provincial-2024", name: "2024年省卫片执法", template: "provincial-satellite",
  grounds: [
    .init(code: "approved", names: ["合法审批"], verdict: .noViolation),
    .init(code: "unlawful-construction", names: ["违法建设"], verdict: .unlawful),
  ])
let hundredDays = Campaign(
  id: "hundred-days", name: "“百日攻坚”行动", template: "special-drive", rectifyBy: day("2024-11-30"),
  rates: [.rectification, .restoration])
let backlog = Campaign(
  id: "ministry-backlog", name: "2018—2023年存量部卫片", template: "backlog", rectifyBy: day("2025-12-31"),
  rates: [.rectification, .restoration])

let townships: [ProgressReport.Township] = {
  let names = [
    "430321100": "易俗河镇", "430321102": "谭家山镇", "430321103": "中路铺镇", "430321104": "茶恩寺镇",
    "430321105": "河口镇", "430321106": "射埠镇", "430321107": "花石镇", "430321108": "青山桥镇",
    "430321109": "石鼓镇", "430321111": "云湖桥镇", "430321112": "石潭镇", "430321113": "杨嘉桥镇",
    "430321114": "乌石镇", "430321115": "白石镇", "430321202": "分水乡", "430321203": "排头乡",
  ].sorted { $0.key < $1.key }
  /// A corner of a crooked grid, the same for all townships that meet there.
  func corner(_ x: Int, _ y: Int) -> Point {
    let wobble = Double((x * 31 + y * 17) % 13) / 13 - 0.5
    return Point(x: 112.42 + 0.15 * Double(x) + 0.06 * wobble, y: 27.36 + 0.13 * Double(y) - 0.05 * wobble)
  }
  return names.enumerated().map { index, entry in
    let (x, y) = (index % 4, index / 4)
    let ring = [corner(x, y), corner(x + 1, y), corner(x + 1, y + 1), corner(x, y + 1), corner(x, y)]
    return .init(code: DivisionCode(entry.key)!, name: entry.value, borders: Polygons(rings: [[ring]]))
  }
}()

/// A ledger that tests only read.
struct WrittenCounty: Sendable {
  let folder: URL
  let ledger: Ledger
}

/// The county of the published report: written once, gone when the tests end.
func publishedCounty() throws -> WrittenCounty { try published.get() }

private let published = Result<WrittenCounty, any Error> {
  let county = try writePublishedCounty()
  county.isKept = true
  atexit { if let folder = try? published.get().folder { try? FileManager.default.removeItem(at: folder) } }
  return WrittenCounty(folder: county.folder, ledger: county.ledger)
}

/// The parcels of the three campaigns whose figures the bureau printed, with areas that add up to them.
private func writePublishedCounty() throws -> SampleCounty {
  let county = try SampleCounty([provincial, hundredDays, backlog])
  var seed: UInt64 = 20_241_231
  func random() -> Double {
    seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Double(seed >> 11) / Double(UInt64(1) << 53)
  }
  func samples(_ prefix: String, _ areas: [Mu], _ farmland: [Mu]) -> [SampleCounty.Sample] {
    zip(areas, farmland).enumerated().map { index, figures in
      let place = townships[Int(random() * random() * 16)]
      let box = place.borders.envelope
      let at = Point(
        x: box.center.x + (random() - 0.5) * box.width * 0.7, y: box.center.y + (random() - 0.5) * box.height * 0.7)
      return .init(
        code: prefix + String(format: "%05d", index + 1), area: figures.0, farmland: figures.1,
        township: place.code, at: at)
    }
  }
  func mu(_ hundredths: Int64) -> Mu { Mu(hundredths: hundredths) }

  county.turnClock(to: "2024-10-08")
  var flagged = samples(
    "43032120240", parts(mu(570), 4) + parts(mu(97_062), 135), parts(mu(488), 4) + parts(mu(20_501), 135))
  flagged[5].edit = { $0.findings = [.repaired, .townshipDiffers] }
  flagged[7].edit = { $0.findings = [.areaDiffers] }
  flagged[8].edit = { issue in
    issue.findings = [.noDeclaredArea]
    issue.declared.area = nil
  }
  for batch in 0..<9 {
    let range = batch * 139 / 9..<(batch + 1) * 139 / 9
    try county.deliver(
      Array(flagged[range]), campaign: provincial.id, batch: "2024年第\(batch + 1)批",
      on: String(format: "2024-%02d-15", batch + 1),
      rejects: batch == 3
        ? [.init(record: 12, code: "430321202499999", finding: .outsideCounty, reason: "112.9, 28.4")] : [])
  }
  var deeds: [SampleCounty.Deed] = []
  for (index, parcel) in flagged.enumerated() {
    deeds.append(.init(code: parcel.code, kind: .file, on: "2024-10-10"))
    deeds.append(.init(code: parcel.code, kind: .submit, on: "2024-10-11"))
    deeds.append(
      .init(code: parcel.code, kind: index < 4 ? .determineUnlawful : .determineNoViolation, on: "2024-11-01") {
        $0.ground = index < 4 ? "unlawful-construction" : "approved"
      })
  }
  for parcel in flagged[..<3] {
    deeds.append(
      .init(code: parcel.code, kind: .startRectification, on: "2024-11-05") { $0.measure = "拆除复耕" })
    deeds.append(
      .init(code: parcel.code, kind: .progress, on: "2024-11-20") { entry in
        entry.area = SquareMeters(parcel.area)
        entry.farmland = parcel.farmland.map { SquareMeters($0) }
      })
    deeds.append(.init(code: parcel.code, kind: .completeRectification, on: "2024-11-21"))
    deeds.append(.init(code: parcel.code, kind: .accept, on: "2024-12-01"))
    deeds.append(.init(code: parcel.code, kind: .close, on: "2024-12-10", document: "潭县自然资函〔2024〕88号"))
  }
  deeds.append(.init(code: flagged[3].code, kind: .openCase, on: "2024-11-12") { $0.caseNumber = "潭县自然资罚〔2024〕12号" })
  deeds.append(
    .init(code: flagged[3].code, kind: .penalty, on: "2024-12-02") { entry in
      entry.caseNumber = "潭县自然资罚〔2024〕12号"
      entry.amount = 1_234_500
    })
  county.turnClock(to: "2024-12-30")
  try county.record(deeds, campaign: provincial.id)

  for (campaign, prefix, closed, open, on) in [
    (hundredDays, "BR", (335, mu(30_650)), (57, mu(3_140)), "2024-03-01"),
    (backlog, "CL", (522, mu(93_511)), (139, mu(57_696)), "2024-01-15"),
  ] {
    let farmland = parts(closed.1, closed.0) + parts(open.1, open.0)
    let tasks = samples(prefix, farmland.map { mu($0.hundredths * 3 / 2) }, farmland)
    try county.deliver(tasks, campaign: campaign.id, batch: "任务清单", on: on)
    var deeds = tasks.map { SampleCounty.Deed(code: $0.code, kind: .handOver, on: on) }
    for parcel in tasks[..<closed.0] {
      deeds += [WorkflowKind.startRectification, .completeRectification, .accept, .close].map {
        .init(code: parcel.code, kind: $0, on: "2024-10-20")
      }
    }
    deeds += tasks[(closed.0 + open.0 / 3)...].enumerated().map { index, parcel in
      .init(code: parcel.code, kind: .assign, on: "2024-11-02") { entry in
        var assignment = Assignment()
        (assignment.office, assignment.responsible) = ("县自然资源局执法股", index % 2 == 0 ? "李某" : "张某某")
        assignment.village = "第\(index % 9 + 1)村"
        entry.assignment = assignment
      }
    }
    try county.record(deeds, campaign: campaign.id)
  }
  return county
}
