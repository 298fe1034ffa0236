package import Geodata

/// Areas in the equal-area plane as flat columns, in Hilbert order under a packed tree of boxes: a reference layer, the
/// earlier parcels or a batch.
///
/// An area is any number of polygons with holes. Outer rings run counter-clockwise and holes clockwise, each outer ring
/// before its holes, so that the boundary integral needs no word on which is which. Areas are told by the *number* that
/// they were given in, and kept in a *place* near their neighbours. A large area has a box for every sixteen of its
/// edges, which is what subdividing it is for elsewhere.
package struct PolygonSet: Sendable {
  /// What the columns lie in; the only counted reference of a set.
  let memory: ColumnMemory
  /// Where the set begins in it.
  private let offset: Int
  /// How many areas.
  package let count: Int
  let points: Column<Point>
  /// Where each ring begins in `points`; one more for the end.
  let ringStarts: Column<UInt32>
  /// Where the rings of each area begin in `ringStarts`; one more for the end.
  let areaStarts: Column<UInt32>
  /// The number of each area.
  let numbers: Column<UInt32>
  /// The place of each number.
  let places: Column<UInt32>
  /// Where each level begins in `boxes`; one more for the end.
  let levelStarts: Column<UInt32>
  /// The box of each area, then those of each sixteen of them, and so on up to one.
  let boxes: Column<Envelope>
  /// Where the chunk boxes of each area begin in `chunks`; `noChunks` for a small one.
  let chunkStarts: Column<UInt32>
  /// Of each large area a box for every sixteen edges, then one for every sixteen of those: a river's box holds the whole
  /// county, and every parcel asks where along it the river is near.
  let chunks: Column<Envelope>

  static let noChunks = UInt32.max
  /// Areas of more points than this have chunk boxes.
  static let smallArea = 64
  /// Edges under a chunk box, and boxes under a node.
  static let width = 16

  /// The set whose columns begin at `offset` of `memory`. Throws where they do not fit together: whatever lies there, no
  /// index of a set leads out of it.
  package init(_ memory: ColumnMemory, at offset: Int) throws(PolygonSetError) {
    guard let counts = memory.column(UInt64.self, count: Layout.header, at: offset),
      let layout = Layout(areas: counts[0], rings: counts[1], points: counts[2], chunks: counts[3])
    else { throw .cutShort }
    guard
      let points = memory.column(Point.self, count: layout.points, at: offset + layout.pointsOffset),
      let boxes = memory.column(Envelope.self, count: layout.boxes, at: offset + layout.boxesOffset),
      let chunks = memory.column(Envelope.self, count: layout.chunks, at: offset + layout.chunksOffset),
      let ringStarts = memory.column(UInt32.self, count: layout.rings + 1, at: offset + layout.ringStartsOffset),
      let areaStarts = memory.column(UInt32.self, count: layout.areas + 1, at: offset + layout.areaStartsOffset),
      let chunkStarts = memory.column(UInt32.self, count: layout.areas, at: offset + layout.chunkStartsOffset),
      let numbers = memory.column(UInt32.self, count: layout.areas, at: offset + layout.numbersOffset),
      let places = memory.column(UInt32.self, count: layout.areas, at: offset + layout.placesOffset),
      let levelStarts = memory.column(
        UInt32.self, count: layout.levelStarts.count, at: offset + layout.levelStartsOffset)
    else { throw .cutShort }
    (self.memory, self.offset, count) = (memory, offset, layout.areas)
    (self.points, self.boxes, self.chunks) = (points, boxes, chunks)
    (self.ringStarts, self.areaStarts, self.chunkStarts) = (ringStarts, areaStarts, chunkStarts)
    (self.numbers, self.places, self.levelStarts) = (numbers, places, levelStarts)
    try check(layout)
  }

  private func check(_ layout: Layout) throws(PolygonSetError) {
    guard levelStarts.indices.allSatisfy({ Int(levelStarts[$0]) == layout.levelStarts[$0] }),
      rises(ringStarts, to: points.count, by: 1), rises(areaStarts, to: layout.rings, by: 0)
    else { throw .inconsistent }
    for place in 0..<count {
      let number = Int(numbers[place])
      guard number < count, Int(places[number]) == place else { throw .inconsistent }
      guard chunkStarts[place] != Self.noChunks else { continue }
      let range = points(at: place)
      let (ofEdges, ofChunks) = Self.chunkCounts(points: range.count)
      let needed = ofEdges + ofChunks
      guard Int(chunkStarts[place]) <= chunks.count - needed else { throw .inconsistent }
    }
  }

  private func rises(_ starts: Column<UInt32>, to end: Int, by step: Int) -> Bool {
    guard starts[0] == 0, Int(starts[starts.count - 1]) == end else { return false }
    return (1..<starts.count).allSatisfy { Int(starts[$0 - 1]) + step <= Int(starts[$0]) }
  }

  /// How many chunk boxes a large area of so many points has, and how many blocks of sixteen chunks.
  static func chunkCounts(points: Int) -> (chunks: Int, blocks: Int) {
    let chunks = (points + width - 1) / width
    return (chunks, (chunks + width - 1) / width)
  }

  /// How many bytes the columns take.
  package var byteCount: Int {
    Layout(areas: count, rings: ringStarts.count - 1, points: points.count, chunks: chunks.count).byteCount
  }

  /// Lends the bytes of all columns, as they go to a file.
  func withBytes<E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> Void) throws(E) {
    try memory.withBytes { (bytes) throws(E) in
      try body(UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + byteCount]))
    }
  }

  // MARK: Areas

  @inline(__always) func rings(at place: Int) -> Range<Int> { Int(areaStarts[place])..<Int(areaStarts[place + 1]) }

  @inline(__always) func points(at place: Int) -> Range<Int> {
    let rings = rings(at: place)
    return Int(ringStarts[rings.lowerBound])..<Int(ringStarts[rings.upperBound])
  }

  /// The place of the area that was given as `number`.
  package func place(of number: Int) -> Int { Int(places[number]) }

  /// The box of area `number`; empty for an empty area.
  package func envelope(_ number: Int) -> Envelope { boxes[place(of: number)] }

  /// The box of all areas.
  package var envelope: Envelope { count == 0 ? Envelope() : boxes[boxes.count - 1] }

  /// The polygons of area `number`, in the plane.
  package func polygons(_ number: Int) -> Polygons {
    var polygons = Polygons()
    for ring in rings(at: place(of: number)) {
      let range = Int(ringStarts[ring])..<Int(ringStarts[ring + 1])
      let points = range.map { self.points[$0] }
      if EqualAreaPlane.signedArea(of: points[...]) > 0 { polygons.endPolygon() }
      polygons.add(ring: points)
    }
    polygons.endPolygon()
    return polygons
  }

  // MARK: The tree

  /// The numbers of the areas whose box touches or overlaps `box`, ascending.
  package func numbers(near box: Envelope) -> [Int] {
    var (hits, next): ([Int], [Int]) = ([], [])
    search(box, into: &hits, next: &next)
    return hits.map { Int(numbers[$0]) }.sorted()
  }

  /// Places whose box touches or overlaps `box`, into `hits`; `next` is room for the search.
  func search(_ box: Envelope, into hits: inout [Int], next: inout [Int]) {
    hits.removeAll(keepingCapacity: true)
    guard count > 0, boxes[boxes.count - 1].touches(box) else { return }
    hits.append(0)
    for level in stride(from: levelStarts.count - 2, to: 0, by: -1) {
      next.removeAll(keepingCapacity: true)
      let below = Int(levelStarts[level - 1])
      let size = Int(levelStarts[level]) - below
      for node in hits {
        for child in node * Self.width..<min(node * Self.width + Self.width, size)
        where boxes[below + child].touches(box) {
          next.append(child)
        }
      }
      swap(&hits, &next)
    }
  }
}

extension Envelope {
  /// The same as `overlaps` for finite boxes, for the inmost loops: no call into another module, and one question about the
  /// largest gap where four would each be guessed wrong as often as not.
  @inline(__always) func touches(_ other: Envelope) -> Bool {
    max(max(minX - other.maxX, other.minX - maxX), max(minY - other.maxY, other.minY - maxY)) <= 0
  }

  @inline(__always) func encloses(_ point: Point) -> Bool {
    point.x >= minX && point.x <= maxX && point.y >= minY && point.y <= maxY
  }
}

/// Why bytes are no polygon set.
package enum PolygonSetError: Error, Hashable, Sendable {
  case cutShort
  case inconsistent
}
