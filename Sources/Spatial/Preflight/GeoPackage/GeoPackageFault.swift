/// Why a GeoPackage is not read.
package enum GeoPackageFault: Hashable, Sendable {
  case notADatabase
  /// Bytes, by the header and by the disk.
  case length(stated: Int, actual: Int)
  /// In SQLite's words.
  case damaged(String)
  /// A table that would read other files.
  case virtualTable(String)
  /// A layer that is computed while it is read.
  case view(String)
  /// Changes that another program has not put into the database yet.
  case openLog(String)

  var code: String {
    switch self {
    case .notADatabase: "not-a-geopackage"
    case .length: "size-disagrees"
    case .damaged: "damaged-database"
    case .virtualTable: "virtual-table"
    case .view: "view"
    case .openLog: "open-database"
    }
  }
}
