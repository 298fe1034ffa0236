import Geodata
package import ParcelModel

extension WorkCalendar {
  /// Reads `calendar.yaml`: `holidays` and `workedWeekends`, each a list of days or of stretches `2025-01-28..2025-02-04`.
  package init(file text: String) throws(ConfigurationError) {
    let section = try YAMLSection(text: text, file: "calendar.yaml")
    try section.allow("holidays", "workedWeekends")
    self.init()
    for stretch in try section.values("holidays", { Self.stretch($0) }) { holidays.formUnion(stretch) }
    for stretch in try section.values("workedWeekends", { Self.weekends($0) }) { workedWeekends.formUnion(stretch) }
  }

  /// At most a year: a misspelled year must not make a decade free.
  private static func stretch(_ text: String) -> [Day]? {
    let ends = text.split(separator: "..", omittingEmptySubsequences: false).map { Day($0) }
    guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1], first <= last,
      last.number - first.number <= 366
    else { return nil }
    return (first.number...last.number).map { Day(number: $0) }
  }

  /// Other days are worked anyway.
  private static func weekends(_ text: String) -> [Day]? {
    guard let days = stretch(text), days.allSatisfy(\.isWeekend) else { return nil }
    return days
  }
}
