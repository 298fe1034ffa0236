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
  /// GDAL reports WGS 84 also where the file says nothing, or that it is unknown.
  func settle(_ schema: inout FeatureSchema) {
    switch self {
    case .absent: (schema.reference, schema.referenceName) = (.wgs84, FeatureSchema.defaultReferenceName)
    case .null: (schema.reference, schema.referenceName) = (nil, "")
    case .named(let name): if schema.reference == nil { schema.referenceName = name }
    case .other: break
    }
  }
}
