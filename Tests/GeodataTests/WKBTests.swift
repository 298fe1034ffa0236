import Geodata
import ParcelTesting
import Testing

@Suite struct WKBTests {
  /// Bytes written out by hand: numbers as 32-bit, coordinates as 64-bit, in the given order.
  struct Bytes {
    var bytes: [UInt8] = []
    var littleEndian = true

    mutating func order() { bytes.append(littleEndian ? 1 : 0) }
    mutating func number(_ value: UInt32) {
      withUnsafeBytes(of: littleEndian ? value.littleEndian : value.bigEndian) { bytes += $0 }
    }
    mutating func coordinates(_ values: [Double]) {
      for value in values {
        let pattern = value.bitPattern
        withUnsafeBytes(of: littleEndian ? pattern.littleEndian : pattern.bigEndian) { bytes += $0 }
      }
    }
  }

  static let triangle = Polygons(rings: [[[Point(x: 1, y: 2), Point(x: 3, y: 4), Point(x: 5, y: 0)]]])

  static func polygon(type: UInt32, extra: [Double] = [], littleEndian: Bool = true, reference: Bool = false) -> [UInt8]
  {
    var bytes = Bytes(littleEndian: littleEndian)
    bytes.order()
    bytes.number(type)
    if reference { bytes.number(4490) }
    bytes.number(1)
    bytes.number(4)
    for point in [[1.0, 2], [3, 4], [5, 0], [1, 2]] { bytes.coordinates(point + extra) }
    return bytes.bytes
  }

  @Test(arguments: [
    ("2D", polygon(type: 3)), ("big-endian", polygon(type: 3, littleEndian: false)),
    ("ISO Z", polygon(type: 1003, extra: [7])), ("ISO M", polygon(type: 2003, extra: [8])),
    ("ISO ZM", polygon(type: 3003, extra: [7, 8])), ("EWKB Z", polygon(type: 0x8000_0003, extra: [7])),
    ("EWKB M", polygon(type: 0x4000_0003, extra: [8])), ("EWKB ZM", polygon(type: 0xC000_0003, extra: [7, 8])),
    ("EWKB with a system", polygon(type: 0x2000_0003, reference: true)),
  ])
  func polygons(_ name: String, bytes: [UInt8]) throws { #expect(try Polygons(wkb: bytes) == Self.triangle) }

  @Test func multiPolygonOfMixedByteOrder() throws {
    var bytes = Bytes(littleEndian: false)
    bytes.order()
    bytes.number(6)
    bytes.number(2)
    let wkb = bytes.bytes + Self.polygon(type: 3) + Self.polygon(type: 3, littleEndian: false)
    let ring = Self.triangle.points
    #expect(try Polygons(wkb: wkb) == Polygons(rings: [[ring], [ring]]))
  }

  @Test(arguments: [UInt64(1), 2, 3, 4, 5]) func whatIsWrittenIsRead(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let rings = (0..<Int.random(in: 0...4, using: &random)).map { _ in
      (0..<Int.random(in: 1...3, using: &random)).map { _ in
        (0..<Int.random(in: 3...20, using: &random)).map { _ in
          Point(x: .random(in: -180...180, using: &random), y: .random(in: -90...90, using: &random))
        }
      }
    }
    let polygons = Polygons(rings: rings)
    #expect(polygons.polygonCount == rings.count)
    #expect(try Polygons(wkb: polygons.wkb) == polygons)
  }

  /// The ledger hashes these bytes: they may never change.
  @Test func theBytesAreFixed() {
    var bytes = Bytes()
    bytes.order()
    bytes.number(6)
    bytes.number(1)
    #expect(Self.triangle.wkb == bytes.bytes + Self.polygon(type: 3))
  }

  @Test func everyCutIsNoticed() {
    let wkb = Self.triangle.wkb
    for count in 0..<wkb.count {
      #expect(throws: WKBError.truncated) { try Polygons(wkb: wkb[..<count]) }
    }
  }

  @Test(arguments: [UInt32(1), 2, 4, 5, 7, 10, 15, 16, 17]) func otherKindsAreNamed(type: UInt32) {
    var bytes = Bytes()
    bytes.order()
    bytes.number(type)
    bytes.number(0)
    #expect(throws: WKBError.unsupported(type: type)) { try Polygons(wkb: bytes.bytes) }
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity]) func numbersMustBeFinite(value: Double) {
    var wkb = Self.triangle.wkb
    withUnsafeBytes(of: value.bitPattern.littleEndian) { wkb.replaceSubrange(22..<30, with: $0) }
    #expect(throws: WKBError.notFinite) { try Polygons(wkb: wkb) }
  }

  @Test func aClaimedCountAllocatesNothing() {
    var bytes = Bytes()
    bytes.order()
    bytes.number(3)
    bytes.number(1)
    bytes.number(.max)
    #expect(throws: WKBError.truncated) { try Polygons(wkb: bytes.bytes) }
  }

  @Test func aPolygonWithinAPolygonIsNone() {
    var bytes = Bytes()
    bytes.order()
    bytes.number(6)
    bytes.number(1)
    bytes.bytes += Self.triangle.wkb
    #expect(throws: WKBError.unsupported(type: 6)) { try Polygons(wkb: bytes.bytes) }
  }

  @Test func openRingsAreClosed() {
    #expect(Self.triangle.points.count == 4)
    #expect(Self.triangle.points.first == Self.triangle.points.last)
    #expect(Self.triangle.envelope == Envelope(minX: 1, minY: 0, maxX: 5, maxY: 4))
  }
}
