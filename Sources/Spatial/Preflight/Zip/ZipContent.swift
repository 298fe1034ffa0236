/// The unpacked bytes of one entry, piece by piece through buffers of one size. Never gives more than the stated size;
/// says nothing more only after size and checksum have been found right.
final class ZipContent {
  private let bytes: ZipBytes
  private let entry: ZipEntry
  private let inflation: Inflation?
  private let packed: UnsafeMutableRawBufferPointer
  private let unpacked: UnsafeMutableRawBufferPointer
  /// What of `packed` has been read and not yet used.
  private var waiting = 0..<0
  /// Where in the zip reading goes on.
  private var position: Int
  private var given = 0
  private var sum: UInt32 = 0
  /// Whether the deflate stream has come to its end.
  private var hasEnded = false
  private var isDone = false

  private static let pieceSize = 1 << 16

  init(_ entry: ZipEntry, _ bytes: ZipBytes) throws(ZipFault) {
    let inflation = entry.isDeflated ? Inflation() : nil
    guard entry.isDeflated == (inflation != nil) else { throw .notRead(words: "zlib") }
    (self.entry, self.bytes, self.inflation) = (entry, bytes, inflation)
    position = entry.content.lowerBound
    packed = .allocate(byteCount: Self.pieceSize, alignment: 16)
    unpacked = .allocate(byteCount: Self.pieceSize, alignment: 16)
  }

  deinit {
    packed.deallocate()
    unpacked.deallocate()
  }

  /// The next bytes, good until the next call; nothing once all of them were given and are right.
  func next() throws(ZipFault) -> UnsafeRawBufferPointer? {
    if isDone { return nil }
    let made = if let inflation { try inflate(inflation) } else { try read(into: unpacked) }
    guard made <= entry.size - given else { throw .contentDiffers(entry: entry.path) }
    guard made > 0 else {
      guard given == entry.size, sum == entry.checksum else { throw .contentDiffers(entry: entry.path) }
      isDone = true
      return nil
    }
    let piece = UnsafeRawBufferPointer(rebasing: unpacked[..<made])
    sum = checksum(after: sum, piece)
    given += made
    return piece
  }

  /// How many inflated bytes now lie in `unpacked`; 0 at the end.
  private func inflate(_ inflation: Inflation) throws(ZipFault) -> Int {
    while !hasEnded {
      if waiting.isEmpty { waiting = 0..<(try read(into: packed)) }
      let step = inflation.step(UnsafeMutableRawBufferPointer(rebasing: packed[waiting]), into: unpacked)
      waiting = (waiting.lowerBound + step.used)..<waiting.upperBound
      switch step.progress {
      case .broken: throw .contentDiffers(entry: entry.path)
      case .ended:
        // The stream must end with the entry: bytes behind it would be seen by nobody.
        guard waiting.isEmpty, position == entry.content.upperBound else { throw .contentDiffers(entry: entry.path) }
        hasEnded = true
        return step.made
      case .going:
        if step.made > 0 { return step.made }
        // The entry is used up, and the stream wants more.
        guard step.used > 0 else { throw .contentDiffers(entry: entry.path) }
      }
    }
    return 0
  }

  /// Fills `buffer` with the entry's next bytes as they lie in the zip; how many there were.
  private func read(into buffer: UnsafeMutableRawBufferPointer) throws(ZipFault) -> Int {
    let count = min(buffer.count, entry.content.upperBound - position)
    try bytes.read(at: position, into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<count]))
    position += count
    return count
  }
}
