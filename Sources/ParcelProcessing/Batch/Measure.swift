import Geodata
import ParcelModel
import Spatial

/// The reference layers that a batch is measured against; values only, shared by all workers.
struct SurveyLayers: Sendable {
  var townships: PreparedLayer?
  var landUse: PreparedLayer?
  var basicFarmland: PreparedLayer?
  var redline: PreparedLayer?
  /// The user's own overlays by kind.
  var overlays: [PreparedLayer] = []

  /// Everything that the townships, else the survey cover, in degrees.
  func county(in zone: WorkingZone) throws -> Envelope? {
    guard let layer = townships ?? landUse else { return nil }
    let box = layer.placed.envelopes.reduce(into: Envelope()) { $0.add($1) }
    let corners = [Point(x: box.minX, y: box.minY), Point(x: box.maxX, y: box.maxY)]
    return try EqualAreaPlane(zone: zone).unplace(Polygons(rings: [[corners]])).envelope
  }

  var all: [PreparedLayer] { [townships, landUse, basicFarmland, redline].compactMap { $0 } + overlays }
}

/// Measures a parcel: its area, its township, its land classes net of ridges, and what is laid over it. One a worker.
struct Measure {
  /// Changes whenever the same parcel and layers would be measured differently.
  static let rules = 1

  private let plane: EqualAreaPlane
  private let layers: SurveyLayers
  private let meters: [LayerKind: OverlayMeter]

  init(_ context: GEOSContext, zone: WorkingZone, layers: SurveyLayers) throws {
    plane = try EqualAreaPlane(zone: zone)
    self.layers = layers
    meters = Dictionary(
      layers.all.map { ($0.description.kind, OverlayMeter($0.placed, context)) },
      uniquingKeysWith: { first, _ in first })
  }

  /// What one parcel measures, unrounded beside the rounded.
  struct Result {
    var measurement: Measurement
    var placed: Polygons
    /// m², unrounded.
    var area: Double
    /// The part of the area that the land-use layer covers, m²; nothing without one.
    var surveyed: Double?
    /// Whether the parcel touches the county at all, by its townships, else its survey.
    var isInside: Bool

    /// Twice the area over the perimeter, metres; infinite where there is no outline. Lengths of the plane are off by a
    /// factor that depends on latitude, which a threshold for slivers does not mind.
    var meanWidth: Double {
      var perimeter = 0.0
      for ring in placed.ringEnds.indices {
        let points = placed.points[placed.points(ofRing: ring)]
        for (a, b) in zip(points, points.dropFirst()) {
          perimeter += ((b.x - a.x) * (b.x - a.x) + (b.y - a.y) * (b.y - a.y)).squareRoot()
        }
      }
      return 2 * area / perimeter
    }
  }

  /// - Parameter polygons: EPSG:4490, longitude first.
  func measure(_ polygons: Polygons) throws -> Result {
    let placed = try plane.place(polygons)
    let area = EqualAreaPlane.area(of: placed)
    var measurement = Measurement(area: SquareMeters(rounding: area), rules: Self.rules)
    measurement.layers = layers.all.map(\.description.reference)
    var result = Result(measurement: measurement, placed: placed, area: area, surveyed: nil, isInside: true)
    try measureTownships(&result)
    try measureLandUse(&result)
    result.measurement.basicFarmland = try total(layers.basicFarmland, placed)
    result.measurement.redline = try total(layers.redline, placed)
    for overlay in layers.overlays {
      result.measurement.overlays[overlay.description.kind.rawValue] = try total(overlay, placed)
    }
    return result
  }

  private func overlaps(_ layer: PreparedLayer, _ placed: Polygons) throws -> [Overlap] {
    try meters[layer.description.kind]?.overlaps(of: placed) ?? []
  }

  private func total(_ layer: PreparedLayer?, _ placed: Polygons) throws -> SquareMeters? {
    guard let layer else { return nil }
    return SquareMeters(rounding: try overlaps(layer, placed).reduce(0) { $0 + $1.area })
  }

  private func measureTownships(_ result: inout Result) throws {
    guard let layer = layers.townships else { return }
    var shares: [DivisionCode: Double] = [:]
    for overlap in try overlaps(layer, result.placed) {
      guard let code = DivisionCode(layer.codes[overlap.index]) else { continue }
      shares[code, default: 0] += overlap.area
    }
    result.measurement.townships = shares.mapValues { SquareMeters(rounding: $0) }
    result.measurement.township = Self.largest(shares)
    result.isInside = !shares.isEmpty
  }

  private func measureLandUse(_ result: inout Result) throws {
    guard let layer = layers.landUse else { return }
    var classes: [LandUse.Code: Double] = [:]
    var villages: [DivisionCode: Double] = [:]
    var (farmland, adjustable, surveyed) = (0.0, 0.0, 0.0)
    for overlap in try overlaps(layer, result.placed) {
      surveyed += overlap.area
      if let village = DivisionCode(layer.villages[overlap.index]) { villages[village, default: 0] += overlap.area }
      guard let (code, isAdjustable) = LandUse.parse(layer.codes[overlap.index]) else { continue }
      // A survey polygon's ridges are spread evenly over it: net = piece × TBDLMJ / TBMJ (DOMAIN §4).
      let net = overlap.area * layer.netShares[overlap.index]
      classes[code, default: 0] += net
      if net < overlap.area { classes[.ridge, default: 0] += overlap.area - net }
      if LandUse.isFarmland(code), !isAdjustable { farmland += net }
      if isAdjustable { adjustable += net }
    }
    result.surveyed = surveyed
    result.measurement.classes = classes.mapValues { SquareMeters(rounding: $0) }
    result.measurement.farmland = SquareMeters(rounding: farmland)
    result.measurement.adjustable = SquareMeters(rounding: adjustable)
    result.measurement.village = Self.largest(villages)
    if layers.townships == nil { result.isInside = surveyed > 0 }
  }

  /// The largest share; ties go to the lower code.
  static func largest(_ shares: [DivisionCode: Double]) -> DivisionCode? {
    shares.min { ($1.value, $0.key) < ($0.value, $1.key) }?.key
  }
}
