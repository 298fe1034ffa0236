/// The header in front of an entry's content (APPNOTE.TXT 4.3.7). It repeats the directory, and programs differ in
/// which of the two they believe: only an entry where both say the same is taken.
struct ZipHeader {
  private let flags: ZipFlags
  private let method: UInt16
  private let checksum: UInt32
  private let name: [UInt8]
  private let sizes: [Int]
  /// Where the content begins.
  let content: Int

  private static let length = 30

  init(at offset: Int, _ bytes: ZipBytes) throws(ZipFault) {
    var cursor = ZipCursor(try bytes.read(at: offset, count: Self.length))
    try cursor.expect(0x0403_4B50)
    try cursor.skip(2)
    flags = ZipFlags(rawValue: try cursor.take(UInt16.self))
    method = try cursor.take(UInt16.self)
    try cursor.skip(4)
    checksum = try cursor.take(UInt32.self)
    let packedSize = try cursor.take(UInt32.self)
    let size = try cursor.take(UInt32.self)
    let nameLength = Int(try cursor.take(UInt16.self))
    let extraLength = Int(try cursor.take(UInt16.self))
    content = offset + Self.length + nameLength + extraLength
    var variable = ZipCursor(try bytes.read(at: offset + Self.length, count: nameLength + extraLength))
    name = Array(try variable.bytes(nameLength))
    let extra = ZipExtra(try variable.bytes(extraLength))
    // With a descriptor the sizes here mean nothing, whatever they are.
    sizes = flags.contains(.descriptor) ? [] : try extra.large(insteadOf: [size, packedSize])
  }

  func agrees(with record: ZipRecord) -> Bool {
    let compared: ZipFlags = [.encryption, .utf8, .descriptor]
    guard name == record.name, method == record.method,
      flags.intersection(compared) == record.flags.intersection(compared)
    else { return false }
    return flags.contains(.descriptor) || (checksum == record.checksum && sizes == [record.size, record.packedSize])
  }
}
