import Glibc

/// CPU time of this thread.
enum Stopwatch {
  /// Seconds that `body` takes, the least of `rounds`: other work on the machine only ever adds to it.
  static func seconds(rounds: Int = 5, _ body: () throws -> Void) rethrows -> Double {
    var least = Double.infinity
    for _ in 0..<rounds {
      let start = now
      try body()
      least = min(least, now - start)
    }
    return least
  }

  private static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
