import ArgumentParser
import Foundation
import Geodata
import ParcelLedger
import ParcelModel
import ParcelProcessing
import ParcelReports
import ParcelWorkspace

struct NightlyCommand: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "nightly", abstract: Messages.nightlyHelp.text(.current),
      discussion: Messages.nightlyMore.text(.current))
  }

  @OptionGroup var common: CommonOptions

  @Option(help: ArgumentHelp(Messages.workersOption.text(.current), valueName: "N"))
  var workers: Int = ProcessInfo.processInfo.activeProcessorCount

  func run() async throws {
    try await common.run { console in
      let session = try Session(common, &console)
      let inbox = InboxRun(
        workspace: session.workspace, ledger: session.ledger, reader: session.reader, now: session.now,
        workers: workers)
      return try await session.workspace.locked { [console] in
        let items = try await inbox.run { name, number, count in
          console.say(Messages.inboxProgress(name, number, of: count))
        }
        let reports = try session.writeReport(
          asOf: session.now.dayInShanghai, known: nil, formats: ProgressReport.Format.allCases,
          to: session.workspace.reports, language: console.language)
        let check = try WorkspaceCheck(workspace: session.workspace, ledger: session.ledger).run(readsFiles: false)
        let summary = NightlySummary(
          county: session.workspace.settings.name, day: session.now.dayInShanghai, items: items, reports: reports,
          check: check)
        try summary.write(to: session.workspace.reports, language: console.language)
        if console.isJSON {
          console.print(summary.json(console.language).text)
        } else {
          console.print(Console.visible(summary.text(console.language)))
        }
        if check.outcome == .ledgerDamaged { return .ledgerDamaged }
        return items.allSatisfy { $0.outcome == .done } && check.problems.isEmpty ? .done : .incomplete
      }
    }
  }
}
