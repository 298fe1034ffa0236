import Glibc

/// Where the parts of a shapefile lie, found as GDAL will find them: same name, suffix in small or in capital letters.
struct ShapefileParts {
  private let folder: String
  private let name: String
  private let entries: [String]

  init(_ file: DataFile) {
    folder = String(file.path[..<(file.path.lastIndex(of: "/") ?? file.path.startIndex)])
    name = stem(file.path)
    entries = FileAccess.entries(of: folder.isEmpty ? "/" : folder)
  }

  /// Throws where the part is missing too.
  func required(_ suffix: String) throws(ShapefileFault) -> String {
    guard let path = try optional(suffix) else { throw .partMissing(".\(suffix)") }
    return path
  }

  /// The path of the part, or nothing. Throws where there are two that only Windows would take for one, one that GDAL
  /// would pass over for its letters, or one that is no file of its own (a link can lead anywhere).
  func optional(_ suffix: String) throws(ShapefileFault) -> String? {
    let wanted = "\(name).\(suffix)"
    let found = entries.filter { $0.lowercased() == wanted.lowercased() }
    guard let entry = found.first else { return nil }
    guard found.count == 1 else { throw .partAmbiguous(found) }
    guard [wanted, "\(name).\(suffix.uppercased())"].contains(where: { $0.utf8.elementsEqual(entry.utf8) }) else {
      throw .partMisnamed(entry, wanted: wanted)
    }
    let path = "\(folder)/\(entry)"
    guard isPlainFile(path) else { throw .partNoFile(entry) }
    return path
  }

  /// What the `.prj` says, for people and in one line: of one that GDAL does not understand nothing else is known.
  var statedReference: String {
    guard let path = try? optional("prj"), let bytes = FileAccess.head(path, count: 256) else { return "" }
    let text = bytes.withUnsafeBufferPointer { bytes in
      [TextEncoding.utf8, .gb18030].lazy.compactMap { $0.decode(bytes) ?? $0.decodeCut(bytes) }.first
    }
    let words = (text ?? String(decoding: bytes, as: UTF8.self)).split { $0.isWhitespace || $0 == "\0" }
    return String(words.joined(separator: " ").prefix(80))
  }

  private func isPlainFile(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }
}
