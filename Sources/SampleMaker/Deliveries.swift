import Foundation
import Geodata

/// What was written for one batch.
struct Delivery: Encodable {
  let file: String
  let campaign: String
  /// Records in the file.
  let delivered: Int
  /// Records among them that repeat another as it is.
  let duplicates: Int
}

/// Writes the batches of campaigns as the files that they arrive in.
struct Deliveries {
  let folder: URL
  let seed: UInt64

  func write(_ plan: CampaignPlan, _ parcels: [Parcel]) throws -> [Delivery] {
    var random = SeededGenerator(seed: seed, stream: plan.id + "/deliveries")
    return try plan.batches.enumerated().map { number, batch in
      var records = parcels.filter { $0.batch == number }.map { parcel in
        (values: batch.values(of: parcel, &random), shape: parcel.outline)
      }
      random.shuffle(&records)
      if batch.repeatsRecord { records.insert(records[2], at: records.count / 2) }
      var file = LayerFile(
        name: "TB", container: batch.container, reference: batch.reference, fields: batch.fields,
        lastChange: batch.issued.morning)
      file.records = records
      try file.write(to: folder, as: batch.fileName)
      return Delivery(
        file: batch.fileName, campaign: plan.id, delivered: records.count, duplicates: batch.repeatsRecord ? 1 : 0)
    }
  }
}

extension BatchPlan {
  fileprivate var fields: [FeatureSchema.Field] {
    func text(_ names: String...) -> [FeatureSchema.Field] {
      names.map { FeatureSchema.Field(name: $0, kind: .text) }
    }
    func areas(_ names: String...) -> [FeatureSchema.Field] {
      names.map { FeatureSchema.Field(name: $0, kind: .real, decimals: 2) }
    }
    switch family {
    case .monitoring:
      return text("JCBH", "XZQDM", "XMC", "XZMC", "QSX", "HSX", "ZYJBNT") + areas("JBNTMJ", "JCMJ", "GDMJ")
    case .backlog:
      return text("TBBH", "XZQHDM", "XZMC") + areas("TBMJ", "GDMJ")
        + [FeatureSchema.Field(name: "YEAR", kind: .integer)]
    case .chinese:
      let areas = unit == .mu ? areas("监测面积（亩）", "耕地面积（亩）") : areas("监测面积", "耕地面积")
      return text("监测编号", "县代码", "乡镇") + areas + text("后时相")
    }
  }

  /// One value a field.
  fileprivate func values(of parcel: Parcel, _ random: inout SeededGenerator) -> [FieldValue] {
    func area(_ hundredths: Int64) -> FieldValue { .real(Double(hundredths) / 100) }
    let declared = parcel.declared
    let later = (family == .backlog ? Day(exactly: "\(year)-12-20") : issued).adding(days: -random.integer(20...60))
    let earlier = later.adding(days: -random.integer(200...400))
    let county = FieldValue.text(Township.countyCode)
    let township = FieldValue.text(parcel.townshipName)
    switch family {
    case .monitoring:
      return [
        .text(parcel.code), county, .text(Township.countyName), township, .text(earlier.compact), .text(later.compact),
        .text(declared.basicFarmland > 0 ? "是" : "否"), area(declared.basicFarmland), area(declared.area),
        area(declared.farmland),
      ]
    case .backlog:
      return [
        .text(parcel.code), county, township, area(declared.area), area(declared.farmland), .integer(Int64(year)),
      ]
    case .chinese:
      return [.text(parcel.code), county, township, area(declared.area), area(declared.farmland), .text(later.compact)]
    }
  }
}
