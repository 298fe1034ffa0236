/// Why a text is not read as GeoJSON. Lines and columns count from 1, columns in characters.
package enum GeoJSONFault: Error, Hashable, Sendable {
  /// Not JSON (RFC 8259).
  case syntax(line: Int, column: Int)
  /// The text ends before its document does.
  case cut
  /// Nested deeper than any delivery has reason to be.
  case tooDeep(line: Int, column: Int)
  /// A number too large for a `Double`, or a whole number too large for 64 bits, which GDAL would quietly change.
  case number(line: Int, column: Int)
  /// A NUL within a string, where GDAL would cut it off.
  case nul(line: Int, column: Int)
  /// Two members of one name in one object: readers differ in which one they take.
  case repeatedMember(String, line: Int, column: Int)
  /// Another document follows the first: one feature a line, or a text sequence (RFC 8142).
  case severalDocuments(line: Int)
  /// JSON, but neither a `FeatureCollection` nor a `Feature`.
  case notGeoJSON(Stranger)
  /// An element of `features` that is no feature: GDAL leaves it out, or takes it without its shape.
  case notAFeature(record: Int)
  /// `properties` that are neither an object nor null.
  case badProperties(record: Int)
  /// A `crs` of type `link`, which GDAL would fetch from the network.
  case linkedReference(line: Int, column: Int)
  /// A `crs` within a feature that is not the collection's own; GDAL ignores it.
  case innerReference(record: Int)
  /// A property with whole numbers beyond 2⁵³ and fractions: read as fractions the whole ones would lose digits.
  case digitsLost(field: String)

  /// What a JSON text is that is not ours to read.
  package enum Stranger: Hashable, Sendable {
    /// A geometry without a feature around it; its type.
    case geometry(String)
    case topoJSON
    case esriJSON
    /// An array, a string, a number, `true`, `false` or `null`.
    case noObject
    /// An object without a `type` that is a string.
    case noType
    case otherType(String)
    /// A `FeatureCollection` whose `features` are no array.
    case noFeatures
    /// A `Feature` with `features` of its own.
    case featureWithFeatures
  }

  var code: String {
    switch self {
    case .syntax: "bad-json"
    case .cut: "json-cut"
    case .tooDeep: "json-too-deep"
    case .number: "json-number"
    case .nul: "json-nul"
    case .repeatedMember: "json-repeated-member"
    case .severalDocuments: "several-documents"
    case .notGeoJSON: "not-geojson"
    case .notAFeature: "not-a-feature"
    case .badProperties: "bad-properties"
    case .linkedReference: "linked-crs"
    case .innerReference: "inner-crs"
    case .digitsLost: "digits-lost"
    }
  }
}
