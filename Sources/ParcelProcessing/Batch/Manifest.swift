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
  static func check(_ file: DeliveryFile, at path: String) throws -> Int {
    var checked = try Self.beside(path).map { try $0.check(file) } ?? 0
    if path.lowercased().hasSuffix(".zip") { checked += try check(ZipArchive(path), of: file.name) }
    return checked
  }

  /// The list that lies beside the file under its name.
  private static func beside(_ path: String) throws -> Manifest? {
    let place = "\(path).sha256"
    guard let size = try? FileManager.default.attributesOfItem(atPath: place)[.size] as? Int, size <= limit else {
      return nil
    }
    let text = String(decoding: try Data(contentsOf: URL(filePath: place)), as: UTF8.self)
    return Manifest(text, subject: URL(filePath: path).lastPathComponent)
  }

  private func check(_ file: DeliveryFile) throws -> Int {
    let wanted = sums.filter { file.sums[$0.key] != nil || $0.key == file.name.precomposedStringWithCanonicalMapping }
    for (name, sum) in wanted where file.sums[name] != sum {
      throw ProcessingError.manifest(file: file.name, member: name)
    }
    return wanted.count
  }

  private static func check(_ zip: ZipArchive, of name: String) throws -> Int {
    var checked = 0
    for list in zip.entries where !list.isFolder && isManifest(list.path) {
      guard let bytes = try zip.content(ofEntryNamed: list.path, limit: limit) else { continue }
      let subject = String(list.path.dropLast(".sha256".count))
      let sums = Manifest(String(decoding: bytes, as: UTF8.self), subject: subject).sums
      for (member, sum) in sums.sorted(by: { $0.key < $1.key }) {
        let entry = zip.entries.first { !$0.isFolder && plain($0.path) == member }
        guard let entry else { throw ProcessingError.manifest(file: name, member: member) }
        var hash = ContentHash()
        try zip.withContent(of: entry) { hash.add(Data($0)) }
        guard hash.hex == sum else { throw ProcessingError.manifest(file: name, member: member) }
        checked += 1
      }
    }
    return checked
  }
}
