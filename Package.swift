// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .enableUpcomingFeature("InferIsolatedConformances"),
  .treatAllWarnings(as: .error),
]
/// For modules that touch no C: every unsafe expression would have to be marked, and there is none.
let strictAndSafe = strict + [.strictMemorySafety()]

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

let package = Package(
  name: "parcels",
  products: [.executable(name: "parcels", targets: ["parcels"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.0.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.5.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.0.0"),
  ],
  targets: [
    .systemLibrary(name: "CGDAL", pkgConfig: "gdal", providers: [.apt(["libgdal-dev"])]),
    .systemLibrary(name: "CGEOS", pkgConfig: "geos", providers: [.apt(["libgeos-dev"])]),
    .systemLibrary(name: "CLinux"),
    .systemLibrary(name: "CPROJ", pkgConfig: "proj", providers: [.apt(["libproj-dev"])]),
    .systemLibrary(name: "CXLSX", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),

    .target(name: "Geodata", swiftSettings: strictAndSafe),
    .target(
      name: "Spatial", dependencies: ["Geodata", "CGDAL", "CGEOS", "CLinux", "CPROJ", "CZlib"], swiftSettings: strict),
    .target(name: "ParcelModel", dependencies: ["Geodata"], swiftSettings: strictAndSafe),
    .target(
      name: "ParcelLedger", dependencies: ["ParcelModel", "Geodata", grdb, sqlite, crypto],
      swiftSettings: strictAndSafe),
    .target(name: "ParcelWorkspace", dependencies: ["ParcelModel", "Geodata", yams], swiftSettings: strict),
    .target(
      name: "ParcelProcessing",
      dependencies: ["Drawing", "Spatial", "ParcelLedger", "ParcelWorkspace", "ParcelModel", "Geodata"],
      swiftSettings: strict),
    .target(name: "Drawing", dependencies: ["Geodata", "CXLSX", "CZlib"], swiftSettings: strict),
    .target(
      name: "ParcelReports", dependencies: ["Drawing", "ParcelLedger", "ParcelModel", "Geodata"],
      swiftSettings: strict),
    .executableTarget(
      name: "parcels",
      dependencies: [
        "ParcelReports", "ParcelProcessing", "ParcelWorkspace", "ParcelLedger", "ParcelModel", "Drawing", "Spatial",
        "Geodata", argumentParser,
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "SampleMaker", dependencies: ["Drawing", "Spatial", "ParcelModel", "Geodata", argumentParser],
      swiftSettings: strict),
    .executableTarget(
      name: "ParcelBenchmarks",
      dependencies: [
        "ParcelTesting", "ParcelWorkspace", "ParcelLedger", "ParcelModel", "Spatial", "Geodata", argumentParser,
      ],
      swiftSettings: strict),

    .target(
      name: "ParcelTesting", dependencies: ["Spatial", "ParcelModel", "Geodata", "CGDAL"], path: "Tests/ParcelTesting",
      swiftSettings: strict),
    .testTarget(name: "GeodataTests", dependencies: ["Geodata", "ParcelTesting"], swiftSettings: strict),
    .testTarget(name: "SpatialTests", dependencies: ["Spatial", "Geodata", "ParcelTesting"], swiftSettings: strict),
    .testTarget(name: "DrawingTests", dependencies: ["Drawing", "Geodata", "ParcelTesting"], swiftSettings: strict),
    .testTarget(
      name: "ParcelModelTests", dependencies: ["ParcelModel", "Geodata", "ParcelTesting"], exclude: ["Golden"],
      swiftSettings: strict),
    .testTarget(
      name: "ParcelLedgerTests", dependencies: ["ParcelLedger", "ParcelModel", "Geodata", "ParcelTesting", grdb],
      exclude: ["Golden"], swiftSettings: strict),
    .testTarget(
      name: "ParcelWorkspaceTests", dependencies: ["ParcelWorkspace", "ParcelModel", "Geodata", "ParcelTesting"],
      swiftSettings: strict),
    .testTarget(
      name: "ParcelProcessingTests",
      dependencies: [
        "ParcelProcessing", "ParcelWorkspace", "ParcelReports", "ParcelLedger", "ParcelModel", "Drawing", "Spatial",
        "Geodata", "ParcelTesting", "parcels", grdb,
      ],
      exclude: ["Acceptance/Corpora.md"],
      swiftSettings: strict),
    .testTarget(
      name: "ParcelReportsTests",
      dependencies: ["ParcelReports", "Drawing", "ParcelLedger", "ParcelModel", "Geodata", "ParcelTesting"],
      swiftSettings: strict),
    .testTarget(
      name: "ParcelsEndToEndTests", dependencies: ["Spatial", "Geodata", "ParcelTesting", "parcels"],
      exclude: ["Cases"], swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6])
