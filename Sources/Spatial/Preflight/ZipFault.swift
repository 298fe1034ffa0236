/// Why a zip is not unpacked.
package enum ZipFault: Hashable, Sendable {
  /// It does not end in a directory that can be read, or the directory and the entries disagree.
  case damaged

  var code: String {
    switch self {
    case .damaged: "zip-damaged"
    }
  }
}
