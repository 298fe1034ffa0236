import ArgumentParser
import Foundation
import Geodata
import ParcelLedger
import ParcelProcessing
import ParcelReports
import ParcelWorkspace

struct ReportCommand: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "report", abstract: Messages.reportHelp.text(.current), subcommands: [Progress.self])
  }

  struct Progress: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        abstract: Messages.progressHelp.text(.current), discussion: Messages.progressMore.text(.current))
    }

    @OptionGroup var common: CommonOptions

    @Option(name: .customLong("as-of"), help: ArgumentHelp(Messages.asOfOption.text(.current), valueName: "DATE"))
    var asOf: String?

    @Option(
      name: .customLong("known-at"),
      help: ArgumentHelp(Messages.knownAtOption.text(.current), valueName: "TIME|POSITION"))
    var knownAt: String?

    @Option(help: ArgumentHelp(Messages.formatOption("html, csv, md").text(.current), valueName: "FORMAT,…"))
    var format = "html,csv,md"

    @Option(help: ArgumentHelp(Messages.outputFolder.text(.current), valueName: "DIR"))
    var output: String?

    func run() async throws {
      try await common.run { console in
        let session = try Session(common, &console)
        let formats = try format.split(separator: ",").map { name -> ProgressReport.Format in
          guard let format = ProgressReport.Format(word: String(name)) else {
            throw UsageError.badChoice(
              option: "--format", String(name), known: ProgressReport.Format.allCases.map(\.suffix))
          }
          return format
        }
        if let output { try console.guardOutput(output) }
        let paths = try session.writeReport(
          asOf: try common.day(asOf, "--as-of") ?? session.now.dayInShanghai, known: try session.known(knownAt),
          formats: formats, to: output.map { URL(filePath: $0) } ?? session.workspace.reports,
          language: console.language)
        if console.isJSON {
          console.print(
            JSON.object(["schema": "parcels.report/1", "files": .array(paths.map { .string($0.path) })]).text)
        } else {
          for path in paths { console.print(path.path) }
        }
        return .done
      }
    }
  }
}

extension Session {
  /// The progress report as of T, known at K, in a folder.
  func writeReport(
    asOf day: Day, known: Int?, formats: [ProgressReport.Format], to folder: URL, language: Language
  ) throws -> [URL] {
    let townships = try LayerShelf(workspace).townshipBorders().map {
      ProgressReport.Township(code: $0.code, name: $0.name, borders: $0.borders)
    }
    let report = try ledger.read { snapshot in
      try ProgressReport(
        snapshot, name: workspace.settings.name, townships: townships,
        cutOff: CutOff(snapshot, asOf: day, known: known), program: "parcels \(Parcels.version)", language: language)
    }
    return try report.write(to: folder, formats: formats)
  }
}
