/// One cell of a delivered table, as the file has it.
package enum FieldValue: Hashable, Sendable {
  case null
  case text(String)
  case integer(Int64)
  case real(Double)
  case day(Day)
}

/// The shape of a delivered record.
package enum Shape: Hashable, Sendable {
  case absent
  case polygons(Polygons)
  /// Anything else that a file can hold, by its name (`Point`, `LineString`, …) or what is wrong with it.
  case unsupported(String)
}

/// One record of a file.
package struct Feature: Hashable, Sendable {
  /// The record's number in the file, from 1.
  package var record: Int
  /// One value a field of the schema.
  package var values: [FieldValue]
  package var shape: Shape

  package init(record: Int, values: [FieldValue], shape: Shape) {
    (self.record, self.values, self.shape) = (record, values, shape)
  }
}

/// What a file says of itself before its first record.
package struct FeatureSchema: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable { case text, integer, real, day }

  package struct Field: Hashable, Sendable {
    package var name: String
    package var kind: Kind
    /// Decimals that the file declares for the field, where it does.
    package var decimals: Int?

    package init(name: String, kind: Kind, decimals: Int? = nil) {
      (self.name, self.kind, self.decimals) = (name, kind, decimals)
    }
  }

  /// How the file is written: `ESRI Shapefile`, `GeoJSON`, `GPKG`, `CSV`, `XLSX`, …
  package var format: String
  package var layer: String
  package var fields: [Field]
  /// Nothing where the file names no system or one that was not recognised; `referenceName` then says which.
  package var reference: CoordinateReference?
  package var referenceName: String
  /// How text was decoded: `UTF-8` or `GB18030`.
  package var encoding: String

  package init(
    format: String, layer: String, fields: [Field], reference: CoordinateReference?, referenceName: String,
    encoding: String
  ) {
    (self.format, self.layer, self.fields) = (format, layer, fields)
    (self.reference, self.referenceName, self.encoding) = (reference, referenceName, encoding)
  }
}

/// Records of one layer of one file, in the file's order.
package protocol FeatureSource {
  var schema: FeatureSchema { get }
  /// The next records, or nothing when all were read and the number of records was confirmed by the reader.
  mutating func next() throws -> [Feature]?
}
