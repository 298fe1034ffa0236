import Geodata
import ParcelLedger
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
  /// Layers that stay in their files, until the batch is known and what it touches of them is read.
  var linked: [LinkedLayer] = []

  var all: [PreparedLayer] { [townships, landUse, basicFarmland, redline].compactMap { $0 } + overlays }

  /// In the order of their kinds' names, where they are the user's own.
  mutating func add(_ layer: PreparedLayer) {
    switch layer.description.kind {
    case .townships: townships = layer
    case .landUse: landUse = layer
    case .basicFarmland: basicFarmland = layer
    case .redline: redline = layer
    default:
      overlays.append(layer)
      overlays.sort { $0.description.kind.rawValue < $1.description.kind.rawValue }
    }
  }

  /// Everything that the townships, else the survey cover, in degrees.
  func county(in zone: WorkingZone) throws -> Envelope? {
    guard let layer = townships ?? landUse else {
      return linked.first { $0.description.kind == .landUse }?.box
    }
    let box = layer.placed.envelope
    let corners = [Point(x: box.minX, y: box.minY), Point(x: box.maxX, y: box.maxY)]
    return try EqualAreaPlane(zone: zone).unplace(Polygons(rings: [[corners]])).envelope
  }

  /// Reads what a batch touches of the linked layers.
  ///
  /// - Parameter boxes: of its parcels in a reference system, longitude or easting first.
  mutating func readLinked(
    touching boxes: (CoordinateReference) throws -> [Envelope], with reader: FeatureReader, in zone: WorkingZone
  ) throws {
    try LinkedLayer.check(linked)
    for layer in linked { add(try layer.read(touching: boxes, with: reader, in: zone)) }
    linked = []
  }
}

extension Transaction {
  /// Nothing changes where there is no calendar.
  func adopt(_ calendar: WorkCalendar?, in county: DivisionCode, on day: Day) throws {
    guard let calendar else { return }
    try adopt(.calendar, name: WorkCalendar.name, text: calendar.text, in: county, on: day)
  }

  /// Puts what is measured by into the chains of the counties, where it is not in force there: the campaign's file, the
  /// calendar, and the layers under the names that `name` gives them.
  func adopt(
    _ campaign: Campaign, _ text: String, _ calendar: WorkCalendar?, _ layers: SurveyLayers,
    in counties: Set<DivisionCode>, on day: Day,
    named name: (LayerDescription) -> String
  ) throws {
    for county in counties.sorted() {
      try adopt(.campaign, name: campaign.id, text: text, in: county, on: day)
      try adopt(calendar, in: county, on: day)
      for layer in layers.all {
        try adopt(.layer, name: name(layer.description), text: layer.description.text, in: county, on: day)
      }
    }
  }
}
