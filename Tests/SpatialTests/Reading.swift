import Geodata
import ParcelTesting
import Spatial

/// What reading a file gives.
struct Reading {
  var schema: FeatureSchema
  var features: [Feature]

  init(_ path: String, encoding: String? = nil, purpose: ReadJob.Purpose = .delivery) throws {
    let source = try GDALFeatureSource(ReadJob(path: path, purpose: purpose, encoding: encoding))
    (schema, features) = (source.schema, try records(of: source))
  }
}
