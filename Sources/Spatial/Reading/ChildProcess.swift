import CLinux
import Foundation
import Glibc

/// A child with a pipe from its standard output; killed and waited for with its owner. No shell takes part.
///
/// It inherits no descriptors but the standard ones, no signals that are blocked or ignored, and few variables.
final class ChildProcess {
  /// The reading end of the child's standard output.
  let output: Int32
  /// What the child took; nothing before its end.
  private(set) var cost: ReaderCost?
  private var process: pid_t?

  /// Starts `executable`, which finds `input` on its standard input, and then its end.
  init(_ executable: String, _ arguments: [String], input: [UInt8]) throws(Failure) {
    // A file in memory, not a pipe: writing it never waits for the child.
    let job = memfd_create("job", UInt32(MFD_CLOEXEC))
    guard job >= 0 else { throw Failure(number: errno) }
    defer { close(job) }
    var answer: [Int32] = [-1, -1]
    guard Descriptor.write(job, input), lseek(job, 0, SEEK_SET) == 0, pipe2(&answer, O_CLOEXEC) == 0 else {
      throw Failure(number: errno)
    }
    defer { close(answer[1]) }
    do throws(Failure) {
      process = try Self.spawn([executable] + arguments, input: job, output: answer[1])
    } catch {
      close(answer[0])
      throw error
    }
    output = answer[0]
  }

  deinit {
    close(output)
    end()
  }

  /// How the child ended, nothing where it ended well or was ended before. It has said all that it has to say: one
  /// that does not end within the grace period is killed.
  func ending() -> ReaderEnding? {
    guard let process else { return nil }
    var patience = Self.grace
    while true {
      if let status = wait(process, WNOHANG) { return Self.ending(status) }
      guard patience > 0 else { break }
      usleep(Self.step)
      patience -= 1
    }
    kill(process, SIGKILL)
    return wait(process, 0).flatMap(Self.ending)
  }

  /// Kills the child unless it has ended.
  func end() {
    guard let process else { return }
    kill(process, SIGKILL)
    _ = wait(process, 0)
  }

  /// Two seconds, in steps of microseconds.
  private static let step: UInt32 = 2_000
  private static let grace = 1_000

  /// The status of the child, with which it is gone; nothing while it runs.
  private func wait(_ process: pid_t, _ options: Int32) -> Int32? {
    var status: Int32 = 0
    var usage = rusage()
    var found = wait4(process, &status, options, &usage)
    while found < 0, errno == EINTR { found = wait4(process, &status, options, &usage) }
    guard found != 0 else { return nil }
    self.process = nil
    cost = ReaderCost(usage)
    return status
  }

  /// As WIFSIGNALED and WEXITSTATUS, which are macros.
  private static func ending(_ status: Int32) -> ReaderEnding? {
    let signal = status & 0x7F
    if signal != 0 { return .signal(signal) }
    let code = status >> 8 & 0xFF
    return code == 0 ? nil : .exited(code)
  }

  /// Why a child could not be started.
  struct Failure: Error {
    /// As in `errno`.
    let number: Int32
  }
}

// MARK: Starting

extension ChildProcess {
  private static func spawn(_ command: [String], input: Int32, output: Int32) throws(Failure) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
    posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // Threads of a pool block most signals, among them the one that tells of the end of the CPU time.
    var (none, all) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    var process = pid_t()
    let failure = withWords(command) { words in
      withWords(environment) { variables in
        posix_spawn(&process, command[0], &actions, &attributes, words, variables)
      }
    }
    guard failure == 0 else { throw Failure(number: failure) }
    return process
  }

  /// Dozens of variables steer GDAL and the libraries under it; the child has only those that say where things are.
  private static var environment: [String] {
    let kept: Set = ["PATH", "LANG", "LC_ALL", "TZ", "PROJ_DATA", "PROJ_LIB", "GDAL_DATA", "LD_LIBRARY_PATH"]
    return ProcessInfo.processInfo.environment
      .filter { kept.contains($0.key) || $0.key.hasPrefix("PARCELS_") }.map { "\($0.key)=\($0.value)" }
  }

  /// Lends `words` as a null-terminated list.
  private static func withWords<Result>(
    _ words: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Result
  ) -> Result {
    var list: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    defer { for word in list { free(word) } }
    return body(&list)
  }
}

extension ReaderCost {
  fileprivate init(_ usage: rusage) {
    cpuSeconds = [usage.ru_utime, usage.ru_stime].reduce(0) { $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6 }
    // Linux counts in kibibytes.
    peakBytes = usage.ru_maxrss * 1024
  }
}
