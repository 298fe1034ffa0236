import CZlib

/// One raw deflate stream (RFC 1951), unpacked piece by piece; closed with its owner.
final class Inflation {
  // zlib remembers where its state lies, so that it must not move.
  private let stream: UnsafeMutablePointer<z_stream>

  /// Nothing where there is no memory for it.
  init?() {
    let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    stream.initialize(to: z_stream())
    let withoutHeader: Int32 = -15
    let size = Int32(MemoryLayout<z_stream>.size)
    guard inflateInit2_(stream, withoutHeader, ZLIB_VERSION, size) == Z_OK else {
      stream.deallocate()
      return nil
    }
    self.stream = stream
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  enum Progress {
    case going
    case ended
    /// Bytes that are no deflate.
    case broken
  }

  /// Unpacks from `input` into `output`; how many bytes of each were used. Both are at most as large as a `UInt32` counts.
  func step(_ input: UnsafeMutableRawBufferPointer, into output: UnsafeMutableRawBufferPointer) -> (
    used: Int, made: Int, progress: Progress
  ) {
    stream.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_in = UInt32(input.count)
    stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_out = UInt32(output.count)
    let result = inflate(stream, Z_NO_FLUSH)
    let used = input.count - Int(stream.pointee.avail_in)
    let made = output.count - Int(stream.pointee.avail_out)
    switch result {
    case Z_STREAM_END: return (used, made, .ended)
    // Without input and output left there is nothing to do, which is no fault of the stream.
    case Z_OK, Z_BUF_ERROR: return (used, made, .going)
    default: return (used, made, .broken)
    }
  }
}

/// The CRC-32 of zips.
func checksum(of bytes: [UInt8]) -> UInt32 {
  bytes.withUnsafeBytes { checksum(after: 0, $0) }
}

/// The CRC-32 of bytes that follow others with the checksum `earlier`.
func checksum(after earlier: UInt32, _ bytes: UnsafeRawBufferPointer) -> UInt32 {
  UInt32(
    truncatingIfNeeded: crc32_z(UInt(earlier), bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count))
}
