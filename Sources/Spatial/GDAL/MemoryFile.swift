import CGDAL
import Synchronization

/// Files in GDAL's memory file system.
enum MemoryFile {
  private static let number = Atomic<Int>(0)

  /// Writes `bytes` under a new name with this ending; the caller unlinks it.
  static func write(_ bytes: [UInt8], as ending: String) throws(SpatialError) -> String {
    let path = "/vsimem/text-\(number.add(1, ordering: .relaxed).newValue).\(ending)"
    let file = VSIFOpenL(path, "wb")
    guard let file else { throw .refusedByLibrary(path, words: String(cString: CPLGetLastErrorMsg())) }
    let written = bytes.withUnsafeBytes { VSIFWriteL($0.baseAddress, 1, $0.count, file) }
    guard VSIFCloseL(file) == 0, written == bytes.count else {
      throw .refusedByLibrary(path, words: String(cString: CPLGetLastErrorMsg()))
    }
    return path
  }
}
