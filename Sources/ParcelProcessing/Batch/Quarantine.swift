import Drawing
import Foundation
import Geodata
import ParcelModel

/// 隔离区: what was not taken in, with the reasons, so that it can be mended or sent back.
///
/// One folder a delivery, named by the first twelve digits of its SHA-256: the file as it came, `findings.json` (a
/// `parcels.receipt/1`) and `findings.csv` with a row a finding. The file may be mended in place; `parcels ingest`
/// takes the folder or the file.
struct Quarantine {
  private let root: URL

  init(_ root: URL) { self.root = root }

  private static let findings = "findings.json"

  /// - Returns: the folder.
  func keep(_ file: DeliveryFile, _ receipt: Receipt) throws(ProcessingError) -> URL {
    let folder = root.appending(path: String(file.sha256.prefix(12)))
    // Our own names come first: a delivery of that name lies one folder down.
    let isNameOurs = [Self.findings, "findings.csv"].contains(file.name)
    do {
      try file.copy(into: isNameOurs ? folder.appending(path: "delivery") : folder)
      try Manifest.copy(besides: file, into: folder)
      let json = receipt.json(.chinese, seconds: nil).prettyText
      try writeDurably(Data(json.utf8), to: folder.appending(path: Self.findings))
      try writeDurably(Data(CSV(Self.table(receipt)).render().utf8), to: folder.appending(path: "findings.csv"))
      syncFolder(folder)
      syncFolder(root)
    } catch {
      throw (error as? ProcessingError) ?? .cannotKeep(folder.path, reason: error.localizedDescription)
    }
    return folder
  }

  /// For a folder of this quarantine the delivery that lies in it, else the place itself: elsewhere a `findings.json` says
  /// nothing.
  func delivery(at place: URL) -> URL {
    let folder = place.standardizedFileURL.resolvingSymlinksInPath()
    guard folder.deletingLastPathComponent().path == root.standardizedFileURL.resolvingSymlinksInPath().path else {
      return place
    }
    struct Kept: Decodable {
      struct Delivery: Decodable { var name: String }
      var delivery: Delivery
    }
    guard let data = try? Data(contentsOf: place.appending(path: Self.findings)),
      let kept = try? JSONDecoder().decode(Kept.self, from: data), !kept.delivery.name.contains("/")
    else { return place }
    let file = place.appending(path: kept.delivery.name)
    let isLink = (try? FileManager.default.destinationOfSymbolicLink(atPath: file.path)) != nil
    return isLink ? place : file
  }

  private static func table(_ receipt: Receipt) -> Table {
    var table = Table(columns: Messages.findingColumns.map { .init($0.zh + " / " + $0.en) })
    if let refusal = receipt.refusal {
      table.add(
        row(nil, nil, refusal.code, Finding.Severity.error.rawValue, refusal.message, "", refusal.remedy))
    }
    for finding in receipt.findings {
      table.add(
        row(
          finding.record, finding.parcel, finding.code.rawValue, finding.code.severity.rawValue, finding.code.message,
          finding.detail, finding.code.remedy))
    }
    return table
  }

  private static func row(
    _ record: Int?, _ parcel: String?, _ code: String, _ severity: String, _ message: Message, _ detail: String,
    _ remedy: Message
  ) -> [Cell] {
    [
      record.map { .count($0) } ?? .empty, parcel.map { .text($0) } ?? .empty, .text(severity), .text(code),
      .text(message.zh), .text(message.en), .text(detail), .text(remedy.zh), .text(remedy.en),
    ]
  }
}
