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

  init(_ mapping: ColumnMapping, _ features: [Feature]) {
    columns = mapping.fields.enumerated().map { index, field in
      let use = mapping.use(of: index)
      return Column(field: field.name, meaning: use?.meaning, unit: use?.unit)
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
