package import Geodata
import ParcelModel

/// The unit in which a delivery states areas.
package enum AreaUnit: String, CaseIterable, Sendable {
  case squareMeters = "m2"
  case mu
  case hectares = "ha"

  /// Square metres in one unit.
  package var squareMeters: Double {
    switch self {
    case .squareMeters: 1
    case .mu: 2000.0 / 3
    case .hectares: 10_000
    }
  }

  package var title: Message { Messages.unit(self) }
}

/// 字段映射: which column of a delivery is what, and in which unit areas are.
package struct Profile: Hashable, Sendable {
  /// What a column can be.
  package enum Column: String, CaseIterable, Sendable {
    case code, county, township, area, farmland, basicFarmland

    /// Whether its cells are areas in the profile's unit.
    package var isArea: Bool {
      switch self {
      case .area, .farmland, .basicFarmland: true
      case .code, .county, .township: false
      }
    }
  }

  package var name: String
  package var unit: AreaUnit
  /// The heads under which a column comes, the preferred one first.
  package var heads: [Column: [String]]
  /// Columns without which a file is refused; the code is always one of them.
  package var required: [Column] = [.code]

  /// Field families of DOMAIN §6 and Chinese property names.
  private static let standardHeads: [Column: [String]] = [
    .code: ["JCBH", "监测编号", "监测图斑编号", "图斑编号", "TBBH", "DKBH", "地块编号", "code", "parcelCode"],
    .county: ["XZQDM", "XZQHDM", "县代码", "县级代码", "行政区代码", "行政区划代码", "county", "countyCode"],
    .township: ["XZMC", "乡镇", "乡镇名称", "township", "townshipName"],
    .area: ["JCMJ", "监测面积", "图斑面积", "TBMJ", "DKMJ", "地块面积", "面积", "area", "declaredArea"],
    .farmland: ["GDMJ", "耕地面积", "耕地", "farmland", "farmlandArea"],
    .basicFarmland: ["JBNTMJ", "YJJBNTMJ", "永久基本农田面积", "基本农田面积", "basicFarmland"],
  ]

  /// Profiles that need no file: all known field families, in each unit.
  package static let builtIn: [Profile] = [
    Profile(name: "standard", unit: .squareMeters, heads: standardHeads),
    Profile(name: "standard-mu", unit: .mu, heads: standardHeads),
    Profile(name: "standard-ha", unit: .hectares, heads: standardHeads),
  ]

  /// Reads a profile file: `unit` and a list of heads a column; columns left out keep their standard heads.
  init(text: String, name: String) throws(ConfigurationError) {
    let section = try YAMLSection(text: text, file: "profiles/\(name).yaml")
    try section.allow("unit", "columns", "required")
    unit = try section.value("unit") { AreaUnit(rawValue: $0) } ?? .squareMeters
    self.name = name
    required = [.code] + (try section.values("required") { Column(rawValue: $0) }).filter { $0 != .code }
    heads = Self.standardHeads
    guard let columns = try section.section("columns") else { return }
    try columns.allow(Column.allCases.map(\.rawValue))
    for column in Column.allCases where columns.keys.contains(column.rawValue) {
      heads[column] = try columns.texts(column.rawValue)
    }
  }

  init(name: String, unit: AreaUnit, heads: [Column: [String]]) {
    (self.name, self.unit, self.heads) = (name, unit, heads)
  }

  /// The field that a column comes in, and the unit that its head states (`监测面积（亩）`).
  package func field(_ column: Column, among names: [String]) -> (index: Int, unit: AreaUnit?)? {
    let folded = names.map { $0.folded() }
    for head in heads[column] ?? [] {
      let wanted = head.folded()
      // A head that the profile spells out with its unit has the profile's unit.
      for (suffix, unit) in Self.unitSuffixes {
        if let index = folded.firstIndex(of: wanted + suffix) { return (index, unit) }
      }
    }
    return nil
  }

  /// Units as heads state them: 监测面积（亩）, JCMJ_M, areaMu, area_ha.
  private static let unitSuffixes: [(String, AreaUnit?)] = [
    ("", nil), ("(亩)", .mu), ("_亩", .mu), ("/亩", .mu), ("亩", .mu), ("mu", .mu), ("_mu", .mu), ("(平方米)", .squareMeters),
    ("(m2)", .squareMeters),
    ("(㎡)".folded(), .squareMeters), ("m2", .squareMeters), ("_m2", .squareMeters), ("(公顷)", .hectares),
    ("(ha)", .hectares), ("ha", .hectares), ("_ha", .hectares),
  ]
}
