import Foundation
import Geodata

/// The child's whole life: a job as JSON on `input`, frames on `output` — header, batches, trailer with the numbers of
/// records sent and of records left out for where they lie. It never throws: whatever goes wrong becomes the error frame, and the parent says it.
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
    content.put(Int64(source.skipped))
    _ = Descriptor.write(output, .trailer, content)
  } catch {
    content = ByteWriter()
    content.put(ReaderReport(error))
    _ = Descriptor.write(output, .error, content)
  }
}

/// With a box for each of a million parcels.
let longestJob = 64 << 20
