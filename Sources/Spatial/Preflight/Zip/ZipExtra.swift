/// The extra fields of an entry (APPNOTE.TXT 4.5). Some programs pad them, so that what does not parse is left alone:
/// nothing is believed for want of a field.
struct ZipExtra {
  private var fields: [UInt16: ArraySlice<UInt8>] = [:]

  init(_ bytes: ArraySlice<UInt8>) {
    var cursor = ZipCursor(bytes)
    while let identifier = try? cursor.take(UInt16.self), let count = try? cursor.take(UInt16.self),
      let content = try? cursor.bytes(Int(count))
    {
      if fields[identifier] == nil { fields[identifier] = content }
    }
  }

  /// Present where AES hides the content.
  var isEncrypted: Bool { fields[0x9901] != nil }

  /// The 64-bit values that stand in for those of `stated` that are all ones, in their order.
  func large(insteadOf stated: [UInt32]) throws(ZipFault) -> [Int] {
    var cursor = ZipCursor(fields[0x0001] ?? [])
    var values: [Int] = []
    for value in stated { values.append(value == .max ? try cursor.large() : Int(value)) }
    return values
  }

  /// The name in UTF-8 that Info-ZIP keeps beside one in another encoding; nothing where it belongs to another name.
  func unicodePath(insteadOf name: [UInt8]) -> [UInt8]? {
    guard let field = fields[0x7075] else { return nil }
    var cursor = ZipCursor(field)
    guard (try? cursor.take(UInt8.self)) == 1, (try? cursor.take(UInt32.self)) == checksum(of: name) else { return nil }
    return Array(field.dropFirst(5))
  }
}
