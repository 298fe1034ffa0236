import Geodata
import Testing

@testable import Drawing

struct CellTests {
  @Test(arguments: [
    (1.005, 2, "1.00"), (2.5, 0, "3"), (-2.5, 0, "-3"), (-0.001, 2, "0.00"), (0.125, 2, "0.13"),
    (155_400, 0, "155400"), (-1234.5, 2, "-1234.50"), (0.07, 2, "0.07"), (1e300, 2, "1e+300"),
  ])
  func `A number has its decimals, half away from zero`(value: Double, decimals: Int, printed: String) {
    #expect(Cell.number(value, decimals: decimals).plain == printed)
  }

  @Test func `A number that does not exist is a dash`() {
    #expect(Cell.number(.nan, decimals: 2).plain == "—")
    #expect(Cell.number(-.infinity, decimals: 0).plain == "—")
  }

  @Test func `Areas and days print as the values do`() throws {
    let day = try #require(Day("2024-12-31"))
    #expect(Cell.area(Mu(hundredths: 97_632)).plain == "976.32")
    #expect(Cell.day(day).plain == "2024-12-31")
  }

  @Test(arguments: [
    ("a\r\nb\rc", "a\nb\nc"), ("a\u{0}b", "a\u{FFFD}b"), ("\u{202E}x\u{2066}", "\u{FFFD}x\u{FFFD}"),
    ("\u{FFFE}", "\u{FFFD}"), ("\u{1FFFF}", "\u{FFFD}"), ("\t湘潭\n", "\t湘潭\n"),
  ])
  func `No document contains what it may not`(text: String, printed: String) {
    #expect(printable(text) == printed)
  }
}
