import Foundation
import Geodata
import ParcelLedger
import ParcelModel
import ParcelTesting
import Testing

/// An office that does at random what offices do: deliveries, late events, corrections, changed rules, a clock that
/// jumps. Whatever it does, its figures must be those of the parcels.
private struct Simulation {
  let office: Office
  var random: SeededGenerator
  /// Days since 1 March 2024.
  var today = 0
  var files = 0
  var deeds: [String: Int] = [:]
  /// What the figures were when the ledger's head was there.
  var remembered: [(known: Int, groups: [Status.Group], total: Status.Group)] = []

  static let campaigns = ["backlog", "drive"]
  static let counties = [xiangtan, shaoshan]

  init(seed: UInt64) throws {
    office = try Office(campaign: nil)
    random = SeededGenerator(seed: seed)
    for campaign in Self.campaigns {
      for county in Self.counties { try office.adopt("acceptance=\(seed % 2 == 0)", campaign: campaign, in: county) }
    }
  }

  private func date(_ number: Int) -> String { day("2024-03-01").adding(days: number).description }

  private mutating func pick<Value>(_ values: [Value]) -> Value {
    values[Int.random(in: 0..<values.count, using: &random)]
  }
  private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

  private mutating func mu(upTo limit: Double) -> Double {
    Double(Int.random(in: 0...Int(limit * 100), using: &random)) / 100
  }

  /// One thing that happens; refusals are part of it.
  mutating func step() throws {
    today = max(0, today + pick([0, 1, 1, 2, 5, -1]))
    let before = try office.head
    let name: String
    do {
      switch Int.random(in: 0..<100, using: &random) {
      case ..<25:
        name = "delivery"
        try deliver()
      case ..<80:
        name = "events"
        try record()
      case ..<90:
        name = "correction"
        try correct()
      default:
        name = "rules"
        try changeRules()
      }
      deeds[name, default: 0] += 1
    } catch is Refusal {
      #expect(try office.head == before)
      deeds["refused", default: 0] += 1
    } catch LedgerError.rulesContradictHistory {
      #expect(try office.head == before)
      deeds["rules refused", default: 0] += 1
    } catch LedgerError.deliveryContradictsHistory {
      #expect(try office.head == before)
      deeds["delivery refused", default: 0] += 1
    }
  }

  private mutating func issue(_ code: String, campaign: String, county: DivisionCode) -> ParcelModel.Issue {
    let area = mu(upTo: pick([3, 20]))
    return .sample(
      code, campaign: campaign, batch: pick(["1", "2"]), version: pick(["a", "b", "c", "d"]),
      area: chance(80) ? mu(upTo: pick([3, 20])) : nil, farmland: chance(70) ? mu(upTo: 10) : nil,
      measured: .sample(
        area: area, farmland: chance(80) ? area / 2 : nil, basicFarmland: chance(30) ? area / 3 : nil,
        township: chance(80) ? "\(county)00\(pick([1, 2]))" : nil))
  }

  private mutating func deliver() throws {
    let campaign = pick(Self.campaigns)
    var issues: [(county: DivisionCode, issue: ParcelModel.Issue)] = []
    for code in ["A1", "A2", "B1", "B2"] where chance(50) {
      let county = pick(Self.counties)
      issues.append((county, issue(code, campaign: campaign, county: county)))
    }
    let rejects = chance(30) ? [DeliveryRecord.Reject(record: 9, code: nil, finding: .missingCode, reason: "")] : []
    // Now and then the last file comes again.
    if files == 0 || chance(85) { files += 1 }
    let head = try office.head
    let written = try office.deliver(
      issues, file: "file \(files)", rejects: rejects, on: date(max(0, today - pick([0, 0, 2, 6, 12]))))
    let record = written.record
    #expect(record.delivered == record.accepted + record.rejects.count + record.duplicate)
    #expect(record.accepted == written.outcomes.count { $0 != .duplicate })
    if record.accepted == 0 && rejects.isEmpty { #expect(try office.head == head) }
  }

  private mutating func someParcel() throws -> ParcelState? {
    let states = try office.ledger.read { try $0.states(asOf: nil, known: nil) }
    return states.isEmpty ? nil : pick(states)
  }

  /// Events that the parcel's stage may take, mostly; on a day between its issue and today.
  private mutating func entry(for parcel: ParcelState, in stage: Stage) -> WorkflowEntry {
    var kinds = WorkflowKind.allCases.filter { $0 != .correct }
    if chance(80) { kinds.removeAll { $0 == .withdraw } }
    if chance(85) {
      kinds = kinds.filter { (try? stage.after($0, verdict: .unlawful, acceptanceFirst: false)) != nil }
    }
    let steps: [WorkflowKind] = [.determineUnlawful, .handOver, .progress, .completeRectification, .accept, .close]
    if chance(50), kinds.contains(where: steps.contains) { kinds = kinds.filter(steps.contains) }
    var entry = WorkflowEntry.sample(pick(kinds), parcel.identity.code, campaign: parcel.identity.campaign)
    switch entry.kind {
    case .assign:
      var assignment = Assignment()
      assignment.township = division("\(parcel.identity.county)00\(pick([1, 2, 3]))")
      assignment.village = pick([nil, "红旗村"])
      assignment.district = pick([nil, "东片", "西片"])
      entry.assignment = assignment
    case .determineUnlawful:
      entry.ground = pick([nil, "违法建设"])
      entry.area = pick([nil, .mu(mu(upTo: 12))])
    case .determineNoViolation: entry.ground = pick([nil, "合法", "农村道路"])
    case .redetermine: entry.measure = pick(Verdict.allCases).rawValue
    case .startRectification, .progress, .completeRectification:
      entry.measure = pick([nil, "拆除复耕", "补办手续", "没收"])
      // Often all of it, so that a correction to less land contradicts what was restored.
      entry.area = pick([nil, parcel.issue.measured.area, .mu(mu(upTo: 12))])
      entry.farmland = pick([nil, .mu(mu(upTo: 3))])
    case .penalty, .openCase: entry.caseNumber = pick(["案1", "案2"])
    default: break
    }
    return entry
  }

  private mutating func record() throws {
    let now = morning(date(today))
    var orders: [(identity: ParcelIdentity, steps: [Transaction.Step])] = []
    for _ in 0..<pick([1, 1, 2, 3]) {
      guard let parcel = try someParcel(), !orders.contains(where: { $0.identity == parcel.identity }) else { continue }
      let earliest = Int(parcel.issued.number - day("2024-03-01").number)
      var stage = parcel.stage
      var steps: [Transaction.Step] = []
      for _ in 0..<pick([1, 1, 2, 3]) {
        let entry = entry(for: parcel, in: stage)
        stage = (try? stage.after(entry.kind, verdict: .unlawful, acceptanceFirst: false)) ?? stage
        steps.append(office.step(entry, on: date(max(earliest, today - pick([0, 0, 0, 0, 1, 3])))))
      }
      orders.append((parcel.identity, steps))
    }
    try office.ledger.write(at: now) { (transaction: Transaction) throws in
      for order in orders {
        // What is refused of one parcel does not keep the others from being written.
        do {
          _ = try transaction.record(order.steps, of: order.identity)
        } catch is Refusal {
          deeds["refused", default: 0] += 1
        }
      }
    }
  }

  private mutating func correct() throws {
    guard let parcel = try someParcel() else { return }
    let events = try office.ledger.read { try $0.history(of: parcel.identity, known: nil).events }
      .filter { if case .workflow = $0.deed { true } else { false } }
    guard !events.isEmpty else { return }
    let target = pick(events)
    guard case .workflow(var entry) = target.deed else { return }
    entry.corrects = target.seq
    entry.retracts = nil
    if chance(40) {
      entry = .sample(.correct, parcel.identity.code, campaign: parcel.identity.campaign) {
        ($0.corrects, $0.retracts) = (target.seq, true)
      }
    } else if entry.kind == .progress {
      entry.area = .mu(mu(upTo: 6))
    }
    let step = office.step(entry, on: target.effective.description)
    try office.ledger.write(at: morning(date(max(today, 60)))) { _ = try $0.record([step], of: parcel.identity) }
  }

  private mutating func changeRules() throws {
    let text =
      "township=\(pick(["assigned", "overlap"]));basis=\(pick(["declared", "measured", "determined"]));"
      + "acceptance=\(pick(["true", "false"]))"
    try office.adopt(text, campaign: pick(Self.campaigns), in: pick(Self.counties), on: date(today))
  }

  // MARK: What must hold

  /// The figures counted by hand from the parcels.
  private func recount(
    _ states: [ParcelState], _ ledger: Snapshot, by dimension: Status.Dimension, basis: Campaign.Basis?
  ) throws -> [Status.Group] {
    var groups: [String: Status.Group] = [:]
    var bases: [String: Campaign.Basis] = [:]
    for entry in try ledger.campaigns(known: nil) where bases[entry.rules.id] == nil {
      bases[entry.rules.id] = basis ?? entry.rules.basis
    }
    for state in states {
      let rules = try ledger.rules(of: state.identity.campaign, in: state.identity.county, known: nil)
      let key: String =
        switch dimension {
        case .campaign: state.identity.campaign
        case .county: state.identity.county.digits
        case .township: state.township(rules.township)?.digits ?? ""
        case .batch: state.issue.batch
        case .village: state.assignment.village ?? ""
        case .district: state.assignment.district ?? ""
        case .ground: state.determination?.ground ?? ""
        case .month: "\(state.issued)".split(separator: "-").prefix(2).joined(separator: "-")
        }
      let total = state.total(bases[state.identity.campaign]!)
      var group = groups[key] ?? Status.Group(key: key)
      group.issued += total
      group.partition[state.stage.part, default: Total()] += total
      if state.filed != nil, state.stage != .withdrawn { group.flags["filed", default: Total()] += total }
      if state.isPenalizedAndOpen { group.flags["penalised", default: Total()] += total }
      if let stage = state.stage.rectification {
        let restored = Restored(
          area: Mu(state.rectification.restoredArea), farmland: Mu(state.rectification.restoredFarmland))
        group.mustRectify += total
        group.rectification[stage, default: Total()] += total
        group.restored += restored
        if let measure = state.rectification.measure {
          group.restoredByMeasure[measure, default: Restored()] += restored
        }
      }
      groups[key] = group
    }
    return groups.values.sorted { $0.key < $1.key }
  }

  private static let bases: [Campaign.Basis?] = [nil] + Campaign.Basis.allCases.map { $0 }

  /// Tallies, folding and counting by hand agree, and the parts add up.
  ///
  /// - Parameter folding: also by dimensions and selections that no tally answers.
  func verify(folding: Bool) throws {
    try office.ledger.read { (ledger: Snapshot) throws in
      let states = try ledger.states(asOf: nil, known: nil)
      for dimension in Status.Dimension.allCases where dimension.isTallied || folding {
        for basis in Self.bases {
          let counted = try recount(states, ledger, by: dimension, basis: basis)
          let status = try ledger.status(by: dimension, basis: basis)
          #expect(status.groups == counted, "\(dimension) \(String(describing: basis))")
          if folding {
            // A selection by code is never answered by tallies.
            let folded = try ledger.status(Selection(codes: ["A1", "A2", "B1", "B2"]), by: dimension, basis: basis)
            #expect(folded.groups == status.groups)
            #expect(folded.total == status.total)
          }
          addUp(status)
        }
      }
    }
  }

  private func addUp(_ status: Status) {
    var sum = Status.Group(key: "")
    for group in status.groups {
      sum.issued += group.issued
      sum.mustRectify += group.mustRectify
      sum.restored += group.restored
    }
    #expect(sum.issued == status.total.issued)
    #expect(sum.mustRectify == status.total.mustRectify)
    #expect(sum.restored == status.total.restored)
    for group in status.groups + [status.total] {
      #expect(Stage.Part.allCases.reduce(into: Total()) { $0 += group.part($1) } == group.issued)
      #expect(RectificationStage.allCases.reduce(into: Total()) { $0 += group.rectification($1) } == group.mustRectify)
      var must = group.part(.unlawful)
      must += group.part(.handedOver)
      #expect(must == group.mustRectify)
    }
  }

  mutating func remember() throws {
    let status = try office.ledger.read { try $0.status(by: .township) }
    remembered.append((try office.head.position, status.groups, status.total))
  }

  /// What was printed once is printed again, however much became known since.
  func verifyMemory() throws {
    try office.ledger.read { (ledger: Snapshot) throws in
      for memory in remembered {
        let status = try ledger.status(by: .township, known: memory.known)
        #expect(status.groups == memory.groups, "known at \(memory.known)")
        #expect(status.total == memory.total)
      }
    }
  }
}

@Suite("Random offices")
struct SimulationTests {
  @Test("Figures are those of the parcels, whatever happens", arguments: 1...36 as ClosedRange<UInt64>)
  func figures(seed: UInt64) throws {
    var simulation = try Simulation(seed: seed)
    for step in 1...30 {
      try simulation.step()
      try simulation.verify(folding: step % 10 == 0)
      try simulation.remember()
    }
    try simulation.verifyMemory()
    let check = try simulation.office.ledger.check()
    #expect(check.problems == [])
    #expect(check.head == (try simulation.office.head))
    // The same once more from a program started anew.
    #expect(try simulation.office.reopened().check().problems == [])
  }

  @Test("The offices do everything that they can do")
  func coverage() throws {
    var deeds: [String: Int] = [:]
    for seed in 1...24 as ClosedRange<UInt64> {
      var simulation = try Simulation(seed: seed)
      for _ in 1...40 { try simulation.step() }
      deeds.merge(simulation.deeds, uniquingKeysWith: +)
    }
    for name in ["delivery", "events", "correction", "rules", "refused", "rules refused", "delivery refused"] {
      #expect(deeds[name, default: 0] > 0, "\(name): \(deeds)")
    }
  }
}
