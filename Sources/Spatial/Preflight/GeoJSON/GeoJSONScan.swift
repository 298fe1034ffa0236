import Geodata

/// One look at a whole GeoJSON text (RFC 7946), before GDAL reads it: GDAL leaves out what it does not understand.
struct GeoJSONScan {
  /// What is kept of a feature until its last member was read: members come in any order.
  private struct Parts {
    var type: String?
    var geometry = Geometry()
    var hasBadProperties = false
    var reference = GeoJSONContent.Reference.absent
  }

  private struct Geometry {
    var type: String?
    var coordinates: Coordinates?
    var reference = GeoJSONContent.Reference.absent
    /// What is wrong with it whatever its members say.
    var fault: String?
    var isAbsent = true
  }

  private enum Features { case absent, array, other }

  /// What a property was written as, over all records.
  private struct Written {
    var hasFraction = false
    var hasLargeWhole = false
  }

  private var tokens: JSONTokens
  private var content = GeoJSONContent()
  private var records = 0
  /// The first thing wrong with a feature; the text's own kind is the better reason where it is another.
  private var featureFault: GeoJSONFault?
  private var innerReference: (record: Int, reference: GeoJSONContent.Reference)?
  private var written: [Written] = []
  private var (documentNames, featureNames) = (MemberNames(), MemberNames())
  private var (geometryNames, propertyNames) = (MemberNames(), MemberNames())

  /// Looks at a whole text in UTF-8.
  static func content(of text: [UInt8]) throws(GeoJSONFault) -> GeoJSONContent {
    var scan = GeoJSONScan(text)
    try scan.readDocument()
    try scan.checkWritten()
    return scan.content
  }

  private init(_ text: [UInt8]) { tokens = JSONTokens(text) }

  // MARK: The document

  private mutating func readDocument() throws(GeoJSONFault) {
    let start = try tokens.next()
    var strangers: Set<String> = []
    var features = Features.absent
    var parts = Parts()
    guard start == .beginObject else {
      try tokens.skip(start)
      _ = try tokens.next()
      throw .notGeoJSON(.noObject)
    }
    documentNames.beginObject()
    while let number = try tokens.nextName(of: &documentNames) {
      switch documentNames[number] {
      case "features": features = try readFeatures()
      case "geometryType", "spatialReference", "rings", "displayFieldName":
        strangers.insert(documentNames[number])
        try tokens.skipValue()
      case let name: try readMember(name, of: &parts)
      }
    }
    _ = try tokens.next()
    content.reference = parts.reference
    try finish(parts, features, strangers)
  }

  private mutating func finish(
    _ parts: Parts, _ features: Features, _ strangers: Set<String>
  ) throws(GeoJSONFault) {
    switch parts.type {
    case "FeatureCollection":
      guard features == .array else { throw .notGeoJSON(.noFeatures) }
    case "Feature":
      guard features == .absent else { throw .notGeoJSON(.featureWithFeatures) }
      records = 1
      // Its reference is the document's.
      var feature = parts
      feature.reference = .absent
      finish(feature)
    case "Topology": throw .notGeoJSON(.topoJSON)
    case let type? where Self.positionLevels[type] != nil || type == "GeometryCollection":
      throw .notGeoJSON(.geometry(type))
    case let type: throw .notGeoJSON(strangers.isEmpty ? type.map { .otherType($0) } ?? .noType : .esriJSON)
    }
    if let featureFault { throw featureFault }
    if let (record, reference) = innerReference, reference == .other || reference != content.reference {
      throw .innerReference(record: record)
    }
    content.preflight.records = records
  }

  /// Whether the array is one.
  private mutating func readFeatures() throws(GeoJSONFault) -> Features {
    let start = try tokens.next()
    guard start == .beginArray else {
      try tokens.skip(start)
      return .other
    }
    while true {
      let token = try tokens.next()
      if token == .endArray { return .array }
      records += 1
      guard token == .beginObject else {
        try tokens.skip(token)
        note(.notAFeature(record: records))
        continue
      }
      var parts = Parts()
      featureNames.beginObject()
      while let number = try tokens.nextName(of: &featureNames) { try readMember(featureNames[number], of: &parts) }
      if parts.type != "Feature" { note(.notAFeature(record: records)) }
      finish(parts)
    }
  }

  private mutating func note(_ fault: GeoJSONFault) { featureFault = featureFault ?? fault }

  // MARK: A feature

  private mutating func readMember(_ name: String, of parts: inout Parts) throws(GeoJSONFault) {
    switch name {
    case "type": parts.type = try tokens.nextString()
    case "geometry": parts.geometry = try readGeometry()
    case "properties": parts.hasBadProperties = try !readProperties()
    case "crs": parts.reference = try readReference()
    default: try tokens.skipValue()
    }
  }

  /// The record is read whole: judges it.
  private mutating func finish(_ parts: Parts) {
    if parts.hasBadProperties { note(.badProperties(record: records)) }
    for reference in [parts.reference, parts.geometry.reference] where reference != .absent && reference != .null {
      if let first = innerReference, first.reference != reference {
        note(.innerReference(record: records))
      } else if innerReference == nil {
        innerReference = (records, reference)
      }
    }
    guard !parts.geometry.isAbsent else { return }
    if let coordinates = parts.geometry.coordinates { content.envelope.add(coordinates.envelope) }
    if let fault = Self.fault(of: parts.geometry) {
      content.preflight.damagedShapes[records] = fault
    } else if let coordinates = parts.geometry.coordinates, Self.isArea(parts.geometry.type) {
      remark(coordinates)
    }
  }

  private mutating func remark(_ coordinates: Coordinates) {
    var remarks: [Remark] = []
    if coordinates.unclosedRings > 0 { remarks.append(Remark(.unclosedRing, "\(coordinates.unclosedRings)")) }
    if coordinates.hasHeights { remarks.append(Remark(.heights)) }
    if !remarks.isEmpty { content.preflight.recordRemarks[records, default: []] += remarks }
  }

  // MARK: Its geometry

  /// How deep positions lie in the coordinates of each type.
  private static let positionLevels = [
    "Point": 1, "MultiPoint": 2, "LineString": 2, "MultiLineString": 3, "Polygon": 3, "MultiPolygon": 4,
  ]

  private static func isArea(_ type: String?) -> Bool { type == "Polygon" || type == "MultiPolygon" }

  private static func fault(of geometry: Geometry) -> String? {
    if let fault = geometry.fault { return fault }
    guard let type = geometry.type else { return "geometry without a type" }
    // What it collects is not ours to read: its record is refused for its type.
    if type == "GeometryCollection" { return nil }
    guard let level = positionLevels[type] else { return "unknown geometry type \(type.prefix(40))" }
    guard let coordinates = geometry.coordinates else { return "geometry without coordinates" }
    return coordinates.fault(positionsAt: level, areRings: isArea(type))
  }

  private mutating func readGeometry() throws(GeoJSONFault) -> Geometry {
    var geometry = Geometry()
    let start = try tokens.next()
    if start == .null { return geometry }
    geometry.isAbsent = false
    guard start == .beginObject else {
      try tokens.skip(start)
      geometry.fault = "geometry is not an object"
      return geometry
    }
    geometryNames.beginObject()
    while let number = try tokens.nextName(of: &geometryNames) {
      switch geometryNames[number] {
      case "type": geometry.type = try tokens.nextString()
      case "coordinates": geometry.coordinates = try readCoordinates()
      case "crs": geometry.reference = try readReference()
      case "geometries": try skipGeometries()
      default: try tokens.skipValue()
      }
    }
    return geometry
  }

  private mutating func readCoordinates() throws(GeoJSONFault) -> Coordinates? {
    let start = try tokens.next()
    if start == .beginArray { return try Coordinates(&tokens) }
    try tokens.skip(start)
    return nil
  }

  /// Collected geometries are not looked at, but GDAL reads, and may fetch, a `crs` of each.
  private mutating func skipGeometries() throws(GeoJSONFault) {
    let outer = tokens.depth
    repeat {
      if try tokens.next() == .name, tokens.string == "crs" { throw .innerReference(record: max(records, 1)) }
    } while tokens.depth > outer
  }

  // MARK: Its properties

  /// Whether they are an object or null.
  private mutating func readProperties() throws(GeoJSONFault) -> Bool {
    let start = try tokens.next()
    guard start == .beginObject else {
      try tokens.skip(start)
      return start == .null
    }
    propertyNames.beginObject()
    while let number = try tokens.nextName(of: &propertyNames) {
      let token = try tokens.next()
      if number == written.count { written.append(Written()) }
      if token == .number {
        written[number].hasFraction = written[number].hasFraction || !tokens.number.isWhole
        written[number].hasLargeWhole = written[number].hasLargeWhole || tokens.number.isLargeWhole
      }
      try tokens.skip(token)
    }
    return true
  }

  private func checkWritten() throws(GeoJSONFault) {
    if let number = written.firstIndex(where: { $0.hasFraction && $0.hasLargeWhole }) {
      throw .digitsLost(field: propertyNames[number])
    }
  }

  // MARK: Reference systems

  private mutating func readReference() throws(GeoJSONFault) -> GeoJSONContent.Reference {
    let start = try tokens.next()
    if start == .null { return .null }
    let place = tokens.place(tokens.range.lowerBound)
    guard start == .beginObject else {
      try tokens.skip(start)
      return .other
    }
    var (type, name): (String?, String?)
    var names = MemberNames()
    names.beginObject()
    while let number = try tokens.nextName(of: &names) {
      switch names[number] {
      case "type": type = try tokens.nextString()
      case "properties": name = try readReferenceName()
      default: try tokens.skipValue()
      }
    }
    if type?.lowercased() == "link" { throw .linkedReference(line: place.line, column: place.column) }
    if type == "name", let name { return .named(name) }
    return .other
  }

  private mutating func readReferenceName() throws(GeoJSONFault) -> String? {
    let start = try tokens.next()
    guard start == .beginObject else {
      try tokens.skip(start)
      return nil
    }
    var names = MemberNames()
    var name: String?
    names.beginObject()
    while let number = try tokens.nextName(of: &names) {
      if names[number] == "name" { name = try tokens.nextString() } else { try tokens.skipValue() }
    }
    return name
  }
}
