package import Drawing
package import Geodata
package import ParcelModel

/// Everything about one parcel, for `parcels show`: its facts, its areas, and what happened to it in order.
package struct ParcelStory: Sendable {
  package let parcel: ParcelState
  package let chapters: [Chapter]
  package let rules: Rulebook
  /// T; nothing: everything that is known.
  package let asOf: Day?

  /// One event of the history and whether it counts.
  package struct Chapter: Hashable, Sendable {
    package var event: Event
    /// The event that took its place, by sequence number.
    package var correctedBy: Int?
    /// Happened only after T.
    package var isLater: Bool

    package var counts: Bool { correctedBy == nil && !isLater }
  }

  /// - Returns: nothing where the parcel was not yet issued as of T.
  /// - Throws: `Refusal` where the events cannot have happened in their order.
  package init?(_ history: History, rules: Rulebook, asOf day: Day?) throws(Refusal) {
    guard let parcel = try history.state(asOf: day, rules: rules[history.identity]) else { return nil }
    self.parcel = parcel
    self.rules = rules
    asOf = day
    let correctedBy = history.correctedBy
    chapters = history.events.sorted { ($0.effective, $0.seq) < ($1.effective, $1.seq) }.map { event in
      Chapter(
        event: event, correctedBy: correctedBy[event.seq], isLater: day.map { event.effective > $0 } ?? false)
    }
  }

  package func document(_ language: Language) -> MarkdownDocument {
    MarkdownDocument(title: title(language), blocks: blocks(language))
  }

  package func page(_ language: Language) -> HTMLDocument {
    HTMLDocument(title: title(language), language: language, blocks: blocks(language))
  }

  package func text(_ language: Language, width: Int?, isColored: Bool) -> String {
    TerminalDocument(title: title(language), blocks: blocks(language), width: width, isColored: isColored).text
  }

  package func title(_ language: Language) -> String {
    Messages.storyTitle(
      code: parcel.identity.code, campaign: rules.name(ofCampaign: parcel.identity.campaign)
    ).text(language)
  }

  // MARK: The chapters of the document

  package func blocks(_ language: Language) -> [Block] {
    let parts: [(Message, [Block])] = [
      (Messages.facts, facts(language)), (Messages.areas, areas(language)), (Messages.classes, classes(language)),
      (Messages.places, places(language)), (Messages.measuredAgain, measuredAgain(language)),
      (Messages.relations, relations(language)),
      (Messages.determinationHeading, determination(language)),
      (Messages.rectificationHeading, rectification(language)),
      (Messages.deadlines, deadlines(language)), (Messages.cases, cases(language)),
      (Messages.findings, findings(language)), (Messages.history, history(language)),
    ]
    return [.paragraph(summary(language))]
      + parts.flatMap { title, blocks in
        blocks.isEmpty ? [] : [.heading(level: 2, title.text(language))] + blocks
      }
  }

  private var campaign: Campaign { rules[parcel.identity] }

  private func summary(_ language: Language) -> String {
    let township = rules.name(of: parcel.township(campaign.township))
    let total = parcel.total(campaign.basis)
    var sentences = [
      Messages.storyIssued(
        on: parcel.issued, batch: parcel.issue.batch, township: township.isEmpty ? nil : township, total: total)
    ]
    sentences.append(Messages.storyStage(parcel.stage, asOf: asOf))
    if let due = parcel.due(campaign), parcel.isOpen {
      sentences.append(Messages.storyDue(due, isOverdue: asOf.map { $0 > due } ?? false))
    }
    if parcel.isPenalizedAndOpen { sentences.append(Messages.storyPenalized) }
    return Messages.sentences(sentences, language)
  }

  private func facts(_ language: Language) -> [Block] {
    let assignment = parcel.assignment
    let measured = parcel.issue.measured
    var entries: [Block.Definition] = []
    func add(_ term: Message, _ meaning: String?) {
      guard let meaning, !meaning.isEmpty else { return }
      entries.append(.init(term.text(language), meaning))
    }
    add(RegisterColumn.code.title, parcel.identity.code)
    add(RegisterColumn.campaign.title, named(campaign.name, parcel.identity.campaign, language))
    add(RegisterColumn.batch.title, parcel.issue.batch)
    add(RegisterColumn.issued.title, parcel.issued.description)
    add(Messages.delivery, Messages.deliveryRecord(parcel.issue.delivery, record: parcel.issue.record).text(language))
    add(Messages.dimension(.county), parcel.identity.county.digits)
    add(Messages.assignedTownship, assignment.township.map { named(rules.name(of: $0), $0.digits, language) })
    add(Messages.overlapTownship, measured.township.map { named(rules.name(of: $0), $0.digits, language) })
    add(Messages.deliveredTownship, parcel.issue.declared.township)
    add(RegisterColumn.village.title, assignment.village ?? measured.village?.digits)
    add(WorkflowField.district.title, assignment.district)
    add(RegisterColumn.office.title, assignment.office)
    add(RegisterColumn.responsible.title, assignment.responsible)
    add(RegisterColumn.party.title, assignment.party)
    add(RegisterColumn.project.title, assignment.project)
    add(RegisterColumn.note.title, parcel.latestNote)
    for (name, value) in parcel.issue.declared.attributes.sorted(by: { $0.key < $1.key }) {
      entries.append(.init(name, value))
    }
    return [.definitions(entries)]
  }

  private func areas(_ language: Language) -> [Block] {
    let (declared, measured) = (parcel.issue.declared, parcel.issue.measured)
    let determination = parcel.determination
    let lines: [(Message, [SquareMeters?])] = [
      (Messages.parcelArea, [declared.area, measured.area, determination?.area]),
      (Messages.farmland, [declared.farmland, measured.farmland, determination?.farmland]),
      (Messages.basicFarmland, [declared.basicFarmland, measured.basicFarmland, nil]),
      (Messages.adjustable, [nil, measured.adjustable, nil]), (Messages.redline, [nil, measured.redline, nil]),
    ]
    let isDetermined = determination?.area != nil || determination?.farmland != nil
    let bases: [Campaign.Basis] = isDetermined ? [.declared, .measured, .determined] : [.declared, .measured]
    var table = Table(
      columns: [Table.Column(Messages.areaKind.text(language))]
        + bases.flatMap { basis in
          [
            Table.Column(Messages.area(basis, isMu: true).text(language), .number),
            Table.Column(Messages.area(basis, isMu: false).text(language), .number),
          ]
        },
      notes: [Messages.basisNote(campaign.basis).text(language)]
        + (measured.layers.isEmpty
          ? [] : [Messages.measuredAgainst(measured.layers, rules: measured.rules).text(language)])
    )
    for (title, areas) in lines where areas.contains(where: { $0 != nil }) {
      table.add(
        [.text(title.text(language))]
          + areas.prefix(bases.count).flatMap { area -> [Cell] in
            area.map { [.area(Mu($0)), .area($0)] } ?? [.empty, .empty]
          })
    }
    return [.table(table)]
  }

  private func classes(_ language: Language) -> [Block] {
    let measured = parcel.issue.measured
    guard !measured.classes.isEmpty else { return [] }
    var table = Table(columns: [
      Table.Column(Messages.majorClassColumn.text(language)), Table.Column(Messages.classCode.text(language)),
      Table.Column(Messages.className.text(language)), Table.Column(Messages.mu.text(language), .number),
      Table.Column(Messages.squareMeters.text(language), .number),
    ])
    var sum = SquareMeters.zero
    for major in LandUse.MajorClass.allCases {
      let classes = measured.classes.filter { LandUse.majorClass(of: $0.key) == major }.sorted { $0.key < $1.key }
      for (code, area) in classes {
        table.add([
          .text(Messages.majorClass(major).text(language)), .text(code.rawValue),
          .text(Messages.landUse(code)?.text(language) ?? ""), .area(Mu(area)), .area(area),
        ])
        sum += area
      }
      if classes.count > 1, let area = measured.majorClasses[major] {
        table.add([
          .text(Messages.subtotal(Messages.majorClass(major)).text(language)), .empty, .empty, .area(Mu(area)),
          .area(area),
        ])
      }
    }
    table.close(
      total: [.text(ParcelModel.Messages.total.text(language)), .empty, .empty, .area(Mu(sum)), .area(sum)])
    return [.table(table)]
  }

  /// Where the parcel lies and what is laid over it.
  private func places(_ language: Language) -> [Block] {
    let measured = parcel.issue.measured
    func table(_ caption: Message, _ head: Message, _ rows: [(String, SquareMeters)]) -> [Block] {
      guard !rows.isEmpty else { return [] }
      return [
        .table(
          Table(
            caption: caption.text(language),
            columns: [
              Table.Column(head.text(language)), Table.Column(Messages.mu.text(language), .number),
              Table.Column(Messages.squareMeters.text(language), .number),
              Table.Column(Messages.share.text(language), .number),
            ],
            rows: rows.map { name, area in
              [
                .text(name), .area(Mu(area)), .area(area),
                .number(100 * area.value / max(measured.area.value, 0.01), decimals: 2),
              ]
            }))
      ]
    }
    let townships = measured.townships.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    let overlays = measured.overlays.sorted { $0.key < $1.key }
    return table(
      Messages.townshipShares, Messages.dimension(.township),
      townships.map { (named(rules.name(of: $0.key), $0.key.digits, language), $0.value) })
      + table(Messages.overlays, Messages.overlay, overlays.map { ($0.key, $0.value) })
  }

  /// The last measurement beside the first.
  private func measuredAgain(_ language: Language) -> [Block] {
    guard let remeasured = parcel.remeasured else { return [] }
    let (first, last) = (parcel.issue.measured, remeasured.measured)
    let heads = [Messages.firstMeasured, Messages.lastMeasured].flatMap { title in
      [Messages.mu, Messages.squareMeters].map { Messages.inBrackets(title.text(language), $0.text(language)) }
    }
    var table = Table(
      columns: [Table.Column(Messages.areaKind.text(language))]
        + heads.map { Table.Column($0.text(language), .number) },
      notes: [
        Messages.countedMeasurement(isLast: remeasured.counts).text(language),
        Messages.measuredAgainst(last.layers, rules: last.rules).text(language),
      ])
    let areas: [(Message, SquareMeters?, SquareMeters?)] =
      [
        (Messages.parcelArea, first.area, last.area), (Messages.farmland, first.farmland, last.farmland),
        (Messages.basicFarmland, first.basicFarmland, last.basicFarmland),
        (Messages.adjustable, first.adjustable, last.adjustable), (Messages.redline, first.redline, last.redline),
      ]
      + LandUse.MajorClass.allCases.map {
        (Messages.majorClass($0), first.majorClasses[$0], last.majorClasses[$0])
      }
    for (title, first, last) in areas where first != nil || last != nil {
      table.add(
        [.text(title.text(language))]
          + [first, last].flatMap { area -> [Cell] in area.map { [.area(Mu($0)), .area($0)] } ?? [.empty, .empty] })
    }
    return definitions(
      [
        (WorkflowField.date.title, remeasured.on.description), (WorkflowField.reason.title, remeasured.reason),
      ], language) + [.table(table)]
  }

  private func relations(_ language: Language) -> [Block] {
    guard let earlier = parcel.issue.earlier else { return [] }
    return [
      .paragraph(
        Messages.earlierParcel(
          code: earlier.code, campaign: rules.name(ofCampaign: earlier.campaign), percent: earlier.percent
        ).text(language))
    ]
  }

  private func determination(_ language: Language) -> [Block] {
    guard let determination = parcel.determination else { return [] }
    let ground = determination.ground.map { code in
      named(campaign.ground(code)?.names.first ?? code, code, language)
    }
    return definitions(
      [
        (RegisterColumn.determination.title, determination.verdict.title.text(language)),
        (RegisterColumn.determined.title, determination.on.description),
        (WorkflowField.level.title, determination.level),
        (RegisterColumn.ground.title, ground), (WorkflowField.document.title, determination.document),
        (RegisterColumn.determinedArea.title, determination.area.map { Mu($0).description }),
        (RegisterColumn.determinedFarmland.title, determination.farmland.map { Mu($0).description }),
      ], language)
  }

  private func rectification(_ language: Language) -> [Block] {
    guard let stage = parcel.stage.rectification else { return [] }
    let rectification = parcel.rectification
    return definitions(
      [
        (RegisterColumn.stage.title, ParcelModel.Messages.rectification(stage).text(language)),
        (Messages.handedOver, parcel.handedOver?.description),
        (Messages.due, parcel.due(campaign)?.description),
        (RegisterColumn.measure.title, rectification.measure),
        (RegisterColumn.started.title, rectification.started?.description),
        (RegisterColumn.restoredArea.title, Mu(rectification.restoredArea).description),
        (RegisterColumn.restoredFarmland.title, Mu(rectification.restoredFarmland).description),
        (RegisterColumn.completed.title, rectification.completed?.description),
        (RegisterColumn.accepted.title, rectification.accepted?.description),
        (RegisterColumn.closed.title, rectification.closed?.description),
      ], language)
  }

  private func definitions(_ entries: [(Message, String?)], _ language: Language) -> [Block] {
    [
      .definitions(
        entries.compactMap { term, meaning in
          guard let meaning, !meaning.isEmpty else { return nil }
          return .init(term.text(language), meaning)
        })
    ]
  }

  /// The steps that are not done, with their last days.
  package var dues: [Due] { parcel.dues(campaign, rules.calendar(in: parcel.identity.county)) }

  private func deadlines(_ language: Language) -> [Block] {
    let dues = dues
    guard !dues.isEmpty else { return [] }
    return [
      .table(
        Table(
          columns: [
            .init(Messages.dueStep.text(language)), .init(Messages.lastDay.text(language), .day),
            .init(Messages.dueNote.text(language)),
          ],
          rows: dues.map { due in
            [
              .text(due.step.title.text(language)), due.day.map { .day($0) } ?? .empty,
              .text(Messages.note(on: due, of: parcel)?.text(language) ?? ""),
            ]
          }))
    ]
  }

  /// 元 of fen.
  private func money(_ fen: Int64) -> Cell { .number(Double(fen) / 100, decimals: 2) }

  private func cases(_ language: Language) -> [Block] {
    guard !parcel.cases.isEmpty else { return [] }
    return [
      .table(
        Table(
          columns: [
            Table.Column(WorkflowField.caseNumber.title.text(language)),
            Table.Column(RegisterColumn.stage.title.text(language)),
            Table.Column(Messages.caseOpened.text(language), .day),
            Table.Column(Messages.casePenalized.text(language), .day),
            Table.Column(Messages.caseServed.text(language), .day),
            Table.Column(Messages.levied.text(language), .number),
            Table.Column(Messages.paid.text(language), .number),
            Table.Column(Messages.treasury.text(language), .number),
            Table.Column(Messages.caseConcluded.text(language), .day),
          ],
          rows: parcel.cases.map { file in
            [
              .text(file.number), .text(file.stage.title.text(language)), .day(file.opened),
              file.penalized.map { .day($0) } ?? .empty,
              file.decisions.last?.served.map { .day($0) } ?? .empty, money(file.levied), money(file.paid),
              money(file.treasury), file.concluded.map { .day($0) } ?? .empty,
            ]
          }))
    ]
  }

  private func findings(_ language: Language) -> [Block] {
    guard !parcel.issue.findings.isEmpty else { return [] }
    return [
      .list(
        parcel.issue.findings.map { code in
          Messages.findingWithRemedy(message: code.message, remedy: code.remedy, code: code.rawValue).text(language)
        })
    ]
  }

  private func history(_ language: Language) -> [Block] {
    var table = Table(
      columns: [
        Table.Column(WorkflowField.date.title.text(language), .day),
        Table.Column(WorkflowField.event.title.text(language)), Table.Column(Messages.details.text(language)),
        Table.Column(WorkflowField.actor.title.text(language)),
        Table.Column(WorkflowField.document.title.text(language)),
        Table.Column(Messages.recorded.text(language)), Table.Column(Messages.seq.text(language), .number),
        Table.Column(Messages.position.text(language), .number),
      ], notes: [Messages.historyNote.text(language)])
    for chapter in chapters {
      let event = chapter.event
      table.add([
        .day(event.effective), .text(event.deed.title.text(language)),
        .text(details(of: chapter, language).joined(separator: Messages.semicolon.text(language))),
        .text(event.actor), .text(event.document), .text(event.recorded.inBeijing), .count(event.seq),
        .count(event.position),
      ])
    }
    return [.table(table)]
  }

  private func details(of chapter: Chapter, _ language: Language) -> [String] {
    var details: [String] = []
    if let seq = chapter.correctedBy { details.append(Messages.correctedBy(seq).text(language)) }
    if chapter.isLater { details.append(Messages.afterCutOff.text(language)) }
    switch chapter.event.deed {
    case .issue(let issue), .reissue(let issue):
      details.append(
        Messages.issueDetails(
          batch: issue.batch, record: issue.record, area: issue.declared.area.map { Mu($0) },
          farmland: issue.declared.farmland.map { Mu($0) }
        ).text(language))
    case .remeasure(let remeasurement):
      let measured = remeasurement.measured
      details.append(
        Messages.remeasureDetails(
          reason: remeasurement.reason, area: Mu(measured.area), farmland: measured.farmland.map { Mu($0) }
        ).text(language))
    case .workflow(let entry):
      if let seq = entry.corrects {
        details.append((entry.retracts == true ? Messages.retracts(seq) : Messages.corrects(seq)).text(language))
      }
      details += entry.facts(campaign, townships: rules).map { title, value in
        title.text(language) + Messages.colon.text(language) + value(language)
      }
    case .configure, .deliver: break
    }
    return details
  }

  private func named(_ name: String, _ code: String, _ language: Language) -> String {
    name == code ? name : Messages.inBrackets(name, code).text(language)
  }
}

extension EarlierParcel {
  /// The share with one decimal.
  var percent: String { Cell.number(share * 100, decimals: 1).plain + "%" }
}

extension Deed {
  var title: Message {
    switch self {
    case .configure: Messages.configureEvent
    case .deliver: Messages.deliverEvent
    case .issue: Messages.issueEvent
    case .reissue: Messages.reissueEvent
    case .remeasure: Messages.remeasureEvent
    case .workflow(let entry): entry.kind.title
    }
  }
}

extension WorkflowEntry {
  /// What the entry states beside its kind, under the titles of its columns.
  fileprivate func facts(
    _ rules: Campaign, townships: Rulebook
  ) -> [(title: Message, value: (Language) -> String)] {
    var facts: [(title: Message, value: (Language) -> String)] = []
    func add(_ field: WorkflowField, _ text: String?) {
      if let text, !text.isEmpty { facts.append((field.title, { _ in text })) }
    }
    if kind == .redetermine, let verdict = measure.flatMap({ Verdict(word: $0) }) {
      facts.append((RegisterColumn.determination.title, verdict.title.text))
    } else {
      add(.kind, measure)
    }
    add(.level, level)
    add(.ground, ground.map { rules.ground($0)?.names.first ?? $0 })
    add(.areaMu, area.map { Mu($0).description })
    add(.farmlandMu, farmland.map { Mu($0).description })
    add(.reason, reason)
    add(.evidence, evidence)
    // A case brings in other parcels too.
    if kind == .openCase { add(.code, code) }
    add(.caseNumber, caseNumber)
    add(.amount, amount.map { decimal(hundredths: $0) })
    add(.quantity, quantity.map { $0 + (unit ?? "") })
    add(.township, assignment?.township.map { townships.name(of: $0) })
    add(.village, assignment?.village)
    add(.district, assignment?.district)
    add(.office, assignment?.office)
    add(.responsible, assignment?.responsible)
    add(.party, assignment?.party)
    add(.project, assignment?.project)
    for (name, text) in (notes ?? [:]).sorted(by: { $0.key < $1.key }) {
      if let field = WorkflowField(rawValue: name) {
        add(field, text)
      } else {
        facts.append((Messages.verbatim(name), { _ in text }))
      }
    }
    return facts
  }
}

extension Instant {
  /// `2024-12-31 16:00:00` in Asia/Shanghai, as clerks read a clock.
  var inBeijing: String {
    let text = Instant(milliseconds: milliseconds + 8 * 3_600_000).description
    return String(text.prefix(10)) + " " + text.dropFirst(11).prefix(8)
  }
}
