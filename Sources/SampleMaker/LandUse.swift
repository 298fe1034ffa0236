import Geodata

/// A land class of the national survey (三调工作分类).
struct LandClass: Hashable {
  let code: String
  let name: String

  init(_ code: String, _ name: String) { (self.code, self.name) = (code, name) }

  /// 0101, 0102 and 0103; adjustable classes (suffix K) are none.
  var isFarmland: Bool { ["0101", "0102", "0103"].contains(code) }
  var isForest: Bool { code.hasPrefix("03") }

  static let river = LandClass("1101", "河流水面")
  static let road = LandClass("1003", "公路用地")
  static let lane = LandClass("1006", "农村道路")
  static let canal = LandClass("1107A", "干渠")

  static let hills: [(LandClass, Double)] = [
    (LandClass("0301", "乔木林地"), 82), (LandClass("0302", "竹林地"), 6), (LandClass("0305", "灌木林地"), 5),
    (LandClass("0404", "其他草地"), 2), (LandClass("1206", "裸土地"), 1), (LandClass("0602", "采矿用地"), 1),
  ]
  static let slopes: [(LandClass, Double)] = [
    (LandClass("0103", "旱地"), 32), (LandClass("0301", "乔木林地"), 24), (LandClass("0201", "果园"), 10),
    (LandClass("0201K", "可调整果园"), 5), (LandClass("0202", "茶园"), 5), (LandClass("0305", "灌木林地"), 8),
    (LandClass("0307", "其他林地"), 6), (LandClass("0307K", "可调整其他林地"), 3), (LandClass("0702", "农村宅基地"), 6),
    (LandClass("1103", "水库水面"), 1),
  ]
  static let plain: [(LandClass, Double)] = [
    (LandClass("0101", "水田"), 60), (LandClass("0102", "水浇地"), 5), (LandClass("0103", "旱地"), 8),
    (LandClass("0702", "农村宅基地"), 12), (LandClass("1104", "坑塘水面"), 5), (LandClass("1104A", "养殖坑塘"), 2),
    (LandClass("1202", "设施农用地"), 2), (LandClass("0204K", "可调整其他园地"), 2), (LandClass("0601", "工业用地"), 2),
    (LandClass("0809", "公用设施用地"), 1), (LandClass("09", "特殊用地"), 1),
  ]
  static let town: [(LandClass, Double)] = [
    (LandClass("0701", "城镇住宅用地"), 40), (LandClass("05H1", "商业服务业设施用地"), 15), (LandClass("0601", "工业用地"), 16),
    (LandClass("08H2", "科教文卫用地"), 9), (LandClass("08H1", "机关团体新闻出版用地"), 7), (LandClass("0810", "公园与绿地"), 5),
    (LandClass("0508", "物流仓储用地"), 4), (LandClass("0101", "水田"), 4),
  ]
}

/// One polygon of the survey layer (地类图斑).
struct LandUsePolygon {
  let use: LandClass
  let village: Village
  /// Connected cells of the mesh, ascending.
  let cells: [Int]
  /// In Gauss–Krüger metres.
  let outline: Polygons
  /// 图斑面积 (TBMJ): geodesic.
  let area: SquareMeters
  /// 扣除系数 (KCXS) in ten-thousandths: the share of ridges in farmland.
  let ridgeShare: Int64

  /// 扣除面积 (KCMJ) = TBMJ × KCXS.
  var ridges: SquareMeters { SquareMeters(hundredths: roundedQuotient(area.hundredths * ridgeShare, by: 10_000)) }
  /// 图斑地类面积 (TBDLMJ) = TBMJ − KCMJ.
  var net: SquareMeters { area - ridges }
  /// The part of any piece of the polygon that is farmland: TBDLMJ / TBMJ in farmland, else nothing.
  var farmlandShare: Double { use.isFarmland ? net.value / area.value : 0 }
}

/// The survey layer: polygons that tile the county.
struct LandUse {
  let polygons: [LandUsePolygon]
  /// By cell, a number in `polygons`.
  let polygonOfCell: [Int]

  init(_ mesh: CountyMesh, _ divisions: Divisions, _ surveyor: Surveyor, _ random: inout SeededGenerator) throws {
    let uses = landClasses(of: mesh, divisions, &random)
    let regions = regions(of: uses, mesh, divisions, &random)
    var polygons: [LandUsePolygon] = []
    var polygonOfCell = [Int](repeating: 0, count: mesh.cellCount)
    for cells in regions {
      let use = uses[cells[0]]
      let outline = mesh.outline(of: cells)
      let share = use.isFarmland ? Int64(random.integer(200...(use.code == "0103" ? 1_400 : 900))) : 0
      for cell in cells { polygonOfCell[cell] = polygons.count }
      polygons.append(
        LandUsePolygon(
          use: use, village: divisions.villages[divisions.villageOfCell[cells[0]]], cells: cells, outline: outline,
          area: SquareMeters(rounding: try surveyor.area(of: outline)), ridgeShare: share))
    }
    self.polygons = polygons
    self.polygonOfCell = polygonOfCell
  }
}

/// The land class of every cell: by height, nearness to a township's seat, and chance.
private func landClasses(of mesh: CountyMesh, _ divisions: Divisions, _ random: inout SeededGenerator) -> [LandClass] {
  let hills = SmoothNoise(width: CountyMesh.width, height: CountyMesh.height, spacing: 4_200, &random)
  let knolls = SmoothNoise(width: CountyMesh.width, height: CountyMesh.height, spacing: 1_300, &random)
  var uses = (0..<mesh.cellCount).map { cell -> LandClass in
    let middle = mesh.middles[cell]
    switch mesh.band(of: cell) {
    case .river: return .river
    case .road: return .road
    case .field, .lane: break
    }
    let height = 0.65 * hills.at(middle.x, middle.y) + 0.35 * knolls.at(middle.x, middle.y)
    let nearSeat = divisions.seats.contains { seat in
      let (x, y) = (mesh.middles[seat].x - middle.x, mesh.middles[seat].y - middle.y)
      return x * x + y * y < 560 * 560
    }
    if nearSeat { return random.weighted(LandClass.town) }
    if height > 0.53 { return random.weighted(LandClass.hills) }
    return random.weighted(height > 0.45 ? LandClass.slopes : LandClass.plain)
  }
  for cell in 0..<mesh.cellCount where mesh.band(of: cell) == .lane {
    uses[cell] = useOfLane(cell, uses, mesh)
  }
  return uses
}

/// A lane is a road or a canal where it runs through fields, and part of its neighbour elsewhere.
private func useOfLane(_ cell: Int, _ uses: [LandClass], _ mesh: CountyMesh) -> LandClass {
  let (column, row) = mesh.place(of: cell)
  let alongRow = mesh.rowBands[row] == .lane
  let beside = mesh.neighbour(of: cell, toward: alongRow ? .south : .west) ?? cell
  guard uses[beside].isFarmland else { return uses[beside] }
  return (alongRow ? row : column) % 2 == 0 ? .lane : .canal
}

/// Cells joined into polygons: the river and each road as a whole, the rest by chance where neighbours have the same
/// use and village.
///
/// - Returns: the cells of each polygon, ascending.
private func regions(
  of uses: [LandClass], _ mesh: CountyMesh, _ divisions: Divisions, _ random: inout SeededGenerator
) -> [[Int]] {
  var parents = Array(0..<mesh.cellCount)
  func root(_ cell: Int) -> Int {
    var cell = cell
    while parents[cell] != cell { cell = parents[cell] }
    return cell
  }
  for cell in 0..<mesh.cellCount {
    for direction in [Direction.east, .north] {
      guard let other = mesh.neighbour(of: cell, toward: direction), uses[cell] == uses[other] else { continue }
      let joined =
        if uses[cell] == .river || uses[cell] == .road {
          mesh.runs(through: cell, and: other, direction)
        } else {
          divisions.villageOfCell[cell] == divisions.villageOfCell[other]
            && ([cell, other].contains { mesh.band(of: $0) == .lane } || random.chance(uses[cell].isForest ? 0.9 : 0.2))
        }
      if joined { parents[max(root(cell), root(other))] = min(root(cell), root(other)) }
    }
  }
  return Dictionary(grouping: 0..<mesh.cellCount, by: root).sorted { $0.key < $1.key }.map(\.value)
}

extension CountyMesh {
  /// Whether two cells of rivers or roads follow each other in one course. Courses from west to east are whole;
  /// those from south to north are cut where they cross.
  fileprivate func runs(through cell: Int, and other: Int, _ direction: Direction) -> Bool {
    [cell, other].allSatisfy { [.river, .road].contains(rowBands[place(of: $0).row]) == (direction == .east) }
  }
}
