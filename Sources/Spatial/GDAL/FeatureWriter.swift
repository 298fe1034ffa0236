import CGDAL
import Foundation
package import Geodata

/// Writes one layer of multipolygons.
///
/// Everything is written in a folder of its own beside `path` and renamed into place by `finish()`; without it
/// nothing stays behind. The same input with the same `lastChange` gives the same bytes.
package final class FeatureWriter {
  private let path: String
  private let format: VectorFormat
  private let fields: [FeatureSchema.Field]
  private let folder: String
  private let lastChange: Instant
  private let messages = GDALMessages()
  private var dataset: GDALDatasetH?
  private var layer: OGRLayerH?

  /// Throws `SpatialError`; `lastChange` is written wherever a format keeps the time of writing.
  package init(
    path: String, format: VectorFormat, layer name: String, reference: CoordinateReference,
    fields: [FeatureSchema.Field], lastChange: Instant
  ) throws {
    GDALLibrary.ready
    let target = DataFile.absolute(path)
    (self.path, self.format, self.fields, self.lastChange) = (target, format, fields, lastChange)
    folder = try Self.newFolder(beside: target)
    do {
      try strictly {
        dataset = GDALCreate(
          GDALGetDriverByName(format.driver), "\(folder)/\(lastComponent(target))", 0, 0, 0, GDT_Unknown, nil)
        guard dataset != nil else { return }
        let system = OSRNewSpatialReference(nil)
        defer { OSRRelease(system) }
        guard OSRImportFromEPSG(system, reference.epsg) == OGRERR_NONE else { return }
        OSRSetAxisMappingStrategy(system, OAMS_TRADITIONAL_GIS_ORDER)
        layer = GDALLibrary.withList(options) { GDALDatasetCreateLayer(dataset, name, system, wkbMultiPolygon, $0) }
        guard layer != nil else { return }
        for field in fields { try create(field) }
        if GDALDatasetTestCapability(dataset, ODsCTransactions) != 0 { GDALDatasetStartTransaction(dataset, 0) }
      }
      guard layer != nil else { throw trouble("\(format.driver)") }
    } catch {
      abandon()
      throw error
    }
  }

  deinit { abandon() }

  /// One value a field, each of the field's kind or null; no shape where `shape` is empty. Throws `SpatialError`.
  package func write(_ values: [FieldValue], _ shape: Polygons) throws {
    try strictly {
      guard let layer, let feature = OGR_F_Create(OGR_L_GetLayerDefn(layer)) else { throw trouble("finished") }
      defer { OGR_F_Destroy(feature) }
      guard values.count == fields.count else { throw trouble("\(values.count) ≠ \(fields.count)") }
      for (index, value) in values.enumerated() { try set(value, of: feature, Int32(index)) }
      if !shape.isEmpty {
        var geometry: OGRGeometryH?
        let bytes = shape.wkb
        OGR_G_CreateFromWkb(bytes, nil, &geometry, Int32(bytes.count))
        OGR_F_SetGeometryDirectly(feature, geometry)
      }
      guard OGR_L_CreateFeature(layer, feature) == OGRERR_NONE else { throw trouble(messages.summary) }
    }
  }

  /// Closes the file, syncs it and gives it its name; an older file of that name is replaced. Throws `SpatialError`.
  package func finish() throws {
    guard let dataset else { throw trouble("finished") }
    try strictly {
      if GDALDatasetTestCapability(dataset, ODsCTransactions) != 0,
        GDALDatasetCommitTransaction(dataset) != OGRERR_NONE
      {
        throw trouble(messages.summary)
      }
      (self.dataset, layer) = (nil, nil)
      GDALClose(dataset)
    }
    try moveIntoPlace()
    abandon()
  }

  // MARK: Fields

  private func create(_ field: FeatureSchema.Field) throws(SpatialError) {
    let type =
      switch field.kind {
      case .text: OFTString
      case .integer: OFTInteger64
      case .real: OFTReal
      case .day: OFTDate
      }
    if format.encoding != nil { _ = try encoded(field.name, field: field.name, limit: 10) }
    let definition = OGR_Fld_Create(field.name, type)
    defer { OGR_Fld_Destroy(definition) }
    if field.kind == .real, let decimals = field.decimals, format.encoding != nil {
      OGR_Fld_SetWidth(definition, 24)
      OGR_Fld_SetPrecision(definition, Int32(decimals))
    }
    guard OGR_L_CreateField(layer, definition, 0) == OGRERR_NONE else { throw trouble(field.name) }
  }

  private func set(_ value: FieldValue, of feature: OGRFeatureH, _ index: Int32) throws(SpatialError) {
    let field = fields[Int(index)]
    switch (value, field.kind) {
    case (.null, _): OGR_F_SetFieldNull(feature, index)
    case (.text(let text), .text):
      if format.encoding != nil { _ = try encoded(text, field: field.name, limit: 254) }
      OGR_F_SetFieldString(feature, index, text)
    case (.integer(let number), .integer): OGR_F_SetFieldInteger64(feature, index, number)
    case (.integer(let number), .real): OGR_F_SetFieldDouble(feature, index, Double(number))
    case (.real(let number), .real): OGR_F_SetFieldDouble(feature, index, number)
    case (.day(let day), .day):
      OGR_F_SetFieldDateTime(feature, index, Int32(day.year), Int32(day.month), Int32(day.day), 0, 0, 0, 0)
    case (_, let kind): throw trouble("\(field.name): \(value) ≠ \(kind.rawValue)")
    }
  }

  /// GDAL warns only once a process of characters that an encoding lacks, and then writes something else.
  private func encoded(_ text: String, field: String, limit: Int) throws(SpatialError) -> [UInt8] {
    let name = format.encoding ?? "UTF-8"
    guard let bytes = TextEncoding.encode(text, as: name), bytes.count <= limit else {
      throw .unwritableText(path, field: field, text: text, encoding: name)
    }
    return bytes
  }

  // MARK: Files

  private var options: [String] {
    switch format.driver {
    case "ESRI Shapefile":
      ["ENCODING=\(format.encoding ?? "UTF-8")", "DBF_DATE_LAST_UPDATE=\(lastChange.dayInShanghai)"]
    case "GeoJSON": ["COORDINATE_PRECISION=15"]
    default: []
    }
  }

  private func trouble(_ words: String) -> SpatialError { .notWritten(path, words: words) }

  /// GDAL stamps GeoPackages with `OGR_CURRENT_DATE` where it is set.
  private func strictly(_ body: () throws -> Void) throws {
    CPLSetThreadLocalConfigOption("OGR_CURRENT_DATE", lastChange.description)
    defer { CPLSetThreadLocalConfigOption("OGR_CURRENT_DATE", nil) }
    try messages.strictly({ trouble($0) }, body)
  }

  private static func newFolder(beside path: String) throws(SpatialError) -> String {
    var name = Array("\(path).writing-XXXXXX".utf8CString)
    guard let made = name.withUnsafeMutableBufferPointer({ mkdtemp($0.baseAddress!).map { String(cString: $0) } })
    else { throw .notWritten(path, words: String(cString: strerror(errno))) }
    return made
  }

  private func moveIntoPlace() throws(SpatialError) {
    let base = withoutExtension(path)
    if !format.writesCodePage { unlink("\(withoutExtension("\(folder)/\(lastComponent(path))")).cpg") }
    // The main file comes last: whoever waits for it finds its companions.
    let main = lastComponent(path)
    let names = FileAccess.entries(of: folder).sorted { ($0 == main ? 1 : 0, $0) < ($1 == main ? 1 : 0, $1) }
    if format.encoding != nil {
      for stale in ["cpg", "qix", "sbn", "sbx"] { unlink("\(base).\(stale)") }
    }
    let parent = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
    for name in names {
      guard synced("\(folder)/\(name)"), rename("\(folder)/\(name)", "\(parent)/\(name)") == 0 else {
        throw trouble(String(cString: strerror(errno)))
      }
    }
    _ = synced(parent.isEmpty ? "/" : parent)
  }

  private func synced(_ path: String) -> Bool {
    let descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return fsync(descriptor) == 0
  }

  /// Takes away whatever was written under the temporary name.
  private func abandon() {
    if let dataset {
      // What GDAL has to say of a file that nobody keeps is of no interest.
      try? messages.strictly({ trouble($0) }) { GDALClose(dataset) }
      (self.dataset, layer) = (nil, nil)
    }
    for name in FileAccess.entries(of: folder) { unlink("\(folder)/\(name)") }
    rmdir(folder)
  }
}

private func lastComponent(_ path: String) -> String { String(path.split(separator: "/").last ?? "") }
