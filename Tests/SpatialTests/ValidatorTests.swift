import Foundation
import Geodata
import ParcelTesting
import Spatial
import Testing

/// Our GeoPackages before GDAL's validator, where that is installed.
@Suite struct ValidatorTests {
  static func validate(_ arguments: String...) -> Int32 {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let process = Process()
    process.executableURL = root.appendingPathComponent("Scripts/check-geopackage")
    process.arguments = arguments
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return -1 }
    process.waitUntilExit()
    return process.terminationStatus
  }

  static let isAvailable = validate("--available") == 0

  @Test(.enabled(if: isAvailable, "needs GDAL's validate_gpkg"), arguments: [Int32(4490), 4326, 4526])
  func geoPackagesAreValid(epsg: Int32) throws {
    let folder = try TemporaryFolder()
    try Sample.write(folder.path("a.gpkg"), .geoPackage, reference: CoordinateReference(epsg: epsg))
    #expect(Self.validate(folder.path("a.gpkg")) == 0)
    // The validator itself must be able to say no: another application id.
    var bytes = try folder.read("a.gpkg")
    bytes.replaceSubrange(68..<72, with: Array("XXXX".utf8))
    #expect(Self.validate(try folder.write(bytes, to: "bad.gpkg")) == 1)
  }
}
