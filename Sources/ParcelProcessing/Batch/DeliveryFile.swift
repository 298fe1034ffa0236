import Foundation
import Geodata
import ParcelLedger

/// A delivered file with everything that belongs to it, under the SHA-256 of its bytes.
struct DeliveryFile: Sendable {
  /// The file as the sender named it.
  let name: String
  let sha256: String
  let bytes: Int
  /// The parts by name: one for most formats, the sidecars of a plain shapefile, all files of a file geodatabase.
  private let parts: [(name: String, data: Data)]
  private let isFolder: Bool

  /// Reads the file, and for a plain shapefile its sidecars.
  ///
  /// - Parameter isKept: the file lies in `deliveries/`, where a shapefile's parts are a folder.
  init(at path: String, isKept: Bool = false) throws(ProcessingError) {
    let url = URL(filePath: path)
    name = url.lastPathComponent.precomposedStringWithCanonicalMapping
    do {
      let parts = try Self.paths(of: url, isKept: isKept).map { ($0.lastPathComponent, try Data(contentsOf: $0)) }
      self.parts = parts.sorted { $0.0 < $1.0 }
      isFolder = url.hasDirectoryPath || parts.count > 1 || url.pathExtension.lowercased() == "shp"
    } catch {
      throw .noSuchFile(path)
    }
    guard !parts.isEmpty else { throw .noSuchFile(path) }
    bytes = parts.reduce(0) { $0 + $1.data.count }
    if isFolder {
      // Names and lengths are hashed too, so that parts cannot run into each other.
      var all = Data()
      for (name, data) in parts { all += Data("\(name)\u{0}\(data.count)\u{0}".utf8) + data }
      sha256 = ParcelLedger.sha256(all)
    } else {
      sha256 = ParcelLedger.sha256(parts[0].data)
    }
  }

  /// The endings of a shapefile's parts.
  static let shapefileParts = ["shp", "shx", "dbf", "prj", "cpg", "sbn", "sbx", "qix"]

  private static func paths(of url: URL, isKept: Bool) throws -> [URL] {
    let files = FileManager.default
    var isDirectory: ObjCBool = false
    guard files.fileExists(atPath: url.path, isDirectory: &isDirectory) else {
      throw ProcessingError.noSuchFile(url.path)
    }
    if isDirectory.boolValue {
      // A file geodatabase is a folder; any other folder is no delivery.
      guard isKept || url.pathExtension.lowercased() == "gdb" else { throw ProcessingError.noSuchFile(url.path) }
      return try files.contentsOfDirectory(at: url, includingPropertiesForKeys: nil)
    }
    let stem = url.deletingPathExtension().lastPathComponent
    guard url.pathExtension.lowercased() == "shp", !stem.isEmpty else { return [url] }
    return try files.contentsOfDirectory(at: url.deletingLastPathComponent(), includingPropertiesForKeys: nil).filter {
      $0.deletingPathExtension().lastPathComponent == stem
        && shapefileParts.contains($0.pathExtension.lowercased())
    }
  }

  /// Where the file lies under `folder`, once kept.
  private func place(in folder: URL) -> URL {
    if isFolder { return folder.appending(path: sha256) }
    let ending = URL(filePath: name).pathExtension.lowercased()
    return folder.appending(path: ending.isEmpty ? sha256 : "\(sha256).\(ending)")
  }

  /// What a reader is to open of the kept file.
  func readablePath(in folder: URL) -> String {
    let place = place(in: folder)
    guard isFolder, URL(filePath: name).pathExtension.lowercased() == "shp" else { return place.path }
    return place.appending(path: name).path
  }

  /// Writes the file under its SHA-256 and syncs it; a file already there is left as it is.
  func keep(in folder: URL) throws(ProcessingError) {
    let place = place(in: folder)
    guard !FileManager.default.fileExists(atPath: place.path) else { return }
    let temporary = folder.appending(path: ".incoming-\(sha256)")
    do {
      try? FileManager.default.removeItem(at: temporary)
      if isFolder {
        try FileManager.default.createDirectory(at: temporary, withIntermediateDirectories: true)
        for part in parts { try writeDurably(part.data, to: temporary.appending(path: part.name)) }
      } else {
        try writeDurably(parts[0].data, to: temporary)
      }
      try FileManager.default.moveItem(at: temporary, to: place)
      syncFolder(folder)
    } catch {
      throw .cannotKeep(place.path, reason: error.localizedDescription)
    }
  }

  /// Takes a kept file away again: nothing of it was new.
  func discard(from folder: URL) {
    try? FileManager.default.removeItem(at: place(in: folder))
  }

  /// Puts the file into the quarantine folder, with what was found.
  func quarantine(in quarantine: URL, findings: JSON) throws(ProcessingError) {
    let place = quarantine.appending(path: String(sha256.prefix(12)))
    do {
      try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
      for part in parts { try writeDurably(part.data, to: place.appending(path: part.name)) }
      try writeDurably(Data(findings.prettyText.utf8), to: place.appending(path: "findings.json"))
    } catch {
      throw .cannotKeep(place.path, reason: error.localizedDescription)
    }
  }
}

/// Writes a file and waits until it is on the disk.
func writeDurably(_ data: Data, to url: URL) throws {
  try data.write(to: url)
  let handle = try FileHandle(forUpdating: url)
  try handle.synchronize()
  try handle.close()
}

/// Waits until the names in a folder are on the disk.
func syncFolder(_ folder: URL) {
  let descriptor = open(folder.path, O_RDONLY | O_DIRECTORY)
  guard descriptor >= 0 else { return }
  fsync(descriptor)
  close(descriptor)
}
