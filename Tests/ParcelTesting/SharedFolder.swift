package import Foundation

/// The folder `../shared` beside the package, with data that others made; nothing where it is absent.
package func sharedFolder() -> URL? {
  let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  var candidate = root
  // A checkout may lie deeper than the main one.
  for _ in 0..<3 {
    candidate = candidate.deletingLastPathComponent()
    let shared = candidate.appendingPathComponent("shared")
    if FileManager.default.fileExists(atPath: shared.appendingPathComponent("corpora").path) { return shared }
  }
  return nil
}
