package import Drawing
package import Geodata
package import ParcelModel

/// What must be done soon: steps whose last day has passed or comes within so many days, the nearest first; then parcels
/// that were sent back, with the reasons.
package struct DueList: Sendable {
  /// One step of one parcel.
  package struct Entry: Sendable {
    package var parcel: ParcelState
    package var due: Due
    /// Until the last day, negative once it has passed; nothing while the clock is stopped.
    package var daysLeft: Int?
  }

  package let asOf: Day
  package private(set) var entries: [Entry] = []
  /// In the order of the days on which they were sent back.
  package private(set) var sentBack: [ParcelState] = []
  private let rules: Rulebook

  /// - Parameters:
  ///   - days: how far ahead; nothing: everything that has a last day.
  package init(_ parcels: [ParcelState], rules: Rulebook, asOf day: Day, within days: Int? = nil) {
    (asOf, self.rules) = (day, rules)
    for parcel in parcels {
      for due in parcel.dues(rules[parcel.identity], rules.calendar(in: parcel.identity.county)) {
        let left = due.daysLeft(on: day)
        // What stands still is shown with everything, and never as due.
        if let days, left.map({ $0 > days }) ?? true { continue }
        entries.append(Entry(parcel: parcel, due: due, daysLeft: left))
      }
      if parcel.stage == .sentBack { sentBack.append(parcel) }
    }
    entries.sort { a, b in
      (a.daysLeft ?? .max, a.parcel.identity, a.due.step.rawValue) < (
        b.daysLeft ?? .max, b.parcel.identity, b.due.step.rawValue
      )
    }
    sentBack.sort { a, b in
      (a.review?.on ?? a.issued, a.identity) < (b.review?.on ?? b.issued, b.identity)
    }
  }

  package var overdue: Int { entries.count { $0.daysLeft.map { $0 < 0 } ?? false } }

  // MARK: As tables

  /// The steps, and the parcels that were sent back where there are any.
  package func tables(_ language: Language) -> [Table] {
    var tables = [steps(language)]
    if !sentBack.isEmpty { tables.append(returned(language)) }
    return tables
  }

  private func steps(_ language: Language) -> Table {
    func column(_ title: Message, _ kind: Table.Column.Kind = .text) -> Table.Column {
      Table.Column(title.text(language), kind)
    }
    var table = Table(
      caption: Messages.dueCaption(asOf: asOf, entries.count, overdue: overdue).text(language),
      columns: [
        column(Messages.lastDay, .day), column(Messages.daysLeft, .number), column(Messages.dueStep),
        column(RegisterColumn.code.title), column(RegisterColumn.campaign.title),
        column(RegisterColumn.township.title), column(RegisterColumn.stage.title), column(Messages.dueNote),
      ])
    for entry in entries {
      table.add([
        entry.due.day.map { .day($0) } ?? .empty, entry.daysLeft.map { .count($0) } ?? .empty,
        .text(entry.due.step.title.text(language)), .text(entry.parcel.identity.code),
        .text(rules.name(ofCampaign: entry.parcel.identity.campaign)), .text(township(of: entry.parcel)),
        .text(ParcelModel.Messages.stage(entry.parcel.stage).text(language)),
        .text(Messages.note(on: entry.due, of: entry.parcel)?.text(language) ?? ""),
      ])
    }
    return table
  }

  private func returned(_ language: Language) -> Table {
    var table = Table(
      caption: Messages.sentBackCaption(sentBack.count).text(language),
      columns: [
        .init(Messages.sentBackOn.text(language), .day), .init(RegisterColumn.code.title.text(language)),
        .init(RegisterColumn.campaign.title.text(language)), .init(RegisterColumn.township.title.text(language)),
        .init(WorkflowField.level.title.text(language)), .init(WorkflowField.reason.title.text(language)),
      ])
    for parcel in sentBack {
      table.add([
        parcel.review.map { .day($0.on) } ?? .empty, .text(parcel.identity.code),
        .text(rules.name(ofCampaign: parcel.identity.campaign)), .text(township(of: parcel)),
        .text(parcel.review?.level ?? ""), .text(parcel.review?.reason ?? ""),
      ])
    }
    return table
  }

  private func township(of parcel: ParcelState) -> String {
    rules.name(of: parcel.township(rules[parcel.identity].township))
  }

  // MARK: As JSON

  /// One object: what is due, and what was sent back.
  package var json: JSON {
    [
      "schema": "parcels.due/1", "asOf": JSON(asOf), "overdue": JSON(overdue),
      "due": .array(
        entries.map { entry in
          var members = self.members(entry.parcel)
          members["step"] = .string(entry.due.step.rawValue)
          members["dueOn"] = JSON(entry.due.day)
          members["daysLeft"] = entry.daysLeft.map { JSON($0) } ?? .null
          members["extensions"] = JSON(entry.due.extensions)
          if case .stopped(let left) = entry.due.end {
            members["stopped"] = ["daysThatWereLeft": JSON(left), "reason": JSON(entry.parcel.clock.reason)]
          }
          return .object(members)
        }),
      "sentBack": .array(
        sentBack.map { parcel in
          var members = self.members(parcel)
          members["on"] = JSON(parcel.review?.on)
          members["level"] = JSON(parcel.review?.level)
          members["reason"] = JSON(parcel.review?.reason)
          return .object(members)
        }),
    ]
  }

  private func members(_ parcel: ParcelState) -> [String: JSON] {
    [
      "code": .string(parcel.identity.code), "campaign": .string(parcel.identity.campaign),
      "county": .string(parcel.identity.county.digits),
      "township": JSON(parcel.township(rules[parcel.identity].township)?.digits),
      "stage": .string(parcel.stage.name),
    ]
  }
}
