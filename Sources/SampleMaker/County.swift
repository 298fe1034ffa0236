import Geodata

/// The invented county: divisions, survey and designations over one mesh.
struct County {
  let mesh: CountyMesh
  let divisions: Divisions
  let landUse: LandUse
  let designations: Designations

  /// - Throws: `SampleError.invalidLayer` where a polygon is not valid or the layers do not tile the county.
  init(seed: UInt64, _ surveyor: Surveyor) throws {
    var meshing = SeededGenerator(seed: seed, stream: "mesh")
    var dividing = SeededGenerator(seed: seed, stream: "divisions")
    var surveying = SeededGenerator(seed: seed, stream: "land-use")
    var designating = SeededGenerator(seed: seed, stream: "designations")
    mesh = CountyMesh(&meshing)
    divisions = Divisions(mesh, &dividing)
    landUse = try LandUse(mesh, divisions, surveyor, &surveying)
    designations = try Designations(mesh, landUse, surveyor, &designating)
    try check(surveyor)
  }

  private func check(_ surveyor: Surveyor) throws {
    let layers = [
      ("DLTB", landUse.polygons.map(\.outline)), ("XZQ", divisions.outlines), ("STBHHX", designations.redline),
    ]
    for (layer, outlines) in layers {
      for (number, outline) in outlines.enumerated() {
        if let flaw = try surveyor.flaw(of: outline) {
          throw SampleError.invalidLayer(layer, polygon: number, reason: flaw)
        }
      }
    }
    let county = try surveyor.area(of: mesh.outline(of: Array(0..<mesh.cellCount)))
    for (layer, outlines) in layers.prefix(2) {
      let sum = try outlines.reduce(0) { $0 + (try surveyor.area(of: $1)) }
      // Shared borders are shared to the bit: only the rounding of sums remains.
      guard abs(sum - county) < 1e-9 * county else {
        throw SampleError.invalidLayer(layer, polygon: nil, reason: "\(sum) m² ≠ \(county) m²")
      }
    }
  }
}
