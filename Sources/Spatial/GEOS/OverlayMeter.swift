import CGEOS
package import Geodata

/// Overlap areas with one layer; one a worker and layer. GEOS shapes of the layer are built when first met and kept.
package final class OverlayMeter {
  private let layer: OverlayLayer
  private let context: GEOSContext
  private var shapes: [Int: PreparedShape] = [:]
  /// Neighbours that merely touch leave residues below 2e-11 m²: never `> 0`.
  private static let residue = 1e-6

  package init(_ layer: OverlayLayer, _ context: GEOSContext) {
    (self.layer, self.context) = (layer, context)
  }

  /// Overlaps with the valid polygons `placed` (same plane as the layer, metres), ordered by index; those of at most
  /// 1e-6 m² are left out. Throws `SpatialError.geometryFailed`, above all where a shape is not valid.
  package func overlaps(of placed: Polygons) throws -> [Overlap] {
    let near = layer.index.search(placed.envelope)
    guard !near.isEmpty else { return [] }
    let shape = try context.shape(of: placed, origin: layer.origin)
    var overlaps: [Overlap] = []
    for index in near {
      let other = try prepared(index)
      guard try other.intersects(shape) else { continue }
      // What lies wholly inside has its own area, to the last bit.
      let area =
        try other.covers(shape)
        ? EqualAreaPlane.area(of: placed) : try other.shape.intersection(shape).area()
      if area > Self.residue { overlaps.append(Overlap(index: index, area: area)) }
    }
    return overlaps
  }

  private func prepared(_ index: Int) throws(SpatialError) -> PreparedShape {
    if let shape = shapes[index] { return shape }
    let shape = try PreparedShape(context.shape(of: layer.polygons[index], origin: layer.origin))
    shapes[index] = shape
    return shape
  }
}
