import Geodata

extension Day {
  /// A day written down in this program.
  init(exactly text: String) {
    guard let day = Day(text) else { preconditionFailure("\(text) is no day") }
    self = day
  }

  /// The last day of the sample.
  static let closing = Day(exactly: "2024-12-31")

  /// This day, or the next on which offices work; never after `closing`.
  var workingDay: Day {
    var day = self
    while day.isWeekend || holidays.contains(where: { $0.contains(day) }) { day = day.adding(days: 1) }
    return min(day, .closing)
  }

  /// 1970-01-01 was a Thursday. Weekends worked in exchange for a holiday are left free.
  private var isWeekend: Bool { (Int(number) + 3) % 7 > 4 }

  /// `20241231`.
  var compact: String { description.filter { $0 != "-" } }

  /// 09:00 in Shanghai, as a time stamp for files.
  var morning: Instant { Instant(milliseconds: Int64(number) * 86_400_000 + 3_600_000) }
}

/// Public holidays of 2024. Source: 国办发明电〔2023〕7号.
private let holidays: [ClosedRange<Day>] = [
  ("2024-01-01", "2024-01-01"), ("2024-02-10", "2024-02-17"), ("2024-04-04", "2024-04-06"),
  ("2024-05-01", "2024-05-05"), ("2024-06-10", "2024-06-10"), ("2024-09-15", "2024-09-17"),
  ("2024-10-01", "2024-10-07"),
].map { Day(exactly: $0.0)...Day(exactly: $0.1) }
