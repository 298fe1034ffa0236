import Glibc

/// Whole reads and writes on a file descriptor.
enum Descriptor {
  /// Up to `count` bytes, fewer only at the end of the stream or on an error; nothing where no byte came for
  /// `silence` seconds.
  static func read(_ descriptor: Int32, count: Int, silence: Int) -> [UInt8]? {
    var isSilent = false
    // What no byte was written to costs nothing, whatever a count promises.
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, read in
      read = 0
      while read < count {
        guard isReadable(descriptor, within: silence) else {
          isSilent = true
          return
        }
        let got = Glibc.read(descriptor, buffer.baseAddress! + read, count - read)
        if got < 0, errno == EINTR { continue }
        guard got > 0 else { return }
        read += got
      }
    }
    return isSilent ? nil : bytes
  }

  /// False only where nothing happened for so many seconds, counted anew after an interruption.
  private static func isReadable(_ descriptor: Int32, within seconds: Int) -> Bool {
    var wanted = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    let milliseconds = Int32(min(max(seconds, 0), 1_000_000)) * 1000
    while true {
      let ready = poll(&wanted, 1, milliseconds)
      if ready >= 0 || errno != EINTR { return ready != 0 }
    }
  }

  /// False where the other end is gone.
  static func write(_ descriptor: Int32, _ bytes: [UInt8]) -> Bool {
    var sent = 0
    while sent < bytes.count {
      let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress! + sent, $0.count - sent) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      sent += count
    }
    return true
  }

  static func write(_ descriptor: Int32, _ kind: Frame.Kind, _ content: ByteWriter) -> Bool {
    var head = ByteWriter()
    head.put(UInt32(content.bytes.count))
    head.put(kind.rawValue)
    return write(descriptor, head.bytes) && write(descriptor, content.bytes)
  }
}
