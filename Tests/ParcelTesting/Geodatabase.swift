import CGDAL
import Foundation
import Spatial

/// A table of a file geodatabase as a test makes it: fields of text, shapes in well-known text.
package struct GeodatabaseLayer: Sendable {
  package var name: String
  package var fields: [String]
  package var rows: [(values: [String], shape: String)]
  /// EPSG number.
  package var reference: Int32
  /// As well-known binary numbers it, such as 6 for multipolygons.
  package var kind: UInt32

  package init(
    _ name: String, fields: [String], rows: [(values: [String], shape: String)], reference: Int32 = 4490,
    kind: UInt32 = 6
  ) {
    (self.name, self.fields, self.rows) = (name, fields, rows)
    (self.reference, self.kind) = (reference, kind)
  }
}

/// Writes a file geodatabase; `path` ends in `.gdb` and is not there yet. Its identifiers differ from time to time.
package func writeGeodatabase(_ layers: [GeodatabaseLayer], to path: String) throws {
  struct NotWritten: Error {}
  GDALLibrary.ready
  guard let dataset = GDALCreate(GDALGetDriverByName("OpenFileGDB"), path, 0, 0, 0, GDT_Unknown, nil) else {
    throw NotWritten()
  }
  defer { GDALClose(dataset) }
  for layer in layers {
    let system = OSRNewSpatialReference(nil)
    defer { OSRRelease(system) }
    OSRImportFromEPSG(system, layer.reference)
    OSRSetAxisMappingStrategy(system, OAMS_TRADITIONAL_GIS_ORDER)
    guard
      let table = GDALDatasetCreateLayer(dataset, layer.name, system, OGRwkbGeometryType(layer.kind), nil)
    else { throw NotWritten() }
    for field in layer.fields {
      let definition = OGR_Fld_Create(field, OFTString)
      defer { OGR_Fld_Destroy(definition) }
      guard OGR_L_CreateField(table, definition, 0) == OGRERR_NONE else { throw NotWritten() }
    }
    for (values, shape) in layer.rows {
      let feature = OGR_F_Create(OGR_L_GetLayerDefn(table))
      defer { OGR_F_Destroy(feature) }
      for (index, value) in values.enumerated() { OGR_F_SetFieldString(feature, Int32(index), value) }
      var geometry: OGRGeometryH?
      shape.withCString { text in
        var text: UnsafeMutablePointer<CChar>? = UnsafeMutablePointer(mutating: text)
        _ = OGR_G_CreateFromWkt(&text, nil, &geometry)
      }
      OGR_F_SetGeometryDirectly(feature, geometry)
      guard OGR_L_CreateFeature(table, feature) == OGRERR_NONE else { throw NotWritten() }
    }
  }
}
