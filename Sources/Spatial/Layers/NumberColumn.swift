/// One number an area.
package struct NumberColumn: Sendable {
  private let memory: ColumnMemory
  private let numbers: Column<Double>

  /// Takes a column out of a file.
  init(_ memory: ColumnMemory, _ numbers: Column<Double>) { (self.memory, self.numbers) = (memory, numbers) }

  package init(_ numbers: [Double]) {
    memory = ColumnMemory(count: numbers.count * 8) { bytes in numbers.withUnsafeBytes { bytes.copyMemory(from: $0) } }
    guard let column = memory.column(Double.self, count: numbers.count, at: 0) else {
      preconditionFailure("a column fits the memory that was made for it")
    }
    self.numbers = column
  }

  package var count: Int { numbers.count }

  package subscript(area: Int) -> Double { numbers[area] }
}
