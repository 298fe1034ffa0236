import Geodata

/// The unit in which a delivery declares areas.
enum AreaUnit {
  case squareMeters, mu

  /// One of the unit in m².
  var squareMeters: Double { self == .mu ? 2000.0 / 3 : 1 }
}

/// The names and kinds of the columns of a delivery (DOMAIN §6).
enum FieldFamily {
  /// JCBH, XZQDM, XMC, XZMC, QSX, HSX, ZYJBNT, JBNTMJ, JCMJ, GDMJ.
  case monitoring
  /// TBBH, XZQHDM, XZMC, TBMJ, GDMJ, YEAR.
  case backlog
  /// 监测编号, 县代码, 乡镇, 监测面积, 耕地面积, 后时相.
  case chinese
}

/// How a delivery is written.
enum Container {
  /// `codePage`: with a `.cpg`; without one the language byte stays 0. `chineseNames`: members carry the name of the
  /// delivery in GBK.
  case zippedShapefile(encoding: String, codePage: Bool, chineseNames: Bool = false)
  case geoPackage, geoJSON

  var ending: String {
    switch self {
    case .zippedShapefile: "zip"
    case .geoPackage: "gpkg"
    case .geoJSON: "geojson"
    }
  }
}

/// One batch (批次) and the file that it is delivered in.
struct BatchPlan {
  let number: Int
  /// The year in the codes of its parcels.
  let year: Int
  let issued: Day
  let count: Int
  let prefix: String
  let container: Container
  let reference: CoordinateReference
  let unit: AreaUnit
  let family: FieldFamily
  /// Whether the delivery repeats one record as it is.
  let repeatsRecord: Bool

  init(
    _ number: Int, _ prefix: String, year: Int = 2024, issued: String, count: Int, _ container: Container, epsg: Int32,
    _ unit: AreaUnit = .squareMeters, _ family: FieldFamily = .monitoring, repeatsRecord: Bool = false
  ) {
    (self.number, self.prefix, self.year, self.count) = (number, prefix, year, count)
    self.issued = Day(exactly: issued)
    (self.container, self.unit, self.family, self.repeatsRecord) = (container, unit, family, repeatsRecord)
    reference = CoordinateReference(epsg: epsg)
  }

  /// The name of the file, by which the program knows campaign, batch, day and unit.
  var fileName: String {
    "\(prefix)-第\(number)批-\(issued.compact)\(unit == .mu ? "-亩" : "").\(container.ending)"
  }

  static let provincial = [
    BatchPlan(1, "省卫片2024", issued: "20240205", count: 18, gbk, epsg: 4526),
    BatchPlan(2, "省卫片2024", issued: "20240311", count: 15, gbkWithCodePage, epsg: 4547),
    BatchPlan(3, "省卫片2024", issued: "20240408", count: 14, utf8, epsg: 4490, .mu),
    BatchPlan(4, "省卫片2024", issued: "20240513", count: 17, .geoJSON, epsg: 4490, .squareMeters, .chinese),
    BatchPlan(5, "省卫片2024", issued: "20240611", count: 16, .geoPackage, epsg: 4526),
    BatchPlan(6, "省卫片2024", issued: "20240708", count: 15, gbk, epsg: 4526, .mu, repeatsRecord: true),
    BatchPlan(7, "省卫片2024", issued: "20240812", count: 14, .geoJSON, epsg: 4490, .mu, .chinese),
    BatchPlan(8, "省卫片2024", issued: "20240909", count: 16, .geoPackage, epsg: 4526, .mu),
    BatchPlan(
      9, "省卫片2024", issued: "20241014", count: 14,
      .zippedShapefile(encoding: "GBK", codePage: true, chineseNames: true), epsg: 4547),
  ]

  static let hundredDays = [BatchPlan(1, "百日攻坚", issued: "20240318", count: 392, gbk, epsg: 4526, .mu)]

  /// A batch a year; all were handed over on one day.
  static let backlog = [
    backlog(2018, count: 88, gbk, epsg: 4526), backlog(2019, count: 102, gbkWithCodePage, epsg: 4547),
    backlog(2020, count: 97, .geoPackage, epsg: 4526), backlog(2021, count: 124, .geoJSON, epsg: 4490),
    backlog(2022, count: 131, utf8, epsg: 4490), backlog(2023, count: 119, .geoPackage, epsg: 4490),
  ]

  static let ministry = [
    BatchPlan(1, "年度部卫片2024", issued: "20240415", count: 1_240, .geoPackage, epsg: 4490),
    BatchPlan(2, "年度部卫片2024", issued: "20240715", count: 812, gbkWithCodePage, epsg: 4526),
    BatchPlan(3, "年度部卫片2024", issued: "20240920", count: 566, .geoJSON, epsg: 4490, .squareMeters, .chinese),
    BatchPlan(4, "年度部卫片2024", issued: "20241105", count: 378, utf8, epsg: 4547),
  ]

  private static let gbk = Container.zippedShapefile(encoding: "GBK", codePage: false)
  private static let gbkWithCodePage = Container.zippedShapefile(encoding: "GBK", codePage: true)
  private static let utf8 = Container.zippedShapefile(encoding: "UTF-8", codePage: true)

  private static func backlog(_ year: Int, count: Int, _ container: Container, epsg: Int32) -> BatchPlan {
    BatchPlan(
      year, "存量部卫片", year: year, issued: "20240108", count: count, container, epsg: epsg, .squareMeters, .backlog)
  }
}
