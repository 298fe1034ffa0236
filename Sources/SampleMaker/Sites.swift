import Geodata

/// Places where parcels may lie.
struct Sites {
  private struct Border {
    let cell: Int
    let side: Direction
  }

  private let mesh: CountyMesh
  /// Cells of the open land, by whether they are farmland.
  private let farmland: [Int]
  private let otherLand: [Int]
  /// Borders of those cells with another land-use polygon, seen from the cell.
  private let farmlandBorders: [Border]
  private let otherBorders: [Border]
  private let townshipBorders: [Border]

  init(_ county: County) {
    let mesh = county.mesh
    func use(_ cell: Int) -> LandClass { county.landUse.polygons[county.landUse.polygonOfCell[cell]].use }
    // Forest is rarely built on: one cell in four is enough of it.
    let fields = (0..<mesh.cellCount).filter { mesh.band(of: $0) == .field && (!use($0).isForest || $0 % 4 == 0) }
    farmland = fields.filter { use($0).isFarmland }
    otherLand = fields.filter { !use($0).isFarmland }
    func borders(of cells: [Int], between numbers: [Int]) -> [Border] {
      cells.flatMap { cell in
        Direction.allCases.compactMap { side in
          mesh.neighbour(of: cell, toward: side).flatMap {
            numbers[cell] == numbers[$0] ? nil : Border(cell: cell, side: side)
          }
        }
      }
    }
    farmlandBorders = borders(of: farmland, between: county.landUse.polygonOfCell)
    otherBorders = borders(of: otherLand, between: county.landUse.polygonOfCell)
    townshipBorders = borders(of: fields, between: county.divisions.townshipOfCell)
    self.mesh = mesh
  }

  /// A place for a parcel: in the open, on the border of two land-use polygons, rarely on that of two townships.
  func place(onFarmland: Bool, _ random: inout SeededGenerator) -> Point {
    if random.chance(0.35) {
      let borders = random.chance(0.06) ? townshipBorders : onFarmland ? farmlandBorders : otherBorders
      let border = random.element(of: borders)
      return random.element(of: mesh.border(of: border.cell, toward: border.side))
    }
    return inside(random.element(of: onFarmland ? farmland : otherLand), spread: 70, &random)
  }

  /// A place that leaves room on all sides within one cell.
  func roomyPlace(onFarmland: Bool, _ random: inout SeededGenerator) -> Point {
    inside(random.element(of: onFarmland ? farmland : otherLand), spread: 20, &random)
  }

  /// A parcel that follows a border of the survey vertex by vertex and reaches into the cell beside it.
  ///
  /// - Parameter area: m² of the plane, met where the border is long enough.
  func tracedOutline(area: Double, onFarmland: Bool, _ random: inout SeededGenerator) -> Polygons? {
    let border = random.element(of: onFarmland ? farmlandBorders : otherBorders)
    let line = mesh.border(of: border.cell, toward: border.side)
    guard line.count >= 4 else { return nil }
    let length = random.integer(3...min(line.count, 8))
    let first = random.below(line.count - length + 1)
    let run = line[first..<first + length]
    let heart = mesh.heart(of: border.cell)
    func outline(depth: Double) -> Polygons {
      let back = run.reversed().map {
        Point(x: $0.x + (heart.x - $0.x) * depth, y: $0.y + (heart.y - $0.y) * depth).toTheMillimetre
      }
      return Polygons(rings: [[Array(run) + back]])
    }
    var (shallow, deep) = (0.02, 0.85)
    for _ in 0..<24 {
      let depth = (shallow + deep) / 2
      if outline(depth: depth).planarArea < area { shallow = depth } else { deep = depth }
    }
    let traced = outline(depth: deep)
    return (0.5 * area...1.5 * area).contains(traced.planarArea) ? traced : nil
  }

  private func inside(_ cell: Int, spread: Double, _ random: inout SeededGenerator) -> Point {
    let heart = mesh.heart(of: cell)
    return Point(
      x: heart.x + random.uniform(-spread...spread), y: heart.y + random.uniform(-spread...spread))
  }
}
