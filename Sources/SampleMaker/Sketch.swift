import Geodata

/// A parcel while its group is being drawn: no code and no outcome yet.
struct Sketch {
  let batch: Int
  let outline: Polygons
  let ground: Ground
  let declared: Declared

  var area: Mu { declared.mu(declared.area) }
  var farmland: Mu { declared.mu(declared.farmland) }
}

/// Draws single parcels of one campaign, none on another's ground.
struct SketchBook {
  private let overlay: Overlay
  private let sites: Sites
  private let batches: [BatchPlan]
  private var occupancy = Occupancy()
  /// How many more parcels may declare figures that are off.
  private var inaccuraciesLeft: Int
  var random: SeededGenerator

  init(_ overlay: Overlay, _ sites: Sites, _ batches: [BatchPlan], _ random: SeededGenerator) {
    (self.overlay, self.sites, self.batches, self.random) = (overlay, sites, batches, random)
    inaccuraciesLeft = (batches.reduce(0) { $0 + $1.count } + 99) / 100
  }

  /// A parcel of about `area` m² wherever it happens to lie; one in a hundred declares figures that are 1–4 % off.
  mutating func free(area: Double, onFarmland: Bool, batch: Int) throws(any Error) -> Sketch? {
    for _ in 0..<30 {
      guard let outline = freeOutline(area: area, onFarmland: onFarmland),
        let sketch = try sketch(outline, batch: batch)
      else { continue }
      return sketch
    }
    return nil
  }

  /// A parcel on the ground of an earlier one, nearly in its outline.
  mutating func again(_ earlier: Polygons, batch: Int) throws -> Sketch? {
    let size = random.uniform(0.92...1.03)
    let (dx, dy) = (random.uniform(-1.5...1.5), random.uniform(-1.5...1.5))
    let middle = earlier.envelope.center
    let outline = earlier.map {
      Point(x: middle.x + ($0.x - middle.x) * size + dx, y: middle.y + ($0.y - middle.y) * size + dy).toTheMillimetre
    }
    return try sketch(outline, batch: batch)
  }

  /// A parcel wholly inside one land-use polygon whose declared farmland is `target`.
  mutating func onFarmland(_ target: Mu, batch: Int) throws -> Sketch? {
    try exact(target, onFarmland: true, batch: batch, measured: \.farmland, declared: \.farmland)
  }

  /// A parcel wholly inside one land-use polygon without farmland whose declared area is `target`.
  mutating func offFarmland(_ target: Mu, batch: Int) throws -> Sketch? {
    try exact(target, onFarmland: false, batch: batch, measured: \.area, declared: \.area)
  }

  private mutating func freeOutline(area: Double, onFarmland: Bool) -> Polygons? {
    if random.chance(0.06) { return sites.tracedOutline(area: area, onFarmland: onFarmland, &random) }
    let form = random.weighted([
      (Outline.Form.blob, 62), (.rectangle, 16), (.angle, 12), (.courtyard, 5), (.pair, 5),
    ])
    return Outline(form, &random).placed(at: sites.place(onFarmland: onFarmland, &random), area: area)
  }

  private mutating func sketch(_ outline: Polygons, batch: Int) throws -> Sketch? {
    guard let ground = try overlay.ground(under: outline), occupancy.take(outline.envelope) else { return nil }
    let isOff = inaccuraciesLeft > 0 && ground.area > 700 && random.chance(0.04)
    if isOff { inaccuraciesLeft -= 1 }
    let factor = isOff ? 1 + random.uniform(0.011...0.039) * (random.chance(0.5) ? 1 : -1) : 1
    let declared = Declared(ground, in: batches[batch].unit, factor: factor)
    return Sketch(batch: batch, outline: outline, ground: ground, declared: declared)
  }

  /// Sizes a parcel until its figure is met: the figure is then true, not bent.
  private mutating func exact(
    _ target: Mu, onFarmland: Bool, batch: Int, measured: KeyPath<Ground, Double>, declared: KeyPath<Sketch, Mu>
  ) throws -> Sketch? {
    // Anywhere in the middle of what rounds to the target.
    let goal = (target.value + random.uniform(-0.003...0.003)) * 2000 / 3
    for _ in 0..<80 {
      let form = random.weighted([(Outline.Form.blob, 6), (.rectangle, 3), (.angle, 2)])
      let outline = Outline(form, &random)
      let place = sites.roomyPlace(onFarmland: onFarmland, &random)
      var size = goal
      for _ in 0..<5 {
        let placed = outline.placed(at: place, area: size)
        guard let ground = try overlay.ground(under: placed), ground.polygons.count == 1,
          overlay.county.landUse.polygons[ground.polygons[0]].use.isFarmland == onFarmland
        else { break }
        let sketch = Sketch(
          batch: batch, outline: placed, ground: ground, declared: Declared(ground, in: batches[batch].unit))
        let miss = abs(ground[keyPath: measured] - goal)
        if sketch[keyPath: declared] == target, miss < 1 {
          guard occupancy.take(placed.envelope) else { break }
          return sketch
        }
        size *= goal / ground[keyPath: measured]
      }
    }
    return nil
  }
}
