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
  /// GDAL reports WGS 84 also where the file says nothing, or that it is unknown, or what GDAL does not know.
  func settle(_ schema: inout FeatureSchema) {
    switch self {
    case .absent: (schema.reference, schema.referenceName) = (.wgs84, FeatureSchema.defaultReferenceName)
    case .null: (schema.reference, schema.referenceName) = (nil, "")
    case .named(let name):
      if schema.reference == .wgs84, !Self.isWorldGeodetic(name) { schema.reference = nil }
      if schema.reference == nil { schema.referenceName = name }
    case .other:
      // Whether it stated WGS 84 in an old style or was not understood cannot be told.
      if schema.reference == .wgs84 { (schema.reference, schema.referenceName) = (nil, "crs") }
    }
  }

  /// `EPSG:4326`, `urn:ogc:def:crs:OGC:1.3:CRS84`, `http://www.opengis.net/def/crs/EPSG/0/4979`, `WGS 84`, …
  private static func isWorldGeodetic(_ name: String) -> Bool {
    let last = name.split { ":/#".contains($0) }.last?.uppercased() ?? ""
    let plain = last.filter { $0.isLetter || $0.isNumber }
    return ["4326", "4979", "CRS84", "CRS84H", "WGS84", "WGS1984", "GCSWGS1984"].contains(plain)
  }
}
