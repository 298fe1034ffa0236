import CXLSX
import Foundation
package import Geodata

/// Why a workbook was not written, in the words of the library or the system.
package struct WorkbookError: ExplainedError, Hashable {
  package var operation: String
  package var number: Int32
  package var text: String
  package var path: String

  package var code: String { "workbook-not-written" }
  package var message: Message { Messages.workbookNotWritten(path: path, operation: operation, reason: text) }
  package var remedy: Message { Messages.workbookNotWrittenRemedy }
  package var outcome: Outcome { .internalError }
}

extension Workbook {
  /// Writes the workbook under a temporary name beside `path`, then renames it: a reader sees all of it or nothing.
  ///
  /// Text of more than 32 767 UTF-16 units, more than a cell can hold, ends in `…`.
  package func write(to path: String) throws(WorkbookError) {
    let place = URL(fileURLWithPath: path)
    let temporary = place.deletingLastPathComponent()
      .appendingPathComponent(".\(place.lastPathComponent).\(ProcessInfo.processInfo.processIdentifier)").path
    func check(_ status: Int32, _ operation: String) throws(WorkbookError) {
      guard status != 0 else { return }
      let number = errno
      throw WorkbookError(operation: operation, number: number, text: String(cString: strerror(number)), path: path)
    }
    precondition(!sheets.isEmpty, "a workbook has a sheet")
    // Opened first by ourselves: the library would print why it cannot, beside returning it.
    let descriptor = open(temporary, O_RDWR | O_CREAT | O_TRUNC, 0o666)
    try check(descriptor < 0 ? -1 : 0, "open")
    defer { Foundation.close(descriptor) }
    do throws(WorkbookError) {
      let file = try WorkbookFile(temporary: temporary, path: path)
      for (sheet, name) in zip(sheets, tabNames) { try file.add(sheet.table, name: name) }
      try file.close()
      try check(fsync(descriptor), "fsync")
      try check(rename(temporary, path), "rename")
    } catch {
      unlink(temporary)
      throw error
    }
  }
}

/// The library's workbook while it is being filled; freed by `close` or with the object.
private final class WorkbookFile {
  private let path: String
  private var book: UnsafeMutablePointer<lxw_workbook>?
  private var formats: [Format: UnsafeMutablePointer<lxw_format>] = [:]

  init(temporary: String, path: String) throws(WorkbookError) {
    self.path = path
    book = workbook_new(temporary)
    var properties = lxw_doc_properties()
    // The oldest time that a zip entry can carry: the same workbook has the same bytes on any day.
    properties.created = 315_532_800
    try check(workbook_set_properties(book, &properties), "workbook_set_properties")
  }

  deinit {
    if let book { lxw_workbook_free(book) }
  }

  func close() throws(WorkbookError) {
    let closing = book
    book = nil
    try check(workbook_close(closing), "workbook_close")
  }

  func add(_ table: Table, name: String) throws(WorkbookError) {
    guard let sheet = workbook_add_worksheet(book, name) else { try fail("workbook_add_worksheet", name) }
    let layout = WorkbookLayout(table)
    worksheet_set_default_row(sheet, layout.lineHeight, 0)
    for (column, width) in layout.widths.enumerated() {
      try check(worksheet_set_column(sheet, UInt16(column), UInt16(column), width, nil), "worksheet_set_column")
    }
    let lastColumn = UInt16(table.columns.count - 1)
    var row: UInt32 = 0
    if let caption = table.caption {
      try put(title: printable(caption), on: sheet, lastColumn: lastColumn, layout)
      row = 1
    }
    let header = row
    try put(table.columns.map { .text($0.title) }, on: sheet, row, .header, layout)
    for cells in table.rows {
      row += 1
      try put(cells, on: sheet, row, .body, layout)
    }
    try check(worksheet_autofilter(sheet, header, 0, row, lastColumn), "worksheet_autofilter")
    if let total = table.total {
      row += 1
      try put(total, on: sheet, row, .total, layout)
    }
    for note in table.notes {
      row += 1
      try put(.text(note), on: sheet, row, 0, Look(role: .note, kind: .text))
    }
    worksheet_freeze_panes(sheet, header + 1, 0)
    try setUpPrinting(of: sheet, header: header, layout)
    // Codes are text on purpose: no green triangles over whole columns.
    try check(
      worksheet_ignore_errors(sheet, UInt8(LXW_IGNORE_NUMBER_STORED_AS_TEXT.rawValue), "A1:XFD1048576"),
      "worksheet_ignore_errors")
  }

  private func put(
    title: String, on sheet: UnsafeMutablePointer<lxw_worksheet>, lastColumn: UInt16, _ layout: WorkbookLayout
  ) throws(WorkbookError) {
    try check(worksheet_set_row(sheet, 0, layout.height(ofTitle: title), nil), "worksheet_set_row")
    let format = format(Look(role: .title, kind: .text), "@")
    if lastColumn == 0 {
      try check(worksheet_write_string(sheet, 0, 0, cellText(title), format), "worksheet_write_string")
    } else {
      try check(
        worksheet_merge_range(sheet, 0, 0, 0, lastColumn, cellText(title), format), "worksheet_merge_range")
    }
  }

  private func put(
    _ cells: [Cell], on sheet: UnsafeMutablePointer<lxw_worksheet>, _ row: UInt32, _ role: Look.Role,
    _ layout: WorkbookLayout
  ) throws(WorkbookError) {
    // Spreadsheets other than Excel do not make room for wrapped text when they open a file.
    if let height = layout.height(of: cells) {
      try check(worksheet_set_row(sheet, row, height, nil), "worksheet_set_row")
    }
    for (column, cell) in cells.enumerated() {
      try put(cell, on: sheet, row, UInt16(column), Look(role: role, kind: layout.kinds[column]))
    }
  }

  private func put(
    _ cell: Cell, on sheet: UnsafeMutablePointer<lxw_worksheet>, _ row: UInt32, _ column: UInt16, _ look: Look
  ) throws(WorkbookError) {
    switch cell {
    case .number(let value, let decimals) where value.isFinite:
      // The printed figure, not the one behind it: the sheet adds up to what is read.
      let printed = Double(cell.plain) ?? value
      let pattern = decimals == 0 ? "0" : "0." + String(repeating: "0", count: decimals)
      try check(worksheet_write_number(sheet, row, column, printed, format(look, pattern)), "worksheet_write_number")
    case .day(let day) where day.number >= firstSpreadsheetDay.number:
      let serial = Double(day.number - firstSpreadsheetDay.number + 61)
      try check(
        worksheet_write_number(sheet, row, column, serial, format(look, "yyyy-mm-dd")), "worksheet_write_number")
    case .empty:
      try check(worksheet_write_blank(sheet, row, column, format(look, "@")), "worksheet_write_blank")
    case .text, .number, .day:
      try check(
        worksheet_write_string(sheet, row, column, cellText(cell.plain), format(look, "@")), "worksheet_write_string")
    }
  }

  private func setUpPrinting(
    of sheet: UnsafeMutablePointer<lxw_worksheet>, header: UInt32, _ layout: WorkbookLayout
  ) throws(WorkbookError) {
    // Digits that stay readable across the page when the sheet is fitted to its width.
    let width = layout.widths.reduce(0, +)
    if width > 105 { worksheet_set_landscape(sheet) }
    worksheet_set_paper(sheet, width > 190 ? Paper.a3 : Paper.a4)
    worksheet_fit_to_pages(sheet, 1, 0)
    worksheet_center_horizontally(sheet)
    worksheet_set_margins(sheet, 0.5, 0.5, 0.6, 0.7)
    try check(worksheet_set_footer(sheet, "&C&9&P / &N"), "worksheet_set_footer")
    try check(worksheet_repeat_rows(sheet, header, header), "worksheet_repeat_rows")
  }

  private enum Paper {
    static let a3: UInt8 = 8
    static let a4: UInt8 = 9
  }

  private func format(_ look: Look, _ pattern: String) -> UnsafeMutablePointer<lxw_format>? {
    let key = Format(look: look, pattern: pattern)
    if let known = formats[key] { return known }
    guard let format = workbook_add_format(book) else { return nil }
    look.apply(to: format)
    format_set_num_format(format, pattern)
    formats[key] = format
    return format
  }

  private func check(_ status: lxw_error, _ operation: String) throws(WorkbookError) {
    guard status != LXW_NO_ERROR else { return }
    throw WorkbookError(
      operation: operation, number: Int32(status.rawValue), text: String(cString: lxw_strerror(status)), path: path)
  }

  private func fail(_ operation: String, _ text: String) throws(WorkbookError) -> Never {
    throw WorkbookError(operation: operation, number: 0, text: text, path: path)
  }
}

private struct Format: Hashable {
  var look: Look
  var pattern: String
}

/// How a cell looks: its role in the table and what its column holds.
private struct Look: Hashable {
  enum Role: Hashable { case title, header, body, total, note }

  var role: Role
  var kind: Table.Column.Kind

  func apply(to format: UnsafeMutablePointer<lxw_format>) {
    // SimSun, the face of official tables, is on every Chinese office machine.
    format_set_font_name(format, "宋体")
    format_set_font_size(format, role == .title ? 16 : role == .note ? 9 : 11)
    format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_CENTER.rawValue))
    if role == .title || role == .header || role == .total { format_set_bold(format) }
    if role == .header { format_set_bg_color(format, 0xE4EAEE) }
    if role == .total { format_set_bg_color(format, 0xF3F5F6) }
    if role != .title, role != .note {
      format_set_border(format, UInt8(LXW_BORDER_THIN.rawValue))
      format_set_border_color(format, 0x9AA5AD)
    }
    if role != .note { format_set_text_wrap(format) }
    let isCentered = role == .title || role == .header || kind == .day
    let alignment = isCentered ? LXW_ALIGN_CENTER : kind == .number ? LXW_ALIGN_RIGHT : LXW_ALIGN_LEFT
    format_set_align(format, UInt8(alignment.rawValue))
    if !isCentered, role != .note { format_set_indent(format, 1) }
  }
}

/// 1900-03-01, number 61 in spreadsheets, which believe in a 29 February 1900: earlier days are written as text.
private let firstSpreadsheetDay = Day(number: -25_508)

/// `text` as a cell can hold it. A literal `_x0041_`, which readers of XLSX take for a character, is escaped.
private func cellText(_ text: String) -> String {
  var text = text
  if text.contains("_x") {
    text = text.replacing(/_(?=x[0-9A-Fa-f]{4}_)/, with: "_x005F_")
  }
  guard text.utf16.count > 32_767 else { return text }
  return shortened(text, to: 32_766) + "…"
}
