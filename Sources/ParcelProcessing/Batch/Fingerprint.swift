import Geodata
import ParcelLedger

/// SHA-256 over what was delivered: the same row gives the same whatever file it comes in. Coordinates count to 1e-9
/// degrees, a tenth of a millimetre.
///
/// One for a whole delivery, for the sake of its buffers.
struct Fingerprint {
  private var bytes: [UInt8] = []
  private var corners: [Corner] = []

  /// In billionths of a degree.
  private struct Corner: Comparable {
    var x: Int64
    var y: Int64

    static func < (a: Self, b: Self) -> Bool { (a.x, a.y) < (b.x, b.y) }
  }

  /// - Returns: 64 hexadecimal digits.
  mutating func fingerprint(_ judged: JudgedRecord) -> String {
    let record = judged.record
    bytes.removeAll(keepingCapacity: true)
    write(record.code)
    for field in [record.county, record.township] { write(field ?? "", after: 0x1F) }
    for area in [record.area, record.farmland, record.basicFarmland] {
      bytes.append(0x1F)
      if let area { write(area.area.hundredths) }
    }
    for (key, value) in record.attributes.sorted(by: { $0.key < $1.key }) {
      write(key, after: 0x1F)
      write(value, after: UInt8(ascii: "="))
    }
    if let polygons = judged.accepted?.polygons {
      for ring in polygons.ringEnds.indices {
        bytes.append(0x1E)
        write(polygons.points[polygons.points(ofRing: ring)])
      }
    }
    return sha256(bytes)
  }

  /// A ring's corners from the lowest one on, and then toward the lower neighbour: formats differ in where a ring begins
  /// and which way it runs.
  private mutating func write(_ ring: ArraySlice<Point>) {
    corners.removeAll(keepingCapacity: true)
    for point in ring.dropLast() {
      corners.append(Corner(x: Int64((point.x * 1e9).rounded()), y: Int64((point.y * 1e9).rounded())))
    }
    let count = corners.count
    guard let start = corners.indices.min(by: { corners[$0] < corners[$1] }) else { return }
    let isBackward = count > 2 && corners[(start + count - 1) % count] < corners[(start + 1) % count]
    for step in 0..<count {
      let corner = corners[(start + (isBackward ? count - step : step)) % count]
      write(corner.x, before: UInt8(ascii: ","))
      write(corner.y, before: UInt8(ascii: ";"))
    }
  }

  private mutating func write(_ text: String, after separator: UInt8) {
    bytes.append(separator)
    write(text)
  }

  private mutating func write(_ text: String) { bytes.append(contentsOf: text.utf8) }

  /// In decimal digits.
  private mutating func write(_ number: Int64, before separator: UInt8? = nil) {
    // From the last character to the first: digits come in this order.
    var characters = InlineArray<21, UInt8>(repeating: 0)
    var start = characters.count
    func put(_ character: UInt8) {
      start -= 1
      characters[start] = character
    }
    if let separator { put(separator) }
    var rest = number.magnitude
    repeat {
      put(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    } while rest > 0
    if number < 0 { put(UInt8(ascii: "-")) }
    characters.span.extracting(start...).withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
  }
}
