import Geodata

extension ByteWriter {
  mutating func put(_ schema: FeatureSchema) {
    put(Frame.version)
    for text in [schema.format, schema.layer, schema.referenceName, schema.encoding] { put(text) }
    put(schema.reference?.epsg ?? 0)
    put(UInt32(schema.fields.count))
    for field in schema.fields {
      put(field.name)
      put(field.kind.rawValue)
      put(Int32(field.decimals ?? -1))
    }
    put(schema.remarks)
  }

  mutating func put(_ remarks: [Remark]) {
    put(UInt32(remarks.count))
    for remark in remarks {
      put(remark.kind.rawValue)
      put(remark.detail)
    }
  }

  mutating func put(_ shape: Shape) {
    switch shape {
    case .absent: put(UInt8(0))
    case .polygons(let polygons):
      put(UInt8(1))
      for count in [polygons.polygonEnds.count, polygons.ringEnds.count, polygons.points.count] { put(UInt32(count)) }
      put(column: polygons.polygonEnds)
      put(column: polygons.ringEnds)
      put(column: polygons.points)
    case .unsupported(let name):
      put(UInt8(2))
      put(name)
    case .damaged(let fault):
      put(UInt8(3))
      put(fault)
    }
  }

  mutating func put(_ report: ReaderReport) {
    for text in [report.code, report.message.zh, report.message.en, report.remedy.zh, report.remedy.en] { put(text) }
    put(report.outcome.rawValue)
  }
}

extension ByteReader {
  mutating func schema() throws(StreamFault.Thrown) -> FeatureSchema {
    let version = try take(UInt16.self)
    guard version == Frame.version else { throw StreamFault.Thrown(.version(Int(version))) }
    let (format, layer, referenceName, encoding) = (try text(), try text(), try text(), try text())
    let epsg = try take(Int32.self)
    var fields: [FeatureSchema.Field] = []
    for _ in 0..<(try count()) {
      let name = try text()
      guard let kind = FeatureSchema.Kind(rawValue: try text()) else { throw StreamFault.Thrown(.malformed) }
      let decimals = try take(Int32.self)
      fields.append(FeatureSchema.Field(name: name, kind: kind, decimals: decimals < 0 ? nil : Int(decimals)))
    }
    return FeatureSchema(
      format: format, layer: layer, fields: fields,
      reference: epsg == 0 ? nil : CoordinateReference(epsg: epsg), referenceName: referenceName, encoding: encoding,
      remarks: try remarks())
  }

  /// What `BatchWriter` has put.
  mutating func features(fieldCount: Int) throws(StreamFault.Thrown) -> [Feature] {
    var features: [Feature] = []
    var texts: [String] = []
    for _ in 0..<(try count()) {
      let record = Int(try take(Int64.self))
      guard try count() == fieldCount else { throw StreamFault.Thrown(.malformed) }
      var values: [FieldValue] = []
      values.reserveCapacity(fieldCount)
      for _ in 0..<fieldCount { values.append(try value(&texts)) }
      features.append(Feature(record: record, values: values, shape: try shape(), remarks: try remarks()))
    }
    guard isAtEnd else { throw StreamFault.Thrown(.malformed) }
    return features
  }

  /// `texts` are those of the batch so far.
  private mutating func value(_ texts: inout [String]) throws(StreamFault.Thrown) -> FieldValue {
    switch BatchWriter.Value(rawValue: try take(UInt8.self)) {
    case .null: return .null
    case .text:
      let text = try text()
      texts.append(text)
      return .text(text)
    case .repeatedText:
      let number = Int(try take(UInt32.self))
      guard number < texts.count else { throw StreamFault.Thrown(.malformed) }
      return .text(texts[number])
    case .integer: return .integer(try take(Int64.self))
    case .real: return .real(Double(bitPattern: try take(UInt64.self)))
    case .day: return .day(Day(number: try take(Int32.self)))
    case nil: throw StreamFault.Thrown(.malformed)
    }
  }

  private mutating func shape() throws(StreamFault.Thrown) -> Shape {
    switch try take(UInt8.self) {
    case 0: return .absent
    case 1: return .polygons(try polygons())
    case 2: return .unsupported(try text())
    case 3: return .damaged(try text())
    default: throw StreamFault.Thrown(.malformed)
    }
  }

  private mutating func polygons() throws(StreamFault.Thrown) -> Polygons {
    let counts = (
      polygons: Int(try take(UInt32.self)), rings: Int(try take(UInt32.self)), points: Int(try take(UInt32.self))
    )
    let polygonEnds = try column(of: Int.self, count: counts.polygons)
    let ringEnds = try column(of: Int.self, count: counts.rings)
    let points = try column(of: Point.self, count: counts.points)
    guard Self.divide(polygonEnds, counts.rings), Self.divide(ringEnds, counts.points), points.areFinite else {
      throw StreamFault.Thrown(.malformed)
    }
    var start = 0
    for end in ringEnds {
      guard points[start] == points[end - 1] else { throw StreamFault.Thrown(.malformed) }
      start = end
    }
    return Polygons(points: points, ringEnds: ringEnds, polygonEnds: polygonEnds)
  }

  /// Whether parts that end so are as many as there is to divide, and none is empty.
  private static func divide(_ ends: [Int], _ count: Int) -> Bool {
    var start = 0
    for end in ends {
      guard end > start else { return false }
      start = end
    }
    return start == count
  }

  private mutating func remarks() throws(StreamFault.Thrown) -> [Remark] {
    var remarks: [Remark] = []
    for _ in 0..<(try count()) {
      guard let kind = Remark.Kind(rawValue: try text()) else { throw StreamFault.Thrown(.malformed) }
      remarks.append(Remark(kind, try text()))
    }
    return remarks
  }

  mutating func report() throws(StreamFault.Thrown) -> ReaderReport {
    let texts = (code: try text(), zh: try text(), en: try text(), remedyZH: try text(), remedyEN: try text())
    guard let outcome = Outcome(rawValue: try take(Int32.self)) else { throw StreamFault.Thrown(.malformed) }
    return ReaderReport(
      code: texts.code, messageZH: texts.zh, messageEN: texts.en, remedyZH: texts.remedyZH,
      remedyEN: texts.remedyEN, outcome: outcome)
  }
}

extension [Point] {
  /// Whether every coordinate is a finite number: any other, taken from itself, leaves no zero.
  var areFinite: Bool { reduce(0) { $0 | ($1.x - $1.x).bitPattern | ($1.y - $1.y).bitPattern } == 0 }
}
