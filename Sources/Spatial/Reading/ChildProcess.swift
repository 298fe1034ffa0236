import Glibc
import Synchronization

/// A child with a pipe from its standard output; killed and waited for with its owner. No shell takes part.
final class ChildProcess {
  /// The reading end of the child's standard output.
  let output: Int32
  private var process: pid_t?

  /// Between the making of a pipe and its close-on-exec mark no other child may start, or it would hold the pipe open.
  private static let starting = Mutex<Void>(())

  /// Starts `executable`, which finds `input` (at most a pipe full) on its standard input.
  init(_ executable: String, _ arguments: [String], input: [UInt8]) throws(Failure) {
    let started = Self.starting.withLock { _ in Self.start(executable, arguments, input) }
    (output, process) = try started.get()
  }

  private static func start(
    _ executable: String, _ arguments: [String], _ input: [UInt8]
  ) -> Result<(Int32, pid_t), Failure> {
    var (job, answer): ([Int32], [Int32]) = ([-1, -1], [-1, -1])
    guard pipe(&job) == 0 else { return .failure(Failure(number: errno)) }
    // Both ends of it are ours until the child runs, so that writing can neither wait nor raise SIGPIPE.
    let fits = fcntl(job[1], F_SETFL, O_NONBLOCK) == 0 && Descriptor.write(job[1], input)
    close(job[1])
    defer { close(job[0]) }
    guard fits, pipe(&answer) == 0 else { return .failure(Failure(number: fits ? errno : E2BIG)) }
    for descriptor in [job[0]] + answer { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, job[0], STDIN_FILENO)
    posix_spawn_file_actions_adddup2(&actions, answer[1], STDOUT_FILENO)
    var words: [UnsafeMutablePointer<CChar>?] = ([executable] + arguments).map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var process = pid_t()
    let failure = posix_spawn(&process, executable, &actions, nil, &words, environ)
    close(answer[1])
    guard failure == 0 else {
      close(answer[0])
      return .failure(Failure(number: failure))
    }
    return .success((answer[0], process))
  }

  deinit {
    close(output)
    guard let process else { return }
    kill(process, SIGKILL)
    _ = Self.wait(process)
  }

  /// How the child ended, nothing where it ended well. It has said all that it has to say: one that does not end
  /// within the grace period is killed.
  func ending() -> ReaderEnding? {
    guard let process else { return nil }
    self.process = nil
    var status: Int32 = 0
    var patience = Self.grace
    while waitpid(process, &status, WNOHANG) == 0 {
      guard patience > 0 else {
        kill(process, SIGKILL)
        status = Self.wait(process)
        break
      }
      usleep(Self.step)
      patience -= 1
    }
    // As WIFSIGNALED and WEXITSTATUS, which are macros.
    let signal = status & 0x7F
    if signal != 0 { return .signal(signal) }
    let code = status >> 8 & 0xFF
    return code == 0 ? nil : .exited(code)
  }

  /// Two seconds, in steps of microseconds.
  private static let step: UInt32 = 2_000
  private static let grace = 1_000

  private static func wait(_ process: pid_t) -> Int32 {
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    return status
  }

  /// Why a child could not be started.
  struct Failure: Error {
    /// As in `errno`.
    let number: Int32
  }
}
