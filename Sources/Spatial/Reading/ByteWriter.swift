/// Puts values into bytes, little-endian, texts and lists with their count in front.
struct ByteWriter {
  private(set) var bytes: [UInt8] = []

  /// Begins anew in the same memory.
  mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

  mutating func put(_ value: some FixedWidthInteger) {
    withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
  }

  mutating func put(_ text: String) {
    var text = text
    text.withUTF8 { put(UnsafeRawBufferPointer($0)) }
  }

  mutating func put(_ content: UnsafeRawBufferPointer) {
    put(UInt32(content.count))
    bytes.append(contentsOf: content)
  }

  /// Values as they lie in memory: both ends of the stream are one program on one machine. Their count goes elsewhere.
  mutating func put(column: [some BitwiseCopyable]) { column.withUnsafeBytes { bytes.append(contentsOf: $0) } }

  /// Puts a count where room was left for it.
  mutating func replace(at offset: Int, with count: UInt32) {
    bytes.withUnsafeMutableBytes { $0.storeBytes(of: count.littleEndian, toByteOffset: offset, as: UInt32.self) }
  }
}
