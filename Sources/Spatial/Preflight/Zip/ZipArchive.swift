/// A zip whose directory has been read and found harmless; nothing is unpacked yet.
///
/// GDAL opens zips by itself, and believes them: it inflates bombs, takes the first of two entries with one name, and
/// decodes names as code page 437.
package struct ZipArchive: Sendable {
  /// As the person named it.
  package let path: String
  /// All of them, those that desktop programs leave behind too, in the order of the directory.
  package let entries: [ZipEntry]
  let bytes: ZipBytes

  /// Throws `SpatialError.fileMissing`, and `SpatialError.zip` where anything in it is not plain.
  package init(_ path: String, limits: ZipLimits = ZipLimits()) throws(SpatialError) {
    self.path = path
    let bytes = try ZipBytes(path)
    self.bytes = bytes
    entries = try naming(path) { () throws(ZipFault) in try ZipDirectory(bytes, limits).entries }
  }

  /// Lends the unpacked bytes of `entry` piece by piece. They may be believed once the call returns: the checksum
  /// comes last. Throws `SpatialError.zip` where they differ from what the directory states, and what `body` throws.
  package func withContent(of entry: ZipEntry, _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
    let content = try content(of: entry)
    while let piece = try next(content) { try body(piece) }
  }

  /// The unpacked bytes of a small entry; nothing where there is no such file. Case does not matter, since no two
  /// entries differ by it alone. Throws `SpatialError.zip` where it has more than `limit` bytes or is damaged.
  package func content(ofEntryNamed name: String, limit: Int) throws(SpatialError) -> [UInt8]? {
    let wanted = foldedPath(name)
    guard let entry = entries.first(where: { !$0.isFolder && foldedPath($0.path) == wanted }) else { return nil }
    guard entry.size <= limit else { throw .zip(path, .entryTooLarge(entry: entry.path, limit: limit)) }
    let content = try content(of: entry)
    var bytes: [UInt8] = []
    while let piece = try next(content) { bytes.append(contentsOf: piece) }
    return bytes
  }

  func content(of entry: ZipEntry) throws(SpatialError) -> ZipContent {
    try naming(path) { () throws(ZipFault) in try ZipContent(entry, bytes) }
  }

  func next(_ content: ZipContent) throws(SpatialError) -> UnsafeRawBufferPointer? {
    try naming(path) { () throws(ZipFault) in try content.next() }
  }
}

/// Says of which zip a fault is.
private func naming<Value>(_ path: String, _ body: () throws(ZipFault) -> Value) throws(SpatialError) -> Value {
  do { return try body() } catch { throw .zip(path, error) }
}
