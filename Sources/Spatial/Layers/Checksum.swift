/// A 64-bit sum over words that tells damage, not forgery: whoever could forge a prepared layer could forge the program.
/// It runs at the speed of memory, which SHA-256 does not. A change within one word always shows; any other goes unseen
/// once in 2⁶⁴.
struct Checksum {
  private var lanes: (UInt64, UInt64, UInt64, UInt64) = (1, 2, 3, 4)
  private var words = 0

  /// Adds bytes whose number is a multiple of eight.
  mutating func add(_ bytes: UnsafeRawBufferPointer) {
    precondition(bytes.count % 8 == 0, "a checksum takes whole words")
    var offset = 0
    while offset < bytes.count {
      if words % 4 == 0, bytes.count - offset >= 32 {
        var (a, b, c, d) = lanes
        let start = offset
        while bytes.count - offset >= 32 {
          a = Self.mixed(a, bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
          b = Self.mixed(b, bytes.loadUnaligned(fromByteOffset: offset + 8, as: UInt64.self))
          c = Self.mixed(c, bytes.loadUnaligned(fromByteOffset: offset + 16, as: UInt64.self))
          d = Self.mixed(d, bytes.loadUnaligned(fromByteOffset: offset + 24, as: UInt64.self))
          offset += 32
        }
        lanes = (a, b, c, d)
        words += (offset - start) / 8
      } else {
        let word = bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        switch words % 4 {
        case 0: lanes.0 = Self.mixed(lanes.0, word)
        case 1: lanes.1 = Self.mixed(lanes.1, word)
        case 2: lanes.2 = Self.mixed(lanes.2, word)
        default: lanes.3 = Self.mixed(lanes.3, word)
        }
        words += 1
        offset += 8
      }
    }
  }

  var value: UInt64 {
    Self.mixed(Self.mixed(Self.mixed(Self.mixed(UInt64(words), lanes.0), lanes.1), lanes.2), lanes.3)
  }

  /// One to one in both, so that no change of a single word is lost. After one product alone a change of the top bit would
  /// still be a change of one bit, which the same bit of a later word takes back; after two, none is foreseeable. (The
  /// numbers are SplitMix64's.)
  @inline(__always) private static func mixed(_ lane: UInt64, _ word: UInt64) -> UInt64 {
    let product = (lane ^ word) &* 0xBF58_476D_1CE4_E5B9
    return (product ^ product >> 32) &* 0x94D0_49BB_1331_11EB
  }
}
