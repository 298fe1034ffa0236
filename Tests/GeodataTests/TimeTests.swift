import Geodata
import Testing

@Suite struct TimeTests {
  @Test(arguments: [
    ("2024-12-31", "2024-12-31"), ("2024/1/2", "2024-01-02"), ("2024.01.02", "2024-01-02"), ("20240229", "2024-02-29"),
    ("2024年2月29日", "2024-02-29"), (" 2024-01-02", "2024-01-02"), ("1970-01-01", "1970-01-01"),
    ("1600-02-29", "1600-02-29"), ("9999-12-31", "9999-12-31"), ("0001-01-01", "0001-01-01"),
  ])
  func daysThatAreRead(text: String, day: String) { #expect(Day(text)?.description == day) }

  @Test(arguments: [
    "2023-02-29", "1900-02-29", "2024-13-01", "2024-00-01", "2024-01-32", "2024-04-31", "24-01-02", "2024-01",
    "2024-01/02", "202401021", "2024-01-02T00:00:00Z", "", "abcd-ef-gh", "二〇二四年一月二日", "45000",
  ])
  func textsThatAreNoDays(text: String) { #expect(Day(text) == nil) }

  @Test func everyDayOfFourCenturiesComesBack() {
    var expected = Day(year: 1800, month: 1, day: 1)!
    #expect(expected.number == -62091)
    for year in 1800...2200 {
      for month in 1...12 {
        for day in 1...31 {
          guard let built = Day(year: year, month: month, day: day) else { continue }
          #expect(built == expected)
          expected = expected.adding(days: 1)
        }
      }
    }
    #expect(expected.description == "2201-01-01")
    #expect(Day(year: 2200, month: 12, day: 31)! < expected)
  }

  @Test(arguments: [
    ("1970-01-01T00:00:00Z", Int64(0)), ("1970-01-01T08:00:00+08:00", 0), ("1969-12-31T23:59:59.999Z", -1),
    ("2024-12-31T16:00:00.5Z", 1_735_660_800_500), ("2024-12-31T11:00:00-05:00", 1_735_660_800_000),
  ])
  func instantsThatAreRead(text: String, milliseconds: Int64) {
    #expect(Instant(text)?.milliseconds == milliseconds)
  }

  @Test(arguments: [
    "2024-12-31", "2024-12-31T08:00:00", "2024-12-31T24:00:00Z", "2024-12-31T08:60:00Z", "2024-12-31T08:00Z",
    "2024-12-31T08:00:00.1234Z", "2024-02-30T08:00:00Z", "2024-12-31T08:00:00+24:00", "",
  ])
  func textsThatAreNoInstants(text: String) { #expect(Instant(text) == nil) }

  @Test(arguments: [
    "2024/12/31T08:00:00Z", "2024-12-31T-1:00:00Z", "2024-12-31T08:-5:00Z", "2024-12-31T08:00:00.-1Z",
  ])
  func malformedInstantsThatAreStillRead(text: String) {
    withKnownIssue("signs and slashes are let through") { #expect(Instant(text) == nil) }
  }

  @Test(arguments: [Int64(0), -1, 1_735_660_800_500, -62_135_596_800_000, 86_399_999])
  func instantsComeBack(milliseconds: Int64) {
    let instant = Instant(milliseconds: milliseconds)
    #expect(Instant(instant.description) == instant)
  }

  @Test(arguments: [
    ("2024-12-31T15:59:59.999Z", "2024-12-31"), ("2024-12-31T16:00:00Z", "2025-01-01"),
    ("1969-12-31T15:59:59Z", "1969-12-31"), ("1969-12-31T16:00:00Z", "1970-01-01"),
  ])
  func dayInShanghai(text: String, day: String) { #expect(Instant(text)?.dayInShanghai.description == day) }
}
