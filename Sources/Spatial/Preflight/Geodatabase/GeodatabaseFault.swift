/// Why a file geodatabase is not read.
package enum GeodatabaseFault: Error, Hashable, Sendable {
  /// Without its list of tables nothing is known of it.
  case noCatalog
  /// A table that the catalog lists has no file of its own, or is compressed.
  case tableMissing(String, file: String)
  /// Object numbers of 64 bits, which came with ArcGIS Pro 3.2 and which GDAL takes for an empty table.
  case version(String, number: Int)
  case rows(String, stated: Int, indexed: Int)
  /// The index leads out of the table's file, to the same bytes twice, or is none at all.
  case damaged(String)

  var code: String {
    switch self {
    case .noCatalog: "not-a-geodatabase"
    case .tableMissing: "table-missing"
    case .version: "geodatabase-version"
    case .rows: "records-disagree"
    case .damaged: "damaged-table"
    }
  }
}
