/// The name of an entry: decoded, and plain.
struct ZipName {
  /// With `/` between the parts and none at the end.
  let path: String
  let isFolder: Bool

  private static let longestPart = 255
  private static let mostFolders = 8

  init(_ record: ZipRecord) throws(ZipFault) {
    guard let decoded = Self.decoded(record) else {
      throw .badName(entry: Self.printable(String(decoding: record.name, as: UTF8.self)), .undecodable)
    }
    // Old Windows programs separate with `\`; after decoding, because GBK has that byte within characters.
    var parts = decoded.unicodeScalars.split(omittingEmptySubsequences: false) { $0 == "/" || $0 == "\\" }
      .map(String.init)
    isFolder = parts.count > 1 && parts.last == ""
    if isFolder { parts.removeLast() }
    path = parts.joined(separator: "/")
    if let fault = Self.fault(in: parts, of: path, folders: isFolder ? parts.count : parts.count - 1) {
      throw .badName(entry: Self.printable(decoded), fault)
    }
  }

  /// As the entry says; else as Info-ZIP says beside it; else as what it is.
  private static func decoded(_ record: ZipRecord) -> String? {
    if record.flags.contains(.utf8) || record.name.allSatisfy({ $0 < 0x80 }) {
      return String(validating: record.name, as: UTF8.self)
    }
    if let unicode = record.extra.unicodePath(insteadOf: record.name) {
      return String(validating: unicode, as: UTF8.self)
    }
    return guessed(record.name)
  }

  /// UTF-8, or the GBK of Chinese Windows. A short name in GBK is often valid UTF-8 by chance, 图 for one, but then all
  /// its characters are Latin, Greek or the like: Chinese ones have three bytes in UTF-8.
  private static func guessed(_ name: [UInt8]) -> String? {
    let utf8 = String(validating: name, as: UTF8.self)
    if let utf8, utf8.unicodeScalars.contains(where: { $0.value >= 0x800 }) { return utf8 }
    return name.withUnsafeBufferPointer { TextEncoding.gb18030.decode($0) } ?? utf8
  }

  private static func fault(in parts: [String], of path: String, folders: Int) -> ZipFault.NameFault? {
    if path.unicodeScalars.contains(where: isUnseen) { return .control }
    if startsAtRoot(parts) { return .absolute }
    if parts.contains(where: { ["", ".", ".."].contains($0) }) { return .notPlain }
    // An accent right behind a separator would make one character of both, which is no separator to Swift.
    if path.split(separator: "/").count != parts.count { return .notPlain }
    if parts.contains(where: { $0.utf8.count > longestPart }) { return .tooLong }
    return folders > mostFolders ? .tooDeep : nil
  }

  private static func startsAtRoot(_ parts: [String]) -> Bool {
    guard let first = parts.first?.unicodeScalars else { return false }
    guard let letter = first.first else { return parts.count > 1 }
    return letter.isASCII && letter.properties.isAlphabetic && first.dropFirst().first == ":"
  }

  /// Control characters, ends of lines, and the characters that turn the direction of what is shown.
  private static func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: true
    default: (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
    }
  }

  /// A name for a message: what cannot be seen is written as its number, and a long name is cut.
  private static func printable(_ name: String) -> String {
    let longest = 100
    let shown = name.unicodeScalars.prefix(longest).map {
      isUnseen($0) ? "<U+\(String($0.value, radix: 16, uppercase: true))>" : String($0)
    }
    return shown.joined() + (name.unicodeScalars.count > longest ? "…" : "")
  }
}
