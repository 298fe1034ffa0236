import Drawing
import Foundation
import Geodata
@testable import ParcelLedger
import ParcelModel
import Testing

@testable import ParcelReports

/// A status that was printed and read again, as a script reads it.
private struct Printed {
  var root: [String: Any]

  init(_ json: JSON) throws {
    root = try #require(try JSONSerialization.jsonObject(with: Data(json.text.utf8)) as? [String: Any])
  }

  /// What stands at `path`, such as `total.issued.count`; numbers in a path are places in a list.
  subscript(path: String) -> Any? {
    path.split(separator: ".").reduce(root as Any?) { value, key in
      if let list = value as? [Any], let index = Int(key) { return list[index] }
      return (value as? [String: Any])?[String(key)]
    }
  }

  func hundredths(_ path: String) -> Int? { (self[path] as? NSNumber).map { Int(($0.doubleValue * 100).rounded()) } }

  func keys(_ path: String) -> Set<String> { Set((self[path] as? [String: Any] ?? [:]).keys) }
}

private let cutOff = CutOff(
  asOf: day("2024-12-31"), position: 6252, hash: "ab", recorded: Instant("2024-12-30T04:00:00Z"))
private let head = LedgerHead(
  position: 6252, hash: "ab", counties: [.init(county: xiangtan, seq: 6252, hash: "ab")])

@Test func theStatusHasTheKeysOfTheContract() throws {
  let status = Status(dimension: .campaign, groups: [.init(key: "backlog")], total: .init(key: ""), basis: .declared)
  let printed = try Printed(status.json(county: "430321", cutOff: cutOff, head: head))
  #expect(
    Set(printed.root.keys) == [
      "schema", "county", "asOf", "knownAt", "knownPosition", "area", "ledgerHead", "groups", "total",
    ])
  #expect(printed["schema"] as? String == "parcels.status/1")
  #expect(printed["knownAt"] as? String == "2024-12-30T04:00:00.000Z")
  #expect(printed["ledgerHead.counties.0.seq"] as? Int == 6252)
  #expect(printed["groups.0.key.campaign"] as? String == "backlog")
  let total: Set = ["count", "areaMu", "farmlandMu", "basicFarmlandMu", "areaM2", "fallbacks"]
  for group in ["groups.0", "total"] {
    #expect(
      printed.keys(group) == [
        "key", "issued", "partition", "mustRectify", "rectification", "flags", "restored", "rates",
      ])
    #expect(
      printed.keys("\(group).partition") == [
        "pending", "inReview", "sentBack", "noViolation", "unlawful", "outside", "handedOver", "withdrawn",
      ])
    #expect(
      printed.keys("\(group).rectification") == ["unrectified", "rectifying", "rectified", "accepted", "closed"])
    #expect(printed.keys("\(group).flags") == ["filed", "penalised", "clockStopped", "overdue"])
    #expect(printed.keys("\(group).restored") == ["areaMu", "farmlandMu", "byKind"])
    #expect(
      printed.keys("\(group).rates") == ["filing", "noViolationAccepted", "unlawful", "rectification", "restoration"])
    #expect(printed.keys("\(group).rates.filing") == ["count", "area", "farmland"])
    for path in ["issued", "mustRectify", "partition.outside", "rectification.closed", "flags.overdue"] {
      #expect(printed.keys("\(group).\(path)") == total)
    }
  }
  // Nothing was issued: every rate has the denominator zero.
  #expect(printed["total.rates.unlawful.count.percent"] is NSNull)
  #expect(printed["total.rates.restoration.count"] is NSNull)
}

@Test func aGroupThatIsNotKnownHasTheKeyNull() throws {
  let status = Status(dimension: .township, groups: [.init(key: "")], total: .init(key: ""), basis: nil)
  let printed = try Printed(status.json(county: nil, cutOff: cutOff, head: head))
  #expect(printed["groups.0.key.township"] is NSNull)
  #expect(printed["area"] as? String == "mixed")
  #expect(printed["county"] is NSNull)
}

@Suite struct StatusOfAPublishedCounty {
  private func printed(by dimension: Status.Dimension, asOf: String = "2024-12-31") throws -> Printed {
    let county = try publishedCounty()
    return try county.ledger.read { snapshot in
      let cutOff = try CutOff(snapshot, asOf: day(asOf), known: nil)
      return try Printed(
        snapshot.status(by: dimension, asOf: cutOff.asOf).json(
          county: "430321", cutOff: cutOff, head: try snapshot.head(),
          overdue: Overdue(snapshot, by: dimension, asOf: cutOff.asOf)))
    }
  }

  @Test(arguments: [Status.Dimension.campaign, .township, .batch])
  func partitionsAndGroupsAddUpAsPrinted(_ dimension: Status.Dimension) throws {
    let printed = try printed(by: dimension)
    let groups = try #require(printed["groups"] as? [Any]).indices.map { "groups.\($0)" }
    #expect(!groups.isEmpty)
    for unit in ["count", "areaMu", "farmlandMu", "basicFarmlandMu", "areaM2", "fallbacks"] {
      func sum(_ paths: [String]) -> Int {
        paths.reduce(0) { $0 + (printed.hundredths("\($1).\(unit)") ?? .min / 100) }
      }
      for group in groups + ["total"] {
        #expect(
          sum(Stage.Part.allCases.map { "\(group).partition.\($0.rawValue)" }) == sum(["\(group).issued"]),
          "\(group) \(unit)")
        #expect(
          sum(RectificationStage.allCases.map { "\(group).rectification.\($0.rawValue)" })
            == sum(["\(group).mustRectify"]), "\(group) \(unit)")
      }
      for figure in ["issued", "mustRectify", "partition.noViolation", "rectification.closed", "flags.overdue"] {
        #expect(sum(groups.map { "\($0).\(figure)" }) == sum(["total.\(figure)"]), "\(figure) \(unit)")
      }
    }
  }

  /// The figures of the report of 2024 and what follows from them.
  @Test func figuresAreThoseOfThePublishedReport() throws {
    let printed = try printed(by: .campaign)
    #expect(printed["groups.0.key.campaign"] as? String == "hundred-days")
    #expect(printed.hundredths("groups.0.rates.rectification.farmland.percent") == 9071)
    #expect(printed.hundredths("groups.0.rates.rectification.count.percent") == 8546)
    #expect(printed.hundredths("groups.1.rates.rectification.farmland.percent") == 6184)
    #expect(printed.hundredths("groups.2.partition.unlawful.farmlandMu") == 488)
    #expect(printed["groups.2.restored.byKind.拆除复耕.areaMu"] != nil)
    // Only the hundred days were over.
    #expect(printed["groups.0.flags.overdue.count"] as? Int == 57)
    #expect(printed["groups.1.flags.overdue.count"] as? Int == 0)
    #expect(printed["total.flags.overdue.count"] as? Int == 57)
  }

  @Test(arguments: [("2024-11-30", 0), ("2024-12-01", 57)])
  func theLastDayIsNotOverdue(_ asOf: String, _ expected: Int) throws {
    #expect(try printed(by: .township, asOf: asOf)["total.flags.overdue.count"] as? Int == expected)
  }

  @Test(arguments: Language.allCases)
  func tablesHaveARowForEachGroupAndATotal(_ language: Language) throws {
    let county = try publishedCounty()
    let (status, rules) = try county.ledger.read { (try $0.status(), try Rulebook($0, known: nil)) }
    let tables = StatusTables(status, names: rules.names, language: language)
    #expect(tables.tables.count == 6)
    for table in tables.tables {
      #expect(table.rows.map(\.first) == ["“百日攻坚”行动", "2018—2023年存量部卫片", "2024年省卫片执法"].map { .text($0) })
      #expect(table.total?.first == .text(language == .chinese ? "合计" : "Total"))
    }
    #expect(tables.overview.rows[0].map(\.plain).suffix(2) == ["85.46", "90.71"])
    for unit in StatusTables.Unit.allCases {
      for row in tables.parts(unit).rows {
        let figures = row.dropFirst().map { Int((Double($0.plain)! * 100).rounded()) }
        #expect(figures[0] == figures.dropFirst().reduce(0, +))
      }
    }
  }
}
