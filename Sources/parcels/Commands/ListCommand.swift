import ArgumentParser
import Drawing
import Geodata
import ParcelModel
import ParcelProcessing
import ParcelReports

struct ListCommand: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "list", abstract: Messages.listHelp.text(.current), discussion: Messages.listMore.text(.current))
  }

  @OptionGroup var common: CommonOptions
  @OptionGroup var selection: SelectionOptions

  @Option(help: ArgumentHelp(Messages.figureOption(Figure.names).text(.current), valueName: "NAME"))
  var figure: String?

  @Flag(help: ArgumentHelp(Messages.csvOption.text(.current)))
  var csv = false

  @Option(help: ArgumentHelp(Messages.outputOption.text(.current), valueName: "FILE"))
  var output: String?

  func run() async throws {
    try await common.run { console in
      let session = try Session(common, &console)
      var parcels = try selection.parcels(session, common)
      if let figure {
        guard let wanted = Figure(figure) else {
          throw UsageError.badChoice(option: "--figure", figure, known: Figure.names)
        }
        parcels.states = parcels.states.filter(wanted.includes)
      }
      if console.isJSON {
        let lines = parcels.states.map { ExportRow($0, rules: parcels.rules).json.text }
        if !lines.isEmpty || output != nil { try console.deliver(lines.joined(separator: "\n"), to: output) }
        return .done
      }
      let table = ParcelTable(parcels.states, rules: parcels.rules, language: console.language).table
      try console.deliver([table], asCSV: csv, to: output)
      return .done
    }
  }
}

extension ExportRow {
  /// One parcel as a JSON object with the export's columns.
  var json: JSON {
    var members: [String: JSON] = ["schema": "parcels.listed/1"]
    for (field, value) in zip(Self.fields, values) {
      members[field.name] =
        switch value {
        case .null: .null
        case .text(let text): .string(text)
        case .integer(let number): .integer(number)
        // Figures of the export have two decimals at most.
        case .real(let number) where field.decimals != 2: .double(number)
        case .real(let number): .hundredths(Int64((number * 100).rounded(.toNearestOrAwayFromZero)))
        case .day(let day): .string(day.description)
        }
    }
    return .object(members)
  }
}
