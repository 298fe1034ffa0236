import Foundation
import Geodata
import ParcelLedger
import ParcelModel
import ParcelTesting

@testable import ParcelProcessing
@testable import Spatial

extension AcceptanceRow {
  static let ofShapefiles = wholeShapefiles + reliability + missingParts + counts + foreignParts + changedBytes

  private static let wholeShapefiles = [
    AcceptanceRow("GBK", .accepted) { try GoodDelivery.gbk.get() },
    AcceptanceRow("UTF-8", .accepted) { try GoodDelivery.utf8.get() },
    AcceptanceRow("byte by byte", .accepted) { try GoodDelivery.shapefile(GoodParcel.all) },
    AcceptanceRow(".dbf without its last byte", .accepted) {
      try GoodDelivery.shapefile().with("dbf") { _ = $0.popLast() }
    },
    AcceptanceRow("parts in capital letters", .accepted) {
      let made = try GoodDelivery.shapefile()
      return MadeDelivery(
        "图斑.SHP", files: ["图斑.SHP": made["shp"], "图斑.SHX": made["shx"], "图斑.DBF": made["dbf"], "图斑.PRJ": made["prj"]])
    },
    AcceptanceRow("some parts in capital letters", .accepted) {
      let made = try GoodDelivery.shapefile()
      return made.without("dbf").with { $0["DBF"] = made["dbf"] }
    },
    AcceptanceRow("a deleted record", .taken([.deletedRecords: 1], delivered: 19)) {
      try GoodDelivery.shapefile(GoodParcel.all) { $0.deleted = [7] }
    },
    AcceptanceRow("M values", .taken([.heightsDropped: 1])) {
      try GoodDelivery.shapefile(GoodParcel.all) { raw in
        raw.kind = 25
        raw.shapes = raw.shapes.map { [25] + $0.dropFirst() + [UInt8](repeating: 0, count: 16 + 8 * 5) }
      }
    },
  ]

  /// The table of measured damages that GDAL reads without a word.
  private static let reliability = [
    AcceptanceRow(".shp cut in half", .refused("size-disagrees")) {
      let made = try GoodDelivery.shapefile()
      return made.cut("shp", to: made["shp"].count / 2)
    },
    AcceptanceRow(".dbf cut in half", .refused("size-disagrees")) {
      let made = try GoodDelivery.shapefile()
      return made.cut("dbf", to: made["dbf"].count / 2)
    },
    AcceptanceRow(".dbf states half the records", .refused("counts-disagree")) {
      try GoodDelivery.shapefile().with("dbf") { $0[4] = 10 }
    },
    AcceptanceRow(".dbf missing", .refused("part-missing")) { try GoodDelivery.shapefile().without("dbf") },
    AcceptanceRow("4000 bytes of .dbf zeroed", .refused("damaged-table")) {
      try GoodDelivery.shapefile().zeroed("dbf", from: 1000, count: 4000)
    },
    AcceptanceRow("the highest byte of a coordinate", .taken([.damagedGeometry: 1], rejected: 1)) {
      try GoodDelivery.shapefile().flipped("shp", at: point(record: 3) + 7)
    },
    // Nothing but the figures shows it.
    AcceptanceRow("a corner moved inwards", .taken([.areaDiffers: 1]), truth: movedTruth) {
      try GoodDelivery.shapefile(movedParcels)
    },
    AcceptanceRow("a byte of a coordinate, and a list of sums", .refused("manifest-disagrees")) {
      let good = try GoodDelivery.shapefile()
      return good.flipped("shp", at: point(record: 3)).with {
        $0.files["图斑.shp.sha256"] = Array("\(sha256(Data(good["shp"])))  图斑.shp\n".utf8)
      }
    },
    AcceptanceRow("a VRT named .shp", .refused("part-missing")) { MadeDelivery("evil.shp", virtual.utf8) },
    AcceptanceRow("a VRT named .shp among good parts", .refused("bad-shape-header")) {
      try GoodDelivery.shapefile().renamed("evil").with { $0["shp"] = Array(virtual.utf8) }
    },
    AcceptanceRow(".dbf of 33 bytes", .refused("size-disagrees")) {
      try GoodDelivery.shapefile().with("dbf") {
        $0 = [3, 124, 1, 1, 0xF8, 0xFF, 0xFF, 0x7F, 33, 0, 1, 0] + [UInt8](repeating: 0, count: 21)
      }
    },
  ]

  private static let virtual = """
    <OGRVRTDataSource><OGRVRTLayer name="a"><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>
    """

  private static let missingParts = [
    AcceptanceRow(".shp missing", .refused("file-missing")) { try GoodDelivery.shapefile().without("shp") },
    AcceptanceRow(".shx missing", .refused("part-missing")) { try GoodDelivery.shapefile().without("shx") },
    AcceptanceRow("a part in mixed letters", .refused("part-misnamed")) {
      let made = try GoodDelivery.shapefile()
      return made.without("dbf").with { $0["Dbf"] = made["dbf"] }
    },
    AcceptanceRow("two parts of one name", .refused("part-ambiguous")) {
      try GoodDelivery.shapefile().with { $0["DBF"] = $0["dbf"] }
    },
    AcceptanceRow("all parts empty", .refused("size-disagrees")) {
      MadeDelivery("图斑.shp", files: ["图斑.shp": [], "图斑.shx": [], "图斑.dbf": []])
    },
    AcceptanceRow("a zip named .shp", .refused("unknown-kind")) {
      MadeDelivery("图斑.shp", try GoodDelivery.shapefile().zipped().bytes)
    },
    AcceptanceRow("no records", .refused("no-records")) { try GoodDelivery.shapefile([]) },
  ]

  private static let counts = [
    AcceptanceRow(".dbf states more records", .refused("size-disagrees")) {
      try GoodDelivery.shapefile().with("dbf") { $0[4] = 21 }
    },
    AcceptanceRow(".shp states a shorter file", .refused("size-disagrees")) {
      try GoodDelivery.shapefile().with("shp") { $0[27] -= 68 }
    },
    AcceptanceRow(".shx states a longer file", .refused("size-disagrees")) {
      try GoodDelivery.shapefile().with("shx") { $0[27] += 4 }
    },
    AcceptanceRow(".shx and .dbf without the last record", .refused("outside-records")) {
      try shortened { raw, made in (made["shx"], made["dbf"]) = (raw.shx, raw.dbf) }
    },
    AcceptanceRow(".dbf without the last record", .refused("counts-disagree")) {
      try shortened { raw, made in made["dbf"] = raw.dbf }
    },
    AcceptanceRow(".shp and .shx without the last record", .refused("counts-disagree")) {
      try shortened { raw, made in (made["shp"], made["shx"]) = (raw.shp, raw.shx) }
    },
    AcceptanceRow("all count one record less than the table holds", .refused("rows-beyond-count")) {
      try shortened { raw, made in
        (made["shp"], made["shx"]) = (raw.shp, raw.shx)
        made["dbf"][4] = 19
      }
    },
  ]

  private static func shortened(_ change: (RawShapefile, inout MadeDelivery) -> Void) throws -> MadeDelivery {
    let raw = try GoodDelivery.raw(Array(GoodParcel.all.dropLast()))
    return try GoodDelivery.shapefile(GoodParcel.all).with { change(raw, &$0) }
  }

  /// Another delivery with as many records, each of its parcels elsewhere and of another size.
  private static let others = GoodParcel.all.reversed().enumerated().map { number, parcel in
    GoodParcel.all[number].with {
      ($0.polygons, $0.area, $0.farmland) = (parcel.polygons, parcel.area, parcel.farmland)
    }
  }

  private static let foreignParts = [
    AcceptanceRow(".shx of a delivery with a hole", .refused("index-disagrees")) {
      let other = try GoodDelivery.shapefile(
        GoodParcel.changed(2) { parcel in
          let ring = parcel.polygons.ring(0)
          parcel.polygons = Polygons(rings: [[ring, [ring[0], ring[2], ring[1], ring[0]]]])
        })
      return try GoodDelivery.shapefile(GoodParcel.all).with { $0["shx"] = other["shx"] }
    },
    // As long as all shapes are: only the figures tell.
    AcceptanceRow(
      ".dbf of another delivery with as many records", .taken([.areaDiffers: 20, .farmlandDiffers: 12]),
      truth: zip(GoodParcel.all, others).map { parcel, other in
        other.with { ($0.polygons) = parcel.polygons }
      }
    ) {
      let other = try GoodDelivery.shapefile(others)
      return try GoodDelivery.shapefile(GoodParcel.all).with { $0["dbf"] = other["dbf"] }
    },
    AcceptanceRow("no version of a table", .refused("bad-table")) {
      try GoodDelivery.shapefile().flipped("dbf", at: 0, by: 0x10)
    },
    AcceptanceRow(".dbf of a longer delivery", .refused("counts-disagree")) {
      let other = try GoodDelivery.shapefile(GoodParcel.all + [GoodParcel.all[0]])
      return try GoodDelivery.shapefile(GoodParcel.all).with { $0["dbf"] = other["dbf"] }
    },
    AcceptanceRow(".shp of points", .refused("kinds-disagree")) {
      try GoodDelivery.shapefile().with("shp") { $0[32] = 1 }
    },
    AcceptanceRow("its own .shp as .shx", .refused("counts-disagree")) {
      try GoodDelivery.shapefile().with { $0["shx"] = $0["shp"] }
    },
    AcceptanceRow(".prj of the neighbouring zone", .refused("contradicted-reference-system")) {
      try GoodDelivery.shapefile().with { $0["prj"] = try GoodDelivery.projection(4525) }
    },
    AcceptanceRow(".prj of degrees", .refused("contradicted-reference-system")) {
      try GoodDelivery.shapefile().with { $0["prj"] = try GoodDelivery.projection(4490) }
    },
  ]

  /// Where the first point of a record begins.
  private static func point(record: Int) -> Int { 100 + 136 * (record - 1) + 8 + 48 }

  private static let changedBytes =
    [
      ("file code", "shp", 3, "bad-shape-header"), ("version", "shp", 28, "bad-shape-header"),
      ("type of shape", "shx", 32, "bad-shape-header"), ("length", "shp", 26, "size-disagrees"),
      ("number of a record", "shp", 100 + 136 * 4 + 3, "index-disagrees"),
      ("length of a record", "shp", 100 + 136 * 4 + 7, "index-disagrees"),
      ("place of a record", "shx", 100 + 8 * 4 + 3, "index-disagrees"),
      ("length of a record in the index", "shx", 100 + 8 * 4 + 7, "index-disagrees"),
      ("head of the table", "dbf", 8, "rows-beyond-count"),
      ("width of a row", "dbf", 10, "widths-disagree"), ("name of the code's field", "dbf", 32, "missing-field"),
      ("kind of a field", "dbf", 32 + 11, "field-kind"), ("width of a field", "dbf", 32 + 16, "widths-disagree"),
      ("mark of a record", "dbf", 225 + 369 * 4, "damaged-table"),
    ].map { words, suffix, place, code in
      AcceptanceRow("one bit: \(words)", .refused(code)) { try GoodDelivery.shapefile().flipped(suffix, at: place) }
    }
    + [
      ("type of a shape", 108, UInt8(1)), ("box of a shape", 112 + 6, 1), ("number of rings", 108 + 36, 1),
      ("number of points", 108 + 40, 1), ("beginning of a ring", 108 + 44, 1),
    ].map { words, place, bits in
      AcceptanceRow("one bit: \(words)", .taken([.damagedGeometry: 1], rejected: 1)) {
        try GoodDelivery.shapefile().flipped("shp", at: place, by: bits)
      }
    }
    + [
      // 1 becomes 3: the code of another record.
      AcceptanceRow("one bit: last digit of a code", .taken([.codeRepeated: 2], rejected: 2)) {
        try GoodDelivery.shapefile().flipped("dbf", at: 225 + 1 + 17, by: 2)
      },
      AcceptanceRow("one bit: a digit of an area becomes a letter", .taken([.damagedCell: 1], rejected: 1)) {
        try GoodDelivery.shapefile(GoodParcel.all) { $0.rows[4][4][1] ^= 0x40 }
      },
    ]

  /// The second corner of the fifth parcel moved inwards by 16 m, which leaves its box as it was.
  private static let movedParcels = GoodParcel.changed(4) { parcel in
    let ring = parcel.polygons.ring(0)
    var moved = ring
    moved[1] = Point(x: ring[1].x - 0.00016, y: ring[1].y + 0.00001)
    parcel.polygons = Polygons(rings: [[moved]])
  }

  private static let movedTruth = movedParcels
}
