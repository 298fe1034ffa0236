package import Geodata

extension PolygonSet {
  /// The areas in memory of our own. Each is valid, placed in the plane, metres; an empty one overlaps nothing.
  ///
  /// At most 2³² − 2 points in all.
  package init(_ areas: [Polygons]) {
    let boxes = areas.map(\.envelope)
    let order = HilbertCurve.order(of: boxes)
    let layout = Layout(
      areas: areas.count, rings: areas.reduce(0) { $0 + Self.ringCount($1) },
      points: areas.reduce(0) { $0 + $1.points.count },
      chunks: areas.reduce(0) { $0 + Self.chunkCount(points: $1.points.count) })
    precondition(layout.points < UInt32.max, "a polygon set holds fewer than 2³² points")
    let memory = ColumnMemory(count: layout.byteCount) { bytes in
      var writer = Writer(bytes, layout)
      for number in order { writer.add(areas[number], boxes[number], number: number) }
      writer.finish()
    }
    do {
      try self.init(memory, at: 0)
    } catch {
      preconditionFailure("a set that was just built fits together: \(error)")
    }
  }

  /// Rings without a point are left out.
  private static func ringCount(_ polygons: Polygons) -> Int {
    polygons.ringEnds.indices.count { !polygons.points(ofRing: $0).isEmpty }
  }

  private static func chunkCount(points: Int) -> Int {
    guard points > smallArea else { return 0 }
    let counts = chunkCounts(points: points)
    return counts.chunks + counts.blocks
  }

  /// Fills the columns of a set, area by area in the order of their places.
  private struct Writer {
    private let layout: Layout
    private let counts: UnsafeMutableBufferPointer<UInt64>
    private let points: UnsafeMutableBufferPointer<Point>
    private let boxes: UnsafeMutableBufferPointer<Envelope>
    private let chunks: UnsafeMutableBufferPointer<Envelope>
    private let ringStarts: UnsafeMutableBufferPointer<UInt32>
    private let areaStarts: UnsafeMutableBufferPointer<UInt32>
    private let chunkStarts: UnsafeMutableBufferPointer<UInt32>
    private let numbers: UnsafeMutableBufferPointer<UInt32>
    private let places: UnsafeMutableBufferPointer<UInt32>
    private let levelStarts: UnsafeMutableBufferPointer<UInt32>
    private var (area, ring, point, chunk) = (0, 0, 0, 0)

    init(_ bytes: UnsafeMutableRawBufferPointer, _ layout: Layout) {
      func column<Element>(_: Element.Type, _ count: Int, at offset: Int) -> UnsafeMutableBufferPointer<Element> {
        UnsafeMutableRawBufferPointer(rebasing: bytes[offset..<offset + count * MemoryLayout<Element>.stride])
          .assumingMemoryBound(to: Element.self)
      }
      self.layout = layout
      counts = column(UInt64.self, Layout.header, at: 0)
      points = column(Point.self, layout.points, at: layout.pointsOffset)
      boxes = column(Envelope.self, layout.boxes, at: layout.boxesOffset)
      chunks = column(Envelope.self, layout.chunks, at: layout.chunksOffset)
      ringStarts = column(UInt32.self, layout.rings + 1, at: layout.ringStartsOffset)
      areaStarts = column(UInt32.self, layout.areas + 1, at: layout.areaStartsOffset)
      chunkStarts = column(UInt32.self, layout.areas, at: layout.chunkStartsOffset)
      numbers = column(UInt32.self, layout.areas, at: layout.numbersOffset)
      places = column(UInt32.self, layout.areas, at: layout.placesOffset)
      levelStarts = column(UInt32.self, layout.levelStarts.count, at: layout.levelStartsOffset)
    }

    mutating func add(_ polygons: Polygons, _ box: Envelope, number: Int) {
      let first = point
      for polygon in 0..<polygons.polygonCount {
        let rings = polygons.rings(ofPolygon: polygon)
        for ring in rings where !polygons.points(ofRing: ring).isEmpty {
          add(polygons.points[polygons.points(ofRing: ring)], isOuter: ring == rings.lowerBound)
        }
      }
      boxes[area] = box
      numbers[area] = UInt32(number)
      places[number] = UInt32(area)
      addChunks(first..<point)
      area += 1
      areaStarts[area] = UInt32(ring)
    }

    private mutating func add(_ ring: ArraySlice<Point>, isOuter: Bool) {
      let runsInOrder = (EqualAreaPlane.signedArea(of: ring) >= 0) == isOuter
      var target = runsInOrder ? point : point + ring.count - 1
      for corner in ring {
        points[target] = corner
        target += runsInOrder ? 1 : -1
      }
      point += ring.count
      self.ring += 1
      ringStarts[self.ring] = UInt32(point)
    }

    /// An edge from the last point of a chunk leads to the first one of the next. That one may be of another ring, which
    /// makes a box too large but never too small.
    private mutating func addChunks(_ range: Range<Int>) {
      guard range.count > PolygonSet.smallArea else {
        chunkStarts[area] = PolygonSet.noChunks
        return
      }
      chunkStarts[area] = UInt32(chunk)
      for start in stride(from: range.lowerBound, to: range.upperBound, by: PolygonSet.width) {
        var box = Envelope()
        for index in start..<min(start + PolygonSet.width + 1, range.upperBound) { box.add(points[index]) }
        chunks[chunk] = box
        chunk += 1
      }
      let (first, end) = (Int(chunkStarts[area]), chunk)
      for start in stride(from: first, to: end, by: PolygonSet.width) {
        var block = Envelope()
        for index in start..<min(start + PolygonSet.width, end) { block.add(chunks[index]) }
        chunks[chunk] = block
        chunk += 1
      }
    }

    /// The counts and the nodes above the areas.
    mutating func finish() {
      for (index, count) in [layout.areas, layout.rings, layout.points, layout.chunks].enumerated() {
        counts[index] = UInt64(count)
      }
      for (level, start) in layout.levelStarts.enumerated() { levelStarts[level] = UInt32(start) }
      for level in 1..<max(1, layout.levelStarts.count - 1) {
        let (below, above) = (layout.levelStarts[level - 1], layout.levelStarts[level])
        for node in above..<layout.levelStarts[level + 1] {
          let first = below + (node - above) * PolygonSet.width
          boxes[node] = Envelope()
          for child in first..<min(first + PolygonSet.width, above) { boxes[node].add(boxes[child]) }
        }
      }
    }
  }
}
