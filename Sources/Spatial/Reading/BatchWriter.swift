import Geodata
import Glibc

/// A batch of records as it is put together for the stream: no object a record, no object a value.
///
/// A text that stands in several cells crosses once; the others name its number among the texts of the batch.
struct BatchWriter {
  /// How a cell begins.
  enum Value: UInt8 {
    case null, text, integer, real, day, repeatedText
  }

  private(set) var content = ByteWriter()
  private(set) var count = 0
  /// Of all shapes.
  private(set) var points = 0
  private var texts = RepeatedTexts()

  /// Begins anew in the same memory.
  mutating func begin() {
    content.removeAll()
    content.put(UInt32(0))
    (count, points) = (0, 0)
    texts.removeAll()
  }

  /// Begins a record of so many values; they, the shape and the remarks follow.
  mutating func beginRecord(_ number: Int, values: Int) {
    count += 1
    content.put(Int64(number))
    content.put(UInt32(values))
  }

  mutating func end(_ shape: Shape, _ remarks: [Remark]) {
    if case .polygons(let polygons) = shape { points += polygons.points.count }
    content.put(shape)
    content.put(remarks)
    content.replace(at: 0, with: UInt32(count))
  }

  // MARK: Values

  mutating func putNull() { content.put(Value.null.rawValue) }

  mutating func put(_ number: Int64) {
    content.put(Value.integer.rawValue)
    content.put(number)
  }

  mutating func put(_ number: Double) {
    content.put(Value.real.rawValue)
    content.put(number.bitPattern)
  }

  mutating func put(_ day: Day) {
    content.put(Value.day.rawValue)
    content.put(day.number)
  }

  mutating func put(_ text: String) {
    texts.skip()
    content.put(Value.text.rawValue)
    content.put(text)
  }

  /// The text that these bytes of the file stand for: they are it as they are (`isPlain`), or `decode` makes it unless
  /// it went out before.
  mutating func put<E: Error>(
    _ raw: UnsafeRawBufferPointer, isPlain: Bool, decode: () throws(E) -> String
  ) throws(E) {
    if let number = texts.number(of: raw) {
      content.put(Value.repeatedText.rawValue)
      content.put(UInt32(number))
      return
    }
    content.put(Value.text.rawValue)
    if isPlain { content.put(raw) } else { content.put(try decode()) }
  }
}

/// Which texts of a batch were sent, by their bytes in the file. It forgets one where another falls on its place: that
/// one is sent again.
private struct RepeatedTexts {
  private var sent = 0
  private var places = [Place](repeating: Place(), count: 1 << 11)
  private var bytes: [UInt8] = []
  /// Longer ones seldom repeat.
  private static let longest = 96

  private struct Place {
    /// Among the texts of the batch.
    var number = 0
    var start = 0
    /// Nothing stands here where it is negative.
    var length = -1
  }

  mutating func removeAll() {
    sent = 0
    bytes.removeAll(keepingCapacity: true)
    for index in places.indices { places[index].length = -1 }
  }

  /// A text that nobody will ask for goes out.
  mutating func skip() { sent += 1 }

  /// The number under which the text went out; nothing where it must go out now, which it is then taken to do.
  mutating func number(of raw: UnsafeRawBufferPointer) -> Int? {
    guard raw.count <= Self.longest else {
      skip()
      return nil
    }
    let index = Int(truncatingIfNeeded: Self.hash(raw)) & (places.count - 1)
    let place = places[index]
    if place.length == raw.count, bytes.withUnsafeBytes({ $0.isSame(as: raw, at: place.start) }) { return place.number }
    places[index] = Place(number: sent, start: bytes.count, length: raw.count)
    bytes.append(contentsOf: raw)
    skip()
    return nil
  }

  /// Multiplicative, a word at a time; the upper bits are the mixed ones.
  private static func hash(_ raw: UnsafeRawBufferPointer) -> UInt64 {
    var hash = UInt64(truncatingIfNeeded: raw.count)
    var offset = 0
    func mix(_ word: UInt64) { hash = ((hash ^ word) &* 0x9E37_79B9_7F4A_7C15) ^ (hash >> 29) }
    while offset <= raw.count - 8 {
      mix(raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      offset += 8
    }
    var rest: UInt64 = 0
    while offset < raw.count {
      rest = rest << 8 | UInt64(raw[offset])
      offset += 1
    }
    mix(rest)
    return hash >> 40
  }
}

extension UnsafeRawBufferPointer {
  /// Whether the bytes from `offset` on, which lie within, begin with `other`.
  fileprivate func isSame(as other: UnsafeRawBufferPointer, at offset: Int) -> Bool {
    guard let start = baseAddress, let otherStart = other.baseAddress else { return other.isEmpty }
    return memcmp(start + offset, otherStart, other.count) == 0
  }
}
