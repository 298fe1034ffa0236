import Foundation
package import Geodata
import Glibc

/// The records of `GDALFeatureSource`, read by a child process: a file that makes GDAL crash, hang or swell takes
/// nothing along. The child lives within the limits of the job.
package struct ChildFeatureSource: FeatureSource {
  package let schema: FeatureSchema
  private let unpacked: UnpackedJob
  private let child: ChildProcess
  private var stream: FeatureStream

  /// Starts `executable`, whose `arguments` make it call `serveFeatures` on its standard input and output. Throws
  /// `SpatialError`, also for what the child reports of the file. A zip is unpacked here, into `scratch`: the child can
  /// write nothing.
  package init(
    _ job: ReadJob, executable: String, arguments: [String] = ["read-features"], scratch: String? = nil
  ) throws {
    unpacked = try UnpackedJob(job, scratch: scratch)
    let job = unpacked.job
    let input = try JSONEncoder().encode(job)
    do throws(ChildProcess.Failure) {
      child = try ChildProcess(executable, arguments, input: Array(input))
    } catch {
      throw SpatialError.readerDied(job.named, ending: .notStarted(error.number))
    }
    let child = child
    stream = try Self.explaining(child, job) { () throws(SpatialError) in
      try FeatureStream(child.output, name: job.named, silence: job.limits.silenceSeconds)
    }
    var schema = stream.schema
    schema.remarks += unpacked.remarks
    self.schema = schema
  }

  /// What reading took; nothing before its end.
  package var cost: ReaderCost? { child.cost }

  /// How many records were left out because they lie outside what the job says to touch; 0 before the end. With those
  /// that came they are all that the file states.
  package var skipped: Int { stream.skipped }

  /// Throws `SpatialError`. Nothing comes only after the trailer and a child that ended well.
  package mutating func next() throws -> [Feature]? {
    let features = try Self.explaining(child, unpacked.job) { () throws(SpatialError) in try stream.next() }
    if features == nil {
      if let ending = child.ending() { throw Self.death(ending, unpacked.job) }
      // A reader that leaves out what nobody told it to cannot be believed.
      if skipped != 0, unpacked.job.touching == nil { throw SpatialError.streamBroken(unpacked.job.named, .malformed) }
    }
    return features
  }

  /// A stream that ends too soon is explained by how the child ended. After any error the child is of no more use.
  private static func explaining<Result>(
    _ child: ChildProcess, _ job: ReadJob, _ body: () throws(SpatialError) -> Result
  ) throws(SpatialError) -> Result {
    do throws(SpatialError) { return try body() } catch {
      defer { child.end() }
      if case .streamBroken(_, .cut) = error, let ending = child.ending() { throw death(ending, job) }
      throw error
    }
  }

  private static func death(_ ending: ReaderEnding, _ job: ReadJob) -> SpatialError {
    .readerDied(job.named, ending: ending == .signal(SIGXCPU) ? .outOfTime(seconds: job.limits.cpuSeconds) : ending)
  }
}
