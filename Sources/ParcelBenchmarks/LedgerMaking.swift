import ArgumentParser
import Foundation
import Geodata
import ParcelLedger
import ParcelModel
import ParcelTesting
import ParcelWorkspace

/// A workspace whose ledger holds very many parcels, for measuring what is asked of one: `parcels status`.
struct LedgerMaking: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ledger",
    abstract: "Makes a province's workspace with very many parcels in its ledger.",
    discussion: """
      The parcels are delivered in batches of 20 000 to 22 counties of 18 townships each, in five campaigns, through the
      same transactions as any delivery. A million takes some minutes and a gigabyte and a half.

        ParcelBenchmarks ledger --parcels 1000000 province
        parcels -C province status
      """)

  @Option(help: "How many parcels.")
  var parcels = 1_000_000

  @Option(help: "Another seed makes other areas.")
  var seed: UInt64 = 7

  @Argument(help: "A folder that does not exist yet.")
  var folder: String

  private static let batch = 20_000
  private static let counties = (0..<22).compactMap { number in
    DivisionCode(String(format: "42%02d%02d", number / 11 + 1, number % 11 + 21))
  }
  private static let campaigns = ["construction", "filling", "solar", "lakes", "greenhouses"]

  func run() throws {
    guard let province = DivisionCode("420000") else { preconditionFailure("the province has a code") }
    let workspace = try Workspace.create(
      at: URL(filePath: folder), county: province, name: nil, zone: WorkingZone(38))
    for campaign in Self.campaigns {
      _ = try workspace.addCampaign(campaign, template: .provincialSatellite, name: nil, year: 2026)
    }
    let ledger = try Ledger(path: workspace.ledger.path, creating: true) { try Campaign(text: $0.text, id: $0.name) }
    var random = SeededGenerator(seed: seed)
    for start in stride(from: 0, to: parcels, by: Self.batch) {
      let campaign = Self.campaigns[start / Self.batch % Self.campaigns.count]
      let month = start / Self.batch % 12 + 1
      guard let day = Day(String(format: "2026-%02d-05", month)), let now = Instant("2026-12-31T10:00:00Z") else {
        preconditionFailure("a day of 2026")
      }
      let candidates = (start..<min(parcels, start + Self.batch)).map { number in
        let county = Self.counties[number % Self.counties.count]
        return Self.candidate(number, campaign: campaign, month: month, in: county, &random)
      }
      let sum = sha256(Data("\(seed) \(start)".utf8))
      let record = DeliveryRecord(
        sha256: sum, content: sum, name: "made-\(start).shp", bytes: 0, campaign: campaign, batch: "\(month)",
        issued: day, delivered: candidates.count, accepted: 0, corrected: 0, duplicate: 0, rejects: [], decisions: [:])
      try ledger.write(at: now) { transaction in
        for county in Self.counties {
          try transaction.adopt(
            .campaign, name: campaign, text: workspace.campaignText(campaign), in: county, on: day)
        }
        _ = try transaction.deliver(record, candidates, home: province)
      }
      FileHandle.standardError.write(Data("\(start + candidates.count) / \(parcels)\n".utf8))
    }
  }

  private static func candidate(
    _ number: Int, campaign: String, month: Int, in county: DivisionCode, _ random: inout SeededGenerator
  ) -> Transaction.Candidate {
    let area = SquareMeters(rounding: exp(Double.random(in: 6...10, using: &random)))
    let farmland = SquareMeters(rounding: area.value * Double.random(in: 0...1, using: &random))
    var measured = Measurement(area: area, rules: 1)
    measured.farmland = farmland
    measured.basicFarmland = SquareMeters(rounding: farmland.value / 2)
    measured.township = DivisionCode(
      county.digits + String(format: "%03d", 100 + Int.random(in: 0..<18, using: &random)))
    let code = county.digits + "2026" + String(format: "%07d", number)
    let issue = Issue(
      campaign: campaign, code: code, batch: "\(month)", delivery: "", record: number % batch + 1,
      fingerprint: sha256(Data(code.utf8)),
      declared: Declaration(area: area, farmland: farmland, basicFarmland: nil, township: nil, attributes: [:]),
      measured: measured, earlier: nil, findings: [])
    let corner = Point(x: 112 + Double(number % 1000) * 1e-3, y: 29 + Double(number / 1000) * 1e-3)
    let square = [(0, 0), (1, 0), (1, 1), (0, 1)].map { Point(x: corner.x + 5e-4 * $0.0, y: corner.y + 5e-4 * $0.1) }
    return Transaction.Candidate(county: county, issue: issue, geometry: Polygons(rings: [[square]]))
  }
}
