import Foundation
import Geodata
import ParcelModel
import ParcelTesting
import Spatial
import Testing

@testable import ParcelProcessing

/// The page of all codes that receipts and errors bear is made from the code that says them.
@Suite struct ReferencePageTests {
  private static let file = "图斑.shp"

  /// One of each way in which a file as a whole is refused.
  static let refusals: [any ExplainedError] = reading + understanding

  private static let reading: [SpatialError] =
    [
      .pathRefused("/vsicurl/x"), .fileMissing(file), .unknownKind("图斑.rar", purpose: .delivery),
      .nothingInside("图斑.zip"),
      .severalDataSets("图斑.zip", names: ["第1批", "第2批"]), .severalLayers("图斑.gpkg", names: ["第1批", "第2批"]),
      .layerMissing("图斑.gpkg", layer: "第3批", names: ["第1批", "第2批"]), .tooLarge("图斑.geojson", megabytes: 1024),
      .refusedByLibrary("图斑.gdb", words: "…"), .undecodable(file, record: 7, field: "XZMC", encoding: "GB18030"),
      .unknownEncoding("ABC"), .tooManyCells("图斑.zip", limit: 50_000_000), .unclosedQuote("台账.csv", line: 3),
      .recordsDisagree(file, stated: 100, read: 99),
      .readerDied(file, ending: .signal(11)), .streamBroken(file, .cut),
      .unwritableText("导出.shp", field: "XZMC", text: "…", encoding: "GBK"), .notWritten("导出.shp", words: "…"),
      .notTransformed(from: .wgs84, to: .cgcs2000, words: "…"), .geometryFailed(operation: "repair", words: "…"),
    ] + zips.map { .zip("图斑.zip", $0) } + shapefiles.map { .shapefile(file, $0) }
    + texts.map { .geoJSON("图斑.geojson", $0) } + geodatabases.map { .geodatabase("图斑.gdb", $0) }
    + databases.map { .geoPackage("图斑.gpkg", $0) }

  private static let zips: [ZipFault] = [
    .damaged, .notRead(words: "…"), .severalVolumes, .tooMany(entries: 20_000, limit: 10_000),
    .tooLarge(bytes: 5 << 30, limit: 4 << 30), .bomb(unpacked: 300_000_000, packed: 306_000),
    .encrypted(entry: "图斑.shp"),
    .method(entry: "图斑.shp", number: 12), .badName(entry: "../图斑.shp", .notPlain), .nameClash("a.shp", "A.shp"),
    .notRegular(entry: "图斑.shp"), .nested(entry: "内层.zip"), .overlapping(entry: "图斑.shp"), .disagrees(entry: "图斑.shp"),
    .contentDiffers(entry: "图斑.shp"), .entryTooLarge(entry: "SHA256SUMS", limit: 1 << 20),
  ]

  private static let shapefiles: [ShapefileFault] = [
    .partMissing(".dbf"), .partAmbiguous(["图斑.dbf", "图斑.DBF"]), .partMisnamed("图斑.Dbf", wanted: "图斑.dbf"),
    .partNoFile("图斑.dbf"), .sizeDisagrees(part: ".shp", stated: 2000, actual: 1000), .badHeader(part: ".shp"),
    .kindsDisagree(shapes: 5, index: 1), .countsDisagree(index: 100, table: 99), .indexDisagrees(record: 7),
    .outsideRecords(byte: 2000), .badTable, .badField(number: 3), .fieldKind(number: 3, kind: "M"),
    .repeatedField(first: 3, second: 4), .widthsDisagree(record: 100, fields: 90), .rowsBeyondCount(stated: 99),
    .badMark(record: 7),
  ]

  private static let texts: [GeoJSONFault] = [
    .syntax(line: 3, column: 14), .cut, .tooDeep(line: 1, column: 300), .number(line: 3, column: 14),
    .nul(line: 3, column: 14), .repeatedMember("JCBH", line: 3, column: 14), .severalDocuments(line: 2),
    .notGeoJSON(.topoJSON), .notAFeature(record: 7), .badProperties(record: 7), .linkedReference(line: 2, column: 9),
    .innerReference(record: 7), .digitsLost(field: "JCBH"),
  ]

  private static let databases: [GeoPackageFault] = [
    .notADatabase, .length(stated: 98_304, actual: 65_536), .damaged("…"), .virtualTable("other"),
    .view("图斑"), .openLog("图斑.gpkg-wal"),
  ]

  private static let geodatabases: [GeodatabaseFault] = [
    .noCatalog, .tableMissing("图斑", file: "a0000000a.gdbtable"), .version("图斑", number: 4),
    .rows("图斑", stated: 100, indexed: 99), .damaged("图斑"),
  ]

  private static let understanding: [ProcessingError] = [
    .noSuchFile(file), .link("图斑.dbf"), .cannotKeep("deliveries", reason: "…"), .tooLarge("图斑.zip", gigabytes: 4),
    .changing(file), .openElsewhere("图斑.gpkg"), .repeatedColumn(file: file, column: "金额"), .notPlain("图斑.dbf"),
    .allLeftOut(file: "DLTB.gpkg", reasons: [.missingGeometry]),
    .manifest(file: "图斑.zip", member: "图斑.shp"),
    .noReference(file: file, name: "", candidates: [CoordinateReference(epsg: 4547)]),
    .contradictedReference(file: file, CoordinateReference(epsg: 4526), candidates: [CoordinateReference(epsg: 4547)]),
    .swappedAxes(file: file), .oldDatum(file: file, name: "Xian_1980_3_Degree_GK_Zone_38"),
    .refusedReference(file: file, CoordinateReference(epsg: 3857)),
    .noColumn(file: file, column: "JCBH", known: ["BH", "MJ"]),
    .unitMixUp(file: file, factor: "×1/666.67", profile: "standard-mu"),
    .empty(file: file), .outside(file: file, reference: "EPSG:4526"), .futureIssue(file: file, day("2027-01-01")),
    .badLayer(path: "layers/land-use-1a2b.layer", reason: "SHA-256"),
    .layerChanged(layer: "land-use", path: "DLTB.gpkg"),
    .areasDisagree(file: file, record: 7), .noHeader(file: "台账.csv", wanted: ["监测编号"]),
    .noRegisterMark(file: "台账.xlsx"), .noParcels, .noReason,
  ]

  /// Every code that a source file of errors and faults spells is among the examples: a new one cannot be forgotten.
  @Test func everyRefusalIsThere() throws {
    let sources = packageRoot.appendingPathComponent("Sources")
    let files = try FileManager.default.subpathsOfDirectory(atPath: sources.path).filter { name in
      name.hasSuffix("Fault.swift") || name.hasSuffix("SpatialError.swift") || name.hasSuffix("ProcessingError.swift")
    }
    #expect(files.count >= 6)
    var spelled: Set<String> = []
    for file in files {
      let text = try String(contentsOf: sources.appendingPathComponent(file), encoding: .utf8)
      for match in text.matches(of: /case \.[^:\n]*: "([a-z0-9-]+)"/) { spelled.insert(String(match.1)) }
    }
    #expect(spelled.symmetricDifference(Self.refusals.map(\.code)) == [])
  }

  @Test func thePageIsWhatTheCodeSays() throws {
    let page = Golden(
      "Findings.md",
      in: packageRoot.appendingPathComponent("Sources/ParcelModel/ParcelModel.docc"))
    let difference = try page.difference(from: Self.page)
    #expect(difference == nil)
  }

  private static var page: String {
    var text = """
      # Findings

      Every code that a receipt, `findings.json`, `findings.csv` or an error can bear, made from the code itself.

      ## Overview

      A finding is about one record, or about the file as a whole where it names no record. An **error** rejects its
      record: it lies in the quarantine with the reason and is not in the ledger. A **warning** is for a person to look
      at; a **note** says what was done. Nothing that was delivered is changed by a finding.

      ### Findings

      | code | severity | 中文 | English | 处理 | remedy |
      |---|---|---|---|---|---|

      """
    for code in Finding.Code.allCases {
      text += row([
        "`\(code.rawValue)`", code.severity.rawValue, code.message.zh, code.message.en, code.remedy.zh, code.remedy.en,
      ])
    }
    text += """

      ### Refusals

      What refuses a file as a whole: nothing of it is taken in. With the words for one example each.

      | code | 中文 | English | 处理 | remedy |
      |---|---|---|---|---|

      """
    for refusal in refusals.sorted(by: { $0.code < $1.code }) {
      text += row([
        "`\(refusal.code)`", refusal.message.zh, refusal.message.en, refusal.remedy.zh, refusal.remedy.en,
      ])
    }
    return text
  }

  private static func row(_ cells: [String]) -> String {
    "| " + cells.map { $0.replacing("|", with: "\\|").replacing("\n", with: " ") }.joined(separator: " | ") + " |\n"
  }
}
