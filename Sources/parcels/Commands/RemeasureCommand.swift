import ArgumentParser
import Drawing
import Foundation
import Geodata
import ParcelLedger
import ParcelModel
import ParcelProcessing
import ParcelWorkspace

struct RemeasureCommand: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "remeasure", abstract: Messages.remeasureHelp.text(.current),
      discussion: Messages.remeasureMore.text(.current))
  }

  @OptionGroup var common: CommonOptions

  @Option(help: ArgumentHelp(Messages.campaignID.text(.current), valueName: "ID"))
  var campaign: String

  @Option(help: ArgumentHelp(Messages.reasonOption.text(.current), valueName: "TEXT"))
  var reason: String

  @Option(help: ArgumentHelp(Messages.countyOption.text(.current), valueName: "CODE"))
  var county: String?

  @Option(help: ArgumentHelp(Messages.workersOption.text(.current), valueName: "N"))
  var workers: Int = ProcessInfo.processInfo.activeProcessorCount

  @Flag(name: .customLong("dry-run"), help: ArgumentHelp(Messages.dryRunOption.text(.current)))
  var dryRun = false

  func run() async throws {
    try await common.run { console in
      let session = try Session(common, &console)
      var order = RemeasureOrder(campaign: campaign, reason: reason)
      order.county = try SelectionOptions.county(county)
      let run = RemeasureRun(
        workspace: session.workspace, ledger: session.ledger, reader: session.reader, now: session.now,
        workers: workers)
      let start = ContinuousClock().now
      let receipt = try await session.workspace.locked { try await run.run(order, dryRun: dryRun) }
      let names = try LayerShelf(session.workspace).townshipNames()
      console.print(receipt, townships: names, seconds: start.duration(to: ContinuousClock().now).seconds)
      return receipt.outcome
    }
  }
}

extension Console {
  fileprivate func print(_ receipt: RemeasureReceipt, townships names: [DivisionCode: String], seconds: Double) {
    if isJSON { return print(receipt.json(language, townships: names, seconds: seconds).text) }
    tell(Messages.remeasured(receipt, seconds: seconds))
    if !receipt.moved.isEmpty {
      print(table(receipt, names))
      if isVerbose { print(list(receipt, names)) }
    }
    for group in receipt.groups { print(group) }
  }

  /// What moved, one row a township.
  private func table(_ receipt: RemeasureReceipt, _ names: [DivisionCode: String]) -> Table {
    let heads = [Messages.township, Messages.parcelCount] + Messages.movedColumns
    var table = Table(
      columns: heads.enumerated().map { .init($1.text(language), $0 == 0 ? .text : .number) })
    func row(_ name: String, _ group: RemeasureReceipt.Group) -> [Cell] {
      [.text(name), .count(group.after.count)] + Self.cells(group.before, group.after)
    }
    for group in receipt.townships { table.add(row(group.township.map { names[$0] ?? $0.digits } ?? "", group)) }
    table.close(total: row(ParcelModel.Messages.total.text(language), receipt.total))
    return table
  }

  /// One row a parcel.
  private func list(_ receipt: RemeasureReceipt, _ names: [DivisionCode: String]) -> Table {
    let heads = [Messages.showCode, Messages.township] + Messages.movedColumns
    var table = Table(
      columns: heads.enumerated().map { .init($1.text(language), $0 < 2 ? .text : .number) })
    for change in receipt.moved {
      let township = change.township.map { names[$0] ?? $0.digits } ?? ""
      let group = RemeasureReceipt.Group([change])
      table.add([.text(change.identity.code), .text(township)] + Self.cells(group.before, group.after))
    }
    return table
  }

  /// Area, farmland and basic farmland, each before and after, in 亩.
  private static func cells(_ before: Total, _ after: Total) -> [Cell] {
    [\Total.area, \.farmland, \.basicFarmland].flatMap { [.area(before[keyPath: $0]), .area(after[keyPath: $0])] }
  }
}
