/// The directory of a zip, read and checked as a whole before anything is unpacked.
struct ZipDirectory {
  let entries: [ZipEntry]

  init(_ bytes: ZipBytes, _ limits: ZipLimits) throws(ZipFault) {
    let end = try ZipEnd(bytes)
    guard end.entries <= limits.entries else { throw .tooMany(entries: end.entries, limit: limits.entries) }
    guard end.directory.count <= limits.directory else {
      throw .directoryTooLarge(bytes: end.directory.count, limit: limits.directory)
    }
    let records = try Self.records(bytes.read(end.directory), count: end.entries)
    try Self.checkSizes(records, packed: bytes.count, limits)
    var entries: [ZipEntry] = []
    for record in records { entries.append(try ZipEntry(record, bytes)) }
    self.entries = entries
    try checkNames()
    try checkRanges(before: end.directory.lowerBound)
    if let inner = entries.first(where: \.isArchive) { throw .nested(entry: inner.path) }
  }

  /// Exactly `count` records and not a byte more.
  private static func records(_ directory: [UInt8], count: Int) throws(ZipFault) -> [ZipRecord] {
    var cursor = ZipCursor(directory)
    var records: [ZipRecord] = []
    for _ in 0..<count { records.append(try ZipRecord(&cursor)) }
    guard cursor.isAtEnd else { throw .damaged }
    return records
  }

  private static func checkSizes(_ records: [ZipRecord], packed: Int, _ limits: ZipLimits) throws(ZipFault) {
    var unpacked = 0
    for record in records {
      let (sum, overflow) = unpacked.addingReportingOverflow(record.size)
      unpacked = overflow ? .max : sum
    }
    if unpacked > limits.unpackedWithoutQuestion, unpacked / limits.ratio >= packed {
      throw .bomb(unpacked: unpacked, packed: packed)
    }
    guard unpacked <= limits.unpacked else { throw .tooLarge(bytes: unpacked, limit: limits.unpacked) }
  }

  private func checkNames() throws(ZipFault) {
    var taken: [String: ZipEntry] = [:]
    for entry in entries {
      if let other = taken.updateValue(entry, forKey: foldedPath(entry.path)) {
        throw .nameClash(other.path, entry.path)
      }
    }
    for entry in entries {
      var folder = foldedPath(entry.path)[...]
      while let slash = folder.lastIndex(of: "/") {
        folder = folder[..<slash]
        if let other = taken[String(folder)], !other.isFolder { throw .nameClash(other.path, entry.path) }
      }
    }
  }

  /// A zip of overlapping entries unpacks to petabytes without any of them being suspicious by itself.
  private func checkRanges(before directory: Int) throws(ZipFault) {
    var reached = 0
    for entry in entries.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
      guard entry.range.lowerBound >= reached, entry.range.upperBound <= directory else {
        throw .overlapping(entry: entry.path)
      }
      reached = entry.range.upperBound
    }
  }
}
