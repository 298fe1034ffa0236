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

  mutating func put(_ features: [Feature]) {
    put(UInt32(features.count))
    for feature in features {
      put(Int64(feature.record))
      put(UInt32(feature.values.count))
      for value in feature.values { put(value) }
      put(feature.shape)
      put(feature.remarks)
    }
  }

  private mutating func put(_ remarks: [Remark]) {
    put(UInt32(remarks.count))
    for remark in remarks {
      put(remark.kind.rawValue)
      put(remark.detail)
    }
  }

  private mutating func put(_ value: FieldValue) {
    switch value {
    case .null: put(UInt8(0))
    case .text(let text):
      put(UInt8(1))
      put(text)
    case .integer(let number):
      put(UInt8(2))
      put(number)
    case .real(let number):
      put(UInt8(3))
      put(number.bitPattern)
    case .day(let day):
      put(UInt8(4))
      put(day.number)
    }
  }

  private mutating func put(_ shape: Shape) {
    switch shape {
    case .absent: put(UInt8(0))
    case .polygons(let polygons):
      put(UInt8(1))
      put(polygons.wkb)
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

  mutating func features(fieldCount: Int) throws(StreamFault.Thrown) -> [Feature] {
    var features: [Feature] = []
    for _ in 0..<(try count()) {
      let record = Int(try take(Int64.self))
      guard try count() == fieldCount else { throw StreamFault.Thrown(.malformed) }
      var values: [FieldValue] = []
      for _ in 0..<fieldCount { values.append(try value()) }
      features.append(Feature(record: record, values: values, shape: try shape(), remarks: try remarks()))
    }
    guard isAtEnd else { throw StreamFault.Thrown(.malformed) }
    return features
  }

  private mutating func value() throws(StreamFault.Thrown) -> FieldValue {
    switch try take(UInt8.self) {
    case 0: .null
    case 1: .text(try text())
    case 2: .integer(try take(Int64.self))
    case 3: .real(Double(bitPattern: try take(UInt64.self)))
    case 4: .day(Day(number: try take(Int32.self)))
    default: throw StreamFault.Thrown(.malformed)
    }
  }

  private mutating func shape() throws(StreamFault.Thrown) -> Shape {
    switch try take(UInt8.self) {
    case 0: return .absent
    case 1:
      let bytes = try content()
      do throws(WKBError) { return .polygons(try Polygons(wkb: bytes)) } catch {
        throw StreamFault.Thrown(.malformed)
      }
    case 2: return .unsupported(try text())
    case 3: return .damaged(try text())
    default: throw StreamFault.Thrown(.malformed)
    }
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
