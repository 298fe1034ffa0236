import Geodata

/// Makes the parcels of campaigns so that the declared figures of every group add up to its published totals.
///
/// Most parcels of a group are drawn freely, their sizes steered toward most of the totals. The rest lies wholly inside
/// single land-use polygons and is sized to what is still missing. No figure is bent to close a sum.
struct ParcelMaker {
  let overlay: Overlay
  let seed: UInt64
  private let sites: Sites

  init(_ overlay: Overlay, seed: UInt64) {
    (self.overlay, self.seed) = (overlay, seed)
    sites = Sites(overlay.county)
  }

  /// - Parameter earlier: parcels of another campaign that some of these lie on.
  /// - Returns: the parcels in the order of their codes.
  /// - Throws: `SampleError.totalsMissed`, `SampleError.tooManyInaccurate`.
  func parcels(of plan: CampaignPlan, over earlier: [Parcel]) throws -> [Parcel] {
    var random = SeededGenerator(seed: seed, stream: plan.id)
    var slots = plan.batches.enumerated().flatMap { [Int](repeating: $0.offset, count: $0.element.count) }
    guard slots.count == plan.count else {
      throw SampleError.totalsMissed(plan.id, group: "issued", wanted: "\(plan.count)", found: "\(slots.count)")
    }
    random.shuffle(&slots)
    var book = SketchBook(overlay, sites, plan.batches, SeededGenerator(seed: seed, stream: plan.id + "/sketches"))
    var drawn: [(sketch: Sketch, ending: Ending)] = []
    for group in plan.groups {
      let batches = Array(slots.prefix(group.count))
      slots.removeFirst(group.count)
      var sketches = try sketches(for: group, of: plan, batches, over: earlier, &book)
      random.shuffle(&sketches)
      let endings = group.endings.flatMap { [Ending](repeating: $0.ending, count: $0.count) }
      drawn += zip(sketches, endings).map { (sketch: $0, ending: $1) }
    }
    random.shuffle(&drawn)
    let parcels = name(drawn, of: plan, &random)
    let accurate = parcels.count { $0.declared.isTrue(to: $0.ground) }
    guard accurate * 100 >= parcels.count * 97 else {
      throw SampleError.tooManyInaccurate(plan.id, accurate: accurate, of: parcels.count)
    }
    return parcels
  }

  private func sketches(
    for group: GroupPlan, of plan: CampaignPlan, _ batches: [Int], over earlier: [Parcel], _ book: inout SketchBook
  ) throws -> [Sketch] {
    var found = "—"
    for _ in 0..<40 {
      var trial = book
      if let sketches = try attempt(group, plan.batches, batches, over: earlier, &trial) {
        let (area, farmland) = sketches.reduce((Mu.zero, Mu.zero)) { ($0.0 + $1.area, $0.1 + $1.farmland) }
        if farmland == group.farmland, area == group.area || !group.areaIsPublished {
          book = trial
          return sketches
        }
        found = "\(area) / \(farmland)"
      }
      book.random = trial.random
    }
    throw SampleError.totalsMissed(
      plan.id, group: group.name, wanted: "\(group.area) / \(group.farmland)", found: found)
  }

  /// - Returns: nothing where chance left too little to fill, or no room was found.
  private func attempt(
    _ group: GroupPlan, _ plans: [BatchPlan], _ batches: [Int], over earlier: [Parcel], _ book: inout SketchBook
  ) throws -> [Sketch]? {
    let fills = max(min(3, group.count), group.count / 5)
    let fillsOffFarmland = group.areaIsPublished ? max(1, fills / 2) : 0
    let free = group.count - fills
    var sketches: [Sketch] = []
    var area = Mu.zero
    var farmland = Mu.zero
    func keep(_ sketch: Sketch) {
      sketches.append(sketch)
      area += sketch.area
      farmland += sketch.farmland
    }

    let share = min(0.85, Double(free) / Double(group.count))
    let usual = group.area.value / Double(group.count)
    for index in 0..<free {
      if !earlier.isEmpty, plans[batches[index]].issued >= firstRevisit, book.random.chance(0.04),
        let sketch = try book.again(book.random.element(of: earlier).outline, batch: batches[index])
      {
        keep(sketch)
        continue
      }
      let left = Double(free - index)
      let mean = min(max((share * group.area.value - area.value) / left, usual * 0.3), usual * 2.5)
      let wanted = max(share * group.farmland.value - farmland.value, 0) / left
      let onFarmland = book.random.chance(min(max(wanted / (mean * 0.9), 0.03), 0.97))
      let size = min(max(mean * book.random.spread(sigma: 0.75), 0.1), mean * 5)
      guard let sketch = try book.free(area: size * 2000 / 3, onFarmland: onFarmland, batch: batches[index]) else {
        return nil
      }
      keep(sketch)
    }

    let farmlandLeft = split(group.farmland - farmland, into: fills - fillsOffFarmland, &book.random)
    for (target, batch) in zip(farmlandLeft, batches[free...]) {
      guard let sketch = try book.onFarmland(target, batch: batch) else { return nil }
      keep(sketch)
    }
    let areaLeft = split(group.area - area, into: fillsOffFarmland, &book.random)
    for (target, batch) in zip(areaLeft, batches[(free + farmlandLeft.count)...]) {
      guard let sketch = try book.offFarmland(target, batch: batch) else { return nil }
      keep(sketch)
    }
    return sketches.count == group.count ? sketches : nil
  }

  private func name(
    _ drawn: [(sketch: Sketch, ending: Ending)], of plan: CampaignPlan, _ random: inout SeededGenerator
  ) -> [Parcel] {
    var serial = plan.firstSerial
    return plan.batches.enumerated().flatMap { number, batch in
      drawn.filter { $0.sketch.batch == number }.map { sketch, ending in
        // The county's parcels are a part of the province's: serials have gaps.
        serial += random.integer(1...4)
        let code = Township.countyCode + "\(batch.year)" + padded(number + 1, to: 2) + padded(serial, to: 6)
        let township = sketch.ground.townships[0]
        let isMisnamed = random.chance(0.005)
        let named = isMisnamed ? (township + random.integer(1...3)) % Township.all.count : township
        let villages = sketch.ground.polygons.map { overlay.county.landUse.polygons[$0].village }
        return Parcel(
          campaign: plan.id, ending: ending, batch: number, code: code, outline: sketch.outline,
          ground: sketch.ground, declared: sketch.declared, township: township,
          townshipName: Township.all[named].name,
          village: villages.first { $0.township == township } ?? villages[0])
      }
    }
  }
}

/// Batches issued from here on flag some of the ground that an earlier campaign closed.
private let firstRevisit = Day(exactly: "2024-09-01")

/// `total` in uneven parts, none under 0.08 亩; nothing where it is too little.
private func split(_ total: Mu, into count: Int, _ random: inout SeededGenerator) -> [Mu] {
  guard count > 0, total.hundredths >= Int64(count) * 16 else { return [] }
  let weights = (0..<count).map { _ in random.uniform(0.5...1.5) }
  let sum = weights.reduce(0, +)
  var parts = weights.map { Mu(hundredths: Int64(total.value * 100 * $0 / sum)) }
  parts[0] += total - parts.reduce(.zero, +)
  return parts
}

/// `value` in decimal digits, with zeros in front.
func padded(_ value: Int, to width: Int) -> String {
  let digits = String(value)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
