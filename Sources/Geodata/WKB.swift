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
    self.init()
    var cursor = WKBCursor(bytes: Array(bytes))
    try cursor.readGeometry(into: &self)
  }
}

private struct WKBCursor {
  let bytes: [UInt8]
  var offset = 0
  var littleEndian = true

  mutating func byte() throws(WKBError) -> UInt8 {
    guard offset < bytes.count else { throw .truncated }
    defer { offset += 1 }
    return bytes[offset]
  }

  mutating func number<Value: FixedWidthInteger>(_: Value.Type) throws(WKBError) -> Value {
    let size = Value.bitWidth / 8
    guard offset + size <= bytes.count else { throw .truncated }
    var value: Value = 0
    for k in 0..<size {
      value |= Value(truncatingIfNeeded: bytes[offset + k]) << Value(8 * (littleEndian ? k : size - 1 - k))
    }
    offset += size
    return value
  }

  mutating func coordinate() throws(WKBError) -> Double {
    let value = Double(bitPattern: try number(UInt64.self))
    guard value.isFinite else { throw .notFinite }
    return value
  }

  mutating func points(_ count: Int, of dimensions: Int) throws(WKBError) -> [Point] {
    var points: [Point] = []
    points.reserveCapacity(count)
    for _ in 0..<count {
      points.append(Point(x: try coordinate(), y: try coordinate()))
      offset += 8 * (dimensions - 2)
    }
    return points
  }

  /// The common case in one piece: the bytes are the points as they lie in memory. `count` of them are there.
  mutating func plainPoints(_ count: Int) throws(WKBError) -> [Point] {
    let place = offset..<(offset + count * MemoryLayout<Point>.stride)
    let points = unsafe [Point](unsafeUninitializedCapacity: count) { buffer, initialized in
      unsafe bytes.withUnsafeBytes { source in
        unsafe UnsafeMutableRawBufferPointer(buffer).copyMemory(from: UnsafeRawBufferPointer(rebasing: source[place]))
      }
      initialized = count
    }
    guard points.allSatisfy({ $0.x.isFinite && $0.y.isFinite }) else { throw .notFinite }
    offset = place.upperBound
    return points
  }

  mutating func readGeometry(into polygons: inout Polygons, depth: Int = 0) throws(WKBError) {
    littleEndian = try byte() == 1
    let raw = try number(UInt32.self)
    if raw & 0x2000_0000 != 0 { _ = try number(UInt32.self) }
    let flat = raw & 0x0FFF_FFFF
    let dimensions =
      2 + (raw & 0x8000_0000 != 0 || flat / 1000 == 1 || flat / 1000 == 3 ? 1 : 0)
      + (raw & 0x4000_0000 != 0 || flat / 1000 >= 2 ? 1 : 0)
    switch flat % 1000 {
    case 3:
      for _ in 0..<(try number(UInt32.self)) {
        let count = Int(try number(UInt32.self))
        // Never allocate by a claimed count: the bytes must be there.
        guard count <= (bytes.count - offset) / (8 * dimensions) else { throw .truncated }
        let ring = littleEndian && dimensions == 2 ? try plainPoints(count) : try points(count, of: dimensions)
        if !ring.isEmpty { polygons.add(ring: ring) }
      }
      polygons.endPolygon()
    case 6 where depth == 0:
      for _ in 0..<(try number(UInt32.self)) { try readGeometry(into: &polygons, depth: 1) }
    case let other:
      throw .unsupported(type: other)
    }
  }
}
