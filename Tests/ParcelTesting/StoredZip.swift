/// A zip of uncompressed members, with names as raw bytes: some programs write GBK there without saying so.
package func storedZip(_ members: [(name: [UInt8], content: [UInt8])], namesAreUTF8: Bool = true) -> [UInt8] {
  var bytes: [UInt8] = []
  var directory: [UInt8] = []
  func put(_ values: [(Int, Int)], into target: inout [UInt8]) {
    for (value, size) in values { for k in 0..<size { target.append(UInt8(truncatingIfNeeded: value >> (8 * k))) } }
  }
  for (name, content) in members {
    let offset = bytes.count
    let flags = namesAreUTF8 ? 0x800 : 0
    // Version, flags, stored, 1980-01-01 00:00, checksum, sizes, length of the name, no extra field.
    let common = [
      (20, 2), (flags, 2), (0, 2), (0, 2), (0x21, 2), (Int(crc32(content)), 4), (content.count, 4), (content.count, 4),
      (name.count, 2), (0, 2),
    ]
    put([(0x0403_4B50, 4)] + common, into: &bytes)
    bytes += name + content
    put([(0x0201_4B50, 4), (20, 2)] + common + [(0, 2), (0, 2), (0, 2), (0, 4), (offset, 4)], into: &directory)
    directory += name
  }
  let start = bytes.count
  bytes += directory
  put(
    [(0x0605_4B50, 4), (0, 4), (members.count, 2), (members.count, 2), (directory.count, 4), (start, 4), (0, 2)],
    into: &bytes)
  return bytes
}
