import Glibc

/// The bytes that columns lie in: a mapped file, or memory of our own. One reference to it keeps all columns alive.
package final class ColumnMemory: Sendable {
  private nonisolated(unsafe) let bytes: UnsafeRawBufferPointer
  /// Whose the bytes are, where they are not our own.
  private let file: MappedFile?

  /// The bytes of a file. Whoever changes it must write another file and rename it: to cut a mapped file is to kill its
  /// readers. Throws `SpatialError.fileMissing` where there is no such file, or an empty one.
  package init(mapping path: String) throws(SpatialError) {
    let file = try MappedFile(path)
    guard !file.bytes.isEmpty else { throw .fileMissing(path) }
    (bytes, self.file) = (file.bytes, file)
  }

  /// `count` bytes as `fill` writes them; zero where it does not.
  init(count: Int, _ fill: (UnsafeMutableRawBufferPointer) -> Void) {
    // The system's new pages are zero already: nothing is written twice.
    guard let start = calloc(max(count, 1), 1) else { fatalError("no memory for \(count) bytes of columns") }
    Self.askForLargePages(start, count)
    let owned = UnsafeMutableRawBufferPointer(start: start, count: count)
    fill(owned)
    (bytes, file) = (UnsafeRawBufferPointer(owned), nil)
  }

  /// Filled from end to end, one page of 2 MB costs the system a fraction of 512 small ones. Where it has none nothing
  /// happens.
  private static func askForLargePages(_ start: UnsafeMutableRawPointer, _ count: Int) {
    let page = 1 << 21
    let first = (Int(bitPattern: start) + page - 1) / page * page
    let end = (Int(bitPattern: start) + count) / page * page
    guard first < end else { return }
    madvise(UnsafeMutableRawPointer(bitPattern: first), end - first, MADV_HUGEPAGE)
  }

  /// Elements in memory of our own.
  static func holding<Element: BitwiseCopyable>(
    _ elements: [Element]
  ) -> (memory: ColumnMemory, column: Column<Element>) {
    let memory = elements.withUnsafeBytes { source in ColumnMemory(count: source.count) { $0.copyMemory(from: source) }
    }
    guard let column = memory.column(Element.self, count: elements.count, at: 0) else {
      preconditionFailure("a column fits the memory that was made for it")
    }
    return (memory, column)
  }

  deinit { if file == nil { free(UnsafeMutableRawPointer(mutating: bytes.baseAddress)) } }

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

  /// The elements of a range: checked here, so that a loop over them is not.
  @inline(__always) func part(_ range: Range<Int>) -> UnsafeBufferPointer<Element> {
    precondition(range.lowerBound >= 0 && range.upperBound <= elements.count, "column range out of range")
    return UnsafeBufferPointer(rebasing: elements[range])
  }
}
