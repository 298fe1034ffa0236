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
  }
}
