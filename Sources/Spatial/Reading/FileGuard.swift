import CLinux
import Foundation
import Glibc

/// The files that may still be opened, only for reading (Landlock,
/// <https://docs.kernel.org/userspace-api/landlock.html>).
struct FileGuard {
  /// Files, and folders with all that is in them.
  private let readable: [String]
  /// Folders of which only the names are seen.
  private let listed: [String]

  /// What `job` names: a file with those beside it that differ from it in their endings, or a whole folder.
  init(_ job: ReadJob) {
    let path = DataFile.absolute(job.path)
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
      (readable, listed) = ([path], [])
    } else {
      let start = stem(path).lowercased() + "."
      let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
      let beside = names.filter { $0.lowercased().hasPrefix(start) }
      (readable, listed) = ([path] + beside.map { "\(folder)/\($0)" }, [folder])
    }
  }

  /// The version of Landlock; 0 where the kernel has none, or keeps it switched off.
  static var version: Int { max(0, Int(linux_landlock_version())) }

  /// Returns the version that guards from now on; 0 where nothing does.
  func apply() -> Int {
    let version = Self.version
    guard version > 0 else { return 0 }
    let ruleset = linux_landlock_ruleset(Self.known(to: version))
    guard ruleset >= 0 else { return 0 }
    defer { close(ruleset) }
    for path in readable + Self.libraries { Self.allow(path, Self.read | Self.list, ruleset) }
    for folder in listed { Self.allow(folder, Self.list, ruleset) }
    return linux_landlock_restrict(ruleset) == 0 ? version : 0
  }

  private static let read = UInt64(LANDLOCK_ACCESS_FS_READ_FILE)
  private static let list = UInt64(LANDLOCK_ACCESS_FS_READ_DIR)

  /// All kinds of access that a version knows, and therefore refuses unless they are allowed: the first thirteen, then
  /// moving between folders, then truncating.
  private static func known(to version: Int) -> UInt64 { 1 << UInt64(12 + min(version, 3)) - 1 }

  /// A path that is not there stays out.
  private static func allow(_ path: String, _ access: UInt64, _ ruleset: Int32) {
    // A pipe in the place of a file must not make this wait.
    let file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard file >= 0 else { return }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { return }
    let isFolder = status.st_mode & S_IFMT == S_IFDIR
    _ = linux_landlock_allow(ruleset, file, isFolder ? access : access & ~list)
  }

  /// What GDAL, PROJ and the C library open while they read: reference systems, conversions of text, time zones, and
  /// what they ask of the machine (as seen with strace).
  private static var libraries: [String] {
    let named = ["PROJ_DATA", "PROJ_LIB", "GDAL_DATA", "LD_LIBRARY_PATH"].flatMap { name in
      ProcessInfo.processInfo.environment[name]?.split(separator: ":").map(String.init) ?? []
    }
    return named + [
      "/usr/lib", "/usr/lib64", "/usr/share", "/usr/local/lib", "/usr/local/share", "/lib", "/lib64",
      "/etc/ld.so.cache", "/etc/localtime", "/dev/null", "/dev/urandom", "/proc/self", "/proc/meminfo",
      "/proc/sys/vm/overcommit_memory", "/sys/devices/system/cpu",
    ]
  }
}
