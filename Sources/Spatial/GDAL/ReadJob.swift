import Foundation
package import Geodata

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
  /// The fields to read, by their names in the file (case does not count); the schema then has no others. Nothing: all.
  package var fields: [String]?
  /// Where records are of interest: of those with polygons only the ones whose envelope touches or overlaps one of these
  /// boxes are given; those that have no polygons, or damaged ones, are given all. The boxes are in the coordinates of
  /// the layer as they are read, x before y. Nothing: everywhere.
  package var touching: [Envelope]? {
    get { boxes.map(Self.envelopes) }
    set { boxes = newValue.map { $0.withUnsafeBytes { Data($0) } } }
  }
  /// Those boxes as they lie in memory: thousands of them take long to write and read as numbers in JSON.
  private var boxes: Data?
  /// The same bytes were read whole before, and nothing but single records was wrong with them: a GeoPackage's pages and
  /// the types of its cells are not looked at again.
  package var wasRead = false
  /// What a child may use up over it; the same job read in this process knows no limits.
  package var limits: ReaderLimits

  package init(
    path: String, layer: String? = nil, purpose: Purpose, encoding: String? = nil, limits: ReaderLimits = ReaderLimits()
  ) {
    (self.path, self.layer, self.purpose, self.encoding) = (path, layer, purpose, encoding)
    self.limits = limits
  }

  /// Whether a field of this name is to be read.
  func wants(_ field: String) -> Bool {
    fields.map { $0.contains { $0.lowercased() == field.lowercased() } } ?? true
  }

  private static func envelopes(_ bytes: Data) -> [Envelope] {
    let count = bytes.count / MemoryLayout<Envelope>.stride
    return [Envelope](unsafeUninitializedCapacity: count) { envelopes, initialized in
      initialized = bytes.copyBytes(to: envelopes) / MemoryLayout<Envelope>.stride
    }
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
