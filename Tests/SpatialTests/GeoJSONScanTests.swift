import Foundation
import Geodata
import ParcelTesting
import Testing

@testable import Spatial

@Suite struct GeoJSONScanTests {
  static let ring = "[[112,27],[113,27],[113,28],[112,28],[112,27]]"
  static let square = geometry("Polygon", "[\(ring)]")

  static func geometry(_ type: String, _ coordinates: String) -> String {
    #"{"type":"\#(type)","coordinates":\#(coordinates)}"#
  }

  static func feature(_ properties: String = #"{"a":1}"#, _ shape: String = square, more: String = "") -> String {
    #"{"type":"Feature",\#(more)"properties":\#(properties),"geometry":\#(shape)}"#
  }

  static func collection(_ features: String..., more: String = "") -> String {
    #"{"type":"FeatureCollection",\#(more)"features":[\#(features.joined(separator: ","))]}"#
  }

  static func properties(_ text: String) -> String { collection(feature(text)) }
  static func value(_ text: String) -> String { properties("{\"a\":\(text)}") }

  static func content(_ text: String) throws -> GeoJSONContent { try GeoJSONScan.content(of: Array(text.utf8)) }

  static func code(_ bytes: [UInt8]) -> String? {
    do throws(GeoJSONFault) { _ = try GeoJSONScan.content(of: bytes) } catch { return error.code }
    return nil
  }

  // MARK: Accepted

  static let good: [(String, Int)] = [
    (collection(), 0), (collection(feature()), 1), (collection(feature(), feature()), 2), (feature(), 1),
    (" \r\n\t" + collection(feature()) + " \n", 1),
    // Members in any order.
    (#"{"features":[\#(feature())],"type":"FeatureCollection"}"#, 1),
    (collection(#"{"geometry":{"coordinates":[\#(ring)],"type":"Polygon"},"properties":{"a":1},"type":"Feature"}"#), 1),
    // Records without shape or properties.
    (collection(feature("null", "null")), 1), (collection(#"{"type":"Feature","geometry":null}"#), 1),
    (collection(#"{"type":"Feature","properties":{"a":1}}"#), 1),
    // Values of every kind; nested ones come as text.
    (properties(#"{"a":"x","b":-0,"c":1.5e-3,"d":true,"e":false,"f":null,"g":[1,[2],{}],"h":{"i":{}},"":0}"#), 1),
    (value("9223372036854775806"), 1), (value("-9223372036854775806"), 1), (value("1e308"), 1), (value("1E+2"), 1),
    (value("1e-999"), 1), (value("0.10000000000000000000000000000000001"), 1), (value("123456789.123456789123456"), 1),
    (value(#""\"\\\/\b\f\n\r\t\u4e2d\uD83D\uDE00""#), 1), (value(#""\\u0000""#), 1), (value("\"\u{7F}\u{2028}\""), 1),
    (value("\"" + String(repeating: "长", count: 100_000) + "\""), 1),
    (value(String(repeating: "[", count: 60) + String(repeating: "]", count: 60)), 1),
    // The same names in different objects, and in nested ones.
    (properties(#"{"type":1,"geometry":2,"a":{"b":1},"c":{"b":1}}"#), 1),
    (properties(#"{"JCBH":1,"jcbh":2}"#), 1),
    // Foreign members.
    (collection(feature(more: #""id":7,"bbox":[1,2,3,4],"x":{},"#), more: #""name":"层","bbox":null,"y":[{}],"#), 1),
    (collection(feature(), more: #""geometry":5,"coordinates":{},"arcs":[],"#), 1),
    // Empty shapes and other kinds of shape.
    (collection(feature("{}", geometry("Polygon", "[]")), feature("{}", geometry("MultiPolygon", "[[[]]]"))), 2),
    (collection(feature("{}", geometry("Point", "[1,2]")), feature("{}", geometry("LineString", "[[1,2],[3,4]]"))), 2),
    (collection(feature("{}", #"{"type":"GeometryCollection","geometries":[\#(square)]}"#)), 1),
  ]

  @Test(arguments: good) func accepted(text: String, records: Int) throws {
    let preflight = try Self.content(text).preflight
    #expect(preflight.records == records)
    #expect(preflight.damagedShapes.isEmpty)
    #expect(preflight.recordRemarks.isEmpty)
  }

  /// What is accepted without a word GDAL reads without a word, and in the same number.
  @Test(arguments: good.filter { $0.1 > 0 }) func theLibraryAgrees(text: String, count: Int) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(text.utf8, to: "a.geojson")
    #expect(try records(ReadJob(path: path, purpose: .delivery)).count == count)
  }

  // MARK: Refused

  static let deep = 200_000

  static let bad: [(String, String)] = [
    // Cut.
    ("", "json-cut"), (" \n", "json-cut"), ("{", "json-cut"), (#"{"type":"Fea"#, "json-cut"), (#"{"a":-"#, "json-cut"),
    (#"{"a":tru"#, "json-cut"), (#"{"a":"\u12"#, "json-cut"), (#"{"a":"\ud800"#, "json-cut"),
    // No JSON.
    (value("NaN"), "bad-json"), (value("Infinity"), "bad-json"), (value("-Infinity"), "bad-json"),
    (value("007"), "bad-json"), (value("+1"), "bad-json"), (value(".5"), "bad-json"), (value("5."), "bad-json"),
    (value("0x10"), "bad-json"), (value("1e"), "bad-json"), (value("1e+"), "bad-json"), (value("--1"), "bad-json"),
    (value("-"), "bad-json"), (value("True"), "bad-json"), (value("nul"), "bad-json"), (value("'x'"), "bad-json"),
    (value("undefined"), "bad-json"), (value(""), "bad-json"), (value("1,"), "bad-json"), (value("[1,]"), "bad-json"),
    (value("[,1]"), "bad-json"), (value("[1 2]"), "bad-json"), (value("[1}"), "bad-json"), (value("{]"), "bad-json"),
    (value(#"{"b"}"#), "bad-json"), (value(#"{"b":}"#), "bad-json"), (value(#"{"b" 1}"#), "bad-json"),
    (value("{1:2}"), "bad-json"), (value("/* x */1"), "bad-json"), (value("\"a\u{1}\""), "bad-json"),
    (value("\"a\nb\""), "bad-json"), (value("\"a\tb\""), "bad-json"), (value(#""\x""#), "bad-json"),
    (value(#""\u12g4""#), "bad-json"), (value(#""\ud800""#), "bad-json"), (value(#""\udc00""#), "bad-json"),
    (value(#""\ud800\ud800""#), "bad-json"), (value(#""\ud800\n""#), "bad-json"), (value("\"a\0b\""), "bad-json"),
    ("{\"type\":\"FeatureCollection\",\"features\":[\(feature()),]}", "bad-json"), (collection() + "x", "bad-json"),
    (collection() + ",", "bad-json"), (collection() + "}", "bad-json"), ("\u{FEFF}" + collection(), "bad-json"),
    (collection() + "\0", "bad-json"),
    // JSON that would be read differently from what it says.
    (value(#""x\u0000y""#), "json-nul"), (properties(#"{"a\u0000":1}"#), "json-nul"),
    (value("1e999"), "json-number"), (value("-1e999"), "json-number"), (value("9223372036854775807"), "json-number"),
    (value("-9223372036854775808"), "json-number"), (value("[99999999999999999999]"), "json-number"),
    (collection(feature("{}", geometry("Polygon", "[[[112,27],[1e999,27],[113,28],[112,27]]]"))), "json-number"),
    (collection(feature("{}", geometry("Point", "[99999999999999999999,1]"))), "json-number"),
    (collection(feature(#"{"a":430321202401000012}"#), feature(#"{"a":1.5}"#)), "digits-lost"),
    (collection(feature(#"{"b":1.5,"a":1}"#), feature(#"{"a":1,"b":-9007199254740993}"#)), "digits-lost"),
    // Repeated names.
    (properties(#"{"JCBH":1,"JCBH":2}"#), "json-repeated-member"),
    (properties(#"{"JCBH":1,"b":1,"JC\u0042H":2}"#), "json-repeated-member"),
    (collection(feature(more: #""type":"Feature","#)), "json-repeated-member"),
    (collection(feature("{}", #"{"type":"Polygon","coordinates":[],"coordinates":[]}"#)), "json-repeated-member"),
    (collection(feature(), more: #""features":[],"#), "json-repeated-member"),
    // Several documents.
    (feature() + "\n" + feature() + "\n", "several-documents"), (collection() + collection(), "several-documents"),
    ("\u{1E}" + feature() + "\n\u{1E}" + feature() + "\n", "several-documents"),
    // Nesting.
    (String(repeating: "[", count: deep), "json-too-deep"),
    (String(repeating: "[", count: deep) + String(repeating: "]", count: deep), "json-too-deep"),
    (String(repeating: #"{"a":"#, count: deep), "json-too-deep"),
    (value(String(repeating: "[", count: deep)), "json-too-deep"),
    (value(String(repeating: #"{"a":"#, count: deep)), "json-too-deep"),
    (value(String(repeating: "[", count: 61) + String(repeating: "]", count: 61)), "json-too-deep"),
    (collection(feature("{}", geometry("Polygon", String(repeating: "[", count: deep)))), "json-too-deep"),
    (collection(more: "\"x\":" + String(repeating: "[", count: deep) + ","), "json-too-deep"),
    // Other JSON.
    ("null", "not-geojson"), ("5", "not-geojson"), (#""x""#, "not-geojson"), ("[\(feature())]", "not-geojson"),
    ("{}", "not-geojson"), (#"{"type":5}"#, "not-geojson"), (#"{"type":"Topology","objects":{}}"#, "not-geojson"),
    (square, "not-geojson"), (#"{"type":"GeometryCollection","geometries":[]}"#, "not-geojson"),
    (#"{"type":"FeatureCollection"}"#, "not-geojson"), (#"{"type":"FeatureCollection","features":{}}"#, "not-geojson"),
    (#"{"type":"FEATURECOLLECTION","features":[]}"#, "not-geojson"),
    (#"{"type":"Feature","features":[],"geometry":null}"#, "not-geojson"),
    (#"{"geometryType":"esriGeometryPolygon","features":[{"attributes":{},"geometry":{"rings":[]}}]}"#, "not-geojson"),
    // Elements that GDAL leaves out, or takes without their shape.
    (collection("null"), "not-a-feature"), (collection(feature(), "5"), "not-a-feature"),
    (collection("[\(feature())]"), "not-a-feature"),
    (collection(#"{"properties":{},"geometry":null}"#), "not-a-feature"),
    (collection(#"{"type":"feature","geometry":null}"#), "not-a-feature"), (collection(collection()), "not-a-feature"),
    (properties("[]"), "bad-properties"), (properties("5"), "bad-properties"), (feature("true"), "bad-properties"),
  ]

  @Test(arguments: bad) func refused(text: String, code: String) {
    let found = Self.code(Array(text.utf8))
    #expect(found == code)
  }

  @Test(arguments: [
    ("{\n  \"类\": x}", GeoJSONFault.syntax(line: 2, column: 8)),
    ("{\"类型\":\n[1,\n 1e999]}", .number(line: 3, column: 2)), ("{\"a\\u0000\":1}", .nul(line: 1, column: 4)),
    (collection(feature(), "null", "5"), .notAFeature(record: 2)),
    (collection(feature(), feature("[]")), .badProperties(record: 2)),
    ("{\"a\":1,\n\"a\":2}", .repeatedMember("a", line: 2, column: 1)),
    (feature() + "\n\n" + feature(), .severalDocuments(line: 3)),
    (String(repeating: "[", count: 65), .tooDeep(line: 1, column: 65)),
    (square, .notGeoJSON(.geometry("Polygon"))), (#"{"type":"Topology"}"#, .notGeoJSON(.topoJSON)),
    (#"{"spatialReference":{},"features":[{"attributes":{}}]}"#, .notGeoJSON(.esriJSON)),
    (#"{"rings":[]}"#, .notGeoJSON(.esriJSON)), ("[]", .notGeoJSON(.noObject)), ("{}", .notGeoJSON(.noType)),
    (#"{"type":"图"}"#, .notGeoJSON(.otherType("图"))), (#"{"type":"FeatureCollection"}"#, .notGeoJSON(.noFeatures)),
    (collection(feature(#"{"编号":430321202401000012}"#), feature(#"{"编号":0.5}"#)), .digitsLost(field: "编号")),
  ])
  func places(text: String, fault: GeoJSONFault) {
    #expect(throws: fault) { try Self.content(text) }
    let error = SpatialError.geoJSON("a.geojson", fault)
    #expect(!error.message.zh.isEmpty && !error.remedy.en.isEmpty)
    #expect(error.outcome == .nothingTaken)
  }

  @Test func everyCutIsRefused() {
    let whole = Array((Self.collection(Self.feature(#"{"名":"x\u4e2d","b":[1.5e3,true]}"#), Self.feature())).utf8)
    #expect(Self.code(whole) == nil)
    for count in whole.indices {
      let code = Self.code(Array(whole[..<count]))
      #expect(code == "json-cut", "\(count)")
    }
  }

  /// Whatever becomes of a text with a few changed bytes, it is read or refused.
  @Test func changedBytesNeverTrap() {
    let more = #""crs":{"type":"name","properties":{"name":"EPSG:4490"}},"#
    let whole = Array(
      Self.collection(
        Self.feature(#"{"a":"x\u4e2d\ud83d\ude00","b":[1.5e3,{"c":-0.1}],"d":9223372036854775807}"#), Self.feature(),
        more: more
      ).utf8)
    var random = SeededGenerator(seed: 7)
    let likely = Array(#"[]{},:"\-.e09ut"#.utf8)
    var accepted = 0
    for _ in 0..<10_000 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let byte = Bool.random(using: &random) ? likely.randomElement(using: &random) : nil
        bytes[Int.random(in: bytes.indices, using: &random)] = byte ?? UInt8.random(in: 0...255, using: &random)
      }
      if Self.code(bytes) == nil { accepted += 1 }
    }
    #expect((1..<10_000).contains(accepted))
  }

  // MARK: Shapes

  static let shapes: [(String, String?, [Remark])] = [
    (geometry("Polygon", "[\(ring)]"), nil, []), (geometry("MultiPolygon", "[[\(ring),\(ring)],[\(ring)]]"), nil, []),
    (geometry("Polygon", "[]"), nil, []), (geometry("Polygon", "[[]]"), nil, []),
    (geometry("MultiPolygon", "[]"), nil, []), (geometry("MultiPolygon", "[[],[\(ring)]]"), nil, []),
    // Rings that are not closed; equal numbers may be written differently.
    (geometry("Polygon", "[[[1,2],[3,2],[3,4],[1,4]]]"), nil, [Remark(.unclosedRing, "1")]),
    (
      geometry("MultiPolygon", "[[[[1,2],[3,2],[3,4]],\(ring)],[[[1,2],[3,2],[3,4],[1,2.1]]]]"), nil,
      [Remark(.unclosedRing, "2")]
    ),
    (geometry("Polygon", "[[[1.0,2],[3,2],[3,4],[1,2e0]]]"), nil, []),
    (geometry("Polygon", "[[[112.12345678901234567,2],[3,2],[3,4],[112.1234567890123456700,2.0]]]"), nil, []),
    (geometry("Polygon", "[[[-0,2],[3,2],[3,4],[0,2]]]"), nil, []), (geometry("Polygon", "[[[1,2]]]"), nil, []),
    (geometry("LineString", "[[1,2],[3,4]]"), nil, []),
    // Heights are left out, so that they leave no ring open.
    (geometry("Polygon", "[[[1,2,0],[3,2,0],[3,4,0],[1,2,5]]]"), nil, [Remark(.heights)]),
    (geometry("Polygon", "[[[1,2],[3,2,1,2],[3,4],[1,4]]]"), nil, [Remark(.unclosedRing, "1"), Remark(.heights)]),
    (geometry("Point", "[1,2,3]"), nil, []),
    // Not whole.
    (geometry("Polygon", #"[[["112",27],[113,27],[113,28],["112",27]]]"#), "coordinates are not numbers", []),
    (geometry("Polygon", "[[[null,2],[3,2],[3,4],[1,2]]]"), "coordinates are not numbers", []),
    (geometry("Polygon", "[[[1,true],[3,2],[3,4],[1,2]]]"), "coordinates are not numbers", []),
    (geometry("Polygon", "[[{\"x\":1},[3,2],[3,4],[1,2]]]"), "coordinates are not numbers", []),
    (geometry("Polygon", "[null]"), "coordinates are not numbers", []),
    (geometry("Polygon", "[[[1],[3],[3],[1]]]"), "a position of one number", []),
    (geometry("Polygon", "[[[1,2,3,4,5],[3,2],[3,4],[1,2]]]"), "a position of 5 numbers", []),
    (geometry("Polygon", ring), "positions nested 2 deep instead of 3", []),
    (geometry("Polygon", "[[\(ring)]]"), "positions nested 4 deep instead of 3", []),
    (geometry("MultiPolygon", "[\(ring)]"), "positions nested 3 deep instead of 4", []),
    (geometry("Polygon", "[\(ring),[1,2]]"), "positions at different levels", []),
    (geometry("Polygon", "[[[1,2],[3,[2]],[3,4],[1,2]]]"), "positions of numbers and arrays", []),
    (geometry("Polygon", "[[[1,2],[[3,4],2],[3,4],[1,2]]]"), "positions at different levels", []),
    (geometry("Polygon", "[[[1,2],[],[3,4],[1,2]]]"), "a position without numbers", []),
    (geometry("Polygon", "[[[]]]"), "a position without numbers", []),
    (geometry("Polygon", "[[],\(ring)]"), "an empty ring among others", []),
    (geometry("MultiPolygon", "[[\(ring)],[\(ring),[]]]"), "an empty ring among others", []),
    (geometry("Polygon", "null"), "geometry without coordinates", []),
    (geometry("Polygon", "{}"), "geometry without coordinates", []),
    (#"{"type":"Polygon"}"#, "geometry without coordinates", []),
    ("{}", "geometry without a type", []), (#"{"coordinates":[\#(ring)]}"#, "geometry without a type", []),
    (geometry("polygon", "[\(ring)]"), "unknown geometry type polygon", []),
    (geometry("PolygonZ", "[\(ring)]"), "unknown geometry type PolygonZ", []),
    (geometry("Point", #"["x",2]"#), "coordinates are not numbers", []),
    (#"{"rings":[\#(ring)]}"#, "geometry without a type", []), ("[]", "geometry is not an object", []),
    (#""POLYGON EMPTY""#, "geometry is not an object", []), ("5", "geometry is not an object", []),
  ]

  @Test(arguments: shapes) func shapesAreJudged(shape: String, damage: String?, remarks: [Remark]) throws {
    let preflight = try Self.content(Self.collection(Self.feature(), Self.feature("{}", shape))).preflight
    #expect(preflight.records == 2)
    #expect(preflight.damagedShapes == (damage.map { [2: $0] } ?? [:]))
    #expect(preflight.recordRemarks == (remarks.isEmpty ? [:] : [2: remarks]))
  }

  @Test func envelopeOfAllCoordinates() throws {
    let far = Self.geometry("MultiPolygon", "[[[[36500000.25,-1.5e2],[1,2],[3,4],[36500000.25,-150]]]]")
    let content = try Self.content(Self.collection(Self.feature(), Self.feature("{}", far)))
    #expect(content.envelope == Envelope(minX: 1, minY: -150, maxX: 36_500_000.25, maxY: 28))
    #expect(try Self.content(Self.collection(Self.feature("{}", "null"))).envelope.isEmpty)
    // A geometry of the collection itself is none of its records'.
    #expect(try Self.content(Self.collection(more: "\"geometry\":\(far),")).envelope.isEmpty)
  }

  // MARK: Reference systems

  static func reference(_ name: String) -> String { #""crs":{"type":"name","properties":{"name":"\#(name)"}},"# }

  static func within(_ member: String) -> String { #"{"type":"Polygon",\#(member)"coordinates":[\#(ring)]}"# }

  @Test(arguments: [
    (collection(feature()), GeoJSONContent.Reference.absent), (collection(more: #""crs":null,"#), .null),
    (collection(feature(), more: reference("urn:ogc:def:crs:EPSG::4490")), .named("urn:ogc:def:crs:EPSG::4490")),
    (#"{"features":[],"crs":{"properties":{"name":"A"},"type":"name"},"type":"FeatureCollection"}"#, .named("A")),
    (feature(more: reference("EPSG:4526")), .named("EPSG:4526")),
    (collection(more: #""crs":{"type":"EPSG","properties":{"code":4490}},"#), .other),
    (collection(more: #""crs":"EPSG:4490","#), .other), (collection(more: #""crs":{"type":"name"},"#), .other),
    // Records may repeat what the collection says.
    (
      collection(
        feature(more: reference("A")), feature("{}", within(reference("A"))), feature(more: #""crs":null,"#),
        more: reference("A")), .named("A")
    ),
  ])
  func references(text: String, reference: GeoJSONContent.Reference) throws {
    #expect(try Self.content(text).reference == reference)
  }

  @Test(arguments: [
    (collection(feature("{}", within(reference("A")))), "inner-crs"),
    (collection(feature(more: reference("A")), more: reference("B")), "inner-crs"),
    (collection(feature(more: reference("A")), feature(more: reference("B")), more: reference("A")), "inner-crs"),
    (feature("{}", within(reference("A"))), "inner-crs"),
    (collection(feature(more: #""crs":{"type":"EPSG","properties":{"code":4490}},"#)), "inner-crs"),
    (
      collection(feature("{}", #"{"type":"GeometryCollection","geometries":[\#(within(reference("A")))]}"#)),
      "inner-crs"
    ),
    (collection(more: #""crs":{"type":"link","properties":{"href":"http://example.org/"}},"#), "linked-crs"),
    (collection(feature("{}", within(#""crs":{"properties":{"href":"x"},"type":"Link"},"#))), "linked-crs"),
    (collection(more: #""crs":{"type":"name","type":"link"},"#), "json-repeated-member"),
  ])
  func referencesRefused(text: String, code: String) {
    let found = Self.code(Array(text.utf8))
    #expect(found == code)
  }

  // MARK: Encodings

  static func text(_ bytes: [UInt8], encoding: String? = nil, limit: Int = 1 << 20) throws -> GeoJSONText {
    let folder = try TemporaryFolder()
    let path = try folder.write(bytes, to: "a.geojson")
    return try GeoJSONText(DataFile(ReadJob(path: path, purpose: .delivery)), encoding: encoding, limit: limit)
  }

  /// The second bytes of these are `\` and `{` in GBK.
  static let named = properties(#"{"名":"乗寋"}"#)
  static let gbk = TextEncoding.encode(named, as: "GB18030") ?? []

  static func utf16(_ text: String, littleEndian: Bool, mark: Bool = true) -> [UInt8] {
    ((mark ? [0xFEFF] : []) + Array(text.utf16)).flatMap { unit in
      littleEndian ? [UInt8(unit & 0xFF), UInt8(unit >> 8)] : [UInt8(unit >> 8), UInt8(unit & 0xFF)]
    }
  }

  static let encoded: [(String, [UInt8], String?, String, Bool)] = [
    ("plain", Array(named.utf8), nil, "UTF-8", true), ("stated", Array(named.utf8), "utf8", "UTF-8", true),
    ("marked", [0xEF, 0xBB, 0xBF] + Array(named.utf8), nil, "UTF-8", false),
    ("marked and stated", [0xEF, 0xBB, 0xBF] + Array(named.utf8), "UTF-8", "UTF-8", false),
    ("GBK", gbk, nil, "GB18030", false), ("GBK, stated", gbk, "GBK", "GB18030", false),
    ("UTF-16", utf16(named, littleEndian: true), nil, "UTF-16LE", false),
    ("UTF-16, big", utf16(named, littleEndian: false), nil, "UTF-16BE", false),
    ("UTF-16, stated", utf16(named, littleEndian: false), "UTF-16", "UTF-16BE", false),
    ("UTF-16 without mark", utf16(named, littleEndian: true, mark: false), "UTF-16LE", "UTF-16LE", false),
  ]

  @Test(arguments: encoded)
  func encodings(name: String, bytes: [UInt8], stated: String?, encoding: String, isPlain: Bool) throws {
    let text = try Self.text(bytes, encoding: stated)
    #expect(text.encoding.name == encoding)
    #expect(text.isPlain == isPlain)
    #expect(text.utf8 == Array(Self.named.utf8))
    let content = try text.content()
    #expect(content.preflight.records == 1)
    #expect(content.preflight.encoding?.name == encoding)
  }

  @Test(arguments: [
    ("GBK as UTF-8", gbk, "UTF-8", "undecodable-text"), ("torn", Array(gbk) + [0xFF, 0xFF], nil, "undecodable-text"),
    ("torn after mark", [0xEF, 0xBB, 0xBF] + gbk, nil, "undecodable-text"),
    ("half a unit", utf16(named, littleEndian: true) + [0x20], nil, "undecodable-text"),
    ("a lone half", utf16("", littleEndian: true) + [0x00, 0xD8], nil, "undecodable-text"),
    ("mark against GBK", [0xEF, 0xBB, 0xBF] + Array(named.utf8), "GBK", "undecodable-text"),
    ("mark against order", utf16(named, littleEndian: true), "UTF-16BE", "undecodable-text"),
    ("unknown", Array(named.utf8), "no-such", "unknown-encoding"),
    ("too large", [UInt8](repeating: 0x20, count: 1 << 20 + 1), nil, "too-large"),
    ("too large to decode", [UInt8](repeating: 0x20, count: 1 << 18) + gbk, nil, "too-large"),
    // UTF-16 without a mark is full of NULs.
    ("UTF-16 unmarked", utf16(named, littleEndian: true, mark: false), nil, "undecodable-text"),
    ("surrogates", Array(named.utf8) + [0xED, 0xA0, 0x80], "UTF-8", "undecodable-text"),
    ("cut", Array(named.utf8.dropLast()), nil, "json-cut"),
  ])
  func undecodable(name: String, bytes: [UInt8], stated: String?, code: String) {
    let found = ReadingTests.code { _ = try Self.text(bytes, encoding: stated).content() }
    #expect(found == code)
  }

  // MARK: Others' files

  /// What comes of a file: its records and those with damaged shapes, or why it is refused.
  enum Outcome: Equatable {
    case read(Int, damaged: [Int] = [])
    case refused(String)
  }

  /// check-geojson judges any GeoJSON; deliveries are collections and features, and so single geometries are refused.
  static let ofOthers: [String: Outcome] = [
    "bad/bad-duplicate-properties": .refused("json-repeated-member"), "bad/bad-featurelist": .refused("not-geojson"),
    "bad/bad-json": .refused("bad-json"), "bad/bad-object-type": .refused("not-geojson"),
    // Levels are missing in the coordinates: the record stays without a shape that can be believed.
    "bad/bad-polygonloop": .read(1, damaged: [1]), "bad/badcoordtype": .read(1, damaged: [1]),
    "bad/point-labeled-as-a-multipolygon": .read(1, damaged: [1]),
    "bad/stringcoord": .read(2, damaged: [1]), "bad/multiple_problems": .refused("not-a-feature"),
    "bad/bad-properties-as-array": .refused("bad-properties"), "bad/expected_object": .refused("bad-properties"),
    "bad/badfeature": .refused("not-a-feature"), "bad/nofeaturetype": .refused("not-a-feature"),
    // Members that are missing or of no use to us change nothing of a record.
    "bad/badfeature-no-properties": .read(1), "bad/badfeatureid": .read(1),
    "bad/featurecollection_changed_semantics": .read(3),
    // Which of both it is cannot be told.
    "bad/feature_changed_semantics": .refused("not-geojson"),
    "bad/featurecollection": .refused("not-geojson"), "bad/featurecollection-obj": .refused("not-geojson"),
    "bad/featurecollection-type-case": .refused("not-geojson"), "bad/notype": .refused("not-geojson"),
    "bad/rootstring": .refused("not-geojson"), "bad/unknowntype": .refused("not-geojson"),
    "good/good-feature": .read(1), "good/good-feature-with-id": .read(1), "good/good-feature-with-string-id": .read(1),
    "good/good-featurecollection": .read(3), "good/good-featurecollection-bbox": .read(2),
    "good/good-featurecollection-bbox3d": .read(2), "good/good-featurecollection-extensions": .read(3),
    "good/nullgeometry": .read(1), "good/nullproperties": .read(1),
  ].merging(geometries.map { ($0, .refused("not-geojson")) }) { $1 }

  static let geometries = [
    "bad/badcoord", "bad/bbox-4or6elements", "bad/bbox-contains-string", "bad/bbox-string", "bad/different-first-last",
    "bad/different-first-size", "bad/false", "bad/geometry_changed_semantics", "bad/geometrycollection_nested",
    "bad/multipoint-multidimension", "bad/multipoint-nocoordinates", "bad/multipoint-nondimension", "bad/point",
    "bad/point-string", "bad/point-toofew", "bad/point-toomany", "bad/short-line", "bad/short-linearring",
    "bad/short-multilinestring", "good/good-geometrycollection", "good/good-linestring", "good/good-multilinestring",
    "good/good-multipoint", "good/good-point", "good/good-point-3d", "good/good-polygon", "good/multipolygon",
  ]

  @Test(.enabled(if: sharedFolder() != nil, "needs ../shared")) func filesOfOthers() throws {
    let root = try #require(sharedFolder()).appendingPathComponent("corpora/geojson/check-geojson/fixture")
    var outcomes: [String: Outcome] = [:]
    for folder in ["bad", "good"] {
      let names = try FileManager.default.contentsOfDirectory(atPath: root.appendingPathComponent(folder).path)
      for name in names where name.hasSuffix(".geojson") {
        let bytes = try Array(Data(contentsOf: root.appendingPathComponent("\(folder)/\(name)")))
        outcomes["\(folder)/\(name.dropLast(8))"] = Self.outcome(bytes)
      }
    }
    for name in Set(outcomes.keys).union(Self.ofOthers.keys).sorted() {
      #expect(outcomes[name] == Self.ofOthers[name], "\(name)")
    }
  }

  static func outcome(_ bytes: [UInt8]) -> Outcome {
    do throws(GeoJSONFault) {
      let preflight = try GeoJSONScan.content(of: bytes).preflight
      return .read(preflight.records ?? -1, damaged: preflight.damagedShapes.keys.sorted())
    } catch {
      return .refused(error.code)
    }
  }

  @Test func ourOwnFilesAreAccepted() throws {
    let folder = try TemporaryFolder()
    try Sample.write(folder.path("a.geojson"), .geoJSON)
    let content = try GeoJSONScan.content(of: folder.read("a.geojson"))
    #expect(content.preflight.records == Sample.rows.count)
    #expect(content.preflight.damagedShapes.isEmpty && content.preflight.recordRemarks.isEmpty)
  }
}
