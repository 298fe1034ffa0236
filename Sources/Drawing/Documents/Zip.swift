import CZlib

/// A zip archive as a value: equal entries in equal order give equal bytes.
///
/// Deflated, every entry dated 1980-01-01 00:00. Everything is held in memory; the limits of zip without its 64-bit
/// extension hold (65 535 entries, 4 GiB). Source: PKWARE APPNOTE 6.3.
package struct Zip: Sendable {
  private struct Entry {
    var name: [UInt8]
    var isUTF8: Bool
    /// The system that names and rights are those of: 3 for Unix, 0 for DOS.
    var system: UInt8
    var checksum: UInt32
    var size: UInt32
    var method: UInt16
    var content: [UInt8]

    /// The fields that the local header and the directory share, from the version needed on.
    func putShared(into bytes: inout [UInt8]) {
      bytes.put(UInt16(20))
      bytes.put(UInt16(isUTF8 ? 0x0800 : 0))
      bytes.put(method)
      bytes.put(UInt16(0))
      bytes.put(UInt16(1 << 5 | 1))
      bytes.put(checksum)
      bytes.put(UInt32(content.count))
      bytes.put(size)
      bytes.put(UInt16(name.count))
      bytes.put(UInt16(0))
    }
  }

  private var entries: [Entry] = []

  package init() {}

  /// Adds an entry; the name is marked as UTF-8 only where it is not ASCII.
  package mutating func add(name: String, bytes: [UInt8]) {
    let raw = Array(name.utf8)
    add(raw, isUTF8: raw.contains { $0 >= 0x80 }, system: 3, bytes)
  }

  /// Adds an entry whose name has exactly these bytes and no mark, as archives from older Chinese systems (GBK) have.
  package mutating func add(rawName: [UInt8], bytes: [UInt8]) {
    add(rawName, isUTF8: false, system: 0, bytes)
  }

  private mutating func add(_ name: [UInt8], isUTF8: Bool, system: UInt8, _ bytes: [UInt8]) {
    precondition(name.count <= UInt16.max && bytes.count < Int(UInt32.max), "larger than zip can hold")
    precondition(entries.count < UInt16.max, "more entries than zip can hold")
    let deflated = deflated(bytes)
    let isSmaller = deflated.count < bytes.count
    entries.append(
      Entry(
        name: name, isUTF8: isUTF8, system: system, checksum: UInt32(crc32_z(0, bytes, bytes.count)),
        size: UInt32(bytes.count), method: isSmaller ? 8 : 0, content: isSmaller ? deflated : bytes))
  }

  /// The archive.
  package var bytes: [UInt8] {
    var bytes: [UInt8] = []
    var directory: [UInt8] = []
    for entry in entries {
      directory.put(UInt32(0x0201_4B50))
      directory.put(UInt16(entry.system) << 8 | 20)
      entry.putShared(into: &directory)
      directory.put(UInt16(0))
      directory.put(UInt16(0))
      directory.put(UInt16(0))
      directory.put(entry.system == 3 ? UInt32(0o100644) << 16 : 0)
      directory.put(UInt32(bytes.count))
      directory += entry.name

      bytes.put(UInt32(0x0403_4B50))
      entry.putShared(into: &bytes)
      bytes += entry.name
      bytes += entry.content
    }
    let start = bytes.count
    bytes += directory
    bytes.put(UInt32(0x0605_4B50))
    bytes.put(UInt16(0))
    bytes.put(UInt16(0))
    bytes.put(UInt16(entries.count))
    bytes.put(UInt16(entries.count))
    bytes.put(UInt32(directory.count))
    bytes.put(UInt32(start))
    bytes.put(UInt16(0))
    return bytes
  }
}

/// A raw deflate stream, without the header of zlib.
private func deflated(_ bytes: [UInt8]) -> [UInt8] {
  var stream = z_stream()
  let started = deflateInit2_(
    &stream, 9, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
  precondition(started == Z_OK, "zlib of another version, or no memory")
  defer { deflateEnd(&stream) }
  let capacity = Int(deflateBound(&stream, UInt(bytes.count)))
  var input = bytes
  return [UInt8](unsafeUninitializedCapacity: capacity) { output, count in
    input.withUnsafeMutableBufferPointer { input in
      stream.next_in = input.baseAddress
      stream.avail_in = UInt32(input.count)
      stream.next_out = output.baseAddress
      stream.avail_out = UInt32(capacity)
      let ended = deflate(&stream, Z_FINISH)
      precondition(ended == Z_STREAM_END, "the bound holds every stream")
    }
    count = capacity - Int(stream.avail_out)
  }
}

extension [UInt8] {
  /// Appends an integer, lowest byte first.
  fileprivate mutating func put(_ value: some FixedWidthInteger) {
    for shift in stride(from: 0, to: value.bitWidth, by: 8) { append(UInt8(truncatingIfNeeded: value >> shift)) }
  }
}
