import Geodata
import ParcelModel
import Spatial

/// In which reference system the coordinates of a file are: by what the file names, what was stated, and what the
/// numbers can be at all. Anything doubtful is refused with the words that would state it; nothing is guessed.
struct ReferenceDecision {
  let reference: CoordinateReference
  let findings: [Finding]

  /// What is known of the file before its coordinates are believed.
  struct Question {
    var file: String
    /// As the file names it, where that was recognised.
    var named: CoordinateReference?
    /// The system's name in the file's words, empty where it names none.
    var name: String
    /// By the person.
    var stated: CoordinateReference?
    /// One box a shape, in the file's coordinates, axes already in order.
    var boxes: [Envelope]
    /// The county in degrees; nothing before a layer is there.
    var county: Envelope?

    /// GeoJSON without a `crs` member is WGS 84 by its standard (RFC 7946): no statement of the sender.
    fileprivate var names: Bool { (named != nil || !name.isEmpty) && name != FeatureSchema.defaultReferenceName }
  }

  /// Throws `ProcessingError`.
  init(_ question: Question) throws {
    let file = question.file
    if question.named?.isOldDatum == true || Self.namesOldDatum(question.name) {
      throw ProcessingError.oldDatum(file: file, name: question.name)
    }
    let range = CoordinateRange(ofMost: question.boxes)
    if range?.isSwapped == true { throw ProcessingError.swappedAxes(file: file) }
    if question.boxes.isEmpty, question.stated == nil, question.named == nil {
      // Without a polygon there is nothing to place: every record is refused for its shape.
      (reference, findings) = (.cgcs2000, [])
      return
    }
    guard let reference = question.stated ?? question.named else {
      let candidates = try Self.candidates(range, question)
      // A system that was named but not recognised is no missing one.
      guard question.name.isEmpty, range?.isUnambiguous == true, candidates.count == 1, question.county != nil else {
        throw ProcessingError.noReference(file: file, name: question.name, candidates: candidates)
      }
      self.reference = candidates[0]
      findings = [Finding(.referenceInferred, detail: "\(candidates[0])")]
      return
    }
    if reference.isOldDatum { throw ProcessingError.oldDatum(file: file, name: "\(reference)") }
    guard reference.kind != nil else { throw ProcessingError.refusedReference(file: file, reference) }
    if let range, !range.canBe(reference) {
      throw ProcessingError.contradictedReference(
        file: file, reference, candidates: try Self.candidates(range, question))
    }
    self.reference = reference
    var findings: [Finding] = []
    if let stated = question.stated, question.names, question.named != stated {
      findings.append(
        Finding(.referenceOverruled, detail: "\(question.named?.description ?? question.name) / \(stated)"))
    }
    if reference == .wgs84 { findings.append(Finding(.worldGeodeticSystem, detail: "EPSG:4326")) }
    self.findings = findings
  }

  /// Names of old datums in `.prj` files that no EPSG system matches, or whose numbers were copied from a newer one: the
  /// sender knows what the name says.
  private static func namesOldDatum(_ name: String) -> Bool {
    let plain = name.lowercased().filter { $0.isLetter || $0.isNumber }
    return ["xian1980", "xian80", "西安80", "西安1980", "beijing1954", "beijing54", "北京54", "北京1954", "krasovsky"]
      .contains { plain.contains($0) }
  }

  /// The systems that such numbers can be in; where the county is known, those in which all of them lie in it or in its
  /// neighbourhood.
  private static func candidates(_ range: CoordinateRange?, _ question: Question) throws -> [CoordinateReference] {
    let possible = range?.references ?? []
    guard let county = question.county else { return possible.count == 1 ? possible : [] }
    let neighbourhood = county.widened(by: Judge.neighbourhood)
    let centers = question.boxes.filter { CoordinateRange($0) == range }.map(\.center)
    return try possible.filter { reference in
      let transformation = try Transformation(from: reference, to: .cgcs2000)
      guard let moved = try? transformation(Polygons(rings: [[centers]])) else { return false }
      return moved.points.allSatisfy { neighbourhood.overlaps(Envelope([$0])) }
    }
  }
}

/// What coordinates within China can be, by their size alone. Eastings of Gauss–Krüger lie within 400 km of the 500 km
/// of their meridian; northings of China between 1000 and 6500 km, latitudes below 60°, longitudes from 70°: none of the
/// ranges meet, in either order of the axes.
enum CoordinateRange: Hashable {
  case degrees
  case prefixed(zone: Int)
  case unprefixed
  case swappedDegrees
  case swappedMeters

  init?(_ box: Envelope) {
    let (x, y) = (box.minX...box.maxX, box.minY...box.maxY)
    let (latitudes, longitudes, northings) = (0.0...60.0, 70.0...140.0, 1_000_000.0...6_500_000.0)
    func within(_ part: ClosedRange<Double>, _ whole: ClosedRange<Double>) -> Bool {
      whole.contains(part.lowerBound) && whole.contains(part.upperBound)
    }
    if within(x, longitudes), within(y, latitudes) {
      self = .degrees
    } else if within(x, latitudes), within(y, longitudes) {
      self = .swappedDegrees
    } else if within(y, northings), let zone = Self.zone(x) {
      self = zone == 0 ? .unprefixed : .prefixed(zone: zone)
    } else if within(x, northings), Self.zone(y) != nil {
      self = .swappedMeters
    } else {
      return nil
    }
  }

  /// The range of more than half of the boxes: one damaged shape says nothing of the file.
  init?(ofMost boxes: [Envelope]) {
    let counts = boxes.reduce(into: [CoordinateRange: Int]()) { counts, box in
      if let range = CoordinateRange(box) { counts[range, default: 0] += 1 }
    }
    guard let most = counts.max(by: { $0.value < $1.value }), most.value * 2 > boxes.count else { return nil }
    self = most.key
  }

  /// The zone number in front of eastings, 0 where there is none; nothing where these are no eastings.
  private static func zone(_ eastings: ClosedRange<Double>) -> Int? {
    let zone = Int(eastings.lowerBound / 1e6)
    let rest = (eastings.lowerBound - Double(zone) * 1e6)...(eastings.upperBound - Double(zone) * 1e6)
    guard rest.lowerBound >= 100_000, rest.upperBound <= 900_000 else { return nil }
    return zone == 0 || CoordinateReference(zonePrefix: zone) != nil ? zone : nil
  }

  var isSwapped: Bool { self == .swappedDegrees || self == .swappedMeters }

  /// Whether the numbers alone say which system it is.
  var isUnambiguous: Bool {
    switch self {
    case .degrees, .prefixed: true
    case .unprefixed, .swappedDegrees, .swappedMeters: false
    }
  }

  /// Every accepted system in which such numbers occur. WGS 84 degrees are not told from CGCS2000, which they differ
  /// from by less than a metre.
  var references: [CoordinateReference] {
    switch self {
    case .degrees: [.cgcs2000]
    case .prefixed(let zone): [CoordinateReference(zonePrefix: zone)].compactMap { $0 }
    case .unprefixed:
      // Zones of six degrees share every second meridian of those of three, and its plane.
      (4534...4554).map { CoordinateReference(epsg: $0) }
    case .swappedDegrees, .swappedMeters: []
    }
  }

  func canBe(_ reference: CoordinateReference) -> Bool {
    switch reference.kind {
    case .geographic: self == .degrees
    case .gaussKruger(_, _, prefixed: true): self == reference.zonePrefix.map { .prefixed(zone: $0) }
    case .gaussKruger(_, _, prefixed: false): self == .unprefixed
    case nil: false
    }
  }
}
