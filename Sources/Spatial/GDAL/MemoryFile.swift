import CGDAL
import Synchronization

/// Files in GDAL's memory file system.
enum MemoryFile {
  private static let number = Atomic<Int>(0)

  /// Writes `bytes` under a new name; the caller unlinks it.
  static func write(_ bytes: [UInt8]) throws(SpatialError) -> String {
    let path = "/vsimem/rows-\(number.add(1, ordering: .relaxed).newValue).csv"
    let file = VSIFOpenL(path, "wb")
    guard let file else { throw .refusedByLibrary(path, words: String(cString: CPLGetLastErrorMsg())) }
    let written = bytes.withUnsafeBytes { VSIFWriteL($0.baseAddress, 1, $0.count, file) }
    guard VSIFCloseL(file) == 0, written == bytes.count else {
      throw .refusedByLibrary(path, words: String(cString: CPLGetLastErrorMsg()))
    }
    return path
  }
}
