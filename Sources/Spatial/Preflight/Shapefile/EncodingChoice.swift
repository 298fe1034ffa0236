import Geodata

/// How the text of a table is to be decoded, decided on every text.
///
/// A stated encoding is taken at its word and checked. Else, in this order, what every text fits: UTF-8; GB18030, where
/// most of its characters look Chinese; what the file names, where it can be that. Texts may end within a character
/// where their field ends: writers cut at the width.
struct EncodingChoice {
  let encoding: TextEncoding
  /// Texts that end within a character.
  let cuts: [RawText.Place]
  /// Where the file names another encoding than its bytes are in.
  private(set) var overruled: Remark?

  /// Throws `undecodable` where nothing fits.
  init(
    _ rows: TableRows, stated: TextEncoding?, _ named: NamedEncoding?, file: String
  ) throws(SpatialError) {
    var trial = EncodingTrial()
    rows.forEachText { trial.try($0) }
    func refusal(_ place: RawText.Place?, _ encoding: String) -> SpatialError {
      let field = place.map { rows.layout.fields[$0.field] }
      let name = field.map { (stated ?? .gb18030).readable($0.name) } ?? ""
      return .undecodable(file, record: place?.record, field: name, encoding: encoding)
    }
    if let stated {
      let fit = trial.fit(stated, rows)
      guard fit.failure == nil else { throw refusal(fit.failure, stated.name) }
      (encoding, cuts) = (stated, fit.cuts)
      return
    }
    guard let found = trial.found(rows, named) else {
      let isUTF8 = trial.isMostlyUTF8
      throw refusal(
        isUTF8 ? trial.utf8.failure : trial.gb18030.failure ?? trial.utf8.failure, isUTF8 ? "UTF-8" : "UTF-8/GB18030")
    }
    (encoding, cuts) = (found, trial.fit(found, rows).cuts)
    if let named, !named.isDefault, trial.texts > 0, named.encoding != found {
      overruled = Remark(.encodingOverruled, "\(named.encoding.name) / \(found.name)")
    }
  }
}

/// How the texts of a table fit the encodings that they may be in.
private struct EncodingTrial {
  struct Fit {
    var failure: RawText.Place?
    var cuts: [RawText.Place] = []

    mutating func note(_ text: RawText, isWhole: Bool, isCut: Bool) {
      if isWhole { return }
      if isCut && text.isFull { cuts.append(text.place) } else if failure == nil { failure = text.place }
    }
  }

  private(set) var texts = 0
  private(set) var utf8 = Fit()
  private(set) var gb18030 = Fit()
  private var utf8Texts = 0
  private var utf8HasWide = false
  private var gbCharacters = GBCharacters()
  private var highBytes = 0
  private var loneHighBytes = 0

  mutating func `try`(_ text: RawText) {
    texts += 1
    let buffer = text.bytes.bindMemory(to: UInt8.self)
    let isUTF8 = TextEncoding.utf8.decode(buffer) != nil
    let isWide = buffer.contains { $0 >= 0xE0 }
    let isCutUTF8 = !isUTF8 && text.isFull && TextEncoding.utf8.decodeCut(buffer) != nil
    utf8.note(text, isWhole: isUTF8, isCut: isCutUTF8)
    if isUTF8, isWide { (utf8Texts, utf8HasWide) = (utf8Texts + 1, true) }
    let characters = GBCharacters(buffer)
    gb18030.note(text, isWhole: characters.ending == .whole, isCut: characters.ending == .cut)
    gbCharacters.add(characters)
    for (index, byte) in buffer.enumerated() where byte >= 0x80 {
      highBytes += 1
      let before = index > 0 && buffer[index - 1] >= 0x80
      let after = index + 1 < buffer.count && buffer[index + 1] >= 0x80
      if !before, !after { loneHighBytes += 1 }
    }
  }

  /// Texts in UTF-8 with characters of three bytes are no accident: where most are such, the others are damaged.
  var isMostlyUTF8: Bool { utf8Texts * 2 > texts }

  func fit(_ encoding: TextEncoding, _ rows: TableRows) -> Fit {
    switch encoding {
    case .utf8: return utf8
    case .gb18030: return gb18030
    default:
      var fit = Fit()
      let decoder = TextDecoder(encoding)
      rows.forEachText { text in
        let buffer = text.bytes.bindMemory(to: UInt8.self)
        if fit.failure == nil, decoder.decode(buffer) == nil { fit.failure = text.place }
      }
      return fit
    }
  }

  func found(_ rows: TableRows, _ named: NamedEncoding?) -> TextEncoding? {
    let name = named?.encoding
    let isGB18030 = gb18030.failure == nil && looksChinese(named: name)
    if utf8.failure == nil {
      // "一" in GBK is a Cyrillic letter in UTF-8: without a single Chinese character the file's own word decides.
      return !utf8HasWide && isGB18030 && name == .gb18030 ? .gb18030 : .utf8
    }
    if isMostlyUTF8 { return nil }
    if isGB18030 { return .gb18030 }
    guard let name, fit(name, rows).failure == nil, !name.isLatin || loneHighBytes * 2 > highBytes else { return nil }
    return name
  }

  /// Latin text read as GBK gives pairs that end in an ASCII letter. Big5 is pairs too, but of other rows than those in
  /// which GB 2312 keeps its characters.
  private func looksChinese(named name: TextEncoding?) -> Bool {
    if name?.name == "BIG5" { return gbCharacters.hanzi * 10 >= gbCharacters.all * 9 }
    return gbCharacters.chinese * 2 > gbCharacters.all
  }
}

extension TextEncoding {
  /// Alphabets in which letters beyond ASCII stand among ASCII ones. Nearly any bytes decode in them, Chinese too.
  fileprivate var isLatin: Bool {
    name.hasPrefix("ISO-8859-") && name != "ISO-8859-5" && name != "ISO-8859-7"
      || ["CP437", "CP850", "CP852", "CP857", "CP1250", "CP1252", "CP1254", "CP1257"].contains(name)
  }

  /// The text of a name for people, whatever its bytes are.
  func readable(_ bytes: [UInt8]) -> String {
    bytes.withUnsafeBufferPointer { decode($0) ?? decodeCut($0) } ?? bytes.withUnsafeBytes { CellBytes.shown($0) }
  }
}
