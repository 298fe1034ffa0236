import Geodata
import ParcelModel
import Spatial

/// A parcel as the good delivery has it: what must stand in the ledger once it was taken in.
struct GoodParcel: Hashable, Sendable {
  var code: String
  var county = "430321"
  var township: String
  /// 项目名称, a text without a meaning to the program.
  var project: String
  /// Longitude first, rings counter-clockwise and closed.
  var polygons: Polygons
  /// As declared, in m² with two decimals; nothing for an empty cell.
  var area: Double?
  var farmland: Double?

  static let count = 20

  /// Two rows of parcels, one a field, each of another size.
  static let all: [GoodParcel] = (0..<count).map { number in
    let (column, row) = (number % 10, number / 10)
    let (west, south) = (Double(column) + 0.1, 0.5 * Double(row) + 0.1)
    let polygons = rectangle(west, south, width: 0.2 + 0.01 * Double(number), height: 0.2)
    let area = rounded(GeodesicArea.cgcs2000.area(of: polygons))
    // A tenth of the farmland is ridges.
    let isFarmland = ["0101", "0102", "0103"].contains(Ground.classes[column])
    return GoodParcel(
      code: "4303212024" + String(repeating: "0", count: number < 9 ? 7 : 6) + "\(number + 1)",
      township: column < 5 ? "易俗河镇" : "谭家山镇", project: "砖厂扩建\(number + 1)号", polygons: polygons, area: area,
      farmland: isFarmland ? rounded(area * 0.9) : 0)
  }

  /// In units of the county's fields, from the south-west corner.
  static func rectangle(_ x: Double, _ y: Double, width: Double, height: Double) -> Polygons {
    Polygons(rings: [[ring([(x, y), (x + width, y), (x + width, y + height), (x, y + height)])]])
  }

  static func ring(_ corners: [(Double, Double)]) -> [Point] {
    let points = corners.map { Ground.point($0.0, $0.1) }
    return points + [points[0]]
  }

  static func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }

  /// The good delivery's parcels with those at `indices` changed.
  static func changed(_ indices: some Sequence<Int>, _ change: (inout GoodParcel) -> Void) -> [GoodParcel] {
    var parcels = all
    for index in indices { change(&parcels[index]) }
    return parcels
  }

  static func changed(_ index: Int, _ change: (inout GoodParcel) -> Void) -> [GoodParcel] { changed([index], change) }

  func with(_ change: (inout GoodParcel) -> Void) -> GoodParcel {
    var parcel = self
    change(&parcel)
    return parcel
  }
}
