import Geodata
import ParcelModel
import Spatial

/// Measures parcels: their area, their township, their land classes net of ridges, and what is laid over them. One a worker.
struct Measure {
  /// Changes whenever the same parcel and layers would be measured differently.
  static let rules = 2

  private let plane: EqualAreaPlane
  private let layers: SurveyLayers
  /// How measurements name the layers.
  private let references: [String]
  /// What the words of the layers' columns mean, read once and not once a piece.
  private let townships: [DivisionCode?]
  private let classes: [(code: LandUse.Code, adjustable: Bool)?]
  private let villages: [DivisionCode?]
  private var meter = OverlapMeter()

  init(zone: WorkingZone, layers: SurveyLayers) throws {
    plane = try EqualAreaPlane(zone: zone)
    self.layers = layers
    references = layers.all.map(\.description.reference)
    townships = layers.townships?.codes.words.map { DivisionCode($0) } ?? []
    classes = layers.landUse?.codes.words.map { LandUse.parse($0) } ?? []
    villages = layers.landUse?.villages.words.map { DivisionCode($0) } ?? []
  }

  /// What one parcel measures, unrounded beside the rounded; m² and metres.
  struct Result: Sendable {
    var measurement: Measurement
    var area: Double
    /// In the plane, whose lengths are off by a factor that depends on latitude.
    var perimeter: Double
    /// Whether the parcel touches the county at all, by its townships, else its survey.
    var isInside = true
    /// The part of the area that the land-use layer covers; nothing without one.
    var surveyed: Double?
    /// Ridges included.
    var grossClasses: [LandUse.Code: Double] = [:]
    /// Net of ridges.
    var farmland = 0.0
    var basicFarmland = 0.0
    var redline = 0.0

    /// Twice the area over the perimeter, metres; infinite where there is no outline. A threshold for slivers does not mind
    /// what latitude does to lengths.
    var meanWidth: Double { 2 * area / perimeter }
  }

  /// - Parameter polygons: EPSG:4490, longitude first.
  /// - Returns: the polygons in the plane, metres.
  /// - Throws: `SpatialError.notTransformed` where a point cannot lie there.
  func place(_ polygons: Polygons) throws -> Polygons { try plane.place(polygons) }

  /// - Parameters:
  ///   - placed: area `number` of `set`.
  mutating func measure(_ placed: Polygons, _ number: Int, of set: PolygonSet) -> Result {
    let area = EqualAreaPlane.area(of: placed)
    var measurement = Measurement(area: SquareMeters(rounding: area), rules: Self.rules)
    measurement.layers = references
    var result = Result(measurement: measurement, area: area, perimeter: placed.perimeter)
    measureTownships(number, set, &result)
    measureLandUse(number, set, &result)
    if let layer = layers.basicFarmland {
      result.basicFarmland = total(layer, number, set)
      result.measurement.basicFarmland = SquareMeters(rounding: result.basicFarmland)
    }
    if let layer = layers.redline {
      result.redline = total(layer, number, set)
      result.measurement.redline = SquareMeters(rounding: result.redline)
    }
    for overlay in layers.overlays {
      let name = overlay.description.kind.rawValue
      result.measurement.overlays[name] = SquareMeters(rounding: total(overlay, number, set))
    }
    return result
  }

  private mutating func total(_ layer: PreparedLayer, _ number: Int, _ set: PolygonSet) -> Double {
    meter.overlaps(of: number, in: set, with: layer.placed).reduce(0) { $0 + $1.area }
  }

  private mutating func measureTownships(_ number: Int, _ set: PolygonSet, _ result: inout Result) {
    guard let layer = layers.townships else { return }
    var shares: [DivisionCode: Double] = [:]
    for overlap in meter.overlaps(of: number, in: set, with: layer.placed) {
      guard let code = townships[layer.codes.word(of: overlap.index)] else { continue }
      shares[code, default: 0] += overlap.area
    }
    result.measurement.townships = shares.mapValues { SquareMeters(rounding: $0) }
    result.measurement.township = Self.largest(shares)
    result.isInside = !shares.isEmpty
  }

  private mutating func measureLandUse(_ number: Int, _ set: PolygonSet, _ result: inout Result) {
    guard let layer = layers.landUse else { return }
    var net: [LandUse.Code: Double] = [:]
    var shares: [DivisionCode: Double] = [:]
    var (adjustable, surveyed) = (0.0, 0.0)
    for overlap in meter.overlaps(of: number, in: set, with: layer.placed) {
      surveyed += overlap.area
      if let village = villages[layer.villages.word(of: overlap.index)] { shares[village, default: 0] += overlap.area }
      guard let (code, isAdjustable) = classes[layer.codes.word(of: overlap.index)] else { continue }
      // A survey polygon's ridges are spread evenly over it: net = piece × TBDLMJ / TBMJ (DOMAIN §4).
      let piece = overlap.area * layer.netShares[overlap.index]
      result.grossClasses[code, default: 0] += overlap.area
      net[code, default: 0] += piece
      if piece < overlap.area { net[.ridge, default: 0] += overlap.area - piece }
      if LandUse.isFarmland(code), !isAdjustable { result.farmland += piece }
      if isAdjustable { adjustable += piece }
    }
    result.surveyed = surveyed
    result.measurement.classes = net.mapValues { SquareMeters(rounding: $0) }
    result.measurement.farmland = SquareMeters(rounding: result.farmland)
    result.measurement.adjustable = SquareMeters(rounding: adjustable)
    result.measurement.village = Self.largest(shares)
    if layers.townships == nil { result.isInside = surveyed > 0 }
  }

  /// Shares that differ by less of the parcel than this are equal: what rounding is worth in either.
  static let tie = 1e-9

  /// The largest share; ties go to the lower code.
  static func largest(_ shares: [DivisionCode: Double]) -> DivisionCode? {
    guard let most = shares.values.max() else { return nil }
    let least = most - tie * shares.values.reduce(0, +)
    return shares.filter { $0.value >= least }.keys.min()
  }
}

extension Polygons {
  /// The length of all rings.
  fileprivate var perimeter: Double {
    var perimeter = 0.0
    for ring in ringEnds.indices {
      for index in points(ofRing: ring).dropLast() {
        let (dx, dy) = (points[index + 1].x - points[index].x, points[index + 1].y - points[index].y)
        perimeter += (dx * dx + dy * dy).squareRoot()
      }
    }
    return perimeter
  }
}
