import Geodata

/// Finds the cells of the mesh near a place.
struct CellIndex {
  private static let side = 400.0
  private let envelopes: [Envelope]
  private let buckets: [Bucket: [Int]]

  init(_ mesh: CountyMesh) {
    envelopes = (0..<mesh.cellCount).map { Envelope(mesh.ring(of: $0)) }
    var buckets: [Bucket: [Int]] = [:]
    for (cell, envelope) in envelopes.enumerated() {
      for bucket in Bucket.all(in: envelope, side: Self.side) { buckets[bucket, default: []].append(cell) }
    }
    self.buckets = buckets
  }

  /// Cells whose box touches `envelope`, ascending.
  func cells(touching envelope: Envelope) -> [Int] {
    let near = Bucket.all(in: envelope, side: Self.side).flatMap { buckets[$0] ?? [] }
    return Set(near).filter { envelopes[$0].overlaps(envelope) }.sorted()
  }
}

/// The ground that the parcels of one campaign take.
struct Occupancy {
  private static let side = 200.0
  private var buckets: [Bucket: [Envelope]] = [:]

  /// Takes the box, or leaves everything as it was where it meets one taken before.
  mutating func take(_ envelope: Envelope) -> Bool {
    let wide = envelope.widened(by: 3)
    let near = Bucket.all(in: wide, side: Self.side)
    guard !near.contains(where: { buckets[$0]?.contains { $0.overlaps(wide) } ?? false }) else { return false }
    for bucket in near { buckets[bucket, default: []].append(wide) }
    return true
  }
}

/// A square of a lattice over the plane.
private struct Bucket: Hashable {
  let column: Int
  let row: Int

  static func all(in envelope: Envelope, side: Double) -> [Bucket] {
    let columns = Int((envelope.minX / side).rounded(.down))...Int((envelope.maxX / side).rounded(.down))
    let rows = Int((envelope.minY / side).rounded(.down))...Int((envelope.maxY / side).rounded(.down))
    return columns.flatMap { column in rows.map { Bucket(column: column, row: $0) } }
  }
}
