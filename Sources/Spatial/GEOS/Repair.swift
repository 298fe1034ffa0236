import CGEOS
package import Geodata

/// Makes polygons valid, keeping the land that they enclose: what several parts cover counts once, what a ring goes
/// round twice in one direction is inside, and a hole takes away only what it covers of its own part.
///
/// GEOS's own repair of a whole multipolygon turns a hole that lies outside into land; so each ring is repaired alone,
/// holes are taken from their outer ring, and the parts are joined last.
///
/// One a worker: it keeps its room.
package final class Repair {
  private let context: GEOSContext
  private var screen = ValidityScreen()

  package init(_ context: GEOSContext) { self.context = context }

  /// Without a record the polygons were valid and come back untouched; else the valid polygons, which may be none at
  /// all, and what was wrong. Valid parts keep their points unless they have to be joined with another. Repairing a
  /// result again changes nothing. Throws `SpatialError.geometryFailed`.
  package func repair(_ polygons: Polygons) throws -> (polygons: Polygons, record: RepairRecord?) {
    guard let reason = try flaw(of: polygons) else { return (polygons, nil) }
    if polygons.ringEnds.indices.contains(where: { Self.isTangled(polygons.ring($0)) }) {
      let area = EqualAreaPlane.area(of: polygons)
      return (Polygons(), RepairRecord(kinds: [.tangled], reason: reason, areaBefore: area, areaAfter: 0))
    }
    var kinds: Set<RepairRecord.Kind> = []
    var repaired = Polygons()
    for number in 0..<polygons.polygonCount {
      try repaired.append(repairPart(polygons.rings(ofPolygon: number).map(polygons.ring), &kinds))
    }
    if try flaw(of: repaired) != nil {
      kinds.insert(.overlappingParts)
      repaired = try settle(union(repaired))
    }
    let record = RepairRecord(
      kinds: kinds.sorted(), reason: reason, areaBefore: EqualAreaPlane.area(of: polygons),
      areaAfter: EqualAreaPlane.area(of: repaired))
    return (repaired, record)
  }

  /// Whether far more edges come near one another than those of any drawn outline: a scribble, which to cut at all its
  /// crossings would take hours, and which means no place.
  private static func isTangled(_ ring: [Point]) -> Bool {
    let boxes = zip(ring, ring.dropFirst()).map { Envelope([$0, $1]) }
    let index = EnvelopeIndex(boxes)
    let most = 64 * boxes.count + 4096
    var meetings = 0
    for box in boxes {
      meetings += index.search(box).count
      if meetings > most { return true }
    }
    return false
  }

  // MARK: A part

  /// One polygon as delivered → valid polygons that need not be disjoint from those of other parts.
  private func repairPart(_ rings: [[Point]], _ kinds: inout Set<RepairRecord.Kind>) throws -> Polygons {
    let delivered = Polygons(rings: [rings])
    if try flaw(of: delivered) == nil { return delivered }
    var found: Set<RepairRecord.Kind> = []
    defer { kinds.formUnion(found) }
    let outer = try repairRing(rings[0], &found)
    guard !outer.isEmpty else { return outer }
    let shape = try context.shape(of: outer)
    var holes = Polygons()
    for ring in rings.dropFirst() {
      let hole = try repairRing(ring, &found)
      if try !covers(shape, hole) { found.insert(.holeOutside) }
      holes.append(hole)
    }
    if found.isEmpty { found.insert(.other) }
    guard !holes.isEmpty else { return outer }
    return try settle(shape.difference(context.shape(of: union(holes))).polygons())
  }

  /// What a ring encloses, whichever way it runs; nothing where that is no area.
  private func repairRing(_ ring: [Point], _ kinds: inout Set<RepairRecord.Kind>) throws -> Polygons {
    let delivered = Polygons(rings: [[ring]])
    guard let reason = try flaw(of: delivered) else { return delivered }
    kinds.insert(reason.hasPrefix(Self.shortRing) ? .shortRing : .selfIntersection)
    let faces = try Faces(of: [ring], origin: Point(x: 0, y: 0), context)
    var enclosed = Polygons()
    for face in 0..<faces.count where Self.turns(of: ring, around: try faces.inside(face)) != 0 {
      enclosed.append(try faces.polygons(face))
    }
    return try settle(union(enclosed))
  }

  /// How often the closed ring goes round the point, counter-clockwise positive.
  private static func turns(of ring: [Point], around point: Point) -> Int {
    zip(ring, ring.dropFirst()).reduce(0) { turns, edge in
      let (a, b) = edge
      guard (a.y > point.y) != (b.y > point.y) else { return turns }
      let crossing = a.x + (point.y - a.y) / (b.y - a.y) * (b.x - a.x)
      guard crossing > point.x else { return turns }
      return turns + (b.y > a.y ? 1 : -1)
    }
  }

  // MARK: GEOS

  private static let shortRing = "Too few points"

  /// Nothing where the polygons are valid and all their rings enclose something, else the reason.
  private func flaw(of polygons: Polygons) throws -> String? {
    if screen.isCertainlyValid(polygons) { return nil }
    let shape = try context.shape(of: polygons)
    if try !context.answer("validity", GEOSisValid_r(context.handle, shape.geometry)) {
      guard let words = GEOSisValidReason_r(context.handle, shape.geometry) else { throw context.failure("validity") }
      defer { GEOSFree_r(context.handle, words) }
      return String(cString: words)
    }
    // GEOS never sees these.
    let isShort = polygons.ringEnds.indices.contains { polygons.points(ofRing: $0).count < 4 }
    return isShort ? Self.shortRing + " in a ring" : nil
  }

  /// Nothing is covered by everything.
  private func covers(_ outer: borrowing GEOSShape, _ hole: Polygons) throws -> Bool {
    try hole.isEmpty || outer.covers(context.shape(of: hole))
  }

  private func makeValid(_ polygons: Polygons) throws -> Polygons {
    guard let parameters = GEOSMakeValidParams_create_r(context.handle) else { throw context.failure("repair") }
    defer { GEOSMakeValidParams_destroy_r(context.handle, parameters) }
    GEOSMakeValidParams_setMethod_r(context.handle, parameters, GEOS_MAKE_VALID_STRUCTURE)
    GEOSMakeValidParams_setKeepCollapsed_r(context.handle, parameters, 0)
    let shape = try context.shape(of: polygons)
    return try context.shape(
      "repair", GEOSMakeValidWithParams_r(context.handle, shape.geometry, parameters)
    ).polygons()
  }

  private func union(_ polygons: Polygons) throws -> Polygons {
    try context.shape(of: polygons).union().polygons()
  }

  /// A corner made where edges cross is rounded and can lie a hair across another edge: seldom, and gone after another
  /// round.
  private func settle(_ polygons: Polygons) throws -> Polygons {
    var settled = polygons
    for _ in 0..<3 {
      guard try flaw(of: settled) != nil else { return settled }
      settled = try makeValid(settled)
    }
    if let reason = try flaw(of: settled) {
      throw SpatialError.geometryFailed(operation: "repair", words: reason)
    }
    return settled
  }
}
