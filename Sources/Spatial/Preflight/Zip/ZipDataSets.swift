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

  /// The data sets that `purpose` allows, at the top and one folder down, in the order of their paths.
  package func dataSets(for purpose: ReadJob.Purpose) -> [DataSet] {
    let files = entries.filter { !$0.isFolder && !$0.isLitter }
    let allowed = FileKind.allowed(for: purpose)
    var found: [(path: String, kind: FileKind, entries: [ZipEntry])] = []
    if allowed.contains(.geodatabase) {
      found += geodatabases(among: files).map { ($0.key, .geodatabase, $0.value) }
    }
    let shapefiles = partsOfShapefiles(among: files)
    for file in files where file.parts.count <= 2 && file.geodatabase == nil {
      guard let kind = allowed.first(where: { $0.mayLieInZip(as: file) }) else { continue }
      found.append((file.path, kind, kind == .shapefile ? shapefiles[file.foldedStem] ?? [] : [file]))
    }
    let names = tellingNames(found.map(\.path))
    return zip(names, found).map { DataSet(name: $0, path: $1.path, kind: $1.kind, entries: $1.entries) }
      .sorted { $0.path < $1.path }
  }

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
  /// The path of the geodatabase that the file lies in, at the top or one folder down.
  fileprivate var geodatabase: String? {
    let parts = parts
    for depth in 1...2 where depth < parts.count && pathExtension(String(parts[depth - 1])).lowercased() == "gdb" {
      return parts[..<depth].joined(separator: "/")
    }
    return nil
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
