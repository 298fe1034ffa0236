import Glibc

/// The bytes of a file, mapped for reading; given back with its owner.
final class MappedFile: Sendable {
  nonisolated(unsafe) let bytes: UnsafeRawBufferPointer

  /// Throws where the file is missing or no regular file.
  init(_ path: String) throws(SpatialError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw .fileMissing(path) }
    defer { close(descriptor) }
    var status = Glibc.stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { throw .fileMissing(path) }
    let size = Int(status.st_size)
    guard size > 0 else {
      // Nothing can be mapped of an empty file.
      bytes = UnsafeRawBufferPointer(start: nil, count: 0)
      return
    }
    guard let start = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0), start != MAP_FAILED else {
      throw .fileMissing(path)
    }
    bytes = UnsafeRawBufferPointer(start: start, count: size)
  }

  deinit { if let start = bytes.baseAddress { munmap(UnsafeMutableRawPointer(mutating: start), bytes.count) } }
}

extension UnsafeRawBufferPointer {
  /// A number of the type at `offset`, as it lies in memory; nothing where it would reach past the end.
  func number<Value: FixedWidthInteger>(at offset: Int, as type: Value.Type) -> Value? {
    guard offset >= 0, offset <= count - MemoryLayout<Value>.size else { return nil }
    return loadUnaligned(fromByteOffset: offset, as: type)
  }

  /// 32 bits in big-endian order, unsigned; nothing past the end.
  func bigEndian(at offset: Int) -> Int? { number(at: offset, as: UInt32.self).map { Int(UInt32(bigEndian: $0)) } }

  /// 32 bits in little-endian order, unsigned; nothing past the end.
  func littleEndian(at offset: Int) -> Int? {
    number(at: offset, as: UInt32.self).map { Int(UInt32(littleEndian: $0)) }
  }

  /// 16 bits in little-endian order, unsigned; nothing past the end.
  func shortLittleEndian(at offset: Int) -> Int? {
    number(at: offset, as: UInt16.self).map { Int(UInt16(littleEndian: $0)) }
  }

  /// The bytes of a range that the caller knows to lie within.
  func part(_ range: Range<Int>) -> UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: self[range]) }

  /// Whether any byte is 0x80 or above.
  var hasHighByte: Bool {
    var offset = 0
    while offset <= count - 8 {
      if loadUnaligned(fromByteOffset: offset, as: UInt64.self) & 0x8080_8080_8080_8080 != 0 { return true }
      offset += 8
    }
    return self[offset...].contains { $0 >= 0x80 }
  }

  var hasNUL: Bool {
    guard let baseAddress else { return false }
    return memchr(baseAddress, 0, count) != nil
  }
}
