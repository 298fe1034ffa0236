/// The names of the members of many objects of one kind, which are mostly the same in the same order.
struct MemberNames {
  private struct Known {
    let bytes: [UInt8]
    let name: String
    /// The last object that has it.
    var object: Int
  }

  private var known: [Known] = []
  private var numbers: [[UInt8]: Int] = [:]
  private var object = 0
  private var expected = 0

  /// Another object begins.
  mutating func beginObject() { (object, expected) = (object + 1, 0) }

  /// The number of the name that `tokens` has just passed; nothing where the object has it already.
  mutating func number(of tokens: JSONTokens) -> Int? {
    let number = find(tokens)
    expected = number + 1
    guard known[number].object != object else { return nil }
    known[number].object = object
    return number
  }

  subscript(number: Int) -> String { known[number].name }

  private mutating func find(_ tokens: JSONTokens) -> Int {
    let bytes = tokens.plainBytes ?? tokens.unescaped()[...]
    if expected < known.count, known[expected].bytes.elementsEqual(bytes) { return expected }
    let key = Array(bytes)
    if let number = numbers[key] { return number }
    numbers[key] = known.count
    known.append(Known(bytes: key, name: tokens.string, object: 0))
    return known.count - 1
  }
}
