package import Geodata
import Foundation

/// One cell of the register: text, an area in 亩, or a day.
package enum RegisterCell: Hashable, Sendable {
  case empty
  case text(String)
  case mu(Mu)
  case day(Day)

  /// As a person reads it in the sheet.
  package var text: String {
    switch self {
    case .empty: ""
    case .text(let text): text
    case .mu(let area): area.description
    case .day(let day): day.description
    }
  }
}

/// A column of the register (台账): one wide row a parcel, exported, edited by clerks and imported again.
package enum RegisterColumn: String, CaseIterable, Sendable {
  case code, campaign, batch, issued, township, village, declaredArea, declaredFarmland, measuredArea
  case party, project, office, responsible, stage, filed, review, determination, ground, determined
  case determinedArea, determinedFarmland, measure, started, restoredArea, restoredFarmland
  case completed, accepted, closed, note

  package enum Kind: Sendable { case text, mu, day }

  package var kind: Kind {
    switch self {
    case .code, .campaign, .batch, .township, .village, .party, .project, .office, .responsible, .stage, .review,
      .determination, .ground, .measure, .note:
      .text
    case .declaredArea, .declaredFarmland, .measuredArea, .determinedArea, .determinedFarmland, .restoredArea,
      .restoredFarmland:
      .mu
    case .issued, .filed, .determined, .started, .completed, .accepted, .closed: .day
    }
  }

  /// What was delivered, measured or follows from events is shown, but not edited here.
  package var isEditable: Bool {
    switch self {
    case .code, .campaign, .batch, .issued, .declaredArea, .declaredFarmland, .measuredArea, .stage: false
    case .township, .village, .party, .project, .office, .responsible, .filed, .review, .determination, .ground,
      .determined, .determinedArea, .determinedFarmland, .measure, .started, .restoredArea, .restoredFarmland,
      .completed, .accepted, .closed, .note:
      true
    }
  }

  package var title: Message { Messages.registerColumn(self) }

  /// Reads a head in either language, in full or half width.
  package init?(head: String) {
    let folded = head.folded()
    guard
      let column = Self.allCases.first(where: { column in
        ([column.rawValue, column.title.zh, column.title.en] + Messages.registerHeads(column)).contains {
          $0.folded() == folded
        }
      })
    else { return nil }
    self = column
  }

  /// What the register shows of a parcel.
  ///
  /// - Parameter townships: names by code.
  package func cell(
    of parcel: ParcelState, rules: Campaign, townships: [DivisionCode: String], language: Language
  ) -> RegisterCell {
    switch self {
    case .code: return .text(parcel.identity.code)
    case .campaign: return .text(parcel.identity.campaign)
    case .batch: return .text(parcel.issue.batch)
    case .issued: return .day(parcel.issued)
    case .township:
      guard let code = parcel.township(rules.township) else { return .empty }
      return .text(townships[code] ?? code.digits)
    case .village: return Self.text(parcel.assignment.village)
    case .declaredArea: return Self.mu(parcel.issue.declared.area)
    case .declaredFarmland: return Self.mu(parcel.issue.declared.farmland)
    case .measuredArea: return Self.mu(parcel.measured.area)
    case .party: return Self.text(parcel.assignment.party)
    case .project: return Self.text(parcel.assignment.project)
    case .office: return Self.text(parcel.assignment.office)
    case .responsible: return Self.text(parcel.assignment.responsible)
    case .stage: return .text(Messages.stage(parcel.stage).text(language))
    case .filed: return Self.day(parcel.filed)
    case .review: return Self.text(parcel.review.map { Messages.review($0).text(language) })
    case .determination: return Self.text(parcel.determination?.verdict.title.text(language))
    case .ground:
      guard let code = parcel.determination?.ground else { return .empty }
      return .text(language == .chinese ? rules.ground(code)?.names.first ?? code : code)
    case .determined: return Self.day(parcel.determination?.on)
    case .determinedArea: return Self.mu(parcel.determination?.area)
    case .determinedFarmland: return Self.mu(parcel.determination?.farmland)
    case .measure: return Self.text(parcel.rectification.measure)
    case .started: return Self.day(parcel.rectification.started)
    case .restoredArea: return Self.mu(nonZero: parcel.rectification.restoredArea)
    case .restoredFarmland: return Self.mu(nonZero: parcel.rectification.restoredFarmland)
    case .completed: return Self.day(parcel.rectification.completed)
    case .accepted: return Self.day(parcel.rectification.accepted)
    case .closed: return Self.day(parcel.rectification.closed)
    case .note: return Self.text(parcel.latestNote)
    }
  }

  private static func text(_ text: String?) -> RegisterCell { text.map { .text($0) } ?? .empty }
  private static func day(_ day: Day?) -> RegisterCell { day.map { .day($0) } ?? .empty }
  private static func mu(_ area: SquareMeters?) -> RegisterCell { area.map { .mu(Mu($0)) } ?? .empty }
  private static func mu(nonZero area: SquareMeters) -> RegisterCell { area == .zero ? .empty : .mu(Mu(area)) }
}
