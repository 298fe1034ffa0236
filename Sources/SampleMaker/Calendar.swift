import Geodata

extension Day {
  /// A day written down in this program.
  init(exactly text: String) {
    guard let day = Day(text) else { preconditionFailure("\(text) is no day") }
    self = day
  }

  /// The last day of the sample.
  static let closing = Day(exactly: "2024-12-31")

  /// This day, or the Monday after where it is on a weekend; never after `closing`.
  var workingDay: Day {
    // 1970-01-01 was a Thursday.
    let weekday = (Int(number) + 3) % 7
    return min(adding(days: weekday > 4 ? 7 - weekday : 0), .closing)
  }

  /// `20241231`.
  var compact: String { description.filter { $0 != "-" } }

  /// 09:00 in Shanghai, as a time stamp for files.
  var morning: Instant { Instant(milliseconds: Int64(number) * 86_400_000 + 3_600_000) }
}
