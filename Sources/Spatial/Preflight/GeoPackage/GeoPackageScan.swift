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
  ///
  /// - Parameter wasRead: its pages were whole before, and it is the same.
  func checkContent(_ dataset: GDALDataset, wasRead: Bool) throws(SpatialError) {
    // It is walked through several times: pages that are mapped are not copied each time.
    _ = dataset.texts("PRAGMA mmap_size = \(Self.mapped)")
    // SQLite's virtual tables can read other files; those of the spatial index are the one kind that a GeoPackage has.
    let reaching = dataset.texts(
      """
      SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%' AND sql NOT LIKE '%USING rtree%'
      """)
    if let table = reaching.first { throw .geoPackage(file.named, .virtualTable(table)) }
    if wasRead { return }
    let verdict = dataset.texts("PRAGMA quick_check(1)")
    guard verdict == ["ok"] else {
      throw .geoPackage(file.named, .damaged(verdict.first ?? String(cString: CPLGetLastErrorMsg())))
    }
  }
}

extension GeoPackageScan {
  /// In bytes; SQLite itself goes no further than 2 GB.
  private static let mapped = 0x7FFF_0000
}

// MARK: Cells

extension GeoPackageScan {
  /// Cells whose value is not of their column's type, by the record's identifier: SQLite keeps any value anywhere, and
  /// GDAL makes 1 of "1,276.29", and −2002041863 of a code of 18 digits in a column of 32 bits.
  ///
  /// Source of the types: GeoPackage 1.3, table 1.
  func damagedCells(
    of table: String, in dataset: GDALDataset, _ isWanted: (String) -> Bool
  ) throws(SpatialError) -> [Int: [Remark]] {
    let quoted = Self.quoted(table)
    let kind = dataset.texts("SELECT type FROM sqlite_master WHERE name = '\(table.replacing("'", with: "''"))'").first
    if kind == "view" { throw .geoPackage(file.named, .view(table)) }
    var remarks: [Int: [Remark]] = [:]
    let columns = dataset.rows(
      "SELECT name, upper(type), pk FROM pragma_table_info('\(table.replacing("'", with: "''"))')")
    guard columns.allSatisfy({ $0.count == 3 }), let key = columns.first(where: { $0[2] != "0" })?[0] else {
      return [:]
    }
    let suspects = columns.filter { $0[2] == "0" && isWanted($0[0]) }.compactMap { column in
      Self.flaw(of: Self.quoted(column[0]), declaredAs: column[1]).map { (name: column[0], flaw: $0) }
    }
    // All columns in one walk through the table, as far as a statement may be long.
    for start in stride(from: 0, to: suspects.count, by: Self.columnsAWalk) {
      let part = suspects[start..<min(start + Self.columnsAWalk, suspects.count)]
      // Under other names: GDAL takes a column of the key's name for no column at all.
      let cells = part.enumerated().map { index, column in
        "CASE WHEN \(column.flaw) THEN '=' || substr(CAST(\(Self.quoted(column.name)) AS TEXT), 1, 40) END AS cell\(index)"
      }
      let found = dataset.rows(
        """
        SELECT CAST(\(Self.quoted(key)) AS TEXT) AS record, \(cells.joined(separator: ", "))
        FROM \(quoted) WHERE \(part.map { "(\($0.flaw))" }.joined(separator: " OR "))
        """)
      for row in found {
        guard row.count == 1 + part.count, let identifier = Int(row[0]) else { continue }
        for (column, cell) in zip(part, row.dropFirst()) where !cell.isEmpty {
          remarks[identifier, default: []].append(Remark(.damagedCell, column.name + cell))
        }
      }
    }
    return remarks
  }

  private static let columnsAWalk = 50

  /// The condition under which a cell is not what its column says; nothing for shapes and blobs.
  private static func flaw(of column: String, declaredAs type: String) -> String? {
    func integers(_ bits: Int) -> String {
      let range = bits == 64 ? "" : " OR \(column) NOT BETWEEN -\(1 << (bits - 1)) AND \((1 << (bits - 1)) - 1)"
      return "\(column) IS NOT NULL AND (typeof(\(column)) <> 'integer'\(range))"
    }
    switch type.prefix(while: { $0 != "(" }) {
    case "BOOLEAN", "INT", "INTEGER": return integers(64)
    case "TINYINT": return integers(8)
    case "SMALLINT": return integers(16)
    case "MEDIUMINT": return integers(32)
    case "FLOAT", "DOUBLE", "REAL": return "typeof(\(column)) NOT IN ('real', 'integer', 'null')"
    case "TEXT", "DATE", "DATETIME":
      return "typeof(\(column)) = 'blob' OR instr(CAST(\(column) AS BLOB), x'00') > 0"
    default: return nil
    }
  }

  private static func quoted(_ name: String) -> String { "\"\(name.replacing("\"", with: "\"\""))\"" }
}

extension GDALDataset {
  /// The first column of what a statement gives.
  fileprivate func texts(_ statement: String) -> [String] { rows(statement).compactMap(\.first) }

  /// All columns of what a statement gives, as text.
  fileprivate func rows(_ statement: String) -> [[String]] {
    guard let result = GDALDatasetExecuteSQL(handle, statement, nil, nil) else { return [] }
    defer { GDALDatasetReleaseResultSet(handle, result) }
    var rows: [[String]] = []
    while let row = OGR_L_GetNextFeature(result) {
      defer { OGR_F_Destroy(row) }
      rows.append(
        (0..<OGR_F_GetFieldCount(row)).map { column in
          OGR_F_GetFieldAsString(row, column).map { String(cString: $0) } ?? ""
        })
    }
    return rows
  }
}
