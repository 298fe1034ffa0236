import ArgumentParser
import Geodata
import ParcelProcessing
import ParcelReports
import ParcelWorkspace

struct RecordCommand: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "record", abstract: Messages.recordHelp.text(.current),
      discussion: Messages.recordMore.text(.current))
  }

  @OptionGroup var common: CommonOptions

  @Argument(help: ArgumentHelp(Messages.recordFiles.text(.current), valueName: "FILE"))
  var files: [String]

  @Option(help: ArgumentHelp(Messages.recordCampaign.text(.current), valueName: "ID"))
  var campaign: String?

  @Option(help: ArgumentHelp(Messages.encodingOption.text(.current), valueName: "NAME"))
  var encoding: String?

  @Flag(name: .customLong("dry-run"), help: ArgumentHelp(Messages.dryRunOption.text(.current)))
  var dryRun = false

  func run() async throws {
    try await common.run { console in
      let session = try Session(common, &console)
      let updates = Updates(
        workspace: session.workspace, ledger: session.ledger, reader: session.reader, now: session.now)
      var outcomes: [Outcome] = []
      for file in files {
        let start = ContinuousClock().now
        let receipt = try session.workspace.locked {
          try updates.record(file, campaign: campaign, encoding: encoding, dryRun: dryRun)
        }
        console.print(receipt, seconds: start.duration(to: ContinuousClock().now).seconds)
        outcomes.append(receipt.outcome)
      }
      return Outcome(of: outcomes)
    }
  }
}

extension Console {
  func print(_ receipt: RowReceipt, seconds: Double) {
    if isJSON { return print(receipt.json(language, seconds: seconds).text) }
    tell(Messages.rowReceipt(receipt, seconds: seconds))
    for (row, trouble) in receipt.refusals.prefix(isVerbose ? .max : 20) {
      tell(Messages.rowTrouble(line: row.line, code: row.code, trouble))
      tell(Messages.remedyLine(trouble.remedy.text(language)))
    }
    if !isVerbose, receipt.refusals.count > 20 {
      tell(Messages.more(receipt.refusals.count - 20))
    }
  }
}
