import Geodata

/// The index of boxes: a loose quadtree whose cells are numbers, so that an ordinary index finds what lies near.
///
/// A box belongs to the cell of its lower left corner on the finest level whose cells are larger than the box; so it
/// reaches no further than into the next cell on the right and above. Cells are counted row by row: what lies in a row
/// near a box is one range of numbers. It is asked once a batch and written once a parcel, and an R-tree is dear to write.
enum BoxGrid {
  /// Degrees of the finest cells, 1.7 km on a meridian: larger than nearly every parcel. Powers of two, because a
  /// division by them is exact.
  private static let finest = 1.0 / 64
  /// Cells of the last level are wider than the world.
  private static let levels = 0..<16

  private static func side(_ level: Int) -> Double { finest * Double(1 << level) }

  /// The cell of a box in degrees; nothing for an empty one.
  static func cell(of box: Envelope) -> Int64? {
    guard !box.isEmpty else { return nil }
    let size = max(box.width, box.height)
    let level = levels.first { size < side($0) } ?? levels.upperBound - 1
    return number(level, row: row(box.minY, level), column: column(box.minX, level))
  }

  /// Where the boxes lie that may touch `box`: some also lie there that do not.
  static func cells(near box: Envelope) -> [ClosedRange<Int64>] {
    guard !box.isEmpty else { return [] }
    return levels.flatMap { level in
      let columns = (column(box.minX, level) - 1, column(box.maxX, level))
      return (row(box.minY, level) - 1...row(box.maxY, level)).map { row in
        number(level, row: row, column: columns.0)...number(level, row: row, column: columns.1)
      }
    }
  }

  static func json(_ cells: [ClosedRange<Int64>]) -> String {
    JSON.array(cells.map { .array([.integer($0.lowerBound), .integer($0.upperBound)]) }).text
  }

  // Coordinates beyond the world count as its edge: the same for boxes and for questions.
  private static func column(_ x: Double, _ level: Int) -> Int64 { index(min(max(x, -180), 180), level) }
  private static func row(_ y: Double, _ level: Int) -> Int64 { index(min(max(y, -90), 90), level) }
  private static func index(_ value: Double, _ level: Int) -> Int64 { Int64((value / side(level)).rounded(.down)) }

  private static func number(_ level: Int, row: Int64, column: Int64) -> Int64 {
    // Columns −11 521…11 520 and rows half as many, moved to be positive, fit into 15 bits each.
    (Int64(level) << 30) + ((row + (1 << 14)) << 15) + column + (1 << 14)
  }
}
