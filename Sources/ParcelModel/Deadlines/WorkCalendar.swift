package import Geodata

/// Which days are worked: Monday to Friday, but for holidays, and the weekend days that are worked in their place (调休).
/// The State Council announces both every autumn for the year to come.
package struct WorkCalendar: Hashable, Sendable {
  package var holidays: Set<Day>
  /// Saturdays and Sundays that are worked.
  package var workedWeekends: Set<Day>

  package init(holidays: Set<Day> = [], workedWeekends: Set<Day> = []) {
    (self.holidays, self.workedWeekends) = (holidays, workedWeekends)
  }

  package func isWorked(_ day: Day) -> Bool {
    if holidays.contains(day) { return false }
    return !day.isWeekend || workedWeekends.contains(day)
  }
}

/// How long something may take (期间). The day on which it begins is not counted (民法典第二百零一条).
package struct Period: Hashable, Sendable {
  package enum Unit: String, CaseIterable, Sendable { case days, workingDays, months }

  package var count: Int
  package var unit: Unit

  package init(_ count: Int, _ unit: Unit) { (self.count, self.unit) = (count, unit) }
}

/// Time during which a period does not run (中止): from the day it is stopped on until the day before it goes on.
package struct Stop: Hashable, Sendable {
  package var from: Day
  /// The first day that counts again; nothing while it is stopped.
  package var until: Day?

  package init(from: Day, until: Day? = nil) { (self.from, self.until) = (from, until) }

  func contains(_ day: Day) -> Bool { day >= from && until.map { day < $0 } ?? true }
}

extension Period {
  /// When a period ends, or how much of it is left while it is stopped.
  package enum End: Hashable, Sendable {
    case on(Day)
    /// Days of the period's unit; of months, days.
    case stopped(left: Int)
  }

  /// - Parameter stops: days in them do not count.
  package func end(from start: Day, stops: [Stop] = [], _ calendar: WorkCalendar) -> End {
    var left = unit == .months ? Int(start.adding(months: count).number - start.number) : count
    var day = start
    while left > 0 {
      day = day.adding(days: 1)
      if let stop = stops.first(where: { $0.contains(day) }) {
        guard let until = stop.until else { return .stopped(left: left) }
        day = until.adding(days: -1)
        continue
      }
      if unit != .workingDays || calendar.isWorked(day) { left -= 1 }
    }
    return .on(day)
  }
}

extension Day {
  /// 1970-01-01 was a Thursday.
  package var isWeekend: Bool { ((Int(number) + 3) % 7 + 7) % 7 >= 5 }

  /// The same day of a later month, or that month's last (民法典第二百零二条).
  package func adding(months: Int) -> Day {
    let month = year * 12 + self.month - 1 + months
    let (year, number) = (month / 12, month % 12 + 1)
    var day = self.day
    while true {
      if let found = Day(year: year, month: number, day: day) { return found }
      day -= 1
    }
  }
}

extension Period {
  /// `15 days`, `10 working days`, `3个月`: a whole number and its unit, from one to ten years.
  package init?(_ text: String) {
    let trimmed = text.trimmingSpaces()
    let digits = trimmed.prefix { ("0"..."9").contains($0) }
    guard let count = Int(digits), let unit = Unit(word: String(trimmed.dropFirst(digits.count)).trimmingSpaces()),
      unit.range.contains(count)
    else { return nil }
    self.init(count, unit)
  }
}

extension Period.Unit {
  /// How many make a period, ten years at most.
  var range: ClosedRange<Int> { self == .months ? 1...120 : 1...3650 }

  /// Reads either language, in full or half width.
  package init?(word: String) {
    guard let unit = Self.words[word] else { return nil }
    self = unit
  }

  private static let words = Words(allCases) { unit in
    let title = Messages.periodUnit(unit)
    return [unit.rawValue, title.zh, title.en] + Messages.periodUnitWords(unit)
  }
}

// MARK: The calendar as text

extension WorkCalendar {
  /// The name under which it is configured.
  package static let name = "calendar"

  /// One line a day, `off 2025-01-01` or `on 2025-01-26`, in their order: as it enters the chain.
  package var text: String {
    let days = holidays.map { ($0, "off") } + workedWeekends.map { ($0, "on") }
    return days.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map { "\($0.1) \($0.0)\n" }.joined()
  }

  package init?(text: String) {
    self.init()
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ")
      guard words.count == 2, let day = Day(words[1]) else { return nil }
      switch words[0] {
      case "off": holidays.insert(day)
      case "on": workedWeekends.insert(day)
      default: return nil
      }
    }
  }
}
