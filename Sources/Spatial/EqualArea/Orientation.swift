package import Geodata

/// On which side of a line a point lies, with the right sign always.
///
/// Source: J. R. Shewchuk, Adaptive precision floating-point arithmetic and fast robust geometric predicates, Discrete &
/// Computational Geometry 18 (1997). Right for all coordinates that are zero or between 2⁻⁴⁰⁰ and 2⁴⁰⁰ in magnitude, where
/// no product of two differences overflows or loses a bit to underflow.
package enum Orientation {
  /// (3 + 16ε)ε, ε = 2⁻⁵³: as a share of the two products, the most by which their difference may be wrong.
  static let bound = 3.330_669_073_875_471_6e-16

  /// Positive where a, b, c turn left, zero only where they lie exactly on one line; twice the area of their triangle but
  /// for rounding.
  @inline(__always) package static func turn(_ a: Point, _ b: Point, _ c: Point) -> Double {
    let left = (a.x - c.x) * (b.y - c.y)
    let right = (a.y - c.y) * (b.x - c.x)
    let turn = left - right
    return abs(turn) > bound * (abs(left) + abs(right)) ? turn : exactTurn(a, b, c)
  }

  /// Where the four differences are exact, as they are between neighbours, two products with their errors decide.
  @inline(never) static func exactTurn(_ a: Point, _ b: Point, _ c: Point) -> Double {
    let (ax, ay) = (difference(a.x, c.x), difference(a.y, c.y))
    let (bx, by) = (difference(b.x, c.x), difference(b.y, c.y))
    guard ax.error == 0, ay.error == 0, bx.error == 0, by.error == 0 else { return expandedTurn(a, b, c) }
    let (left, right) = (product(ax.value, by.value), product(ay.value, bx.value))
    // Rounding keeps order: unequal roundings have the order of what was rounded.
    return left.value != right.value ? left.value - right.value : left.error - right.error
  }

  /// The six products of the determinant added without rounding: a sum of twelve terms that do not overlap, of which the
  /// last that is not zero has the sign of all.
  static func expandedTurn(_ a: Point, _ b: Point, _ c: Point) -> Double {
    var sum = Expansion()
    sum.add(product(a.x, b.y))
    sum.add(product(-a.x, c.y))
    sum.add(product(-c.x, b.y))
    sum.add(product(-a.y, b.x))
    sum.add(product(a.y, c.x))
    sum.add(product(c.y, b.x))
    return sum.sign
  }

  /// a − b as rounded, and what rounding took away.
  @inline(__always) static func difference(_ a: Double, _ b: Double) -> (value: Double, error: Double) {
    let value = a - b
    let shift = a - value
    return (value, (a - (value + shift)) + (shift - b))
  }

  /// a · b as rounded, and what rounding took away.
  @inline(__always) private static func product(_ a: Double, _ b: Double) -> (value: Double, error: Double) {
    let value = a * b
    return (value, (-value).addingProduct(a, b))
  }

  /// An exact sum of up to twelve numbers (Shewchuk's grow-expansion).
  private struct Expansion {
    private var terms = InlineArray<12, Double>(repeating: 0)
    private var count = 0

    mutating func add(_ product: (value: Double, error: Double)) {
      add(product.error)
      add(product.value)
    }

    private mutating func add(_ number: Double) {
      var carry = number
      for index in 0..<count {
        let total = carry + terms[index]
        let part = total - carry
        terms[index] = (carry - (total - part)) + (terms[index] - part)
        carry = total
      }
      terms[count] = carry
      count += 1
    }

    /// The largest term that is not zero.
    var sign: Double {
      for index in stride(from: count - 1, through: 0, by: -1) where terms[index] != 0 { return terms[index] }
      return 0
    }
  }
}
