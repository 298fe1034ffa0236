import CGDAL

/// An open data set; closed with its owner.
final class GDALDataset {
  let handle: GDALDatasetH
  /// Memory that the data set reads from, in GDAL's own file system.
  private let memoryFile: String?

  /// Opens `file` for reading with the one driver of its kind; from `text` in UTF-8 where the file's own bytes are not
  /// for GDAL.
  init(_ file: DataFile, text: [UInt8]?) throws(SpatialError) {
    GDALLibrary.ready
    var path = file.path
    var options: [String] = []
    var memoryFile: String?
    switch file.kind {
    case .shapefile, .table: options = ["ENCODING="]
    case .csv: options = ["HEADERS=YES", "AUTODETECT_TYPE=NO", "GEOM_POSSIBLE_NAMES="]
    case .geoJSON: options = ["DATE_AS_STRING=YES"]
    case .geoPackage where Self.hasEmptyLog(path): options = ["IMMUTABLE=YES"]
    default: break
    }
    if let text {
      path = try MemoryFile.write(text, as: file.kind.extensions[0])
      memoryFile = path
    }
    self.memoryFile = memoryFile
    let flags = UInt32(GDAL_OF_VECTOR | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR)
    let opened = GDALLibrary.withList([file.kind.driver]) { drivers in
      GDALLibrary.withList(options) { options in
        GDALOpenEx(path, flags, GDALLibrary.constant(drivers), GDALLibrary.constant(options), nil)
      }
    }
    guard let opened else {
      memoryFile.map { _ = VSIUnlink($0) }
      throw .refusedByLibrary(file.named, words: String(cString: CPLGetLastErrorMsg()))
    }
    handle = opened
  }

  /// Whether a database keeps a log of its changes (byte 18 of SQLite's header, <https://www.sqlite.org/fileformat.html>)
  /// and nothing stands in it: as any other, SQLite would read it only after writing beside it.
  private static func hasEmptyLog(_ path: String) -> Bool {
    guard let head = FileAccess.head(path, count: 19), head.count == 19, head[18] == 2 else { return false }
    return (FileAccess.stat("\(path)-wal")?.size ?? 0) == 0
  }

  deinit {
    GDALClose(handle)
    memoryFile.map { _ = VSIUnlink($0) }
  }

  var layers: [OGRLayerH] {
    (0..<GDALDatasetGetLayerCount(handle)).compactMap { GDALDatasetGetLayer(handle, $0) }
  }
}
