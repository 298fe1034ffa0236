import CLinux

/// What the C library does with memory that was freed.
package enum ProcessMemory {
  /// Keeps it for what comes next, in the whole process. What one chunk of a batch frees the next one wants: given back to
  /// the system in between, every page would come back cleared, through a fault of its own.
  package static func keep() {
    mallopt(M_MMAP_THRESHOLD, 1 << 30)
    mallopt(M_TRIM_THRESHOLD, 1 << 30)
    mallopt(M_TOP_PAD, 16 << 20)
  }
}
