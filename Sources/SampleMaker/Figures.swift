import Foundation
import Geodata

/// The totals that a program must find in the sample; its tests read them.
struct Figures: Encodable {
  struct Total: Encodable {
    let count: Int
    let areaMu: Decimal
    let farmlandMu: Decimal

    init(_ tally: Tally) {
      count = tally.count
      areaMu = Decimal(tally.area.hundredths) / 100
      farmlandMu = Decimal(tally.farmland.hundredths) / 100
    }
  }

  struct Campaign: Encodable {
    let id: String
    let issued: Total
    /// By determination, where there is any.
    let partition: [String: Total]
    let mustRectify: Total?
    let open: Total?
    let closed: Total?
    let restored: Total?
  }

  struct Table: Encodable {
    let file: String
    let rows: Int
  }

  var county = Township.countyCode
  var asOf = Day.closing.description
  let campaigns: [Campaign]
  let deliveries: [Delivery]
  /// In the order in which they are recorded.
  let workflow: [Table]
  let registers: [Table]

  var json: [UInt8] {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      return [UInt8](try encoder.encode(self)) + [UInt8(ascii: "\n")]
    }
  }
}

extension Figures.Campaign {
  init(_ plan: CampaignPlan, _ parcels: [Parcel], restored: Tally?) {
    func total(_ endings: Ending...) -> Figures.Total? {
      let tally = Tally(parcels.filter { endings.contains($0.ending) })
      return tally.count == 0 ? nil : Figures.Total(tally)
    }
    let mustRectify = total(.open, .closed)
    var partition: [String: Figures.Total] = [:]
    partition["noViolation"] = total(.noViolation)
    partition["inReview"] = total(.inReview)
    partition[plan.id == "hundred-days" ? "handedOver" : "unlawful"] = mustRectify
    self.init(
      id: plan.id, issued: Figures.Total(Tally(parcels)), partition: partition, mustRectify: mustRectify,
      open: total(.open), closed: total(.closed), restored: restored.map(Figures.Total.init))
  }
}
