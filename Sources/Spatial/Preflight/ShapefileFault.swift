/// Why a shapefile is not read.
package enum ShapefileFault: Hashable, Sendable {
  /// A record of the table with a mark that is neither "live" nor "deleted".
  case badMark(record: Int)

  var code: String {
    switch self {
    case .badMark: "damaged-table"
    }
  }
}
