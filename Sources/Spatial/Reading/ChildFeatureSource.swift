import Foundation
package import Geodata

/// The records of `GDALFeatureSource`, read by a child process: a file that crashes GDAL takes nothing along.
package struct ChildFeatureSource: FeatureSource {
  package let schema: FeatureSchema
  private let name: String
  private let child: ChildProcess
  private var stream: FeatureStream

  /// Starts `executable`, whose `arguments` make it call `serveFeatures` on its standard input and output. Throws
  /// `SpatialError`, also for what the child reports of the file.
  package init(_ job: ReadJob, executable: String, arguments: [String] = ["read-features"]) throws {
    name = job.path
    let input = try JSONEncoder().encode(job)
    do throws(ChildProcess.Failure) {
      child = try ChildProcess(executable, arguments, input: Array(input))
    } catch {
      throw SpatialError.readerDied(name, ending: .notStarted(error.number))
    }
    let child = child
    stream = try Self.explaining(child, name) { () throws(SpatialError) in
      try FeatureStream(child.output, name: job.path)
    }
    schema = stream.schema
  }

  /// Throws `SpatialError`. Nothing comes only after the trailer and a child that ended well.
  package mutating func next() throws -> [Feature]? {
    let features = try Self.explaining(child, name) { () throws(SpatialError) in try stream.next() }
    if features == nil, let ending = child.ending() { throw SpatialError.readerDied(name, ending: ending) }
    return features
  }

  /// A stream that ends too soon is explained by how the child ended.
  private static func explaining<Result>(
    _ child: ChildProcess, _ name: String, _ body: () throws(SpatialError) -> Result
  ) throws(SpatialError) -> Result {
    do throws(SpatialError) { return try body() } catch {
      if case .streamBroken(_, .cut) = error, let ending = child.ending() {
        throw .readerDied(name, ending: ending)
      }
      throw error
    }
  }
}
