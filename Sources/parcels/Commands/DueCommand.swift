import ArgumentParser
import Drawing
import Geodata
import ParcelReports

struct DueCommand: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "due", abstract: Messages.dueHelp.text(.current), discussion: Messages.dueMore.text(.current))
  }

  @OptionGroup var common: CommonOptions
  @OptionGroup var selection: SelectionOptions

  @Option(help: ArgumentHelp(Messages.withinOption.text(.current), valueName: "DAYS"))
  var within = "14d"

  @Flag(help: ArgumentHelp(Messages.allDuesOption.text(.current)))
  var all = false

  @Flag(help: ArgumentHelp(Messages.csvOption.text(.current)))
  var csv = false

  @Option(help: ArgumentHelp(Messages.outputOption.text(.current), valueName: "FILE"))
  var output: String?

  func run() async throws {
    try await common.run { console in
      let session = try Session(common, &console)
      let day = try common.day(selection.asOf, "--as-of") ?? session.now.dayInShanghai
      let parcels = try selection.parcels(session, common)
      let list = DueList(parcels.states, rules: parcels.rules, asOf: day, within: all ? nil : try days())
      if console.isJSON {
        try console.deliver(list.json.text, to: output)
        return .done
      }
      try console.deliver(list.tables(console.language), asCSV: csv, to: output)
      return .done
    }
  }

  /// `14d`, `14` and `2w`.
  private func days() throws -> Int {
    let digits = within.prefix { ("0"..."9").contains($0) }
    let unit = within.dropFirst(digits.count)
    guard let count = Int(digits), count <= 3650, ["", "d", "w"].contains(unit) else {
      throw UsageError.badChoice(option: "--within", within, known: ["14d", "2w"])
    }
    return unit == "w" ? count * 7 : count
  }
}
