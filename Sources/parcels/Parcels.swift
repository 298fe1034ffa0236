import ArgumentParser
import Geodata
import Spatial

@main
struct Parcels: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "parcels", abstract: Messages.parcels.text(.current),
      discussion: Messages.parcelsMore.text(.current),
      version: version,
      subcommands: [
        InitCommand.self, CampaignCommand.self, LayerCommand.self, IngestCommand.self, RecordCommand.self,
        RemeasureCommand.self, RegisterCommand.self, StatusCommand.self, ListCommand.self, ShowCommand.self,
        DueCommand.self,
        ExportCommand.self,
        ReportCommand.self, NightlyCommand.self, CheckCommand.self, ReadFeaturesCommand.self,
      ])
  }

  static let version = "0.1.0"

  static func main() async {
    ProcessMemory.keep()
    await main(commandFirst(Array(CommandLine.arguments.dropFirst())))
  }

  /// The common options may stand before the command too, as in `parcels -C county status`: they are moved behind it.
  static func commandFirst(_ arguments: [String]) -> [String] {
    var rest = arguments[...]
    var leading: [String] = []
    while let first = rest.first {
      if ["-C", "--lang"].contains(first), rest.count > 1 {
        leading += rest.prefix(2)
        rest = rest.dropFirst(2)
      } else if ["--json", "--quiet", "-q", "--verbose", "--no-color"].contains(first) || first.hasPrefix("--lang=") {
        leading.append(first)
        rest = rest.dropFirst()
      } else {
        break
      }
    }
    guard !leading.isEmpty, let command = rest.first, !command.hasPrefix("-") else { return arguments }
    // A command with subcommands has its options on those.
    let hasSubcommand = ["campaign", "layer", "register", "report"].contains(command) && rest.count > 1
    let words = rest.prefix(hasSubcommand ? 2 : 1)
    return words + leading + rest.dropFirst(words.count)
  }
}
