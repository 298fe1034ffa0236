/// Why a text is not read as GeoJSON.
package enum GeoJSONFault: Hashable, Sendable {
  /// Not JSON (RFC 8259); line and column from 1.
  case syntax(line: Int, column: Int)

  var code: String {
    switch self {
    case .syntax: "bad-json"
    }
  }
}
