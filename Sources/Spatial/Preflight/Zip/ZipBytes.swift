import Glibc

/// The bytes of a zip on disk, read where they are wanted and held open, so that what was checked is what is unpacked.
final class ZipBytes: Sendable {
  private let descriptor: Int32
  let count: Int

  /// Throws `SpatialError.fileMissing` where there is no file to open.
  init(_ path: String) throws(SpatialError) {
    // Without O_NONBLOCK a pipe would be waited for.
    let opened = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard opened >= 0 else {
      throw errno == ENOENT || errno == ENOTDIR ? .fileMissing(path) : .zip(path, .notRead(words: systemWords()))
    }
    descriptor = opened
    var status = stat()
    guard fstat(opened, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(opened)
      throw .fileMissing(path)
    }
    count = Int(status.st_size)
  }

  deinit { close(descriptor) }

  /// Fills `buffer` from `offset`; a file that has grown shorter since is damaged.
  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(ZipFault) {
    var filled = 0
    while filled < buffer.count {
      let got = pread(
        descriptor, buffer.baseAddress.map { $0 + filled }, buffer.count - filled, off_t(offset + filled))
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else { throw .notRead(words: systemWords()) }
      guard got > 0 else { throw .damaged }
      filled += got
    }
  }

  /// The bytes of `range`, which lies within the file; only for what is known to be small.
  func read(_ range: Range<Int>) throws(ZipFault) -> [UInt8] {
    guard range.lowerBound >= 0, range.upperBound <= count else { throw .damaged }
    var bytes = [UInt8](repeating: 0, count: range.count)
    try bytes.withUnsafeMutableBufferPointer { buffer throws(ZipFault) in
      try read(at: range.lowerBound, into: UnsafeMutableRawBufferPointer(buffer))
    }
    return bytes
  }

  /// `count` bytes from `offset`, whatever numbers the file gave for them.
  func read(at offset: Int, count: Int) throws(ZipFault) -> [UInt8] {
    guard offset >= 0, count >= 0, count <= self.count, offset <= self.count - count else { throw .damaged }
    return try read(offset..<(offset + count))
  }
}

/// What the system says of its last error.
func systemWords() -> String { String(cString: strerror(errno)) }
