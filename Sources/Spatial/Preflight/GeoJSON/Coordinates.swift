import Geodata

/// The `coordinates` of a geometry, whose type may not be known yet: only what tells whether they fit a type is kept.
///
/// Levels count from 1, the array `coordinates` itself.
struct Coordinates {
  private struct Position {
    var (x, y) = (0.0, 0.0)
    var (textX, textY) = (0..<0, 0..<0)
  }

  private(set) var envelope = Envelope()
  private(set) var hasHeights = false
  /// Arrays of positions of which the last is not the first.
  private(set) var unclosedRings = 0
  /// What is wrong with them whatever the type.
  private var fault: String?
  private var positionLevel: Int?

  // Bits by level: of the array that is open there…
  private var hasElements: UInt64 = 0
  private var hasSeveral: UInt64 = 0
  private var hasEmptyElement: UInt64 = 0
  // … and of all arrays so far.
  private var empties: UInt64 = 0
  private var emptiesAmongOthers: UInt64 = 0

  private var level = 0
  /// Numbers of the array that is open.
  private var numbers = 0
  private var position = Position()
  private var first = Position()

  /// Reads the array that `tokens` has just begun.
  init(_ tokens: inout JSONTokens) throws(GeoJSONFault) {
    begin()
    while level > 0 {
      switch try tokens.next() {
      case .beginArray: begin()
      case .endArray: end(tokens)
      case .number: add(tokens)
      case let other:
        refuse("coordinates are not numbers")
        try tokens.skip(other)
      }
    }
  }

  /// Why they are none of a geometry with positions at `level`; rings are looked at for polygons.
  func fault(positionsAt level: Int, areRings: Bool) -> String? {
    if let fault { return fault }
    if let positionLevel, positionLevel != level { return "positions nested \(positionLevel) deep instead of \(level)" }
    if empties >> UInt64(level) != 0 { return "a position without numbers" }
    // GDAL drops the whole shape where the first ring is empty.
    if areRings, emptiesAmongOthers & bit(level - 1) != 0 { return "an empty ring among others" }
    return nil
  }

  // MARK: Reading

  private func bit(_ level: Int) -> UInt64 { 1 << UInt64(level) }

  private mutating func begin() {
    if numbers > 0 { refuse("positions of numbers and arrays") }
    note(at: level)
    level += 1
    numbers = 0
    hasElements &= ~bit(level)
    hasSeveral &= ~bit(level)
    hasEmptyElement &= ~bit(level)
  }

  /// The first reason tells most: others follow from it.
  private mutating func refuse(_ reason: String) { fault = fault ?? reason }

  /// Another element at `level`.
  private mutating func note(at level: Int) {
    hasSeveral |= hasElements & bit(level)
    hasElements |= bit(level)
  }

  private mutating func add(_ tokens: JSONTokens) {
    if numbers == 0, hasElements & bit(level) != 0 { refuse("positions of numbers and arrays") }
    numbers += 1
    switch numbers {
    case 1: (position.x, position.textX) = (tokens.number.value, tokens.range)
    case 2: (position.y, position.textY) = (tokens.number.value, tokens.range)
    default: hasHeights = true
    }
  }

  private mutating func end(_ tokens: JSONTokens) {
    if numbers > 0 {
      endPosition()
    } else if hasElements & bit(level) == 0 {
      empties |= bit(level)
      hasEmptyElement |= bit(level - 1)
    } else {
      endArray(tokens)
    }
    level -= 1
    numbers = 0
  }

  private mutating func endPosition() {
    if !(2...4).contains(numbers) {
      refuse(numbers == 1 ? "a position of one number" : "a position of \(numbers) numbers")
    }
    if let positionLevel, positionLevel != level { refuse("positions at different levels") }
    positionLevel = level
    if hasSeveral & bit(level - 1) == 0 { first = position }
    envelope.add(Point(x: position.x, y: position.y))
  }

  private mutating func endArray(_ tokens: JSONTokens) {
    if hasSeveral & hasEmptyElement & bit(level) != 0 { emptiesAmongOthers |= bit(level + 1) }
    if positionLevel == level + 1, !isClosed(tokens) { unclosedRings += 1 }
  }

  /// Whether the last position of a ring repeats the first.
  private func isClosed(_ tokens: JSONTokens) -> Bool {
    if position.x == first.x && position.y == first.y { return true }
    // The same number may be written with more or fewer digits.
    return tokens.exactNumber(position.textX) == tokens.exactNumber(first.textX)
      && tokens.exactNumber(position.textY) == tokens.exactNumber(first.textY)
  }
}
