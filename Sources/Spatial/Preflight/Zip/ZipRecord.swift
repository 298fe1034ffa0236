/// One record of a zip's directory as it stands there (APPNOTE.TXT 4.3.12).
struct ZipRecord {
  let name: [UInt8]
  let flags: ZipFlags
  let method: UInt16
  let checksum: UInt32
  let packedSize: Int
  let size: Int
  /// Where the entry's own header begins.
  let offset: Int
  let extra: ZipExtra
  /// The Unix mode, where the packing program kept one.
  let mode: UInt32

  init(_ cursor: inout ZipCursor) throws(ZipFault) {
    try cursor.expect(0x0201_4B50)
    // The versions that made it and that it needs: the flags and the method say what matters.
    try cursor.skip(4)
    flags = ZipFlags(rawValue: try cursor.take(UInt16.self))
    method = try cursor.take(UInt16.self)
    // Time and day.
    try cursor.skip(4)
    checksum = try cursor.take(UInt32.self)
    let packedSize = try cursor.take(UInt32.self)
    let size = try cursor.take(UInt32.self)
    let nameLength = Int(try cursor.take(UInt16.self))
    let extraLength = Int(try cursor.take(UInt16.self))
    let commentLength = Int(try cursor.take(UInt16.self))
    let disk = try cursor.take(UInt16.self)
    guard disk == 0 || disk == .max else { throw .severalVolumes }
    try cursor.skip(2)
    mode = try cursor.take(UInt32.self) >> 16
    let offset = try cursor.take(UInt32.self)
    name = Array(try cursor.bytes(nameLength))
    extra = ZipExtra(try cursor.bytes(extraLength))
    try cursor.skip(commentLength)
    let large = try extra.large(insteadOf: [size, packedSize, offset])
    (self.size, self.packedSize, self.offset) = (large[0], large[1], large[2])
  }
}

/// The general purpose flags of an entry (APPNOTE.TXT 4.4.4).
struct ZipFlags: OptionSet, Hashable {
  let rawValue: UInt16

  static let encrypted = ZipFlags(rawValue: 1 << 0)
  /// Checksum and sizes follow the content, because they were not known before it.
  static let descriptor = ZipFlags(rawValue: 1 << 3)
  static let stronglyEncrypted = ZipFlags(rawValue: 1 << 6)
  static let utf8 = ZipFlags(rawValue: 1 << 11)
  /// The header hides its values because the directory is encrypted.
  static let masked = ZipFlags(rawValue: 1 << 13)

  static let encryption: ZipFlags = [.encrypted, .stronglyEncrypted, .masked]
}
