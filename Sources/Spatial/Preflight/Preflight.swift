import Geodata

/// What our own look at a file's bytes found, before GDAL opens it: GDAL "succeeds" on damaged files.
struct Preflight {
  /// How many records reading must give; nothing where the format does not say.
  var records: Int?
  /// How raw text is to be decoded; nothing where the format fixes it.
  var encoding: TextEncoding?
  /// About the file as a whole.
  var remarks: [Remark] = []
  /// By record number in the file, from 1, records marked as deleted counted.
  var recordRemarks: [Int: [Remark]] = [:]
  /// What all shapes are, where GDAL would read them as polygons although they are none.
  var unsupportedKind: String?
  /// Where the records of a shapefile lie, once they have been walked.
  var shapes: ShapeRecords?
  /// Numbers of the records that are marked as deleted.
  var deleted: Set<Int> = []
  /// What is wrong with the shapes of records that must not be believed, by record number.
  var damagedShapes: [Int: String] = [:]
}
