/// Tasks that share the records of a batch among them: the only place with concurrency.
///
/// Chunks are fixed and their results come back in order, so that the number of workers never shows.
struct Workers: Sendable {
  /// Records that a worker takes at a time.
  private static let chunk = 64

  let count: Int

  /// - Parameter work: called once a worker, with all of its chunks; what it makes never leaves that worker.
  /// - Returns: what became of the records in their order, and what each worker says at its end in any order.
  func map<Element: Sendable, Rest: Sendable>(
    _ records: Int, _ work: @escaping @Sendable ([Range<Int>]) throws -> (chunks: [[Element]], rest: Rest)
  ) async throws -> (elements: [Element], rests: [Rest]) {
    let chunks = stride(from: 0, to: records, by: Self.chunk).map { $0..<min(records, $0 + Self.chunk) }
    let workers = min(count, max(1, chunks.count))
    var elements = [[Element]](repeating: [], count: chunks.count)
    var rests: [Rest] = []
    try await withThrowingTaskGroup(of: (Int, [[Element]], Rest).self) { group in
      for number in 0..<workers {
        group.addTask {
          let own = stride(from: number, to: chunks.count, by: workers).map { chunks[$0] }
          let (done, rest) = try work(own)
          return (number, done, rest)
        }
      }
      for try await (number, done, rest) in group {
        for (index, part) in done.enumerated() { elements[number + index * workers] = part }
        rests.append(rest)
      }
    }
    return (elements.flatMap { $0 }, rests)
  }
}
