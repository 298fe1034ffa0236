/// A kind of file that may be read, and the one GDAL driver that may read it.
struct FileKind: Hashable, Sendable {
  /// As GDAL names its driver.
  let driver: String
  /// What people call it.
  let name: String
  let extensions: [String]
  /// Whether text comes as bytes whose encoding is ours to decide.
  var hasRawText = false
  /// Whether it is a table of texts without shapes.
  var isTextTable = false

  static let shapefile = FileKind(driver: "ESRI Shapefile", name: "Shapefile", extensions: ["shp"], hasRawText: true)
  static let table = FileKind(driver: "ESRI Shapefile", name: "DBF", extensions: ["dbf"], hasRawText: true)
  static let geoJSON = FileKind(driver: "GeoJSON", name: "GeoJSON", extensions: ["geojson", "json"])
  static let geoPackage = FileKind(driver: "GPKG", name: "GeoPackage", extensions: ["gpkg"])
  static let geodatabase = FileKind(driver: "OpenFileGDB", name: "File Geodatabase", extensions: ["gdb"])
  static let flatGeobuf = FileKind(driver: "FlatGeobuf", name: "FlatGeobuf", extensions: ["fgb"])
  static let csv = FileKind(driver: "CSV", name: "CSV", extensions: ["csv", "txt"], isTextTable: true)
  static let xlsx = FileKind(driver: "XLSX", name: "XLSX", extensions: ["xlsx", "xlsm"], isTextTable: true)
  static let ods = FileKind(driver: "ODS", name: "ODS", extensions: ["ods"], isTextTable: true)

  static func allowed(for purpose: ReadJob.Purpose) -> [FileKind] {
    switch purpose {
    case .delivery: [shapefile, geoJSON, geoPackage, geodatabase]
    case .layer: [shapefile, geoJSON, geoPackage, geodatabase, flatGeobuf]
    case .rows: [csv, xlsx, ods, geoPackage, shapefile, table]
    }
  }

  static let all: Set<FileKind> = [shapefile, table, geoJSON, geoPackage, geodatabase, flatGeobuf, csv, xlsx, ods]

  /// The allowed kind that the file's extension names.
  static func named(by path: String, for purpose: ReadJob.Purpose) -> FileKind? {
    let suffix = pathExtension(path).lowercased()
    return allowed(for: purpose).first { $0.extensions.contains(suffix) }
  }
}

/// What follows the last dot of the last component.
func pathExtension(_ path: String) -> String {
  let name = path.split(separator: "/").last ?? ""
  guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return "" }
  return String(name[name.index(after: dot)...])
}

/// The path without its extension.
func withoutExtension(_ path: String) -> String {
  let suffix = pathExtension(path)
  return suffix.isEmpty ? path : String(path.dropLast(suffix.count + 1))
}

/// The last component without its extension.
func stem(_ path: String) -> String {
  withoutExtension(String(path.split(separator: "/").last ?? ""))
}
