import Foundation
import ParcelTesting

/// The files of one delivery by their names, of which one is handed to the program.
struct MadeDelivery: Sendable {
  var files: [String: [UInt8]]
  /// The file, or the folder of a file geodatabase.
  var main: String

  init(_ main: String, _ content: some Sequence<UInt8>) { (files, self.main) = ([main: Array(content)], main) }
  init(_ main: String, files: [String: [UInt8]]) { (self.files, self.main) = (files, main) }

  private var stem: String { String(main.prefix { $0 != "." }) }

  /// The part of a shapefile by its suffix; the file itself for other formats.
  subscript(suffix: String) -> [UInt8] {
    get { files["\(stem).\(suffix)"] ?? [] }
    set { files["\(stem).\(suffix)"] = newValue }
  }

  /// The bytes of the only file.
  var bytes: [UInt8] {
    get { files[main] ?? [] }
    set { files[main] = newValue }
  }

  func with(_ change: (inout MadeDelivery) throws -> Void) rethrows -> MadeDelivery {
    var made = self
    try change(&made)
    return made
  }

  func without(_ suffix: String) -> MadeDelivery { with { $0.files["\(stem).\(suffix)"] = nil } }

  /// With one part changed.
  func with(_ suffix: String, _ change: (inout [UInt8]) throws -> Void) rethrows -> MadeDelivery {
    try with { try change(&$0[suffix]) }
  }

  func cut(_ suffix: String, to count: Int) -> MadeDelivery { with(suffix) { $0 = Array($0.prefix(count)) } }

  /// With `count` bytes from `start` on that are 0, as a lost sector is.
  func zeroed(_ suffix: String, from start: Int, count: Int) -> MadeDelivery {
    with(suffix) { bytes in for place in start..<min(start + count, bytes.count) { bytes[place] = 0 } }
  }

  func flipped(_ suffix: String, at place: Int, by bits: UInt8 = 0x01) -> MadeDelivery {
    with(suffix) { $0[place] ^= bits }
  }

  /// With another name for everything.
  func renamed(_ name: String) -> MadeDelivery {
    let renamed = files.map { (name + $0.key.dropFirst(stem.count), $0.value) }
    return MadeDelivery(name + main.dropFirst(stem.count), files: Dictionary(uniqueKeysWithValues: renamed))
  }

  /// The same text as lines, elements and what not, for text formats.
  func replacing(_ text: String, with other: String) throws -> MadeDelivery {
    try with { made in
      let old = String(decoding: made.bytes, as: UTF8.self)
      let new = old.replacing(text, with: other)
      guard old != new else { throw NothingToReplace(text: text) }
      made.bytes = Array(new.utf8)
    }
  }

  /// A row that changes nothing would test nothing.
  struct NothingToReplace: Error { var text: String }

  // MARK: Zips

  /// The files as members of a zip, sorted, below `folder`.
  func members(in folder: String = "") -> [MadeZip.Member] {
    files.sorted { $0.key < $1.key }.map { MadeZip.Member(folder + $0.key, $0.value) }
  }

  func zipped(in folder: String = "", adding more: [MadeZip.Member] = []) -> MadeDelivery {
    .zip(members(in: folder) + more)
  }

  static func zip(_ members: [MadeZip.Member], _ change: (inout MadeZip) -> Void = { _ in }) -> MadeDelivery {
    MadeDelivery("第1批.zip", MadeZip(members, change).bytes)
  }

  // MARK: On the disk

  /// The path of the file that is handed over.
  func write(in folder: TemporaryFolder) throws -> String {
    for (name, content) in files {
      let parent = folder.url.appending(path: name).deletingLastPathComponent()
      try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
      try folder.write(content, to: name)
    }
    return folder.path(main)
  }

  /// What was written under `name` in `folder`.
  init(_ main: String, in folder: TemporaryFolder) throws {
    var files: [String: [UInt8]] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder.url.path) {
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: folder.path(name), isDirectory: &isFolder)
      if !isFolder.boolValue { files[name] = try folder.read(name) }
    }
    self.init(main, files: files)
  }
}
