import Foundation
import GRDB
import Geodata
import ParcelLedger
import ParcelModel
import ParcelTesting
import Testing

/// The truth is hashed as written: an issue must be written as every release wrote it.
@Suite("Canonical JSON")
struct CanonicalJSONTests {
  private static let words = [
    "", "A1", "易俗河镇", "厂房“一”期", "光伏用地（二）", "全角ＡＢ", "/厂房\"1\"\\", "\u{0}\u{1}\u{8}\t\n\u{B}\u{C}\r\u{1F}\u{7F}\u{80}",
    "\u{2028}\u{2029}", "e\u{301}", "é", "\u{212B}", "\u{1100}\u{1161}", "か\u{3099}", "\u{302A}〪", "豈\u{F900}", "👨‍👩‍👧",
    "\u{1D15E}",
    "a\u{323}\u{307}", "a\u{307}\u{323}", "\u{200E}‘’", "𠮷", "\u{FEFF}", "<=\u{338}>",
  ]

  private struct Maker {
    var random: SeededGenerator

    mutating func word() -> String {
      (0..<Int.random(in: 1...3, using: &random)).map { _ in words.randomElement(using: &random)! }.joined()
    }

    mutating func perhaps<Value>(_ value: (inout Maker) -> Value) -> Value? {
      Bool.random(using: &random) ? value(&self) : nil
    }

    mutating func area() -> SquareMeters {
      let largest = [Int64(0), 9, 1_000_000, 10_000_000_000_000].randomElement(using: &random)!
      return SquareMeters(hundredths: Int64.random(in: -largest...largest, using: &random))
    }

    mutating func some<Key: Hashable, Value>(
      _ key: (inout Maker) -> Key, _ value: (inout Maker) -> Value
    ) -> [Key: Value] {
      (0..<Int.random(in: 0...4, using: &random)).reduce(into: [:]) { members, _ in
        members[key(&self)] = value(&self)
      }
    }

    mutating func division() -> DivisionCode {
      ParcelTesting.division("430321\(Int.random(in: 100...999, using: &random))")
    }

    mutating func issue(_ code: String) -> ParcelModel.Issue {
      var measured = ParcelModel.Measurement(area: area(), rules: Int.random(in: 0...9, using: &random))
      measured.farmland = perhaps { $0.area() }
      measured.adjustable = perhaps { $0.area() }
      measured.basicFarmland = perhaps { $0.area() }
      measured.redline = perhaps { $0.area() }
      measured.classes = some({ LandUse.Code(rawValue: $0.word()) }, { $0.area() })
      measured.townships = some({ $0.division() }, { $0.area() })
      measured.township = perhaps { $0.division() }
      measured.village = perhaps { $0.division() }
      measured.overlays = some({ $0.word() }, { $0.area() })
      measured.layers = (0..<Int.random(in: 0...3, using: &random)).map { _ in word() }
      let declared = Declaration(
        area: perhaps { $0.area() }, farmland: perhaps { $0.area() }, basicFarmland: perhaps { $0.area() },
        township: perhaps { $0.word() }, attributes: some({ $0.word() }, { $0.word() }))
      let share = [0.5, 1, 0, 0.1234, 1e-7, 1e17, 0.30000000000000004].randomElement(using: &random)!
      return ParcelModel.Issue(
        campaign: "drive", code: code, batch: "1", delivery: "file", record: 1, fingerprint: code,
        declared: declared, measured: measured,
        earlier: perhaps { EarlierParcel(campaign: $0.word(), code: $0.word(), share: share) },
        findings: (0..<Int.random(in: 0...3, using: &random)).map { _ in
          Finding.Code.allCases.randomElement(using: &random)!
        })
    }
  }

  @Test("An issue is written byte for byte as JSONEncoder writes it, in NFC", arguments: 1...4 as ClosedRange<UInt64>)
  func issues(seed: UInt64) throws {
    var maker = Maker(random: SeededGenerator(seed: seed))
    let office = try Office()
    let issues = (0..<200).map { maker.issue("A\($0)") }
    let candidates = office.candidates(issues.map { (xiangtan, $0) }, file: "file")
    try office.deliver(issues.map { (xiangtan, $0) })
    let written = try office.database().read {
      try Data.fetchAll($0, sql: "SELECT payload FROM event WHERE kind = 'issue' ORDER BY position")
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    for (candidate, payload) in zip(candidates, written) {
      let json = String(decoding: try encoder.encode(candidate.issue), as: UTF8.self)
      #expect(
        String(decoding: payload, as: UTF8.self).utf8.elementsEqual(json.precomposedStringWithCanonicalMapping.utf8))
    }
    #expect(written.count == issues.count)
    #expect(try office.ledger.check().problems == [])
  }

  @Test("A mark after a line break does not run into the escape")
  func markAfterEscape() throws {
    let office = try Office()
    var issue = ParcelModel.Issue.sample()
    issue.declared.attributes = ["BZ": "一\n\u{303}\u{1F}\u{307}"]
    try office.deliver(issue)
    #expect(try office.state()?.issue.declared.attributes == issue.declared.attributes)
  }

  @Test("A share that is no number is refused")
  func noNumber() throws {
    let office = try Office()
    var issue = ParcelModel.Issue.sample()
    issue.earlier = EarlierParcel(campaign: "drive", code: "A0", share: .nan)
    #expect(throws: EncodingError.self) { try office.deliver(issue) }
    #expect(try office.state() == nil)
  }
}
