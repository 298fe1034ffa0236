/// One text an area, of which there are few different ones: the words once, and the number of its word for each area.
package struct TextColumn: Sendable {
  private let memory: ColumnMemory
  private let numbers: Column<UInt32>
  /// The different texts.
  package let words: [String]

  /// Takes a column out of a file. Throws where it names a word that is not there.
  init(_ memory: ColumnMemory, _ numbers: Column<UInt32>, words: [String]) throws(PolygonSetError) {
    guard numbers.indices.allSatisfy({ Int(numbers[$0]) < words.count }) else { throw .inconsistent }
    (self.memory, self.numbers, self.words) = (memory, numbers, words)
  }

  package init(_ texts: [String]) {
    var words: [String] = []
    var numberOf: [String: UInt32] = [:]
    let all = texts.map { text in
      if let number = numberOf[text] { return number }
      numberOf[text] = UInt32(words.count)
      words.append(text)
      return UInt32(words.count - 1)
    }
    (memory, numbers) = ColumnMemory.holding(all)
    self.words = words
  }

  package var count: Int { numbers.count }

  package subscript(area: Int) -> String { words[word(of: area)] }

  /// Which of `words` is the text of an area.
  package func word(of area: Int) -> Int { Int(numbers[area]) }
}
