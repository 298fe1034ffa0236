import CLinux
import Glibc

/// The system calls that a reader has no use for, answered with an error (seccomp,
/// <https://docs.kernel.org/userspace-api/seccomp_filter.html>): a library that tries one goes on without it.
struct CallFilter {
  private var steps: [sock_filter] = []

  /// Whether the kernel filters system calls, and their numbers on this machine are known here.
  static var isAvailable: Bool { linux_audited_architecture() != 0 && access("/proc/sys/kernel/seccomp", F_OK) == 0 }

  init() {
    let refusal = Self.answer(UInt32(SECCOMP_RET_ERRNO) | UInt32(EACCES))
    let consent = Self.answer(UInt32(SECCOMP_RET_ALLOW))
    // Numbers mean other calls to programs for another architecture.
    steps += [Self.load(Self.architecture), Self.skip(1, if: BPF_JEQ, linux_audited_architecture()), refusal]
    steps.append(Self.load(Self.number))
    #if arch(x86_64)
      // From here on the same calls with short pointers.
      steps += [Self.skip(1, unless: BPF_JGE, 0x4000_0000), refusal]
    #endif
    for number in Self.refused { steps += [Self.skip(1, unless: BPF_JEQ, UInt32(number)), refusal] }
    // It keeps its flags in memory, where no filter looks; told that it is missing, the C library takes the older one.
    steps += [
      Self.skip(1, unless: BPF_JEQ, UInt32(__NR_clone3)),
      Self.answer(UInt32(SECCOMP_RET_ERRNO) | UInt32(ENOSYS)),
    ]
    // Threads, but no processes.
    steps += [
      Self.skip(4, unless: BPF_JEQ, UInt32(__NR_clone)), Self.load(Self.firstArgument),
      Self.skip(1, unless: BPF_JSET, UInt32(CLONE_THREAD)), consent, refusal,
    ]
    // Signals to itself alone, as `abort` sends them.
    steps += [
      Self.skip(4, unless: BPF_JEQ, UInt32(__NR_tgkill)), Self.load(Self.firstArgument),
      Self.skip(1, unless: BPF_JEQ, UInt32(bitPattern: getpid())), consent, refusal,
    ]
    steps.append(consent)
  }

  /// False where the kernel refuses.
  func install() -> Bool {
    guard linux_audited_architecture() != 0 else { return false }
    var steps = steps
    return linux_filter_system_calls(&steps, UInt16(steps.count)) == 0
  }

  // MARK: Steps

  /// Where `seccomp_data` holds what is looked at; of an argument the lower half.
  private static let number: UInt32 = 0
  private static let architecture: UInt32 = 4
  private static let firstArgument: UInt32 = 16

  private static func load(_ offset: UInt32) -> sock_filter {
    sock_filter(code: UInt16(BPF_LD | BPF_W | BPF_ABS), jt: 0, jf: 0, k: offset)
  }

  /// Skips steps where what was loaded compares with `value` as `comparison` says.
  private static func skip(_ count: UInt8, if comparison: Int32, _ value: UInt32) -> sock_filter {
    sock_filter(code: UInt16(BPF_JMP | comparison | BPF_K), jt: count, jf: 0, k: value)
  }

  private static func skip(_ count: UInt8, unless comparison: Int32, _ value: UInt32) -> sock_filter {
    sock_filter(code: UInt16(BPF_JMP | comparison | BPF_K), jt: 0, jf: count, k: value)
  }

  private static func answer(_ value: UInt32) -> sock_filter {
    sock_filter(code: UInt16(BPF_RET | BPF_K), jt: 0, jf: 0, k: value)
  }

  // MARK: Calls

  private static let refused = network + programs + otherProcesses + mounts + changesByName + kernel + old

  private static let network = [__NR_socket]
  private static let programs = [__NR_execve, __NR_execveat]
  private static let otherProcesses = [
    __NR_ptrace, __NR_process_vm_readv, __NR_process_vm_writev, __NR_kill, __NR_tkill, __NR_rt_sigqueueinfo,
    __NR_rt_tgsigqueueinfo, __NR_pidfd_open, __NR_pidfd_getfd, __NR_pidfd_send_signal,
  ]
  private static let mounts = [
    __NR_mount, __NR_umount2, __NR_pivot_root, __NR_chroot, __NR_move_mount, __NR_open_tree, __NR_fsopen,
    __NR_fsconfig, __NR_fsmount, __NR_fspick, __NR_mount_setattr, __NR_unshare, __NR_setns, __NR_open_by_handle_at,
  ]
  /// Changes to files that Landlock does not know, or did not from the start.
  private static let changesByName = [
    __NR_truncate, __NR_fchmod, __NR_fchmodat, __NR_fchown, __NR_fchownat, __NR_utimensat, __NR_setxattr,
    __NR_lsetxattr, __NR_fsetxattr, __NR_removexattr, __NR_lremovexattr, __NR_fremovexattr,
  ]
  /// Ways around a filter, or into parts of the kernel that no reader needs.
  private static let kernel = [
    __NR_io_uring_setup, __NR_bpf, __NR_perf_event_open, __NR_userfaultfd, __NR_keyctl, __NR_add_key,
    __NR_request_key, __NR_init_module, __NR_finit_module, __NR_kexec_load,
  ]
  #if arch(x86_64)
    /// Calls that newer architectures no longer have.
    private static let old = [
      __NR_fork, __NR_vfork, __NR_chmod, __NR_chown, __NR_lchown, __NR_utime, __NR_utimes, __NR_futimesat,
    ]
  #else
    private static let old: [Int32] = []
  #endif
}
