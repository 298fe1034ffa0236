/// The characters beyond ASCII of a text in GB18030, by the shape of their bytes: two (0x81–0xFE, then 0x40–0xFE without
/// 0x7F) or four (0x81–0xFE, 0x30–0x39, twice).
struct GBCharacters {
  enum Ending { case whole, cut, invalid }

  private(set) var ending = Ending.whole
  /// How many bytes are whole characters.
  private(set) var wholeBytes = 0
  private(set) var all = 0
  /// Those that only Chinese text has: four bytes, or two of 0xA1 and above (the rows of GB 2312).
  private(set) var chinese = 0
  /// Those in the rows of GB 2312 that hold 汉字.
  private(set) var hanzi = 0

  init() {}

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    while ending == .whole, wholeBytes < bytes.count {
      let rest = UnsafeBufferPointer(rebasing: bytes[wholeBytes...])
      if rest[0] < 0x80 { wholeBytes += 1 } else { take(rest) }
    }
  }

  /// One character at the beginning of `bytes`.
  private mutating func take(_ bytes: UnsafeBufferPointer<UInt8>) {
    let lead = bytes[0]
    guard (0x81...0xFE).contains(lead) else {
      ending = .invalid
      return
    }
    guard bytes.count > 1 else {
      ending = .cut
      return
    }
    let trail = bytes[1]
    if (0x30...0x39).contains(trail) { return takeFour(bytes) }
    guard trail >= 0x40, trail != 0x7F, trail != 0xFF else {
      ending = .invalid
      return
    }
    wholeBytes += 2
    all += 1
    if lead >= 0xA1, trail >= 0xA1 { chinese += 1 }
    if (0xB0...0xF7).contains(lead), trail >= 0xA1 { hanzi += 1 }
  }

  private mutating func takeFour(_ bytes: UnsafeBufferPointer<UInt8>) {
    if bytes.count > 2, !(0x81...0xFE).contains(bytes[2]) || bytes.count > 3 && !(0x30...0x39).contains(bytes[3]) {
      ending = .invalid
    } else if bytes.count < 4 {
      ending = .cut
    } else {
      wholeBytes += 4
      (all, chinese) = (all + 1, chinese + 1)
    }
  }

  /// Adds the numbers of characters.
  mutating func add(_ other: GBCharacters) {
    (all, chinese, hanzi) = (all + other.all, chinese + other.chinese, hanzi + other.hanzi)
  }
}
