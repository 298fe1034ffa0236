/// A number of a JSON text: `digits` · 10^`power`.
struct JSONNumber {
  var isNegative = false
  /// Whether it has neither a fraction nor an exponent.
  var isWhole = true
  /// The power of ten of the last of `digits`.
  var power = 0
  /// Its value where `isSmall` is false.
  var exact = 0.0
  private var digits: UInt64 = 0
  /// How many digits, without leading zeros, `digits` would need.
  private var count = 0

  /// Nineteen digits fit into 64 bits; later ones only count.
  private static let room = 19
  /// The powers of ten that a `Double` has exactly.
  private static let tens: [Double] = (0...22).map { exponent in (0..<exponent).reduce(1) { ten, _ in ten * 10 } }

  /// A digit before the point.
  mutating func add(digit: UInt8) {
    if count < Self.room { digits = digits * 10 + UInt64(digit) } else { power += 1 }
    if digits > 0 { count += 1 }
  }

  /// A digit after the point.
  mutating func add(decimal: UInt8) {
    if count < Self.room {
      digits = digits * 10 + UInt64(decimal)
      power -= 1
    }
    if digits > 0 { count += 1 }
  }

  /// Whether `value` can be reckoned from the digits, as with nearly all numbers.
  var isSmall: Bool { abs(power) < Self.tens.count }

  /// Within two units of the last binary place; numbers of up to 15 digits are rounded as usual.
  var value: Double {
    guard isSmall else { return exact }
    let size = power < 0 ? Double(digits) / Self.tens[-power] : Double(digits) * Self.tens[power]
    return isNegative ? -size : size
  }

  /// Whether it lies within 64 bits; GDAL takes their ends themselves for numbers beyond them.
  var fitsInt64: Bool { count <= Self.room && digits < UInt64(Int64.max) }

  /// Whether it is a whole number that a `Double` may not have.
  var isLargeWhole: Bool { isWhole && digits > 1 << 53 }
}
