import Geodata

/// A township of the county, by its nine-digit code.
struct Township: Hashable {
  let code: String
  let name: String

  /// The county's code and name.
  static let countyCode = "430321"
  static let countyName = "湘潭县"

  /// The 17 townships of 湘潭县. Source: national list of divisions, 2023. Their places and borders here are invented.
  static let all: [Township] = [
    Township(code: "430321100", name: "易俗河镇"), Township(code: "430321102", name: "谭家山镇"),
    Township(code: "430321103", name: "中路铺镇"), Township(code: "430321104", name: "茶恩寺镇"),
    Township(code: "430321105", name: "河口镇"), Township(code: "430321106", name: "射埠镇"),
    Township(code: "430321107", name: "花石镇"), Township(code: "430321108", name: "青山桥镇"),
    Township(code: "430321109", name: "石鼓镇"), Township(code: "430321111", name: "云湖桥镇"),
    Township(code: "430321112", name: "石潭镇"), Township(code: "430321113", name: "杨嘉桥镇"),
    Township(code: "430321114", name: "乌石镇"), Township(code: "430321115", name: "白石镇"),
    Township(code: "430321202", name: "分水乡"), Township(code: "430321203", name: "排头乡"),
    Township(code: "430321205", name: "锦石乡"),
  ]

  /// The bureau's office in the township.
  var office: String { name + "所" }
}

/// A village: twelve digits. Names are invented.
struct Village: Hashable {
  let code: String
  let name: String
  let township: Int
}

/// Which township and village every cell belongs to.
struct Divisions {
  /// By cell, a number in `Township.all`.
  let townshipOfCell: [Int]
  /// By cell, a number in `villages`.
  let villageOfCell: [Int]
  let villages: [Village]
  /// The cell in which each township has its seat.
  let seats: [Int]
  /// By township: one polygon in Gauss–Krüger metres.
  let outlines: [Polygons]

  init(_ mesh: CountyMesh, _ random: inout SeededGenerator) {
    let all = Array(0..<mesh.cellCount)
    let fields = all.filter { mesh.band(of: $0) == .field }
    seats = scatter(Township.all.count, over: fields, in: mesh, &random)
    let townships = grow(from: seats, over: Set(all), in: mesh, &random)
    townshipOfCell = all.map { townships[$0] ?? 0 }

    var villages: [Village] = []
    var villageOfCell = [Int](repeating: 0, count: all.count)
    var outlines: [Polygons] = []
    for (number, township) in Township.all.enumerated() {
      let cells = all.filter { townships[$0] == number }
      outlines.append(mesh.outline(of: cells))
      let inner = cells.filter { mesh.band(of: $0) == .field }
      let centres = scatter(max(4, cells.count / 70), over: inner, in: mesh, &random)
      for (cell, village) in grow(from: centres, over: Set(cells), in: mesh, &random) {
        villageOfCell[cell] = villages.count + village
      }
      for rank in centres.indices {
        let name = random.element(of: nameBeginnings) + random.element(of: nameEndings) + "村"
        villages.append(Village(code: township.code + String(201 + rank), name: name, township: number))
      }
    }
    self.villages = villages
    self.villageOfCell = villageOfCell
    self.outlines = outlines
  }
}

private let nameBeginnings = ["石", "金", "泉", "新", "古", "梅", "竹", "龙", "青", "莲", "双", "杉", "白", "桂", "长", "南"]
private let nameEndings = ["塘", "冲", "湾", "坪", "桥", "山", "岭", "田", "湖", "井", "坝", "洲"]

/// Cells that lie far apart: each is the best of some random ones (Mitchell's best candidate).
private func scatter(
  _ count: Int, over cells: [Int], in mesh: CountyMesh, _ random: inout SeededGenerator
) -> [Int] {
  func distance(_ a: Int, _ b: Int) -> Double {
    let (p, q) = (mesh.middles[a], mesh.middles[b])
    return (p.x - q.x) * (p.x - q.x) + (p.y - q.y) * (p.y - q.y)
  }
  var chosen: [Int] = []
  while chosen.count < count {
    var best = random.element(of: cells)
    var widest = 0.0
    for _ in 0..<30 {
      let candidate = random.element(of: cells)
      let nearest = chosen.reduce(Double.infinity) { min($0, distance($1, candidate)) }
      if nearest > widest { (best, widest) = (candidate, nearest) }
    }
    chosen.append(best)
  }
  return chosen
}

/// Regions grown from one cell each until all of `cells` is taken, a random cell of the fringe at a time: they hang
/// together and have rough borders.
///
/// - Returns: the number of the seed by cell.
func grow(
  from seeds: [Int], over cells: Set<Int>, in mesh: CountyMesh, limit: Int = .max, _ random: inout SeededGenerator
) -> [Int: Int] {
  var regions: [Int: Int] = [:]
  var fringe = seeds.enumerated().map { (cell: $1, region: $0) }
  while !fringe.isEmpty, regions.count < limit {
    let pick = random.below(fringe.count)
    fringe.swapAt(pick, fringe.count - 1)
    let (cell, region) = fringe.removeLast()
    guard regions[cell] == nil else { continue }
    regions[cell] = region
    for next in mesh.neighbours(of: cell) where cells.contains(next) && regions[next] == nil {
      fringe.append((next, region))
    }
  }
  return regions
}
