/// One piece of the child's stream: length of the payload (32 bits, little-endian), kind, payload.
struct Frame {
  enum Kind: UInt8 {
    case header = 1
    case batch = 2
    case trailer = 3
    case error = 4
  }

  var kind: Kind
  var payload: [UInt8]

  /// The version of the header and of everything after it.
  static let version: UInt16 = 3
  /// A longer frame is no frame.
  static let longest = 1 << 30
}
