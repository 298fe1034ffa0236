import Foundation
import Geodata
import ParcelLedger
import ParcelModel
import ParcelTesting

@testable import ParcelProcessing
@testable import Spatial

extension AcceptanceRow {
  static let ofZips = wholeZips + severalSets + hostileNames + hostileContents + brokenZips + sums

  private typealias Member = MadeZip.Member

  private static func zip(_ change: (inout [MadeZip.Member]) throws -> Void) throws -> MadeDelivery {
    var members = try GoodDelivery.shapefile().members()
    try change(&members)
    return .zip(members)
  }

  private static let litter = [
    Member("__MACOSX/._图斑.shp"), Member(".DS_Store"), Member("Thumbs.db"), Member("说明.txt"), Member("图斑.shp.xml"),
  ]

  private static let wholeZips = [
    AcceptanceRow("zip", .accepted) { try GoodDelivery.shapefile().zipped() },
    AcceptanceRow("zip of GeoJSON", .accepted) { try GoodDelivery.geoJSON().zipped() },
    AcceptanceRow("zip of a GeoPackage", .accepted) { try GoodDelivery.package.get().zipped() },
    AcceptanceRow("zip of a file geodatabase", .accepted) { try GoodDelivery.database.get().zipped() },
    AcceptanceRow("zip of a file geodatabase in a folder", .accepted) {
      try GoodDelivery.database.get().zipped(in: "第1批/")
    },
    AcceptanceRow("zip with a folder", .accepted) { try GoodDelivery.shapefile().zipped(in: "第1批/") },
    AcceptanceRow("zip with litter", .accepted) { try GoodDelivery.shapefile().zipped(adding: litter) },
    AcceptanceRow("zip, deflated, sizes behind the content", .accepted) {
      try zip { members in
        for index in members.indices { (members[index].isDeflated, members[index].hasDescriptor) = (true, true) }
      }
    },
    AcceptanceRow("zip with 64-bit numbers", .accepted) {
      .zip(try GoodDelivery.shapefile().members()) { zip in
        zip.isLarge = true
        for index in zip.members.indices { zip.members[index].isLarge = true }
      }
    },
    AcceptanceRow("zip with names in GBK", .accepted) {
      try zip { members in
        for index in members.indices {
          let name = String(decoding: members[index].name, as: UTF8.self)
          (members[index].name, members[index].flags) = (TextEncoding.encode(name, as: "GBK") ?? [], 0)
        }
      }
    },
    AcceptanceRow("zip with backslashes", .accepted) { try GoodDelivery.shapefile().zipped(in: "第1批\\") },
    AcceptanceRow("zip with parts in capital letters", .accepted) {
      let made = try GoodDelivery.shapefile()
      return .zip(["shp", "shx", "dbf", "prj"].map { Member("图斑.\($0.uppercased())", made[$0]) })
    },
  ]

  private static func two() throws -> [MadeZip.Member] {
    let other = try GoodDelivery.shapefile([GoodParcel.all[0].with { $0.code = "another" }]).renamed("其他")
    return try GoodDelivery.shapefile().members() + other.members()
  }

  private static let severalSets = [
    AcceptanceRow("zip with two shapefiles", .refused("several-data-sets")) { .zip(try two()) },
    AcceptanceRow("zip with two shapefiles, one named", .accepted, order: { $0.layer = "图斑" }) { .zip(try two()) },
    AcceptanceRow("zip with two shapefiles, none of the name", .refused("layer-missing"), order: { $0.layer = "界线" }) {
      .zip(try two())
    },
    AcceptanceRow("zip with two formats", .refused("several-data-sets")) {
      try GoodDelivery.shapefile().zipped(adding: GoodDelivery.geoJSON().members())
    },
    AcceptanceRow("zip with nothing of ours", .refused("nothing-inside")) { .zip(litter) },
    AcceptanceRow("zip with nothing", .refused("nothing-inside")) { .zip([]) },
    AcceptanceRow("zip with other data beside", .taken([.unreadFiles: 1])) {
      try GoodDelivery.shapefile().zipped(adding: [Member("补充.kml", [1]), Member("补充.dbf", [1])])
    },
    AcceptanceRow("zip with a description in JSON", .accepted) {
      try GoodDelivery.shapefile().zipped(adding: [Member("元数据.json", Array("{}".utf8))])
    },
    AcceptanceRow("zip with more parcels in a folder", .refused("several-data-sets")) {
      try GoodDelivery.shapefile().zipped(adding: GoodDelivery.shapefile().members(in: "a/b/"))
    },
    AcceptanceRow("zip with folders in folders", .accepted) {
      try GoodDelivery.shapefile().zipped(in: "市/县/第1批/")
    },
    AcceptanceRow("zip with parts in two folders", .refused("part-missing")) {
      try zip { $0[0].name = Array("属性/图斑.dbf".utf8) }
    },
    AcceptanceRow("zip with parts of two names", .refused("part-missing")) {
      try zip { $0[0].name = Array("图斑2.dbf".utf8) }
    },
    AcceptanceRow("zip without .shx", .refused("part-missing")) {
      try GoodDelivery.shapefile().without("shx").zipped()
    },
    AcceptanceRow("zip of a cut shapefile", .refused("size-disagrees")) {
      try GoodDelivery.shapefile().cut("shp", to: 1000).zipped()
    },
  ]

  private static let hostileNames =
    [
      ("out of its folder", "../图斑.txt"), ("from the root", "/etc/图斑.txt"), ("from a drive", "C:\\图斑.txt"),
      ("turned around", "图斑\u{202E}txt.shp"), ("with an end of line", "图斑\n.txt"), ("with a NUL", "图斑\0.txt"),
      ("deep", String(repeating: "a/", count: 20) + "图斑.txt"), ("long", String(repeating: "图", count: 10_000)),
    ].map { words, name in
      AcceptanceRow("zip with a name \(words)", .refused("zip-bad-name")) { try zip { $0.append(Member(name)) } }
    }
    + [
      AcceptanceRow("zip with a name twice", .refused("zip-duplicate-name")) { try zip { $0.append($0[0]) } },
      AcceptanceRow("zip with a name twice, but for case", .refused("zip-duplicate-name")) {
        try zip { $0.append(Member("图斑.DBF")) }
      },
      AcceptanceRow("zip with markup and a formula in names", .accepted) {
        try zip {
          $0 += [Member("<script>alert(1)</script>.txt"), Member("=cmd().txt"), Member("'); DROP TABLE event;--")]
        }
      },
    ]

  private static let hostileContents = [
    AcceptanceRow("zip bomb", .refused("zip-bomb")) {
      try zip { $0.append(Member("大.dbf", [1, 2, 3]) { ($0.isDeflated, $0.statedSize) = (true, 300 << 20) }) }
    },
    AcceptanceRow("zip of a terabyte", .refused("zip-bomb")) {
      .zip(try GoodDelivery.shapefile().members() + [Member("大.dbf") { ($0.isLarge, $0.statedSize) = (true, 1 << 40) }])
    },
    AcceptanceRow("zip of too many", .refused("zip-too-many")) {
      try zip { $0 += (0..<10_000).map { Member("\($0)", []) } }
    },
    AcceptanceRow("zip with a member larger than it says", .refused("zip-content-differs")) {
      try zip { ($0[2].isDeflated, $0[2].statedSize) = (true, 100) }
    },
    AcceptanceRow("zip with a link", .refused("zip-link")) {
      try zip { $0.append(Member("图斑.cpg", Array("/etc/passwd".utf8)) { $0.attributes = 0o120777 << 16 }) }
    },
    AcceptanceRow("zip in a zip", .refused("zip-nested")) {
      let inner = try GoodDelivery.shapefile().zipped().bytes
      return .zip([Member("内.zip", inner)])
    },
    AcceptanceRow("encrypted zip", .refused("zip-encrypted")) {
      try zip { members in for index in members.indices { members[index].flags |= 1 } }
    },
    AcceptanceRow("zip packed in another way", .refused("zip-method")) { try zip { $0[0].method = 14 } },
    AcceptanceRow("zip with members in one place", .refused("zip-disagrees")) {
      try zip { members in
        members.append(members[0])
        (members[4].name, members[4].localName, members[4].offset) = (Array("b.dbf".utf8), members[0].name, 0)
      }
    },
    AcceptanceRow("zip with two names for a member", .refused("zip-disagrees")) {
      try zip { $0[0].localName = Array("别的.dbf".utf8) }
    },
  ]

  private static let brokenZips = [
    AcceptanceRow("zip with a wrong checksum", .refused("zip-content-differs")) {
      try zip { $0[0].statedChecksum = 1 }
    },
    AcceptanceRow("zip cut in half", .refused("zip-damaged")) {
      let made = try GoodDelivery.shapefile().zipped()
      return made.cut("zip", to: made.bytes.count / 2)
    },
    AcceptanceRow("zip with something behind it", .refused("zip-damaged")) {
      try GoodDelivery.shapefile().zipped().with("zip") { $0 += [1, 2, 3] }
    },
    AcceptanceRow("a RAR named .zip", .refused("zip-damaged")) {
      MadeDelivery("第1批.zip", Array("Rar!\u{1A}\u{7}\u{1}".utf8) + [UInt8](repeating: 7, count: 1000))
    },
    AcceptanceRow("a RAR", .refused("unknown-kind")) { MadeDelivery("第1批.rar", Array("Rar!\u{1A}\u{7}\u{1}".utf8)) },
    AcceptanceRow("an empty zip", .refused("zip-damaged")) { MadeDelivery("第1批.zip", []) },
    AcceptanceRow("a volume of several", .refused("zip-volumes")) {
      .zip(try GoodDelivery.shapefile().members()) { $0.volume = 2 }
    },
  ]

  private static func sums(_ change: (inout [String]) -> Void) throws -> MadeDelivery {
    let made = try GoodDelivery.shapefile()
    var lines = made.files.sorted { $0.key < $1.key }.map { "\(sha256(Data($0.value)))  \($0.key)" }
    change(&lines)
    return made.zipped(adding: [Member("SHA256SUMS", Array((lines.joined(separator: "\n") + "\n").utf8))])
  }

  private static let sums = [
    AcceptanceRow("zip with sums that agree", .accepted) { try sums { _ in } },
    AcceptanceRow("zip with a sum that disagrees", .refused("manifest-disagrees")) {
      try sums { $0[2] = String(repeating: "0", count: 64) + "  图斑.shp" }
    },
    AcceptanceRow("zip with the sum of a missing file", .refused("manifest-disagrees")) {
      try sums { $0.append(String(repeating: "0", count: 64) + "  图斑2.shp") }
    },
  ]
}
