import Geodata
import ParcelModel
import ParcelTesting
import Testing

@Suite("Case files")
struct CaseTests {
  private static let kinds = WorkflowKind.allCases.filter(\.isOfCase)

  private func cell(_ stage: CaseStage, _ kind: WorkflowKind, _ ruling: Ruling?) -> String {
    do throws(Refusal) {
      let next = try stage.after(kind, ruling: ruling)
      return next == stage ? "=" : next.rawValue
    } catch {
      switch error {
      case .caseNotIn(stage, kind): return "–"
      case .caseConcluded(kind): return "× concluded"
      case .missing(.kind, .ruling): return "no ruling"
      default: return "?? \(error)"
      }
    }
  }

  @Test("The table of transitions is the one kept in Golden/case-transitions.md")
  func table() throws {
    var text = """
      # Where an event leads a case

      One line an event, one column a stage. `=` stays as it is · `–` not in this stage · `×`: refused because the case is ·
      `no ruling`: the row does not say what was ruled.


      """
    text += "| event | \(CaseStage.allCases.map(\.rawValue).joined(separator: " | ")) |\n"
    text += "|---|\(CaseStage.allCases.map { _ in "---|" }.joined())\n"
    for kind in Self.kinds {
      let rulings = kind == .ruling ? [nil] + Ruling.allCases.map(Optional.some) : [nil]
      for ruling in rulings {
        let title = ruling.map { "\(kind.rawValue): \($0.rawValue)" } ?? kind.rawValue
        text += "| \(title) | \(CaseStage.allCases.map { cell($0, kind, ruling) }.joined(separator: " | ")) |\n"
      }
    }
    let difference = try Golden("case-transitions.md", beside: #filePath).difference(from: text)
    #expect(difference == nil)
  }

  @Test("An event of a parcel is none of a case")
  func parcelsOwn() {
    for kind in WorkflowKind.allCases where !kind.isOfCase {
      for stage in CaseStage.allCases { #expect(throws: Refusal.notOfCase(kind)) { try stage.after(kind) } }
    }
  }

  @Test("An event of a case leaves the stage of its parcels as it is", arguments: Stage.all)
  func casesOwn(stage: Stage) throws {
    for kind in Self.kinds where stage != .withdrawn || kind != .openCase { #expect(try stage.after(kind) == stage) }
    #expect(throws: Refusal.withdrawn(.openCase)) { try Stage.withdrawn.after(.openCase) }
  }

  private func file(_ entries: [WorkflowEntry]) throws -> CaseFile {
    var file = CaseFile(number: "案1", opened: day("2024-03-01"))
    for (index, entry) in entries.enumerated() {
      try file.apply(entry, on: day("2024-03-01").adding(days: index), document: "文\(index)")
    }
    return file
  }

  @Test("Three sums of money, each from its own rows; a revoked decision levies nothing")
  func money() throws {
    let penalty = WorkflowEntry.sample(.penalty) { ($0.amount, $0.measure) = (51_200, "拆除、没收；罚款") }
    let steps: [WorkflowEntry] = [
      .sample(.openCase), .sample(.legalReview), penalty, .sample(.serve), .sample(.pay) { $0.amount = 30_000 },
      .sample(.pay) { $0.amount = 20_000 }, .sample(.treasury) { $0.amount = 45_000 },
      .sample(.confiscate) { $0.amount = 700 },
    ]
    let paid = try file(steps)
    #expect([paid.levied, paid.paid, paid.treasury, paid.confiscated] == [51_200, 50_000, 45_000, 700])
    #expect(paid.decisions.map(\.measures) == [["拆除", "没收", "罚款"]])
    #expect(paid.decisions[0].served == day("2024-03-04") && paid.penalized == day("2024-03-03"))
    let suit = [WorkflowEntry.sample(.suitStart), .sample(.ruling) { $0.measure = "撤销" }]
    let revoked = try file(steps + suit)
    #expect(revoked.stage == .opened && revoked.levied == 0 && revoked.penalized == nil && revoked.paid == 50_000)
    let again = try file(steps + suit + [.sample(.penalty) { $0.amount = 100 }])
    #expect(again.levied == 100 && again.decisions.count == 2 && again.penalized == day("2024-03-11"))
  }

  @Test("From service to enforcement: a reminder comes first")
  func enforcement() throws {
    let served: [WorkflowEntry] = [.sample(.openCase), .sample(.penalty), .sample(.serve)]
    #expect(throws: Refusal.caseNotIn(.served, .applyEnforcement)) { try file(served + [.sample(.applyEnforcement)]) }
    let applied = try file(served + [.sample(.remind), .sample(.applyEnforcement)])
    #expect(applied.stage == .enforcing && applied.reminded == day("2024-03-04"))
    let granted = try file(
      served + [.sample(.remind), .sample(.applyEnforcement), .sample(.ruling) { $0.measure = "准予执行" }])
    #expect(granted.proceedings.map(\.ruling) == [.granted])
    let refused = try file(
      served + [.sample(.remind), .sample(.applyEnforcement), .sample(.ruling) { $0.measure = "不准予执行" }])
    #expect(refused.stage == .served)
  }

  private static let refused: [([WorkflowEntry], Refusal)] = [
    ([.sample(.openCase), .sample(.openCase)], .caseExists("案1")),
    ([.sample(.openCase), .sample(.pay)], .caseNotIn(.opened, .pay)),
    ([.sample(.openCase), .sample(.penalty), .sample(.pay) { $0.amount = nil }], .missing(.amount, .pay)),
    ([.sample(.openCase), .sample(.penalty), .sample(.pay) { $0.amount = -1 }], .negative(.amount)),
    ([.sample(.openCase), .sample(.transferResult)], .notTransferred("案1")),
    ([.sample(.openCase), .sample(.transfer) { $0.measure = nil }], .missing(.kind, .transfer)),
    ([.sample(.openCase), .sample(.closeCase) { $0.reason = nil }], .missing(.reason, .closeCase)),
    ([.sample(.openCase), .sample(.closeCase), .sample(.notice)], .caseConcluded(.notice)),
    (
      [
        .sample(.openCase), .sample(.penalty), .sample(.serve), .sample(.suitStart),
        .sample(.ruling) { $0.measure = "胜诉" },
      ], .unknownRuling("胜诉")
    ),
    (
      [.sample(.openCase), .sample(.penalty), .sample(.serve), .sample(.suitStart), .sample(.closeCase)],
      .caseNotIn(.contested, .closeCase)
    ),
  ]

  @Test("What cannot be is refused with its reason", arguments: refused.indices)
  func refusals(index: Int) {
    let (entries, expected) = Self.refused[index]
    #expect(throws: expected) { try file(entries) }
  }

  @Test("Money may still come after a case is concluded; what is transferred waits for its result")
  func afterwards() throws {
    let concluded: [WorkflowEntry] = [.sample(.openCase), .sample(.penalty), .sample(.serve), .sample(.closeCase)]
    #expect(try file(concluded + [.sample(.treasury)]).treasury == 100_00)
    let transferred = try file([
      .sample(.openCase), .sample(.transfer), .sample(.transferResult) { $0.measure = "刑事立案" },
    ])
    #expect(transferred.transfers.map(\.result) == ["刑事立案"] && transferred.stage == .opened)
  }
}
