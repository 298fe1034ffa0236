package import Geodata

/// What two valid shapes share, as polygons in the plane that both are given in; lines and points are dropped. For
/// sample making and maps, and the oracle of `OverlapMeter`, which measures. Throws `SpatialError.geometryFailed`.
package func intersection(_ a: Polygons, _ b: Polygons, _ context: GEOSContext) throws -> Polygons {
  guard a.envelope.overlaps(b.envelope) else { return Polygons() }
  let center = a.envelope.center
  let origin = Point(x: center.x.rounded(), y: center.y.rounded())
  let shared = try context.shape(of: a, origin: origin).intersection(context.shape(of: b, origin: origin))
  return try shared.polygons(origin: origin)
}
