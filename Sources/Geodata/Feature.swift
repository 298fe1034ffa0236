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
  /// Anything else that a file can hold, by its name: `Point`, `LineString`, …
  case unsupported(String)
  /// A shape that is not whole, and what is wrong with it: its record must not be believed.
  case damaged(String)
}

/// Something noticed while a file or one of its records was read: data, never an error that is thrown.
package struct Remark: Hashable, Sendable {
  package enum Kind: String, CaseIterable, Hashable, Sendable {
    /// A ring whose last point did not repeat its first; it was closed.
    case unclosedRing = "unclosed-ring"
    /// Z or M values, which are left out.
    case heights
    /// Arcs replaced by chords; the detail is the relative change of area.
    case arcs
    /// A text that fills its field was cut within its last character; the torn bytes are left out. The detail is the
    /// field.
    case textCut = "text-cut"
    /// A cell whose bytes are no value of its field; the detail is `field=bytes`.
    case damagedCell = "damaged-cell"
    /// A number that was too large for its field and is lost (`****`); the detail is the field.
    case overflow
    /// Data beside the one that was read, in the same zip; the detail names it.
    case unreadFiles = "unread-files"
    /// The file names another encoding than its bytes are in; the detail is `named / found`.
    case encodingOverruled = "encoding-overruled"
    /// Records that the file marks as deleted; the detail is how many.
    case deletedRecords = "deleted-records"
  }

  package var kind: Kind
  package var detail: String

  package init(_ kind: Kind, _ detail: String = "") { (self.kind, self.detail) = (kind, detail) }
}

/// One record of a file.
package struct Feature: Hashable, Sendable {
  /// The record's number in the file, from 1.
  package var record: Int
  /// One value a field of the schema.
  package var values: [FieldValue]
  package var shape: Shape
  package var remarks: [Remark]

  package init(record: Int, values: [FieldValue], shape: Shape, remarks: [Remark] = []) {
    (self.record, self.values, self.shape, self.remarks) = (record, values, shape, remarks)
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
  /// The name of a system that follows from a standard and not from the file: GeoJSON without `crs`.
  package static let defaultReferenceName = "RFC 7946"
  /// How text was decoded: `UTF-8` or `GB18030`.
  package var encoding: String
  /// About the file as a whole.
  package var remarks: [Remark]

  package init(
    format: String, layer: String, fields: [Field], reference: CoordinateReference?, referenceName: String,
    encoding: String, remarks: [Remark] = []
  ) {
    (self.format, self.layer, self.fields) = (format, layer, fields)
    (self.reference, self.referenceName, self.encoding, self.remarks) = (reference, referenceName, encoding, remarks)
  }
}

/// Records of one layer of one file, in the file's order.
package protocol FeatureSource {
  var schema: FeatureSchema { get }
  /// The next records, or nothing when all were read and the number of records was confirmed by the reader.
  mutating func next() throws -> [Feature]?
}
