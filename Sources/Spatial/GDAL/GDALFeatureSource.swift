package import Geodata

/// Records of one layer of a file, read in this process.
///
/// Any warning or error that GDAL utters while opening or reading makes it throw: GDAL "succeeds" on damaged files.
/// Dates with a clock time come as text; everything else as the schema's kind says.
package struct GDALFeatureSource: FeatureSource {
  package let schema: FeatureSchema
  private let unpacked: UnpackedJob
  private let reading: LayerReading
  private var batch = BatchWriter()

  /// Throws `SpatialError`.
  package init(_ job: ReadJob) throws {
    unpacked = try UnpackedJob(job, scratch: nil)
    reading = try LayerReading(unpacked.job)
    var schema = reading.schema
    schema.remarks += unpacked.remarks
    self.schema = schema
  }

  /// At most 500 records a call. Throws `SpatialError`.
  package mutating func next() throws -> [Feature]? {
    guard try reading.next(&batch) else { return nil }
    var reader = ByteReader(batch.content.bytes)
    return try reader.features(fieldCount: schema.fields.count)
  }

  /// How many records so far lay outside what the job says to touch.
  package var skipped: Int { reading.skipped }

  /// The same as they go into the stream; false at the end.
  mutating func next(_ batch: inout BatchWriter) throws -> Bool { try reading.next(&batch) }
}
