import Foundation
import Geodata
import ParcelModel

/// Canonical JSON: the keys of every object in ascending order, no spaces, text in NFC.
///
/// The bytes are those of `JSONEncoder` with sorted keys and slashes as they are. Issues come by tens of thousands and
/// are written here in a tenth of its time; everything else is left to it.
struct CanonicalJSON {
  private var bytes: [UInt8] = []
  private var isAsGiven = true

  /// - Throws: `EncodingError` where the share of an earlier parcel is no number.
  /// - Returns: the bytes, and whether NFC changed nothing of what was given.
  static func encode(_ issue: Issue) throws -> (bytes: Data, isAsGiven: Bool) {
    var json = CanonicalJSON()
    json.bytes.reserveCapacity(2048)
    try json.write(issue)
    json.bytes.removeLast()
    return (Data(json.bytes), json.isAsGiven)
  }

  // MARK: What an issue says

  private mutating func write(_ issue: Issue) throws {
    open()
    write("batch", issue.batch)
    write("campaign", issue.campaign)
    write("code", issue.code)
    key("declared")
    write(issue.declared)
    write("delivery", issue.delivery)
    if let earlier = issue.earlier {
      key("earlier")
      try write(earlier)
    }
    key("findings")
    write(issue.findings.map(\.rawValue))
    write("fingerprint", issue.fingerprint)
    key("measured")
    write(issue.measured)
    write("record", issue.record)
    close()
  }

  private mutating func write(_ declared: Declaration) {
    open()
    write("area", declared.area)
    key("attributes")
    open()
    for (name, value) in declared.attributes.sorted(by: { Self.precedes($0.key, $1.key) }) {
      key(given: name)
      write(value)
    }
    close()
    write("basicFarmland", declared.basicFarmland)
    write("farmland", declared.farmland)
    if let township = declared.township { write("township", township) }
    close()
  }

  private mutating func write(_ earlier: EarlierParcel) throws {
    open()
    write("campaign", earlier.campaign)
    write("code", earlier.code)
    key("share")
    try write(earlier.share)
    close()
  }

  private mutating func write(_ measured: ParcelModel.Measurement) {
    open()
    write("adjustable", measured.adjustable)
    write("area", measured.area)
    write("basicFarmland", measured.basicFarmland)
    key("classes")
    write(measured.classes) { $0.rawValue }
    write("farmland", measured.farmland)
    key("layers")
    write(measured.layers)
    key("overlays")
    write(measured.overlays) { $0 }
    write("redline", measured.redline)
    write("rules", measured.rules)
    if let township = measured.township { write("township", township.digits) }
    key("townships")
    write(measured.townships) { $0.digits }
    if let village = measured.village { write("village", village.digits) }
    close()
  }

  private mutating func write<Name>(_ areas: [Name: SquareMeters], by name: (Name) -> String) {
    open()
    var named = areas.map { (name: name($0.key), area: $0.value) }
    if named.count > 1 { named.sort { Self.precedes($0.name, $1.name) } }
    for (name, area) in named {
      key(given: name)
      write(plain: String(area.hundredths))
    }
    close()
  }

  // MARK: What JSON is made of

  /// By the bytes as given, as `JSONEncoder` does: `<` would compare what NFC makes of them.
  private static func precedes(_ a: String, _ b: String) -> Bool { a.utf8.lexicographicallyPrecedes(b.utf8) }

  // Every value leaves a comma behind, which the end of its object or array takes away.

  private mutating func open() { bytes.append(UInt8(ascii: "{")) }
  private mutating func close() { close(with: UInt8(ascii: "}")) }

  private mutating func close(with bracket: UInt8) {
    if bytes.last == UInt8(ascii: ",") { bytes.removeLast() }
    bytes.append(bracket)
    bytes.append(UInt8(ascii: ","))
  }

  /// A key that the program gave: ASCII without anything to escape.
  private mutating func key(_ name: StaticString) {
    bytes.append(UInt8(ascii: "\""))
    unsafe bytes.append(contentsOf: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
    bytes.append(UInt8(ascii: "\""))
    bytes.append(UInt8(ascii: ":"))
  }

  /// A key that came from outside.
  private mutating func key(given name: String) {
    write(name)
    bytes[bytes.count - 1] = UInt8(ascii: ":")
  }

  private mutating func write(_ name: StaticString, _ value: String) {
    key(name)
    write(value)
  }

  private mutating func write(_ name: StaticString, _ value: Int) {
    key(name)
    write(plain: String(value))
  }

  private mutating func write(_ name: StaticString, _ area: SquareMeters?) {
    guard let area else { return }
    key(name)
    write(plain: String(area.hundredths))
  }

  private mutating func write(_ values: [String]) {
    bytes.append(UInt8(ascii: "["))
    for value in values { write(value) }
    close(with: UInt8(ascii: "]"))
  }

  private mutating func write(_ value: Double) throws {
    guard value.isFinite else {
      throw EncodingError.invalidValue(value, .init(codingPath: [], debugDescription: "JSON has no \(value)"))
    }
    let text = "\(value)"
    write(plain: text.hasSuffix(".0") ? String(text.dropLast(2)) : text)
  }

  private mutating func write(plain text: String) {
    bytes.append(contentsOf: text.utf8)
    bytes.append(UInt8(ascii: ","))
  }

  private mutating func write(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    let start = bytes.count
    bytes.append(contentsOf: text.utf8)
    if !bytes[start...].allSatisfy({ $0 < 0x80 && !Self.isEscaped($0) }) {
      bytes.removeSubrange(start...)
      let text = composed(text)
      if text.utf8.contains(where: Self.isEscaped) {
        for byte in text.utf8 { write(escaping: byte) }
      } else {
        bytes.append(contentsOf: text.utf8)
      }
    }
    bytes.append(UInt8(ascii: "\""))
    bytes.append(UInt8(ascii: ","))
  }

  /// The text in NFC. It is asked for only where it may differ: that takes Foundation longer than all the rest.
  private mutating func composed(_ text: String) -> String {
    guard !text.unicodeScalars.allSatisfy(Self.isSurelyComposed) else { return text }
    let composed = text.precomposedStringWithCanonicalMapping
    if !composed.utf8.elementsEqual(text.utf8) { isAsGiven = false }
    return composed
  }

  /// Characters that combine with no other and do not decompose, as nearly all are: Latin, general punctuation from the
  /// hyphens on, Chinese punctuation up to its tone marks, ideographs, and full-width forms.
  private static func isSurelyComposed(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case ..<0x300, 0x2010..<0x2028, 0x3000..<0x302A, 0x3400..<0x4DC0, 0x4E00..<0xA000, 0xFF00..<0xFFF0: true
    default: false
    }
  }

  private static func isEscaped(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
  }

  private mutating func write(escaping byte: UInt8) {
    guard Self.isEscaped(byte) else { return bytes.append(byte) }
    bytes.append(UInt8(ascii: "\\"))
    switch byte {
    case 0x08: bytes.append(UInt8(ascii: "b"))
    case 0x09: bytes.append(UInt8(ascii: "t"))
    case 0x0A: bytes.append(UInt8(ascii: "n"))
    case 0x0C: bytes.append(UInt8(ascii: "f"))
    case 0x0D: bytes.append(UInt8(ascii: "r"))
    case ..<0x20:
      bytes.append(contentsOf: "u00".utf8)
      bytes.append(hexDigit(byte >> 4))
      bytes.append(hexDigit(byte & 0xF))
    default: bytes.append(byte)
    }
  }
}
