import Glibc

extension PreparedFile {
  /// Writes the file under a name of its own, syncs it and renames it to `path`: readers see the old file or the new one,
  /// never a part, and of two who prepare at once the later one stays. Throws `SpatialError.notWritten`.
  ///
  /// - Parameter source: the SHA-256 of what the layer was made from, 32 bytes.
  package func write(to path: String, source: [UInt8]) throws(SpatialError) {
    let head = head(source)
    var sum = Checksum()
    head.withUnsafeBytes { sum.add($0) }
    areas.withBytes { sum.add($0) }
    var ending = sum.value.littleEndian
    let temporary = "\(path).\(getpid()).\(UInt64.random(in: 0...UInt64.max))"
    do throws(SpatialError) {
      let file = try NewFile(temporary)
      try head.withUnsafeBufferPointer { (bytes) throws(SpatialError) in
        try file.write(UnsafeRawBufferPointer(bytes))
      }
      try areas.withBytes { (bytes) throws(SpatialError) in try file.write(bytes) }
      try withUnsafeBytes(of: &ending) { (bytes) throws(SpatialError) in try file.write(bytes) }
      try file.finish()
      guard rename(temporary, path) == 0 else {
        throw SpatialError.notWritten(path, words: String(cString: strerror(errno)))
      }
    } catch {
      unlink(temporary)
      throw error
    }
  }

  /// All that comes before the polygon set.
  private func head(_ source: [UInt8]) -> [UInt8] {
    precondition(source.count == Self.sourceLength, "a source is named by its SHA-256")
    var body: [UInt8] = []
    func put(_ words: [UInt64]) { words.withUnsafeBytes { body += $0 } }
    func pad() { body += [UInt8](repeating: 0, count: (8 - body.count % 8) % 8) }
    body += source
    put([note.count, texts.count, numbers.count, areas.count].map(UInt64.init))
    body += note
    pad()
    for column in texts {
      put([UInt64(column.words.count)] + column.words.map { UInt64($0.utf8.count) })
      for word in column.words {
        body += word.utf8
        pad()
      }
      (0..<column.count).map { UInt32(column.word(of: $0)) }.withUnsafeBytes { body += $0 }
      pad()
    }
    for column in numbers { put((0..<column.count).map { column[$0].bitPattern }) }
    let length = 3 * 8 + body.count + areas.byteCount + 8
    return [Self.magic, Self.format, UInt64(length)].withUnsafeBytes { Array($0) } + body
  }
}

/// A file that is being written.
private struct NewFile: ~Copyable {
  private let path: String
  private let descriptor: Int32

  init(_ path: String) throws(SpatialError) {
    self.path = path
    descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    if descriptor < 0 { throw failure }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  func write(_ bytes: UnsafeRawBufferPointer) throws(SpatialError) {
    var rest = bytes
    while let start = rest.baseAddress, !rest.isEmpty {
      let written = Glibc.write(descriptor, start, rest.count)
      if written < 0 && errno == EINTR { continue }
      guard written > 0 else { throw failure }
      rest = UnsafeRawBufferPointer(rebasing: rest[written...])
    }
  }

  /// What was written survives a power cut.
  func finish() throws(SpatialError) {
    if fsync(descriptor) != 0 { throw failure }
  }

  private var failure: SpatialError { .notWritten(path, words: String(cString: strerror(errno))) }
}
