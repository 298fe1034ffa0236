import Foundation
import GRDB
import Geodata
import ParcelModel
import ParcelTesting
import Testing

@testable import ParcelProcessing
@testable import Spatial

extension AcceptanceRow {
  static let ofDatabases = wholeDatabases + cells + layers + shapesOfPackages + brokenDatabases

  /// The GeoPackage with statements carried out on it.
  private static func package(_ statements: String...) throws -> MadeDelivery {
    try package { db in for statement in statements { try db.execute(sql: statement) } }
  }

  private static func package(_ change: (Database) throws -> Void) throws -> MadeDelivery {
    let folder = try TemporaryFolder()
    let made = try GoodDelivery.package.get()
    let queue = try DatabaseQueue(path: made.write(in: folder))
    try queue.writeWithoutTransaction { db in
      // The spatial index is kept up by functions that only GDAL has.
      for trigger in try String.fetchAll(db, sql: "SELECT name FROM sqlite_master WHERE type = 'trigger'") {
        try db.execute(sql: "DROP TRIGGER \"\(trigger)\"")
      }
      try change(db)
    }
    try queue.close()
    return MadeDelivery(made.main, try folder.read(made.main))
  }

  /// The shape of the third record as well-known binary in the GeoPackage's frame.
  private static func package(shape: [UInt8], type: String) throws -> MadeDelivery {
    try package { db in
      let frame: [UInt8] = Array("GP".utf8) + [0, 1] + RawShapefile.little(4490, 4)
      try db.execute(sql: "UPDATE 图斑 SET geom = ? WHERE fid = 3", arguments: [Data(frame + shape)])
      try retype(db, type)
    }
  }

  /// The type of shape stands in two places.
  private static func retype(_ db: Database, _ type: String) throws {
    try db.execute(sql: "UPDATE gpkg_geometry_columns SET geometry_type_name = ?, z = 2, m = 2", arguments: [type])
    try db.execute(sql: "PRAGMA writable_schema = ON")
    try db.execute(
      sql: "UPDATE sqlite_master SET sql = replace(sql, 'MULTIPOLYGON', ?) WHERE name = '图斑'", arguments: [type])
  }

  private static let wholeDatabases = [
    AcceptanceRow("GeoPackage", .accepted) { try GoodDelivery.package.get() },
    AcceptanceRow("file geodatabase", .accepted) { try GoodDelivery.database.get() },
    AcceptanceRow("GeoPackage with an empty log", .accepted) {
      try GoodDelivery.package.get().with { ($0.bytes[18], $0.bytes[19]) = (2, 2) }
    },
    AcceptanceRow("GeoPackage in a projected system", .accepted) { try GoodDelivery.written(.geoPackage, in: 4526) },
  ]

  /// SQLite keeps any value in any column; GDAL would make 1 of 1,276.29.
  private static let cells = [
    AcceptanceRow("GeoPackage with words in a number", .taken([.damagedCell: 1], rejected: 1)) {
      try package("UPDATE 图斑 SET JCMJ = '1,276.29' WHERE fid = 3")
    },
    AcceptanceRow("GeoPackage with a NUL in a code", .taken([.damagedCell: 1], rejected: 1)) {
      try package("UPDATE 图斑 SET JCBH = JCBH || char(0) || '1' WHERE fid = 3")
    },
    AcceptanceRow("GeoPackage with a code too long for its column", .nothingTaken([.damagedCell: 20])) {
      try package("ALTER TABLE 图斑 ADD COLUMN BH MEDIUMINT", "UPDATE 图斑 SET BH = 430321202405000185")
    },
    AcceptanceRow("GeoPackage with a view for a layer", .refused("view")) {
      try package("ALTER TABLE 图斑 RENAME TO t", "CREATE VIEW 图斑 AS SELECT * FROM t")
    },
    AcceptanceRow("zip with a GeoPackage and its log", .refused("open-database")) {
      let made = try GoodDelivery.package.get()
      return made.zipped(adding: [MadeZip.Member("\(made.main)-wal", [1])])
    },
  ]

  private static let layers = [
    AcceptanceRow("GeoPackage with two layers", .refused("several-layers")) { try twoLayers() },
    AcceptanceRow("GeoPackage with two layers, one named", .accepted, order: { $0.layer = "图斑" }) { try twoLayers() },
    AcceptanceRow("GeoPackage with two layers, none of the name", .refused("layer-missing"), order: { $0.layer = "界线" })
    {
      try twoLayers()
    },
    AcceptanceRow("GeoPackage without layers", .refused("refused-by-library")) {
      try package(
        "DROP TABLE 图斑", "DELETE FROM gpkg_geometry_columns", "DELETE FROM gpkg_contents",
        "DELETE FROM gpkg_ogr_contents")
    },
    AcceptanceRow("GeoPackage that counts a record less", .refused("records-disagree")) {
      try package("UPDATE gpkg_ogr_contents SET feature_count = 19")
    },
  ]

  private static func twoLayers() throws -> MadeDelivery {
    try package(
      "CREATE TABLE 其他 (fid INTEGER PRIMARY KEY, geom MULTIPOLYGON, JCBH TEXT)",
      "INSERT INTO 其他 SELECT fid, geom, 'x' || fid FROM 图斑",
      """
      INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) VALUES ('其他', 'features', '其他', 4490)
      """,
      "INSERT INTO gpkg_geometry_columns VALUES ('其他', 'geom', 'MULTIPOLYGON', 4490, 0, 0)")
  }

  private static func points(_ points: [Point], z: Double? = nil) -> [UInt8] {
    RawShapefile.little(points.count, 4)
      + points.flatMap { RawShapefile.double($0.x) + RawShapefile.double($0.y) + (z.map(RawShapefile.double) ?? []) }
  }

  private static func wkb(_ type: Int, _ rest: [UInt8]) -> [UInt8] { [1] + RawShapefile.little(type, 4) + rest }

  private static let shapesOfPackages = [
    AcceptanceRow("GeoPackage with heights", .taken([.heightsDropped: 1])) {
      let ring = points(GoodParcel.all[2].polygons.ring(0), z: 55)
      return try package(shape: wkb(1003, RawShapefile.little(1, 4) + ring), type: "GEOMETRY")
    },
    AcceptanceRow("GeoPackage with an arc", .taken([.arcs: 1, .areaDiffers: 1]), truth: rounded) {
      let ring = rounded[2].polygons.ring(0)
      let middle = ring[ring.count / 2]
      // A circle by its ends and its far point.
      let arc = wkb(8, points([ring[0], middle, ring[0]]))
      return try package(shape: wkb(10, RawShapefile.little(1, 4) + arc), type: "CURVEPOLYGON")
    },
    AcceptanceRow("GeoPackage with a point", .taken([.unsupportedGeometry: 1], rejected: 1)) {
      try package(shape: wkb(1, RawShapefile.double(112.91) + RawShapefile.double(27.71)), type: "GEOMETRY")
    },
    AcceptanceRow("GeoPackage of points", .nothingTaken([.unsupportedGeometry: 20])) {
      try package { db in
        let point: [UInt8] =
          Array("GP".utf8) + [0, 1] + RawShapefile.little(4490, 4)
          + wkb(1, RawShapefile.double(112.91) + RawShapefile.double(27.71))
        try db.execute(sql: "UPDATE 图斑 SET geom = ?", arguments: [Data(point)])
        try retype(db, "POINT")
      }
    },
    AcceptanceRow("GeoPackage with NaN", .taken([.damagedGeometry: 1], rejected: 1)) {
      let ring = [
        Point(x: .nan, y: .nan), Point(x: 112.91, y: 27.71), Point(x: 112.91, y: 27.72), Point(x: .nan, y: .nan),
      ]
      return try package(shape: wkb(3, RawShapefile.little(1, 4) + points(ring)), type: "POLYGON")
    },
    AcceptanceRow("GeoPackage with a cut shape", .refused("refused-by-library")) {
      let shape = wkb(3, RawShapefile.little(1, 4) + points(GoodParcel.all[2].polygons.ring(0)))
      return try package(shape: shape.dropLast(20), type: "POLYGON")
    },
    AcceptanceRow("GeoPackage without a shape", .taken([.missingGeometry: 1], rejected: 1)) {
      try package("UPDATE 图斑 SET geom = NULL WHERE fid = 3")
    },
  ]

  /// The third parcel as the circle over one of its diagonals.
  private static let rounded = GoodParcel.changed(2) { parcel in
    let ring = parcel.polygons.ring(0)
    let center = Point(x: (ring[0].x + ring[2].x) / 2, y: (ring[0].y + ring[2].y) / 2)
    let (dx, dy) = (ring[0].x - center.x, ring[0].y - center.y)
    let circle = (0..<360).map { degrees in
      let turn = Double(degrees) * .pi / 180
      return Point(x: center.x + dx * cos(turn) - dy * sin(turn), y: center.y + dx * sin(turn) + dy * cos(turn))
    }
    parcel.polygons = Polygons(rings: [[circle + [circle[0]]]])
  }

  private static let brokenDatabases = [
    AcceptanceRow("GeoPackage cut in half", .refused("size-disagrees")) {
      let made = try GoodDelivery.package.get()
      return made.cut("gpkg", to: made.bytes.count / 2)
    },
    AcceptanceRow("a text named .gpkg", .refused("not-a-geopackage")) { MadeDelivery("图斑.gpkg", "图斑".utf8) },
    AcceptanceRow("a database that is no GeoPackage", .refused("refused-by-library")) {
      try package(
        "PRAGMA foreign_keys = OFF", "DROP TABLE gpkg_contents", "DROP TABLE gpkg_geometry_columns",
        "DROP TABLE gpkg_spatial_ref_sys")
    },
    AcceptanceRow("GeoPackage with a table that reads another file", .refused("virtual-table")) {
      try package { db in
        try db.execute(sql: "PRAGMA writable_schema = ON")
        try db.execute(
          sql: """
            INSERT INTO sqlite_master (type, name, tbl_name, rootpage, sql)
            VALUES ('table', '密码', '密码', 0, 'CREATE VIRTUAL TABLE 密码 USING VirtualOGR(''/etc/passwd'')')
            """)
      }
    },
    AcceptanceRow("an empty folder named .gdb", .refused("refused-by-library")) {
      MadeDelivery("图斑.gdb", files: ["图斑.gdb/timestamps": []])
    },
    AcceptanceRow("a file named .gdb", .refused("unknown-kind")) { MadeDelivery("图斑.gdb", "图斑".utf8) },
  ]
}
