/// What the end of a zip says about its directory (APPNOTE.TXT 4.3.14–4.3.16).
struct ZipEnd {
  let entries: Int
  /// Where the directory lies in the file.
  let directory: Range<Int>

  private static let length = 22
  private static let longestComment = 0xFFFF

  init(_ bytes: ZipBytes) throws(ZipFault) {
    let tailStart = max(0, bytes.count - Self.length - Self.longestComment)
    let tail = try bytes.read(tailStart..<bytes.count)
    guard let place = Self.place(in: tail) else { throw .damaged }
    let stated = try Fields(tail[place...])
    let position = tailStart + place
    if let large = try Self.largeFields(before: position, bytes) {
      try self.init(large.fields.checked(against: stated), endingAt: large.position)
    } else {
      try self.init(stated, endingAt: position)
    }
  }

  /// The directory ends where the end record begins: nothing can hide between them.
  private init(_ fields: Fields, endingAt position: Int) throws(ZipFault) {
    guard fields.disk == 0, fields.directoryDisk == 0, fields.entriesOnDisk == fields.entries else {
      throw .severalVolumes
    }
    guard fields.size <= position, fields.offset == position - fields.size else { throw .damaged }
    entries = fields.entries
    directory = fields.offset..<position
  }

  /// The last place whose comment reaches exactly to the end of the file.
  private static func place(in tail: [UInt8]) -> Int? {
    guard tail.count >= length else { return nil }
    return (0...(tail.count - length)).last { place in
      tail[place] == 0x50 && tail[place + 1] == 0x4B && tail[place + 2] == 5 && tail[place + 3] == 6
        && Int(tail[place + 20]) | Int(tail[place + 21]) << 8 == tail.count - place - length
    }
  }

  /// The record with 64-bit numbers that a locator right before the end record leads to.
  private static func largeFields(before position: Int, _ bytes: ZipBytes) throws(ZipFault) -> (
    fields: Fields, position: Int
  )? {
    let locatorLength = 20
    guard position >= locatorLength else { return nil }
    let locatorPosition = position - locatorLength
    var locator = ZipCursor(try bytes.read(locatorPosition..<position))
    guard try locator.take(UInt32.self) == 0x0706_4B50 else { return nil }
    let disk = try locator.take(UInt32.self)
    let recordPosition = try locator.large()
    guard disk == 0, try locator.take(UInt32.self) <= 1 else { throw .severalVolumes }
    guard recordPosition < locatorPosition, locatorPosition - recordPosition <= longestComment else { throw .damaged }
    var record = ZipCursor(try bytes.read(recordPosition..<locatorPosition))
    try record.expect(0x0606_4B50)
    guard try record.large() == locatorPosition - recordPosition - 12 else { throw .damaged }
    return (try Fields(large: &record), recordPosition)
  }

  private struct Fields {
    var disk: Int
    var directoryDisk: Int
    var entriesOnDisk: Int
    var entries: Int
    var size: Int
    var offset: Int

    init(_ bytes: ArraySlice<UInt8>) throws(ZipFault) {
      var cursor = ZipCursor(bytes)
      try cursor.expect(0x0605_4B50)
      disk = Int(try cursor.take(UInt16.self))
      directoryDisk = Int(try cursor.take(UInt16.self))
      entriesOnDisk = Int(try cursor.take(UInt16.self))
      entries = Int(try cursor.take(UInt16.self))
      size = Int(try cursor.take(UInt32.self))
      offset = Int(try cursor.take(UInt32.self))
    }

    init(large cursor: inout ZipCursor) throws(ZipFault) {
      try cursor.skip(4)
      disk = Int(try cursor.take(UInt32.self))
      directoryDisk = Int(try cursor.take(UInt32.self))
      entriesOnDisk = try cursor.large()
      entries = try cursor.large()
      size = try cursor.large()
      offset = try cursor.large()
    }

    /// Itself where every number of `small` is the same, or all ones because it does not fit.
    func checked(against small: Fields) throws(ZipFault) -> Fields {
      let pairs = [
        (disk, small.disk, 0xFFFF), (directoryDisk, small.directoryDisk, 0xFFFF),
        (entriesOnDisk, small.entriesOnDisk, 0xFFFF), (entries, small.entries, 0xFFFF),
        (size, small.size, 0xFFFF_FFFF), (offset, small.offset, 0xFFFF_FFFF),
      ]
      guard pairs.allSatisfy({ large, small, full in small == full || small == large }) else { throw .damaged }
      return self
    }
  }
}
