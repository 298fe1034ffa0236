import ArgumentParser
import Drawing
import Geodata
import ParcelLedger
import ParcelProcessing
import ParcelReports
import ParcelWorkspace
import Spatial

struct ExportCommand: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "export", abstract: Messages.exportHelp.text(.current),
      discussion: Messages.exportMore.text(.current))
  }

  enum Format: String, CaseIterable { case gpkg, geojson, csv }

  @OptionGroup var common: CommonOptions
  @OptionGroup var selection: SelectionOptions

  @Option(help: ArgumentHelp(Messages.formatOption("gpkg, geojson, csv").text(.current), valueName: "FORMAT"))
  var format: String?

  @Option(help: ArgumentHelp(Messages.outputOption.text(.current), valueName: "FILE"))
  var output: String?

  func run() async throws {
    try await common.run { console in
      let session = try Session(common, &console)
      let format = try common.choice(format, "--format", Format.self) ?? .gpkg
      let parcels = try selection.parcels(session, common)
      guard !parcels.states.isEmpty else { throw ProcessingError.noParcels }
      let rows = parcels.states.map { ExportRow($0, rules: parcels.rules) }
      let path = output ?? "parcels.\(format.rawValue)"
      switch format {
      case .csv:
        try console.deliver(CSV(ExportRow.table(rows)).render(), to: path)
      case .gpkg, .geojson:
        try console.guardOutput(path)
        let writer = try FeatureWriter(
          path: path, format: format == .gpkg ? .geoPackage : .geoJSON, layer: "parcels", reference: .cgcs2000,
          fields: ExportRow.fields, lastChange: session.now)
        try session.ledger.read { snapshot in
          for row in rows { try writer.write(row.values, snapshot.geometry(at: row.issuePosition)) }
        }
        try writer.finish()
        console.say(Messages.wrote(path))
      }
      if console.isJSON {
        console.print(
          JSON.object(["schema": "parcels.export/1", "file": .string(path), "parcels": JSON(rows.count)]).text)
      }
      return .done
    }
  }
}
