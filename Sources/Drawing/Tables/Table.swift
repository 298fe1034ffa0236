/// A table as a value; `HTML`, `MarkdownDocument`, `CSV` and `Workbook` print the same one.
package struct Table: Hashable, Sendable {
  package struct Column: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
      /// Left.
      case text
      /// Right, in figures of one width.
      case number
      /// Centred.
      case day
    }

    package var title: String
    package var kind: Kind
    /// The width in a workbook, in digits; measured from the cells where nothing is said.
    package var width: Double?

    package init(_ title: String, _ kind: Kind = .text, width: Double? = nil) {
      (self.title, self.kind, self.width) = (title, kind, width)
    }
  }

  package var caption: String?
  package let columns: [Column]
  package private(set) var rows: [[Cell]] = []
  package private(set) var total: [Cell]?
  /// Lines below the table: basis, cut-off, sources. A CSV file leaves them and the caption out.
  package var notes: [String]

  /// - Precondition: at least one column; every row and the total have a cell for each.
  package init(
    caption: String? = nil, columns: [Column], rows: [[Cell]] = [], total: [Cell]? = nil, notes: [String] = []
  ) {
    precondition(!columns.isEmpty, "a table has columns")
    (self.caption, self.columns, self.notes) = (caption, columns, notes)
    for row in rows { add(row) }
    if let total { close(total: total) }
  }

  package mutating func add(_ row: [Cell]) {
    precondition(row.count == columns.count, "a row has a cell for every column")
    rows.append(row)
  }

  package mutating func close(total: [Cell]) {
    precondition(total.count == columns.count, "the total has a cell for every column")
    self.total = total
  }
}
