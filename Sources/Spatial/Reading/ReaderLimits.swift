/// What the child that reads a file may use up; one that needs more loses that file, and nothing else happens.
package struct ReaderLimits: Codable, Hashable, Sendable {
  /// Address space in bytes, on top of what the program holds when it starts.
  package var memory = 6 << 30
  /// Time on a processor, in seconds.
  package var cpuSeconds = 600
  /// Files open at once; a geodatabase keeps two open for each of its tables.
  package var openFiles = 256
  /// How long the parent waits for the child's next byte, in seconds.
  package var silenceSeconds = 300

  package init() {}
}

/// What reading a file took.
package struct ReaderCost: Hashable, Sendable {
  /// Time on a processor, in the program and in the kernel for it.
  package let cpuSeconds: Double
  /// The most memory held at once. An upper bound: Linux counts in what the parent held when it started the child.
  package let peakBytes: Int
}
