package import Drawing
package import Geodata
package import ParcelModel

/// A parcel in the export columns of INTERFACE, for any file that QGIS and others read.
package struct ExportRow: Hashable, Sendable {
  /// Names and kinds, in the order of `values`.
  package static let fields: [FeatureSchema.Field] = [
    .init(name: "code", kind: .text), .init(name: "campaign", kind: .text), .init(name: "batch", kind: .text),
    .init(name: "county", kind: .text), .init(name: "township", kind: .text), .init(name: "townshipName", kind: .text),
    .init(name: "stage", kind: .text), .init(name: "determination", kind: .text), .init(name: "ground", kind: .text),
    .init(name: "declaredM2", kind: .real, decimals: 2), .init(name: "declaredFarmlandM2", kind: .real, decimals: 2),
    .init(name: "measuredM2", kind: .real, decimals: 2), .init(name: "measuredMu", kind: .real, decimals: 2),
    .init(name: "farmlandM2", kind: .real, decimals: 2), .init(name: "adjustableM2", kind: .real, decimals: 2),
    .init(name: "basicFarmlandM2", kind: .real, decimals: 2), .init(name: "redlineM2", kind: .real, decimals: 2),
    .init(name: "classes", kind: .text), .init(name: "earlier", kind: .text),
    .init(name: "earlierShare", kind: .real, decimals: 4), .init(name: "earlierCampaign", kind: .text),
    .init(name: "issuedOn", kind: .day), .init(name: "closedOn", kind: .day), .init(name: "dueOn", kind: .day),
    .init(name: "declaredBasicFarmlandM2", kind: .real, decimals: 2), .init(name: "findings", kind: .text),
  ]

  /// One for each field.
  package var values: [FieldValue]
  /// The event with which the geometry lies: `Snapshot.geometry(at:)`.
  package var issuePosition: Int

  package init(_ parcel: ParcelState, rules: Rulebook) {
    func real(_ area: SquareMeters?) -> FieldValue { area.map { .real($0.value) } ?? .null }
    func text(_ text: String?) -> FieldValue { text.map { .text($0) } ?? .null }
    func day(_ day: Day?) -> FieldValue { day.map { .day($0) } ?? .null }
    let campaign = rules[parcel.identity]
    let township = parcel.township(campaign.township)
    let (declared, measured) = (parcel.issue.declared, parcel.measured)
    let classes = JSON.object(
      Dictionary(uniqueKeysWithValues: measured.classes.map { ($0.key.rawValue, JSON($0.value)) }))
    issuePosition = parcel.issuePosition
    values = [
      .text(parcel.identity.code), .text(parcel.identity.campaign), .text(parcel.issue.batch),
      .text(parcel.identity.county.digits), text(township?.digits), text(township.flatMap { rules.townships[$0] }),
      .text(parcel.stage.name), text(parcel.determination?.verdict.rawValue), text(parcel.determination?.ground),
      real(declared.area), real(declared.farmland), real(measured.area), .real(Mu(measured.area).value),
      real(measured.farmland), real(measured.adjustable), real(measured.basicFarmland), real(measured.redline),
      .text(classes.text), text(parcel.issue.earlier?.code),
      parcel.issue.earlier.map { .real(($0.share * 10_000).rounded() / 10_000) } ?? .null,
      text(parcel.issue.earlier?.campaign),
      .day(parcel.issued), day(parcel.rectification.closed), day(parcel.due(campaign)),
      real(declared.basicFarmland), .text(parcel.issue.findings.map(\.rawValue).joined(separator: ",")),
    ]
  }

  /// Rows under the columns' own names, for a CSV file.
  package static func table(_ rows: [ExportRow]) -> Table {
    Table(
      columns: fields.map { field in
        Table.Column(field.name, field.kind == .text ? .text : field.kind == .day ? .day : .number)
      },
      rows: rows.map { row in
        zip(row.values, fields).map { value, field in
          switch value {
          case .null: .empty
          case .text(let text): .text(text)
          case .integer(let number): .count(Int(number))
          case .real(let number): .number(number, decimals: field.decimals ?? 2)
          case .day(let day): .day(day)
          }
        }
      })
  }
}

extension ParcelState {
  /// The day by which it must be closed, where it must be rectified and its campaign has such a day.
  func due(_ rules: Campaign) -> Day? { stage.rectification == nil ? nil : rules.rectifyBy }

  /// Must be rectified, is not closed, and its day has passed.
  func isOverdue(_ rules: Campaign, asOf day: Day) -> Bool {
    isOpen && due(rules).map { day > $0 } ?? false
  }

  /// Must be rectified and is not closed.
  var isOpen: Bool { stage.rectification.map { $0 != .closed } ?? false }
}
