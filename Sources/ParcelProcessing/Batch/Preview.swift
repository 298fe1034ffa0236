import Geodata
package import ParcelWorkspace

/// How the columns of a delivery were understood, and its first records as they were read: what `--dry-run` shows
/// before anything is believed.
package struct Preview: Sendable {
  package struct Column: Hashable, Sendable {
    /// As the file has it.
    package var field: String
    /// What it is; nothing for a column that is kept as an attribute.
    package var meaning: Profile.Column?
    /// Of an area.
    package var unit: AreaUnit?
  }

  package var columns: [Column] = []
  /// The first cells of each column, as read.
  package var rows: [[String]] = []

  private static let count = 5

  init() {}

  /// What `profile` takes the columns for, whether it finds all that it needs or not.
  init(_ profile: Profile, _ schema: FeatureSchema, _ features: [Feature]) {
    let names = schema.fields.map(\.name)
    columns = names.map { Column(field: $0) }
    for meaning in Profile.Column.allCases {
      guard let (index, unit) = profile.field(meaning, among: names) else { continue }
      columns[index].meaning = meaning
      if meaning.isArea { columns[index].unit = unit ?? profile.unit }
    }
    rows = features.prefix(Self.count).map { feature in feature.values.map { $0.text ?? "" } }
  }

  var json: JSON {
    .array(
      columns.map { column in
        [
          "field": .string(column.field), "meaning": JSON(column.meaning?.rawValue),
          "unit": JSON(column.unit?.rawValue),
        ]
      })
  }

  /// For the receipt that the ledger keeps: `code=JCBH area=JCMJ(m2) …`.
  var decision: String {
    columns.compactMap { column in
      column.meaning.map { meaning in
        "\(meaning.rawValue)=\(column.field)\(column.unit.map { "(\($0.rawValue))" } ?? "")"
      }
    }.sorted().joined(separator: " ")
  }
}
