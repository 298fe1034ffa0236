import ArgumentParser
import Foundation
import Geodata
import ParcelLedger
import ParcelModel
import ParcelWorkspace

struct InitCommand: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "init", abstract: Messages.initHelp.text(.current), discussion: Messages.initMore.text(.current))
  }

  @OptionGroup var common: CommonOptions

  @Argument(help: ArgumentHelp(Messages.initDirectory.text(.current), valueName: "DIR"))
  var folder: String

  @Option(help: ArgumentHelp(Messages.initCounty.text(.current), valueName: "CODE"))
  var county: String

  @Option(help: ArgumentHelp(Messages.initName.text(.current), valueName: "NAME"))
  var name: String?

  @Option(help: ArgumentHelp(Messages.initZone.text(.current), valueName: "N"))
  var zone: Int?

  func run() async throws {
    try await common.run { console in
      guard let code = DivisionCode(county), code.digits.count == 6 else { throw WorkspaceError.badCounty(county) }
      let workingZone = try zone.map { number in
        guard let zone = WorkingZone(number) else { throw WorkspaceError.noWorkingZone(county: "\(number)") }
        return zone
      }
      let workspace = try Workspace.create(
        at: URL(filePath: folder), county: code, name: name, zone: workingZone)
      _ = try Ledger(path: workspace.ledger.path, creating: true) { try Campaign(text: $0.text, id: $0.name) }
      if console.isJSON {
        console.print(
          JSON.object([
            "schema": "parcels.workspace/1", "path": .string(workspace.root.path), "county": .string(code.digits),
          ]).text)
      } else {
        console.say(Messages.initialized(workspace.root.path, county: code.digits))
      }
      return .done
    }
  }
}
