/// What a file seems to be that no driver is allowed to read, so that a person can be told what to do with it.
package enum ForeignKind: Hashable, Sendable {
  /// A zip or GeoPackage under another ending.
  case zip, geoPackage
  /// Another kind of archive, by its usual name.
  case archive(String)
  /// A format of other programs, by its usual name.
  case exchange(String)
  /// A shapefile's companion without the `.shp`.
  case shapefilePart
  /// A table without shapes.
  case table
  /// Excel's format until 2003.
  case oldWorkbook

  /// - Returns: nothing where neither bytes nor ending say what it is.
  init?(_ path: String) {
    if let kind = Self.byContent(path) ?? Self.byEnding[pathExtension(path).lowercased()] {
      self = kind
    } else {
      return nil
    }
  }

  /// What the first bytes say; workbooks and other formats that are zips inside go by their ending.
  static func byContent(_ path: String) -> ForeignKind? {
    let head = FileAccess.head(path, count: 512) ?? []
    func has(_ signature: String, at place: Int = 0) -> Bool { head.dropFirst(place).starts(with: signature.utf8) }
    if has("PK\u{3}\u{4}") { return byEnding[pathExtension(path).lowercased()]?.insideZip ?? .zip }
    if has("Rar!\u{1A}\u{7}") { return .archive("RAR") }
    if has("7z") && head.dropFirst(2).starts(with: [0xBC, 0xAF, 0x27, 0x1C]) { return .archive("7z") }
    if head.starts(with: [0x1F, 0x8B]) { return .archive("gzip") }
    if has("ustar", at: 257) { return .archive("tar") }
    guard has("SQLite format 3\0") else { return nil }
    // The application id; "GP10" and "GP11" are those of the first versions.
    return ["GPKG", "GP10", "GP11"].contains { has($0, at: 68) } ? .geoPackage : .exchange("SQLite")
  }

  private var insideZip: ForeignKind? {
    switch self {
    case .table, .exchange: self
    case .zip, .geoPackage, .archive, .shapefilePart, .oldWorkbook: nil
    }
  }

  private static let byEnding: [String: ForeignKind] = {
    let exchange = [
      "KML": ["kml", "kmz"], "GML": ["gml"], "GPX": ["gpx"], "CAD": ["dxf", "dwg"], "MapInfo": ["tab", "mif", "mid"],
      "TopoJSON": ["topojson"], "GeoJSON Text Sequences": ["geojsonl", "geojsons", "ndjson", "jsonl"],
      "FlatGeobuf": ["fgb"], "WKT": ["wkt"], "WKB": ["wkb"], "VRT": ["vrt"], "Access": ["mdb", "accdb"],
      "ArcInfo": ["e00"], "OpenStreetMap": ["osm", "pbf"], "SQL": ["sql"],
    ]
    var kinds: [String: ForeignKind] = ["xls": .oldWorkbook]
    for (name, endings) in exchange { for ending in endings { kinds[ending] = .exchange(name) } }
    for ending in ["shx", "dbf", "prj", "cpg", "sbn", "sbx", "qix"] { kinds[ending] = .shapefilePart }
    for ending in ["csv", "txt", "xlsx", "xlsm", "ods"] { kinds[ending] = .table }
    for (ending, name) in [("rar", "RAR"), ("7z", "7z"), ("gz", "gzip"), ("tgz", "gzip"), ("tar", "tar")] {
      kinds[ending] = .archive(name)
    }
    return kinds
  }()
}
