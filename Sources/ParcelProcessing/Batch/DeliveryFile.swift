import Foundation
import Geodata
import ParcelLedger

/// A delivered file with everything that belongs to it, under the SHA-256 of its bytes. It is read in pieces: no file
/// takes more memory than one of them.
struct DeliveryFile: Sendable {
  /// The file as the sender named it.
  let name: String
  /// Where it was found.
  let location: URL
  let sha256: String
  let bytes: Int
  /// One for most formats, the sidecars of a plain shapefile, all files of a file geodatabase; sorted by name.
  private let parts: [Part]
  private let isFolder: Bool

  /// A file on the disk as it was when it was hashed.
  private struct Part: Sendable {
    var url: URL
    var sha256: String
    var name: String { url.lastPathComponent }
  }

  /// Larger deliveries are refused: what a shapefile's parts and a zip without its 64-bit extension can hold.
  static let limit = 4 << 30

  /// Hashes the file, for a plain shapefile with its sidecars; a folder of the quarantine stands for the file in it.
  ///
  /// - Parameters:
  ///   - isKept: the file lies in `deliveries/`, where a shapefile's parts are a folder.
  ///   - quarantine: whose folders stand for the files in them.
  init(at path: String, isKept: Bool = false, in quarantine: Quarantine? = nil) throws(ProcessingError) {
    let url = quarantine?.delivery(at: URL(filePath: path)) ?? URL(filePath: path)
    location = url
    name = url.lastPathComponent.precomposedStringWithCanonicalMapping
    let urls = try Self.parts(of: url, as: path, isKept: isKept)
    let isFolder = Self.isFolder(url) || urls.count > 1 || url.pathExtension.lowercased() == "shp"
    var parts: [Part] = []
    var (bytes, all) = (0, ContentHash())
    for url in urls {
      // Names and lengths are hashed too, so that parts cannot run into each other.
      if isFolder { all.add(Data("\(url.lastPathComponent)\u{0}\(try Self.size(url))\u{0}".utf8)) }
      var hash = ContentHash()
      do {
        bytes += try Self.read(url, for: path) { piece in
          hash.add(piece)
          if isFolder { all.add(piece) }
        }
      } catch {
        throw (error as? ProcessingError) ?? .noSuchFile(path)
      }
      guard bytes <= Self.limit else { throw .tooLarge(name, gigabytes: Self.limit >> 30) }
      parts.append(Part(url: url, sha256: hash.hex))
    }
    (self.parts, self.bytes, self.isFolder) = (parts, bytes, isFolder)
    sha256 = isFolder ? all.hex : parts[0].sha256
  }

  /// SHA-256 of each part by its name.
  var sums: [String: String] {
    Dictionary(
      parts.map { ($0.name.precomposedStringWithCanonicalMapping, $0.sha256) }, uniquingKeysWith: { first, _ in first })
  }

  /// The endings of a shapefile's parts.
  static let shapefileParts = ["shp", "shx", "dbf", "prj", "cpg", "sbn", "sbx", "qix"]

  private static func isFolder(_ url: URL) -> Bool {
    var isDirectory: ObjCBool = false
    return FileManager.default.fileExists(atPath: url.path, isDirectory: &isDirectory) && isDirectory.boolValue
  }

  private static func parts(of url: URL, as path: String, isKept: Bool) throws(ProcessingError) -> [URL] {
    let stem = url.deletingPathExtension().lastPathComponent
    let found: [URL]
    if isFolder(url) {
      // A file geodatabase is a folder; any other folder is no delivery.
      guard isKept || url.pathExtension.lowercased() == "gdb" else { throw .noSuchFile(url.path) }
      found = try list(url)
    } else if url.pathExtension.lowercased() == "shp", !stem.isEmpty {
      found = partsOfShapefile(named: stem, among: try list(url.deletingLastPathComponent()))
    } else {
      try checkAlone(url, as: path)
      return [url]
    }
    // A link would have us read a file that was not delivered.
    for part in found {
      let type = try? FileManager.default.attributesOfItem(atPath: part.path)[.type] as? FileAttributeType
      if type == .typeSymbolicLink { throw .link(part.lastPathComponent) }
      guard type == .typeRegular else { throw .notPlain(part.lastPathComponent) }
    }
    guard !found.isEmpty else { throw .noSuchFile(url.path) }
    return found.sorted { $0.lastPathComponent < $1.lastPathComponent }
  }

  /// Files that have the shapefile's very name; of a part that none has, those that Windows would take for it, so that
  /// the reader can say how they are to be named.
  private static func partsOfShapefile(named stem: String, among files: [URL]) -> [URL] {
    func name(_ file: URL) -> String { file.deletingPathExtension().lastPathComponent }
    let parts = Dictionary(
      grouping: files.filter { name($0).lowercased() == stem.lowercased() }, by: { $0.pathExtension.lowercased() })
    return shapefileParts.flatMap { suffix in
      let all = parts[suffix] ?? []
      let exact = all.filter { name($0) == stem }
      return exact.isEmpty ? all : exact
    }
  }

  /// A pipe would be waited for, and what stands in a database's log is not in the database yet.
  private static func checkAlone(_ url: URL, as path: String) throws(ProcessingError) {
    let files = FileManager.default
    guard files.fileExists(atPath: url.path) else { throw .noSuchFile(path) }
    let real = url.resolvingSymlinksInPath()
    let type = try? files.attributesOfItem(atPath: real.path)[.type] as? FileAttributeType
    guard type == .typeRegular else { throw .notPlain(url.lastPathComponent) }
    guard url.pathExtension.lowercased() == "gpkg" else { return }
    for log in ["-wal", "-journal"] where (try? size(URL(filePath: real.path + log))) ?? 0 > 0 {
      throw .openElsewhere(url.lastPathComponent)
    }
  }

  private static func list(_ folder: URL) throws(ProcessingError) -> [URL] {
    do {
      return try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    } catch {
      throw .noSuchFile(folder.path)
    }
  }

  private static func size(_ url: URL) throws(ProcessingError) -> Int {
    guard let size = try? FileManager.default.attributesOfItem(atPath: url.path)[.size] as? Int else {
      throw .noSuchFile(url.path)
    }
    return size
  }

  /// Lends the file in pieces of a megabyte and returns how many bytes there were; what `body` throws stays what it is.
  @discardableResult
  private static func read(
    _ url: URL, for path: String, _ body: (UnsafeRawBufferPointer) throws -> Void
  ) throws -> Int {
    let descriptor = open(url.path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw ProcessingError.noSuchFile(path) }
    defer { close(descriptor) }
    // One piece of memory for all: a new one for each would be cleared by the system each time.
    let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
    defer { room.deallocate() }
    var size = 0
    while true {
      let count = Foundation.read(descriptor, room.baseAddress, room.count)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw ProcessingError.noSuchFile(path) }
      size += count
      guard count > 0, size <= limit else { return size }
      try body(UnsafeRawBufferPointer(rebasing: room[..<count]))
    }
  }

  // MARK: Keeping

  private var ending: String { URL(filePath: name).pathExtension.lowercased() }

  /// Where the file lies under `folder`, once kept; a file geodatabase is only read under its own ending.
  private func place(in folder: URL) -> URL {
    let isPlain = ending.isEmpty || isFolder && ending != "gdb"
    return folder.appending(path: isPlain ? sha256 : "\(sha256).\(ending)")
  }

  /// What a reader is to open of the kept file.
  func readablePath(in folder: URL) -> String {
    let place = place(in: folder)
    return isFolder && ending == "shp" ? place.appending(path: name).path : place.path
  }

  /// Writes the file under its SHA-256 and syncs it; a file already there is left as it is.
  func keep(in folder: URL) throws(ProcessingError) {
    let place = place(in: folder)
    guard !FileManager.default.fileExists(atPath: place.path) else { return }
    let temporary = folder.appending(path: ".incoming-\(sha256)")
    try? FileManager.default.removeItem(at: temporary)
    do {
      if isFolder { try FileManager.default.createDirectory(at: temporary, withIntermediateDirectories: true) }
      for part in parts { try copy(part, to: isFolder ? temporary.appending(path: part.name) : temporary) }
      try FileManager.default.moveItem(at: temporary, to: place)
      syncFolder(folder)
    } catch {
      try? FileManager.default.removeItem(at: temporary)
      throw (error as? ProcessingError) ?? .cannotKeep(place.path, reason: error.localizedDescription)
    }
  }

  /// Takes a kept file away again: nothing of it was new.
  func discard(from folder: URL) {
    try? FileManager.default.removeItem(at: place(in: folder))
  }

  /// Copies the file as it was delivered into `folder`; one that lies there already stays.
  func copy(into folder: URL) throws {
    let target = ending == "gdb" && isFolder ? folder.appending(path: name) : folder
    try FileManager.default.createDirectory(at: target, withIntermediateDirectories: true)
    for part in parts {
      let place = target.appending(path: part.name)
      guard place.resolvingSymlinksInPath().path != part.url.resolvingSymlinksInPath().path else { continue }
      try copy(part, to: place)
    }
  }

  /// The bytes that were hashed, or none: whoever still writes to the file changes it under our hands.
  private func copy(_ part: Part, to url: URL) throws {
    try Data().write(to: url)
    let target = try FileHandle(forWritingTo: url)
    defer { try? target.close() }
    var hash = ContentHash()
    try Self.read(part.url, for: part.url.path) { piece in
      hash.add(piece)
      try target.write(contentsOf: piece)
    }
    guard hash.hex == part.sha256 else { throw ProcessingError.changing(part.name) }
    try target.synchronize()
  }
}

/// Writes a file and waits until it is on the disk.
func writeDurably(_ data: Data, to url: URL) throws {
  try data.write(to: url)
  let handle = try FileHandle(forUpdating: url)
  try handle.synchronize()
  try handle.close()
}

/// Puts a file in the place of another: readers see the old one or the new one, never a part.
func replaceDurably(_ url: URL, with data: Data) throws {
  let temporary = url.deletingLastPathComponent().appending(path: ".\(url.lastPathComponent).incoming")
  try writeDurably(data, to: temporary)
  guard rename(temporary.path, url.path) == 0 else {
    throw ProcessingError.cannotKeep(url.path, reason: String(cString: strerror(errno)))
  }
}

/// Waits until the names in a folder are on the disk.
func syncFolder(_ folder: URL) {
  let descriptor = open(folder.path, O_RDONLY | O_DIRECTORY)
  guard descriptor >= 0 else { return }
  fsync(descriptor)
  close(descriptor)
}
