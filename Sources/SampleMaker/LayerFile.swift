import Drawing
import Foundation
import Geodata
import Spatial

/// A layer on its way into one file.
struct LayerFile {
  let name: String
  let container: Container
  let reference: CoordinateReference
  let fields: [FeatureSchema.Field]
  let lastChange: Instant
  /// Shapes in the county's plane.
  var records: [(values: [FieldValue], shape: Polygons)] = []

  /// Writes the layer as `fileName` into `folder`.
  func write(to folder: URL, as fileName: String) throws {
    let target = folder.appendingPathComponent(fileName)
    switch container {
    case .geoPackage: try write(target, .geoPackage)
    case .geoJSON: try write(target, .geoJSON)
    case .zippedShapefile(let encoding, let codePage, let chineseNames):
      let scratch = folder.appendingPathComponent(".\(name)-\(fileName)", isDirectory: true)
      try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: scratch) }
      try write(
        scratch.appendingPathComponent("\(name).shp"), .shapefile(encoding: encoding, writesCodePage: codePage))
      let members = try FileManager.default.contentsOfDirectory(atPath: scratch.path).sorted()
      var zip = Zip()
      for member in members {
        let bytes = [UInt8](try Data(contentsOf: scratch.appendingPathComponent(member)))
        if chineseNames {
          let title = target.deletingPathExtension().lastPathComponent
          zip.add(rawName: gb18030(title + member.dropFirst(name.count)), bytes: bytes)
        } else {
          zip.add(name: member, bytes: bytes)
        }
      }
      try writeFile(zip.bytes, to: target)
    }
  }

  private func write(_ target: URL, _ format: VectorFormat) throws {
    let transformation = try Transformation(from: Surveyor.plane, to: reference)
    // A tenth of a millimetre either way, so that zips and GeoJSON stay small.
    let scale = reference.kind == .geographic ? 1e9 : 1e4
    let writer = try FeatureWriter(
      path: target.path, format: format, layer: name, reference: reference, fields: fields, lastChange: lastChange)
    for (values, shape) in records {
      let moved = reference == Surveyor.plane ? shape : try transformation(shape)
      try writer.write(
        values, moved.map { Point(x: ($0.x * scale).rounded() / scale, y: ($0.y * scale).rounded() / scale) })
    }
    try writer.finish()
  }
}

/// Writes a whole file or throws `SampleError.notWritten`.
func writeFile(_ bytes: [UInt8], to target: URL) throws(SampleError) {
  do {
    try Data(bytes).write(to: target, options: .atomic)
  } catch {
    throw SampleError.notWritten(path: target.path, reason: "\(error)")
  }
}

/// Text as older Chinese systems write it.
func gb18030(_ text: String) -> [UInt8] {
  // kCFStringEncodingGB_18030_2000 behind the mark of foreign encodings; every Unicode text has a form in it.
  text.data(using: String.Encoding(rawValue: 0x8000_0632)).map { [UInt8]($0) } ?? []
}
