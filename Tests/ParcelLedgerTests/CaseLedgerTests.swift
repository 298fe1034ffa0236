import Geodata
import ParcelLedger
import ParcelModel
import ParcelTesting
import Testing

@Suite("Cases in the ledger")
struct CaseLedgerTests {
  /// Two parcels; the first under two cases, the second joins the first case late.
  private func office() throws -> Office {
    let office = try Office()
    try office.deliver(.sample("A1"), .sample("A2"))
    for code in ["A1", "A2"] { try office.record(.sample(.determineUnlawful, code), on: "2024-04-01") }
    try office.record(.sample(.openCase, "A1"), on: "2024-04-02")
    try office.record(.sample(.openCase, "A1") { $0.caseNumber = "案2" }, on: "2024-04-02")
    try office.record(.sample(.penalty, "A1") { $0.amount = 500_00 }, on: "2024-04-10")
    try office.record(.sample(.openCase, "A2"), on: "2024-04-12")
    return office
  }

  private func state(_ code: String, _ office: Office, asOf: String? = nil) throws -> ParcelState? {
    try office.ledger.read {
      try $0.states(Selection(codes: [code]), asOf: asOf.map { day($0) }, known: nil).first
    }
  }

  @Test("What happens in a case happens to every parcel that it covers, once")
  func shared() throws {
    let office = try office()
    try office.record(.sample(.serve, "A2"), on: "2024-04-15")
    try office.record(.sample(.pay, "A1") { $0.amount = 200_00 }, on: "2024-04-20")
    let (one, two) = (try #require(try state("A1", office)), try #require(try state("A2", office)))
    #expect(one.cases.map(\.number) == ["案1", "案2"] && two.cases.map(\.number) == ["案1"])
    #expect(one.cases[0] == two.cases[0])
    #expect(one.cases[0].levied == 500_00 && one.cases[0].paid == 200_00 && one.cases[0].stage == .served)
    #expect(one.isPenalizedAndOpen && two.isPenalizedAndOpen)
    // Counted by parcel, as issued: both are penalised.
    #expect(try office.ledger.read { try $0.status().total.flag("penalised").count } == 2)
    #expect(try office.ledger.check().problems == [])
  }

  @Test("As of a day before it joined, a parcel has no part in the case")
  func asOf() throws {
    let office = try office()
    #expect(try state("A2", office, asOf: "2024-04-11")?.cases == [])
    #expect(try state("A2", office, asOf: "2024-04-12")?.cases.map(\.levied) == [500_00])
  }

  @Test("A penalty that is taken back is taken back for all parcels of the case")
  func retracted() throws {
    let office = try office()
    let history = try office.ledger.read {
      try $0.history(of: ParcelIdentity(county: xiangtan, campaign: "drive", code: "A2"), known: nil)
    }
    let penalty = try #require(
      history.events.first { if case .workflow(let entry) = $0.deed { entry.kind == .penalty } else { false } })
    try office.record(
      .sample(.correct, "A2") { ($0.corrects, $0.retracts) = (penalty.seq, true) }, on: "2024-04-13")
    for code in ["A1", "A2"] {
      #expect(try state(code, office)?.cases.first?.levied == 0)
      #expect(try state(code, office)?.isPenalizedAndOpen == false)
    }
    #expect(try office.ledger.read { try $0.status().total.flag("penalised").count } == 0)
    #expect(try office.ledger.check().problems == [])
  }

  @Test("An event without its case, and a second opening for the same parcel, are refused")
  func refused() throws {
    let office = try office()
    #expect(throws: Refusal.noCase("案9")) {
      try office.record(.sample(.penalty, "A1") { $0.caseNumber = "案9" }, on: "2024-04-20")
    }
    #expect(throws: Refusal.caseExists("案1")) { try office.record(.sample(.openCase, "A2"), on: "2024-04-20") }
    #expect(throws: Refusal.caseNotIn(.opened, .serve)) {
      try office.record(.sample(.serve, "A1") { $0.caseNumber = "案2" }, on: "2024-04-20")
    }
    #expect(try office.ledger.check().problems == [])
  }
}
