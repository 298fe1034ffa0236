import CGDAL
import Glibc

/// Reading of plain files and zip members alike, through GDAL's file layer.
enum FileAccess {
  struct Stat: Hashable {
    var size: Int
    var isFolder: Bool
  }

  static func stat(_ path: String) -> Stat? {
    // GDAL asks for `struct stat64`, which is `struct stat` on every 64-bit Linux.
    var buffer = Glibc.stat()
    guard withUnsafeMutablePointer(to: &buffer, { VSIStatL(path, OpaquePointer($0)) }) == 0 else { return nil }
    return Stat(size: Int(buffer.st_size), isFolder: buffer.st_mode & 0o170000 == 0o040000)
  }

  /// Names in a folder, sorted.
  static func entries(of folder: String) -> [String] {
    guard let list = VSIReadDir(folder) else { return [] }
    defer { CSLDestroy(list) }
    return (0..<Int(CSLCount(list))).compactMap { list[$0].map { String(cString: $0) } }
      .filter { $0 != "." && $0 != ".." }.sorted()
  }

  /// The first `count` bytes, or fewer where the file is shorter.
  static func head(_ path: String, count: Int) -> [UInt8]? {
    guard let file = VSIFOpenL(path, "rb") else { return nil }
    defer { VSIFCloseL(file) }
    return [UInt8](unsafeUninitializedCapacity: count) { buffer, read in
      read = VSIFReadL(buffer.baseAddress, 1, count, file)
    }
  }

  /// The whole file, never more than `limit` bytes.
  static func content(_ path: String, limit: Int) throws(SpatialError) -> [UInt8] {
    guard let size = stat(path)?.size else { throw .fileMissing(path) }
    guard size <= limit, let bytes = head(path, count: limit + 1) else {
      throw .tooLarge(path, megabytes: limit >> 20)
    }
    guard bytes.count <= limit else { throw .tooLarge(path, megabytes: limit >> 20) }
    return bytes
  }
}
