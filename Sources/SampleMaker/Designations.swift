import Geodata

/// One polygon of the permanent basic farmland (永久基本农田).
struct BasicFarmland {
  /// In Gauss–Krüger metres.
  let outline: Polygons
  /// 基本农田面积 (JBNTMJ): geodesic.
  let area: SquareMeters
}

/// Designations laid over the land: they do not change its use.
struct Designations {
  /// By number of the land-use polygon it lies in.
  let basicFarmland: [Int: BasicFarmland]
  /// Ecological redline (生态保护红线): blocks in the forest, in Gauss–Krüger metres.
  let redline: [Polygons]

  init(_ mesh: CountyMesh, _ landUse: LandUse, _ surveyor: Surveyor, _ random: inout SeededGenerator) throws {
    var basic: [Int: BasicFarmland] = [:]
    for (number, polygon) in landUse.polygons.enumerated() where polygon.use.isFarmland && random.chance(0.72) {
      var outline = polygon.outline
      if random.chance(0.15) {
        // A straight cut leaves a side of the field outside.
        var box = outline.envelope.widened(by: 1)
        if random.chance(0.5) {
          box.maxX -= box.width * random.uniform(0.2...0.6)
        } else {
          box.maxY -= box.height * random.uniform(0.2...0.6)
        }
        outline = try surveyor.part(of: outline, inside: box.corners).map { $0.toTheMillimetre }
      }
      guard !outline.isEmpty, try surveyor.flaw(of: outline) == nil else { continue }
      basic[number] = BasicFarmland(
        outline: outline, area: SquareMeters(rounding: try surveyor.area(of: outline)))
    }
    basicFarmland = basic

    var rest = Set((0..<mesh.cellCount).filter { landUse.polygons[landUse.polygonOfCell[$0]].use.isForest })
    var blocks: [Polygons] = []
    for size in [260, 180, 120, 90] {
      // The largest of some random ones: most seeds sit in patches of forest too small for the block.
      let candidates = rest.sorted()
      let grown = (0..<40).map { _ in
        grow(from: [random.element(of: candidates)], over: rest, in: mesh, limit: size, &random)
      }
      guard let block = grown.max(by: { $0.count < $1.count }) else { continue }
      blocks.append(mesh.outline(of: block.keys.sorted()))
      rest.subtract(block.keys.flatMap { [$0] + mesh.neighbours(of: $0) })
    }
    redline = blocks
  }
}

extension Envelope {
  /// The box as a polygon, counter-clockwise.
  var corners: Polygons {
    Polygons(rings: [
      [[Point(x: minX, y: minY), Point(x: maxX, y: minY), Point(x: maxX, y: maxY), Point(x: minX, y: maxY)]]
    ])
  }
}
