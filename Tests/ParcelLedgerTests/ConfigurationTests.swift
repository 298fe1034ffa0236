import Geodata
import ParcelLedger
import ParcelModel
import ParcelTesting
import Testing

@Suite("Configuration in the chain")
struct ConfigurationTests {
  private func assigned(_ township: String) -> WorkflowEntry {
    .sample(.assign) {
      var assignment = Assignment()
      assignment.township = division(township)
      $0.assignment = assignment
    }
  }

  @Test("A file enters when it is new or changed")
  func adoption() throws {
    let office = try Office(campaign: nil)
    #expect(try office.adopt("township=overlap"))
    #expect(try !office.adopt("township=overlap", on: "2024-03-02"))
    #expect(try office.adopt("township=assigned", on: "2024-03-03"))
    #expect(try office.adopt("township=overlap", on: "2024-03-04"))
    #expect(try office.adopt("township=overlap", in: shaoshan, on: "2024-03-05"))
    #expect(try office.head.position == 4)
    try office.ledger.read { (ledger: Snapshot) throws in
      for (known, rule) in [(1, Campaign.TownshipRule.overlap), (2, .assigned), (3, .overlap)] {
        #expect(try ledger.rules(of: "drive", in: xiangtan, known: known).township == rule)
      }
      #expect(throws: LedgerError.unknownCampaign("drive")) {
        try ledger.rules(of: "drive", in: shaoshan, known: 3)
      }
      #expect(try ledger.campaigns(known: 3).map(\.county) == [xiangtan])
      #expect(try ledger.campaigns(known: nil).map(\.county) == [xiangtan, shaoshan])
    }
    #expect(try office.ledger.check().problems == [])
  }

  @Test("Profiles and layers have names of their own")
  func kinds() throws {
    let office = try Office()
    try office.ledger.write(at: morning("2024-03-01")) { (transaction: Transaction) throws in
      for kind in [ConfigurationFile.Kind.profile, .layer] {
        #expect(try transaction.adopt(kind, name: "drive", text: "x", in: xiangtan, on: day("2024-03-01")))
        #expect(try !transaction.adopt(kind, name: "drive", text: "x", in: xiangtan, on: day("2024-03-01")))
      }
    }
    try office.ledger.read { (ledger: Snapshot) throws in
      #expect(try ledger.configuration(.layer, "drive", in: xiangtan, known: nil)?.text == "x")
      #expect(try ledger.configuration(.campaign, "drive", in: xiangtan, known: nil)?.text == "")
      #expect(try ledger.configuration(.layer, "drive", in: xiangtan, known: 2) == nil)
      #expect(try ledger.configuration(.layer, "other", in: xiangtan, known: nil) == nil)
      #expect(try ledger.campaigns(known: nil).map(\.rules.id) == ["drive"])
    }
  }

  @Test("Two campaigns with the same text are two campaigns")
  func sameText() throws {
    let office = try Office()
    try office.adopt("", campaign: "backlog")
    let campaigns = try office.ledger.read { try $0.campaigns(known: nil) }
    #expect(campaigns.map(\.rules.id) == ["backlog", "drive"])
  }

  @Test("When the township rule changes, the tallies follow, and what was known before stays")
  func townshipRule() throws {
    let office = try Office()
    try office.deliver(.sample("A1", measured: .sample(township: "430321001")), .sample("A2"))
    try office.record(assigned("430321002"), on: "2024-03-02")
    func townships(known: Int? = nil) throws -> [String: Int] {
      let status = try office.ledger.read { try $0.status(by: .township, known: known) }
      return Dictionary(uniqueKeysWithValues: status.groups.map { ($0.key, $0.issued.count) })
    }
    #expect(try townships() == ["": 1, "430321002": 1])
    try office.adopt("township=overlap", on: "2024-03-03")
    #expect(try townships() == ["": 1, "430321001": 1])
    #expect(try townships(known: 5) == ["": 1, "430321002": 1])
    #expect(try office.ledger.check().problems == [])
    try office.adopt("", on: "2024-03-04")
    #expect(try townships() == ["": 1, "430321002": 1])
    #expect(try office.ledger.check().problems == [])
  }

  @Test("The rule may change twice in one transaction, around events")
  func twice() throws {
    let office = try Office()
    try office.deliver(.sample("A1", measured: .sample(township: "430321001")))
    let step = office.step(assigned("430321002"), on: "2024-03-02")
    try office.ledger.write(at: morning("2024-03-05")) { (transaction: Transaction) throws in
      for text in ["township=overlap", "basis=measured"] {
        try transaction.adopt(.campaign, name: "drive", text: text, in: xiangtan, on: day("2024-03-05"))
        _ = try transaction.record(
          [step], of: ParcelIdentity(county: xiangtan, campaign: "drive", code: "A1"))
      }
    }
    let status = try office.ledger.read { try $0.status(by: .township) }
    #expect(status.groups.map(\.key) == ["430321002"])
    #expect(status.basis == .measured)
    #expect(try office.ledger.check().problems == [])
  }

  @Test("The basis of figures follows the campaign, unless it is asked for")
  func basis() throws {
    let office = try Office()
    try office.adopt("basis=measured", campaign: "backlog")
    try office.deliver(.sample("A1"), file: "one")
    try office.deliver(
      [(xiangtan, .sample("A1", campaign: "backlog", measured: .sample(area: 12)))], file: "two", content: "two")
    try office.ledger.read { (ledger: Snapshot) throws in
      let status = try ledger.status()
      #expect(status.groups.map(\.key) == ["backlog", "drive"])
      #expect(status.groups.map(\.issued.area) == [Mu(rounding: 12), Mu(rounding: 10)])
      #expect(status.basis == nil)
      #expect(try ledger.status(basis: .declared).total.issued.area == Mu(rounding: 20))
      #expect(try ledger.status(Selection(campaigns: ["backlog"])).basis == .measured)
    }
  }

  @Test(
    "Rules under which what happened could not have happened are refused",
    arguments: [
      ("acceptance=true", Refusal.notInStage(.handedOver(.rectified), .close)),
      ("acceptance=false;grounds=none", .unknownGround("违法建设")),
    ])
  func contradiction(text: String, refusal: Refusal) throws {
    let office = try Office(campaign: nil)
    try office.adopt("acceptance=false")
    try office.deliver(.sample("A1"), .sample("A2"))
    for kind: WorkflowKind in [.handOver, .completeRectification, .close] {
      try office.record(.sample(kind, refusal == .unknownGround("违法建设") ? "A2" : "A1"), on: "2024-03-02")
    }
    if refusal == .unknownGround("违法建设") {
      try office.record(.sample(.determineUnlawful) { $0.ground = "违法建设" }, on: "2024-03-02")
    }
    let head = try office.head
    #expect(throws: LedgerError.rulesContradictHistory(campaign: "drive", code: "A1", refusal)) {
      try office.adopt(text, on: "2024-03-05")
    }
    #expect(try office.head == head)
    #expect(try office.ledger.check().problems == [])
  }
}
