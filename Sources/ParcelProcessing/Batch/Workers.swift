import Geodata
import Spatial

/// Tasks that share the records of a batch among them: the only place with concurrency.
///
/// Chunks are fixed and their results come back in order, so that the number of workers never shows.
struct Workers: Sendable {
  /// Records that a worker takes at a time.
  private static let chunk = 64

  let count: Int

  /// Work goes along Hilbert's curve over the records: neighbours meet the same polygons of a layer, while these are in the
  /// processor's cache.
  ///
  /// - Parameters:
  ///   - boxes: of the records; empty where a record has no shape.
  ///   - work: called once a worker, with the numbers of the records of all its chunks; what it makes never leaves that
  ///     worker.
  /// - Returns: what became of the records in their order, and what each worker says at its end in any order.
  func map<Element: Sendable, Rest: Sendable>(
    _ boxes: [Envelope], _ work: @escaping @Sendable ([ArraySlice<Int>]) throws -> (chunks: [[Element]], rest: Rest)
  ) async throws -> (elements: [Element], rests: [Rest]) {
    let order = HilbertCurve.order(of: boxes)
    let chunks = stride(from: 0, to: order.count, by: Self.chunk).map {
      order[$0..<min(order.count, $0 + Self.chunk)]
    }
    let workers = min(count, max(1, chunks.count))
    var parts = [[Element]](repeating: [], count: chunks.count)
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
        for (index, part) in done.enumerated() { parts[number + index * workers] = part }
        rests.append(rest)
      }
    }
    var places = [Int](repeating: 0, count: order.count)
    for (place, number) in order.enumerated() { places[number] = place }
    return (places.map { parts[$0 / Self.chunk][$0 % Self.chunk] }, rests)
  }
}
