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

  mutating func content() throws(StreamFault.Thrown) -> ArraySlice<UInt8> {
    let count = Int(try take(UInt32.self))
    guard bytes.count - offset >= count else { throw StreamFault.Thrown(.malformed) }
    defer { offset += count }
    return bytes[offset..<(offset + count)]
  }

  mutating func text() throws(StreamFault.Thrown) -> String {
    guard let text = String(validating: try content(), as: UTF8.self) else { throw StreamFault.Thrown(.malformed) }
    return text
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
