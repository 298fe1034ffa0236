import Foundation
import Geodata
import ParcelTesting
import Spatial
import Testing

private typealias Member = MadeZip.Member

@Suite struct ZipTests {
  // MARK: What is refused

  struct Hostile: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let code: String
    let bytes: [UInt8]

    init(_ code: String, _ words: String, _ zip: MadeZip) { self.init(code, words, zip.bytes) }

    init(_ code: String, _ words: String, _ bytes: [UInt8]) {
      (self.code, testDescription, self.bytes) = (code, "\(code): \(words)", bytes)
    }
  }

  @Test(arguments: names + kinds + sizes + places + ends) func hostileZipsAreRefused(_ hostile: Hostile) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(hostile.bytes, to: "a.zip")
    let error = #expect(throws: SpatialError.self) { _ = try ZipArchive(path) }
    #expect(error?.code == hostile.code)
    // A message can be printed, whatever the names are.
    let text = error.map { $0.message.zh + $0.message.en + $0.remedy.zh + $0.remedy.en } ?? ""
    #expect(!text.isEmpty && !text.unicodeScalars.contains { $0.properties.generalCategory == .control })
  }

  static let names: [Hostile] =
    [
      ("parent", "../a.shp"), ("parent below", "a/../../b.shp"), ("parent at the end", "a/.."), ("root", "/a.shp"),
      ("only the root", "/"), ("drive", "C:/a.shp"), ("drive without root", "c:a.shp"), ("share", "\\\\host\\a.shp"),
      ("parent with backslashes", "..\\a.shp"), ("mixed separators", "a\\..\\../b.shp"), ("NUL", "a\0.shp"),
      ("end of line", "a\n.shp"), ("escape", "\u{1B}[2Ja.shp"), ("C1", "a\u{85}.shp"), ("turned", "a\u{202E}phs.exe"),
      ("nothing between", "a//b.shp"), ("nothing", ""), ("here", "./a.shp"), ("litter outside", "__MACOSX/../../._a"),
      ("long", String(repeating: "图", count: 85) + "a.shp"), ("deep", String(repeating: "a/", count: 9) + "a.shp"),
      ("accent behind a separator", "../\u{301}a.shp"), ("deep folder", String(repeating: "a/", count: 9)),
    ].map { Hostile("zip-bad-name", $0, MadeZip([Member($1) { $0.attributes = 0 }])) }
    + [
      Hostile("zip-bad-name", "not UTF-8 though it says so", MadeZip([Member(raw: gbk)])),
      Hostile("zip-bad-name", "no encoding", MadeZip([Member(raw: [0xFF, 0x41]) { $0.flags = 0 }])),
      Hostile("zip-duplicate-name", "twice", MadeZip([Member("a.shp"), Member("a.shp")])),
      Hostile("zip-duplicate-name", "case", MadeZip([Member("a/b.shp"), Member("A/B.SHP")])),
      Hostile("zip-duplicate-name", "long s", MadeZip([Member("ſ.shp"), Member("S.shp")])),
      Hostile("zip-duplicate-name", "composed", MadeZip([Member("\u{E9}"), Member("e\u{301}")])),
      Hostile("zip-duplicate-name", "separators", MadeZip([Member("a/b.shp"), Member("a\\b.shp")])),
      Hostile("zip-duplicate-name", "file and folder", MadeZip([Member("a"), Member("a/", [])])),
      Hostile("zip-duplicate-name", "file above a file", MadeZip([Member("a/b/c.shp"), Member("A")])),
    ]

  static let kinds = [
    Hostile("zip-link", "link", MadeZip([Member("a.shp") { $0.attributes = 0o120777 << 16 }])),
    Hostile("zip-link", "pipe", MadeZip([Member("a.shp") { $0.attributes = 0o010644 << 16 }])),
    Hostile("zip-link", "device", MadeZip([Member("a.shp") { $0.attributes = 0o060644 << 16 }])),
    Hostile("zip-link", "folder without a slash", MadeZip([Member("a.shp") { $0.attributes = 0o040755 << 16 }])),
    Hostile("zip-link", "link called a folder", MadeZip([Member("a/", []) { $0.attributes = 0o120777 << 16 }])),
    Hostile("zip-encrypted", "flag", MadeZip([Member("a.shp") { $0.flags = 0x801 }])),
    Hostile("zip-encrypted", "strong", MadeZip([Member("a.shp") { $0.flags = 0x840 }])),
    Hostile("zip-encrypted", "AES", MadeZip([Member("a.shp") { $0.method = 99 }])),
    Hostile("zip-encrypted", "AES field", MadeZip([Member("a.shp") { $0.extra = [0x01, 0x99, 1, 0, 0] }])),
    Hostile("zip-method", "deflate64", MadeZip([Member("a.shp") { $0.method = 9 }])),
    Hostile("zip-method", "LZMA", MadeZip([Member("a.shp") { $0.method = 14 }])),
    Hostile("zip-nested", "zip", MadeZip([Member("a.geojson"), Member("b/内层.ZIP")])),
    Hostile("zip-nested", "RAR", MadeZip([Member("a.rar")])),
    Hostile("zip-nested", "tar", MadeZip([Member("a.tar.gz")])),
  ]

  static let sizes = [
    Hostile(
      "zip-bomb", "states much", MadeZip([Member("a.shp") { ($0.isDeflated, $0.statedSize) = (true, 100 << 20) }])),
    Hostile(
      "zip-bomb", "states more than numbers hold",
      MadeZip((0..<3).map { Member("\($0)") { ($0.isDeflated, $0.isLarge, $0.statedSize) = (true, true, .max) } })),
    Hostile("zip-too-many", "entries", MadeZip([Member("a.shp")]) { $0.statedCount = 10_001 }),
    Hostile(
      "zip-too-many", "entries in 64 bits", MadeZip([Member("a.shp")]) { ($0.isLarge, $0.statedCount) = (true, .max) }),
    Hostile("zip-damaged", "folder with content", MadeZip([Member("a/", [1]) { $0.attributes = 0 }])),
    Hostile("zip-damaged", "stored in another size", MadeZip([Member("a.shp") { $0.statedSize = 4 }])),
  ]

  static let places = [
    Hostile(
      "zip-overlap", "into the next",
      MadeZip([
        Member("a.shp") { ($0.hasDescriptor, $0.statedSize, $0.statedPackedSize) = (true, 40, 40) }, Member("b"),
      ])),
    Hostile(
      "zip-overlap", "into the directory",
      MadeZip([Member("a.shp") { ($0.hasDescriptor, $0.statedSize, $0.statedPackedSize) = (true, 40, 40) }])),
    Hostile(
      "zip-overlap", "one within the other",
      MadeZip([Member("a.shp", MadeZip([Member("b.shp")]).bytes), Member("b.shp") { $0.offset = 35 }])),
    Hostile("zip-damaged", "outside", MadeZip([Member("a.shp") { $0.offset = 1 << 30 }])),
    Hostile("zip-damaged", "no header there", MadeZip([Member("a.shp") { $0.offset = 2 }])),
    Hostile("zip-disagrees", "name", MadeZip([Member("a.shp") { $0.localName = Array("b.shp".utf8) }])),
    Hostile("zip-disagrees", "case", MadeZip([Member("a.shp") { $0.localName = Array("A.shp".utf8) }])),
    Hostile("zip-disagrees", "method", MadeZip([Member("a.shp") { $0.localMethod = 8 }])),
    Hostile("zip-disagrees", "encoding", MadeZip([Member("a.shp") { $0.localFlags = 0 }])),
    Hostile("zip-disagrees", "encryption", MadeZip([Member("a.shp") { $0.localFlags = 0x801 }])),
    Hostile("zip-disagrees", "size", MadeZip([Member("a.shp") { $0.localSize = 4 }])),
  ]

  static let ends = [
    Hostile("zip-damaged", "nothing", []), Hostile("zip-damaged", "no zip", Array("Rar!\u{1A}\u{7}".utf8)),
    Hostile("zip-damaged", "fewer stated", MadeZip([Member("a"), Member("b")]) { $0.statedCount = 1 }),
    Hostile("zip-damaged", "more stated", MadeZip([Member("a"), Member("b")]) { $0.statedCount = 3 }),
    Hostile("zip-damaged", "something behind", MadeZip([Member("a")]).bytes + [0]),
    Hostile("zip-damaged", "something in front", [0] + MadeZip([Member("a")]).bytes),
    Hostile("zip-volumes", "second volume", MadeZip([Member("a")]) { $0.volume = 1 }),
  ]

  @Test func limitsAreTheCallers() throws {
    let folder = try TemporaryFolder()
    let content = [UInt8](repeating: 7, count: 1000)
    let path = try folder.write(MadeZip([Member("a", content), Member("b", content)]).bytes, to: "a.zip")
    func code(_ change: (inout ZipLimits) -> Void) -> String? {
      var limits = ZipLimits()
      change(&limits)
      return ReadingTests.code { _ = try ZipArchive(path, limits: limits) }
    }
    #expect(code { $0.entries = 1 } == "zip-too-many")
    #expect(code { $0.entries = 2 } == nil)
    #expect(code { $0.directory = 93 } == "zip-too-many")
    #expect(code { $0.directory = 94 } == nil)
    #expect(code { $0.unpacked = 1999 } == "zip-too-large")
    #expect(code { $0.unpacked = 2000 } == nil)
    #expect(code { ($0.unpackedWithoutQuestion, $0.ratio) = (1999, 1) } == nil)
    #expect(code { ($0.unpackedWithoutQuestion, $0.ratio) = (0, 1) } == nil)
  }

  @Test func aMissingFileIsMissing() throws {
    let folder = try TemporaryFolder()
    #expect(ReadingTests.code { _ = try ZipArchive(folder.path("a.zip")) } == "file-missing")
    #expect(ReadingTests.code { _ = try ZipArchive(folder.url.path) } == "file-missing")
  }

  // MARK: What is taken

  static let long = (0..<70_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }

  struct Good: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let zip: MadeZip
    /// What the first entry is called.
    let path: String

    init(_ words: String, _ zip: MadeZip, path: String = "a.geojson") {
      (testDescription, self.zip, self.path) = (words, zip, path)
    }
  }

  /// 图斑 in GBK.
  static let gbk: [UInt8] = [0xCD, 0xBC, 0xB0, 0xDF]
  /// A character whose second byte is a backslash.
  static let gbkWithBackslash: [UInt8] = [0x95, 0x5C]

  static let good = [
    Good("stored", MadeZip([Member("a.geojson")])),
    Good("deflated", MadeZip([Member("a.geojson") { $0.isDeflated = true }])),
    Good("empty", MadeZip([Member("a.geojson", [])])),
    Good("empty and deflated", MadeZip([Member("a.geojson", []) { $0.isDeflated = true }])),
    Good("long", MadeZip([Member("a.geojson", long)])),
    Good("long and deflated", MadeZip([Member("a.geojson", long) { $0.isDeflated = true }])),
    Good("descriptor", MadeZip([Member("a.geojson") { ($0.isDeflated, $0.hasDescriptor) = (true, true) }])),
    Good("64 bits", MadeZip([Member("a.geojson") { $0.isLarge = true }]) { $0.isLarge = true }),
    Good("64 bits at the end only", MadeZip([Member("a.geojson")]) { $0.isLarge = true }),
    Good("64 bits and a descriptor", MadeZip([Member("a.geojson") { ($0.isLarge, $0.hasDescriptor) = (true, true) }])),
    Good("comment", MadeZip([Member("a.geojson")]) { $0.comment = Array("县局下发".utf8) }),
    Good("longest comment", MadeZip([Member("a.geojson")]) { $0.comment = Array(repeating: 0x50, count: 0xFFFF) }),
    Good("gap", MadeZip([Member("a.geojson")]) { $0.gap = [0, 0, 0] }),
    Good("no Unix mode", MadeZip([Member("a.geojson") { $0.attributes = 0x20 }])),
    Good("UTF-8", MadeZip([Member("下发/图斑.geojson")]), path: "下发/图斑.geojson"),
    Good("UTF-8 that does not say so", MadeZip([Member("图斑.geojson") { $0.flags = 0 }]), path: "图斑.geojson"),
    Good("GBK", MadeZip([Member(raw: gbk + ".geojson".utf8) { $0.flags = 0 }]), path: "图斑.geojson"),
    Good(
      "GBK that could be UTF-8", MadeZip([Member(raw: Array(gbk[..<2]) + ".geojson".utf8) { $0.flags = 0 }]),
      path: "图.geojson"),
    Good(
      "GBK with a backslash in a character",
      MadeZip([Member(raw: gbkWithBackslash + ".geojson".utf8) { $0.flags = 0 }]), path: "昞.geojson"),
    Good(
      "Unicode path",
      MadeZip([Member(raw: [0x80] + ".geojson".utf8) { $0.unicodePath("图斑.geojson") }]), path: "图斑.geojson"),
    Good(
      "Unicode path of another name",
      MadeZip([
        Member(raw: gbk + ".geojson".utf8) {
          $0.unicodePath("x.geojson")
          $0.extra[5] ^= 1
        }
      ]), path: "图斑.geojson"),
    Good("backslashes", MadeZip([Member("下发\\图斑.geojson")]), path: "下发/图斑.geojson"),
    Good("padded extra field", MadeZip([Member("a.geojson") { $0.extra = [0, 0, 0] }])),
    Good(
      "folders and litter",
      MadeZip([
        Member("a.geojson"), Member("b/", []) { $0.attributes = 0o040755 << 16 | 0x10 },
        Member("__MACOSX/._a.geojson"), Member(".DS_Store"), Member("b/Thumbs.db"), Member("__MACOSX/a.zip"),
      ])),
    Good("eight folders", MadeZip([Member("a.geojson"), Member("1/2/3/4/5/6/7/8/a.txt")])),
    Good("longest name", MadeZip([Member("a.geojson"), Member(String(repeating: "图", count: 85))])),
    Good("a colon behind a character", MadeZip([Member("图:1.geojson")]), path: "图:1.geojson"),
  ]

  @Test(arguments: good) func goodZipsAreTaken(_ good: Good) throws {
    let folder = try TemporaryFolder()
    let archive = try ZipArchive(try folder.write(good.zip.bytes, to: "a.zip"))
    #expect(archive.entries.count == good.zip.members.count)
    #expect(archive.entries.first?.path == good.path)
    for (entry, member) in zip(archive.entries, good.zip.members) {
      #expect(try content(archive, entry) == member.content)
    }
    let dataSets = archive.dataSets(for: .delivery)
    #expect(dataSets.map(\.path) == [good.path])
    let opened = try archive.unpack(try #require(dataSets.first), into: folder.url.path)
    let name = String(good.path.split(separator: "/").last ?? "")
    #expect(opened == folder.path(name))
    #expect(folder.names == ["a.zip", name].sorted())
    #expect(try folder.read(name) == good.zip.members[0].content)
  }

  @Test func anEmptyZipHasNoDataSets() throws {
    let folder = try TemporaryFolder()
    let archive = try ZipArchive(try folder.write(MadeZip([]).bytes, to: "a.zip"))
    #expect(archive.entries.isEmpty && archive.dataSets(for: .delivery).isEmpty)
  }

  // MARK: Data sets

  @Test(arguments: [
    (["a.shp", "a.dbf"], ReadJob.Purpose.delivery, ["a"]),
    (["下发/图斑.shp", "下发/图斑.dbf"], .delivery, ["图斑"]),
    (["1/2/a.shp"], .delivery, ["a"]), (["a.json"], .delivery, ["a"]),
    (["a.dbf"], .delivery, []), (["a.txt", "a.shp.xml"], .delivery, []),
    (["a.shp", "b.geojson", "c.JSON", "d.gpkg", "e.gdb/x", "f.fgb"], .delivery, ["a", "b", "d", "e"]),
    (["a.shp", "b.geojson", "c.JSON", "d.gpkg", "e.gdb/x", "f.fgb"], .layer, ["a", "b", "d", "e", "f"]),
    (["a.csv", "b.txt", "c.xlsx", "d.dbf", "e.shp"], .rows, ["a", "e"]),
    (["1/a.shp", "2/a.shp", "a.shp", "b.shp"], .delivery, ["1/a", "2/a", "a", "b"]),
    (["1/a.shp", "1/A.gpkg", "2/a.shp"], .delivery, ["1/A.gpkg", "1/a.shp", "2/a"]),
    (["x.gdb/a.gdbtable", "x.gdb/b/c", "1/y.gdb/a", "1/2/z.gdb/a", "x.gdb/a.shp"], .delivery, ["z", "y", "x"]),
    (["__MACOSX/a.shp", "._a.shp", "1/.b.shp"], .delivery, []),
  ])
  func dataSetsWithinAZip(files: [String], purpose: ReadJob.Purpose, expected: [String]) throws {
    let folder = try TemporaryFolder()
    let archive = try ZipArchive(try folder.write(MadeZip(files.map { Member($0) }).bytes, to: "a.zip"))
    #expect(archive.dataSets(for: purpose).map(\.name) == expected)
  }

  @Test func partsOfAShapefileAreUnpackedUnderOneName() throws {
    let folder = try TemporaryFolder()
    let files = [
      "x/图斑A.SHP", "x/图斑a.dbf", "x/图斑A.Shx", "x/图斑A.shp.xml", "x/图斑A.prj", "x/图斑.dbf", "图斑A.dbf", "x/图斑A.cpg",
      "x/图斑A.txt",
    ]
    let archive = try ZipArchive(
      try folder.write(MadeZip(files.map { Member($0, Array($0.utf8)) }).bytes, to: "a.zip"))
    let scratch = try TemporaryFolder()
    let opened = try archive.unpack(try #require(archive.dataSets(for: .delivery).first), into: scratch.url.path)
    #expect(opened == scratch.path("图斑A.shp"))
    #expect(scratch.names == ["cpg", "dbf", "prj", "shp", "shx"].map { "图斑A.\($0)" })
    #expect(try scratch.read("图斑A.dbf") == Array("x/图斑a.dbf".utf8))
    #expect(try permissions(scratch.path("图斑A.dbf")) == 0o600)
  }

  @Test func aGeodatabaseIsUnpackedAsAFolder() throws {
    let folder = try TemporaryFolder()
    let files = ["1/库.GDB/a1.gdbtable", "1/库.GDB/gdb", "1/库.GDB/.DS_Store", "1/库.GDB/sub/b", "1/a.txt"]
    let archive = try ZipArchive(
      try folder.write(MadeZip(files.map { Member($0, Array($0.utf8)) }).bytes, to: "a.zip"))
    let scratch = try TemporaryFolder()
    let opened = try archive.unpack(try #require(archive.dataSets(for: .delivery).first), into: scratch.url.path)
    #expect(opened == scratch.path("库.gdb"))
    #expect(
      try FileManager.default.subpathsOfDirectory(atPath: opened).sorted() == ["a1.gdbtable", "gdb", "sub", "sub/b"])
    #expect(try scratch.read("库.gdb/sub/b") == Array("1/库.GDB/sub/b".utf8))
    #expect(try permissions(opened) == 0o700)
  }

  // MARK: Content

  @Test(arguments: [
    Member("a.geojson") { $0.statedChecksum = 1 },
    Member("a.geojson") { ($0.isDeflated, $0.statedChecksum) = (true, 1) },
    Member("a.geojson", Self.long) { ($0.isDeflated, $0.statedSize) = (true, 69_999) },
    Member("a.geojson", Self.long) { ($0.isDeflated, $0.statedSize) = (true, 70_001) },
    Member("a.geojson", Self.long) { ($0.isDeflated, $0.statedSize) = (true, 0) },
    // No deflate; one that does not end; one that ends before the entry does.
    Member("a.geojson", [0xFF, 0xFF]) { $0.method = 8 },
    Member("a.geojson", Array(deflated(Self.long).dropLast())) { ($0.method, $0.statedSize) = (8, 70_000) },
    Member("a.geojson", deflated([1, 2, 3]) + [0]) { member in
      (member.method, member.statedSize, member.statedChecksum) = (8, 3, crc32([1, 2, 3]))
    },
  ])
  func damagedContentLeavesNothingBehind(member: MadeZip.Member) throws {
    let folder = try TemporaryFolder()
    let archive = try ZipArchive(try folder.write(MadeZip([member]).bytes, to: "a.zip"))
    let dataSet = try #require(archive.dataSets(for: .delivery).first)
    #expect(ReadingTests.code { _ = try archive.unpack(dataSet, into: folder.url.path) } == "zip-content-differs")
    #expect(folder.names == ["a.zip"])
    var given = 0
    #expect(
      ReadingTests.code { try archive.withContent(of: archive.entries[0]) { given += $0.count } }
        == "zip-content-differs")
    #expect(given <= archive.entries[0].size)
  }

  @Test func whatIsThereIsNotWrittenOver() throws {
    let folder = try TemporaryFolder()
    let archive = try ZipArchive(
      try folder.write(MadeZip([Member("a.dbf"), Member("a.shp"), Member("a.shx")]).bytes, to: "a.zip"))
    let dataSet = try #require(archive.dataSets(for: .delivery).first)
    let target = try folder.write([9], to: "target")
    try FileManager.default.createSymbolicLink(atPath: folder.path("a.shx"), withDestinationPath: target)
    #expect(ReadingTests.code { _ = try archive.unpack(dataSet, into: folder.url.path) } == "not-written")
    #expect(folder.names == ["a.shx", "a.zip", "target"])
    #expect(try folder.read("target") == [9])
    #expect(ReadingTests.code { _ = try archive.unpack(dataSet, into: folder.path("none")) } == "not-written")
  }

  @Test func smallEntriesAreReadIntoMemory() throws {
    let folder = try TemporaryFolder()
    let archive = try ZipArchive(
      try folder.write(
        MadeZip([Member("x/SHA256SUMS", [5, 6]), Member("a.shp"), Member("b/", [])]).bytes, to: "a.zip"))
    #expect(try archive.content(ofEntryNamed: "x/SHA256SUMS", limit: 2) == [5, 6])
    #expect(try archive.content(ofEntryNamed: "X/sha256sums", limit: 2) == [5, 6])
    #expect(try archive.content(ofEntryNamed: "SHA256SUMS", limit: 2) == nil)
    #expect(try archive.content(ofEntryNamed: "b", limit: 2) == nil)
    #expect(
      ReadingTests.code { _ = try archive.content(ofEntryNamed: "x/SHA256SUMS", limit: 1) } == "zip-entry-too-large")
  }

  // MARK: Damage

  /// A zip with most of what zips have, and its files.
  private static let whole = MadeZip([
    Member("图/a.shp", Array("the shapes of a".utf8)) { $0.isDeflated = true },
    Member(raw: [0xCD, 0xBC] + "/a.dbf".utf8, Array("the table of a".utf8)) { $0.flags = 0 },
    Member("图/a.shx", Array("the index of a".utf8)) { ($0.isDeflated, $0.hasDescriptor) = (true, true) },
    Member("图/a.prj", Array("the system of a".utf8)) { $0.isLarge = true },
  ]) { ($0.comment, $0.isLarge) = (Array("comment".utf8), true) }

  @Test func everyCutIsRefused() throws {
    let folder = try TemporaryFolder()
    let bytes = Self.whole.bytes
    #expect(try Self.outcome(of: bytes, in: folder) == .whole)
    for count in 0..<bytes.count {
      #expect(try Self.outcome(of: Array(bytes[..<count]), in: folder) == .refused, "cut at \(count)")
    }
  }

  /// Every byte, then a few at a time, most of them in the directory.
  @Test(arguments: [UInt64(1), 2]) func everyDamageIsRefusedOrHarmless(seed: UInt64) throws {
    let folder = try TemporaryFolder()
    let bytes = Self.whole.bytes
    var generator = SeededGenerator(seed: seed)
    var refused = 0
    func check(_ places: [Int]) throws {
      var damaged = bytes
      for place in places { damaged[place] ^= UInt8.random(in: 1...255, using: &generator) }
      let outcome = try Self.outcome(of: damaged, in: folder)
      #expect(outcome != .other, "bytes \(places)")
      if outcome == .refused { refused += 1 }
    }
    for place in bytes.indices { try check([place]) }
    #expect(refused > bytes.count * 3 / 4)
    for _ in 0..<500 {
      try check(
        (0..<Int.random(in: 2...4, using: &generator)).map { _ in bytes.indices.randomElement(using: &generator) ?? 0 })
    }
  }

  enum Outcome { case refused, whole, other }

  /// Unpacks the shapefile in `bytes` and compares it with what was packed.
  static func outcome(of bytes: [UInt8], in folder: TemporaryFolder) throws -> Outcome {
    let scratch = folder.url.appendingPathComponent("scratch")
    try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: scratch) }
    do {
      let archive = try ZipArchive(try folder.write(bytes, to: "a.zip"))
      let dataSets = archive.dataSets(for: .delivery)
      guard dataSets.count == 1 else { return .other }
      _ = try archive.unpack(dataSets[0], into: scratch.path)
    } catch is SpatialError {
      let left = try FileManager.default.contentsOfDirectory(atPath: scratch.path)
      return left.isEmpty ? .refused : .other
    }
    let names = try FileManager.default.contentsOfDirectory(atPath: scratch.path).sorted()
    guard names == ["a.dbf", "a.prj", "a.shp", "a.shx"] else { return .other }
    for (suffix, member) in Swift.zip(["shp", "dbf", "shx", "prj"], whole.members) {
      guard try folder.read("scratch/a.\(suffix)") == member.content else { return .other }
    }
    return .whole
  }

  // MARK: Others' files

  @Test(
    .enabled(if: sharedFolder() != nil, "needs ../shared"),
    arguments: [
      ("gpkg/planetiler/shapefile.zip", ["stations"], 86), ("gpkg/planetiler/shapefile-copy.zip", ["stations"], 86),
      ("gpkg/planetiler/geopackage.gpkg.zip", ["geopackage"], 86), ("shapefile/gdal/shp/poly.zip", ["poly"], 10),
      ("gpkg/gdal/gpkg/poly.gpkg.zip", ["poly"], 10), ("parcels_eu/dk/Marker_2026.zip", ["Marker_2026"], 100),
      ("parcels_eu/br_ba_lem/LEM_dataset.zip", ["LEM_dataset"], 100),
      ("parcels_eu/bg/bg_arable_land_2024.zip", ["Arable_Land_2024"], 100),
      ("parcels_eu/de_sh/Feldbloecke_2026_GPKG.zip", ["de_sh"], 100), ("parcels_eu/ie/GSAA_2024.zip", [], 0),
    ])
  func zipsOfOthers(path: String, names: [String], records count: Int) throws {
    let folder = try TemporaryFolder()
    let archive = try ZipArchive(try #require(sharedFolder()).appendingPathComponent("corpora/\(path)").path)
    let dataSets = archive.dataSets(for: .delivery)
    #expect(dataSets.map(\.name) == names)
    for dataSet in dataSets {
      let opened = try archive.unpack(dataSet, into: folder.url.path)
      #expect(try records(ReadJob(path: opened, purpose: .layer)).count == count)
    }
  }

  private func content(_ archive: ZipArchive, _ entry: ZipEntry) throws -> [UInt8] {
    var bytes: [UInt8] = []
    try archive.withContent(of: entry) { bytes += $0 }
    return bytes
  }

  private func permissions(_ path: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
  }
}

extension MadeZip.Member {
  /// Keeps `path` beside the name, as Info-ZIP does.
  fileprivate mutating func unicodePath(_ path: String) {
    flags = 0
    extra = little((0x7075, 2), (5 + path.utf8.count, 2), (1, 1), (Int(crc32(name)), 4)) + path.utf8
  }
}
