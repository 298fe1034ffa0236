/// A workbook (XLSX) as a value: equal workbooks are written as equal bytes.
package struct Workbook: Hashable, Sendable {
  package struct Sheet: Hashable, Sendable {
    /// The name on the tab; what a spreadsheet forbids in it is replaced when the workbook is written.
    package var name: String
    /// The caption becomes a title over all columns, the notes follow the total.
    package var table: Table

    package init(name: String, table: Table) {
      (self.name, self.table) = (name, table)
    }
  }

  package var sheets: [Sheet]

  /// - Precondition: at least one sheet when the workbook is written.
  package init(sheets: [Sheet] = []) { self.sheets = sheets }

  /// The names on the tabs: at most 31 UTF-16 units, no `[ ] : * ? / \`, no two alike whatever their case.
  var tabNames: [String] {
    var taken: Set<String> = ["", "history"]
    return sheets.map { sheet in
      let plain = String(
        printable(sheet.name).map { tabCharacters[$0] ?? $0 }.drop(while: \.isWhitespace))
      var name = shortened(plain, to: 31)
      var number = 1
      while taken.contains(name.lowercased()) {
        number += 1
        name = shortened(plain, to: 31 - 2 - String(number).count) + "(\(number))"
      }
      taken.insert(name.lowercased())
      return name
    }
  }
}

private let tabCharacters: [Character: Character] = [
  "[": "［", "]": "］", ":": "：", "*": "＊", "?": "？", "/": "／", "\\": "＼", "'": "’", "\n": " ", "\t": " ",
]

/// The longest beginning of `text` with at most `limit` UTF-16 units, the unit in which spreadsheets count.
func shortened(_ text: String, to limit: Int) -> String {
  guard text.utf16.count > limit else { return text }
  var result = ""
  var length = 0
  for character in text {
    length += character.utf16.count
    guard length <= limit else { break }
    result.append(character)
  }
  return result
}
