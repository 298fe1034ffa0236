import Foundation
import Geodata

/// One lock for everything that writes in a workspace. The system lets go of it when the program ends, however it ends.
struct WorkspaceLock {
  private let descriptor: Int32

  /// - Throws: `WorkspaceError.locked` after `seconds`.
  init(at file: URL, waiting seconds: Double) throws(WorkspaceError) {
    descriptor = open(file.path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw .cannotWrite(path: file.path, reason: String(cString: strerror(errno)))
    }
    var left = seconds
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      guard left > 0 else {
        close(descriptor)
        throw .locked(path: file.deletingLastPathComponent().path)
      }
      usleep(100_000)
      left -= 0.1
    }
  }

  func release() {
    flock(descriptor, LOCK_UN)
    close(descriptor)
  }
}
