import ArgumentParser
import Drawing
import Geodata
import ParcelLedger
import ParcelModel
import ParcelProcessing
import ParcelReports
import ParcelWorkspace

struct StatusCommand: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "status", abstract: Messages.statusHelp.text(.current),
      discussion: Messages.statusMore.text(.current))
  }

  @OptionGroup var common: CommonOptions

  @Option(help: ArgumentHelp(Messages.campaignID.text(.current), valueName: "ID"))
  var campaign: [String] = []

  @Option(help: ArgumentHelp(Messages.countyOption.text(.current), valueName: "CODE"))
  var county: String?

  @Option(help: ArgumentHelp(Messages.townshipOption.text(.current), valueName: "CODE"))
  var township: String?

  @Option(name: .customLong("by"), help: ArgumentHelp(Messages.byOption.text(.current), valueName: "DIMENSION"))
  var dimension: String?

  @Option(name: .customLong("as-of"), help: ArgumentHelp(Messages.asOfOption.text(.current), valueName: "DATE"))
  var asOf: String?

  @Option(
    name: .customLong("known-at"), help: ArgumentHelp(Messages.knownAtOption.text(.current), valueName: "TIME|POSITION")
  )
  var knownAt: String?

  @Option(help: ArgumentHelp(Messages.areaOption.text(.current), valueName: "BASIS"))
  var area: String?

  @Flag(help: ArgumentHelp(Messages.csvOption.text(.current)))
  var csv = false

  @Option(help: ArgumentHelp(Messages.outputOption.text(.current), valueName: "FILE"))
  var output: String?

  func run() async throws {
    try await common.run { console in
      let session = try Session(common, &console)
      var selection = SelectionOptions()
      (selection.campaign, selection.county, selection.township) = (campaign, county, township)
      let townships = try LayerShelf(session.workspace).townshipNames()
      let wanted = try selection.township(townships)
      let basis = try common.choice(area, "--area", Campaign.Basis.self)
      // A prefecture or province groups by county first.
      let usual: Status.Dimension = session.workspace.settings.county.level == .county ? .campaign : .county
      let dimension = try common.choice(dimension, "--by", Status.Dimension.self) ?? usual
      let (known, day) = (try session.known(knownAt), try common.day(asOf, "--as-of"))
      try session.ledger.read { snapshot in
        let rules = try Rulebook(snapshot, known: known, townships: townships)
        for id in campaign where !rules.campaigns.contains(where: { $0.id == id }) {
          throw LedgerError.unknownCampaign(id)
        }
        let status = try snapshot.status(
          try selection.selection(), township: wanted, by: dimension, asOf: day, known: known, basis: basis)
        let cutOff = try CutOff(snapshot, asOf: day ?? session.now.dayInShanghai, known: known)
        let overdue = try Overdue(
          snapshot, try selection.selection(), township: wanted, by: dimension, asOf: cutOff.asOf, known: known,
          basis: basis)
        if console.isJSON {
          let json = status.json(
            county: county ?? session.workspace.settings.county.digits, cutOff: cutOff, head: try snapshot.head(),
            overdue: overdue)
          return try console.deliver(json.text, to: output)
        }
        var names = rules.names
        names[session.workspace.settings.county.digits] = session.workspace.settings.name
        let tables = StatusTables(status, names: names, overdue: overdue, language: console.language)
        if !csv, output == nil {
          console.print(
            Messages.statusTitle(
              session.workspace.settings.name, asOf: cutOff.asOf.description, position: cutOff.position,
              basis: ParcelModel.Messages.basis(status.basis)
            ).text(console.language))
        }
        try console.deliver(tables.tables, asCSV: csv, to: output)
      }
      return .done
    }
  }
}
