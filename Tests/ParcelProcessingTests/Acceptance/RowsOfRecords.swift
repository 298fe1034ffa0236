import Geodata
import ParcelModel
import ParcelTesting
import Spatial

@testable import ParcelProcessing

extension AcceptanceRow {
  static let ofRecords = shapes + repairs + places + codes + figures + repeated

  /// The third record with a shape of its own, in degrees.
  private static func shaped(_ rings: [[[Point]]], _ change: (inout GoodParcel) -> Void = { _ in }) -> [GoodParcel] {
    GoodParcel.changed(2) { parcel in
      parcel.polygons = Polygons(rings: rings)
      change(&parcel)
    }
  }

  private static func ring(_ corners: (Double, Double)...) -> [Point] { GoodParcel.ring(corners) }

  private static let shapes = [
    AcceptanceRow("a record without shape", .taken([.missingGeometry: 1], rejected: 1)) {
      try GoodDelivery.shapefile(GoodParcel.all) { $0.shapes[2] = RawShapefile.little(0, 4) }
    },
    AcceptanceRow("a polygon without rings", .taken([.missingGeometry: 1], rejected: 1)) {
      try GoodDelivery.shapefile(GoodParcel.all) { $0.shapes[2] = RawShapefile.polygon([]) }
    },
    AcceptanceRow("GeoJSON without a shape", .taken([.missingGeometry: 1], rejected: 1)) {
      try GoodDelivery.geoJSON(GoodParcel.changed(2) { $0.polygons = Polygons() }).replacing(
        "{\"type\":\"MultiPolygon\",\"coordinates\":[]}", with: "null")
    },
    AcceptanceRow("an empty GeoJSON shape", .taken([.missingGeometry: 1], rejected: 1)) {
      try GoodDelivery.geoJSON(GoodParcel.changed(2) { $0.polygons = Polygons() })
    },
    AcceptanceRow("points", .nothingTaken([.unsupportedGeometry: 20])) {
      try GoodDelivery.shapefile(GoodParcel.all) { raw in
        raw.kind = 1
        raw.shapes = raw.shapes.map { RawShapefile.little(1, 4) + $0[48..<64] }
      }
    },
    AcceptanceRow("lines", .nothingTaken([.unsupportedGeometry: 20])) {
      try GoodDelivery.shapefile(GoodParcel.all) { raw in
        raw.kind = 3
        raw.shapes = raw.shapes.map { RawShapefile.little(3, 4) + $0.dropFirst(4) }
      }
    },
    AcceptanceRow("a point among polygons", .taken([.unsupportedGeometry: 1], rejected: 1)) {
      try GoodDelivery.geoJSON(GoodParcel.changed(2) { $0.polygons = Polygons() }).replacing(
        "{\"type\":\"MultiPolygon\",\"coordinates\":[]}", with: "{\"type\":\"Point\",\"coordinates\":[112.91,27.71]}")
    },
    AcceptanceRow("a collection of geometries", .taken([.unsupportedGeometry: 1], rejected: 1)) {
      try GoodDelivery.geoJSON(GoodParcel.changed(2) { $0.polygons = Polygons() }).replacing(
        "{\"type\":\"MultiPolygon\",\"coordinates\":[]}",
        with: "{\"type\":\"GeometryCollection\",\"geometries\":[{\"type\":\"Point\",\"coordinates\":[112.91,27.71]}]}")
    },
    AcceptanceRow("all points of a ring in one place", .taken([.emptyAfterRepair: 1], rejected: 1)) {
      try GoodDelivery.shapefile(shaped([[ring((2.1, 0.1), (2.1, 0.1), (2.1, 0.1))]]))
    },
    AcceptanceRow("a hole and a second part", .accepted, truth: twoParts) { try GoodDelivery.shapefile(twoParts) },
  ]

  private static func measured(_ parcel: inout GoodParcel) {
    parcel.area = GoodParcel.rounded(GeodesicArea.cgcs2000.area(of: parcel.polygons))
  }

  private static let twoParts = shaped(
    [
      [ring((2.1, 0.1), (2.4, 0.1), (2.4, 0.4), (2.1, 0.4)), ring((2.2, 0.2), (2.2, 0.3), (2.3, 0.3), (2.3, 0.2))],
      [ring((2.5, 0.1), (2.6, 0.1), (2.6, 0.2), (2.5, 0.2))],
    ], measured)

  /// The good third parcel with its ring written in another way.
  private static func rewritten(_ change: (inout [Point]) -> Void) -> [GoodParcel] {
    GoodParcel.changed(2) { parcel in
      var ring = parcel.polygons.ring(0)
      change(&ring)
      parcel.polygons = Polygons(rings: [[ring]])
    }
  }

  private static let bowTie = shaped(
    [[ring((2.1, 0.1), (2.2, 0.2), (2.1, 0.3))], [ring((2.2, 0.2), (2.3, 0.1), (2.3, 0.3))]], measured)

  private static let halves = shaped([[ring((2.1, 0.1), (2.4, 0.1), (2.4, 0.3), (2.1, 0.3))]], measured)

  private static let repairs = [
    AcceptanceRow("a bow tie", .taken([.selfIntersection: 1]), truth: bowTie) {
      try GoodDelivery.shapefile(
        bowTie.enumerated().map { number, parcel in
          number == 2
            ? parcel.with { $0.polygons = Polygons(rings: [[ring((2.1, 0.1), (2.3, 0.3), (2.3, 0.1), (2.1, 0.3))]]) }
            : parcel
        })
    },
    AcceptanceRow("overlapping parts", .taken([.overlappingParts: 1]), truth: halves) {
      try GoodDelivery.geoJSON(
        halves.enumerated().map { number, parcel in
          number == 2
            ? parcel.with {
              $0.polygons = Polygons(rings: [
                [ring((2.1, 0.1), (2.3, 0.1), (2.3, 0.3), (2.1, 0.3))],
                [ring((2.2, 0.1), (2.4, 0.1), (2.4, 0.3), (2.2, 0.3))],
              ])
            } : parcel
        })
    },
    AcceptanceRow("a hole outside", .taken([.holeOutside: 1]), truth: GoodParcel.all) {
      try GoodDelivery.geoJSON(
        GoodParcel.changed(2) { parcel in
          parcel.polygons = Polygons(rings: [
            [parcel.polygons.ring(0), ring((2.6, 0.6), (2.6, 0.7), (2.7, 0.7), (2.7, 0.6))]
          ])
        })
    },
    AcceptanceRow("a spike", .taken([.selfIntersection: 1])) {
      try GoodDelivery.shapefile(
        rewritten { $0.insert(contentsOf: [Point(x: $0[1].x + 0.0002, y: $0[1].y), $0[1]], at: 2) })
    },
    AcceptanceRow("a point twice", .taken([.duplicateVertices: 1])) {
      try GoodDelivery.shapefile(rewritten { $0.insert($0[1], at: 1) })
    },
    AcceptanceRow("a sliver", .taken([.sliver: 1]), truth: sliver) { try GoodDelivery.shapefile(sliver) },
    AcceptanceRow("rings the wrong way round", .accepted) {
      try GoodDelivery.geoJSON(rewritten { $0.reverse() })
    },
  ]

  private static let sliver = shaped([[ring((2.1, 0.1), (2.101, 0.1), (2.101, 0.3), (2.1, 0.3))]], measured)

  private static let places = [
    AcceptanceRow("a point far off", .taken([.outsideCounty: 1], rejected: 1)) {
      try GoodDelivery.shapefile(rewritten { $0[2].x += 1 })
    },
    AcceptanceRow("a parcel in another county", .taken([.outsideCounty: 1], rejected: 1)) {
      try GoodDelivery.shapefile(rewritten { ring in ring = ring.map { Point(x: $0.x + 0.1, y: $0.y) } })
    },
    AcceptanceRow("all in another county", .refused("outside-county")) {
      try GoodDelivery.shapefile(
        GoodParcel.changed(0..<GoodParcel.count) { parcel in
          parcel.polygons = parcel.polygons.map { Point(x: $0.x + 0.5, y: $0.y) }
        })
    },
    AcceptanceRow("across the border", .taken([.partlyOutside: 1]), truth: across) {
      try GoodDelivery.shapefile(across)
    },
    AcceptanceRow("another county's code", .taken([.wrongCounty: 1], rejected: 1)) {
      try GoodDelivery.shapefile(GoodParcel.changed(2) { $0.county = "430381" })
    },
    AcceptanceRow("all with another county's code", .nothingTaken([.wrongCounty: 20])) {
      try GoodDelivery.shapefile(GoodParcel.changed(0..<GoodParcel.count) { $0.county = "430381" })
    },
    AcceptanceRow("a county's name for its code", .taken([.wrongCounty: 1], rejected: 1)) {
      try GoodDelivery.shapefile(GoodParcel.changed(2) { $0.county = "湘潭县" })
    },
    AcceptanceRow("no county", .accepted, truth: GoodParcel.changed(2) { $0.county = "" }) {
      try GoodDelivery.shapefile(GoodParcel.changed(2) { $0.county = "" })
    },
    AcceptanceRow(
      "another township", .taken([.townshipDiffers: 1]), truth: GoodParcel.changed(2) { $0.township = "谭家山镇" }
    ) {
      try GoodDelivery.shapefile(GoodParcel.changed(2) { $0.township = "谭家山镇" })
    },
  ]

  private static let across = shaped([[ring((2.1, -0.1), (2.3, -0.1), (2.3, 0.1), (2.1, 0.1))]], measured)

  private static let codes = [
    AcceptanceRow("an empty code", .taken([.missingCode: 1], rejected: 1)) {
      try GoodDelivery.shapefile(GoodParcel.changed(2) { $0.code = "" })
    },
    AcceptanceRow("a code of spaces", .taken([.missingCode: 1], rejected: 1)) {
      try GoodDelivery.geoJSON(GoodParcel.changed(2) { $0.code = " \u{3000} " })
    },
    AcceptanceRow("a code in full width", .accepted) {
      try GoodDelivery.geoJSON(GoodParcel.changed(2) { $0.code = "４３０３２１２０２４００００００" + "０３ " })
    },
    AcceptanceRow("a code as a spreadsheet shows it", .taken([.damagedCode: 1], rejected: 1)) {
      try GoodDelivery.shapefile(GoodParcel.changed(2) { $0.code = "4.30321E+17" })
    },
    AcceptanceRow("codes in a column of fractions", .nothingTaken([.damagedCode: 20])) {
      try GoodDelivery.shapefile(GoodParcel.all) { raw in
        raw.fields[0] = GoodDelivery.field("JCBH", 22, decimals: 2)
        for index in raw.rows.indices { raw.rows[index][0] += Array(".00".utf8) }
      }
    },
    AcceptanceRow("codes in a column of whole numbers", .accepted) {
      try GoodDelivery.shapefile(GoodParcel.all) { $0.fields[0] = GoodDelivery.field("JCBH", 18, decimals: 0) }
    },
    AcceptanceRow("codes in a column too wide for whole numbers", .nothingTaken([.damagedCell: 20])) {
      try GoodDelivery.shapefile(GoodParcel.all) { $0.fields[0] = GoodDelivery.field("JCBH", 20, decimals: 0) }
    },
    AcceptanceRow("codes as fractions in GeoJSON", .nothingTaken([.damagedCode: 20])) {
      try GoodParcel.all.reduce(GoodDelivery.geoJSON()) { made, parcel in
        try made.replacing("\"JCBH\":\"\(parcel.code)\"", with: "\"JCBH\":4.303212024e17")
      }
    },
  ]

  /// The area of the third record as the file has it.
  private static func area(_ text: String) throws -> MadeDelivery {
    let area = Ground.fixed(GoodParcel.all[2].area ?? 0, 2)
    return try GoodDelivery.geoJSON().replacing("\"JCMJ\":\(area)", with: "\"JCMJ\":\(text)")
  }

  private static let figures =
    [
      "-5", "\"NaN\"", "\"inf\"", "\"many\"", "\"1,234.5\"", "\"0x1F\"", "1e300", "\"=cmd()\"",
      "\"12 34\"", "\"1e3e\"",
    ].map { text in
      AcceptanceRow("an area of \(text)", .taken([.badNumber: 1], rejected: 1)) { try area(text) }
    }
    + [
      // GDAL makes a number of it; the figures show it.
      AcceptanceRow("an area of true", .taken([.areaDiffers: 1]), truth: GoodParcel.changed(2) { $0.area = 1 }) {
        try area("true")
      },
      // GDAL makes texts of the whole column.
      AcceptanceRow("an area of [1]", .nothingTaken([.badNumber: 20])) { try area("[1]") },
      AcceptanceRow(
        "no area", .taken([.noDeclaredArea: 1]), truth: GoodParcel.changed(2) { $0.area = nil }
      ) {
        try GoodDelivery.shapefile(GoodParcel.changed(2) { $0.area = nil })
      },
      AcceptanceRow(
        "an area in asterisks", .taken([.noDeclaredArea: 1, .overflowedCell: 1]),
        truth: GoodParcel.changed(2) { $0.area = nil }
      ) {
        try GoodDelivery.shapefile(GoodParcel.all) { $0.rows[2][4] = Array("******************".utf8) }
      },
      AcceptanceRow("digits and letters in an area", .taken([.damagedCell: 1], rejected: 1)) {
        try GoodDelivery.shapefile(GoodParcel.all) { $0.rows[2][4] = Array("12x4".utf8) }
      },
      AcceptanceRow("a comma in an area", .taken([.damagedCell: 1], rejected: 1)) {
        try GoodDelivery.shapefile(GoodParcel.all) { $0.rows[2][4] = Array("1234,5".utf8) }
      },
      AcceptanceRow("a negative area", .taken([.badNumber: 1], rejected: 1)) {
        try GoodDelivery.shapefile(GoodParcel.changed(2) { $0.area = -5 })
      },
      AcceptanceRow("another area", .taken([.areaDiffers: 1]), truth: off) { try GoodDelivery.shapefile(off) },
      AcceptanceRow("more farmland than area", .taken([.farmlandExceedsArea: 1, .farmlandDiffers: 1]), truth: fields) {
        try GoodDelivery.shapefile(fields)
      },
      AcceptanceRow("one area in 亩", .taken([.unitMixUp: 1]), truth: oneInMu) { try GoodDelivery.shapefile(oneInMu) },
      AcceptanceRow("all areas in 亩", .refused("unit-mix-up")) { try GoodDelivery.shapefile(inUnits(2000.0 / 3)) },
      AcceptanceRow("all areas in 公顷", .refused("unit-mix-up")) { try GoodDelivery.shapefile(inUnits(10_000)) },
      AcceptanceRow("m² stated to be 亩", .refused("unit-mix-up"), order: { $0.profile = "standard-mu" }) {
        try GoodDelivery.shapefile()
      },
      AcceptanceRow("亩 stated to be 亩", .accepted, truth: muAgain, order: { $0.profile = "standard-mu" }) {
        try GoodDelivery.shapefile(inUnits(2000.0 / 3))
      },
    ]

  private static let off = GoodParcel.changed(2) { $0.area = GoodParcel.rounded(($0.area ?? 0) * 1.01) }
  private static let fields = GoodParcel.changed(0) { $0.farmland = GoodParcel.rounded(($0.area ?? 0) + 100) }
  private static let oneInMu = GoodParcel.changed(2) { $0.area = GoodParcel.rounded(($0.area ?? 0) * 3 / 2000) }

  private static func inUnits(_ squareMeters: Double) -> [GoodParcel] {
    GoodParcel.changed(0..<GoodParcel.count) { parcel in
      parcel.area = parcel.area.map { GoodParcel.rounded($0 / squareMeters) }
      parcel.farmland = parcel.farmland.map { GoodParcel.rounded($0 / squareMeters) }
    }
  }

  /// What two decimals of a 亩 are in m².
  private static let muAgain = inUnits(2000.0 / 3).map { parcel in
    parcel.with {
      $0.area = $0.area.map { $0 * 2000 / 3 }
      $0.farmland = $0.farmland.map { $0 * 2000 / 3 }
    }
  }

  private static let repeated = [
    AcceptanceRow("a record twice", .taken([.duplicateRecord: 1], delivered: 21, duplicate: 1)) {
      try GoodDelivery.shapefile(GoodParcel.all + [GoodParcel.all[4]])
    },
    AcceptanceRow("a code twice", .taken([.codeRepeated: 2], rejected: 2)) {
      try GoodDelivery.shapefile(GoodParcel.changed(2) { $0.code = GoodParcel.all[3].code })
    },
    AcceptanceRow("the same file again", .duplicate(), after: [{ try GoodDelivery.geoJSON() }]) {
      try GoodDelivery.geoJSON().renamed("重发")
    },
    AcceptanceRow(
      "the same records in another format", .duplicate(), after: [{ try GoodDelivery.geoJSON() }]
    ) {
      try GoodDelivery.package.get()
    },
    AcceptanceRow(
      "the same records, rings the other way round",
      Outcome(verdict: .duplicate, delivered: 20, duplicate: 20),
      after: [{ try GoodDelivery.gbk.get() }]
    ) { try GoodDelivery.package.get() },
    AcceptanceRow(
      "a correction",
      Outcome(
        verdict: .acceptedWithFindings, findings: [.corrected: 1, .duplicateRecord: 19], delivered: 20, accepted: 1,
        duplicate: 19),
      truth: twoParts, after: [{ try GoodDelivery.shapefile(GoodParcel.all) }]
    ) { try GoodDelivery.shapefile(twoParts) },
    AcceptanceRow(
      "a second delivery of other parcels", .accepted, truth: GoodParcel.all + nextBatch,
      after: [{ try GoodDelivery.shapefile(GoodParcel.all) }]
    ) { try GoodDelivery.shapefile(nextBatch) },
    AcceptanceRow(
      "a damaged file after a good one", .refused("size-disagrees"), after: [{ try GoodDelivery.shapefile() }]
    ) {
      try GoodDelivery.shapefile().cut("dbf", to: 3000)
    },
  ]

  private static let nextBatch = GoodParcel.all.map { parcel in
    parcel.with {
      $0.code = "99" + $0.code.dropFirst(2)
      $0.polygons = $0.polygons.map { Point(x: $0.x, y: $0.y + 5 * Ground.side) }
    }
  }
}
