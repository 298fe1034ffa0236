import Glibc

extension ZipArchive {
  /// Writes the files of `dataSet`, and nothing else, into `folder`, which exists and is the caller's own: as
  /// `stem.ext` with a small extension, a geodatabase as a folder. Returns the path to open. What is already there is
  /// never written over, and on an error nothing new is left.
  ///
  /// Throws `SpatialError.zip` where the content is damaged, `SpatialError.notWritten` where the disk refuses.
  package func unpack(_ dataSet: DataSet, into folder: String) throws(SpatialError) -> String {
    var written = WrittenFiles()
    do throws(SpatialError) {
      return dataSet.kind == .geodatabase
        ? try unpackFolder(dataSet, into: folder, &written) : try unpackFiles(dataSet, into: folder, &written)
    } catch {
      written.remove()
      throw error
    }
  }

  private func unpackFiles(_ dataSet: DataSet, into folder: String, _ written: inout WrittenFiles)
    throws(SpatialError) -> String
  {
    let target = "\(folder)/\(stem(dataSet.path))"
    for entry in dataSet.entries {
      try unpack(entry, to: "\(target).\(pathExtension(entry.path).lowercased())", &written)
    }
    return "\(target).\(pathExtension(dataSet.path).lowercased())"
  }

  private func unpackFolder(_ dataSet: DataSet, into folder: String, _ written: inout WrittenFiles)
    throws(SpatialError) -> String
  {
    let target = "\(folder)/\(stem(dataSet.path)).gdb"
    try written.makeFolder(target)
    let depth = dataSet.path.split(separator: "/").count
    for entry in dataSet.entries {
      var place = target
      for part in entry.parts.dropFirst(depth).dropLast() {
        place += "/\(part)"
        try written.makeFolder(place)
      }
      try unpack(entry, to: "\(place)/\(entry.parts.last ?? "")", &written)
    }
    return target
  }

  private func unpack(_ entry: ZipEntry, to target: String, _ written: inout WrittenFiles) throws(SpatialError) {
    let content = try content(of: entry)
    let file = try written.makeFile(target)
    while let piece = try next(content) { try file.write(piece) }
    try file.finish()
  }
}

/// What unpacking has made, in order.
private struct WrittenFiles {
  private var files: [String] = []
  private var folders: [String] = []

  mutating func makeFile(_ path: String) throws(SpatialError) -> NewFile {
    let file = try NewFile(path)
    files.append(path)
    return file
  }

  /// A folder made before by the same unpacking is there already.
  mutating func makeFolder(_ path: String) throws(SpatialError) {
    if folders.contains(path) { return }
    guard mkdir(path, 0o700) == 0 else { throw .notWritten(path, words: systemWords()) }
    folders.append(path)
  }

  func remove() {
    for file in files { unlink(file) }
    for folder in folders.reversed() { rmdir(folder) }
  }
}

/// A file that was not there before, being written; closed with its owner.
private final class NewFile {
  private let path: String
  private var descriptor: Int32

  init(_ path: String) throws(SpatialError) {
    let opened = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard opened >= 0 else { throw .notWritten(path, words: systemWords()) }
    (self.path, descriptor) = (path, opened)
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  func write(_ bytes: UnsafeRawBufferPointer) throws(SpatialError) {
    var rest = bytes
    while !rest.isEmpty {
      let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw .notWritten(path, words: systemWords()) }
      rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    }
  }

  /// Some disks report only here that they are full.
  func finish() throws(SpatialError) {
    let closed = close(descriptor)
    descriptor = -1
    guard closed == 0 else { throw .notWritten(path, words: systemWords()) }
  }
}
