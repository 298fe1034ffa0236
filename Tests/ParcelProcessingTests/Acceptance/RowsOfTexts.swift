import Geodata
import ParcelModel
import ParcelTesting

@testable import ParcelProcessing
@testable import Spatial

extension AcceptanceRow {
  static let ofTexts = tables + western + fieldNames + hostileCells + hostileCodes + hostileFiles

  private static func table(
    _ encoding: String, _ parcels: [GoodParcel] = GoodParcel.all, codePage: String? = nil
  ) throws -> MadeDelivery {
    try GoodDelivery.shapefile(GoodDelivery.raw(parcels, encoding: encoding), codePage: codePage)
  }

  private static let tables = [
    AcceptanceRow("GBK, .cpg agrees", .accepted) { try table("GBK", codePage: "GBK") },
    AcceptanceRow("GBK, .cpg of a code page", .accepted) { try table("GBK", codePage: "936") },
    AcceptanceRow("GBK, .cpg says UTF-8", .taken([.encodingOverruled: 1])) { try table("GBK", codePage: "UTF-8") },
    AcceptanceRow("GBK, .cpg says Latin", .taken([.encodingOverruled: 1])) { try table("GBK", codePage: "ISO-8859-1") },
    AcceptanceRow("UTF-8 without .cpg", .accepted) { try table("UTF-8") },
    AcceptanceRow("UTF-8, .cpg says GBK", .taken([.encodingOverruled: 1])) { try table("UTF-8", codePage: "GBK") },
    AcceptanceRow("GBK, .cpg says nothing known", .accepted) { try table("GBK", codePage: "图斑") },
    AcceptanceRow("GBK stated to be UTF-8", .refused("undecodable-text"), order: { $0.encoding = "UTF-8" }) {
      try table("GBK")
    },
    AcceptanceRow("GBK among UTF-8", .refused("undecodable-text")) {
      var raw = try GoodDelivery.raw(encoding: "UTF-8")
      raw.rows[4] = try GoodDelivery.raw(encoding: "GBK").rows[4]
      return try GoodDelivery.shapefile(raw)
    },
    AcceptanceRow(
      "a text cut within a character", .taken([.textCut: 1]), truth: GoodParcel.changed(2) { $0.project = "砖厂扩建三号厂" }
    ) {
      try GoodDelivery.shapefile(GoodParcel.changed(2) { $0.project = "砖厂扩建三号厂房" }) { $0.fields[3].width = 15 }
    },
    AcceptanceRow(
      "a text cut within a character of UTF-8", .taken([.textCut: 1]),
      truth: GoodParcel.changed(2) { $0.project = "砖厂扩建三" }
    ) {
      var raw = try GoodDelivery.raw(GoodParcel.changed(2) { $0.project = "砖厂扩建三号厂房" }, encoding: "UTF-8")
      raw.fields[3].width = 17
      return try GoodDelivery.shapefile(raw)
    },
    AcceptanceRow("half a character before the end", .refused("undecodable-text")) {
      try GoodDelivery.shapefile(GoodParcel.all) { $0.rows[2][3][0] = 0xFF }
    },
  ]

  private static func written(_ project: String) -> [GoodParcel] {
    GoodParcel.changed(0..<GoodParcel.count) { ($0.township, $0.project) = ("", project) }
  }

  private static let western = [
    AcceptanceRow("Latin-1 with .cpg", .accepted, truth: written("Königstraße")) {
      try table("ISO-8859-1", written("Königstraße"), codePage: "ISO-8859-1")
    },
    AcceptanceRow("Latin-1 without .cpg", .refused("undecodable-text")) {
      try table("ISO-8859-1", written("Königstraße"))
    },
    AcceptanceRow("Big5 with .cpg", .accepted, truth: written("磚廠擴建")) {
      try table("BIG5", written("磚廠擴建"), codePage: "Big5")
    },
    AcceptanceRow("Big5 without .cpg", .refused("undecodable-text")) { try table("BIG5", written("磚廠擴建")) },
    AcceptanceRow("Big5 without .cpg, stated", .accepted, truth: written("磚廠擴建"), order: { $0.encoding = "Big5" }) {
      try table("BIG5", written("磚廠擴建"))
    },
  ]

  private static func headed(_ heads: [String], _ encoding: String) throws -> MadeDelivery {
    var raw = try GoodDelivery.raw(encoding: encoding)
    for (index, head) in heads.enumerated() { raw.fields[index].name = TextEncoding.encode(head, as: encoding) ?? [] }
    return try GoodDelivery.shapefile(raw)
  }

  private static let fieldNames = [
    AcceptanceRow("Chinese field names", .accepted) {
      try headed(["监测编号", "县代码", "乡镇名称", "XMC", "监测面积", "耕地面积"], "GBK")
    },
    AcceptanceRow("Chinese field names cut to ten bytes of UTF-8", .refused("missing-field")) {
      var raw = try GoodDelivery.raw(encoding: "UTF-8")
      raw.fields[0].name = Array("监测编号".utf8.prefix(10))
      return try GoodDelivery.shapefile(raw)
    },
    AcceptanceRow("no code", .refused("missing-field")) { try headed(["BH"], "GBK") },
    AcceptanceRow("a field name twice", .refused("repeated-field")) { try headed(["JCBH", "JCBH"], "GBK") },
    AcceptanceRow("SQL among the field names", .refused("missing-field")) { try headed(["');DROP--"], "GBK") },
    AcceptanceRow("an escape among the field names", .refused("missing-field")) {
      try headed(["\u{1B}[2J\u{7}"], "GBK")
    },
    AcceptanceRow("a turned field name", .refused("missing-field")) {
      try GoodDelivery.geoJSON().with { made in
        made.bytes = Array(
          String(decoding: made.bytes, as: UTF8.self).replacing("JCBH", with: "\u{202E}HBCJ\u{2066}").utf8)
      }
    },
    AcceptanceRow("a field name of 10 000 characters", .refused("missing-field")) {
      try GoodDelivery.geoJSON().with { made in
        made.bytes = Array(
          String(decoding: made.bytes, as: UTF8.self).replacing("JCBH", with: String(repeating: "图", count: 10_000))
            .utf8)
      }
    },
    AcceptanceRow("a layer name of 10 000 characters", .accepted) {
      try GoodDelivery.geoJSON().replacing(
        "\"features\":[", with: "\"name\":\"\(String(repeating: "图", count: 10_000))\",\"features\":[")
    },
    AcceptanceRow(
      "a layer stated with 1000 characters", .refused("layer-missing"),
      order: {
        $0.layer = String(repeating: "图\u{202E}", count: 500)
      }
    ) { try GoodDelivery.shapefile() },
  ]

  private static let hostile = [
    "'); DROP TABLE event;--", "<script>alert(1)</script>", "=cmd()", "＝cmd()", "+1", "-1", "@SUM(1)", "{{7*7}}",
    "../../etc/passwd", "%s%n", "a\u{202E}b", "\u{FEFF}a",
  ]

  private static let hostileCells =
    hostile.map { text in
      AcceptanceRow("a cell of \(text.debugDescription)", .accepted, truth: GoodParcel.changed(3) { $0.project = text })
      {
        try GoodDelivery.geoJSON(GoodParcel.changed(3) { $0.project = text })
      }
    }
    + [
      AcceptanceRow("SQL in a shapefile's cell", .accepted, truth: GoodParcel.changed(3) { $0.project = hostile[0] }) {
        try GoodDelivery.shapefile(GoodParcel.changed(3) { $0.project = hostile[0] })
      },
      AcceptanceRow(
        "control characters in a cell", .accepted, truth: GoodParcel.changed(3) { $0.project = "a\u{1B}[2J\u{7}\tb" }
      ) {
        try GoodDelivery.geoJSON(GoodParcel.changed(3) { $0.project = "a\u{1B}[2J\u{7}\tb" })
      },
      AcceptanceRow(
        "10 000 characters in a cell", .accepted,
        truth: GoodParcel.changed(3) { $0.project = String(repeating: "图", count: 10_000) }
      ) {
        try GoodDelivery.geoJSON(GoodParcel.changed(3) { $0.project = String(repeating: "图", count: 10_000) })
      },
      AcceptanceRow("NUL in a shapefile's cell", .taken([.damagedCell: 1], rejected: 1)) {
        try GoodDelivery.shapefile(GoodParcel.all) { $0.rows[3][3][2] = 0 }
      },
    ]

  private static let hostileCodes =
    hostile.prefix(9).map { text in
      // Formulas in full width are the ones in half width: codes are told apart by what they look like.
      let code = text == "＝cmd()" ? "=cmd()" : text
      return AcceptanceRow(
        "a code of \(text.debugDescription)", .accepted, truth: GoodParcel.changed(3) { $0.code = code }
      ) {
        try GoodDelivery.geoJSON(GoodParcel.changed(3) { $0.code = text })
      }
    }
    + [
      "a\u{1B}[2J", "a\tb", "a\u{202E}b", "a\u{200B}b", String(repeating: "1", count: 10_000),
      String(repeating: "图", count: 65),
    ].map { text in
      AcceptanceRow("a code of \(text.prefix(20).debugDescription)", .taken([.badCode: 1], rejected: 1)) {
        try GoodDelivery.geoJSON(GoodParcel.changed(3) { $0.code = text })
      }
    }

  private static let names = [
    "'); DROP TABLE event;--", "<script>alert(1)", "=cmd()", "@SUM(1)", "a\u{202E}b", "a\u{1B}[2J\nb", "%s%n", "a{b}c",
    "图 斑,1",
    String(repeating: "图", count: 75),
  ]

  private static let hostileFiles = names.flatMap { name in
    [
      AcceptanceRow("a file named \(name.debugDescription)", .accepted) {
        MadeDelivery("\(name).geojson", try GoodDelivery.geoJSON().bytes)
      },
      AcceptanceRow("a bad file named \(name.debugDescription)", .refused("json-cut")) {
        MadeDelivery("\(name).geojson", "{".utf8)
      },
    ]
  }
}
