/// The head of a `.dbf`: how many records, of which fields.
///
/// 32 bytes: version (1), date (3), count (4), length of the head (2), length of a record (2), …, language at 29; then 32
/// bytes a field: name (11), kind (1), …, width at 16, decimals at 17; ended by 0x0D or by the head's own length.
/// Numbers are little-endian. Heads longer than their fields need are good: Visual FoxPro keeps 263 bytes there.
struct TableLayout {
  struct Field {
    /// Without padding.
    var name: [UInt8]
    var kind: Kind
    var width: Int
    var decimals: Int
    /// From the record's first byte, which is its mark.
    var start: Int

    var range: Range<Int> { start..<(start + width) }
  }

  /// Kinds of field whose bytes are text that says what it means. Memos and binary numbers are none: GDAL would give
  /// their bytes or block numbers for text.
  enum Kind: UInt8 {
    case text = 0x43
    case number = 0x4E
    case float = 0x46
    case day = 0x44
    case logical = 0x4C
  }

  let fields: [Field]
  let count: Int
  let headLength: Int
  let recordLength: Int
  let languageByte: UInt8
  /// FoxBase, dBASE III to V, Visual FoxPro, with and without memos.
  private static let versions: Set<UInt8> = [
    0x02, 0x03, 0x04, 0x05, 0x30, 0x31, 0x32, 0x43, 0x63, 0x7B, 0x83, 0x87, 0x8B, 0x8C, 0x8E, 0xB3, 0xCB, 0xE5, 0xF5,
    0xFB,
  ]

  /// Throws where the file is shorter than it states or its fields do not fill a record.
  init(_ bytes: UnsafeRawBufferPointer) throws(ShapefileFault) {
    guard bytes.count >= 33, let count = bytes.littleEndian(at: 4), let headLength = bytes.shortLittleEndian(at: 8),
      let recordLength = bytes.shortLittleEndian(at: 10)
    else { throw .sizeDisagrees(part: ".dbf", stated: 33, actual: bytes.count) }
    guard Self.versions.contains(bytes[0]), headLength >= 33, recordLength > 0 else { throw .badTable }
    let stated = headLength + count * recordLength
    guard stated <= bytes.count else { throw .sizeDisagrees(part: ".dbf", stated: stated, actual: bytes.count) }
    (self.count, self.headLength, self.recordLength, languageByte) = (count, headLength, recordLength, bytes[29])
    fields = try Self.fields(in: bytes, headLength: headLength)
    guard !fields.isEmpty else { throw .badTable }
    let width = fields.reduce(1) { $0 + $1.width }
    guard width == recordLength else { throw .widthsDisagree(record: recordLength, fields: width) }
    try checkNames()
  }

  private static func fields(
    in bytes: UnsafeRawBufferPointer, headLength: Int
  ) throws(ShapefileFault) -> [Field] {
    var fields: [Field] = []
    var start = 1
    var offset = 32
    while offset + 32 <= headLength, bytes[offset] != 0x0D {
      let number = fields.count + 1
      let name = CellBytes.trimmedEnd(CellBytes.beforeNUL(bytes.part(offset..<(offset + 11))))
      let (width, decimals) = (Int(bytes[offset + 16]), Int(bytes[offset + 17]))
      guard !name.isEmpty, width > 0 else { throw .badField(number: number) }
      guard let kind = Kind(rawValue: bytes[offset + 11]) else {
        throw .fieldKind(number: number, kind: CellBytes.shown(bytes.part((offset + 11)..<(offset + 12))))
      }
      fields.append(Field(name: Array(name), kind: kind, width: width, decimals: decimals, start: start))
      start += width
      offset += 32
    }
    return fields
  }

  /// GDAL keeps two fields of one name, and whoever asks for it gets the first.
  private func checkNames() throws(ShapefileFault) {
    var seen: [[UInt8]: Int] = [:]
    for (number, field) in fields.enumerated() {
      if let first = seen.updateValue(number, forKey: field.name) {
        throw .repeatedField(first: first + 1, second: number + 1)
      }
    }
  }

  /// After the last record stated, files end, or go on with 0x1A and padding; anything else is records that the count
  /// leaves out.
  func checkEnd(of bytes: UnsafeRawBufferPointer) throws(ShapefileFault) {
    let end = headLength + count * recordLength
    guard bytes[end...].allSatisfy({ $0 == 0x1A || $0 == 0x00 || $0 == 0x20 }) else {
      throw .rowsBeyondCount(stated: count)
    }
  }
}
