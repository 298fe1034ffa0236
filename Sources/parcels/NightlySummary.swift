import Foundation
import Geodata
import ParcelLedger
import ParcelModel
import ParcelProcessing
import ParcelWorkspace

/// What a night's run did, kept beside its report.
struct NightlySummary {
  let county: String
  let day: Day
  let items: [InboxItem]
  let reports: [URL]
  let check: LedgerCheck

  func text(_ language: Language) -> String {
    var lines: [String] = []
    for item in items {
      lines.append("- " + Messages.inboxItem(item).text(language))
      lines += item.troubles(language).map { "  - " + $0 }
    }
    if items.isEmpty { lines.append("- " + Messages.emptyInbox.text(language)) }
    lines.append(
      "- "
        + Messages.checked(
          events: check.events, deliveries: check.deliveries.count, problems: check.problems.count
        ).text(language))
    lines += reports.map { "- " + $0.path }
    return "# " + Messages.summaryTitle(county, day.description).text(language) + "\n\n"
      + lines.joined(separator: "\n") + "\n"
  }

  func json(_ language: Language) -> JSON {
    [
      "schema": "parcels.nightly/1", "day": JSON(day),
      "items": .array(
        items.map { item in
          [
            "name": .string(item.name), "outcome": .integer(Int64(item.outcome.rawValue)),
            "message": .string(Messages.inboxItem(item).text(language)), "receipt": item.json(language),
          ]
        }),
      "reports": .array(reports.map { .string($0.path) }), "check": check.json(language),
    ]
  }

  func write(to folder: URL, language: Language) throws {
    do {
      // A second run on one day leaves the first one's record alone.
      var name = "nightly-\(day)"
      var number = 1
      while FileManager.default.fileExists(atPath: folder.appending(path: "\(name).json").path) {
        number += 1
        name = "nightly-\(day)-\(number)"
      }
      try Data(text(language).utf8).write(to: folder.appending(path: "\(name).md"), options: .atomic)
      try Data(json(language).prettyText.utf8).write(to: folder.appending(path: "\(name).json"), options: .atomic)
    } catch {
      throw WorkspaceError.cannotWrite(path: folder.path, reason: error.localizedDescription)
    }
  }
}

extension InboxItem {
  /// What was not taken of the file, record by record or row by row, with the reason.
  fileprivate func troubles(_ language: Language) -> [String] {
    switch result {
    case .ingested(let receipt):
      receipt.groups.filter { $0.code.severity == .error }.flatMap { group in
        group.findings.map { finding in
          Messages.findingRecord(finding).text(language).trimmingSpaces() + " " + group.code.message.text(language)
        }
      }
    case .recorded(let receipt):
      receipt.refusals.map { row, trouble in
        Messages.rowTrouble(line: row.line, code: row.code, trouble).text(language).trimmingSpaces()
      }
    case .refused, .noRule, .settling: []
    }
  }
}
