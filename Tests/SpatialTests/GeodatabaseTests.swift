import Foundation
import Geodata
import ParcelTesting
import Spatial
import Testing

/// File geodatabases, whole and damaged: never fewer or other records without a word.
@Suite struct GeodatabaseTests {
  private static let fields = ["JCBH", "乡镇"]

  private static func shape(_ number: Int) -> String {
    let (x, y) = (112.9 + 0.001 * Double(number % 40), 27.7 + 0.001 * Double(number / 40))
    return "MULTIPOLYGON(((\(x) \(y),\(x + 0.0005) \(y),\(x + 0.0005) \(y + 0.0005),\(x) \(y + 0.0005),\(x) \(y))))"
  }

  private static func layer(_ name: String, count: Int) -> GeodatabaseLayer {
    GeodatabaseLayer(name, fields: fields, rows: (0..<count).map { (["4303212024\($0)", "易俗河镇"], shape($0)) })
  }

  private static func job(_ path: String, layer: String? = nil) -> ReadJob {
    ReadJob(path: path, layer: layer, purpose: .delivery)
  }

  /// The records, or the code of what they were refused for.
  private static func outcome(_ path: String, layer: String? = nil) -> (features: [Feature]?, code: String) {
    do { return (try records(job(path, layer: layer)), "") } catch {
      return (nil, (error as? SpatialError)?.code ?? "\(error)")
    }
  }

  @Test func aLayerIsRead() throws {
    let folder = try TemporaryFolder()
    try writeGeodatabase([Self.layer("下发图斑", count: 3)], to: folder.path("下发.gdb"))
    let source = try GDALFeatureSource(Self.job(folder.path("下发.gdb")))
    #expect((source.schema.layer, source.schema.format) == ("下发图斑", "OpenFileGDB"))
    #expect(source.schema.reference == .cgcs2000)
    #expect(source.schema.fields.map(\.name) == Self.fields)
    let features = try records(of: source)
    #expect(features.map(\.record) == [1, 2, 3])
    #expect(features[2].values == [.text("43032120242"), .text("易俗河镇")])
    guard case .polygons(let polygons) = features[1].shape else {
      Issue.record("no polygons")
      return
    }
    // A geodatabase keeps coordinates in whole steps.
    #expect(abs(GeodesicArea.cgcs2000.area(of: polygons) - 2730) < 10)
  }

  @Test func oneOfSeveralLayersIsStated() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("a.gdb")
    try writeGeodatabase([Self.layer("TB", count: 3), Self.layer("旧", count: 2)], to: path)
    #expect(Self.outcome(path).code == "several-layers")
    #expect(Self.outcome(path, layer: "TB").features?.count == 3)
    #expect(Self.outcome(path, layer: "旧").features?.count == 2)
    #expect(Self.outcome(path, layer: "新").code == "layer-missing")
  }

  /// One of two tables is gone: the other must not be taken for all there is.
  @Test(arguments: ["gdbtable", "gdbtablx"], ["00000009", "0000000a"])
  func aTableWithoutItsFile(suffix: String, number: String) throws {
    let folder = try TemporaryFolder()
    let path = folder.path("a.gdb")
    try writeGeodatabase([Self.layer("TB", count: 3), Self.layer("旧", count: 2)], to: path)
    try FileManager.default.removeItem(atPath: "\(path)/a\(number).\(suffix)")
    for layer in [nil, "TB", "旧"] {
      let code = Self.outcome(path, layer: layer).code
      #expect(["table-missing", "refused-by-library"].contains(code), "\(layer ?? "")")
      if suffix == "gdbtable" { #expect(code == "table-missing") }
    }
  }

  @Test func arcsAndHeightsAreTold() throws {
    let folder = try TemporaryFolder()
    let arc = """
      MULTISURFACE Z (CURVEPOLYGON Z (COMPOUNDCURVE Z (CIRCULARSTRING Z \
      (112.9 27.7 5,112.905 27.705 5,112.91 27.7 5),(112.91 27.7 5,112.9 27.7 5))))
      """
    // 1012: a multisurface with heights.
    try writeGeodatabase(
      [GeodatabaseLayer("TB", fields: ["JCBH"], rows: [(["1"], arc)], kind: 1012)], to: folder.path("a.gdb"))
    let feature = try #require(records(Self.job(folder.path("a.gdb"))).first)
    #expect(Set(feature.remarks.map(\.kind)) == [.arcs, .heights])
    guard case .polygons(let polygons) = feature.shape else {
      Issue.record("no polygons")
      return
    }
    // Half a disc of 0.005 degrees.
    let square = GeodesicArea.cgcs2000.area(of: square(112.9, 27.7, side: 0.005))
    let expected = square * .pi / 2
    #expect(abs(GeodesicArea.cgcs2000.area(of: polygons) / expected - 1) < 0.001)
  }

  /// GDAL warns of what only takes it longer.
  @Test func aPolygonOfManyRings() throws {
    let folder = try TemporaryFolder()
    let holes = (1...120).map { hole in
      let x = Double(hole)
      return ",(\(x) 1,\(x) 1.5,\(x + 0.5) 1.5,\(x + 0.5) 1,\(x) 1)"
    }
    let shape = "MULTIPOLYGON (((0 0,130 0,130 3,0 3,0 0)\(holes.joined())))"
    try writeGeodatabase(
      [GeodatabaseLayer("TB", fields: ["JCBH"], rows: [(["1"], shape)])], to: folder.path("a.gdb"))
    let feature = try #require(records(Self.job(folder.path("a.gdb"))).first)
    guard case .polygons(let polygons) = feature.shape else {
      Issue.record("no polygons")
      return
    }
    #expect(polygons.polygonCount == 1 && polygons.ringEnds.count == 121)
  }

  // MARK: Damage

  /// A layer of several blocks of the index, read once whole.
  private static func whole(in folder: TemporaryFolder, count: Int) throws -> [Feature] {
    try writeGeodatabase([layer("TB", count: count)], to: folder.path("whole.gdb"))
    return try records(job(folder.path("whole.gdb")))
  }

  /// Reads a copy of which one file is changed.
  private static func outcome(
    in folder: TemporaryFolder, _ name: String, _ change: (inout [UInt8]) -> Void
  ) throws -> (features: [Feature]?, code: String) {
    let copy = folder.path("copy.gdb")
    try? FileManager.default.removeItem(atPath: copy)
    try FileManager.default.copyItem(atPath: folder.path("whole.gdb"), toPath: copy)
    var bytes = try folder.read("whole.gdb/\(name)")
    change(&bytes)
    try folder.write(bytes, to: "copy.gdb/\(name)")
    return outcome(copy)
  }

  /// Files cut anywhere: refused, or not needed for the records.
  @Test func cutFiles() throws {
    let folder = try TemporaryFolder()
    let whole = try Self.whole(in: folder, count: 60)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path("whole.gdb"))
    for name in names {
      let isNeeded = ["a00000001", "a00000004", "a00000009"].contains { name.hasPrefix($0) }
      for part in stride(from: 0, to: 100, by: isNeeded ? 5 : 50) {
        let outcome = try Self.outcome(in: folder, name) { $0.removeLast($0.count - $0.count * part / 100) }
        #expect(outcome.features == nil || outcome.features == whole, "\(name) \(part) %")
        if name.hasPrefix("a00000009.gdbtab") { #expect(outcome.features == nil, "\(name) \(part) %") }
      }
    }
  }

  /// Pages of zeros in what says where the records are, or over the beginning of one. Within a record only its sender's
  /// figures tell.
  @Test(arguments: ["a00000001.gdbtable", "a00000009.gdbtable", "a00000009.gdbtablx"])
  func zeroedPages(name: String) throws {
    let folder = try TemporaryFolder()
    let whole = try Self.whole(in: folder, count: 300)
    let size = try folder.read("whole.gdb/\(name)").count
    for start in stride(from: 0, to: size - 511, by: 512) {
      let outcome = try Self.outcome(in: folder, name) { bytes in
        for index in start..<start + 512 { bytes[index] = 0 }
      }
      #expect(outcome.features == nil || outcome.features == whole, "\(start)")
    }
  }

  enum Damage: String, CaseIterable, Sendable {
    case stateNone, stateMore, stateFewer, longObjectNumbers, leadTwiceToOne, leadIntoAnother, leadOut, dropOne,
      claimBlocks
  }

  @Test(arguments: Damage.allCases) func damagedTables(_ damage: Damage) throws {
    let folder = try TemporaryFolder()
    _ = try Self.whole(in: folder, count: 20)
    func put(_ number: UInt32, at place: Int, into bytes: inout [UInt8]) {
      for shift in 0..<4 { bytes[place + shift] = UInt8(truncatingIfNeeded: number >> (8 * UInt32(shift))) }
    }
    let index = try folder.read("whole.gdb/a00000009.gdbtablx")
    // The sample's index has places of four or five bytes from its sixteenth byte on.
    let width = Int(index[12])
    let third = (0..<4).reduce(UInt32(0)) { $0 | UInt32(index[16 + 2 * width + $1]) << (8 * UInt32($1)) }
    let (name, code): (String, String) =
      switch damage {
      case .stateNone, .stateMore, .stateFewer: ("a00000009.gdbtable", "records-disagree")
      case .longObjectNumbers: ("a00000009.gdbtable", "geodatabase-version")
      case .dropOne: ("a00000009.gdbtablx", "records-disagree")
      case .leadTwiceToOne, .leadIntoAnother, .leadOut, .claimBlocks: ("a00000009.gdbtablx", "damaged-table")
      }
    let outcome = try Self.outcome(in: folder, name) { bytes in
      switch damage {
      case .stateNone: put(0, at: 4, into: &bytes)
      case .stateMore: put(21, at: 4, into: &bytes)
      case .stateFewer: put(19, at: 4, into: &bytes)
      case .longObjectNumbers: put(4, at: 0, into: &bytes)
      case .leadTwiceToOne: put(third, at: 16 + 5 * width, into: &bytes)
      case .leadIntoAnother: put(third + 8, at: 16 + 5 * width, into: &bytes)
      case .leadOut: put(0x7FFF_FFFF, at: 16 + 5 * width, into: &bytes)
      case .dropOne: put(0, at: 16 + 5 * width, into: &bytes)
      case .claimBlocks: put(0x7FFF_FFFF, at: 4, into: &bytes)
      }
    }
    #expect(outcome.features == nil)
    #expect(outcome.code == code || outcome.code == "refused-by-library", "\(outcome.code)")
    // These GDAL takes without a word.
    let silent: Set<Damage> = [.stateNone, .leadTwiceToOne]
    if silent.contains(damage) { #expect(outcome.code == code) }
  }

  /// What else lies in the folder is not looked at.
  @Test func foreignFiles() throws {
    let folder = try TemporaryFolder()
    let whole = try Self.whole(in: folder, count: 5)
    for name in ["读我.txt", "PC.1234.sr.lock", "a0000ffff.gdbtable"] {
      try folder.write([1, 2, 3], to: "whole.gdb/\(name)")
    }
    try FileManager.default.createDirectory(atPath: folder.path("whole.gdb/sub"), withIntermediateDirectories: false)
    #expect(try records(Self.job(folder.path("whole.gdb"))) == whole)
  }

  @Test func anyFolderIsNoGeodatabase() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(atPath: folder.path("a.gdb"), withIntermediateDirectories: false)
    #expect(Self.outcome(folder.path("a.gdb")).features == nil)
    try folder.write([3, 0, 0, 0], to: "a.gdb/a00000001.gdbtable")
    #expect(Self.outcome(folder.path("a.gdb")).features == nil)
  }
}
