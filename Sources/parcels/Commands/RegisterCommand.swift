import ArgumentParser
import Drawing
import Foundation
import Geodata
import ParcelLedger
import ParcelModel
import ParcelProcessing
import ParcelReports
import ParcelWorkspace

struct RegisterCommand: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "register", abstract: Messages.registerHelp.text(.current),
      subcommands: [Export.self, Import.self])
  }

  struct Export: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        abstract: Messages.registerExportHelp.text(.current),
        discussion: Messages.registerExportMore.text(.current))
    }

    @OptionGroup var common: CommonOptions
    @OptionGroup var selection: SelectionOptions

    @Argument(help: ArgumentHelp(Messages.registerFile.text(.current), valueName: "FILE"))
    var file: String

    func run() async throws {
      try await common.run { console in
        let session = try Session(common, &console)
        let parcels = try selection.parcels(session, common)
        let known = try session.known(selection.knownAt)
        let day = try common.day(selection.asOf, "--as-of")
        let head = try session.ledger.read { try $0.head() }
        let cutOff = try session.ledger.read { try CutOff($0, asOf: day ?? session.now.dayInShanghai, known: known) }
        let register = RegisterWorkbook(
          parcels.states, rules: parcels.rules, name: session.workspace.settings.name,
          asOf: cutOff.asOf, mark: RegisterMark(position: cutOff.position, hash: cutOff.hash, asOf: day),
          language: console.language)
        if file.lowercased().hasSuffix(".csv") {
          try console.deliver(register.csv(console.language), to: file)
        } else {
          try console.guardOutput(file)
          try register.workbook(console.language).write(to: file)
          console.say(Messages.wrote(file))
        }
        if console.isJSON {
          console.print(
            JSON.object([
              "schema": "parcels.register/1", "file": .string(file), "parcels": JSON(parcels.states.count),
              "ledgerHead": head.json,
            ]).text)
        }
        return .done
      }
    }
  }

  struct Import: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        abstract: Messages.registerImportHelp.text(.current),
        discussion: Messages.registerImportMore.text(.current))
    }

    @OptionGroup var common: CommonOptions

    @Argument(help: ArgumentHelp(Messages.registerFile.text(.current), valueName: "FILE"))
    var file: String

    @Option(help: ArgumentHelp(Messages.recordCampaign.text(.current), valueName: "ID"))
    var campaign: String?

    @Flag(name: .customLong("dry-run"), help: ArgumentHelp(Messages.dryRunOption.text(.current)))
    var dryRun = false

    func run() async throws {
      try await common.run { console in
        let session = try Session(common, &console)
        let register = RegisterImport(
          workspace: session.workspace, ledger: session.ledger, reader: session.reader, now: session.now)
        let start = ContinuousClock().now
        let receipt = try session.workspace.locked {
          try register.importRegister(file, campaign: campaign, dryRun: dryRun)
        }
        console.print(receipt, seconds: start.duration(to: ContinuousClock().now).seconds)
        return receipt.outcome
      }
    }
  }
}
