import ArgumentParser
import Geodata
import ParcelLedger
import ParcelProcessing

struct CheckCommand: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "check", abstract: Messages.checkHelp.text(.current), discussion: Messages.checkMore.text(.current))
  }

  @OptionGroup var common: CommonOptions

  @Flag(help: ArgumentHelp(Messages.quickOption.text(.current)))
  var quick = false

  func run() async throws {
    try await common.run { console in
      let session = try Session(common, &console)
      let check = try WorkspaceCheck(workspace: session.workspace, ledger: session.ledger).run(readsFiles: !quick)
      if console.isJSON {
        console.print(check.json(console.language).text)
      } else {
        console.print(check)
      }
      return check.outcome
    }
  }
}

extension LedgerCheck {
  /// Files that are missing beside a sound ledger are found differences, not a damaged ledger.
  var outcome: Outcome {
    let files: Set<LedgerProblem.Code> = [.delivery, .layer]
    return problems.isEmpty
      ? .done : problems.allSatisfy { files.contains($0.code) } ? .differencesFound : .ledgerDamaged
  }
}

extension Console {
  func print(_ check: LedgerCheck) {
    print(
      Messages.checked(events: check.events, deliveries: check.deliveries.count, problems: check.problems.count).text(
        language))
    for problem in check.problems {
      tell(Messages.problemLine(problem.what.text(language), at: problem.location))
      tell(Messages.remedyLine(problem.remedy.text(language)))
    }
  }
}
