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
