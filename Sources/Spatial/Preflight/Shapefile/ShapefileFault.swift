/// Why a shapefile, or a table on its own, is not read. Parts are named by their suffix, such as `.shx`; records count
/// from 1, bytes from 0.
package enum ShapefileFault: Error, Hashable, Sendable {
  case partMissing(String)
  /// Names that differ in the case of letters only.
  case partAmbiguous([String])
  /// A part whose name differs from the main file's in the case of letters, so that GDAL would not see it.
  case partMisnamed(String, wanted: String)
  /// A link, a folder or a device under a part's name.
  case partNoFile(String)
  /// A part whose size is not the one that its own header states, in bytes.
  case sizeDisagrees(part: String, stated: Int, actual: Int)
  /// No file code 9994, version 1000 or known type of shape at the part's beginning.
  case badHeader(part: String)
  /// `.shp` and `.shx` state different types of shape.
  case kindsDisagree(shapes: Int, index: Int)
  /// The parts hold different numbers of records.
  case countsDisagree(index: Int, table: Int)
  /// What `.shx` says of a record is not what `.shp` has there.
  case indexDisagrees(record: Int)
  /// Bytes of `.shp` that belong to no record or to two.
  case outsideRecords(byte: Int)
  /// The beginning of `.dbf` is none, or describes no field.
  case badTable
  /// A field of the table without a name or a width.
  case badField(number: Int)
  /// A field of a kind that is no text, number, day or yes-or-no; `kind` is its letter or number.
  case fieldKind(number: Int, kind: String)
  /// Two fields with one name.
  case repeatedField(first: Int, second: Int)
  /// The fields of the table are together not as wide as a record.
  case widthsDisagree(record: Int, fields: Int)
  /// Something other than padding after the last record that the table states.
  case rowsBeyondCount(stated: Int)
  /// A record of the table with a mark that is neither "live" nor "deleted".
  case badMark(record: Int)

  var code: String {
    switch self {
    case .partMissing: "part-missing"
    case .partAmbiguous: "part-ambiguous"
    case .partMisnamed: "part-misnamed"
    case .partNoFile: "part-no-file"
    case .sizeDisagrees: "size-disagrees"
    case .badHeader: "bad-shape-header"
    case .kindsDisagree: "kinds-disagree"
    case .countsDisagree: "counts-disagree"
    case .indexDisagrees: "index-disagrees"
    case .outsideRecords: "outside-records"
    case .badTable: "bad-table"
    case .badField: "bad-field"
    case .fieldKind: "field-kind"
    case .repeatedField: "repeated-field"
    case .widthsDisagree: "widths-disagree"
    case .rowsBeyondCount: "rows-beyond-count"
    case .badMark: "damaged-table"
    }
  }
}
