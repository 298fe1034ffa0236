import Glibc

/// The bytes that columns lie in: a mapped file, or memory of our own. One reference to it keeps all columns alive.
package final class ColumnMemory: Sendable {
  private nonisolated(unsafe) let bytes: UnsafeRawBufferPointer
  private let isMapped: Bool

  /// The bytes of a file. Whoever changes it must write another file and rename it: to cut a mapped file is to kill its
  /// readers. Throws `SpatialError.fileMissing` where there is no such file, or an empty one.
  package init(mapping path: String) throws(SpatialError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw .fileMissing(path) }
    defer { close(descriptor) }
    var status = Glibc.stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size > 0,
      let start = mmap(nil, Int(status.st_size), PROT_READ, MAP_SHARED, descriptor, 0), start != MAP_FAILED
    else { throw .fileMissing(path) }
    bytes = UnsafeRawBufferPointer(start: start, count: Int(status.st_size))
    isMapped = true
  }

  /// `count` bytes as `fill` writes them; zero where it does not.
  init(count: Int, _ fill: (UnsafeMutableRawBufferPointer) -> Void) {
    let owned = UnsafeMutableRawBufferPointer.allocate(byteCount: max(count, 1), alignment: 64)
    owned.initializeMemory(as: UInt8.self, repeating: 0)
    fill(owned)
    bytes = UnsafeRawBufferPointer(owned)
    isMapped = false
  }

  deinit {
    if isMapped {
      munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count)
    } else {
      bytes.deallocate()
    }
  }

  package var count: Int { bytes.count }

  /// Lends the bytes.
  package func withBytes<Result, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> Result) throws(E) -> Result {
    try body(bytes)
  }

  /// `count` elements from `offset` on; nothing where they would reach past the end or lie across their alignment.
  func column<Element: BitwiseCopyable>(_: Element.Type, count: Int, at offset: Int) -> Column<Element>? {
    let (length, overflow) = count.multipliedReportingOverflow(by: MemoryLayout<Element>.stride)
    guard !overflow, count >= 0, offset >= 0, offset <= bytes.count, length <= bytes.count - offset,
      offset % MemoryLayout<Element>.alignment == 0, let start = bytes.baseAddress
    else { return nil }
    return Column(
      UnsafeBufferPointer(start: (start + offset).assumingMemoryBound(to: Element.self), count: count))
  }
}

/// Elements that lie in a `ColumnMemory`, checked like an array's. Whoever holds a column holds its memory too: a
/// reference in each column would be counted in every loop.
package struct Column<Element: BitwiseCopyable>: Sendable {
  private nonisolated(unsafe) let elements: UnsafeBufferPointer<Element>

  init(_ elements: UnsafeBufferPointer<Element>) { self.elements = elements }

  package var count: Int { elements.count }
  package var indices: Range<Int> { 0..<elements.count }

  package subscript(index: Int) -> Element {
    @inline(__always) get {
      precondition(UInt(bitPattern: index) < UInt(bitPattern: elements.count), "column index out of range")
      return elements[index]
    }
  }
}
