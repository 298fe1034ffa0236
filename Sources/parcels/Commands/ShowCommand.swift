import ArgumentParser
import Drawing
import Geodata
import ParcelLedger
import ParcelModel
import ParcelProcessing
import ParcelReports

struct ShowCommand: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "show", abstract: Messages.showHelp.text(.current), discussion: Messages.showMore.text(.current))
  }

  @OptionGroup var common: CommonOptions

  @Argument(help: ArgumentHelp(Messages.showCode.text(.current), valueName: "CODE"))
  var code: String

  @Option(help: ArgumentHelp(Messages.campaignID.text(.current), valueName: "ID"))
  var campaign: String?

  @Option(name: .customLong("as-of"), help: ArgumentHelp(Messages.asOfOption.text(.current), valueName: "DATE"))
  var asOf: String?

  @Option(
    name: .customLong("known-at"), help: ArgumentHelp(Messages.knownAtOption.text(.current), valueName: "TIME|POSITION")
  )
  var knownAt: String?

  @Option(help: ArgumentHelp(Messages.outputOption.text(.current), valueName: "FILE"))
  var output: String?

  func run() async throws {
    try await common.run { console in
      let session = try Session(common, &console)
      let townships = try LayerShelf(session.workspace).townshipNames()
      let (known, day) = (try session.known(knownAt), try common.day(asOf, "--as-of"))
      try session.ledger.read { snapshot in
        let found = try snapshot.identities(code: code.normalizedCode()).filter {
          campaign == nil || $0.campaign == campaign
        }
        guard let identity = found.first else { throw UsageError.unknownParcel(code) }
        guard found.count == 1 else {
          throw UsageError.ambiguousParcel(code, campaigns: found.map(\.campaign))
        }
        let rules = try Rulebook(snapshot, known: known, townships: townships)
        let history = try snapshot.history(of: identity, known: known)
        guard let story = try ParcelStory(history, rules: rules, asOf: day) else {
          throw UsageError.unknownParcel(code)
        }
        if console.isJSON {
          try console.deliver(story.json(console.language).text, to: output)
        } else if let output {
          try console.deliver(story.document(console.language).render(), to: output)
        } else {
          console.print(story.text(console.language, width: console.width, isColored: console.isColored))
        }
      }
      return .done
    }
  }
}
