/// Takes little-endian numbers out of a part of a zip; every count is checked against what is there.
struct ZipCursor {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: some Collection<UInt8>) { rest = ArraySlice(bytes) }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func take<Value: FixedWidthInteger>(_: Value.Type) throws(ZipFault) -> Value {
    var value: Value = 0
    for (place, byte) in try bytes(Value.bitWidth / 8).enumerated() { value |= Value(byte) << Value(8 * place) }
    return value
  }

  mutating func bytes(_ count: Int) throws(ZipFault) -> ArraySlice<UInt8> {
    guard count >= 0, count <= rest.count else { throw .damaged }
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count)
  }

  mutating func skip(_ count: Int) throws(ZipFault) { _ = try bytes(count) }

  /// A 64-bit number that is an offset or a size.
  mutating func large() throws(ZipFault) -> Int {
    guard let value = Int(exactly: try take(UInt64.self)) else { throw .damaged }
    return value
  }

  /// A mark in front of a part, such as `PK\3\4`.
  mutating func expect(_ mark: UInt32) throws(ZipFault) {
    guard try take(UInt32.self) == mark else { throw .damaged }
  }
}
