/// A file or folder within a zip whose name, kind and place have been checked.
package struct ZipEntry: Hashable, Sendable {
  /// Decoded, with `/` between the parts and none at the end.
  package let path: String
  package let isFolder: Bool
  /// Unpacked, in bytes; kept to while unpacking.
  package let size: Int
  let packedSize: Int
  /// CRC-32 of the unpacked bytes.
  let checksum: UInt32
  let isDeflated: Bool
  /// Where the entry, with its header, lies in the zip.
  let range: Range<Int>

  /// Its bytes in the zip.
  var content: Range<Int> { (range.upperBound - packedSize)..<range.upperBound }

  init(_ record: ZipRecord, _ bytes: ZipBytes) throws(ZipFault) {
    let name = try ZipName(record)
    (path, isFolder) = (name.path, name.isFolder)
    (size, packedSize, checksum) = (record.size, record.packedSize, record.checksum)
    isDeflated = record.method == Self.deflate
    try Self.checkKind(record, name)
    let header = try ZipHeader(at: record.offset, bytes)
    guard header.agrees(with: record) else { throw .disagrees(entry: path) }
    guard packedSize <= bytes.count, header.content <= bytes.count - packedSize else { throw .damaged }
    range = record.offset..<(header.content + packedSize)
  }

  private static let stored: UInt16 = 0
  private static let deflate: UInt16 = 8
  private static let aes: UInt16 = 99

  private static func checkKind(_ record: ZipRecord, _ name: ZipName) throws(ZipFault) {
    guard record.flags.isDisjoint(with: .encryption), record.method != aes, !record.extra.isEncrypted else {
      throw .encrypted(entry: name.path)
    }
    let (folder, file): (UInt32, UInt32) = (0o040000, 0o100000)
    let type = record.mode & 0o170000
    // Some programs mark a folder as a file; the slash at its end makes it one.
    guard type == 0 || type == file || (type == folder && name.isFolder) else { throw .notRegular(entry: name.path) }
    guard record.method == stored || record.method == deflate else {
      throw .method(entry: name.path, number: Int(record.method))
    }
    guard record.method == deflate || record.size == record.packedSize, !name.isFolder || record.size == 0 else {
      throw .damaged
    }
  }

  var parts: [Substring] { path.split(separator: "/") }

  /// What desktop programs put beside people's files.
  var isLitter: Bool {
    guard let last = parts.last?.lowercased() else { return false }
    return parts[0] == "__MACOSX" || last.hasPrefix(".") || last == "thumbs.db" || last == "desktop.ini"
  }

  private static let archives: Set<String> = [
    "zip", "zipx", "rar", "7z", "tar", "gz", "tgz", "bz2", "tbz2", "xz", "txz", "zst", "cab", "z", "lzh", "arj", "iso",
  ]

  var isArchive: Bool { !isFolder && !isLitter && Self.archives.contains(pathExtension(path).lowercased()) }
}

/// A path as a disk sees it that ignores case. Strings that differ only in how they compose their characters are equal
/// already; both steps, because some letters have one capital and two small forms.
func foldedPath(_ path: some StringProtocol) -> String { path.uppercased().lowercased() }
