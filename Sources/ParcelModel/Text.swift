import Foundation

extension StringProtocol {
  /// Without white space of any kind (full-width and no-break too) at either end.
  package func trimmingSpaces() -> String {
    var rest = self[...]
    while let first = rest.first, first.isWhitespace || first == "\u{FEFF}" { rest = rest.dropFirst() }
    while let last = rest.last, last.isWhitespace || last == "\u{FEFF}" { rest = rest.dropLast() }
    return String(rest)
  }

  /// For comparing words that people typed: NFKC (full width becomes half width), trimmed, without inner spaces,
  /// case folded.
  package func folded() -> String {
    let text = String(self)
    if text.isPlain { return text.lowercased() }
    var compatible = text.precomposedStringWithCompatibilityMapping
    compatible.removeAll { $0.isWhitespace || $0 == "\u{FEFF}" }
    return compatible.lowercased()
  }

  /// A code or name as it is kept: NFKC and trimmed.
  package func normalizedCode() -> String {
    let text = String(self)
    return text.isPlain ? text : text.precomposedStringWithCompatibilityMapping.trimmingSpaces()
  }
}

extension String {
  /// Visible ASCII throughout, which neither composes nor is trimmed: what most codes are.
  package var isPlain: Bool { utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F } }
}

/// What words mean, in whatever case, width and spacing people typed them; folded once and not for every row of a file.
struct Words<Value: Sendable>: Sendable {
  private let values: [String: Value]

  /// - Parameter words: under which a value is known; of values that share one the first has it.
  init(_ all: some Sequence<Value>, _ words: (Value) -> [String]) {
    values = Dictionary(
      all.flatMap { value in words(value).map { ($0.folded(), value) } }, uniquingKeysWith: { first, _ in first })
  }

  subscript(word: String) -> Value? { values[word.folded()] }
}
