import ArgumentParser
import Drawing
import Foundation
import Geodata

/// `SampleMaker OUTPUT-DIR [--seed N]`: an invented county with layers, deliveries and workflow for the demo.
@main
struct MakeSample: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "SampleMaker",
    abstract: "Makes the sample county: the same seed gives the same bytes.")

  @Argument(help: "The folder to write into; files of the same name are replaced.")
  var output: String

  @Option(help: "Another seed makes another county with the same totals.")
  var seed: UInt64 = 20_241_231

  func run() throws {
    do {
      try make()
    } catch let error as any ExplainedError {
      FileHandle.standardError.write(Data("\(error.message.zh)\n\(error.message.en)\n\(error.remedy.en)\n".utf8))
      throw ExitCode(error.outcome.rawValue)
    }
  }

  private func make() throws {
    let root = URL(fileURLWithPath: output, isDirectory: true)
    func folder(_ name: String) throws(SampleError) -> URL {
      let folder = root.appendingPathComponent(name, isDirectory: true)
      do {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      } catch {
        throw SampleError.notWritten(path: folder.path, reason: "\(error)")
      }
      return folder
    }

    let surveyor = try Surveyor()
    let county = try County(seed: seed, surveyor)
    let maker = ParcelMaker(Overlay(county, surveyor), seed: seed)
    var parcels: [String: [Parcel]] = [:]
    for plan in CampaignPlan.all {
      let earlier = plan.revisits.flatMap { parcels[$0] } ?? []
      parcels[plan.id] = try maker.parcels(of: plan, over: earlier)
    }

    try Layers(county: county).write(to: folder("layers"))
    let deliveries = Deliveries(folder: try folder("deliveries"), seed: seed)
    let delivered = try CampaignPlan.all.flatMap { try deliveries.write($0, parcels[$0.id] ?? []) }
    let workflow = Workflow(parcels, seed: seed)
    let tables = try folder("workflow")
    for table in workflow.tables { try writeFile(table.bytes, to: tables.appendingPathComponent(table.name)) }
    let register = "百日攻坚整改台账.xlsx"
    try Register(histories: workflow.registered).workbook
      .write(to: folder("registers").appendingPathComponent(register).path)

    let figures = Figures(
      campaigns: CampaignPlan.all.map {
        Figures.Campaign($0, parcels[$0.id] ?? [], restored: workflow.restored[$0.id])
      }, deliveries: delivered,
      workflow: workflow.tables.map { Figures.Table(file: $0.name, rows: $0.rows.count) },
      registers: [Figures.Table(file: register, rows: workflow.registered.count)])
    try writeFile(figures.json, to: root.appendingPathComponent("figures.json"))

    let count = parcels.values.reduce(0) { $0 + $1.count }
    let message = Messages.made(output, parcels: count, polygons: county.landUse.polygons.count)
    print(message.zh, message.en, separator: "\n")
  }
}
