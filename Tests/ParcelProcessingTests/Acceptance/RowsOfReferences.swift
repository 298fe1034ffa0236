import Geodata
import ParcelModel
import ParcelTesting

@testable import ParcelProcessing
@testable import Spatial

extension AcceptanceRow {
  static let ofReferences = named + unnamed + contradicted + swapped + oldDatums + geoJSONReferences + shifted

  /// - Parameters:
  ///   - numbers: of which system the coordinates are.
  ///   - projection: of which system the `.prj` is.
  private static func shapefile(
    _ numbers: Int32, projection: Int32?, _ change: (inout RawShapefile) -> Void = { _ in }
  ) throws -> MadeDelivery {
    var raw = try GoodDelivery.raw(in: numbers)
    change(&raw)
    return try GoodDelivery.shapefile(raw, projection: projection)
  }

  private static func stating(_ system: Int32) -> @Sendable (inout IngestOrder) -> Void {
    { $0.reference = CoordinateReference(epsg: system) }
  }

  private static let named =
    ([4490, 4526, 4525, 4527, 4547, 4546, 4497, 4508] as [Int32]).map { system in
      AcceptanceRow("EPSG:\(system) with .prj", .accepted) { try shapefile(system, projection: system) }
    }
    + [
      AcceptanceRow("WGS 84 with .prj", .taken([.worldGeodeticSystem: 1])) { try shapefile(4326, projection: 4326) },
      AcceptanceRow("UTM", .refused("refused-reference-system")) { try shapefile(32649, projection: 32649) },
      AcceptanceRow("Web Mercator", .refused("refused-reference-system")) { try shapefile(3857, projection: 3857) },
      AcceptanceRow("file geodatabase in degrees", .accepted) { try GoodDelivery.written(GoodDelivery.geodatabase) },
      AcceptanceRow("file geodatabase in Web Mercator", .refused("refused-reference-system")) {
        try GoodDelivery.written(GoodDelivery.geodatabase, in: 3857)
      },
      AcceptanceRow("GeoPackage in UTM", .refused("refused-reference-system")) {
        try GoodDelivery.written(.geoPackage, in: 32649)
      },
    ]

  /// What tells is the ellipsoid.
  private static func xian(name: String, authority: String) -> String {
    "PROJCS[\"\(name)\",GEOGCS[\"GCS\",DATUM[\"D\",SPHEROID[\"IAG75\",6378140.0,298.257]],PRIMEM[\"Greenwich\",0.0],"
      + "UNIT[\"Degree\",0.0174532925199433]],PROJECTION[\"Gauss_Kruger\"],PARAMETER[\"False_Easting\",38500000.0],"
      + "PARAMETER[\"False_Northing\",0.0],PARAMETER[\"Central_Meridian\",114.0],PARAMETER[\"Scale_Factor\",1.0],"
      + "PARAMETER[\"Latitude_Of_Origin\",0.0],UNIT[\"Meter\",1.0]\(authority)]"
  }

  private static let unnamed =
    ([4490, 4526, 4525, 4497] as [Int32]).map { system in
      AcceptanceRow("EPSG:\(system) without .prj", .taken([.referenceInferred: 1])) {
        try shapefile(system, projection: nil)
      }
    }
    + ([4547, 4508, 3857, 32649] as [Int32]).map { system in
      AcceptanceRow("EPSG:\(system) without .prj", .refused("missing-reference-system")) {
        try shapefile(system, projection: nil)
      }
    }
    + [
      AcceptanceRow("EPSG:4547 without .prj, stated", .accepted, order: stating(4547)) {
        try shapefile(4547, projection: nil)
      },
      AcceptanceRow("a .prj of Xian 80 under another name", .refused("old-datum")) {
        try shapefile(4526, projection: nil).with { $0["prj"] = Array(xian(name: "3度带38带", authority: "").utf8) }
      },
      AcceptanceRow("a .prj of Xian 80 under another name, stated", .refused("old-datum"), order: stating(4526)) {
        try shapefile(4526, projection: nil).with { $0["prj"] = Array(xian(name: "3度带38带", authority: "").utf8) }
      },
      AcceptanceRow("a .prj of Xian 80 under the number of CGCS2000", .refused("old-datum")) {
        try shapefile(4526, projection: nil).with {
          $0["prj"] = Array(xian(name: "GK38", authority: ",AUTHORITY[\"EPSG\",\"4526\"]").utf8)
        }
      },
      AcceptanceRow("a .prj of a local grid, stated", .taken([.referenceOverruled: 1]), order: stating(4526)) {
        try shapefile(4526, projection: nil).with { $0["prj"] = Array("LOCAL_CS[\"湘潭独立坐标系\",UNIT[\"metre\",1]]".utf8) }
      },
      AcceptanceRow("a .prj of a local grid", .refused("missing-reference-system")) {
        try shapefile(4526, projection: nil).with { $0["prj"] = Array("LOCAL_CS[\"湘潭独立坐标系\",UNIT[\"metre\",1]]".utf8) }
      },
      AcceptanceRow("an empty .prj", .taken([.referenceInferred: 1])) {
        try shapefile(4526, projection: nil).with { $0["prj"] = [] }
      },
      AcceptanceRow("a .prj that is none", .refused("missing-reference-system")) {
        try shapefile(4526, projection: nil).with { $0["prj"] = Array("图斑".utf8) }
      },
      AcceptanceRow("a .prj that is a name", .refused("old-datum")) {
        try shapefile(4526, projection: nil).with { $0["prj"] = TextEncoding.encode("西安80坐标系", as: "GBK") ?? [] }
      },
      AcceptanceRow("a .prj without its end", .refused("refused-by-library")) {
        try shapefile(4526, projection: 4526).with { made in made["prj"] = Array(made["prj"].prefix(120)) }
      },
    ]

  private static let contradicted =
    ([(4547, 4526), (4526, 4547), (4525, 4526), (4497, 4526), (4526, 4490), (4490, 4526)] as [(Int32, Int32)]).map {
      numbers, projection in
      AcceptanceRow("EPSG:\(numbers) with the .prj of \(projection)", .refused("contradicted-reference-system")) {
        try shapefile(numbers, projection: projection)
      }
    }
    + [
      // The numbers fit another zone as well; the place does not.
      AcceptanceRow("EPSG:4547 with the .prj of zone 39", .refused("outside-county")) {
        try shapefile(4547, projection: 4548)
      },
      AcceptanceRow("EPSG:4547 stated to be of zone 39", .refused("outside-county"), order: stating(4548)) {
        try shapefile(4547, projection: nil)
      },
      AcceptanceRow("EPSG:4490 stated to be projected", .refused("contradicted-reference-system"), order: stating(4526))
      {
        try shapefile(4490, projection: nil)
      },
      AcceptanceRow("EPSG:4526 with a wrong .prj, stated", .taken([.referenceOverruled: 1]), order: stating(4526)) {
        try shapefile(4526, projection: 4490)
      },
    ]

  private static func exchanged(_ system: Int32) throws -> MadeDelivery {
    let parcels = GoodParcel.all
    let transformation = try Transformation(from: .cgcs2000, to: CoordinateReference(epsg: system))
    return try shapefile(system, projection: system) { raw in
      raw.shapes = parcels.map { parcel in
        GoodDelivery.shape(((try? transformation(parcel.polygons)) ?? Polygons()).swappingAxes())
      }
    }
  }

  private static let swapped = ([4490, 4526, 4547] as [Int32]).flatMap { system in
    [
      AcceptanceRow("EPSG:\(system), axes swapped", .refused("swapped-axes")) { try exchanged(system) },
      AcceptanceRow("EPSG:\(system), axes swapped, stated", .accepted, order: { $0.swapsAxes = true }) {
        try exchanged(system)
      },
      AcceptanceRow(
        "EPSG:\(system), axes stated to be swapped", .refused("swapped-axes"), order: { $0.swapsAxes = true }
      ) {
        try shapefile(system, projection: system)
      },
    ]
  }

  private static let oldDatums =
    ([2362, 2414, 4610, 4214, 2383] as [Int32]).map { system in
      AcceptanceRow("old datum EPSG:\(system)", .refused("old-datum")) { try shapefile(4526, projection: system) }
    }
    + [
      AcceptanceRow("old datum, another one stated", .refused("old-datum"), order: stating(4526)) {
        try shapefile(4526, projection: 2362)
      },
      AcceptanceRow("old datum stated", .refused("old-datum"), order: stating(2362)) {
        try shapefile(4526, projection: nil)
      },
      AcceptanceRow("old datum by its name alone", .refused("old-datum")) {
        try shapefile(4526, projection: 4526).with { made in
          let text = String(decoding: made["prj"], as: UTF8.self).replacing(/^PROJCS\["[^"]*"/, with: "PROJCS[\"西安80\"")
          made["prj"] = Array(
            text.replacing(/GEOGCS.*?\]\]\]/, with: "GEOGCS[\"x\",DATUM[\"x\",SPHEROID[\"x\",6378140,298.257]]]").utf8)
        }
      },
    ]

  private static func names(_ name: String, in numbers: Int32 = 4490, _ expected: Outcome) -> AcceptanceRow {
    AcceptanceRow("GeoJSON in EPSG:\(numbers) that names \(name)", expected) {
      try GoodDelivery.geoJSON(in: numbers, named: name)
    }
  }

  private static let geoJSONReferences = [
    names("EPSG:4490", .accepted), names("urn:ogc:def:crs:EPSG::4490", .accepted),
    names("urn:ogc:def:crs:OGC:1.3:CRS84", .taken([.worldGeodeticSystem: 1])),
    names("http://www.opengis.net/def/crs/EPSG/0/4490", .accepted),
    names("EPSG:4326", .taken([.worldGeodeticSystem: 1])), names("EPSG:4526", in: 4526, .accepted),
    names("urn:ogc:def:crs:EPSG::4547", in: 4547, .accepted), names("EPSG:2362", in: 4526, .refused("old-datum")),
    names("EPSG:4610", .refused("old-datum")), names("EPSG:32649", in: 32649, .refused("refused-reference-system")),
    names("EPSG:3857", in: 3857, .refused("refused-reference-system")),
    names("urn:ogc:def:crs:OGC:1.3:CRS84", in: 4526, .refused("contradicted-reference-system")),
    names("EPSG:4526", .refused("contradicted-reference-system")),
    names("EPSG:999999", .refused("refused-by-library")), names("湘潭独立坐标系", .refused("missing-reference-system")),
    AcceptanceRow("GeoJSON whose crs is a word", .refused("missing-reference-system")) {
      try GoodDelivery.geoJSON().replacing(
        "{\"type\":\"name\",\"properties\":{\"name\":\"urn:ogc:def:crs:EPSG::4490\"}}", with: "\"EPSG:4610\"")
    },
    AcceptanceRow("GeoJSON without crs", .taken([.worldGeodeticSystem: 1])) { try GoodDelivery.geoJSON(in: nil) },
    AcceptanceRow("projected GeoJSON without crs", .refused("contradicted-reference-system")) {
      GoodDelivery.geoJSON(features: try GoodDelivery.features(GoodParcel.all, in: 4526), nil)
    },
    AcceptanceRow("projected GeoJSON without crs, stated", .accepted, order: stating(4526)) {
      GoodDelivery.geoJSON(features: try GoodDelivery.features(GoodParcel.all, in: 4526), nil)
    },
    AcceptanceRow("GeoJSON whose crs is null", .taken([.referenceInferred: 1])) {
      try GoodDelivery.geoJSON().replacing(
        "\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"urn:ogc:def:crs:EPSG::4490\"}}", with: "\"crs\":null")
    },
  ]

  /// All of them on farmland.
  private static let onFarmland = GoodParcel.all.enumerated().map { number, parcel in
    parcel.with {
      $0.polygons = GoodParcel.rectangle(
        1.05 + 0.5 * Double(number % 2), 0.1 + 0.9 * Double(number / 2), width: 0.3, height: 0.2)
      let area = GeodesicArea.cgcs2000.area(of: $0.polygons)
      ($0.township, $0.area, $0.farmland) = ("易俗河镇", GoodParcel.rounded(area), GoodParcel.rounded(area * 0.9))
    }
  }

  /// By what GCJ-02 shifts: only the farmland shows it.
  private static let moved = onFarmland.map { parcel in
    parcel.with { $0.polygons = $0.polygons.map { Point(x: $0.x + 0.0055, y: $0.y) } }
  }

  private static let shifted = [
    AcceptanceRow("on farmland", .accepted, truth: onFarmland) { try GoodDelivery.geoJSON(onFarmland) },
    AcceptanceRow(
      "shifted by five hundred metres", .taken([.positionDoubtful: 1, .farmlandDiffers: 20]), truth: moved
    ) { try GoodDelivery.geoJSON(moved) },
  ]
}
