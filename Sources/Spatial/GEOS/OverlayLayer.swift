package import Geodata

/// Polygons of a reference layer in the equal-area plane, shared by all workers (values only).
package struct OverlayLayer: Sendable {
  package let polygons: [Polygons]
  package let envelopes: [Envelope]
  let index: EnvelopeIndex
  /// Whole metres near the middle: subtracting it is exact and leaves GEOS small numbers, whose digits reach further.
  let origin: Point

  package init(_ placed: [Polygons]) {
    polygons = placed
    envelopes = placed.map(\.envelope)
    index = EnvelopeIndex(envelopes)
    let all = envelopes.reduce(into: Envelope()) { $0.add($1) }
    origin = all.isEmpty ? Point(x: 0, y: 0) : Point(x: all.center.x.rounded(), y: all.center.y.rounded())
  }

  package var count: Int { polygons.count }
}
