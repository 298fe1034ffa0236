import Foundation
import Geodata

/// The child's whole life: a job as JSON on `input`, frames on `output` — header, batches, trailer with the number of
/// records. It never throws: whatever goes wrong becomes the error frame, and the parent says it.
///
/// `confined` puts this process under `Confinement` for the rest of its life, before GDAL sees anything of the file.
package func serveFeatures(input: Int32, output: Int32, confined: Bool = false) {
  var content = ByteWriter()
  do {
    let bytes = Descriptor.read(input, count: longestJob, silence: ReaderLimits().silenceSeconds) ?? []
    let job = try JSONDecoder().decode(ReadJob.self, from: Data(bytes))
    if confined { Confinement(job).apply() }
    var source = try GDALFeatureSource(job)
    content.put(source.schema)
    guard Descriptor.write(output, .header, content) else { return }
    var batch = BatchWriter()
    var count: Int64 = 0
    while try source.next(&batch) {
      count += Int64(batch.count)
      guard Descriptor.write(output, .batch, batch.content) else { return }
    }
    content = ByteWriter()
    content.put(count)
    _ = Descriptor.write(output, .trailer, content)
  } catch {
    content = ByteWriter()
    content.put(ReaderReport(error))
    _ = Descriptor.write(output, .error, content)
  }
}

/// A job fits into a pipe, so that the parent never waits for a child that does not read.
let longestJob = 60_000
