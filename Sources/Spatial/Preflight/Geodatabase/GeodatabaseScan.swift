import CGDAL

/// Our own look at a file geodatabase, which is a folder of tables: GDAL says nothing of a table whose file is gone, nor
/// of a row that the index leads to twice.
struct GeodatabaseScan {
  private let file: DataFile

  init(_ file: DataFile) { self.file = file }

  /// After it is opened, before it is read: every table of the user's is there with all of its rows.
  func checkContent(_ dataset: GDALDataset) throws(SpatialError) {
    let tables = dataset.catalog
    do throws(GeodatabaseFault) {
      guard !tables.isEmpty else { throw .noCatalog }
      // Of GDB_ tables some have no file, and none holds records.
      for (number, name) in tables where !name.hasPrefix("GDB_") {
        try GeodatabaseTable(name, number: number, in: file.path).check()
      }
    } catch {
      throw .geodatabase(file.named, error)
    }
  }
}

extension GDALDataset {
  /// Numbers and names of a geodatabase's tables.
  fileprivate var catalog: [(number: Int, name: String)] {
    guard let layer = GDALDatasetGetLayerByName(handle, "GDB_SystemCatalog") else { return [] }
    let field = OGR_FD_GetFieldIndex(OGR_L_GetLayerDefn(layer), "Name")
    guard field >= 0 else { return [] }
    var tables: [(Int, String)] = []
    OGR_L_ResetReading(layer)
    while let row = OGR_L_GetNextFeature(layer) {
      defer { OGR_F_Destroy(row) }
      tables.append((Int(OGR_F_GetFID(row)), OGR_F_GetFieldAsString(row, field).map { String(cString: $0) } ?? ""))
    }
    return tables
  }
}
