package import Geodata

/// On which side of a line a point lies, by whole numbers of any size: slow, and plainly right.
package enum ExactOrientation {
  /// 1 where a, b, c turn left, −1 where they turn right, 0 on one line.
  package static func sign(_ a: Point, _ b: Point, _ c: Point) -> Int {
    let x = WholeNumber.scaled([a.x, b.x, c.x])
    let y = WholeNumber.scaled([a.y, b.y, c.y])
    let left = (x[0] - x[2]) * (y[1] - y[2])
    let right = (y[0] - y[2]) * (x[1] - x[2])
    return (left - right).sign
  }
}

/// A whole number: sign and magnitude, the magnitude in 32-bit limbs from the lowest, without zeros at its end.
private struct WholeNumber {
  private(set) var sign: Int
  private var limbs: [UInt32]

  private init(sign: Int, limbs: [UInt32]) {
    self.limbs = limbs
    while self.limbs.last == 0 { self.limbs.removeLast() }
    self.sign = self.limbs.isEmpty ? 0 : sign
  }

  /// The finite numbers times the power of two that makes all of them whole.
  static func scaled(_ numbers: [Double]) -> [WholeNumber] {
    let exponents = numbers.map { $0 == 0 ? Int.max : Int($0.exponent) - 52 }
    let least = exponents.min() ?? 0
    return zip(numbers, exponents).map { number, exponent in
      guard number != 0 else { return WholeNumber(sign: 0, limbs: []) }
      let significand = number.significandBitPattern | 1 << 52
      let shift = exponent - least
      var limbs = [UInt32](repeating: 0, count: shift / 32)
      let low = significand << UInt64(shift % 32)
      let high = shift % 32 == 0 ? 0 : significand >> UInt64(64 - shift % 32)
      limbs += [UInt32(truncatingIfNeeded: low), UInt32(low >> 32), UInt32(high)]
      return WholeNumber(sign: number < 0 ? -1 : 1, limbs: limbs)
    }
  }

  static func - (a: WholeNumber, b: WholeNumber) -> WholeNumber {
    guard a.sign == b.sign else {
      return WholeNumber(sign: a.sign == 0 ? -b.sign : a.sign, limbs: sum(a.limbs, b.limbs))
    }
    return isLess(a.limbs, b.limbs)
      ? WholeNumber(sign: -a.sign, limbs: difference(b.limbs, a.limbs))
      : WholeNumber(sign: a.sign, limbs: difference(a.limbs, b.limbs))
  }

  static func * (a: WholeNumber, b: WholeNumber) -> WholeNumber {
    var limbs = [UInt32](repeating: 0, count: a.limbs.count + b.limbs.count)
    for (i, x) in a.limbs.enumerated() {
      var carry: UInt64 = 0
      for (j, y) in b.limbs.enumerated() {
        carry += UInt64(x) * UInt64(y) + UInt64(limbs[i + j])
        limbs[i + j] = UInt32(truncatingIfNeeded: carry)
        carry >>= 32
      }
      limbs[i + b.limbs.count] = UInt32(carry)
    }
    return WholeNumber(sign: a.sign * b.sign, limbs: limbs)
  }

  private static func isLess(_ a: [UInt32], _ b: [UInt32]) -> Bool {
    a.count != b.count ? a.count < b.count : a.reversed().lexicographicallyPrecedes(b.reversed())
  }

  private static func sum(_ a: [UInt32], _ b: [UInt32]) -> [UInt32] {
    var carry: UInt64 = 0
    var limbs: [UInt32] = []
    for index in 0..<max(a.count, b.count) {
      carry += (index < a.count ? UInt64(a[index]) : 0) + (index < b.count ? UInt64(b[index]) : 0)
      limbs.append(UInt32(truncatingIfNeeded: carry))
      carry >>= 32
    }
    return limbs + [UInt32(carry)]
  }

  /// Of two magnitudes the larger less the smaller.
  private static func difference(_ larger: [UInt32], _ smaller: [UInt32]) -> [UInt32] {
    var borrow: Int64 = 0
    return larger.indices.map { index in
      let rest = Int64(larger[index]) - (index < smaller.count ? Int64(smaller[index]) : 0) + borrow
      borrow = rest < 0 ? -1 : 0
      return UInt32(truncatingIfNeeded: rest)
    }
  }
}
