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
  ///   - wanted: the heads that a complaint names.
  ///   - known: whether a cell is a column head that the caller understands.
  init(
    _ path: String, layer: String? = nil, encoding: String? = nil, reader: FeatureReader, wanted: [Message],
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
      throw ProcessingError.noHeader(file: file, wanted: wanted.map { "\($0.zh)/\($0.en)" })
    }
    preamble = Array(all[..<row])
    heads = all[row].cells
    lines = all[(row + 1)...].filter { !$0.isEmpty }
  }

  /// A line that adds others up, as clerks end their sheets: it has no code but the word itself.
  static func isTotal(_ line: Line, code index: Int?) -> Bool {
    let code = index.flatMap { $0 < line.cells.count ? line.cells[$0] : nil } ?? ""
    if !code.isEmpty { return isTotalWord(code) }
    return line.cells.prefix(3).contains(where: isTotalWord)
  }

  private static func isTotalWord(_ cell: String) -> Bool {
    let folded = cell.folded()
    return ["合计", "总计", "小计", "total"].contains { folded.hasPrefix($0) }
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
