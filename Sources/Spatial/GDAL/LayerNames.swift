import CGDAL

/// The layers (sheets, or data sets of a zip) among which `job.layer` chooses, in the file's order. Throws
/// `SpatialError`.
package func layerNames(of job: ReadJob) throws -> [String] {
  try job.checkPath()
  if pathExtension(job.path).lowercased() == "zip" {
    let sets = DataFile.dataSets(inZip: "/vsizip/{\(DataFile.absolute(job.path))}", purpose: job.purpose)
    if sets.count != 1 { return sets.map(\.name) }
  }
  let file = try DataFile(job)
  let csv = file.kind == .csv ? try CSVText(file, encoding: job.encoding) : nil
  return try GDALMessages().strictly({ .refusedByLibrary(job.path, words: $0) }) {
    let dataset = try GDALDataset(file, csv: csv)
    let found = LayerReading.candidates(of: dataset, job, file)
    if csv != nil { return [stem(file.path)] }
    return found.count == 1 ? found.map(\.1) : found.map { String(cString: OGR_L_GetName($0.0)) }
  }
}
