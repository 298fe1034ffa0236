import CGDAL

/// GDAL as this program uses it: a handful of drivers, no plugins, no settings of the machine or the user, no network.
package enum GDALLibrary {
  /// Registers the drivers once a process; everything else in GDAL's list is taken out again.
  package static let ready: Void = {
    CPLSetConfigOption("GDAL_DRIVER_PATH", "disable")
    CPLSetConfigOption("GDAL_CONFIG_FILE", "")
    // The first row of a sheet is data: the caller knows its header rows. Numbers stay as the file writes them.
    for format in ["XLSX", "ODS"] {
      CPLSetConfigOption("OGR_\(format)_HEADERS", "DISABLE")
      CPLSetConfigOption("OGR_\(format)_FIELD_TYPES", "STRING")
    }
    OSRSetPROJEnableNetwork(0)
    GDALAllRegister()
    let kept = Set(FileKind.all.map(\.driver))
    for index in (0..<GDALGetDriverCount()).reversed() {
      guard let driver = GDALGetDriver(index), let name = GDALGetDescription(driver) else { continue }
      if !kept.contains(String(cString: name)) {
        GDALDeregisterDriver(driver)
        GDALDestroyDriver(driver)
      }
    }
  }()

  /// Lends `strings` as GDAL's null-terminated list.
  static func withList<Result>(
    _ strings: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) throws -> Result
  ) rethrows -> Result {
    var list: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
    for string in strings { list = CSLAddString(list, string) }
    defer { CSLDestroy(list) }
    return try body(list)
  }

  /// The list as functions take it that promise not to write to it.
  static func constant(
    _ list: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
  ) -> UnsafePointer<UnsafePointer<CChar>?>? {
    UnsafeRawPointer(list)?.assumingMemoryBound(to: UnsafePointer<CChar>?.self)
  }
}
