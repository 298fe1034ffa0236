/// The encoding that a shapefile names: in `.cpg`, else by the language byte of its table. Many name a wrong one.
struct NamedEncoding {
  let encoding: TextEncoding
  /// The language byte of Western Windows is what many writers put whatever they write.
  let isDefault: Bool

  /// Nothing where neither says anything known.
  init?(codePage: [UInt8]?, languageByte: UInt8) {
    if let codePage, let encoding = Self.encoding(named: String(decoding: codePage, as: UTF8.self)) {
      (self.encoding, isDefault) = (encoding, false)
    } else if let page = Self.languages[languageByte], let encoding = Self.encoding(named: "\(page)") {
      (self.encoding, isDefault) = (encoding, page == 1252)
    } else {
      return nil
    }
  }

  /// Code pages by language byte (Visual FoxPro, "Code pages supported"; ESRI adds 0x4D to 0x4F and 0x57 to 0x59).
  private static let languages: [UInt8: Int] = [
    0x01: 437, 0x02: 850, 0x03: 1252, 0x13: 932, 0x26: 866, 0x4D: 936, 0x4E: 949, 0x4F: 950, 0x57: 1252, 0x58: 1252,
    0x59: 1252, 0x64: 852, 0x65: 866, 0x6B: 857, 0x78: 950, 0x79: 949, 0x7A: 936, 0x7B: 932, 0x7C: 874, 0xC8: 1250,
    0xC9: 1251, 0xCA: 1254, 0xCB: 1253, 0xCC: 1257,
  ]

  /// `UTF-8`, `65001`, `GBK`, `ANSI 936`, `OEM 936`, `CP1252`, `ISO-8859-1`, `88591`, …
  private static func encoding(named text: String) -> TextEncoding? {
    var plain = text.uppercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
    for prefix in ["ANSI", "OEM", "WINDOWS", "CP", "MS"] where plain.hasPrefix(prefix) {
      plain.removeFirst(prefix.count)
    }
    if plain.hasPrefix("ISO8859") { plain.removeFirst("ISO".count) }
    let name: String =
      switch plain {
      case "EUCCN", "GB231280", "54936": "GB18030"
      case "BIG5", "950": "BIG5"
      case "SHIFTJIS", "SJIS": "CP932"
      default:
        if plain.hasPrefix("8859"), plain.count > 4 {
          "ISO-8859-\(plain.dropFirst(4))"
        } else if Int(plain) != nil {
          "CP\(plain)"
        } else {
          plain
        }
      }
    return try? TextEncoding(name == "CP65001" ? "UTF-8" : name)
  }
}
