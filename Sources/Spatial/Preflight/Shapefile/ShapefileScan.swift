import Geodata

/// Our own look at a shapefile, or at a table on its own, before GDAL sees it: GDAL reads damaged ones without a word.
///
/// What passes holds as many records as its parts state, each where `.shx` says, with a table row of its own. Every
/// shape that is let through satisfies its kind's length equation and lies within its own box, and every cell is a value
/// of its field. What bytes cannot show stays unseen: a coordinate changed within the box, a digit changed for another,
/// a `.dbf` of another file with as many records.
///
/// Sources: ESRI Shapefile Technical Description (July 1998); the table layouts of dBASE III, IV and Visual FoxPro.
struct ShapefileScan {
  private let file: DataFile
  private let encoding: String?

  /// `encoding` is the one that the person stated, if any.
  init(_ file: DataFile, encoding: String?) { (self.file, self.encoding) = (file, encoding) }

  func preflight() throws(SpatialError) -> Preflight {
    let parts = ShapefileParts(file)
    var preflight = Preflight()
    let table = try MappedFile(part { () throws(ShapefileFault) in try parts.required("dbf") })
    var shapes: ShapeRecords?
    if file.kind == .shapefile {
      let shp = try MappedFile(part { () throws(ShapefileFault) in try parts.required("shp") })
      let shx = try MappedFile(part { () throws(ShapefileFault) in try parts.required("shx") })
      shapes = try part { () throws(ShapefileFault) in try ShapeRecords(shapes: shp, index: shx) }
    }
    let layout = try part { () throws(ShapefileFault) in
      // GDAL opens it by itself.
      _ = try parts.optional("prj")
      let layout = try TableLayout(table.bytes)
      if let shapes, shapes.count != layout.count {
        throw .countsDisagree(index: shapes.count, table: layout.count)
      }
      try layout.checkEnd(of: table.bytes)
      return layout
    }
    let rows = try part { () throws(ShapefileFault) in
      let rows = try TableRows(table, layout)
      try shapes?.check(skipping: rows.deleted, into: &preflight)
      return rows
    }
    let codePage = try part { () throws(ShapefileFault) in try parts.optional("cpg") }
    try decode(rows, codePage: codePage, into: &preflight)
    preflight.records = layout.count - rows.deleted.count
    (preflight.shapes, preflight.deleted) = (shapes, rows.deleted)
    if !rows.deleted.isEmpty { preflight.remarks.append(Remark(.deletedRecords, "\(rows.deleted.count)")) }
    return preflight
  }

  /// Encoding, torn texts and cells that are no values.
  private func decode(_ rows: TableRows, codePage: String?, into preflight: inout Preflight) throws(SpatialError) {
    let content = codePage.flatMap { FileAccess.head($0, count: 64) }
    let named = NamedEncoding(codePage: content, languageByte: rows.layout.languageByte)
    let choice = try EncodingChoice(
      rows, stated: encoding.map { text throws(SpatialError) in try TextEncoding(text) }, named, file: file.named)
    preflight.encoding = choice.encoding
    if let overruled = choice.overruled { preflight.remarks.append(overruled) }
    let names = rows.layout.fields.map { choice.encoding.readable($0.name) }
    for place in choice.cuts {
      let remark = Remark(.textCut, names[place.field])
      guard let record = place.record else {
        preflight.remarks.append(remark)
        continue
      }
      preflight.recordRemarks[record, default: []].append(remark)
    }
    rows.forEachDamagedCell { record, field, cell in
      let remark =
        CellBytes.isOverflow(cell)
        ? Remark(.overflow, names[field]) : Remark(.damagedCell, "\(names[field])=\(CellBytes.shown(cell))")
      preflight.recordRemarks[record, default: []].append(remark)
    }
  }

  private func part<Result>(_ body: () throws(ShapefileFault) -> Result) throws(SpatialError) -> Result {
    do { return try body() } catch { throw .shapefile(file.named, error) }
  }
}
