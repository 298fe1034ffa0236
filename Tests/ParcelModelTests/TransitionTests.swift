import Geodata
import ParcelModel
import ParcelTesting
import Testing

@Suite("Stages and events")
struct TransitionTests {
  /// One line an event; a redetermination has one for every verdict, closing one for each rule.
  private struct Line {
    var title: String
    var kind: WorkflowKind
    var verdict: Verdict?
    var acceptanceFirst = true

    static let all = WorkflowKind.allCases.flatMap { kind -> [Line] in
      switch kind {
      case .redetermine:
        [Line(title: "redetermine, no verdict", kind: kind)]
          + Verdict.allCases.map { Line(title: "redetermine: \($0.rawValue)", kind: kind, verdict: $0) }
      case .close:
        [
          Line(title: "close", kind: kind),
          Line(title: "close, acceptance not needed", kind: kind, acceptanceFirst: false),
        ]
      default: [Line(title: kind.rawValue, kind: kind)]
      }
    }
  }

  private func cell(_ stage: Stage, _ line: Line) -> String {
    do throws(Refusal) {
      let next = try stage.after(line.kind, verdict: line.verdict, acceptanceFirst: line.acceptanceFirst)
      return next == stage ? "=" : next.name
    } catch {
      switch error {
      case .notInStage(stage, line.kind): return "–"
      case .closed(line.kind): return "× closed"
      case .withdrawn(line.kind): return "× withdrawn"
      case .missing(.kind, line.kind): return "no verdict"
      default: return "?? \(error)"
      }
    }
  }

  @Test("The table of transitions is the one kept in Golden/transitions.md")
  func table() throws {
    var text = """
      # Where an event leads

      One line an event, one column a stage. `=` stays as it is · `–` not in this stage · `×`: refused
      because the parcel is · `no verdict`: the row does not say what was found.


      """
    text += "| event | \(Stage.all.map(\.name).joined(separator: " | ")) |\n"
    text += "|---|\(Stage.all.map { _ in "---|" }.joined())\n"
    for line in Line.all {
      text += "| \(line.title) | \(Stage.all.map { cell($0, line) }.joined(separator: " | ")) |\n"
    }
    let difference = try Golden("transitions.md", beside: #filePath).difference(from: text)
    #expect(difference == nil)
  }

  @Test("A stage is named once and comes back from its parts")
  func names() {
    #expect(Set(Stage.all.map(\.name)).count == 16)
    for stage in Stage.all { #expect(Stage(part: stage.part, rectification: stage.rectification) == stage) }
    #expect(Stage(part: .pending, rectification: .closed) == nil)
    #expect(Stage(part: .unlawful, rectification: nil) == nil)
  }

  @Test("Only what was accepted is closed, unless the campaign says otherwise", arguments: Stage.all)
  func closure(stage: Stage) {
    for line in Line.all where stage.rectification != .closed {
      let next = try? stage.after(line.kind, verdict: line.verdict, acceptanceFirst: line.acceptanceFirst)
      guard next?.rectification == .closed else { continue }
      #expect(line.kind == .close)
      #expect(stage.rectification == .accepted || (stage.rectification == .rectified && !line.acceptanceFirst))
    }
  }

  @Test("Whether acceptance comes first decides about closing alone", arguments: Stage.all)
  func acceptanceRule(stage: Stage) {
    for line in Line.all where line.kind != .close {
      let first = Result { try stage.after(line.kind, verdict: line.verdict, acceptanceFirst: true) }
      let second = Result { try stage.after(line.kind, verdict: line.verdict, acceptanceFirst: false) }
      switch (first, second) {
      case (.success(let a), .success(let b)): #expect(a == b)
      case (.failure, .failure): break
      default: Testing.Issue.record("\(stage.name) \(line.title)")
      }
    }
  }

  @Test("A withdrawn parcel takes notes and corrections only, and what happens in its cases")
  func withdrawn() {
    for kind in WorkflowKind.allCases {
      let next = try? Stage.withdrawn.after(kind, verdict: .unlawful)
      let isTaken = [.note, .correct].contains(kind) || kind.isOfCase && kind != .openCase
      #expect(next == (isTaken ? .withdrawn : nil), "\(kind)")
    }
  }

  @Test("Unlawful land and land handed over are rectified by the same steps", arguments: RectificationStage.allCases)
  func sameSteps(stage: RectificationStage) {
    for kind: WorkflowKind in [.startRectification, .progress, .completeRectification, .accept, .close, .sendBack] {
      #expect(
        (try? Stage.unlawful(stage).after(kind))?.rectification
          == (try? Stage.handedOver(stage).after(kind))?.rectification, "\(kind)")
    }
  }
}
