import CLinux
import Foundation
import Glibc

/// Takes everything from the process that reads a file but the reading: GDAL works on bytes that anyone may have made.
///
/// Limits on resources; no other programs, no network (seccomp); no file but the delivered one and what libraries
/// need, and nothing to write to (Landlock). What a kernel does not offer is left out.
package struct Confinement {
  /// The layers of a confinement.
  package struct Layers: Hashable, Sendable {
    /// Whether all limits on resources hold.
    package var limits: Bool
    /// The version of Landlock that guards files; 0 without it.
    package var fileGuard: Int
    /// Whether system calls are filtered.
    package var callFilter: Bool
  }

  private let limits: ReaderLimits
  private let files: FileGuard

  /// For reading what `job` names.
  package init(_ job: ReadJob) {
    limits = job.limits
    files = FileGuard(job)
  }

  /// What this machine can do.
  package static var available: Layers {
    Layers(limits: true, fileGuard: FileGuard.version, callFilter: CallFilter.isAvailable)
  }

  /// Confines this process for the rest of its life. The guard on files holds for this thread and those that it
  /// starts. Returns what was applied.
  @discardableResult package func apply() -> Layers {
    // Without it neither of the two others is granted to an ordinary user.
    _ = linux_forbid_new_privileges()
    // Before the limits, since setting it up opens files.
    let fileGuard = files.apply()
    return Layers(limits: limits.apply(), fileGuard: fileGuard, callFilter: CallFilter().install())
  }
}

extension ReaderLimits {
  /// False where one of them was refused.
  fileprivate func apply() -> Bool {
    // A write beyond the limit on files shall fail, not end the process.
    signal(SIGXFSZ, SIG_IGN)
    let cpu = rlim_t(clamping: cpuSeconds)
    let held = [
      Self.limit(RLIMIT_AS, to: Self.addressSpace &+ rlim_t(clamping: memory)),
      // The kernel sends SIGXCPU at the first number and SIGKILL at the second.
      Self.limit(RLIMIT_CPU, to: cpu, atMost: cpu &+ 1),
      Self.limit(RLIMIT_NOFILE, to: rlim_t(clamping: openFiles)),
      Self.limit(RLIMIT_FSIZE, to: 0),
      Self.limit(RLIMIT_CORE, to: 0),
    ]
    return held.allSatisfy { $0 }
  }

  /// What is mapped already, in bytes: little in a plain program, terabytes under the address sanitizer.
  private static var addressSpace: rlim_t {
    let pages = FileManager.default.contents(atPath: "/proc/self/statm")?.prefix { $0 != UInt8(ascii: " ") }
    return (pages.flatMap { rlim_t(String(decoding: $0, as: UTF8.self)) } ?? 0) &* rlim_t(sysconf(Int32(_SC_PAGESIZE)))
  }

  /// Never raises a limit that the process was given.
  private static func limit(_ resource: __rlimit_resource, to soft: rlim_t, atMost hard: rlim_t? = nil) -> Bool {
    let resource = __rlimit_resource_t(resource.rawValue)
    var limit = rlimit()
    guard getrlimit(resource, &limit) == 0 else { return false }
    limit.rlim_max = min(limit.rlim_max, hard ?? soft)
    limit.rlim_cur = min(limit.rlim_cur, soft, limit.rlim_max)
    return setrlimit(resource, &limit) == 0
  }
}
