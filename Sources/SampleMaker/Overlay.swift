import Geodata

/// What a parcel lies on, in unrounded m².
struct Ground {
  var area = 0.0
  /// Net of ridges.
  var farmland = 0.0
  var basicFarmland = 0.0
  /// Numbers of land-use polygons under the parcel, ascending.
  var polygons: [Int] = []
  /// Share of the parcel by township, largest first.
  var townships: [Int] = []
}

/// Lays parcels over the layers of the county.
struct Overlay {
  let county: County
  private let surveyor: Surveyor
  private let index: CellIndex

  init(_ county: County, _ surveyor: Surveyor) {
    (self.county, self.surveyor) = (county, surveyor)
    index = CellIndex(county.mesh)
  }

  /// - Returns: nothing where the outline is not valid or not wholly inside the county.
  func ground(under parcel: Polygons) throws -> Ground? {
    guard try surveyor.flaw(of: parcel) == nil else { return nil }
    let cells = index.cells(touching: parcel.envelope)
    var ground = Ground(area: try surveyor.area(of: parcel))
    var covered = 0.0
    for number in Set(cells.map { county.landUse.polygonOfCell[$0] }).sorted() {
      let polygon = county.landUse.polygons[number]
      let piece = try surveyor.overlap(of: parcel, with: polygon.outline)
      guard piece > 0.001 else { continue }
      covered += piece
      ground.polygons.append(number)
      ground.farmland += piece * polygon.farmlandShare
      if let basic = county.designations.basicFarmland[number] {
        ground.basicFarmland += try surveyor.overlap(of: parcel, with: basic.outline)
      }
    }
    // What no land-use polygon covers lies outside the county.
    guard abs(covered - ground.area) < max(0.01, 1e-6 * ground.area) else { return nil }
    let townships = Set(cells.map { county.divisions.townshipOfCell[$0] }).sorted()
    let shares = try townships.map { township in
      (township, townships.count == 1 ? 1 : try surveyor.overlap(of: parcel, with: county.divisions.outlines[township]))
    }
    ground.townships = shares.filter { $0.1 > 0.001 }.sorted { ($1.1, $0.0) < ($0.1, $1.0) }.map(\.0)
    return ground
  }
}
