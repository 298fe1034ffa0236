/// The records of a table, as bytes.
struct TableRows {
  let layout: TableLayout
  /// Numbers of the records that are marked as deleted: GDAL skips them but counts them in the numbering.
  let deleted: Set<Int>
  private let table: MappedFile
  /// Whether NUL bytes are this writer's padding rather than a stretch of the file that was lost.
  private let padsWithNUL: Bool

  /// Throws at the first record whose mark is neither a space nor an asterisk.
  init(_ table: MappedFile, _ layout: TableLayout) throws(ShapefileFault) {
    (self.table, self.layout) = (table, layout)
    var deleted: Set<Int> = []
    var withNUL = 0
    for record in stride(from: 1, through: layout.count, by: 1) {
      let row = Self.row(record, table.bytes, layout)
      switch row[0] {
      case 0x20: break
      case 0x2A: deleted.insert(record)
      default: throw .badMark(record: record)
      }
      if row.hasNUL { withNUL += 1 }
    }
    self.deleted = deleted
    padsWithNUL = withNUL * 2 >= layout.count
  }

  private static func row(
    _ record: Int, _ bytes: UnsafeRawBufferPointer, _ layout: TableLayout
  ) -> UnsafeRawBufferPointer {
    let start = layout.headLength + (record - 1) * layout.recordLength
    return bytes.part(start..<(start + layout.recordLength))
  }

  private func forEachLive(_ body: (_ record: Int, _ row: UnsafeRawBufferPointer) -> Void) {
    for record in stride(from: 1, through: layout.count, by: 1) where !deleted.contains(record) {
      body(record, Self.row(record, table.bytes, layout))
    }
  }

  /// Texts with bytes beyond ASCII, field names first, without padding.
  func forEachText(_ body: (RawText) -> Void) {
    for (index, field) in layout.fields.enumerated() {
      field.name.withUnsafeBytes { name in
        if name.hasHighByte { body(RawText(bytes: name, record: nil, field: index, isFull: name.count >= 10)) }
      }
    }
    let texts = layout.fields.enumerated().filter { $0.element.kind == .text }
    forEachLive { record, row in
      guard row.hasHighByte else { return }
      for (index, field) in texts {
        let text = CellBytes.trimmedEnd(CellBytes.beforeNUL(row.part(field.range)))
        guard text.hasHighByte else { continue }
        body(RawText(bytes: text, record: record, field: index, isFull: text.count == field.width))
      }
    }
  }

  /// Cells that GDAL would read as something that their writer did not write.
  func forEachDamagedCell(_ body: (_ record: Int, _ field: Int, _ cell: UnsafeRawBufferPointer) -> Void) {
    forEachLive { record, row in
      let isSuspect = !padsWithNUL && row.hasNUL
      for (index, field) in layout.fields.enumerated() {
        let cell = row.part(field.range)
        if !CellBytes.isValue(cell, of: field) || (isSuspect && cell.hasNUL) { body(record, index, cell) }
      }
    }
  }
}

/// A text of a table as its file has it, with at least one byte beyond ASCII.
struct RawText {
  let bytes: UnsafeRawBufferPointer
  /// Nothing for the name of a field.
  let record: Int?
  /// From 0.
  let field: Int
  /// Whether it leaves no room for more, so that its end may have been cut off.
  let isFull: Bool

  struct Place {
    var record: Int?
    var field: Int
  }

  var place: Place { Place(record: record, field: field) }
}
