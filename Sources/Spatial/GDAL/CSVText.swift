/// The text of a CSV file in UTF-8 without a byte order mark.
///
/// It is decoded whole and handed to GDAL from memory, so that no `.csvt` or `.prj` beside the file takes part and
/// separators are looked for in characters, not in halves of them.
struct CSVText {
  let utf8: [UInt8]
  let encoding: TextEncoding
  private static let limit = 256 << 20

  init(_ file: DataFile, encoding stated: String?) throws(SpatialError) {
    let bytes = try FileAccess.content(file.path, limit: Self.limit)
    let marks: [([UInt8], String)] = [
      ([0xEF, 0xBB, 0xBF], "UTF-8"), ([0xFF, 0xFE], "UTF-16LE"), ([0xFE, 0xFF], "UTF-16BE"),
    ]
    let mark = marks.first { bytes.starts(with: $0.0) }
    let body = bytes.dropFirst(mark?.0.count ?? 0)
    let candidates: [TextEncoding] =
      if let stated { [try TextEncoding(stated)] } else if let mark { [try TextEncoding(mark.1)] } else {
        [.utf8, .gb18030]
      }
    let texts = body.withUnsafeBufferPointer { buffer in
      candidates.lazy.compactMap { candidate in candidate.decode(buffer).map { (candidate, $0) } }.first
    }
    // A NUL would end the text for GDAL.
    guard let (encoding, text) = texts, !text.utf8.contains(0) else {
      throw .undecodable(file.named, record: nil, field: "CSV", encoding: candidates.map(\.name).joined(separator: "/"))
    }
    self.encoding = encoding
    utf8 = Array(text.utf8)
    if let line = Self.openQuote(utf8) { throw .unclosedQuote(file.named, line: line) }
  }

  /// The line in which a quoted cell begins that never ends, or ends in the middle of a cell: rows after it would become
  /// part of it without a word. Nothing where quotes are in order (RFC 4180).
  private static func openQuote(_ text: [UInt8]) -> Int? {
    let (quote, newline, carriageReturn) = (UInt8(ascii: "\""), UInt8(ascii: "\n"), UInt8(ascii: "\r"))
    let separators: Set<UInt8> = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t"), newline, carriageReturn]
    var (line, start) = (1, 1)
    var isQuoted = false
    var index = 0
    while index < text.count {
      let byte = text[index]
      if byte == newline { line += 1 }
      if byte == quote {
        if isQuoted {
          let next = index + 1 < text.count ? text[index + 1] : newline
          if next == quote {
            index += 1
          } else if separators.contains(next) {
            isQuoted = false
          } else {
            return start
          }
        } else if index == 0 || separators.contains(text[index - 1]) {
          (isQuoted, start) = (true, line)
        } else {
          return line
        }
      }
      index += 1
    }
    return isQuoted ? start : nil
  }
}
