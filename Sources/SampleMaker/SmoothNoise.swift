import Foundation

/// Smooth values between 0 and 1 over the county: random values on a coarse lattice, blended in between.
struct SmoothNoise {
  private let spacing: Double
  private let columns: Int
  private let rows: Int
  private let values: [Double]

  /// `width`, `height` and `spacing` in metres.
  init(width: Double, height: Double, spacing: Double, _ random: inout SeededGenerator) {
    self.spacing = spacing
    columns = Int(width / spacing) + 2
    rows = Int(height / spacing) + 2
    values = (0..<columns * rows).map { _ in random.unit() }
  }

  /// The value `u` metres east and `v` metres north of the south-west corner.
  func at(_ u: Double, _ v: Double) -> Double {
    func cell(_ position: Double, _ count: Int) -> (Int, Double) {
      let index = min(max(Int(position / spacing), 0), count - 2)
      let t = min(max(position / spacing - Double(index), 0), 1)
      return (index, t * t * (3 - 2 * t))
    }
    let (i, s) = cell(u, columns)
    let (j, t) = cell(v, rows)
    func row(_ j: Int) -> Double { values[j * columns + i] * (1 - s) + values[j * columns + i + 1] * s }
    return row(j) * (1 - t) + row(j + 1) * t
  }
}
