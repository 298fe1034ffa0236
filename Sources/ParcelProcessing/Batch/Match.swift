import Geodata
import ParcelModel
import Spatial

/// Parcels that were in the ledger before the batch, placed in the equal-area plane.
struct EarlierParcels: Sendable {
  let identities: [ParcelIdentity]
  let placed: PolygonSet
}

/// Finds the earlier parcel on the same ground (匹配). One a worker.
struct Match {
  private let earlier: EarlierParcels
  private var meter = OverlapMeter()

  init(_ earlier: EarlierParcels) { self.earlier = earlier }

  /// The earlier parcel of largest overlap, if it covers at least half of this one; ties go to the one issued first.
  ///
  /// - Parameters:
  ///   - number: of the parcel in `set`.
  ///   - area: the parcel's, m².
  /// - Returns: the earlier parcel, and the share unrounded.
  mutating func match(
    _ number: Int, of set: PolygonSet, area: Double, identity: ParcelIdentity
  ) -> (parcel: EarlierParcel, share: Double)? {
    let overlaps = meter.overlaps(of: number, in: set, with: earlier.placed)
      .filter { earlier.identities[$0.index] != identity }
    // Parcels that both hold all of this one differ by rounding alone.
    let most = (overlaps.map(\.area).max() ?? 0) - area * Measure.tie
    guard let best = overlaps.first(where: { $0.area >= most }), area > 0 else { return nil }
    let share = min(1, best.area / area)
    guard share >= 0.5 else { return nil }
    let found = earlier.identities[best.index]
    return (
      EarlierParcel(campaign: found.campaign, code: found.code, share: (share * 10_000).rounded() / 10_000), share
    )
  }
}
