import Foundation

/// Where the data of a job really lie: the file itself, or one data set within a zip.
struct DataFile {
  /// As the person named it.
  let named: String
  /// As GDAL is to open it; absolute.
  let path: String
  let kind: FileKind
  /// The data set's own name where it lies in a zip.
  let member: String?

  init(_ job: ReadJob) throws(SpatialError) {
    try job.checkPath()
    named = job.path
    let absolute = Self.absolute(job.path)
    guard !absolute.hasPrefix("/vsi") else { throw .pathRefused(job.path) }
    guard let stat = FileAccess.stat(absolute) else { throw .fileMissing(job.path) }
    if pathExtension(absolute).lowercased() == "zip", !stat.isFolder {
      let found = try Self.dataSet(inZip: absolute, job)
      (path, kind, member) = (found.path, found.kind, found.name)
    } else {
      guard let kind = FileKind.named(by: absolute, for: job.purpose), stat.isFolder == (kind == .geodatabase)
      else { throw .unknownKind(job.path, purpose: job.purpose) }
      (path, self.kind, member) = (absolute, kind, nil)
    }
  }

  /// An absolute path can never be taken for a driver's name.
  static func absolute(_ path: String) -> String { URL(fileURLWithPath: path).standardizedFileURL.path }

  private static func dataSet(inZip zip: String, _ job: ReadJob) throws(SpatialError) -> (
    path: String, kind: FileKind, name: String
  ) {
    let root = "/vsizip/{\(zip)}"
    let found = dataSets(inZip: root, purpose: job.purpose)
    let chosen = found.count > 1 && job.layer != nil ? found.filter { $0.name == job.layer } : found
    if found.isEmpty { throw .nothingInside(job.path) }
    if chosen.isEmpty { throw .layerMissing(job.path, layer: job.layer ?? "", names: found.map(\.name)) }
    guard chosen.count == 1 else { throw .severalDataSets(job.path, names: found.map(\.name)) }
    return chosen[0]
  }

  /// Data sets at the top of the zip and one folder down.
  static func dataSets(inZip root: String, purpose: ReadJob.Purpose) -> [(path: String, kind: FileKind, name: String)] {
    let kinds = FileKind.allowed(for: purpose).filter { $0 != .table && $0 != .xlsx && $0 != .ods }
    return FileAccess.entries(of: root, deep: true).compactMap { entry in
      let parts = entry.split(separator: "/")
      guard (1...2).contains(parts.count), let last = parts.last, !last.hasPrefix("."), parts[0] != "__MACOSX",
        let kind = kinds.first(where: { $0.extensions[0] == pathExtension(entry).lowercased() }),
        entry.hasSuffix("/") == (kind == .geodatabase)
      else { return nil }
      let trimmed = entry.hasSuffix("/") ? String(entry.dropLast()) : entry
      return ("\(root)/\(trimmed)", kind, readable(stem(trimmed)))
    }
  }

  /// Zip programs on Chinese Windows store names in GBK without saying so, which GDAL then takes for code page 437.
  private static func readable(_ name: String) -> String {
    guard !name.utf8.allSatisfy({ $0 < 0x80 }), let raw = TextEncoding.encode(name, as: "CP437") else { return name }
    return raw.withUnsafeBufferPointer { TextEncoding.utf8.decode($0) ?? TextEncoding.gb18030.decode($0) } ?? name
  }
}
