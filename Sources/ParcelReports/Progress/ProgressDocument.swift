import Drawing
import Geodata
import ParcelModel

extension ProgressReport {
  /// The document, for every medium that prints blocks.
  var blocks: [Block] {
    let sections: [(Message, [Block])] = [
      (Messages.overviewSection, overview), (Messages.campaignSection, campaigns),
      (Messages.townshipSection, townshipFigures), (Messages.deliverySection, received),
      (Messages.ratesSection, ratesInFull), (Messages.dataSection, caveats),
    ]
    var blocks: [Block] = [.note(Messages.cutOffNote(cutOff).text(language))]
    var number = 0
    for (title, content) in sections where !content.isEmpty {
      number += 1
      blocks.append(.heading(level: 2, Messages.section(number, title).text(language)))
      blocks += content
    }
    return blocks + [.heading(level: 2, Messages.outstandingSection.text(language))] + outstandingList
  }

  // MARK: In words

  private var overview: [Block] {
    let total = byCampaign.total
    guard total.issued.count > 0 else { return [.paragraph(Messages.nothingIssued(cutOff.asOf).text(language))] }
    var blocks: [Block] = []
    if byCampaign.groups.count > 1 {
      let sentences =
        [Messages.allIssued(by: cutOff.asOf, campaigns: byCampaign.groups.count, total.issued)]
        + sentences(total, overdue: overdueByCampaign.total, rates: [.rectification], due: nil)
      blocks.append(.paragraph(Messages.sentences(sentences, language)))
    }
    for (index, group) in byCampaign.groups.enumerated() {
      let campaign = campaign(group.key)
      let batches = batches[group.key]?.count ?? 0
      let sentences =
        [Messages.campaignIssued(campaign.name, by: cutOff.asOf, batches: batches, group.issued)]
        + sentences(
          group, overdue: overdueByCampaign.byGroup[group.key] ?? Total(), rates: campaign.rates,
          due: campaign.rectifyBy)
      let text = Messages.sentences(sentences, language)
      blocks.append(
        .paragraph(byCampaign.groups.count > 1 ? Messages.numbered(index + 1, text).text(language) : text))
    }
    return blocks
  }

  private var batches: [String: Set<String>] {
    var batches: [String: Set<String>] = [:]
    for parcel in parcels { batches[parcel.identity.campaign, default: []].insert(parcel.issue.batch) }
    return batches
  }

  private func sentences(_ group: Status.Group, overdue: Total, rates: [Rate], due: Day?) -> [Message] {
    let parts = Stage.Part.allCases.filter { group.part($0).count > 0 }
    var sentences = [Messages.ofThese(parts.map { (ParcelModel.Messages.part($0), group.part($0)) })]
    if group.mustRectify.count > 0 {
      let rate = group.figures(.rectification)
      sentences.append(
        Messages.rectified(
          mustRectify: group.mustRectify == group.issued ? nil : group.mustRectify,
          closed: group.rectification(.closed), open: group.open,
          countRate: rate.count?.percent ?? "—", farmlandRate: rate.farmland.percent))
      if group.restored != Restored() { sentences.append(Messages.restoredSoFar(group.restored)) }
      let penalized = group.flag("penalised").count
      if penalized > 0 { sentences.append(Messages.penalizedOfThese(penalized)) }
      if overdue.count > 0 {
        sentences.append(Messages.overdueOfThese(due: due, overdue))
      } else if let due, group.open.count > 0 {
        sentences.append(Messages.dueBy(due))
      }
    }
    if rates.contains(.filing) {
      sentences.append(Messages.filingRate(group.figures(.filing).count?.percent ?? "—"))
    }
    return sentences
  }

  // MARK: Tables, chart and map

  private var campaigns: [Block] {
    guard !byCampaign.groups.isEmpty else { return [] }
    let tables = tables(byCampaign, overdueByCampaign)
    return [tables.overview, tables.parts(.count), tables.parts(.farmland), tables.rectification].map { .table($0) }
      + chart(byCampaign, title: Messages.campaignChart)
  }

  private var townshipFigures: [Block] {
    guard !byTownship.groups.isEmpty else { return [] }
    let tables = tables(byTownship, overdueByTownship)
    return [.table(tables.overview), .table(tables.rectification)] + chart(byTownship, title: Messages.townshipChart)
      + [.figure(map, caption: Messages.mapCaption(cutOff.asOf, placed.count).text(language))]
  }

  private func tables(_ status: Status, _ overdue: Overdue) -> StatusTables {
    StatusTables(status, names: rules.names, overdue: overdue, language: language)
  }

  /// Closed and open farmland; parcels where there is no farmland at all.
  private func chart(_ status: Status, title: (StatusTables.Unit) -> Message) -> [Block] {
    let groups = status.groups.filter { $0.mustRectify.count > 0 }
    guard !groups.isEmpty else { return [] }
    let unit: StatusTables.Unit = status.total.mustRectify.farmland == .zero ? .count : .farmland
    func value(_ total: Total) -> Double { unit == .count ? Double(total.count) : total.farmland.value }
    let names = rules.names
    let chart = BarChart(
      title: title(unit).text(language),
      series: [
        BarChart.Series(Messages.closed.text(language), color: .green),
        BarChart.Series(Messages.open.text(language), color: .orange),
      ],
      bars: groups.map { group in
        BarChart.Bar(
          group.key.isEmpty ? Messages.notKnown.text(language) : names[group.key] ?? group.key,
          [value(group.rectification(.closed)), value(group.open)])
      }, decimals: unit == .count ? 0 : 2)
    return [.figure(chart.picture(width: 860), caption: Messages.chartCaption(cutOff.asOf, unit).text(language))]
  }

  // MARK: Deliveries

  private var received: [Block] {
    guard !deliveries.isEmpty else { return [] }
    func column(_ title: Message, _ kind: Table.Column.Kind = .number) -> Table.Column {
      Table.Column(title.text(language), kind)
    }
    var table = Table(columns: [
      column(Messages.file, .text), column(RegisterColumn.campaign.title, .text),
      column(RegisterColumn.batch.title, .text), column(RegisterColumn.issued.title, .day),
      column(Messages.delivered), column(Messages.accepted), column(Messages.corrected), column(Messages.duplicate),
      column(Messages.rejected),
    ])
    func counts(_ deliveries: [DeliveryRecord]) -> [Cell] {
      let counts: [(DeliveryRecord) -> Int] = [
        \.delivered, \.accepted, \.corrected, \.duplicate, { $0.rejects.count },
      ]
      return counts.map { count in .count(deliveries.reduce(0) { $0 + count($1) }) }
    }
    for delivery in deliveries {
      table.add(
        [
          .text(delivery.name), .text(rules.name(ofCampaign: delivery.campaign)), .text(delivery.batch),
          .day(delivery.issued),
        ] + counts([delivery]))
    }
    table.close(
      total: [.text(ParcelModel.Messages.total.text(language)), .empty, .empty, .empty] + counts(deliveries))
    table.notes = [Messages.deliveryNote.text(language)]
    return [.table(table)] + rejects
  }

  private var rejects: [Block] {
    let rows = deliveries.flatMap { delivery in
      delivery.rejects.map { reject -> [Cell] in
        let message = reject.finding.message.text(language)
        return [
          .text(delivery.name), .count(reject.record), .text(reject.code ?? ""),
          .text(reject.reason.isEmpty ? message : Messages.inBrackets(message, reject.reason).text(language)),
          .text(reject.finding.remedy.text(language)),
        ]
      }
    }
    guard !rows.isEmpty else { return [] }
    return [
      .table(
        Table(
          caption: Messages.rejectsCaption(rows.count).text(language),
          columns: [
            Table.Column(Messages.file.text(language)), Table.Column(Messages.record.text(language), .number),
            Table.Column(RegisterColumn.code.title.text(language)),
            Table.Column(WorkflowField.reason.title.text(language)), Table.Column(Messages.remedy.text(language)),
          ], rows: rows))
    ]
  }

  // MARK: Definitions

  /// Every rate with what it was computed from.
  private var ratesInFull: [Block] {
    guard !byCampaign.groups.isEmpty else { return [] }
    let rates = Rate.allCases.filter { rate in
      byCampaign.groups.contains { campaign($0.key).rates.contains(rate) }
    }
    guard !rates.isEmpty else { return [] }
    var table = Table(
      columns: [
        Table.Column(RegisterColumn.campaign.title.text(language)), Table.Column(Messages.rateColumn.text(language)),
        Table.Column(Messages.basisColumn.text(language)), Table.Column(Messages.numerator.text(language), .number),
        Table.Column(Messages.denominator.text(language), .number),
        Table.Column(Messages.percent.text(language), .number),
      ], notes: [Messages.ratesNote(cutOff).text(language), Messages.zeroDenominator.text(language)])
    for group in byCampaign.groups {
      let campaign = campaign(group.key)
      for rate in rates where campaign.rates.contains(rate) {
        for unit in StatusTables.Unit.allCases where rate != .restoration || unit == .farmland {
          guard let quotient = group.figures(rate).quotient(in: unit) else { continue }
          table.add([
            .text(campaign.name), .text(rate.title.text(language)),
            .text(Messages.basis(of: unit, campaign.basis).text(language)), quotient.cell(quotient.numerator),
            quotient.cell(quotient.denominator), quotient.percentCell,
          ])
        }
      }
    }
    let definitions = rates.map { Block.Definition($0.title.text(language), $0.definition.text(language)) }
    return [.definitions(definitions), .table(table)]
  }

  private var caveats: [Block] {
    var items = [
      Messages.sourceOfFigures(cutOff), Messages.meaningOfCutOff(cutOff.asOf), Messages.rounding,
    ]
    items += byCampaign.groups.map { group in
      let campaign = campaign(group.key)
      return Messages.campaignBasis(campaign.name, campaign.basis, township: campaign.township)
    }
    if byCampaign.total.issued.fallbacks > 0 { items.append(Messages.fallbacks(byCampaign.total.issued.fallbacks)) }
    if byCampaign.groups.count > 1 { items.append(Messages.countedPerCampaign) }
    if let unplaced = byTownship.groups.first(where: { $0.key.isEmpty }) {
      items.append(Messages.withoutTownship(unplaced.issued.count))
    }
    items.append(Messages.producedBy(program))
    return [.list(items.map { $0.text(language) })] + findingCounts
  }

  private var findingCounts: [Block] {
    var counts: [Finding.Code: Int] = [:]
    for parcel in parcels { for code in parcel.issue.findings { counts[code, default: 0] += 1 } }
    guard !counts.isEmpty else { return [] }
    return [
      .table(
        Table(
          caption: Messages.findingsCaption.text(language),
          columns: [
            Table.Column(Messages.finding.text(language)), Table.Column(Messages.parcelCount.text(language), .number),
            Table.Column(Messages.remedy.text(language)),
          ],
          rows: counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { code, count in
            [.text(code.message.text(language)), .count(count), .text(code.remedy.text(language))]
          }))
    ]
  }

  // MARK: The list of what is open

  private var outstandingList: [Block] {
    guard !outstanding.isEmpty else { return [.paragraph(Messages.nothingOutstanding.text(language))] }
    return [.paragraph(Messages.outstandingNote(cutOff.asOf).text(language))]
      + byCampaign.groups.compactMap { group in
        let parcels = outstanding.filter { $0.identity.campaign == group.key }
        return parcels.isEmpty ? nil : .table(list(parcels, of: campaign(group.key)))
      }
  }

  private func list(_ parcels: [ParcelState], of campaign: Campaign) -> Table {
    func column(_ title: Message, _ kind: Table.Column.Kind = .text) -> Table.Column {
      Table.Column(title.text(language), kind)
    }
    let isOverdue = parcels.contains { $0.isOverdue(campaign, asOf: cutOff.asOf) }
    var table = Table(
      caption: Messages.outstandingCaption(
        campaign.name, parcels.count, due: campaign.rectifyBy, isOverdue: isOverdue
      ).text(language),
      columns: [
        column(Messages.number, .number), column(RegisterColumn.code.title), column(RegisterColumn.township.title),
        column(Messages.areaMu, .number), column(Messages.farmlandMu, .number), column(RegisterColumn.stage.title),
        column(Messages.responsible), column(RegisterColumn.note.title),
      ])
    var sum = Total()
    for (index, parcel) in parcels.enumerated() {
      let rules = rules[parcel.identity]
      let total = parcel.total(rules.basis)
      sum += total
      let assignment = parcel.assignment
      let place = [self.rules.name(of: parcel.township(rules.township)), assignment.village ?? ""]
      var notes: [String] = []
      if parcel.isPenalizedAndOpen { notes.append(Messages.penalized.text(language)) }
      if let note = parcel.latestNote { notes.append(note) }
      table.add([
        .count(index + 1), .text(parcel.identity.code),
        .text(place.filter { !$0.isEmpty }.joined(separator: " ")), .area(total.area), .area(total.farmland),
        .text(ParcelModel.Messages.stage(parcel.stage).text(language)),
        .text([assignment.office, assignment.responsible].compactMap { $0 }.joined(separator: " ")),
        .text(notes.joined(separator: Messages.semicolon.text(language))),
      ])
    }
    table.close(
      total: [
        .empty, .text(Messages.totalOfParcels(parcels.count).text(language)), .empty, .area(sum.area),
        .area(sum.farmland), .empty, .empty, .empty,
      ])
    return table
  }

  private func campaign(_ id: String) -> Campaign {
    rules.campaigns.first { $0.id == id } ?? Campaign(id: id, name: id, template: "")
  }
}
