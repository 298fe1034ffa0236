import CGDAL
import Geodata

/// A shape as it crosses from GDAL, in well-known binary, with what was left out of it or changed on the way.
struct OGRShape {
  private(set) var shape: Shape
  private(set) var remarks: [Remark] = []

  init(of geometry: OGRGeometryH?) {
    shape = .absent
    guard let geometry, OGR_G_IsEmpty(geometry) == 0 else { return }
    if OGR_G_Is3D(geometry) != 0 || OGR_G_IsMeasured(geometry) != 0 { remarks.append(Remark(.heights)) }
    switch OGR_GT_Flatten(OGR_G_GetGeometryType(geometry)) {
    case wkbPolygon, wkbMultiPolygon: shape = Self.polygons(geometry)
    case wkbCurvePolygon, wkbMultiSurface: shape = Self.straightened(geometry, &remarks)
    case let other: shape = .unsupported(Self.name(of: other))
    }
  }

  /// The box of polygons without arcs; nothing for everything else.
  static func envelope(of geometry: OGRGeometryH?) -> Envelope? {
    guard let geometry, OGR_G_IsEmpty(geometry) == 0,
      [wkbPolygon, wkbMultiPolygon].contains(OGR_GT_Flatten(OGR_G_GetGeometryType(geometry)))
    else { return nil }
    var box = OGREnvelope()
    OGR_G_GetEnvelope(geometry, &box)
    return Envelope(minX: box.MinX, minY: box.MinY, maxX: box.MaxX, maxY: box.MaxY)
  }

  private static func name(of type: OGRwkbGeometryType) -> String {
    OGRGeometryTypeToName(type).map { String(cString: $0).filter { $0 != " " } } ?? "\(type.rawValue)"
  }

  /// Degrees of an arc that one chord replaces: a circle loses fifty millionths of its area.
  private static let chord = 1.0

  /// Arcs become chords; the remark says by how much the area changed.
  private static func straightened(_ curved: OGRGeometryH, _ remarks: inout [Remark]) -> Shape {
    guard let straight = OGR_G_GetLinearGeometry(curved, chord, nil) else { return .damaged("arcs") }
    defer { OGR_G_DestroyGeometry(straight) }
    if OGR_G_HasCurveGeometry(curved, 1) != 0 {
      let (before, after) = (OGR_G_Area(curved), OGR_G_Area(straight))
      remarks.append(Remark(.arcs, before > 0 ? "\(after / before - 1)" : ""))
    }
    return polygons(straight)
  }

  /// The points come out a ring at a time, into the columns in which they stay.
  private static func polygons(_ geometry: OGRGeometryH) -> Shape {
    var (ringEnds, polygonEnds): ([Int], [Int]) = ([], [])
    // Room for a point more in each ring, which closes it.
    var room = 0
    forEachRing(of: geometry) { room += Int(OGR_G_GetPointCount($0)) + 1 }
    let points = [Point](unsafeUninitializedCapacity: room) { points, count in
      count = 0
      forEachRing(of: geometry) { ring in
        let start = count
        count += take(ring, into: UnsafeMutableBufferPointer(rebasing: points[start...]))
        if count > start { ringEnds.append(count) }
      } endPolygon: {
        if ringEnds.count > (polygonEnds.last ?? 0) { polygonEnds.append(ringEnds.count) }
      }
    }
    if points.isEmpty { return .absent }
    guard points.areFinite else { return .damaged("NaN/Inf") }
    return .polygons(Polygons(points: points, ringEnds: ringEnds, polygonEnds: polygonEnds))
  }

  private static func forEachRing(
    of geometry: OGRGeometryH, _ body: (OGRGeometryH) -> Void, endPolygon: () -> Void = {}
  ) {
    let isPolygon = OGR_GT_Flatten(OGR_G_GetGeometryType(geometry)) == wkbPolygon
    for index in 0..<OGR_G_GetGeometryCount(geometry) {
      guard let part = OGR_G_GetGeometryRef(geometry, index) else { continue }
      if isPolygon { body(part) } else { forEachRing(of: part, body, endPolygon: endPolygon) }
    }
    if isPolygon { endPolygon() }
  }

  /// Puts the points of a ring into `points`, closed, and returns how many they are.
  private static func take(_ ring: OGRGeometryH, into points: UnsafeMutableBufferPointer<Point>) -> Int {
    let stride = Int32(MemoryLayout<Point>.stride)
    guard let start = UnsafeMutableRawPointer(points.baseAddress) else { return 0 }
    let count = Int(
      OGR_G_GetPoints(ring, start, stride, start + MemoryLayout<Double>.stride, stride, nil, 0))
    guard count > 0, points[count - 1] != points[0] else { return count }
    points[count] = points[0]
    return count + 1
  }
}
