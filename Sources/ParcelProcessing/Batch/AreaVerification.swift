package import Geodata
import ParcelModel
import Spatial

/// What `ingest --verify-areas` found: every measurement of a batch beside one by slow and obvious ways that share no code
/// with the quick ones.
package struct AreaVerification: Hashable, Sendable {
  /// The largest of many differences, and where it was met.
  package struct Largest: Hashable, Sendable {
    /// As a share of the area that was measured.
    package var share = 0.0
    package var record: Int?

    /// Differences of at most `allowed` square metres are none: what the last digits of coordinates are worth.
    mutating func add(
      _ difference: Double, of area: Double, record: Int, allowed: Double = OverlapMeter.residue
    ) {
      let share = abs(difference) <= allowed ? 0 : abs(difference) / area
      // A share that is no number is no agreement.
      let stated = share.isNaN ? .infinity : share
      if stated > self.share { (self.share, self.record) = (stated, record) }
    }

    mutating func add(_ other: Largest) {
      let isLarger = other.share > share
      let isEarlier = other.share == share && (other.record ?? .max) < (record ?? .max)
      if isLarger || isEarlier { self = other }
    }
  }

  package var parcels = 0
  /// Overlaps with single polygons of the layers.
  package var pieces = 0
  /// Pieces against GEOS's overlay, as a share of the smaller polygon.
  package var overlap = Largest()
  /// Parcels in the plane against the official series along the same edges.
  package var series = Largest()
  /// Parcels against the geodesic area; up to 0.01 m² is none.
  package var geodesic = Largest()
  /// By how much the pieces of a tiling layer are more than the parcel.
  package var surplus = Largest()

  /// What the ways may differ by (DOMAIN §4; kernel and GEOS: rounding alone).
  package static let bounds = (overlap: 1e-9, series: 1e-9, geodesic: 2e-6, surplus: 1e-9)

  package var isSound: Bool { beyond.isEmpty }

  /// The first record at which a bound is exceeded.
  var firstDoubtful: Int { beyond.compactMap(\.record).min() ?? 0 }

  private var beyond: [Largest] {
    let compared = [
      (overlap, Self.bounds.overlap), (series, Self.bounds.series), (geodesic, Self.bounds.geodesic),
      (surplus, Self.bounds.surplus),
    ]
    return compared.filter { !($0.0.share <= $0.1) }.map(\.0)
  }

  mutating func add(_ other: AreaVerification) {
    parcels += other.parcels
    pieces += other.pieces
    overlap.add(other.overlap)
    series.add(other.series)
    geodesic.add(other.geodesic)
    surplus.add(other.surplus)
  }

  package var json: JSON {
    func json(_ largest: Largest, _ bound: Double) -> JSON {
      ["largest": .double(largest.share), "bound": .double(bound), "record": largest.record.map { JSON($0) } ?? .null]
    }
    return [
      "parcels": JSON(parcels), "pieces": JSON(pieces), "overlap": json(overlap, Self.bounds.overlap),
      "series": json(series, Self.bounds.series), "geodesic": json(geodesic, Self.bounds.geodesic),
      "surplus": json(surplus, Self.bounds.surplus),
    ]
  }
}

/// Measures parcels once more: overlaps by GEOS, areas by the official series and by geodesics. One a worker.
struct VerifyAreas {
  private let context = GEOSContext()
  private let plane: EqualAreaPlane
  private let zone: WorkingZone
  private let layers: SurveyLayers
  private var meter = OverlapMeter()
  private(set) var verification = AreaVerification()

  init(zone: WorkingZone, layers: SurveyLayers) throws {
    (self.zone, self.layers) = (zone, layers)
    plane = try EqualAreaPlane(zone: zone)
  }

  /// - Parameters:
  ///   - polygons: EPSG:4490, longitude first.
  ///   - placed: the same in the plane, area `number` of `set`.
  mutating func verify(
    _ polygons: Polygons, _ placed: Polygons, _ number: Int, of set: PolygonSet, area: Double, record: Int
  ) throws {
    verification.parcels += 1
    let split = try plane.split(polygons)
    let series = OfficialSeries.area(of: split, centralMeridian: Double(zone.centralMeridian))
    verification.series.add(series - area, of: area, record: record)
    let geodesic = GeodesicArea.cgcs2000.area(of: split)
    verification.geodesic.add(geodesic - area, of: area, record: record, allowed: 0.01)
    for layer in layers.all {
      let quick = Dictionary(
        uniqueKeysWithValues: meter.overlaps(of: number, in: set, with: layer.placed).map { ($0.index, $0.area) })
      var sum = 0.0
      for index in layer.placed.numbers(near: placed.envelope) {
        let piece = quick[index] ?? 0
        let slow = EqualAreaPlane.area(of: try intersection(placed, layer.placed.polygons(index), context))
        let smaller = min(area, layer.placed.area(index))
        verification.overlap.add(piece - slow, of: smaller, record: record)
        verification.pieces += 1
        sum += piece
      }
      if layer.description.kind == .townships || layer.description.kind == .landUse {
        verification.surplus.add(max(0, sum - area), of: area, record: record)
      }
    }
  }
}
