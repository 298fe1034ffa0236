import Foundation
import Geodata
import ParcelTesting
import Spatial

/// A small layer as it is written and read back in many formats.
enum Sample {
  static let lastChange = Instant("2024-12-31T20:00:00Z")!
  static let fields = [
    FeatureSchema.Field(name: "编号", kind: .text), FeatureSchema.Field(name: "乡镇", kind: .text),
    FeatureSchema.Field(name: "数", kind: .integer), FeatureSchema.Field(name: "面积", kind: .real, decimals: 2),
    FeatureSchema.Field(name: "日期", kind: .day),
  ]

  static let rows: [([FieldValue], Polygons)] = [
    (
      [
        .text("430321202401000012"), .text("易俗河镇"), .integer(430_321_202_401_000_012), .real(1234.5),
        .day(Day(year: 2024, month: 2, day: 29)!),
      ], square(112.9, 27.7, side: 0.001)
    ),
    (
      [.text("2"), .null, .null, .null, .null],
      Polygons(rings: [
        [square(112.91, 27.7, side: 0.01).points, square(112.912, 27.702, side: 0.002).points],
        [square(112.93, 27.7, side: 0.01).points],
      ])
    ),
    ([.text("三"), .text("中国·重庆"), .integer(-5), .real(-0.25), .day(Day(year: 1999, month: 12, day: 31)!)], Polygons()),
  ]

  static func write(
    _ path: String, _ format: VectorFormat, reference: CoordinateReference = .cgcs2000,
    lastChange: Instant = lastChange, rows: [([FieldValue], Polygons)] = rows
  ) throws {
    let writer = try FeatureWriter(
      path: path, format: format, layer: "下发图斑", reference: reference, fields: fields, lastChange: lastChange)
    for (values, shape) in rows { try writer.write(values, shape) }
    try writer.finish()
  }

  /// A GBK shapefile of `count` squares without `.cpg`.
  static func shapefile(in folder: TemporaryFolder, count: Int = 20) throws -> String {
    let rows = (0..<count).map { number in
      (
        [FieldValue.text("图斑\(number)"), .null, .integer(Int64(number)), .null, .null],
        square(112.9 + 0.01 * Double(number), 27.7, side: 0.001)
      )
    }
    let path = folder.path("delivery.shp")
    try write(path, .shapefile(encoding: "GBK", writesCodePage: false), rows: rows)
    return path
  }
}

/// All records of a source.
func records(of source: some FeatureSource) throws -> [Feature] {
  var source = source
  var features: [Feature] = []
  while let batch = try source.next() { features += batch }
  return features
}

func records(_ job: ReadJob) throws -> [Feature] { try records(of: GDALFeatureSource(job)) }
