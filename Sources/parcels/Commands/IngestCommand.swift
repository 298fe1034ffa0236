import ArgumentParser
import Drawing
import Foundation
import Geodata
import ParcelModel
import ParcelProcessing
import ParcelReports
import ParcelWorkspace

struct IngestCommand: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "ingest", abstract: Messages.ingestHelp.text(.current),
      discussion: Messages.ingestMore.text(.current))
  }

  @OptionGroup var common: CommonOptions

  @Argument(help: ArgumentHelp(Messages.ingestFiles.text(.current), valueName: "FILE"))
  var files: [String]

  @Option(help: ArgumentHelp(Messages.campaignID.text(.current), valueName: "ID"))
  var campaign: String

  @Option(help: ArgumentHelp(Messages.layerOption.text(.current), valueName: "NAME"))
  var layer: String?

  @Option(help: ArgumentHelp(Messages.batchOption.text(.current), valueName: "LABEL"))
  var batch: String?

  @Option(help: ArgumentHelp(Messages.issuedOption.text(.current), valueName: "DATE"))
  var issued: String?

  @Option(help: ArgumentHelp(Messages.profileOption.text(.current), valueName: "NAME"))
  var profile: String?

  @Option(help: ArgumentHelp(Messages.crsOption.text(.current), valueName: "EPSG:n"))
  var crs: String?

  @Flag(name: .customLong("swap-axes"), help: ArgumentHelp(Messages.swapAxesOption.text(.current)))
  var swapAxes = false

  @Option(help: ArgumentHelp(Messages.encodingOption.text(.current), valueName: "NAME"))
  var encoding: String?

  @Option(help: ArgumentHelp(Messages.workersOption.text(.current), valueName: "N"))
  var workers: Int = ProcessInfo.processInfo.activeProcessorCount

  @Flag(name: .customLong("verify-areas"), help: ArgumentHelp(Messages.verifyAreasOption.text(.current)))
  var verifyAreas = false

  @Option(help: ArgumentHelp(Messages.dumpOption.text(.current), valueName: "FILE"))
  var dump: String?

  @Flag(name: .customLong("dry-run"), help: ArgumentHelp(Messages.dryRunOption.text(.current)))
  var dryRun = false

  func run() async throws {
    try await common.run { console in
      if dump != nil, files.count > 1 { throw UsageError.oneFileAtATime(option: "--dump") }
      if let dump { try console.guardOutput(dump) }
      let session = try Session(common, &console)
      let run = BatchRun(
        workspace: session.workspace, ledger: session.ledger, reader: session.reader, now: session.now,
        workers: workers)
      var outcomes: [Outcome] = []
      for file in files {
        var order = IngestOrder(path: file, campaign: campaign)
        (order.layer, order.batch, order.profile, order.encoding) = (layer, batch, profile, encoding)
        order.issued = try common.day(issued, "--issued")
        order.reference = try common.reference(crs)
        order.swapsAxes = swapAxes
        (order.verifiesAreas, order.dump) = (verifyAreas, dump)
        let clock = ContinuousClock()
        let start = clock.now
        do {
          let receipt = try await session.workspace.locked { try await run.run(order, dryRun: dryRun) }
          console.print(receipt, seconds: start.duration(to: clock.now).seconds)
          outcomes.append(receipt.outcome)
        } catch let error as any ExplainedError where files.count > 1 && error.outcome == .nothingTaken {
          // The other files go on.
          console.explain(error)
          outcomes.append(error.outcome)
        }
      }
      return Outcome(of: outcomes)
    }
  }
}

extension Outcome {
  /// Of several files: all done, nothing taken from any, or something in between.
  init(of outcomes: [Outcome]) {
    let failed = outcomes.count { $0 != .done }
    self = failed == 0 ? .done : outcomes.allSatisfy { $0 == .nothingTaken } ? .nothingTaken : .incomplete
  }
}

extension Duration {
  var seconds: Double {
    Double(components.seconds) + Double(components.attoseconds) / 1e18
  }
}

extension Console {
  func print(_ receipt: Receipt, seconds: Double) {
    if let refusal = receipt.refusal { explain(refusal) }
    if isJSON { return print(receipt.json(language, seconds: seconds).text) }
    if receipt.refusal == nil {
      tell(Messages.receipt(receipt, seconds: seconds))
      for group in receipt.groups { print(group) }
      if let verification = receipt.verification { tell(Messages.verification(verification)) }
    }
    if receipt.isDryRun { print(receipt.preview) }
    if let folder = receipt.quarantine { say(Messages.quarantined(folder.path)) }
  }

  func print(_ group: Finding.Group) {
    tell(Messages.findingLine(group))
    let shown = isVerbose ? .max : group.code.severity == .error ? 20 : 3
    for finding in group.findings.prefix(shown) { tell(Messages.findingRecord(finding)) }
    let more = group.findings.dropFirst(shown).reduce(0) { $0 + $1.count }
    if more > 0 { tell(Messages.more(more)) }
    if group.code.severity != .note { tell(Messages.remedyLine(group.code.remedy.text(language))) }
  }

  /// One line a column: what it was taken for, and its first cells.
  private func print(_ preview: Preview) {
    var table = Table(
      caption: Messages.previewTitle.text(language),
      columns: Messages.previewColumns.map { .init($0.text(language)) })
    for (index, column) in preview.columns.enumerated() {
      let cells = preview.rows.compactMap { index < $0.count ? $0[index] : nil }
      table.add([
        .text(column.field), .text(Messages.meaning(column.meaning).text(language)),
        column.unit.map { .text($0.title.text(language)) } ?? .empty,
        .text(cells.map { $0.count > 24 ? $0.prefix(23) + "…" : $0 }.joined(separator: " | ")),
      ])
    }
    if !preview.columns.isEmpty { print(table) }
  }
}
