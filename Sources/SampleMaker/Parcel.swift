import Geodata

/// The areas that a delivery declares for one parcel, in hundredths of its unit.
struct Declared: Hashable {
  let unit: AreaUnit
  let area: Int64
  let farmland: Int64
  let basicFarmland: Int64

  /// `factor` sets all figures off, as old outlines and planar measurement do.
  init(_ ground: Ground, in unit: AreaUnit, factor: Double = 1) {
    func hundredths(_ squareMeters: Double) -> Int64 {
      Int64((squareMeters * factor / unit.squareMeters * 100).rounded(.toNearestOrAwayFromZero))
    }
    self.unit = unit
    area = hundredths(ground.area)
    farmland = min(hundredths(ground.farmland), area)
    basicFarmland = min(hundredths(ground.basicFarmland), area)
  }

  /// Whether area and farmland agree with the ground within 0.5 % or half of the last declared decimal.
  func isTrue(to ground: Ground) -> Bool {
    [(area, ground.area), (farmland, ground.farmland)].allSatisfy { hundredths, squareMeters in
      let miss = abs(Double(hundredths) / 100 * unit.squareMeters - squareMeters)
      return miss <= max(0.005 * squareMeters, 0.005 * unit.squareMeters + 1e-9)
    }
  }

  /// The figure in 亩 that totals are made of.
  func mu(_ hundredths: Int64) -> Mu {
    unit == .mu ? Mu(hundredths: hundredths) : Mu(SquareMeters(hundredths: hundredths))
  }
}

/// A suspect parcel (疑似图斑) as it is delivered.
struct Parcel {
  let campaign: String
  let ending: Ending
  /// A number in the campaign's batches.
  let batch: Int
  let code: String
  /// In Gauss–Krüger metres.
  let outline: Polygons
  let ground: Ground
  let declared: Declared
  /// Township by largest overlap, a number in `Township.all`.
  let township: Int
  /// The delivered name, wrong for a few.
  let townshipName: String
  let village: Village
}
