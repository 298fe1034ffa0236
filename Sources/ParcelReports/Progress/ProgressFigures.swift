import Drawing
import Geodata
import ParcelModel

extension ProgressReport {
  /// One row a campaign, township and figure; figures that are zero are left out.
  var figures: Table {
    var table = Table(columns: [
      Table.Column("campaign"), Table.Column("campaignName"), Table.Column("township"), Table.Column("townshipName"),
      Table.Column("figure"), Table.Column("count", .number), Table.Column("areaMu", .number),
      Table.Column("farmlandMu", .number),
    ])
    for share in shares {
      let group = share.group
      var figures: [(String, Total)] = [("issued", group.issued)]
      figures += Stage.Part.allCases.map { ("partition.\($0.rawValue)", group.part($0)) }
      figures.append(("mustRectify", group.mustRectify))
      figures += RectificationStage.allCases.map { ("rectification.\($0.rawValue)", group.rectification($0)) }
      figures += Flags.named.map { ("flags.\($0.name)", group.flag($0.name)) }
      figures.append(("flags.overdue", share.overdue))
      func row(_ figure: String, _ count: Cell, _ area: Mu, _ farmland: Mu) {
        table.add([
          .text(share.campaign), .text(rules.name(ofCampaign: share.campaign)), .text(share.township?.digits ?? ""),
          .text(rules.name(of: share.township)), .text(figure), count, .area(area), .area(farmland),
        ])
      }
      for (name, total) in figures where total.count > 0 { row(name, .count(total.count), total.area, total.farmland) }
      if group.restored != Restored() { row("restored", .empty, group.restored.area, group.restored.farmland) }
    }
    return table
  }
}
