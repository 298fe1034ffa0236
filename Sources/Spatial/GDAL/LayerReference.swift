import CGDAL
import Geodata

/// The reference system that a layer names, as far as it can be recognised without guessing.
struct LayerReference {
  /// Nothing where the layer names none or one that was not recognised.
  let reference: CoordinateReference?
  /// The system's own name, empty where there is none.
  let name: String

  init(of layer: OGRLayerH) {
    guard let system = OGR_L_GetSpatialRef(layer) else {
      (reference, name) = (nil, "")
      return
    }
    let name = OSRGetName(system).map { String(cString: $0) } ?? ""
    if let old = Self.oldDatum(system) {
      let datum = OSRGetAttrValue(system, "DATUM", 0).map { String(cString: $0) } ?? ""
      (reference, self.name) = (old, Self.plain(name).contains(Self.plain(datum)) ? name : "\(name) (\(datum))")
      return
    }
    self.name = name
    reference = Self.stated(system) ?? Self.matched(system) ?? Self.recognised(system, name: name)
  }

  private static func plain(_ name: String) -> String { name.lowercased().filter { $0.isLetter || $0.isNumber } }

  /// Xian 80 or Beijing 54 by their ellipsoids (IAG 1975, Krasovsky 1940), whatever name or number the system goes by.
  private static func oldDatum(_ system: OGRSpatialReferenceH) -> CoordinateReference? {
    guard OSRIsGeographic(system) != 0 || OSRIsProjected(system) != 0 else { return nil }
    var failure = OGRERR_NONE
    let (axis, flattening) = (OSRGetSemiMajor(system, &failure), OSRGetInvFlattening(system, &failure))
    guard failure == OGRERR_NONE, abs(flattening - 298.28) < 0.05 else { return nil }
    if abs(axis - 6_378_140) < 0.5 { return CoordinateReference(epsg: 4610) }
    return abs(axis - 6_378_245) < 0.5 ? CoordinateReference(epsg: 4214) : nil
  }

  /// The EPSG number that the system carries, where its definition is that of the number.
  private static func stated(_ system: OGRSpatialReferenceH) -> CoordinateReference? {
    guard let authority = OSRGetAuthorityName(system, nil), String(cString: authority) == "EPSG",
      let code = OSRGetAuthorityCode(system, nil)
    else { return nil }
    guard let reference = CoordinateReference(String(cString: code)), isSame(system, as: reference) else { return nil }
    return flat[reference] ?? reference
  }

  /// A number can be written under any definition.
  private static func isSame(_ system: OGRSpatialReferenceH, as reference: CoordinateReference) -> Bool {
    guard let official = OSRNewSpatialReference(nil) else { return false }
    defer { OSRDestroySpatialReference(official) }
    // A number that is none is said by the answer.
    CPLPushErrorHandler(CPLQuietErrorHandler)
    defer { CPLPopErrorHandler() }
    guard OSRImportFromEPSG(official, reference.epsg) == OGRERR_NONE else { return false }
    return GDALLibrary.withList([
      "IGNORE_DATA_AXIS_TO_SRS_AXIS_MAPPING=YES", "CRITERION=EQUIVALENT_EXCEPT_AXIS_ORDER_GEOGCRS",
    ]) { OSRIsSameEx(system, official, GDALLibrary.constant($0)) != 0 }
  }

  /// Heights are dropped, so longitude, latitude and height are longitude and latitude: EPSG:4979 is what GDAL calls
  /// GeoJSON with heights, 4480 is CGCS2000 with them.
  private static let flat: [CoordinateReference: CoordinateReference] = [
    CoordinateReference(epsg: 4979): .wgs84, CoordinateReference(epsg: 4480): .cgcs2000,
  ]

  /// The one EPSG system that PROJ finds equal to it.
  private static func matched(_ system: OGRSpatialReferenceH) -> CoordinateReference? {
    var count: Int32 = 0
    var confidences: UnsafeMutablePointer<Int32>?
    guard let matches = OSRFindMatches(system, nil, &count, &confidences) else { return nil }
    defer {
      OSRFreeSRSArray(matches)
      VSIFree(confidences)
    }
    let sure = (0..<Int(count)).compactMap { index in
      confidences.flatMap { $0[index] >= 90 ? matches[index] : nil }
    }
    return sure.count == 1 ? stated(sure[0]) : nil
  }

  /// Systems written out by hand, as many `.prj` files are: CGCS2000 by the name of its datum, Gauss–Krüger by its
  /// numbers. A name such as `CGCS2000_3_Degree_GK_Zone_38` only says how wide the zone is, never where it lies.
  private static func recognised(_ system: OGRSpatialReferenceH, name: String) -> CoordinateReference? {
    let datum = (OSRGetAttrValue(system, "DATUM", 0).map { String(cString: $0) } ?? "").lowercased()
    let isChina2000 = ["china_2000", "china 2000", "china_geodetic_coordinate_system_2000", "cgcs2000", "cgcs_2000"]
    var failure = OGRERR_NONE
    guard isChina2000.contains(where: { datum.contains($0) }),
      abs(OSRGetSemiMajor(system, &failure) - 6_378_137) < 1e-3,
      abs(OSRGetInvFlattening(system, &failure) - 298.257222101) < 1e-6, failure == OGRERR_NONE
    else { return nil }
    if OSRIsGeographic(system) != 0 { return .cgcs2000 }
    func parameter(_ key: String) -> Double { OSRGetNormProjParm(system, key, .nan, nil) }
    let projection = OSRGetAttrValue(system, "PROJECTION", 0).map { String(cString: $0) } ?? ""
    let meridian = parameter("central_meridian")
    let easting = parameter("false_easting")
    guard OSRIsProjected(system) != 0, ["Transverse_Mercator", "Gauss_Kruger"].contains(projection),
      abs(parameter("scale_factor") - 1) < 1e-12, parameter("latitude_of_origin") == 0,
      parameter("false_northing") == 0, OSRGetLinearUnits(system, nil) == 1, meridian == meridian.rounded()
    else { return nil }
    let saysSix = name.contains("6_Degree") || (name.contains("GK") && !name.contains("3_Degree"))
    let candidates = (4491...4554).map { CoordinateReference(epsg: $0) }.filter { candidate in
      guard case .gaussKruger(let width, let centralMeridian, let prefixed)? = candidate.kind,
        Double(centralMeridian) == meridian
      else { return false }
      let zone = width == 3 ? centralMeridian / 3 : (centralMeridian + 3) / 6
      return easting == (prefixed ? Double(zone) * 1e6 : 0) + 500_000
    }
    // Unprefixed 3° and 6° zones on one meridian are the same plane.
    return saysSix ? candidates.first : candidates.last
  }
}
