import ArgumentParser
import Drawing
import Foundation
import Geodata
import ParcelModel
import ParcelProcessing
import ParcelReports
import ParcelWorkspace

struct LayerCommand: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "layer", abstract: Messages.layerHelp.text(.current), subcommands: [Add.self, List.self])
  }

  struct Add: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        abstract: Messages.layerAddHelp.text(.current), discussion: Messages.layerAddMore.text(.current))
    }

    @OptionGroup var common: CommonOptions

    @Argument(help: ArgumentHelp(Messages.layerKind.text(.current), valueName: "KIND"))
    var kind: String

    @Argument(help: ArgumentHelp(Messages.layerFiles.text(.current), valueName: "FILE"))
    var files: [String]

    @Option(help: ArgumentHelp(Messages.layerOption.text(.current), valueName: "NAME"))
    var layer: String?

    @Option(help: ArgumentHelp(Messages.layerCode.text(.current), valueName: "FIELD"))
    var code: String?

    @Option(help: ArgumentHelp(Messages.layerName.text(.current), valueName: "FIELD"))
    var name: String?

    @Option(name: .customLong("version"), help: ArgumentHelp(Messages.layerVersion.text(.current), valueName: "TEXT"))
    var layerVersion: String?

    @Option(help: ArgumentHelp(Messages.crsOption.text(.current), valueName: "EPSG:n"))
    var crs: String?

    @Flag(name: .customLong("swap-axes"), help: ArgumentHelp(Messages.swapAxesOption.text(.current)))
    var swapAxes = false

    @Option(help: ArgumentHelp(Messages.encodingOption.text(.current), valueName: "NAME"))
    var encoding: String?

    @Flag(name: .customLong("in-place"), help: ArgumentHelp(Messages.inPlaceOption.text(.current)))
    var inPlace = false

    func run() async throws {
      try await common.run { console in
        var session = try Session(common, &console)
        let kind = LayerKind(rawValue: kind)
        guard kind.isValid else {
          throw UsageError.badChoice(
            option: "KIND", self.kind, known: ["townships", "land-use", "basic-farmland", "ecological-redline"])
        }
        var order = LayerOrder(kind: kind, files: files)
        (order.layer, order.codeField, order.nameField) = (layer, code, name)
        order.version = layerVersion
        order.reference = try common.reference(crs)
        (order.swapsAxes, order.encoding) = (swapAxes, encoding)
        order.staysInPlace = inPlace
        let intake = LayerIntake(reader: session.reader, now: session.now)
        let result = try session.workspace.lockedMutation {
          try intake.add(order, to: &$0) { console.progress(Messages.layerStep($0)) }
        }
        let description = result.description
        if let zone = result.settledZone { console.say(Messages.zoneSettled(zone.number)) }
        if console.isJSON {
          console.print(
            JSON.object([
              "schema": "parcels.layer/1", "layer": .string(description.layer),
              "version": .string(description.version), "polygons": JSON(description.polygons),
              "areaM2": JSON(description.area), "areaMu": JSON(Mu(description.area)),
              "repaired": JSON(description.repaired), "leftOut": JSON(result.leftOut),
              "findings": .array(result.groups.map { $0.json(console.language) }),
              "content": .string(description.content),
            ]).text)
        } else {
          console.print(
            Messages.layerAdded(
              description.layer, version: description.version, polygons: description.polygons,
              mu: Mu(description.area).description, repaired: description.repaired, leftOut: result.leftOut
            ).text(console.language))
          for group in result.groups { console.print(group) }
        }
        return result.leftOut == 0 ? .done : .incomplete
      }
    }
  }

  struct List: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(abstract: Messages.layerListHelp.text(.current))
    }

    @OptionGroup var common: CommonOptions

    func run() async throws {
      try await common.run { console in
        let workspace = try Workspace(at: URL(filePath: common.directory))
        let layers = try LayerShelf(workspace).descriptions()
        if console.isJSON {
          for layer in layers {
            console.print(
              JSON.object([
                "schema": "parcels.layer/1", "layer": .string(layer.layer), "version": .string(layer.version),
                "added": .string(layer.added), "polygons": JSON(layer.polygons), "areaM2": JSON(layer.area),
                "content": .string(layer.content),
              ]).text)
          }
          return .done
        }
        var table = Table(columns: [
          .init(Messages.layerKind.text(console.language)), .init(Messages.layerVersion.text(console.language)),
          .init(Messages.polygons.text(console.language), .number),
          .init(Messages.areaMu.text(console.language), .number),
          .init(Messages.content.text(console.language)),
        ])
        for layer in layers {
          table.add([
            .text(layer.layer), .text(layer.version), .count(layer.polygons), .area(Mu(layer.area)),
            .text(String(layer.content.prefix(12))),
          ])
        }
        console.print(table)
        return .done
      }
    }
  }
}

extension Workspace {
  /// A change of the workspace itself, under its lock.
  fileprivate mutating func lockedMutation<Result>(_ body: (inout Workspace) throws -> Result) throws -> Result {
    var copy = self
    let result = try locked { try body(&copy) }
    self = copy
    return result
  }
}
