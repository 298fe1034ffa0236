import Foundation
import Geodata
import ParcelTesting
import Testing

@testable import ParcelProcessing
@testable import Spatial

/// The good delivery in every format: what all rows of the table begin with.
enum GoodDelivery {
  static let name = "图斑"

  static let geodatabase = VectorFormat(driver: "OpenFileGDB", pathExtension: "gdb")

  private static let fields: [FeatureSchema.Field] = [
    .init(name: "JCBH", kind: .text), .init(name: "XZQDM", kind: .text), .init(name: "XZMC", kind: .text),
    .init(name: "XMC", kind: .text), .init(name: "JCMJ", kind: .real, decimals: 2),
    .init(name: "GDMJ", kind: .real, decimals: 2),
  ]

  /// Written by GDAL, as other programs' files mostly are.
  static func written(
    _ format: VectorFormat, _ parcels: [GoodParcel] = GoodParcel.all, in system: Int32 = 4490
  ) throws -> MadeDelivery {
    let folder = try TemporaryFolder()
    let reference = CoordinateReference(epsg: system)
    let file = "\(name).\(format.pathExtension)"
    let writer = try FeatureWriter(
      path: folder.path(file), format: format, layer: name, reference: reference, fields: fields,
      lastChange: SmallCounty.noon)
    let transformation = try Transformation(from: .cgcs2000, to: reference)
    for parcel in parcels {
      let texts: [FieldValue] = [parcel.code, parcel.county, parcel.township, parcel.project].map { .text($0) }
      let areas: [FieldValue] = [parcel.area, parcel.farmland].map { $0.map { .real($0) } ?? .null }
      try writer.write(texts + areas, transformation(parcel.polygons))
    }
    try writer.finish()
    return try MadeDelivery(file, in: folder)
  }

  /// Made once: most damage is done to these.
  static let gbk = Result {
    try written(.shapefile(encoding: "GBK", writesCodePage: false), in: 4526)
  }
  static let utf8 = Result { try written(.shapefile(encoding: "UTF-8", writesCodePage: true), in: 4526) }
  static let package = Result { try written(.geoPackage) }
  static let database = Result { try written(geodatabase, in: 4526) }

  static func shapefile() throws -> MadeDelivery { try gbk.get() }

  /// The `.prj` of a system as GDAL writes it.
  static func projection(_ system: Int32) throws -> [UInt8] {
    try written(.shapefile(encoding: "UTF-8", writesCodePage: false), [], in: system)["prj"]
  }

  // MARK: Byte by byte

  /// A shapefile that can be changed before it is bytes.
  static func raw(
    _ parcels: [GoodParcel] = GoodParcel.all, in system: Int32 = 4526, encoding: String = "GBK"
  ) throws -> RawShapefile {
    let transformation = try Transformation(from: .cgcs2000, to: CoordinateReference(epsg: system))
    func text(_ text: String) throws -> [UInt8] { try #require(TextEncoding.encode(text, as: encoding)) }
    var raw = RawShapefile(count: 0)
    raw.fields = [
      field("JCBH", 20), field("XZQDM", 6), field("XZMC", 30), field("XMC", 120), field("JCMJ", 18, decimals: 2),
      field("GDMJ", 18, decimals: 2),
    ]
    for parcel in parcels {
      let areas = [parcel.area, parcel.farmland].map { $0.map { Ground.fixed($0, 2) } ?? "" }
      raw.rows.append(
        try [parcel.code, parcel.county, parcel.township, parcel.project].map(text) + areas.map { Array($0.utf8) })
      raw.shapes.append(shape(try transformation(parcel.polygons)))
    }
    return raw
  }

  static func field(_ name: String, _ width: Int, decimals: Int? = nil) -> RawShapefile.Field {
    RawShapefile.Field(
      name: Array(name.utf8), kind: decimals == nil ? UInt8(ascii: "C") : UInt8(ascii: "N"), width: width,
      decimals: decimals ?? 0)
  }

  /// The content of a record: outer rings clockwise, as the format wants them.
  static func shape(_ polygons: Polygons) -> [UInt8] {
    RawShapefile.polygon(polygons.ringEnds.indices.map { polygons.ring($0).reversed().map { ($0.x, $0.y) } })
  }

  /// - Parameter projection: of which system the `.prj` is; none where nothing is said.
  static func shapefile(
    _ raw: RawShapefile, projection system: Int32? = 4526, codePage: String? = nil
  ) throws -> MadeDelivery {
    var made = MadeDelivery("\(name).shp", raw.shp)
    (made["shx"], made["dbf"]) = (raw.shx, raw.dbf)
    if let system { made["prj"] = try projection(system) }
    if let codePage { made["cpg"] = Array(codePage.utf8) }
    return made
  }

  /// A shapefile of parcels, the table changed.
  static func shapefile(
    _ parcels: [GoodParcel], _ change: (inout RawShapefile) throws -> Void = { _ in }
  ) throws -> MadeDelivery {
    var raw = try raw(parcels)
    try change(&raw)
    return try shapefile(raw)
  }

  // MARK: Text

  static func geoJSON(
    _ parcels: [GoodParcel] = GoodParcel.all, in system: Int32? = 4490, named name: String? = nil
  ) throws -> MadeDelivery {
    geoJSON(features: try features(parcels, in: system ?? 4490), name ?? system.map { "urn:ogc:def:crs:EPSG::\($0)" })
  }

  static func features(_ parcels: [GoodParcel], in system: Int32 = 4490) throws -> [String] {
    let transformation = try Transformation(from: .cgcs2000, to: CoordinateReference(epsg: system))
    return try parcels.map { feature($0, geometry: geometry(try transformation($0.polygons))) }
  }

  static func feature(_ parcel: GoodParcel, geometry: String) -> String {
    let texts = [
      ("JCBH", parcel.code), ("XZQDM", parcel.county), ("XZMC", parcel.township), ("XMC", parcel.project),
    ].map { "\"\($0.0)\":\(quoted($0.1))" }
    let areas = [("JCMJ", parcel.area), ("GDMJ", parcel.farmland)].map { name, area in
      "\"\(name)\":\(area.map { Ground.fixed($0, 2) } ?? "null")"
    }
    let properties = (texts + areas).joined(separator: ",")
    return "{\"type\":\"Feature\",\"properties\":{\(properties)},\"geometry\":\(geometry)}"
  }

  /// A JSON string.
  static func quoted(_ text: String) -> String {
    let scalars = text.unicodeScalars.map { scalar in
      switch scalar {
      case "\"", "\\": "\\\(scalar)"
      case _ where scalar.value < 0x20: "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
      default: String(scalar)
      }
    }
    return "\"\(scalars.joined())\""
  }

  static func geometry(_ polygons: Polygons) -> String {
    let parts = (0..<polygons.polygonCount).map { polygon in
      let rings = polygons.rings(ofPolygon: polygon).map { ring in
        "[" + polygons.ring(ring).map { "[\(Ground.fixed($0.x, 9)),\(Ground.fixed($0.y, 9))]" }.joined(separator: ",")
          + "]"
      }
      return "[\(rings.joined(separator: ","))]"
    }
    return parts.count == 1
      ? "{\"type\":\"Polygon\",\"coordinates\":\(parts[0])}"
      : "{\"type\":\"MultiPolygon\",\"coordinates\":[\(parts.joined(separator: ","))]}"
  }

  static func geoJSON(features: [String], _ reference: String? = "urn:ogc:def:crs:EPSG::4490") -> MadeDelivery {
    let crs = reference.map { "\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"\($0)\"}}," } ?? ""
    let text = "{\"type\":\"FeatureCollection\",\(crs)\"features\":[\(features.joined(separator: ",\n"))]}"
    return MadeDelivery("\(name).geojson", text.utf8)
  }
}
