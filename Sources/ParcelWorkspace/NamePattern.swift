package import Geodata
import Foundation

/// A pattern over file names: `*` stands for anything, `{batch}` and `{issued}` for what they name.
package struct NamePattern: Hashable, Sendable {
  package let text: String

  package init(_ text: String) { self.text = text }

  package struct Match: Hashable, Sendable {
    package var batch: String?
    package var issued: Day?

    package init(batch: String? = nil, issued: Day? = nil) { (self.batch, self.issued) = (batch, issued) }
  }

  fileprivate enum Piece { case literal(String), anything, batch, issued }

  /// What a name says by this pattern; nothing where it does not match.
  package func match(_ name: String) -> Match? {
    var dead: Set<Place> = []
    return match(pieces[...], Array(name.precomposedStringWithCanonicalMapping)[...], &dead)
  }

  /// Where the rest of a pattern meets the rest of a name.
  private struct Place: Hashable {
    var piece: Int
    var character: Int
  }

  private var pieces: [Piece] {
    var pieces: [Piece] = []
    var rest = text.precomposedStringWithCanonicalMapping[...]
    while let first = rest.first {
      if rest.hasPrefix("{batch}") {
        pieces.append(.batch)
        rest = rest.dropFirst(7)
      } else if rest.hasPrefix("{issued}") {
        pieces.append(.issued)
        rest = rest.dropFirst(8)
      } else {
        pieces.append(first == "*" ? .anything : .literal(String(first)))
        rest = rest.dropFirst()
      }
    }
    return pieces
  }

  /// - Parameter dead: places from which nothing matched, so that many stars do not try them again and again.
  private func match(
    _ pieces: ArraySlice<Piece>, _ name: ArraySlice<Character>, _ dead: inout Set<Place>
  ) -> Match? {
    let place = Place(piece: pieces.startIndex, character: name.startIndex)
    guard !dead.contains(place) else { return nil }
    let found = matchFirst(pieces, name, &dead)
    if found == nil { dead.insert(place) }
    return found
  }

  private func matchFirst(
    _ pieces: ArraySlice<Piece>, _ name: ArraySlice<Character>, _ dead: inout Set<Place>
  ) -> Match? {
    guard let piece = pieces.first else { return name.isEmpty ? Match() : nil }
    let rest = pieces.dropFirst()
    switch piece {
    case .literal(let character):
      return name.first.map(String.init) == character ? match(rest, name.dropFirst(), &dead) : nil
    case .issued:
      guard name.count >= 8, let day = Day(String(name.prefix(8))) else { return nil }
      var found = match(rest, name.dropFirst(8), &dead)
      found?.issued = day
      return found
    case .anything, .batch:
      for length in (piece.isBatch ? 1 : 0)..<(name.count + 1) {
        guard var found = match(rest, name.dropFirst(length), &dead) else { continue }
        if piece.isBatch { found.batch = String(name.prefix(length)) }
        return found
      }
      return nil
    }
  }
}

extension NamePattern.Piece {
  fileprivate var isBatch: Bool { if case .batch = self { true } else { false } }
}
