import Geodata
import ParcelTesting
import Testing

@testable import Spatial

@Suite struct PolygonSetTests {
  /// Shapes of all sorts: small and large ones, with holes and parts, and an empty one.
  static func shapes(_ count: Int, seed: UInt64 = 1) -> [Polygons] {
    var generator = ShapeGenerator(seed: seed)
    return (0..<count).map { number in
      switch number % 5 {
      case 0: generator.star()
      case 1: generator.holedStar()
      case 2: generator.severalStars()
      case 3 where number % 2 == 0: Polygons()
      case 3: generator.giant(corners: 65 + number)
      default: generator.latticeStar()
      }
    }
  }

  @Test(arguments: [0, 1, 2, 15, 16, 17, 40]) func polygonsComeBackAsTheyWere(count: Int) {
    let shapes = Self.shapes(count)
    let set = PolygonSet(shapes)
    #expect(set.count == count)
    for (number, shape) in shapes.enumerated() {
      #expect(set.polygons(number) == shape)
      #expect(set.envelope(number) == shape.envelope)
      #expect(abs(set.area(number) - EqualAreaPlane.area(of: shape)) <= 1e-12 * EqualAreaPlane.area(of: shape))
    }
    #expect(set.envelope == shapes.reduce(into: Envelope()) { $0.add($1.envelope) })
  }

  /// Whichever way rings run as given, outer ones are kept counter-clockwise and holes clockwise.
  @Test func ringsRunWithTheInsideOnTheirLeft() {
    var generator = ShapeGenerator(seed: 2)
    let shapes = (0..<20).map { _ in generator.holedStar() }
    let set = PolygonSet(shapes.map { generator.changedInWriting($0) })
    for (number, shape) in shapes.enumerated() {
      let kept = set.polygons(number)
      #expect(kept.polygonCount == 1 && kept.ringEnds.count == shape.ringEnds.count)
      for ring in kept.ringEnds.indices {
        let area = EqualAreaPlane.signedArea(of: kept.points[kept.points(ofRing: ring)])
        #expect((area > 0) == (ring == 0))
      }
      #expect(Set(kept.points) == Set(shape.points))
    }
  }

  @Test func columnsFitTogether() {
    let shapes = Self.shapes(300)
    let set = PolygonSet(shapes)
    #expect(set.levelStarts.indices.map { set.levelStarts[$0] } == [0, 300, 319, 321, 322])
    #expect(set.boxes.count == 322)
    for place in 0..<set.count {
      let number = Int(set.numbers[place])
      #expect(set.place(of: number) == place)
      #expect(set.boxes[place] == shapes[number].envelope)
      let points = set.points(at: place)
      #expect(points.count == shapes[number].points.count)
      #expect((set.chunkStarts[place] == PolygonSet.noChunks) == (points.count <= PolygonSet.smallArea))
    }
    // A node's box is that of the sixteen below it, and no larger.
    for level in 1..<4 {
      let (below, above) = (Int(set.levelStarts[level - 1]), Int(set.levelStarts[level]))
      for node in above..<Int(set.levelStarts[level + 1]) {
        let first = below + (node - above) * 16
        let children = (first..<min(first + 16, above)).map { set.boxes[$0] }
        #expect(set.boxes[node] == children.reduce(into: Envelope()) { $0.add($1) })
      }
    }
  }

  /// Small areas are walked through whole, large ones chunk by chunk: every edge comes once, with the same ends.
  @Test func everyEdgeComesOnce() {
    var generator = ShapeGenerator(seed: 3)
    let shapes = [generator.holedStar(), generator.giant(corners: 63), generator.giant(corners: 64)]
    let many = (0..<12).reduce(into: Polygons()) { all, step in
      all.append(generator.holedStar().map { Point(x: $0.x + 200 * Double(step), y: $0.y) })
    }
    for shape in shapes + [many] {
      let set = PolygonSet([shape])
      var edges: [[Point]] = []
      var starts = 0
      set.forEachEdge(at: 0, near: { _ in true }) { edge in
        edges.append([edge.from, edge.to])
        if edge.startsRing { starts += 1 }
      }
      let expected = shape.ringEnds.indices.flatMap { ring in
        zip(shape.ring(ring), shape.ring(ring).dropFirst()).map { [$0, $1] }
      }
      #expect(edges == expected)
      #expect(starts == shape.ringEnds.count)
      // What a box asks for is a plain choice among all.
      let all = shape.envelope
      let box = Envelope(minX: all.minX, minY: all.minY, maxX: all.center.x, maxY: all.center.y)
      var near: [DirectedEdge] = []
      set.edges(at: 0, in: box, into: &near)
      #expect(near.map { [$0.from, $0.to] } == expected.filter { Envelope($0).overlaps(box) })
    }
  }

  @Test(arguments: [0, 1, 16, 17, 256, 257, 300]) func searchFindsWhatAPlainWalkFinds(count: Int) {
    let shapes = Self.shapes(count)
    let set = PolygonSet(shapes)
    var random = SeededGenerator(seed: 4)
    var (hits, next) = ([Int](), [Int]())
    for _ in 0..<20 {
      let corner = Point(
        x: 80_000 + .random(in: -90...60, using: &random), y: 3_062_000 + .random(in: -90...60, using: &random))
      let box = Envelope([
        corner,
        Point(x: corner.x + .random(in: 0...40, using: &random), y: corner.y + .random(in: 0...40, using: &random)),
      ])
      set.search(box, into: &hits, next: &next)
      #expect(hits.map { Int(set.numbers[$0]) }.sorted() == shapes.indices.filter { shapes[$0].envelope.overlaps(box) })
    }
    set.search(Envelope(), into: &hits, next: &next)
    #expect(hits.isEmpty)
  }

  // MARK: Bytes that are no set

  private static func memory(_ bytes: [UInt8]) -> ColumnMemory {
    ColumnMemory(count: bytes.count) { target in bytes.withUnsafeBytes { target.copyMemory(from: $0) } }
  }

  private static func bytes(of set: PolygonSet) -> [UInt8] {
    var bytes: [UInt8] = []
    set.withBytes { bytes = Array($0) }
    return bytes
  }

  /// Goes through all that a set can be asked; a wrong index would stop the test.
  static func useAll(of set: PolygonSet) {
    var meter = OverlapMeter(worthwhile: 0)
    for number in 0..<set.count {
      _ = set.polygons(number)
      _ = set.area(number)
      _ = meter.overlaps(of: number, in: set, with: set)
    }
  }

  @Test func bytesComeBack() throws {
    let shapes = Self.shapes(20)
    let bytes = Self.bytes(of: PolygonSet(shapes))
    #expect(bytes.count == PolygonSet(shapes).byteCount && bytes.count % 8 == 0)
    let set = try PolygonSet(Self.memory([UInt8](repeating: 7, count: 16) + bytes + [0, 0, 0, 0, 0, 0, 0, 0]), at: 16)
    #expect((0..<20).map(set.polygons) == shapes)
    #expect(Self.bytes(of: set) == bytes)
  }

  @Test func cutBytesAreNoSet() {
    let bytes = Self.bytes(of: PolygonSet(Self.shapes(4)))
    for count in stride(from: 0, to: bytes.count, by: 8) {
      #expect(throws: PolygonSetError.cutShort) { try PolygonSet(Self.memory(Array(bytes[..<count])), at: 0) }
    }
    for offset in [-8, 1, bytes.count, bytes.count + 8, Int.max] {
      #expect(throws: PolygonSetError.cutShort) { try PolygonSet(Self.memory(bytes), at: offset) }
    }
  }

  /// Whatever is written over any four bytes: it is noticed, or leads nowhere.
  @Test func changedBytesLeadNowhere() {
    let set = PolygonSet(Self.shapes(4, seed: 6))
    let bytes = Self.bytes(of: set)
    let layout = PolygonSet.Layout(
      areas: set.count, rings: set.ringStarts.count - 1, points: set.points.count, chunks: set.chunks.count)
    // Of coordinates, which lead nowhere anyway, a few.
    let coordinates = layout.pointsOffset..<layout.ringStartsOffset
    var refused = 0
    for offset in stride(from: 0, to: bytes.count, by: 4) where !coordinates.contains(offset) || offset % 192 == 4 {
      for word in [0, 1, 2, 5, 0x7FF0_0000, 0xFFFF_FFFE, 0xFFFF_FFFF] as [UInt32] {
        var changed = bytes
        for byte in 0..<4 { changed[offset + byte] = UInt8(truncatingIfNeeded: word >> (8 * UInt32(byte))) }
        do { Self.useAll(of: try PolygonSet(Self.memory(changed), at: 0)) } catch { refused += 1 }
      }
    }
    #expect(refused > 100)
  }

  // MARK: Hilbert's curve

  /// By the definition: four copies in the quarters of a square, in order lower left, upper left, upper right, lower
  /// right; the first one mirrored on the rising diagonal, the last one on the falling one.
  private static func curve(order: Int) -> [[Int]] {
    guard order > 0 else { return [[0, 0]] }
    let (part, half) = (curve(order: order - 1), 1 << (order - 1))
    return part.map { [$0[1], $0[0]] } + part.map { [$0[0], $0[1] + half] } + part.map { [$0[0] + half, $0[1] + half] }
      + part.map { [2 * half - 1 - $0[1], half - 1 - $0[0]] }
  }

  @Test func distancesAreThoseOfTheCurve() {
    // Of sixteen halvings an even number comes before these, so that nothing is mirrored.
    for (distance, cell) in Self.curve(order: 4).enumerated() {
      #expect(HilbertCurve.distance(x: UInt32(cell[0]), y: UInt32(cell[1])) == UInt32(distance))
    }
    #expect(HilbertCurve.distance(x: 65_535, y: 0) == .max)
    #expect(HilbertCurve.distance(x: 0, y: 65_535) == 0x5555_5555)
    #expect(HilbertCurve.distance(x: 65_535, y: 65_535) == 0xAAAA_AAAA)
  }

  @Test func orderIsAPermutation() {
    var random = SeededGenerator(seed: 5)
    var boxes = (0..<500).map { _ in
      Envelope([Point(x: .random(in: 0...9, using: &random), y: .random(in: 0...9, using: &random))])
    }
    boxes[17] = Envelope()
    boxes[18] = boxes[400]
    let order = HilbertCurve.order(of: boxes)
    #expect(order.sorted() == Array(boxes.indices))
    #expect(order.last == 17)
    #expect((order.firstIndex(of: 18) ?? 0) + 1 == order.firstIndex(of: 400))
    // Neighbours in the order are neighbours in the plane: at random the steps would be some 4.7 long.
    let centers = order.dropLast().map { boxes[$0].center }
    let way = zip(centers, centers.dropFirst()).reduce(0) { way, step in
      way + max(abs(step.0.x - step.1.x), abs(step.0.y - step.1.y))
    }
    #expect(way / 500 < 0.6)
  }

  @Test(arguments: [
    [], [Envelope()], [Envelope(), Envelope()], [Envelope([Point(x: 1, y: 1)]), Envelope([Point(x: 1, y: 1)])],
    [Envelope([Point(x: -1e300, y: 0), Point(x: 1e300, y: 0)]), Envelope([Point(x: 1, y: 1)])],
  ])
  func orderOfOddBoxes(boxes: [Envelope]) {
    #expect(HilbertCurve.order(of: boxes) == Array(boxes.indices))
  }
}
