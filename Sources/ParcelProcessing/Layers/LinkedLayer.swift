import Foundation
import Geodata
import ParcelModel
import ParcelWorkspace
import Spatial

/// A reference layer that stays in its files: nothing of it is kept, and every batch reads what it touches.
///
/// The files must be there, unchanged, as long as batches are measured against the layer.
struct LinkedLayer: Codable, Sendable {
  /// A file as it was when the layer was added.
  struct File: Codable, Hashable, Sendable {
    var path: String
    var sha256: String
    /// EPSG number of what its coordinates were taken for.
    var reference: Int32
    /// Numbers of the records that are not in the layer, and of those that are in it repaired. As long as the file is the
    /// same, all others are valid as they lie.
    var leftOut: [Int] = []
    var repaired: [Int] = []
  }

  var description: LayerDescription
  var files: [File]
  /// As it was stated with `layer add`.
  var layer: String?
  var codeField: String?
  var nameField: String?
  var swapsAxes: Bool
  var encoding: String?
  /// Where the layer lies: west, south, east, north in degrees.
  var bounds: [Double]

  var box: Envelope {
    bounds.count == 4 ? Envelope(minX: bounds[0], minY: bounds[1], maxX: bounds[2], maxY: bounds[3]) : Envelope()
  }

  init(_ description: LayerDescription, _ order: LayerOrder, files: [File], box: Envelope) {
    (self.description, self.files) = (description, files)
    (layer, codeField, nameField) = (order.layer, order.codeField, order.nameField)
    (swapsAxes, encoding) = (order.swapsAxes, order.encoding)
    bounds = [box.minX, box.minY, box.maxX, box.maxY]
  }

  // MARK: The file

  init(contentsOf url: URL) throws(ProcessingError) {
    guard let data = try? Data(contentsOf: url), let layer = try? JSONDecoder().decode(Self.self, from: data) else {
      throw .badLayer(path: url.path, reason: "format")
    }
    self = layer
  }

  func write(to url: URL) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try replaceDurably(url, with: encoder.encode(self))
  }

  // MARK: Reading

  /// Whether the files are what they were; one that several layers stay in is hashed once.
  ///
  /// - Throws: `ProcessingError.layerChanged`.
  static func check(_ layers: [LinkedLayer]) throws(ProcessingError) {
    var found: [String: String] = [:]
    for layer in layers {
      for file in layer.files {
        found[file.path] = found[file.path] ?? (try? DeliveryFile(at: file.path))?.sha256
        guard found[file.path] == file.sha256 else {
          throw .layerChanged(layer: layer.description.layer, path: file.path)
        }
      }
    }
  }

  /// The polygons that touch a batch, prepared in memory; what a kept layer would be there, polygon by polygon.
  ///
  /// - Parameter boxes: of the batch's records in a reference system, longitude or easting first.
  /// - Throws: `ProcessingError.badLayer` where a file cannot be read.
  func read(
    touching boxes: (CoordinateReference) throws -> [Envelope], with reader: FeatureReader, in zone: WorkingZone
  ) throws -> PreparedLayer {
    var order = LayerOrder(kind: description.kind, files: files.map(\.path))
    (order.layer, order.codeField, order.nameField) = (layer, codeField, nameField)
    (order.swapsAxes, order.encoding) = (swapsAxes, encoding)
    let plane = try EqualAreaPlane(zone: zone)
    var attributes = LayerAttributes()
    var placed: [Polygons] = []
    for file in files {
      do {
        try read(file, order, touching: boxes, with: reader) { feature, columns, polygons in
          placed.append(try plane.place(polygons))
          attributes.add(feature, columns)
        }
      } catch let error as SpatialError {
        // The batch is not to blame.
        throw ProcessingError.badLayer(path: file.path, reason: error.code)
      }
    }
    return PreparedLayer(description, attributes, placed: placed)
  }

  /// - Parameter take: given each record that is in the layer, with its polygons in degrees.
  private func read(
    _ file: File, _ order: LayerOrder, touching boxes: (CoordinateReference) throws -> [Envelope],
    with reader: FeatureReader, _ take: (Feature, LayerColumns, Polygons) throws -> Void
  ) throws {
    let reference = CoordinateReference(epsg: file.reference)
    var job = ReadJob(path: file.path, layer: layer, purpose: .layer, encoding: encoding)
    job.touching = try boxes(reference).map { swapsAxes ? $0.swappingAxes() : $0 }
    job.fields = LayerColumns.candidates(order)
    job.wasRead = true
    var source = try reader.open(job)
    let columns = try LayerColumns(source.schema, order, file: URL(filePath: file.path).lastPathComponent)
    let normalize = try Normalize(GEOSContext(), from: reference, swapsAxes: swapsAxes)
    let (leftOut, repaired) = (Set(file.leftOut), Set(file.repaired))
    while let features = try source.next() {
      for feature in features where !leftOut.contains(feature.record) {
        let isValid = !repaired.contains(feature.record)
        guard case .polygons(let polygons, _) = try normalize.normalize(feature.shape, isValid: isValid) else {
          throw ProcessingError.badLayer(path: file.path, reason: "record \(feature.record)")
        }
        try take(feature, columns, polygons)
      }
    }
  }
}
