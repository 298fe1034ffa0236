/// A format in which layers are written.
package struct VectorFormat: Hashable, Sendable {
  let driver: String
  let pathExtension: String
  /// The encoding of a shapefile's texts as iconv names it; nothing where the format fixes it.
  var encoding: String?
  /// Whether the `.cpg` that states the encoding is kept.
  var writesCodePage = true

  package static let geoPackage = VectorFormat(driver: "GPKG", pathExtension: "gpkg")
  package static let geoJSON = VectorFormat(driver: "GeoJSON", pathExtension: "geojson")

  /// `encoding` is `GBK` or `UTF-8`.
  package static func shapefile(encoding: String, writesCodePage: Bool) -> VectorFormat {
    VectorFormat(
      driver: "ESRI Shapefile", pathExtension: "shp", encoding: encoding, writesCodePage: writesCodePage)
  }
}
