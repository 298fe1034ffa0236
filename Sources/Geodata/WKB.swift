/// Why bytes are no polygon in well-known binary.
package enum WKBError: Error, Equatable, Sendable {
  case truncated
  /// A geometry of another kind; the OGC type number without its Z and M flags.
  case unsupported(type: UInt32)
  case notFinite
}

extension Polygons {
  /// Little-endian two-dimensional `MultiPolygon`, the form in which the ledger keeps geometry.
  package var wkb: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(16 + points.count * 16 + ringEnds.count * 4 + polygonEnds.count * 9)
    func put(_ value: some FixedWidthInteger) {
      for shift in stride(from: 0, to: value.bitWidth, by: 8) {
        bytes.append(UInt8(truncatingIfNeeded: value >> shift))
      }
    }
    bytes.append(1)
    put(UInt32(6))
    put(UInt32(polygonCount))
    for polygon in 0..<polygonCount {
      let rings = rings(ofPolygon: polygon)
      bytes.append(1)
      put(UInt32(3))
      put(UInt32(rings.count))
      for ring in rings {
        let range = points(ofRing: ring)
        put(UInt32(range.count))
        // Most of the bytes are these: x and y lie in memory as the format has them.
        unsafe points[range].withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
      }
    }
    return bytes
  }

  /// Reads a `Polygon` or `MultiPolygon` of either byte order; Z and M (ISO or EWKB flags) are left out.
  package init(wkb bytes: some RandomAccessCollection<UInt8>) throws(WKBError) {
    // Nearly every collection lies in one piece and is read where it lies.
    let read = bytes.withContiguousStorageIfAvailable { bytes in
      Result { () throws(WKBError) in try unsafe Polygons(wkb: UnsafeRawBufferPointer(bytes)) }
    }
    guard let read else {
      try self.init(wkb: Array(bytes))
      return
    }
    self = try read.get()
  }

  /// - Parameter bytes: readable until this returns.
  package init(wkb bytes: UnsafeRawBufferPointer) throws(WKBError) {
    var cursor = unsafe WKBCursor(bytes: bytes)
    try unsafe cursor.readGeometry()
    unsafe self.init(points: cursor.points, ringEnds: cursor.ringEnds, polygonEnds: cursor.polygonEnds)
  }
}

@unsafe private struct WKBCursor {
  let bytes: UnsafeRawBufferPointer
  var offset = 0
  var littleEndian = true
  var points: [Point] = []
  var ringEnds: [Int] = []
  var polygonEnds: [Int] = []

  init(bytes: UnsafeRawBufferPointer) {
    unsafe self.bytes = unsafe bytes
    unsafe points.reserveCapacity(bytes.count / MemoryLayout<Point>.stride)
  }

  mutating func number<Value: FixedWidthInteger>(_: Value.Type) throws(WKBError) -> Value {
    let size = MemoryLayout<Value>.size
    guard unsafe size <= bytes.count - offset else { throw .truncated }
    let value = unsafe bytes.loadUnaligned(fromByteOffset: offset, as: Value.self)
    unsafe offset += size
    return unsafe littleEndian ? Value(littleEndian: value) : Value(bigEndian: value)
  }

  mutating func coordinate() throws(WKBError) -> Double {
    let value = Double(bitPattern: try unsafe number(UInt64.self))
    guard value.isFinite else { throw .notFinite }
    return value
  }

  mutating func readGeometry(depth: Int = 0) throws(WKBError) {
    unsafe littleEndian = try unsafe number(UInt8.self) == 1
    let raw = try unsafe number(UInt32.self)
    if raw & 0x2000_0000 != 0 { _ = try unsafe number(UInt32.self) }
    let flat = raw & 0x0FFF_FFFF
    let dimensions =
      2 + (raw & 0x8000_0000 != 0 || flat / 1000 == 1 || flat / 1000 == 3 ? 1 : 0)
      + (raw & 0x4000_0000 != 0 || flat / 1000 >= 2 ? 1 : 0)
    switch flat % 1000 {
    case 3:
      for _ in 0..<(try unsafe number(UInt32.self)) { try unsafe readRing(of: dimensions) }
      if unsafe ringEnds.count > (polygonEnds.last ?? 0) { unsafe polygonEnds.append(ringEnds.count) }
    case 6 where depth == 0:
      for _ in 0..<(try unsafe number(UInt32.self)) { try unsafe readGeometry(depth: 1) }
    case let other:
      throw .unsupported(type: other)
    }
  }

  /// Closes the ring where it is open; an empty one is left out.
  mutating func readRing(of dimensions: Int) throws(WKBError) {
    let count = Int(try unsafe number(UInt32.self))
    // Never go by a claimed count: the bytes must be there.
    guard unsafe count <= (bytes.count - offset) / (8 * dimensions) else { throw .truncated }
    guard count > 0 else { return }
    let start = unsafe points.count
    for _ in 0..<count {
      unsafe points.append(Point(x: try coordinate(), y: try coordinate()))
      unsafe offset += 8 * (dimensions - 2)
    }
    if unsafe points[start] != points[points.count - 1] { unsafe points.append(points[start]) }
    unsafe ringEnds.append(points.count)
  }
}
