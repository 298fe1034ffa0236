import Geodata
import ParcelModel
import ParcelTesting

@testable import ParcelProcessing
@testable import Spatial

extension AcceptanceRow {
  static let ofGeoJSON = wholeTexts + encodings + strangers + brokenTexts + members + oddFeatures

  private static func text(_ text: String) -> MadeDelivery { MadeDelivery("图斑.geojson", text.utf8) }

  /// The good delivery with one more feature in front.
  private static func adding(_ feature: String) throws -> MadeDelivery {
    GoodDelivery.geoJSON(features: [feature] + (try GoodDelivery.features(GoodParcel.all)))
  }

  /// The same with a geometry of an own, under a code of its own.
  private static func adding(geometry: String) throws -> MadeDelivery {
    try adding("{\"type\":\"Feature\",\"properties\":{\"JCBH\":\"odd\"},\"geometry\":\(geometry)}")
  }

  private static let wholeTexts = [
    AcceptanceRow("GeoJSON", .accepted) { try GoodDelivery.geoJSON() },
    AcceptanceRow("GeoJSON by GDAL", .accepted) { try GoodDelivery.written(.geoJSON) },
    AcceptanceRow("GeoJSON named .json", .accepted) {
      MadeDelivery("图斑.json", try GoodDelivery.geoJSON().bytes)
    },
    AcceptanceRow("one feature alone", .taken([:], delivered: 1)) {
      text(try GoodDelivery.features(GoodParcel.all)[0]).with { made in
        made.bytes =
          Array("{\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"EPSG:4490\"}},".utf8) + made.bytes.dropFirst()
      }
    },
    AcceptanceRow("features before type and crs", .accepted) {
      let features = try GoodDelivery.features(GoodParcel.all).joined(separator: ",")
      return text(
        "{\"features\":[\(features)],\"crs\":{\"properties\":{\"name\":\"EPSG:4490\"},\"type\":\"name\"},\"type\":\"FeatureCollection\"}"
      )
    },
    AcceptanceRow("no features", .refused("no-records")) { GoodDelivery.geoJSON(features: []) },
  ]

  private static func encoded(_ encoding: String, mark: [UInt8]) throws -> MadeDelivery {
    let made = try GoodDelivery.geoJSON()
    let bytes = TextEncoding.encode(String(decoding: made.bytes, as: UTF8.self), as: encoding) ?? []
    return MadeDelivery("图斑.geojson", mark + bytes)
  }

  private static let encodings = [
    AcceptanceRow("UTF-8 with a mark", .accepted) { try encoded("UTF-8", mark: [0xEF, 0xBB, 0xBF]) },
    AcceptanceRow("GeoJSON in GBK", .accepted) { try encoded("GBK", mark: []) },
    AcceptanceRow("UTF-16, low bytes first", .accepted) { try encoded("UTF-16LE", mark: [0xFF, 0xFE]) },
    AcceptanceRow("UTF-16, high bytes first", .accepted) { try encoded("UTF-16BE", mark: [0xFE, 0xFF]) },
    AcceptanceRow("UTF-16 without a mark", .refused("undecodable-text")) { try encoded("UTF-16LE", mark: []) },
    AcceptanceRow("UTF-16 without a mark, stated", .accepted, order: { $0.encoding = "UTF-16LE" }) {
      try encoded("UTF-16LE", mark: [])
    },
    AcceptanceRow("bytes of no encoding", .refused("undecodable-text")) {
      try GoodDelivery.geoJSON().with { $0.bytes.insert(0xFF, at: $0.bytes.count / 2) }
    },
    AcceptanceRow(
      "stated to be in an encoding that it is not", .refused("undecodable-text"), order: { $0.encoding = "UTF-8" }
    ) {
      try encoded("GBK", mark: [])
    },
  ]

  private static let strangers = [
    ("a geometry alone", "{\"type\":\"Point\",\"coordinates\":[112.91,27.71]}"),
    ("TopoJSON", "{\"type\":\"Topology\",\"objects\":{}}"),
    ("Esri JSON", "{\"geometryType\":\"esriGeometryPolygon\",\"features\":[]}"), ("an object", "{}"),
    ("an array", "[1]"),
    ("a word", "\"图斑\""),
  ].map { words, content in AcceptanceRow(words, .refused("not-geojson")) { text(content) } }

  private static let brokenTexts = [
    AcceptanceRow("200 000 arrays deep", .refused("json-too-deep")) {
      try adding(geometry: "{\"type\":\"Polygon\",\"coordinates\":\(String(repeating: "[", count: 200_000))")
    },
    AcceptanceRow("200 000 objects deep", .refused("json-too-deep")) {
      text(String(repeating: "{\"a\":", count: 200_000))
    },
    AcceptanceRow("NaN", .refused("bad-json")) {
      try adding(geometry: "{\"type\":\"Point\",\"coordinates\":[NaN,NaN]}")
    },
    AcceptanceRow("a number too large", .refused("json-number")) {
      try adding(geometry: "{\"type\":\"Point\",\"coordinates\":[1e999,27]}")
    },
    AcceptanceRow("a number that begins with 0", .refused("bad-json")) {
      try GoodDelivery.geoJSON().replacing("\"GDMJ\":0.00", with: "\"GDMJ\":00.00")
    },
    AcceptanceRow("a comma too many", .refused("bad-json")) {
      try GoodDelivery.geoJSON().with { $0.bytes.insert(UInt8(ascii: ","), at: $0.bytes.count - 2) }
    },
    AcceptanceRow("something behind it", .refused("bad-json")) {
      try GoodDelivery.geoJSON().with { $0.bytes += Array("x".utf8) }
    },
    AcceptanceRow("one feature a line", .refused("several-documents")) {
      text(try GoodDelivery.features(GoodParcel.all).joined(separator: "\n"))
    },
    AcceptanceRow("a text sequence", .refused("several-documents")) {
      text(try GoodDelivery.features(GoodParcel.all).map { "\u{1E}\($0)\n" }.joined())
    },
    AcceptanceRow("twice", .refused("several-documents")) {
      try GoodDelivery.geoJSON().with { $0.bytes += $0.bytes }
    },
    AcceptanceRow("NUL in a text", .refused("json-nul")) {
      try GoodDelivery.geoJSON().replacing("砖厂扩建1号", with: "砖厂\\u0000扩建")
    },
    AcceptanceRow("nothing", .refused("json-cut")) { text("") },
    AcceptanceRow("an HTML page", .refused("bad-json")) { text("<!DOCTYPE html><html><body>404</body></html>") },
  ]

  private static let members = [
    AcceptanceRow("a property twice", .refused("json-repeated-member")) {
      try GoodDelivery.geoJSON().replacing("\"XMC\":\"砖厂扩建1号\"", with: "\"XMC\":\"a\",\"XMC\":\"b\"")
    },
    AcceptanceRow("a geometry twice", .refused("json-repeated-member")) {
      try adding("{\"type\":\"Feature\",\"geometry\":null,\"geometry\":null,\"properties\":{}}")
    },
    AcceptanceRow("two lists of features", .refused("json-repeated-member")) {
      try GoodDelivery.geoJSON().replacing("\"features\":[", with: "\"features\":[],\"features\":[")
    },
    AcceptanceRow("a feature that is null", .refused("not-a-feature")) { try adding("null") },
    AcceptanceRow("a feature that is a geometry", .refused("not-a-feature")) {
      try adding("{\"type\":\"Point\",\"coordinates\":[112.91,27.71]}")
    },
    AcceptanceRow("properties that are a list", .refused("bad-properties")) {
      try adding("{\"type\":\"Feature\",\"properties\":[],\"geometry\":null}")
    },
    AcceptanceRow("crs from the network", .refused("linked-crs")) {
      try GoodDelivery.geoJSON().replacing(
        "{\"type\":\"name\",\"properties\":{\"name\":\"urn:ogc:def:crs:EPSG::4490\"}}",
        with: "{\"type\":\"link\",\"properties\":{\"href\":\"http://192.0.2.1/crs\"}}")
    },
    AcceptanceRow("crs of a feature", .refused("inner-crs")) {
      try adding(
        "{\"type\":\"Feature\",\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"EPSG:4526\"}},\"properties\":{\"JCBH\":\"odd\"},\"geometry\":null}"
      )
    },
    AcceptanceRow("whole numbers and fractions in one column", .refused("digits-lost")) {
      try GoodDelivery.geoJSON().replacing("\"JCBH\":\"430321202400000001\"", with: "\"JCBH\":430321202400000001")
        .replacing("\"JCBH\":\"430321202400000002\"", with: "\"JCBH\":2.5")
    },
    AcceptanceRow("codes that are whole numbers", .accepted) {
      try GoodParcel.all.reduce(GoodDelivery.geoJSON()) { made, parcel in
        try made.replacing("\"JCBH\":\"\(parcel.code)\"", with: "\"JCBH\":\(parcel.code)")
      }
    },
  ]

  private static let oddFeatures =
    [
      ("a geometry without a type", "{\"coordinates\":[]}"),
      ("a geometry of no known type", "{\"type\":\"Kreis\",\"coordinates\":[1,2]}"),
      ("a geometry without coordinates", "{\"type\":\"Polygon\"}"), ("a geometry that is a word", "\"Polygon\""),
      ("coordinates that are words", "{\"type\":\"Polygon\",\"coordinates\":[[[\"a\",\"b\"]]]}"),
      (
        "coordinates one level too deep",
        "{\"type\":\"Polygon\",\"coordinates\":[[[[112.91,27.71],[112.911,27.71],[112.91,27.711],[112.91,27.71]]]]}"
      ),
      ("positions of one number", "{\"type\":\"Polygon\",\"coordinates\":[[[112.91],[112.911],[112.91],[112.91]]]}"),
    ].map { words, geometry in
      AcceptanceRow(words, .taken([.damagedGeometry: 1], delivered: 21, rejected: 1)) { try adding(geometry: geometry) }
    }
    + [
      AcceptanceRow("no properties", .taken([.missingCode: 1], delivered: 21, rejected: 1)) {
        try adding("{\"type\":\"Feature\",\"properties\":null,\"geometry\":null}")
      },
      AcceptanceRow("an unclosed ring", .taken([.unclosedRing: 1])) {
        let ring = GoodParcel.all[2].polygons.ring(0).map { "[\(Ground.fixed($0.x, 9)),\(Ground.fixed($0.y, 9))]" }
        return try GoodDelivery.geoJSON().replacing(
          ring.joined(separator: ","), with: ring.dropLast().joined(separator: ","))
      },
      AcceptanceRow("heights", .taken([.heightsDropped: 20])) {
        try GoodDelivery.geoJSON().with { made in
          let text = String(decoding: made.bytes, as: UTF8.self).replacing(/\[(112\.\d+),(27\.\d+)\]/) {
            "[\($0.1),\($0.2),55.5]"
          }
          made.bytes = Array(text.utf8)
        }
      },
    ]
}
