import Glibc

/// A character encoding of a file: strict in both directions, unlike `CPLRecode`.
struct TextEncoding: Hashable, Sendable {
  /// As reported in a schema: `UTF-8`, `GB18030`, or another name that iconv knows.
  let name: String

  static let utf8 = TextEncoding(known: "UTF-8")
  /// Contains GBK and GB 2312.
  static let gb18030 = TextEncoding(known: "GB18030")

  private init(known: String) { name = known }

  init(_ stated: String) throws(SpatialError) {
    let plain = stated.uppercased().filter { $0 != "-" && $0 != "_" && $0 != " " }
    switch plain {
    case "UTF8", "65001": self = .utf8
    case "GB18030", "GBK", "GB2312", "CP936", "936": self = .gb18030
    default:
      name = stated.uppercased()
      guard !stated.isEmpty, Iconv(from: name, to: "UTF-8") != nil else { throw .unknownEncoding(stated) }
    }
  }

  /// Nothing where the bytes are no text in this encoding.
  func decode(_ bytes: UnsafeBufferPointer<UInt8>) -> String? { TextDecoder(self).decode(bytes) }

  /// A text that was cut within its last character, without the torn bytes. Nothing where it was not, or where the
  /// encoding is neither UTF-8 nor GB18030.
  func decodeCut(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
    let torn =
      switch self {
      case .utf8: Self.tornUTF8(bytes)
      case .gb18030: GBCharacters(bytes).ending == .cut ? bytes.count - GBCharacters(bytes).wholeBytes : 0
      default: 0
      }
    return torn > 0 ? decode(UnsafeBufferPointer(rebasing: bytes.dropLast(torn))) : nil
  }

  /// How many bytes at the end begin a character without completing it: those that become one with more bytes.
  private static func tornUTF8(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    for torn in stride(from: 1, through: min(3, bytes.count), by: 1) {
      let tail = Array(bytes.suffix(torn))
      guard tail[0] >= 0xC0 else { continue }
      let isBeginning = (1...3).contains { missing in
        [0x80, 0xBF].contains { (filler: UInt8) in
          let filled = tail + [UInt8](repeating: filler, count: missing)
          return String(validating: filled, as: UTF8.self)?.unicodeScalars.count == 1
        }
      }
      return isBeginning ? torn : 0
    }
    return 0
  }

  /// Nothing where the encoding lacks a character of `text`. `writtenAs` is the name iconv knows, such as `GBK`.
  static func encode(_ text: String, as writtenAs: String) -> [UInt8]? {
    let utf8 = Array(text.utf8)
    if writtenAs == "UTF-8" { return utf8 }
    return utf8.withUnsafeBufferPointer { Iconv(from: "UTF-8", to: writtenAs)?.convert($0) }
  }
}

/// Decodes many texts in one encoding: a conversion of the C library takes longer to open than a cell to convert.
final class TextDecoder {
  private let encoding: TextEncoding
  /// UTF-8 and GB18030; of others nothing is taken for granted.
  private let containsASCII: Bool
  private lazy var iconv = Iconv(from: encoding.name, to: "UTF-8")

  init(_ encoding: TextEncoding) {
    self.encoding = encoding
    containsASCII = encoding == .utf8 || encoding == .gb18030
  }

  /// Whether the bytes are ASCII, and the text as they are.
  func isPlain(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    containsASCII && !UnsafeRawBufferPointer(bytes).hasHighByte
  }

  /// Nothing where the bytes are no text in the encoding.
  func decode(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
    if encoding == .utf8 || isPlain(bytes) { return String(validating: bytes, as: UTF8.self) }
    return iconv?.convert(bytes).flatMap { String(validating: $0, as: UTF8.self) }
  }
}

/// One conversion of the C library, closed with its owner.
private final class Iconv {
  private let descriptor: iconv_t

  init?(from source: String, to target: String) {
    guard let opened = iconv_open(target, source), opened != iconv_t(bitPattern: -1) else { return nil }
    descriptor = opened
  }

  deinit { iconv_close(descriptor) }

  /// Nothing at the first byte that does not convert.
  func convert(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    // Back to the initial state, in which an earlier text may not have left it.
    _ = iconv(descriptor, nil, nil, nil, nil)
    var source = Array(bytes)
    var target = [UInt8](repeating: 0, count: source.count * 4 + 16)
    let capacity = target.count
    let written: Int? = source.withUnsafeMutableBytes { input in
      target.withUnsafeMutableBytes { output in
        var from = input.baseAddress?.assumingMemoryBound(to: CChar.self)
        var to = output.baseAddress?.assumingMemoryBound(to: CChar.self)
        var fromLeft = input.count
        var toLeft = capacity
        guard iconv(descriptor, &from, &fromLeft, &to, &toLeft) == 0, fromLeft == 0 else { return nil }
        return capacity - toLeft
      }
    }
    guard let written else { return nil }
    return Array(target[..<written])
  }
}
