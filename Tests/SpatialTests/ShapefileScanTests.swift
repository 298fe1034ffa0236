import Foundation
import Geodata
import ParcelTesting
import Spatial
import Testing

@Suite struct ShapefileScanTests {
  @Test func aWholeFileHasNoRemarks() throws {
    let folder = try TemporaryFolder()
    let reading = try Reading(RawShapefile().write(in: folder))
    #expect(reading.schema.remarks.isEmpty)
    #expect(reading.features.count == 20)
    #expect(reading.features.allSatisfy { $0.remarks.isEmpty })
    #expect(
      reading.features[7].values == [
        .text("parcel 7"), .integer(7), .real(170), .day(Day(year: 2024, month: 2, day: 29)!), .text("T"),
      ])
  }

  // MARK: Damage

  /// One change and what it must lead to.
  struct Damage: CustomTestStringConvertible {
    var testDescription: String
    var code: String?
    var change: @Sendable (inout Parts) -> Void

    init(_ name: String, _ code: String?, _ change: @escaping @Sendable (inout Parts) -> Void) {
      (testDescription, self.code, self.change) = (name, code, change)
    }
  }

  struct Parts {
    var shp: [UInt8]
    var shx: [UInt8]
    var dbf: [UInt8]

    init(_ raw: RawShapefile) { (shp, shx, dbf) = (raw.shp, raw.shx, raw.dbf) }

    func write(in folder: TemporaryFolder) throws -> String {
      try folder.write(shx, to: "raw.shx")
      try folder.write(dbf, to: "raw.dbf")
      return try folder.write(shp, to: "raw.shp")
    }
  }

  /// Offsets: a record of `.shp` has 136 bytes, the table's head 193, its records 49.
  static let damages = [
    Damage("file code of .shp", "bad-shape-header") { $0.shp[3] = 1 },
    Damage("version of .shx", "bad-shape-header") { $0.shx[28] = 1 },
    Damage("unknown type", "bad-shape-header") { $0.shp[32] = 7 },
    Damage("types differ", "kinds-disagree") { $0.shx[32] = 15 },
    Damage(".shp of a few bytes", "size-disagrees") { $0.shp = [1, 2, 3] },
    Damage("empty .shx", "size-disagrees") { $0.shx = [] },
    Damage(".shp longer than stated", "size-disagrees") { $0.shp += [0, 0] },
    Damage(".shx with half an entry", "size-disagrees") {
      $0.shx += [0, 0, 0, 0]
      $0.shx.replaceSubrange(24..<28, with: RawShapefile.big($0.shx.count / 2))
    },
    Damage("entry elsewhere", "index-disagrees") { $0.shx[100 + 8 * 3 + 3] ^= 2 },
    Damage("entry before the first record", "index-disagrees") {
      $0.shx.replaceSubrange(100..<104, with: RawShapefile.big(0))
    },
    Damage("entry behind the end", "index-disagrees") { $0.shx[100] = 0x7F },
    Damage("length of entry", "index-disagrees") { $0.shx[100 + 8 * 3 + 7] ^= 2 },
    Damage("one length that counts the header", "index-disagrees") { $0.shx[100 + 8 * 3 + 7] += 4 },
    Damage("length in .shp", "index-disagrees") { $0.shp[100 + 136 * 3 + 7] ^= 1 },
    Damage("record number", "index-disagrees") { $0.shp[100 + 136 * 3 + 3] = 9 },
    Damage("one record twice", "index-disagrees") { $0.shx.replaceSubrange(108..<116, with: $0.shx[100..<108]) },
    Damage("a hole between records", "outside-records") {
      $0.shp.insert(contentsOf: [0, 0, 0, 0], at: 100)
      $0.shp.replaceSubrange(24..<28, with: RawShapefile.big($0.shp.count / 2))
      for entry in 0..<20 {
        $0.shx.replaceSubrange((100 + 8 * entry)..<(104 + 8 * entry), with: RawShapefile.big(52 + 68 * entry))
      }
    },
    Damage("bytes after the last record", "outside-records") {
      $0.shp += [0, 0, 0, 0]
      $0.shp.replaceSubrange(24..<28, with: RawShapefile.big($0.shp.count / 2))
    },
    Damage(".shx of a shorter file", "outside-records") {
      let short = RawShapefile(count: 19)
      ($0.shx, $0.dbf) = (short.shx, short.dbf)
    },
    Damage(".shx of another file with as many records", "index-disagrees") {
      var other = RawShapefile()
      other.shapes[6] = RawShapefile.polygon([[(0, 0), (0, 1), (1, 1), (0, 0)]])
      other.shapes[7] = RawShapefile.polygon([[(0, 0), (0, 1), (1, 1), (2, 1), (2, 0), (0, 0)]])
      $0.shx = other.shx
    },
    Damage(".dbf of a longer file", "counts-disagree") { $0.dbf = RawShapefile(count: 21).dbf },
    Damage("count lowered", "counts-disagree") { $0.dbf[4] = 10 },
    Damage("count raised", "size-disagrees") { $0.dbf[4] = 21 },
    Damage("33 bytes that claim two thousand million records", "size-disagrees") {
      $0.dbf = Array($0.dbf[..<33])
      $0.dbf.replaceSubrange(4..<8, with: RawShapefile.little(2_147_483_632, 4))
    },
    Damage("version of .dbf", "bad-table") { $0.dbf[0] = 0x99 },
    Damage("head of .dbf too short", "bad-table") { $0.dbf.replaceSubrange(8..<10, with: [20, 0]) },
    Damage("no fields", "bad-table") { $0.dbf[32] = 0x0D },
    Damage("a field less", "widths-disagree") { $0.dbf[32 + 32 * 4] = 0x0D },
    Damage("a field without a name", "bad-field") { $0.dbf[32] = 0 },
    Damage("a field without width", "bad-field") { $0.dbf[32 + 16] = 0 },
    Damage("a memo", "field-kind") { $0.dbf[32 + 11] = UInt8(ascii: "M") },
    Damage("width of a field", "widths-disagree") { $0.dbf[32 + 16] += 1 },
    Damage("names repeated", "repeated-field") { $0.dbf.replaceSubrange(64..<68, with: Array("NAME".utf8)) },
    Damage("a record after the last", "rows-beyond-count") { $0.dbf.insert(contentsOf: $0.dbf[193..<242], at: 193) },
    Damage("a mark", "damaged-table") { $0.dbf[193 + 49 * 5] = 0 },

    Damage("no 0x1A at the end", nil) { $0.dbf.removeLast() },
    Damage("padding at the end", nil) { $0.dbf += [0x1A, 0, 0x20] },
    Damage("numbers from 0", nil) { parts in for k in 0..<20 { parts.shp[100 + 136 * k + 3] = UInt8(k) } },
    Damage("lengths that count the header", nil) { parts in for k in 0..<20 { parts.shx[100 + 8 * k + 7] += 4 } },
    Damage("two records in another order", nil) {
      let (first, second) = (Array($0.shp[100..<236]), Array($0.shp[236..<372]))
      $0.shp.replaceSubrange(100..<372, with: second + first)
      $0.shx.replaceSubrange(100..<104, with: RawShapefile.big(118))
      $0.shx.replaceSubrange(108..<112, with: RawShapefile.big(50))
    },
    Damage("a longer head, as Visual FoxPro writes", nil) {
      $0.dbf[0] = 0x30
      $0.dbf.insert(contentsOf: [UInt8](repeating: 0, count: 263), at: 193)
      $0.dbf.replaceSubrange(8..<10, with: RawShapefile.little(193 + 263, 2))
    },
  ]

  @Test(arguments: damages) func damageIsNamed(_ damage: Damage) throws {
    let folder = try TemporaryFolder()
    let path = try RawShapefile().write(in: folder)
    let whole = try Reading(path).features
    var parts = Parts(RawShapefile())
    damage.change(&parts)
    #expect(ReadingTests.code(reading: try parts.write(in: folder)) == damage.code)
    if damage.code == nil { #expect(try Reading(path).features == whole) }
  }

  @Test func aTableOnItsOwnIsLookedAtToo() throws {
    let folder = try TemporaryFolder()
    let bytes = RawShapefile().dbf
    let path = try folder.write(bytes, to: "a.dbf")
    #expect(try Reading(path, purpose: .rows).features.count == 20)
    for (change, code) in [
      ({ (bytes: inout [UInt8]) in bytes[4] = 19 }, "rows-beyond-count"), ({ $0[4] = 21 }, "size-disagrees"),
      ({ $0[193] = 1 }, "damaged-table"),
    ] {
      var damaged = bytes
      change(&damaged)
      try folder.write(damaged, to: "a.dbf")
      #expect(ReadingTests.code(reading: path, .rows) == code)
    }
  }

  /// Cut at every hundredth, each part by itself: refused, or nothing is lost.
  @Test(arguments: ["shp", "shx", "dbf"]) func cuts(part: String) throws {
    let folder = try TemporaryFolder()
    let path = try RawShapefile().write(in: folder)
    let whole = try Reading(path).features
    let bytes = try folder.read("raw.\(part)")
    for percent in 0..<100 {
      try folder.write(bytes[..<(bytes.count * percent / 100)], to: "raw.\(part)")
      #expect(ReadingTests.code(reading: path) == "size-disagrees", "\(percent) %")
    }
    try folder.write(bytes.dropLast(), to: "raw.\(part)")
    #expect(part == "dbf" ? try Reading(path).features == whole : ReadingTests.code(reading: path) == "size-disagrees")
  }

  /// Whatever is read of a zeroed file is what was written, or carries a remark.
  @Test(arguments: ["shp", "shx", "dbf"]) func zeroedRanges(part: String) throws {
    let folder = try TemporaryFolder()
    let path = try RawShapefile().write(in: folder)
    let whole = try Reading(path).features
    let bytes = try folder.read("raw.\(part)")
    // The descriptions of the fields are left out: a name or a kind is what the file says it is.
    let begin = part == "dbf" ? 193 : 0
    var read = 0
    for (number, start) in stride(from: begin, to: bytes.count - 16, by: 41).enumerated() {
      var damaged = bytes
      let end = min(bytes.count, start + 16 + number % 5 * 60)
      damaged.replaceSubrange(start..<end, with: repeatElement(0, count: end - start))
      try folder.write(damaged, to: "raw.\(part)")
      guard let features = try? Reading(path).features else { continue }
      read += 1
      #expect(features.map(\.record) == whole.map(\.record))
      for (feature, original) in zip(features, whole) where feature != original {
        #expect(feature.isRemarked, "\(start)..<\(end), record \(feature.record)")
      }
    }
    // Every byte of .shx behind its header is needed, and every range here reaches one.
    #expect((read > 0) == (part != "shx"))
  }

  /// Single bytes replaced at random. What is read without a remark has as many records as before, with the same
  /// numbers; outside the descriptions of fields, a record differs in nothing but coordinates within its box or in
  /// characters of cells that are still values.
  @Test(arguments: ["shp", "shx", "dbf"]) func flippedBytes(part: String) throws {
    let folder = try TemporaryFolder()
    let path = try RawShapefile(count: 4).write(in: folder)
    let whole = try Reading(path)
    let bytes = try folder.read("raw.\(part)")
    var generator = SeededGenerator(seed: 7)
    var read = 0
    for _ in 0..<500 {
      let offset = Int.random(in: bytes.indices, using: &generator)
      var damaged = bytes
      damaged[offset] = UInt8.random(in: .min ... .max, using: &generator)
      try folder.write(damaged, to: "raw.\(part)")
      guard let reading = try? Reading(path) else { continue }
      read += 1
      let deleted = reading.schema.remarks.filter { $0.kind == .deletedRecords }.compactMap { Int($0.detail) }
      #expect(reading.features.count + deleted.reduce(0, +) == 4, "\(offset)")
      for feature in reading.features {
        let original = whole.features[feature.record - 1]
        switch part {
        case "shx": #expect(feature == original)
        case "shp": #expect(feature.isRemarked || feature.values == original.values && feature.hasRings(of: original))
        default: #expect(feature.shape == original.shape)
        }
      }
    }
    #expect(read > 0)
  }

  // MARK: Parts

  @Test func partsAreFoundAsGDALFindsThem() throws {
    let folder = try TemporaryFolder()
    let path = try RawShapefile().write(in: folder)
    func move(_ name: String, _ target: String) throws {
      try FileManager.default.moveItem(atPath: folder.path(name), toPath: folder.path(target))
    }
    try move("raw.dbf", "raw.DBF")
    #expect(ReadingTests.code(reading: path) == nil)
    try folder.write(RawShapefile().dbf, to: "raw.dbf")
    #expect(ReadingTests.code(reading: path) == "part-ambiguous")
    try FileManager.default.removeItem(atPath: folder.path("raw.dbf"))
    try move("raw.DBF", "raw.Dbf")
    #expect(ReadingTests.code(reading: path) == "part-misnamed")
    try move("raw.Dbf", "elsewhere")
    #expect(ReadingTests.code(reading: path) == "part-missing")
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("raw.dbf"), withDestinationPath: folder.path("elsewhere"))
    #expect(ReadingTests.code(reading: path) == "part-no-file")
    try FileManager.default.removeItem(atPath: folder.path("raw.dbf"))
    try FileManager.default.createDirectory(atPath: folder.path("raw.dbf"), withIntermediateDirectories: true)
    #expect(ReadingTests.code(reading: path) == "part-no-file")
  }

  // MARK: Shapes

  static let ring = [(100.0, 30.0), (100, 31), (101, 31), (101, 30), (100, 30)]
  static let heights = 16 + 8 * 5

  /// Type of the file, content of the only record, what is wrong with it, remarks of the record and of the file.
  static let shapes: [(String, Int, [UInt8], String?, [Remark], [Remark])] = [
    ("polygon", 5, RawShapefile.polygon([ring]), nil, [], []),
    (
      "with a hole", 5, RawShapefile.polygon([ring, [(100.2, 30.2), (100.4, 30.2), (100.4, 30.4), (100.2, 30.2)]]), nil,
      [], []
    ),
    ("Z", 15, RawShapefile.polygon([ring], kind: 15, extra: heights), nil, [], [Remark(.heights)]),
    ("Z and M", 15, RawShapefile.polygon([ring], kind: 15, extra: 2 * heights), nil, [], [Remark(.heights)]),
    ("M", 25, RawShapefile.polygon([ring], kind: 25, extra: heights), nil, [], [Remark(.heights)]),
    ("M left out", 25, RawShapefile.polygon([ring], kind: 25), nil, [], [Remark(.heights)]),
    ("Z left out", 15, RawShapefile.polygon([ring], kind: 15), "128 bytes", [], [Remark(.heights)]),
    ("no shape", 5, RawShapefile.little(0, 4), nil, [], []),
    ("no shape, but bytes", 5, RawShapefile.little(0, 4) + [0, 0, 0, 0], "without shape", [], []),
    ("another type", 5, RawShapefile.polygon([ring], kind: 3), "type of shape 3", [], []),
    ("too short for a type", 5, [5, 0], "too short", [], []),
    ("too short", 5, Array(RawShapefile.polygon([ring])[..<40]), "too short", [], []),
    ("points missing", 5, Array(RawShapefile.polygon([ring]).dropLast(16)), "do not hold", [], []),
    ("bytes to spare", 5, RawShapefile.polygon([ring], extra: 4), "do not hold", [], []),
    ("empty", 5, RawShapefile.polygon([]), nil, [], []),
    ("a ring without points", 5, RawShapefile.polygon([ring, []]), "rings", [], []),
    (
      "points without ring", 5, RawShapefile.polygon([]).replacing(40, 1) + [UInt8](repeating: 0, count: 16), "rings",
      [], []
    ),
    ("second ring first", 5, RawShapefile.polygon([ring, ring]).replacing(44, 5).replacing(48, 0), "rings", [], []),
    ("box upside down", 5, RawShapefile.polygon([ring]).replacing(4, bits: 200), "box", [], []),
    ("box NaN", 5, RawShapefile.polygon([ring]).replacing(4, bits: .nan), "box", [], []),
    ("point outside", 5, RawShapefile.polygon([ring]).replacing(48, bits: 99.9), "outside", [], []),
    ("point NaN", 5, RawShapefile.polygon([ring]).replacing(48 + 8, bits: .nan), "outside", [], []),
    ("point infinite", 5, RawShapefile.polygon([ring]).replacing(48 + 16, bits: .infinity), "outside", [], []),
    ("within tolerance", 5, RawShapefile.polygon([ring]).replacing(4, bits: 100 + 1e-8), nil, [], []),
    ("beyond tolerance", 5, RawShapefile.polygon([ring]).replacing(4, bits: 100 + 1e-6), "outside", [], []),
    ("not closed", 5, RawShapefile.polygon([Array(ring.dropLast())]), nil, [Remark(.unclosedRing, "1")], []),
    (
      "two not closed", 5, RawShapefile.polygon([Array(ring.dropLast()), ring, Array(ring.dropLast())]), nil,
      [Remark(.unclosedRing, "2")], []
    ),
  ]

  @Test(arguments: shapes) func shapesAreJudged(
    name: String, kind: Int, content: [UInt8], reason: String?, remarks: [Remark], fileRemarks: [Remark]
  ) throws {
    let folder = try TemporaryFolder()
    var raw = RawShapefile(count: 3)
    let other =
      switch kind {
      case 15: RawShapefile.polygon([Self.ring], kind: 15, extra: Self.heights)
      case 25: RawShapefile.polygon([Self.ring], kind: 25)
      default: RawShapefile.polygon([Self.ring])
      }
    (raw.kind, raw.shapes) = (kind, [other, content, other])
    let reading = try Reading(raw.write(in: folder))
    #expect(reading.features.map(\.record) == [1, 2, 3])
    #expect(reading.schema.remarks == fileRemarks)
    #expect(reading.features[1].remarks == remarks)
    for index in [0, 2] {
      guard case .polygons(let polygons) = reading.features[index].shape else { return #expect(Bool(false)) }
      #expect(polygons.points.count == 5)
    }
    switch (reading.features[1].shape, reason) {
    case (.damaged(let found), let reason?): #expect(found.contains(reason), "\(found)")
    case (.polygons(let polygons), nil): #expect(polygons.outlines.allSatisfy { $0.first == $0.last })
    case (.absent, nil): #expect(["no shape", "empty"].contains(name))
    default: #expect(Bool(false), "\(reading.features[1].shape)")
    }
  }

  // MARK: Others' files

  /// Files that others made that are not read whole, each for a fault of its own; all others are.
  static let odd: [String: String] = [
    // Lines and points whose lengths do not fit: no parcels, so GDAL is the first to complain.
    "shapefile/gdal/shp/buggymultiline.shp": "refused-by-library",
    "shapefile/gdal/shp/buggymultipoint.shp": "refused-by-library",
    // The index says 18 bytes, the record 20.
    "shapefile/gdal/shp/buggypoint.shp": "index-disagrees",
    // Made to break readers: 16 points for 15, two rings from one point, points of no ring.
    "shapefile/gdal/shp/buggymultipoly.shp": "1: 296 bytes do not hold 1 rings of 16 points",
    "shapefile/gdal/shp/buggymultipoly2.shp": "1: its rings do not divide its points",
    "shapefile/gdal/shp/emptymultipoly.shp": "1: 296 bytes do not hold 0 rings of 15 points",
    // Points and polygons in a file of lines.
    "shapefile/gdal/shp/mixed_shape_type_non_conformant.shp":
      "2: type of shape 1 in a file of type 3; 3: type of shape 5 in a file of type 3; 5: type of shape 8 in a file "
      + "of type 3; 6: type of shape 5 in a file of type 3",
    // Rings of four points without the first repeated.
    "shapefile/gdal/shp/polygonm_without_m.shp": "unclosed-ring 1; unclosed-ring 1",
    // Without `.shx`.
    "shapefile/geozero/linem.shp": "part-missing",
    "shapefile/geozero/linez.shp": "part-missing",
    "shapefile/geozero/multi_polygon.shp": "part-missing",
    "shapefile/geozero/multipatch.shp": "part-missing",
    "shapefile/geozero/multipoint.shp": "part-missing",
    "shapefile/geozero/multipointz.shp": "part-missing",
    "shapefile/geozero/pointm.shp": "part-missing",
    "shapefile/geozero/pointz.shp": "part-missing",
    "shapefile/geozero/polygon.shp": "part-missing",
    "shapefile/geozero/polygonm.shp": "part-missing",
    "shapefile/geozero/polygonz.shp": "part-missing",
  ]

  static let corpora = ["shapefile", "parcels_eu", "overlay"].flatMap { folder -> [String] in
    guard let root = sharedFolder()?.appendingPathComponent("corpora") else { return [] }
    let names = (try? FileManager.default.subpathsOfDirectory(atPath: root.appendingPathComponent(folder).path)) ?? []
    return names.filter { $0.hasSuffix(".shp") }.map { "\(folder)/\($0)" }.sorted()
  }

  @Test(.enabled(if: sharedFolder() != nil, "needs ../shared"), arguments: corpora)
  func filesOfOthers(path: String) throws {
    let folder = try TemporaryFolder()
    let file = try #require(sharedFolder()).appendingPathComponent("corpora/\(path)")
    let outcome = try Self.outcome(Self.completed(file, in: folder))
    #expect(outcome == Self.odd[path] ?? "fine")
  }

  @Test(
    .enabled(if: sharedFolder() != nil, "needs ../shared"),
    arguments: [
      ("bg/bg_arable_land_2024.zip", "fine", "UTF-8"), ("br_ba_lem/LEM_dataset.zip", "fine", "UTF-8"),
      ("cz/bd51ec4dea8697946b9a570a6b7c9fe587e2f8334cee74778d2339da43178d38", "fine", "UTF-8"),
      ("dk/Marker_2026.zip", "fine", "CP1252"),
      ("sk/003b211508235a729804b1d7db871e8928250ed76d7058a36c73cb65a3c7d04c", "fine", "CP1252"),
    ])
  func registersOfOthers(path: String, expected: String, encoding: String) throws {
    let folder = try TemporaryFolder()
    let file = try #require(sharedFolder()).appendingPathComponent("corpora/parcels_eu/\(path)")
    try folder.write(Data(contentsOf: file), to: "a.zip")
    let outcome = Self.outcome(folder.path("a.zip"))
    // The Bulgarian register writes empty numbers as asterisks.
    #expect(outcome == expected || path.hasPrefix("bg/") && outcome.hasPrefix("overflow"))
    let reading = try Reading(folder.path("a.zip"))
    #expect(reading.features.count == 100)
    #expect(reading.schema.encoding == encoding)
  }

  /// The file itself, or a copy with a table where only that is missing: most odd shapes come without one.
  private static func completed(_ shp: URL, in folder: TemporaryFolder) throws -> String {
    let base = shp.deletingPathExtension()
    guard let shx = try? Data(contentsOf: base.appendingPathExtension("shx")),
      !FileManager.default.fileExists(atPath: base.appendingPathExtension("dbf").path)
    else { return shp.path }
    try folder.write(RawShapefile(count: (shx.count - 100) / 8).dbf, to: "a.dbf")
    try folder.write(shx, to: "a.shx")
    return try folder.write(Data(contentsOf: shp), to: "a.shp")
  }

  /// `fine`, the code of the refusal, or what is wrong with records.
  private static func outcome(_ path: String) -> String {
    do {
      let reading = try Reading(path)
      let damaged = reading.features.compactMap { feature in
        if case .damaged(let reason) = feature.shape { "\(feature.record): \(reason)" } else { nil }
      }
      let remarks = (reading.schema.remarks + reading.features.flatMap(\.remarks)).filter { $0.kind != .heights }.map {
        "\($0.kind.rawValue) \($0.detail)"
      }
      return damaged.isEmpty && remarks.isEmpty ? "fine" : (damaged + remarks).joined(separator: "; ")
    } catch {
      return (error as? SpatialError)?.code ?? "\(error)"
    }
  }

  /// Kinds that are no parcels are left to GDAL, whose complaint refuses the file.
  @Test func complaintsOfTheLibraryRefuseTheFile() throws {
    let folder = try TemporaryFolder()
    var raw = RawShapefile(count: 1)
    (raw.kind, raw.shapes) = (3, [RawShapefile.polygon([Self.ring], kind: 3)])
    let path = try raw.write(in: folder)
    #expect(try Reading(path).features.map(\.shape) == [.unsupported("LineString")])
    raw.shapes[0] = raw.shapes[0].replacing(40, 0x7F0005)
    try raw.write(in: folder)
    #expect(ReadingTests.code(reading: path) == "refused-by-library")
  }
}

extension [UInt8] {
  fileprivate func replacing(_ offset: Int, _ value: Int) -> [UInt8] {
    var copy = self
    copy.replaceSubrange(offset..<(offset + 4), with: RawShapefile.little(value, 4))
    return copy
  }

  fileprivate func replacing(_ offset: Int, bits value: Double) -> [UInt8] {
    var copy = self
    copy.replaceSubrange(offset..<(offset + 8), with: RawShapefile.double(value))
    return copy
  }
}

extension Feature {
  /// Whether anyone who reads the record learns that something is wrong with it.
  fileprivate var isRemarked: Bool {
    if case .damaged = shape { return true }
    return !remarks.isEmpty
  }

  fileprivate func hasRings(of other: Feature) -> Bool {
    guard case .polygons(let mine) = shape, case .polygons(let others) = other.shape else {
      return shape == other.shape
    }
    return mine.outlines.map(\.count) == others.outlines.map(\.count)
  }
}

extension Polygons {
  /// The points of each ring.
  fileprivate var outlines: [[Point]] {
    ringEnds.indices.map { Array(points[points(ofRing: $0)]) }
  }
}
