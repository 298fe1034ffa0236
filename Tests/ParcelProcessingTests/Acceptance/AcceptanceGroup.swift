import Foundation
import ParcelTesting
import Testing

@testable import ParcelProcessing

/// Many files that differ only in where the same damage was done, and how many of them end in which way.
struct AcceptanceGroup: Sendable, CustomTestStringConvertible {
  let name: String
  /// Counts by `Outcome.description`.
  let expected: [String: Int]
  let make: @Sendable () throws -> [(String, MadeDelivery)]

  init(
    _ name: String, _ expected: [String: Int], _ make: @escaping @Sendable () throws -> [(String, MadeDelivery)]
  ) {
    (self.name, self.expected, self.make) = (name, expected, make)
  }

  var testDescription: String { name }

  static let all = cuts + zeros + textCuts + databases

  /// One file for each per cent of `suffix`.
  private static func cuts(
    of suffix: String, _ made: MadeDelivery, by step: Int = 1, _ cut: (MadeDelivery, Int) -> MadeDelivery
  ) -> [(String, MadeDelivery)] {
    stride(from: 0, to: 100, by: step).map { percent in
      ("\(suffix) at \(percent) %", cut(made, made[suffix].count * percent / 100))
    }
  }

  private static let cuts = ["shp", "shx", "dbf"].map { suffix in
    AcceptanceGroup("\(suffix) cut at every per cent", ["quarantined: size-disagrees": 100]) {
      cuts(of: suffix, try GoodDelivery.shapefile()) { $0.cut(suffix, to: $1) }
    }
  }

  private static let zeros = [
    (
      "shp", 16,
      [
        "quarantined: bad-shape-header": 1, "quarantined: index-disagrees": 2,
        "accepted-with-findings 19/20, damaged-geometry 1": 17,
      ]
    ), ("shp", 400, ["quarantined: bad-shape-header": 1, "quarantined: index-disagrees": 19]),
    ("shx", 16, ["accepted 20/20": 4, "quarantined: bad-shape-header": 3, "quarantined: index-disagrees": 13]),
    ("shx", 400, ["quarantined: bad-shape-header": 3, "quarantined: index-disagrees": 17]),
    (
      "dbf", 16,
      [
        "quarantined: bad-table": 1, "quarantined: undecodable-text": 1, "quarantined: damaged-table": 1,
        "accepted-with-findings 19/20, damaged-cell 1": 13, "accepted-with-findings 19/20, damaged-cell 2": 4,
      ]
    ), ("dbf", 400, ["quarantined: bad-table": 1, "quarantined: damaged-table": 19]),
  ].map { (suffix: String, count: Int, expected: [String: Int]) in
    AcceptanceGroup("\(count) bytes of \(suffix) zeroed at every fifth per cent", expected) {
      cuts(of: suffix, try GoodDelivery.shapefile(), by: 5) { $0.zeroed(suffix, from: $1, count: count) }
    }
  }

  private static let textCuts = [
    AcceptanceGroup("GeoJSON cut at every fifth per cent", ["quarantined: json-cut": 20]) {
      cuts(of: "geojson", try GoodDelivery.geoJSON(), by: 5) { $0.cut("geojson", to: $1) }
    },
    AcceptanceGroup("zip cut at every fifth per cent", ["quarantined: zip-damaged": 20]) {
      let zip = try GoodDelivery.shapefile().zipped()
      return cuts(of: "zip", zip, by: 5) { $0.cut("zip", to: $1) }
    },
    AcceptanceGroup(
      "zip with a byte changed at every fifth per cent",
      ["quarantined: zip-content-differs": 19, "quarantined: zip-damaged": 1]
    ) {
      let zip = try GoodDelivery.shapefile().zipped()
      return cuts(of: "zip", zip, by: 5) { $0.flipped("zip", at: $1, by: 0x10) }
    },
  ]

  private static let databases = [
    AcceptanceGroup(
      "GeoPackage cut at every fifth per cent", ["quarantined: size-disagrees": 19, "quarantined: not-a-geopackage": 1]
    ) {
      cuts(of: "gpkg", try GoodDelivery.package.get(), by: 5) { $0.cut("gpkg", to: $1) }
    },
    AcceptanceGroup(
      "each page of a GeoPackage zeroed",
      ["quarantined: damaged-database": 18, "quarantined: not-a-geopackage": 1, "quarantined: refused-by-library": 7]
    ) {
      let package = try GoodDelivery.package.get()
      return (0..<package.bytes.count / 4096).map { page in
        ("page \(page + 1)", package.zeroed("gpkg", from: page * 4096, count: 4096))
      }
    },
    AcceptanceGroup(
      "each file of a file geodatabase missing",
      ["accepted 20/20": 14, "quarantined: refused-by-library": 4, "quarantined: table-missing": 2]
    ) { try damagedDatabases { _ in nil } },
    AcceptanceGroup(
      "each file of a file geodatabase cut in half",
      ["accepted 20/20": 14, "quarantined: refused-by-library": 4, "quarantined: damaged-table": 2]
    ) {
      try damagedDatabases { Array($0.prefix($0.count / 2)) }
    },
    AcceptanceGroup(
      "512 bytes of a file geodatabase's table zeroed at every fifth per cent",
      [
        "accepted 20/20": 2, "quarantined: refused-by-library": 15, "quarantined: undecodable-text": 2,
        "quarantined: geodatabase-version": 1,
      ]
    ) {
      try damagedTables { table, start in
        for place in start..<min(start + 512, table.count) { table[place] = 0 }
      }
    },
    AcceptanceGroup(
      "the table of a file geodatabase cut at every fifth per cent", ["quarantined: damaged-table": 20]
    ) {
      try damagedTables { table, start in table = Array(table.prefix(start)) }
    },
  ]

  /// Damage at every fifth per cent of the file in which the records lie.
  private static func damagedTables(
    _ damage: (inout [UInt8], Int) -> Void
  ) throws -> [(String, MadeDelivery)] {
    let made = try GoodDelivery.database.get()
    let code = Data(GoodParcel.all[0].code.utf8)
    let (name, content) = try #require(
      made.files.first { $0.key.hasSuffix(".gdbtable") && Data($0.value).firstRange(of: code) != nil })
    return stride(from: 0, to: 100, by: 5).map { percent in
      var table = content
      damage(&table, content.count * percent / 100)
      return ("\(name) at \(percent) %", made.with { $0.files[name] = table })
    }
  }

  private static func damagedDatabases(
    _ damage: ([UInt8]) -> [UInt8]?
  ) throws -> [(String, MadeDelivery)] {
    let made = try GoodDelivery.database.get()
    return made.files.sorted { $0.key < $1.key }.map { name, content in
      (name, made.with { $0.files[name] = damage(content) })
    }
  }
}
