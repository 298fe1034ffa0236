import CGDAL
import Geodata
import Glibc

/// One layer being read, from opening to the last record.
final class LayerReading {
  let schema: FeatureSchema
  private let file: DataFile
  private let dataset: GDALDataset
  private let layer: OGRLayerH
  private let messages = GDALMessages()
  private let preflight: Preflight
  /// Of the texts as GDAL lends them.
  private let encoding: TextEncoding
  private let decoder: TextDecoder
  private let numbers: SpreadsheetNumbers?
  /// The fields of the schema as the layer has them.
  private let fields: [Field]
  /// Where records are of interest; nothing: everywhere.
  private let region: EnvelopeIndex?
  private let stated: Int?
  /// Records of a shapefile looked at so far, those marked as deleted among them.
  private var walked = 0
  /// Records met so far.
  private var read = 0
  /// Those of them that lie outside the region.
  private(set) var skipped = 0
  private var ended = false
  private static let batch = 500
  /// A batch ends early where its shapes are large, so that a frame stays small.
  private static let pointsABatch = 250_000

  private struct Field {
    var index: Int32
    var type: OGRFieldType
  }

  init(_ job: ReadJob) throws {
    let file = try DataFile(job)
    let csv = file.kind == .csv ? try CSVText(file, encoding: job.encoding) : nil
    let json = file.kind == .geoJSON ? try GeoJSONText(file, encoding: job.encoding) : nil
    let numbers = file.kind == .xlsx || file.kind == .ods ? try SpreadsheetNumbers(file) : nil
    let content = try json?.content()
    var preflight = try content?.preflight ?? Self.preflight(of: file, job)
    let encoding = file.kind.hasRawText ? preflight.encoding ?? .utf8 : .utf8
    messages.expect(preflight, of: file.kind)
    let opened = try messages.strictly({ .refusedByLibrary(job.named, words: $0) }) {
      let dataset = try GDALDataset(file, text: csv?.utf8 ?? json?.reencoded)
      if file.kind == .geoPackage { try GeoPackageScan(file).checkContent(dataset, wasRead: job.wasRead) }
      if file.kind == .geodatabase { try GeodatabaseScan(file).checkContent(dataset) }
      let layer = try Self.layer(of: dataset, job, file)
      if file.kind == .geoPackage, !job.wasRead {
        let table = String(cString: OGR_L_GetName(layer))
        preflight.recordRemarks = try GeoPackageScan(file).damagedCells(of: table, in: dataset, job.wants)
      }
      var schema = try Self.schema(of: layer, file, preflight, encoding)
      if let csv { (schema.encoding, schema.layer) = (csv.encoding.name, stem(file.path)) }
      if let json { schema.encoding = json.encoding.name }
      if let content { content.reference.settle(&schema) }
      let fields = Self.select(&schema, of: layer, job)
      // Where the count costs nothing it is the file's own statement, which reading must confirm.
      let counted =
        OGR_L_TestCapability(layer, OLCFastFeatureCount) != 0 ? Int(OGR_L_GetFeatureCount(layer, 0)) : nil
      OGR_L_ResetReading(layer)
      return (dataset, layer, schema, fields, preflight.records ?? counted)
    }
    (self.file, self.numbers, self.preflight, self.encoding) = (file, numbers, preflight, encoding)
    (dataset, layer, schema, fields, stated) = opened
    decoder = TextDecoder(encoding)
    region = job.touching.map { EnvelopeIndex($0) }
  }

  /// Puts the next records into `batch`; false once the number of records was confirmed.
  func next(_ batch: inout BatchWriter) throws -> Bool {
    guard !ended else { return false }
    batch.begin()
    try messages.strictly({ .refusedByLibrary(file.named, words: $0) }) {
      while batch.count < Self.batch, batch.points < Self.pointsABatch, let handle = nextHandle() {
        defer { OGR_F_Destroy(handle) }
        try put(handle, into: &batch)
        read += 1
      }
    }
    if batch.count > 0 { return true }
    ended = true
    if let stated, stated != read { throw SpatialError.recordsDisagree(file.named, stated: stated, read: read) }
    return false
  }

  /// Of a shape that the preflight found damaged it is known what GDAL has to say.
  private func nextHandle() -> OGRFeatureH? {
    messages.forgiving({ handle in handle.map { preflight.damagedShapes[record(of: $0)] != nil } ?? false }) {
      guard let region, let shapes = preflight.shapes else { return OGR_L_GetNextFeature(layer) }
      return nextRecord(of: shapes, in: region).flatMap { OGR_L_GetFeature(layer, Int64($0 - 1)) }
    }
  }

  /// The number of a shapefile's next record that may touch the region, by the box that stands before its points.
  private func nextRecord(of shapes: ShapeRecords, in region: EnvelopeIndex) -> Int? {
    while walked < shapes.count {
      walked += 1
      if preflight.deleted.contains(walked) { continue }
      guard preflight.damagedShapes[walked] == nil, preflight.unsupportedKind == nil,
        let box = shapes.envelope(ofRecord: walked), !region.overlaps(box)
      else { return walked }
      (read, skipped) = (read + 1, skipped + 1)
    }
    return nil
  }

  // MARK: Opening

  /// Our own look at the file's bytes, where its kind has one.
  private static func preflight(of file: DataFile, _ job: ReadJob) throws(SpatialError) -> Preflight {
    switch file.kind {
    case .shapefile, .table: return try ShapefileScan(file, encoding: job.encoding).preflight()
    case .geoPackage:
      try GeoPackageScan(file).checkHeader()
      return Preflight()
    default: return Preflight()
    }
  }

  /// The layers that a job can mean: those with shapes where shapes are wanted, no empty sheets.
  static func candidates(of dataset: GDALDataset, _ job: ReadJob, _ file: DataFile) -> [(OGRLayerH, String)] {
    let all = dataset.layers.map { ($0, file.member ?? String(cString: OGR_L_GetName($0))) }
    let meant = all.filter { layer, _ in
      file.kind.isTextTable
        ? OGR_FD_GetFieldCount(OGR_L_GetLayerDefn(layer)) > 0
        : job.purpose == .rows || OGR_L_GetGeomType(layer) != wkbNone
    }
    return meant.isEmpty ? all : meant
  }

  private static func layer(
    of dataset: GDALDataset, _ job: ReadJob, _ file: DataFile
  ) throws(SpatialError) -> OGRLayerH {
    // In a zip with several layers the data set's name says nothing of them.
    let isSingle = dataset.layers.count == 1
    let found = candidates(of: dataset, job, file).map { handle, name in
      (handle, isSingle ? name : String(cString: OGR_L_GetName(handle)))
    }
    if found.isEmpty { throw .nothingInside(job.named, purpose: job.purpose) }
    if let wanted = job.layer, !(isSingle && file.member == wanted) {
      guard let match = found.first(where: { $0.1 == wanted || String(cString: OGR_L_GetName($0.0)) == wanted })
      else { throw .layerMissing(job.named, layer: wanted, names: found.map(\.1)) }
      return match.0
    }
    guard found.count == 1 else { throw .severalLayers(job.named, names: found.map(\.1)) }
    return found[0].0
  }

  private static func schema(
    of layer: OGRLayerH, _ file: DataFile, _ preflight: Preflight, _ encoding: TextEncoding
  ) throws(SpatialError) -> FeatureSchema {
    let definition = OGR_L_GetLayerDefn(layer)
    var fields: [FeatureSchema.Field] = []
    for index in 0..<OGR_FD_GetFieldCount(definition) {
      let field = OGR_FD_GetFieldDefn(definition, index)
      let raw = bytes(of: OGR_Fld_GetNameRef(field))
      guard let name = encoding.decode(raw) ?? (file.kind.hasRawText ? encoding.decodeCut(raw) : nil) else {
        throw .undecodable(file.named, record: nil, field: "\(index + 1)", encoding: encoding.name)
      }
      let kind: FeatureSchema.Kind =
        switch OGR_Fld_GetType(field) {
        case OFTInteger, OFTInteger64: .integer
        case OFTReal: .real
        case OFTDate, OFTDateTime: .day
        default: .text
        }
      let states = kind == .real && OGR_Fld_GetWidth(field) > 0
      fields.append(
        FeatureSchema.Field(name: name, kind: kind, decimals: states ? Int(OGR_Fld_GetPrecision(field)) : nil))
    }
    let reference = LayerReference(of: layer)
    let isSilent = reference.name.isEmpty && file.kind == .shapefile
    return FeatureSchema(
      format: file.kind.driver, layer: file.member ?? String(cString: OGR_L_GetName(layer)), fields: fields,
      reference: reference.reference,
      referenceName: isSilent ? ShapefileParts(file).statedReference : reference.name, encoding: encoding.name,
      remarks: preflight.remarks)
  }

  /// Leaves in the schema, and lets GDAL decode, only what the job wants.
  private static func select(_ schema: inout FeatureSchema, of layer: OGRLayerH, _ job: ReadJob) -> [Field] {
    let definition = OGR_L_GetLayerDefn(layer)
    var ignored: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
    defer { CSLDestroy(ignored) }
    var fields: [Field] = []
    for (index, field) in schema.fields.enumerated() {
      let described = OGR_FD_GetFieldDefn(definition, Int32(index))
      if job.wants(field.name) {
        fields.append(Field(index: Int32(index), type: OGR_Fld_GetType(described)))
      } else {
        // By its bytes: it need not be UTF-8.
        ignored = CSLAddString(ignored, OGR_Fld_GetNameRef(described))
      }
    }
    if ignored != nil, OGR_L_TestCapability(layer, OLCIgnoreFields) != 0 {
      OGR_L_SetIgnoredFields(
        layer, ignored.map { UnsafeMutableRawPointer($0).assumingMemoryBound(to: UnsafePointer<CChar>?.self) })
    }
    schema.fields = schema.fields.filter { job.wants($0.name) }
    return fields
  }

  // MARK: Records

  private func put(_ handle: OGRFeatureH, into batch: inout BatchWriter) throws(SpatialError) {
    let record = record(of: handle)
    let box = region == nil ? nil : envelope(of: handle, record)
    if let box, region?.overlaps(box) == false {
      skipped += 1
      return
    }
    // A GeoPackage's own numbers have gaps; it is by them that its cells were judged.
    var remarks = preflight.recordRemarks[file.kind == .geoPackage ? Int(OGR_F_GetFID(handle)) : record] ?? []
    let ofCells = remarks
    let shape = shape(of: handle, record, &remarks)
    if let region, box == nil, case .polygons(let polygons) = shape, !region.overlaps(polygons.envelope) {
      skipped += 1
      return
    }
    batch.beginRecord(record, values: fields.count)
    for field in fields.indices { try putValue(of: handle, field, record, ofCells, into: &batch) }
    batch.end(shape, remarks)
  }

  /// Before the points are taken out of GDAL's hands. Nothing for shapes that are no plain polygons, or not believed.
  private func envelope(of handle: OGRFeatureH, _ record: Int) -> Envelope? {
    guard !file.kind.isTextTable, preflight.damagedShapes[record] == nil, preflight.unsupportedKind == nil else {
      return nil
    }
    return OGRShape.envelope(of: OGR_F_GetGeometryRef(handle))
  }

  /// A shapefile's own numbering counts records that are marked as deleted.
  private func record(of handle: OGRFeatureH) -> Int { file.kind.hasRawText ? Int(OGR_F_GetFID(handle)) + 1 : read + 1 }

  private func shape(of handle: OGRFeatureH, _ record: Int, _ remarks: inout [Remark]) -> Shape {
    if file.kind.isTextTable { return .absent }
    if let reason = preflight.damagedShapes[record] { return .damaged(reason) }
    if let kind = preflight.unsupportedKind { return .unsupported(kind) }
    let geometry = OGR_F_GetGeometryRef(handle)
    if remarks.contains(where: { $0.kind == .unclosedRing }) { OGR_G_CloseRings(geometry) }
    let found = OGRShape(of: geometry)
    remarks += found.remarks.filter { !remarks.contains($0) && !preflight.remarks.contains($0) }
    return found.shape
  }

  private func putValue(
    of handle: OGRFeatureH, _ field: Int, _ record: Int, _ remarks: [Remark], into batch: inout BatchWriter
  ) throws(SpatialError) {
    let index = fields[field].index
    guard OGR_F_IsFieldSetAndNotNull(handle, index) != 0 else { return batch.putNull() }
    switch fields[field].type {
    case OFTInteger, OFTInteger64: return batch.put(OGR_F_GetFieldAsInteger64(handle, index))
    case OFTReal: return batch.put(OGR_F_GetFieldAsDouble(handle, index))
    case OFTDate, OFTDateTime:
      if let day = day(of: handle, index) { return batch.put(day) }
    default: break
    }
    let raw = Self.bytes(of: OGR_F_GetFieldAsString(handle, index))
    // A text that was cut, or that is a number in truth, is not told by its bytes alone.
    if !remarks.isEmpty || numbers != nil { return batch.put(try text(raw, field, record, remarks)) }
    try batch.put(UnsafeRawBufferPointer(raw), isPlain: decoder.isPlain(raw)) { () throws(SpatialError) in
      try text(raw, field, record, remarks)
    }
  }

  private func text(
    _ raw: UnsafeBufferPointer<UInt8>, _ field: Int, _ record: Int, _ remarks: [Remark]
  ) throws(SpatialError) -> String {
    let name = schema.fields[field].name
    let isCut = !remarks.isEmpty && remarks.contains(Remark(.textCut, name))
    guard let text = decoder.decode(raw) ?? (isCut ? encoding.decodeCut(raw) : nil) else {
      throw .undecodable(file.named, record: record, field: name, encoding: encoding.name)
    }
    return numbers?.shown(text) ?? text
  }

  /// The day, where the value is one: a moment with a clock time or a time zone stays text.
  private func day(of handle: OGRFeatureH, _ index: Int32) -> Day? {
    var (year, month, day, hour, minute, second, zone): (Int32, Int32, Int32, Int32, Int32, Int32, Int32) =
      (0, 0, 0, 0, 0, 0, 0)
    guard OGR_F_GetFieldAsDateTime(handle, index, &year, &month, &day, &hour, &minute, &second, &zone) != 0,
      hour == 0, minute == 0, second == 0, zone <= 1
    else { return nil }
    return Day(year: Int(year), month: Int(month), day: Int(day))
  }

  private static func bytes(of text: UnsafePointer<CChar>?) -> UnsafeBufferPointer<UInt8> {
    guard let text else { return UnsafeBufferPointer(start: nil, count: 0) }
    let start = UnsafeRawPointer(text).assumingMemoryBound(to: UInt8.self)
    return UnsafeBufferPointer(start: start, count: strlen(text))
  }
}
