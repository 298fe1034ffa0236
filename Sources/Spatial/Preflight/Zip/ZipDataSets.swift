extension ZipArchive {
  /// A layer's files within a zip.
  package struct DataSet: Hashable, Sendable {
    /// The name without folder and extension, such as 图斑; with as much of both as tells it from the others.
    package let name: String
    /// The file that is opened, or the geodatabase's folder.
    package let path: String
    let kind: FileKind
    /// All that belong to it.
    package let entries: [ZipEntry]
  }

  /// The data sets that `purpose` allows, however deep, in the order of their paths. A `.json` counts only where there
  /// is nothing else: it mostly describes what lies beside it.
  package func dataSets(for purpose: ReadJob.Purpose) -> [DataSet] {
    let files = entries.filter { !$0.isFolder && !$0.isLitter }
    let allowed = FileKind.allowed(for: purpose)
    var found: [(path: String, kind: FileKind, entries: [ZipEntry])] = []
    if allowed.contains(.geodatabase) {
      found += geodatabases(among: files).map { ($0.key, .geodatabase, $0.value) }
    }
    let shapefiles = partsOfShapefiles(among: files)
    for file in files where file.geodatabase == nil {
      guard let kind = allowed.first(where: { $0.mayLieInZip(as: file) }) else { continue }
      found.append((file.path, kind, kind == .shapefile ? shapefiles[file.foldedStem] ?? [] : [file]))
    }
    let isNote = { (path: String) in pathExtension(path).lowercased() == "json" }
    if !found.allSatisfy({ isNote($0.path) }) { found.removeAll { isNote($0.path) } }
    let names = tellingNames(found.map(\.path))
    return zip(names, found).map { DataSet(name: $0, path: $1.path, kind: $1.kind, entries: $1.entries) }
      .sorted { $0.path < $1.path }
  }

  /// What looks like data and is part of none of `dataSets`: other formats, parts without their shapefile.
  func unread(besides dataSets: [DataSet]) -> [String] {
    let read = Set(dataSets.flatMap(\.entries).map(\.path))
    return entries.filter { entry in
      !entry.isFolder && !entry.isLitter && !read.contains(entry.path)
        && Self.dataEndings.contains(pathExtension(entry.path).lowercased())
    }.map(\.path)
  }

  /// Endings of geodata that people send; `.json` and tables describe as often as they are.
  private static let dataEndings: Set<String> = [
    "shp", "shx", "dbf", "geojson", "gpkg", "gdbtable", "fgb", "kml", "kmz", "gml", "mdb", "mif", "tab", "dxf", "dwg",
    "gpkg-wal", "gpkg-journal",
  ]

  /// Files below `*.gdb` folders, by the folder's path.
  private func geodatabases(among files: [ZipEntry]) -> [String: [ZipEntry]] {
    let grouped = Dictionary(grouping: files, by: \.geodatabase)
    return Dictionary(uniqueKeysWithValues: grouped.compactMap { folder, files in folder.map { ($0, files) } })
  }

  /// By what their paths have in common: programs differ in how they write a part's name.
  private func partsOfShapefiles(among files: [ZipEntry]) -> [String: [ZipEntry]] {
    let parts = files.filter { shapefileParts.contains(pathExtension($0.path).lowercased()) }
    return Dictionary(grouping: parts, by: \.foldedStem)
  }

  /// The stem where only one has it, else with its folder, else with its extension as well.
  private func tellingNames(_ paths: [String]) -> [String] {
    func count(_ form: (String) -> String) -> [String: Int] {
      Dictionary(paths.map { (foldedPath(form($0)), 1) }, uniquingKeysWith: +)
    }
    let (stems, places) = (count(stem), count(withoutExtension))
    return paths.map { path in
      if stems[foldedPath(stem(path))] == 1 { return stem(path) }
      let place = withoutExtension(path)
      return places[foldedPath(place)] == 1 ? place : path
    }
  }
}

/// What GDAL reads of a shapefile. The `.shp.xml` of ESRI programs, for one, is not among them.
private let shapefileParts: Set<String> = ["shp", "shx", "dbf", "prj", "cpg", "sbn", "sbx", "qix"]

extension ZipEntry {
  /// The path of the outermost geodatabase that the file lies in.
  fileprivate var geodatabase: String? {
    let parts = parts
    let depth = parts.dropLast().firstIndex { pathExtension(String($0)).lowercased() == "gdb" }
    return depth.map { parts[...$0].joined(separator: "/") }
  }

  /// The path without its extension, as a disk sees it that ignores case.
  fileprivate var foldedStem: String { foldedPath(withoutExtension(path)) }
}

extension FileKind {
  /// A `.dbf` beside a shapefile is no data set, a `.txt` mostly a note, and a workbook comes by itself.
  fileprivate func mayLieInZip(as file: ZipEntry) -> Bool {
    let suffix = pathExtension(file.path).lowercased()
    switch self {
    case .table, .xlsx, .ods, .geodatabase: return false
    case .csv: return suffix == "csv"
    default: return extensions.contains(suffix)
    }
  }
}
