package import Geodata

/// Parcels added up: how many, and their areas as printed. Totals in 亩 are sums of figures rounded parcel by parcel.
package struct Total: Hashable, Sendable {
  package var count = 0
  package var area = Mu.zero
  package var farmland = Mu.zero
  package var basicFarmland = Mu.zero
  /// The exact total beside the printed one.
  package var squareMeters = SquareMeters.zero
  /// Parcels whose delivered figure was missing and for which the measured one stands in.
  package var fallbacks = 0

  package init() {}

  package static func += (a: inout Self, b: Self) { a.add(b, times: 1) }
  package static func -= (a: inout Self, b: Self) { a.add(b, times: -1) }

  private mutating func add(_ other: Self, times: Int) {
    count += other.count * times
    area.hundredths += other.area.hundredths * Int64(times)
    farmland.hundredths += other.farmland.hundredths * Int64(times)
    basicFarmland.hundredths += other.basicFarmland.hundredths * Int64(times)
    squareMeters.hundredths += other.squareMeters.hundredths * Int64(times)
    fallbacks += other.fallbacks * times
  }
}

extension ParcelState {
  /// What the parcel adds to a total of the given basis.
  package func total(_ basis: Campaign.Basis) -> Total {
    let declared = issue.declared
    let measured = measured
    var area = declared.area
    var farmland = declared.farmland
    switch basis {
    case .declared: break
    case .measured: (area, farmland) = (measured.area, measured.farmland)
    case .determined:
      area = determination?.area ?? area
      farmland = determination?.farmland ?? farmland
    }
    var total = Total()
    total.count = 1
    total.fallbacks = area == nil || (farmland == nil && measured.farmland != nil) ? 1 : 0
    total.squareMeters = area ?? measured.area
    total.area = Mu(area ?? measured.area)
    total.farmland = Mu(farmland ?? measured.farmland ?? .zero)
    let basicFarmland = basis == .measured ? measured.basicFarmland : declared.basicFarmland ?? measured.basicFarmland
    total.basicFarmland = Mu(basicFarmland ?? .zero)
    return total
  }

  /// The township that counts by the campaign's rule; nothing where none is known.
  package func township(_ rule: Campaign.TownshipRule) -> DivisionCode? {
    switch rule {
    case .assigned: assignment.township ?? measured.township
    case .overlap: measured.township
    }
  }
}

/// What is true of a parcel beside its stage; flags overlap freely.
package struct Flags: OptionSet, Hashable, Sendable {
  package let rawValue: Int
  package init(rawValue: Int) { self.rawValue = rawValue }

  /// A claim was filed (已填报).
  package static let filed = Flags(rawValue: 1)
  /// A penalty was decided and the parcel is not closed.
  package static let penalized = Flags(rawValue: 2)
  /// Its deadlines stand still (中止计时).
  package static let clockStopped = Flags(rawValue: 4)

  /// By the names of the JSON contract.
  package static let named: [(name: String, flag: Flags)] = [
    ("filed", .filed), ("penalised", .penalized), ("clockStopped", .clockStopped),
  ]
}

extension ParcelState {
  package var flags: Flags {
    var flags: Flags = []
    if filed != nil && stage != .withdrawn { flags.insert(.filed) }
    if isPenalizedAndOpen { flags.insert(.penalized) }
    if clock.isStopped && stage != .withdrawn && stage.rectification != .closed { flags.insert(.clockStopped) }
    return flags
  }
}
