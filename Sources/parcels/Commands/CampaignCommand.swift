import ArgumentParser
import Drawing
import Foundation
import Geodata
import ParcelModel
import ParcelReports
import ParcelWorkspace

struct CampaignCommand: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "campaign", abstract: Messages.campaignHelp.text(.current),
      subcommands: [Add.self, List.self, Templates.self])
  }

  struct Add: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        abstract: Messages.campaignAddHelp.text(.current), discussion: Messages.campaignAddMore.text(.current))
    }

    @OptionGroup var common: CommonOptions

    @Argument(help: ArgumentHelp(Messages.campaignID.text(.current), valueName: "ID"))
    var id: String

    @Option(help: ArgumentHelp(Messages.campaignTemplate.text(.current), valueName: "NAME"))
    var template: String

    @Option(help: ArgumentHelp(Messages.campaignName.text(.current), valueName: "TEXT"))
    var name: String?

    @Option(help: ArgumentHelp(Messages.campaignYear.text(.current), valueName: "N"))
    var year: Int?

    func run() async throws {
      try await common.run { console in
        let workspace = try Workspace(at: URL(filePath: common.directory))
        guard let template = CampaignTemplate(rawValue: template) else {
          throw WorkspaceError.unknownTemplate(self.template)
        }
        let campaign = try workspace.locked {
          try workspace.addCampaign(id, template: template, name: name, year: year)
        }
        console.say(Messages.campaignAdded(campaign.id, name: campaign.name))
        if console.isJSON { console.print(campaign.json.text) }
        return .done
      }
    }
  }

  struct List: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(abstract: Messages.campaignListHelp.text(.current))
    }

    @OptionGroup var common: CommonOptions

    func run() async throws {
      try await common.run { console in
        let workspace = try Workspace(at: URL(filePath: common.directory))
        let campaigns = try workspace.campaignNames().map(workspace.campaign)
        if console.isJSON {
          for campaign in campaigns { console.print(campaign.json.text) }
          return .done
        }
        var table = Table(columns: [
          .init(Messages.campaignID.text(console.language)), .init(Messages.campaignName.text(console.language)),
          .init(Messages.campaignTemplate.text(console.language)),
        ])
        for campaign in campaigns { table.add([.text(campaign.id), .text(campaign.name), .text(campaign.template)]) }
        console.print(table)
        return .done
      }
    }
  }

  struct Templates: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(abstract: Messages.campaignTemplatesHelp.text(.current))
    }

    @OptionGroup var common: CommonOptions

    func run() async throws {
      try await common.run { console in
        if console.isJSON {
          for template in CampaignTemplate.allCases {
            console.print(
              JSON.object([
                "template": .string(template.rawValue), "title": .string(template.title.text(console.language)),
              ]).text)
          }
          return .done
        }
        var table = Table(columns: [
          .init(Messages.campaignTemplate.text(console.language)), .init(Messages.campaignName.text(console.language)),
        ])
        for template in CampaignTemplate.allCases {
          table.add([.text(template.rawValue), .text(template.title.text(console.language))])
        }
        console.print(table)
        return .done
      }
    }
  }
}

extension Campaign {
  fileprivate var json: JSON {
    [
      "schema": "parcels.campaign/1", "id": .string(id), "name": .string(name), "template": .string(template),
      "year": year.map { JSON($0) } ?? .null, "area": .string(basis.rawValue), "township": .string(township.rawValue),
    ]
  }
}
