/// What is to be read; crosses to the child reader as JSON.
package struct ReadJob: Codable, Hashable, Sendable {
  /// Decides which kinds of file are allowed.
  package enum Purpose: String, Codable, Sendable {
    case delivery, layer, rows
  }

  /// A plain file (or `.gdb` folder); `/vsi…`, `scheme://` and `DRIVER:` names are refused.
  package var path: String
  /// The zip that the file was unpacked from, and the data set's name in it.
  var zip: String?
  var member: String?
  /// Needed only where the file has several layers, or the zip several data sets.
  package var layer: String?
  package var purpose: Purpose
  /// Nothing: decide (strict UTF-8 for every text, else GB18030).
  package var encoding: String?
  /// What a child may use up over it; the same job read in this process knows no limits.
  package var limits: ReaderLimits

  package init(
    path: String, layer: String? = nil, purpose: Purpose, encoding: String? = nil, limits: ReaderLimits = ReaderLimits()
  ) {
    (self.path, self.layer, self.purpose, self.encoding) = (path, layer, purpose, encoding)
    self.limits = limits
  }

  /// As the person named the file.
  var named: String { zip ?? path }

  /// Throws where GDAL could take the path for anything but a file on this machine's disk.
  func checkPath() throws(SpatialError) {
    let scheme = path.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
    let startsLikeDriver = !scheme.isEmpty && path[scheme.endIndex...].first == ":"
    guard !path.isEmpty, !path.contains("\0"), !path.contains("://"), !path.hasPrefix("/vsi"), !startsLikeDriver,
      !path.hasPrefix("<"), !path.hasPrefix("{"), !path.contains("}")
    else { throw .pathRefused(path) }
  }
}
