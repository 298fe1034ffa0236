import Geodata

extension PolygonSet {
  /// Where the columns lie, from the beginning of a set: four counts, then the columns from the widest elements to the
  /// narrowest, each on a multiple of eight bytes. The numbers are those of the machine, little-endian.
  struct Layout {
    static let header = 4

    let areas: Int
    let rings: Int
    let points: Int
    let chunks: Int
    /// Where each level of the tree begins; the last one is the end.
    let levelStarts: [Int]

    var boxes: Int { levelStarts[levelStarts.count - 1] }

    init(areas: Int, rings: Int, points: Int, chunks: Int) {
      (self.areas, self.rings, self.points, self.chunks) = (areas, rings, points, chunks)
      var starts = [0]
      var size = areas
      while true {
        starts.append(starts[starts.count - 1] + size)
        if size <= 1 { break }
        size = (size + PolygonSet.width - 1) / PolygonSet.width
      }
      levelStarts = starts
    }

    /// From a file's counts; nothing where no set has such counts.
    init?(areas: UInt64, rings: UInt64, points: UInt64, chunks: UInt64) {
      guard [areas, rings, points, chunks].allSatisfy({ $0 < UInt32.max }) else { return nil }
      self.init(areas: Int(areas), rings: Int(rings), points: Int(points), chunks: Int(chunks))
    }

    var pointsOffset: Int { Self.header * 8 }
    var boxesOffset: Int { pointsOffset + points * MemoryLayout<Point>.stride }
    var chunksOffset: Int { boxesOffset + boxes * MemoryLayout<Envelope>.stride }
    var ringStartsOffset: Int { chunksOffset + chunks * MemoryLayout<Envelope>.stride }
    var areaStartsOffset: Int { Self.after(ringStartsOffset, rings + 1) }
    var chunkStartsOffset: Int { Self.after(areaStartsOffset, areas + 1) }
    var numbersOffset: Int { Self.after(chunkStartsOffset, areas) }
    var placesOffset: Int { Self.after(numbersOffset, areas) }
    var levelStartsOffset: Int { Self.after(placesOffset, areas) }
    var byteCount: Int { Self.after(levelStartsOffset, levelStarts.count) }

    private static func after(_ offset: Int, _ numbers: Int) -> Int { offset + (numbers * 4 + 7) / 8 * 8 }
  }
}
