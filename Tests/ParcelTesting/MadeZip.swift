/// A zip made byte by byte, so that it can be wrong in every way.
package struct MadeZip: Sendable {
  package var members: [Member]
  package var comment: [UInt8] = []
  /// Whether the end of the directory is given in 64-bit numbers as well.
  package var isLarge = false
  /// What the end record states, where it is not the truth.
  package var statedCount: Int?
  /// Bytes between the last member and the directory.
  package var gap: [UInt8] = []
  /// The number of the volume that the end record states.
  package var volume = 0

  package struct Member: Sendable {
    package var name: [UInt8]
    package var content: [UInt8]
    package var isDeflated = false
    package var flags = 0x800
    package var method: Int?
    /// In the upper half the Unix mode, in the lower one the attributes of DOS.
    package var attributes = 0o100644 << 16
    package var extra: [UInt8] = []
    /// Whether sizes and checksum come after the content.
    package var hasDescriptor = false
    /// Whether sizes and place are given in 64-bit numbers.
    package var isLarge = false
    /// Changes what both headers state of the unpacked size.
    package var statedSize: Int?
    /// The packed size that the directory states, where it is not the truth.
    package var statedPackedSize: Int?
    package var statedChecksum: UInt32?
    /// What the header in front of the content states, where it is not what the directory does.
    package var localName: [UInt8]?
    package var localFlags: Int?
    package var localMethod: Int?
    package var localSize: Int?
    /// Where the directory says that the header lies.
    package var offset: Int?

    package init(_ name: String, _ content: [UInt8] = [1, 2, 3], _ change: (inout Member) -> Void = { _ in }) {
      self.init(raw: Array(name.utf8), content, change)
    }

    /// With a name in no stated encoding.
    package init(raw name: [UInt8], _ content: [UInt8] = [1, 2, 3], _ change: (inout Member) -> Void = { _ in }) {
      (self.name, self.content) = (name, content)
      change(&self)
    }
  }

  package init(_ members: [Member], _ change: (inout MadeZip) -> Void = { _ in }) {
    self.members = members
    change(&self)
  }

  package var bytes: [UInt8] {
    var file: [UInt8] = []
    var directory: [UInt8] = []
    for member in members {
      let offset = file.count
      file += member.localBytes
      directory += member.directoryBytes(offset: offset)
    }
    file += gap
    let start = file.count
    file += directory
    let count = statedCount ?? members.count
    if isLarge { file += largeEnd(count: count, size: directory.count, start: start) }
    let (count16, rest32) = isLarge ? (0xFFFF, -1) : (count, directory.count)
    file += little(
      (0x0605_4B50, 4), (volume, 2), (volume, 2), (count16, 2), (count16, 2), (rest32, 4), (isLarge ? -1 : start, 4),
      (comment.count, 2))
    return file + comment
  }

  private func largeEnd(count: Int, size: Int, start: Int) -> [UInt8] {
    little(
      (0x0606_4B50, 4), (44, 8), (45, 2), (45, 2), (0, 4), (0, 4), (count, 8), (count, 8), (size, 8), (start, 8))
      + little((0x0706_4B50, 4), (0, 4), (start + size, 8), (1, 4))
  }
}

extension MadeZip.Member {
  private var packed: [UInt8] { isDeflated ? deflated(content) : content }
  private var size: Int { statedSize ?? content.count }
  private var sum: Int { Int(statedChecksum ?? crc32(content)) }
  private var bothFlags: Int { flags | (hasDescriptor ? 8 : 0) }
  private var bothMethod: Int { method ?? (isDeflated ? 8 : 0) }

  fileprivate var localBytes: [UInt8] {
    let packed = packed
    let sizes = [packed.count, localSize ?? size]
    let name = localName ?? name
    let large = isLarge && !hasDescriptor ? little((1, 2), (16, 2), (sizes[1], 8), (sizes[0], 8)) : []
    let stated = hasDescriptor ? [0, 0, 0] : isLarge ? [sum, -1, -1] : [sum] + sizes
    return little(
      (0x0403_4B50, 4), (20, 2), (localFlags ?? bothFlags, 2), (localMethod ?? bothMethod, 2), (0, 2), (0x21, 2),
      (stated[0], 4), (stated[1], 4), (stated[2], 4), (name.count, 2), (large.count + extra.count, 2))
      + name + large + extra + packed
      + (hasDescriptor ? little((0x0807_4B50, 4), (sum, 4), (sizes[0], 4), (sizes[1], 4)) : [])
  }

  fileprivate func directoryBytes(offset: Int) -> [UInt8] {
    let packedSize = statedPackedSize ?? packed.count
    let place = self.offset ?? offset
    let large = isLarge ? little((1, 2), (24, 2), (size, 8), (packedSize, 8), (place, 8)) : []
    return little(
      (0x0201_4B50, 4), (0x0314, 2), (20, 2), (bothFlags, 2), (bothMethod, 2), (0, 2), (0x21, 2), (sum, 4),
      (isLarge ? -1 : packedSize, 4), (isLarge ? -1 : size, 4), (name.count, 2), (large.count + extra.count, 2),
      (0, 2), (0, 2), (0, 2), (attributes, 4), (isLarge ? -1 : place, 4))
      + name + large + extra
  }
}

/// Numbers with their sizes in bytes, the low bytes first.
package func little(_ values: (Int, Int)...) -> [UInt8] {
  values.flatMap { value, size in (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }
}

/// Deflate (RFC 1951) as one block of the fixed code, without finding repetitions.
package func deflated(_ content: [UInt8]) -> [UInt8] {
  var bytes: [UInt8] = []
  var (bits, count) = (UInt32(0b011), 3)
  func put(code: UInt32, length: Int) {
    for place in (0..<length).reversed() {
      bits |= (code >> UInt32(place) & 1) << UInt32(count)
      count += 1
      if count == 8 {
        bytes.append(UInt8(bits))
        (bits, count) = (0, 0)
      }
    }
  }
  for byte in content {
    if byte < 144 { put(code: 0x30 + UInt32(byte), length: 8) } else { put(code: 0x100 + UInt32(byte), length: 9) }
  }
  put(code: 0, length: 7)
  if count > 0 { bytes.append(UInt8(bits)) }
  return bytes
}

package func crc32(_ bytes: [UInt8]) -> UInt32 {
  var value: UInt32 = 0xFFFF_FFFF
  for byte in bytes {
    value ^= UInt32(byte)
    for _ in 0..<8 { value = value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
  }
  return ~value
}
