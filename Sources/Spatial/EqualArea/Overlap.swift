/// What a shape shares with one polygon of a layer.
package struct Overlap: Hashable, Sendable {
  /// The polygon's place in the layer.
  package var index: Int
  /// m², unrounded.
  package var area: Double

  package init(index: Int, area: Double) {
    (self.index, self.area) = (index, area)
  }
}
