/// One number an area.
package struct NumberColumn: Sendable {
  private let memory: ColumnMemory
  private let numbers: Column<Double>

  /// Takes a column out of a file.
  init(_ memory: ColumnMemory, _ numbers: Column<Double>) { (self.memory, self.numbers) = (memory, numbers) }

  package init(_ numbers: [Double]) { (memory, self.numbers) = ColumnMemory.holding(numbers) }

  package var count: Int { numbers.count }

  package subscript(area: Int) -> Double { numbers[area] }
}
