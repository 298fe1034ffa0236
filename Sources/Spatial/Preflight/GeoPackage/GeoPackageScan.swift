import CGDAL
import Geodata

/// Our own look at a GeoPackage, which is an SQLite database: a cut one opens and reads as far as it goes.
///
/// Source of the header's layout: the SQLite file format, section 1.3.
struct GeoPackageScan {
  private let file: DataFile

  init(_ file: DataFile) { self.file = file }

  /// Before it is opened: the file is as long as its header says.
  func checkHeader() throws(SpatialError) {
    guard let head = FileAccess.head(file.path, count: 100), head.count == 100,
      head.starts(with: Array("SQLite format 3\0".utf8))
    else { throw .geoPackage(file.named, .notADatabase) }
    func number(_ range: Range<Int>) -> Int { head[range].reduce(0) { $0 << 8 | Int($1) } }
    let stated = number(16..<18)
    let pageSize = stated == 1 ? 65_536 : stated
    guard pageSize >= 512, pageSize & (pageSize - 1) == 0 else { throw .geoPackage(file.named, .notADatabase) }
    let actual = FileAccess.stat(file.path)?.size ?? 0
    // The page count is kept only by programs that also keep the change counter beside it.
    let knowsPages = number(24..<28) == number(92..<96) && number(28..<32) > 0
    let wanted = knowsPages ? number(28..<32) * pageSize : actual / pageSize * pageSize
    guard actual == wanted else { throw .geoPackage(file.named, .length(stated: wanted, actual: actual)) }
  }

  /// After it is opened, before it is read: its pages are whole, and no table of it reaches out of the file.
  func checkContent(_ dataset: GDALDataset) throws(SpatialError) {
    // SQLite's virtual tables can read other files; those of the spatial index are the one kind that a GeoPackage has.
    let reaching = dataset.texts(
      """
      SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%' AND sql NOT LIKE '%USING rtree%'
      """)
    if let table = reaching.first { throw .geoPackage(file.named, .virtualTable(table)) }
    let verdict = dataset.texts("PRAGMA quick_check(1)")
    guard verdict == ["ok"] else {
      throw .geoPackage(file.named, .damaged(verdict.first ?? String(cString: CPLGetLastErrorMsg())))
    }
  }
}

extension GDALDataset {
  /// The first column of what a statement gives.
  fileprivate func texts(_ statement: String) -> [String] {
    guard let result = GDALDatasetExecuteSQL(handle, statement, nil, nil) else { return [] }
    defer { GDALDatasetReleaseResultSet(handle, result) }
    var texts: [String] = []
    while let row = OGR_L_GetNextFeature(result) {
      defer { OGR_F_Destroy(row) }
      if let text = OGR_F_GetFieldAsString(row, 0) { texts.append(String(cString: text)) }
    }
    return texts
  }
}
