import Foundation
package import Geodata

/// What an exported register says of itself, so that an import knows what the clerk was looking at.
package struct RegisterMark: Hashable, Sendable {
  /// The ledger's position that was shown (K).
  package var position: Int
  /// The first digits of that position's hash: a mark of another ledger does not fit.
  package var hash: String
  /// The day as of which it was shown (T); nothing: everything that was known.
  package var asOf: Day?

  package init(position: Int, hash: String, asOf: Day? = nil) {
    (self.position, self.hash, self.asOf) = (position, String(hash.prefix(8)), asOf)
  }

  /// Whether this is the hash that stood at the mark's position.
  package func fits(_ hash: String) -> Bool { self.hash.count == 8 && hash.hasPrefix(self.hash) }

  package var text: String { "[parcels:\(position):\(hash)\(asOf.map { ":\($0)" } ?? "")]" }

  /// Finds a mark in a title or cell.
  package init?(in text: String) {
    guard let start = text.range(of: "[parcels:"), let end = text[start.upperBound...].firstIndex(of: "]") else {
      return nil
    }
    let parts = text[start.upperBound..<end].split(separator: ":")
    guard (2...3).contains(parts.count), let position = Int(parts[0]) else { return nil }
    (self.position, hash) = (position, String(parts[1]))
    if parts.count == 3 {
      guard let day = Day(parts[2]) else { return nil }
      asOf = day
    }
  }
}
