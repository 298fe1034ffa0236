import ArgumentParser
import Geodata

@main
struct Parcels: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "parcels", abstract: Messages.parcels.text(.current),
      discussion: Messages.parcelsMore.text(.current),
      version: version,
      subcommands: [
        InitCommand.self, CampaignCommand.self, LayerCommand.self, IngestCommand.self, RecordCommand.self,
        RegisterCommand.self, StatusCommand.self, ListCommand.self, ShowCommand.self, ExportCommand.self,
        ReportCommand.self, NightlyCommand.self, CheckCommand.self, ReadFeaturesCommand.self,
      ])
  }

  static let version = "0.1.0"
}
