import Foundation
import Geodata

/// The reference layers of the county as files.
struct Layers {
  let county: County

  func write(to folder: URL) throws {
    try landUse.write(to: folder, as: "DLTB-2023.gpkg")
    try townships.write(to: folder, as: "XZQ-2023.gpkg")
    try basicFarmland.write(to: folder, as: "YJJBNTTB-2023.zip")
    try redline.write(to: folder, as: "STBHHX-2023.geojson")
  }

  /// 地类图斑.
  private var landUse: LayerFile {
    var file = LayerFile(
      name: "DLTB", container: .geoPackage, reference: Surveyor.plane,
      fields: [
        text("BSM"), text("DLBM"), text("DLMC"), text("ZLDWDM"), text("ZLDWMC"), area("TBMJ"),
        FeatureSchema.Field(name: "KCXS", kind: .real, decimals: 4), area("KCMJ"), area("TBDLMJ"),
      ],
      lastChange: surveyDay.morning)
    for (number, polygon) in county.landUse.polygons.enumerated() {
      let values: [FieldValue] = [
        .text(serial(number)), .text(polygon.use.code), .text(polygon.use.name),
        .text(polygon.village.code + "0000000"), .text(polygon.village.name), .real(polygon.area.value),
        .real(Double(polygon.ridgeShare) / 10_000), .real(polygon.ridges.value), .real(polygon.net.value),
      ]
      file.records.append((values, polygon.outline))
    }
    return file
  }

  /// 行政区.
  private var townships: LayerFile {
    var file = LayerFile(
      name: "XZQ", container: .geoPackage, reference: .cgcs2000, fields: [text("XZQDM"), text("XZQMC")],
      lastChange: surveyDay.morning)
    for (township, outline) in zip(Township.all, county.divisions.outlines) {
      file.records.append(([.text(township.code), .text(township.name)], outline))
    }
    return file
  }

  /// 永久基本农田.
  private var basicFarmland: LayerFile {
    var file = LayerFile(
      name: "YJJBNTTB", container: .zippedShapefile(encoding: "UTF-8", codePage: true), reference: Surveyor.plane,
      fields: [text("BSM"), area("JBNTMJ")], lastChange: surveyDay.morning)
    for (number, basic) in county.designations.basicFarmland.sorted(by: { $0.key < $1.key }).map(\.value).enumerated() {
      file.records.append(([.text(serial(number)), .real(basic.area.value)], basic.outline))
    }
    return file
  }

  /// 生态保护红线.
  private var redline: LayerFile {
    var file = LayerFile(
      name: "STBHHX", container: .geoJSON, reference: .cgcs2000, fields: [text("BSM"), text("HXMC")],
      lastChange: surveyDay.morning)
    for (number, outline) in county.designations.redline.enumerated() {
      file.records.append(([.text(serial(number)), .text("水源涵养生态保护红线")], outline))
    }
    return file
  }

  private func text(_ name: String) -> FeatureSchema.Field { FeatureSchema.Field(name: name, kind: .text) }
  private func area(_ name: String) -> FeatureSchema.Field { FeatureSchema.Field(name: name, kind: .real, decimals: 2) }
  private func serial(_ number: Int) -> String { Township.countyCode + padded(number + 1, to: 12) }
}

/// The survey shows the land at the end of 2023.
private let surveyDay = Day(exactly: "2023-12-31")
