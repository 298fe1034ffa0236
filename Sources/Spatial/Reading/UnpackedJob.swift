import Foundation
import Geodata

/// A job whose file lies on the disk ready to be opened: of a zip, the data set that is meant, unpacked into a folder of
/// its own for as long as this lives.
final class UnpackedJob {
  /// What the reader is to do; messages still name the zip.
  let job: ReadJob
  /// About the zip.
  let remarks: [Remark]
  private let folder: String?

  /// `scratch` is a folder to unpack into; the system's own for temporary files where nothing is said. Throws
  /// `SpatialError`.
  init(_ job: ReadJob, scratch: String?) throws(SpatialError) {
    try job.checkPath()
    let path = DataFile.absolute(job.path)
    guard pathExtension(path).lowercased() == "zip", let stat = FileAccess.stat(path), !stat.isFolder else {
      (self.job, folder, remarks) = (job, nil, [])
      return
    }
    let zip = try ZipArchive(job.path)
    let dataSet = try Self.dataSet(of: zip, job)
    // The data sets among which a person chose are no oversight.
    let unread = zip.unread(besides: zip.dataSets(for: job.purpose))
    // What stands in a database's log is not in the database yet.
    if let log = unread.first(where: { ["\(dataSet.path)-wal", "\(dataSet.path)-journal"].contains($0) }) {
      throw .geoPackage(job.path, .openLog(log))
    }
    let folder = "\(scratch ?? NSTemporaryDirectory())/parcels-unpacked-\(UUID().uuidString)"
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw .notWritten(folder, words: error.localizedDescription)
    }
    do throws(SpatialError) {
      var unpacked = job
      unpacked.path = try zip.unpack(dataSet, into: folder)
      (unpacked.zip, unpacked.member) = (job.path, dataSet.name)
      if job.layer == dataSet.name { unpacked.layer = nil }
      remarks = unread.isEmpty ? [] : [Remark(.unreadFiles, unread.joined(separator: ", "))]
      (self.job, self.folder) = (unpacked, folder)
    } catch {
      try? FileManager.default.removeItem(atPath: folder)
      throw error
    }
  }

  deinit { if let folder { try? FileManager.default.removeItem(atPath: folder) } }

  private static func dataSet(of zip: ZipArchive, _ job: ReadJob) throws(SpatialError) -> ZipArchive.DataSet {
    let found = zip.dataSets(for: job.purpose)
    let chosen = found.count > 1 && job.layer != nil ? found.filter { $0.name == job.layer } : found
    if found.isEmpty {
      let names = zip.entries.filter { !$0.isFolder && !$0.isLitter }.prefix(5).map(\.path)
      throw .nothingInside(job.path, purpose: job.purpose, names: Array(names))
    }
    if chosen.isEmpty { throw .layerMissing(job.path, layer: job.layer ?? "", names: found.map(\.name)) }
    guard chosen.count == 1 else { throw .severalDataSets(job.path, names: found.map(\.name)) }
    return chosen[0]
  }
}
