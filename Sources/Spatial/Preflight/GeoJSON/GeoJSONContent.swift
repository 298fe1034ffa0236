import Geodata

/// What our own look at a GeoJSON text found.
struct GeoJSONContent {
  /// The collection's `crs` member (GeoJSON 2008; RFC 7946 has none).
  enum Reference: Hashable {
    case absent
    case null
    /// Of type `name`, by its name: `EPSG:4490`, `urn:ogc:def:crs:OGC:1.3:CRS84`, …
    case named(String)
    /// Anything else, also what GDAL 3.6 still understands (the types `EPSG` and `OGC`).
    case other
  }

  var preflight = Preflight()
  var reference = Reference.absent
  /// Of all coordinates, as written and within two units of the last binary place; empty where there are none.
  var envelope = Envelope()
}

extension GeoJSONContent.Reference {
  /// GDAL reports WGS 84 also where the file says nothing, that it is unknown, or something that GDAL does not know.
  func settle(_ schema: inout FeatureSchema) {
    switch self {
    case .absent: (schema.reference, schema.referenceName) = (.wgs84, FeatureSchema.defaultReferenceName)
    case .null: (schema.reference, schema.referenceName) = (nil, "")
    case .named(let name):
      if schema.reference == .wgs84, !Self.namesWGS84(name) { schema.reference = nil }
      if schema.reference == nil { schema.referenceName = name }
    case .other: if schema.reference == .wgs84 { (schema.reference, schema.referenceName) = (nil, "crs") }
    }
  }

  private static func namesWGS84(_ name: String) -> Bool {
    let plain = name.uppercased().filter { $0.isLetter || $0.isNumber }
    return ["4326", "4979", "CRS84", "WGS84"].contains { plain.contains($0) }
  }
}
