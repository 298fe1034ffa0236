/// A calendar day as bureaus write it (Asia/Shanghai, inclusive), proleptic Gregorian.
package struct Day: Hashable, Comparable, Sendable {
  /// Days since 1970-01-01.
  package let number: Int32

  package init(number: Int32) { self.number = number }

  /// A day that exists, or nothing.
  package init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1 else { return nil }
    // Days from civil: H. Hinnant, "chrono-compatible low-level date algorithms".
    let y = month <= 2 ? year - 1 : year
    let era = (y >= 0 ? y : y - 399) / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    self.init(number: Int32(era * 146_097 + dayOfEra - 719_468))
    guard self.month == month, self.day == day else { return nil }
  }

  /// Reads `2024-12-31`, `2024/12/31`, `2024.12.31`, `20241231` and `2024年12月31日`; nothing else.
  package init?(_ text: some StringProtocol) {
    let trimmed = text.drop { $0 == " " }
    let digits = trimmed.split { !("0"..."9").contains($0) }
    let separators = trimmed.filter { !("0"..."9").contains($0) && $0 != " " }
    if digits.count == 1, digits[0].count == 8, separators.isEmpty, let whole = Int(digits[0]) {
      self.init(year: whole / 10_000, month: whole / 100 % 100, day: whole % 100)
    } else if digits.count == 3, digits[0].count == 4, ["--", "//", "..", "年月日", "年月"].contains(String(separators)),
      let year = Int(digits[0]), let month = Int(digits[1]), let day = Int(digits[2])
    {
      self.init(year: year, month: month, day: day)
    } else {
      return nil
    }
  }

  private var civil: (year: Int, month: Int, day: Int) {
    let z = Int(number) + 719_468
    let era = (z >= 0 ? z : z - 146_096) / 146_097
    let dayOfEra = z - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let month = shifted + (shifted < 10 ? 3 : -9)
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1)
  }

  package var year: Int { civil.year }
  package var month: Int { civil.month }
  package var day: Int { civil.day }

  package static func < (a: Self, b: Self) -> Bool { a.number < b.number }
  package func adding(days: Int) -> Day { Day(number: number + Int32(days)) }
}

extension Day: CustomStringConvertible {
  /// ISO 8601: `2024-12-31`.
  package var description: String {
    let (year, month, day) = civil
    return "\(padded(year, to: 4))-\(padded(month, to: 2))-\(padded(day, to: 2))"
  }
}

/// A moment in milliseconds, written in UTC.
package struct Instant: Hashable, Comparable, Sendable {
  /// Milliseconds since 1970-01-01T00:00:00Z.
  package let milliseconds: Int64

  package init(milliseconds: Int64) { self.milliseconds = milliseconds }

  /// Reads `2024-12-31T08:00:00Z`, with or without milliseconds, or with an offset such as `+08:00`.
  package init?(_ text: String) {
    let parts = text.split(separator: "T", maxSplits: 1)
    guard parts.count == 2, parts[0].count == 10, parts[0].allSatisfy({ $0 == "-" || ("0"..."9").contains($0) }),
      let day = Day(parts[0]), parts[1].allSatisfy({ "0123456789:.Z+-".contains($0) })
    else { return nil }
    var clock = parts[1]
    var offsetMinutes: Int64 = 0
    if clock.hasSuffix("Z") {
      clock = clock.dropLast()
    } else if let sign = clock.lastIndex(where: { $0 == "+" || $0 == "-" }) {
      let zone = clock[sign...].dropFirst().split(separator: ":").map { digits($0) }
      guard zone.count == 2, let hours = zone[0], let minutes = zone[1], hours < 24, minutes < 60 else { return nil }
      offsetMinutes = (hours * 60 + minutes) * (clock[sign] == "+" ? 1 : -1)
      clock = clock[..<sign]
    } else {
      return nil
    }
    let fields = clock.split(separator: ":")
    guard fields.count == 3, let hours = digits(fields[0]), let minutes = digits(fields[1]), hours < 24, minutes < 60
    else { return nil }
    let seconds = fields[2].split(separator: ".", maxSplits: 1)
    guard let whole = seconds.first.flatMap({ digits($0) }), whole < 60 else { return nil }
    var thousandths: Int64 = 0
    if seconds.count == 2 {
      guard seconds[1].count <= 3, let value = digits((seconds[1] + "00").prefix(3)) else { return nil }
      thousandths = value
    }
    let minuteOfDay = hours * 60 + minutes - offsetMinutes
    milliseconds = Int64(day.number) * 86_400_000 + minuteOfDay * 60_000 + whole * 1000 + thousandths
  }

  package static func < (a: Self, b: Self) -> Bool { a.milliseconds < b.milliseconds }

  /// The day that bureaus write at this moment: Asia/Shanghai, UTC+8 all year since 1992.
  package var dayInShanghai: Day {
    Day(number: Int32((milliseconds + 8 * 3_600_000).flooredQuotient(by: 86_400_000)))
  }
}

extension Instant: CustomStringConvertible {
  /// ISO 8601 in UTC with milliseconds: `2024-12-31T08:00:00.000Z`.
  package var description: String {
    let day = milliseconds.flooredQuotient(by: 86_400_000)
    let rest = Int(milliseconds - day * 86_400_000)
    let clock =
      "\(padded(rest / 3_600_000, to: 2)):\(padded(rest / 60_000 % 60, to: 2)):\(padded(rest / 1000 % 60, to: 2))"
    return "\(Day(number: Int32(day)))T\(clock).\(padded(rest % 1000, to: 3))Z"
  }
}

extension Int64 {
  fileprivate func flooredQuotient(by divisor: Int64) -> Int64 {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }
}

/// A number written in digits alone: no sign, which `Int64(_:)` would take.
private func digits(_ text: some StringProtocol) -> Int64? {
  text.allSatisfy { ("0"..."9").contains($0) } ? Int64(text) : nil
}

private func padded(_ value: Int, to width: Int) -> String {
  let digits = String(value)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
