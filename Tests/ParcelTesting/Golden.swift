package import Foundation

/// A text that is kept beside the tests and compared as it stands. It is written anew only with `PARCELS_RECORD=1`,
/// and then the test fails, so that nobody records by accident.
package struct Golden {
  private let file: URL

  /// - Parameter source: `#filePath` of the test; the text lies in the folder `Golden` beside it.
  package init(_ name: String, beside source: String) {
    file = URL(fileURLWithPath: source).deletingLastPathComponent().appendingPathComponent("Golden/\(name)")
  }

  /// A text that is kept elsewhere, as a page of the documentation is.
  package init(_ name: String, in folder: URL) { file = folder.appendingPathComponent(name) }

  /// Where `text` first differs from what is kept; nothing where they are equal.
  package func difference(from text: String) throws -> String? {
    if ProcessInfo.processInfo.environment["PARCELS_RECORD"] == "1" {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
      return "\(file.lastPathComponent) was recorded; run again without PARCELS_RECORD"
    }
    guard let kept = try? String(contentsOf: file, encoding: .utf8) else {
      return "\(file.lastPathComponent) is missing; run with PARCELS_RECORD=1"
    }
    let (old, new) = (lines(kept), lines(text))
    for (index, pair) in zip(old, new).enumerated() where pair.0 != pair.1 {
      return "line \(index + 1): kept \"\(pair.0)\", now \"\(pair.1)\""
    }
    return old.count == new.count ? nil : "kept \(old.count) lines, now \(new.count)"
  }

  private func lines(_ text: String) -> [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
}
