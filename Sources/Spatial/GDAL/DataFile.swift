import Foundation

/// The file of a job, found on the disk and of an allowed kind.
struct DataFile {
  /// As messages name it.
  let named: String
  /// As GDAL is to open it; absolute.
  let path: String
  let kind: FileKind
  /// The data set's own name where it was unpacked from a zip.
  let member: String?

  init(_ job: ReadJob) throws(SpatialError) {
    try job.checkPath()
    named = job.named
    member = job.member
    path = Self.absolute(job.path)
    guard !path.hasPrefix("/vsi") else { throw .pathRefused(named) }
    guard let stat = FileAccess.stat(path) else { throw .fileMissing(named) }
    guard let kind = FileKind.named(by: path, for: job.purpose), stat.isFolder == (kind == .geodatabase)
    else { throw .unknownKind(named, purpose: job.purpose, resembles: stat.isFolder ? nil : ForeignKind(path)) }
    self.kind = kind
    if let other = Self.contradiction(of: kind, path) {
      throw .unknownKind(named, purpose: job.purpose, resembles: other)
    }
    // Workbooks are zips too, which their driver inflates without a limit.
    if kind == .xlsx || kind == .ods { _ = try ZipArchive(path) }
  }

  /// What a file is by its first bytes, where that is not what its ending says.
  private static func contradiction(of kind: FileKind, _ path: String) -> ForeignKind? {
    guard kind != .geodatabase, let content = ForeignKind.byContent(path) else { return nil }
    switch content {
    case .geoPackage, .exchange: return kind == .geoPackage ? nil : content
    case .table: return nil
    case .zip, .archive, .shapefilePart, .oldWorkbook: return content
    }
  }

  /// An absolute path can never be taken for a driver's name.
  static func absolute(_ path: String) -> String { URL(fileURLWithPath: path).standardizedFileURL.path }
}
