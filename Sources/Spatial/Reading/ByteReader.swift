/// Takes values out of bytes that may hold anything; every count is checked against what is there.
struct ByteReader {
  private let bytes: [UInt8]
  private var offset = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { offset == bytes.count }

  mutating func take<Value: FixedWidthInteger & BitwiseCopyable>(
    _: Value.Type
  ) throws(StreamFault.Thrown) -> Value {
    let size = MemoryLayout<Value>.size
    guard bytes.count - offset >= size else { throw StreamFault.Thrown(.malformed) }
    defer { offset += size }
    return bytes.withUnsafeBytes { Value(littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: Value.self)) }
  }

  mutating func text() throws(StreamFault.Thrown) -> String {
    let count = try count()
    defer { offset += count }
    do throws(UTF8.ValidationError) {
      return String(copying: try UTF8Span(validating: bytes.span.extracting(offset..<(offset + count))))
    } catch {
      throw StreamFault.Thrown(.malformed)
    }
  }

  /// So many values as `ByteWriter.put(column:)` has put them.
  mutating func column<Value: BitwiseCopyable>(
    of _: Value.Type, count: Int
  ) throws(StreamFault.Thrown) -> [Value] {
    let stride = MemoryLayout<Value>.stride
    guard count <= (bytes.count - offset) / stride else { throw StreamFault.Thrown(.malformed) }
    let place = offset..<(offset + count * stride)
    offset = place.upperBound
    return [Value](unsafeUninitializedCapacity: count) { values, initialized in
      bytes.withUnsafeBytes { UnsafeMutableRawBufferPointer(values).copyMemory(from: $0.part(place)) }
      initialized = count
    }
  }

  /// A count of things that take at least one byte each.
  mutating func count() throws(StreamFault.Thrown) -> Int {
    let count = Int(try take(UInt32.self))
    guard count <= bytes.count - offset else { throw StreamFault.Thrown(.malformed) }
    return count
  }
}

extension StreamFault {
  /// A fault on its way to whoever knows the file's name.
  struct Thrown: Error {
    let fault: StreamFault
    init(_ fault: StreamFault) { self.fault = fault }
  }
}
