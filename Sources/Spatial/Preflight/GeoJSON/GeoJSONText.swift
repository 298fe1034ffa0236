/// The text of a GeoJSON file in UTF-8 without a byte order mark.
///
/// It is decoded before anything is looked for in it: the second byte of a GBK character may be `\` or `{`.
struct GeoJSONText {
  let utf8: [UInt8]
  let encoding: TextEncoding
  /// Whether the file's own bytes are `utf8`, so that GDAL can be handed the file itself.
  let isPlain: Bool
  private let named: String

  /// Throws where the file is larger than `limit` bytes; text that must be decoded, which takes many times its room, is
  /// held to a quarter of it.
  init(_ file: DataFile, encoding stated: String?, limit: Int = 1 << 30) throws(SpatialError) {
    named = file.named
    let bytes = try FileAccess.content(file.path, limit: limit)
    let mark = Mark.allCases.first { bytes.starts(with: $0.bytes) }
    let statedEncoding = try stated.map { name throws(SpatialError) in try TextEncoding(name) }
    let candidates = try Self.candidates(statedEncoding, mark, bytes)
    if candidates.contains(.utf8), Self.isUTF8(bytes) {
      (utf8, encoding, isPlain) = (mark == nil ? bytes : Array(bytes.dropFirst(3)), .utf8, mark == nil)
      return
    }
    guard candidates == [.utf8] || bytes.count <= limit / 4 else { throw .tooLarge(named, megabytes: limit >> 22) }
    let body = bytes.dropFirst(mark?.bytes.count ?? 0)
    let decoded = body.withUnsafeBufferPointer { buffer in
      candidates.lazy.filter { $0 != .utf8 }.compactMap { candidate in
        candidate.decode(buffer).map { (candidate, $0) }
      }.first
    }
    guard let (encoding, text) = decoded else {
      let names = candidates.isEmpty ? stated ?? "UTF-8/GB18030" : candidates.map(\.name).joined(separator: "/")
      throw .undecodable(named, record: nil, field: "GeoJSON", encoding: names)
    }
    (utf8, self.encoding, isPlain) = (Array(text.utf8), encoding, false)
  }

  /// What GDAL is to be handed instead of the file.
  var reencoded: [UInt8]? { isPlain ? nil : utf8 }

  /// What the text holds; throws `SpatialError.geoJSON`.
  func content() throws(SpatialError) -> GeoJSONContent {
    do throws(GeoJSONFault) {
      var content = try GeoJSONScan.content(of: utf8)
      content.preflight.encoding = encoding
      return content
    } catch {
      throw .geoJSON(named, error)
    }
  }

  private enum Mark: CaseIterable {
    case utf8, utf16LittleEndian, utf16BigEndian

    var bytes: [UInt8] {
      switch self {
      case .utf8: [0xEF, 0xBB, 0xBF]
      case .utf16LittleEndian: [0xFF, 0xFE]
      case .utf16BigEndian: [0xFE, 0xFF]
      }
    }

    var encoding: String {
      switch self {
      case .utf8: "UTF-8"
      case .utf16LittleEndian: "UTF-16LE"
      case .utf16BigEndian: "UTF-16BE"
      }
    }
  }

  /// The encodings that the text may be in, the likeliest first; none where what is stated contradicts the mark.
  private static func candidates(
    _ stated: TextEncoding?, _ mark: Mark?, _ bytes: [UInt8]
  ) throws(SpatialError) -> [TextEncoding] {
    guard let mark else {
      if let stated { return [stated] }
      // JSON begins with ASCII: a NUL there is half a unit of UTF-16 or UTF-32, which must be stated.
      return bytes.prefix(2).contains(0) ? [] : [.utf8, .gb18030]
    }
    let marked = try TextEncoding(mark.encoding)
    // The mark tells the byte order that "UTF-16" leaves open.
    return stated.map { marked.name.hasPrefix($0.name) } ?? true ? [marked] : []
  }

  private static func isUTF8(_ bytes: [UInt8]) -> Bool {
    (try? UTF8Span(validating: bytes.span)) != nil
  }
}
