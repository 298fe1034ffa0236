import Foundation
import ParcelLedger
import Spatial

/// A list of SHA-256 sums that came with a delivery, as `sha256sum` and `shasum` write it; a lone sum stands for the
/// file that the list is named after. The one thing by which a changed coordinate is seen for certain.
struct Manifest: Sendable {
  /// Lower-case sums by file name.
  private(set) var sums: [String: String] = [:]
  private static let limit = 1 << 20

  /// - Parameter subject: the name of the file that a lone sum is of.
  init(_ text: String, subject: String) {
    for line in text.split(whereSeparator: \.isNewline) {
      if let match = line.wholeMatch(of: /\s*([0-9A-Fa-f]{64})(?:\s+\*?(.+?))?\s*/) {
        sums[Self.plain(match.2.map(String.init) ?? subject)] = match.1.lowercased()
      } else if let match = line.wholeMatch(of: /\s*SHA(?:2-)?256\s*\((.+)\)\s*=\s*([0-9A-Fa-f]{64})\s*/) {
        sums[Self.plain(String(match.1))] = match.2.lowercased()
      }
    }
  }

  /// Whether a file of this name is such a list.
  static func isManifest(_ name: String) -> Bool {
    let plain = name.split(separator: "/").last.map { $0.lowercased() } ?? ""
    return plain.hasSuffix(".sha256")
      || ["sha256sums", "sha256sum.txt", "sha256sums.txt", "manifest-sha256.txt"].contains(plain)
  }

  /// Lists are made in the folder of the files or above it: only the last part of a name counts.
  private static func plain(_ name: String) -> String {
    (name.split { $0 == "/" || $0 == "\\" }.last.map(String.init) ?? name).precomposedStringWithCanonicalMapping
  }

  /// What the sums say of a delivered file: how many of its parts were found equal.
  ///
  /// - Throws: `ProcessingError.manifest` where a sum differs, or is of a file that is missing from a zip.
  static func check(_ file: DeliveryFile) throws -> Int {
    let path = file.location.path
    var checked = 0
    if let place = beside(file) {
      let list = Manifest(text(of: Array(try Data(contentsOf: place))), subject: file.name)
      guard !list.sums.isEmpty else {
        throw ProcessingError.manifest(file: file.name, member: place.lastPathComponent)
      }
      checked = try list.check(file)
    }
    if path.lowercased().hasSuffix(".zip") { checked += try check(ZipArchive(path), of: file.name) }
    return checked
  }

  /// The list that lies beside the file under its name.
  private static func beside(_ file: DeliveryFile) -> URL? {
    let place = URL(filePath: file.location.path + ".sha256")
    let attributes = try? FileManager.default.attributesOfItem(atPath: place.path)
    guard attributes?[.type] as? FileAttributeType == .typeRegular, attributes?[.size] as? Int ?? .max <= limit else {
      return nil
    }
    return place
  }

  /// The list goes where its file goes.
  static func copy(besides file: DeliveryFile, into folder: URL) throws {
    guard let place = beside(file) else { return }
    let target = folder.appending(path: place.lastPathComponent)
    guard target.resolvingSymlinksInPath().path != place.resolvingSymlinksInPath().path else { return }
    try writeDurably(Data(contentsOf: place), to: target)
  }

  /// PowerShell writes UTF-16; a byte order mark is no part of a sum.
  private static func text(of bytes: [UInt8]) -> String {
    let marks: [([UInt8], String.Encoding)] = [([0xFF, 0xFE], .utf16LittleEndian), ([0xFE, 0xFF], .utf16BigEndian)]
    for (mark, encoding) in marks
    where bytes.starts(with: mark) {
      return String(bytes: bytes.dropFirst(2), encoding: encoding) ?? ""
    }
    return String(decoding: bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...], as: UTF8.self)
  }

  private func check(_ file: DeliveryFile) throws -> Int {
    let wanted = sums.filter { file.sums[$0.key] != nil || $0.key == file.name.precomposedStringWithCanonicalMapping }
    for (name, sum) in wanted where file.sums[name] != sum {
      throw ProcessingError.manifest(file: file.name, member: name)
    }
    return wanted.count
  }

  private static func check(_ zip: ZipArchive, of name: String) throws -> Int {
    var known: [String: String] = [:]
    for list in zip.entries where !list.isFolder && isManifest(list.path) {
      guard let bytes = try zip.content(ofEntryNamed: list.path, limit: limit) else { continue }
      let sums = Manifest(text(of: bytes), subject: String(list.path.dropLast(".sha256".count))).sums
      // A list that cannot be read vouches for nothing.
      guard !sums.isEmpty else { throw ProcessingError.manifest(file: name, member: list.path) }
      for (member, sum) in sums.sorted(by: { $0.key < $1.key }) {
        let entry = zip.entries.first { !$0.isFolder && plain($0.path) == member }
        guard let entry else { throw ProcessingError.manifest(file: name, member: member) }
        // Each member is hashed once, however many lists name it.
        let found = try known[entry.path] ?? Self.sum(of: entry, in: zip)
        known[entry.path] = found
        guard found == sum else { throw ProcessingError.manifest(file: name, member: member) }
      }
    }
    return known.count
  }

  private static func sum(of entry: ZipEntry, in zip: ZipArchive) throws -> String {
    var hash = ContentHash()
    try zip.withContent(of: entry) { hash.add(Data($0)) }
    return hash.hex
  }
}
