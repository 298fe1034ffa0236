import Foundation
import Geodata
import ParcelModel
import Spatial

/// A table that people keep: rows of text, with the row that holds the column heads found among the first ones.
struct RowSheet {
  struct Line {
    /// The line of the sheet as a spreadsheet counts it, from 1.
    var number: Int
    var cells: [String]

    var isEmpty: Bool { cells.allSatisfy(\.isEmpty) }
  }

  let file: String
  /// What stands above the heads: titles, and an export mark.
  let preamble: [Line]
  let heads: [String]
  let lines: [Line]

  /// - Parameters:
  ///   - wanted: the heads that a reader of the complaint looks for.
  ///   - known: whether a cell is a column head that the caller understands.
  init(
    _ path: String, layer: String? = nil, encoding: String? = nil, reader: FeatureReader, wanted: [String],
    known: (String) -> Bool
  ) throws {
    file = URL(filePath: path).lastPathComponent
    guard FileManager.default.fileExists(atPath: path) else { throw ProcessingError.noSuchFile(path) }
    let (schema, features) = try reader.readAll(
      ReadJob(path: path, layer: layer, purpose: .rows, encoding: encoding))
    // A spreadsheet has no heads of its own; every other format names its columns before the first row.
    var all =
      schema.format == "XLSX" || schema.format == "ODS" ? [] : [Line(number: 1, cells: schema.fields.map(\.name))]
    let offset = all.count
    all += features.map { feature in
      Line(number: feature.record + offset, cells: feature.values.map { $0.text?.trimmingSpaces() ?? "" })
    }
    // The row with the most known heads among the first; a title row has one at best.
    let counts = all.prefix(10).map { line in line.cells.count(where: { !$0.isEmpty && known($0) }) }
    guard let best = counts.max(), best >= 2, let row = counts.firstIndex(of: best) else {
      throw ProcessingError.noHeader(file: file, wanted: wanted)
    }
    preamble = Array(all[..<row])
    heads = all[row].cells
    lines = all[(row + 1)...].filter { !$0.isEmpty }
  }

  /// A line that adds others up, as clerks end their sheets.
  static func isTotal(_ line: Line) -> Bool {
    line.cells.prefix(3).contains { cell in
      let folded = cell.folded()
      return folded.hasPrefix("合计") || folded.hasPrefix("总计") || folded.hasPrefix("小计") || folded.hasPrefix("total")
    }
  }
}

/// A code that a spreadsheet turned into a number: its digits are gone for ever.
func isDamagedCode(_ text: String) -> Bool {
  let folded = text.folded()
  guard let e = folded.firstIndex(of: "e"), e != folded.startIndex else { return false }
  let (mantissa, exponent) = (folded[..<e], folded[folded.index(after: e)...])
  return mantissa.allSatisfy { $0.isNumber || $0 == "." || $0 == "," }
    && !exponent.isEmpty && exponent.allSatisfy { $0.isNumber || $0 == "+" || $0 == "-" }
}
