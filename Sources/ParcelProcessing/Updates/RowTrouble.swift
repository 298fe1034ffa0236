package import Geodata
package import ParcelLedger
package import ParcelModel

/// Why a row was not taken.
package enum RowTrouble: Error, Hashable, Sendable {
  case noCode
  case damagedCode(String)
  case unknownParcel(code: String, campaign: String)
  case ambiguous(code: String, campaigns: [String])
  case unknownEvent(String)
  case noDate
  case badDate(String)
  case badNumber(column: String, String)
  case badCorrection(String)
  case unknownTownship(String)
  case refused(Refusal)
  /// Changed in the sheet and in the ledger since the export, and not to the same.
  case conflict(column: String, base: String, sheet: String, ledger: String)
  case notEditable(column: String)
  case clearing(column: String)

  package var message: Message { Messages.row(self) }
  package var remedy: Message { Messages.rowRemedy(self) }

  package var code: String {
    switch self {
    case .noCode: "missing-code"
    case .damagedCode: "damaged-code"
    case .unknownParcel: "unknown-parcel"
    case .ambiguous: "ambiguous-code"
    case .unknownEvent: "unknown-event"
    case .noDate: "missing-date"
    case .badDate: "bad-date"
    case .badNumber: "bad-number"
    case .badCorrection: "bad-correction"
    case .unknownTownship: "unknown-township"
    case .refused: "refused"
    case .conflict: "conflict"
    case .notEditable: "not-editable"
    case .clearing: "cannot-clear"
    }
  }
}

/// What became of a file of rows.
package struct RowReceipt: Sendable {
  package struct Row: Sendable {
    package enum Outcome: Sendable {
      /// The number of events that the row became.
      case applied(events: Int)
      case alreadyKnown
      case unchanged
      case refused(RowTrouble)
    }

    /// The line of the sheet, from 1.
    package var line: Int
    package var code: String
    package var outcome: Outcome
  }

  package var file: String
  package var rows: [Row]
  package var head: LedgerHead
  package var isDryRun: Bool

  package var applied: Int { rows.count { if case .applied = $0.outcome { true } else { false } } }
  package var events: Int {
    rows.reduce(0) { if case .applied(let events) = $1.outcome { $0 + events } else { $0 } }
  }
  package var alreadyKnown: Int { rows.count { if case .alreadyKnown = $0.outcome { true } else { false } } }
  package var unchanged: Int { rows.count { if case .unchanged = $0.outcome { true } else { false } } }
  package var refusals: [(row: Row, trouble: RowTrouble)] {
    rows.compactMap { row in
      if case .refused(let trouble) = row.outcome { (row, trouble) } else { nil }
    }
  }

  package var outcome: Outcome {
    refusals.isEmpty ? .done : applied + alreadyKnown + unchanged > 0 ? .incomplete : .nothingTaken
  }

  package func json(_ language: Language, seconds: Double?) -> JSON {
    [
      "schema": "parcels.rows/1", "file": .string(file), "rows": JSON(rows.count), "applied": JSON(applied),
      "events": JSON(events), "alreadyKnown": JSON(alreadyKnown), "unchanged": JSON(unchanged),
      "refused": JSON(refusals.count), "dryRun": .bool(isDryRun),
      "refusals": .array(
        refusals.map { row, trouble in
          [
            "line": JSON(row.line), "parcel": .string(row.code), "code": .string(trouble.code),
            "message": .string(trouble.message.text(language)), "remedy": .string(trouble.remedy.text(language)),
          ]
        }),
      "ledgerHead": head.json, "seconds": seconds.map { .double(($0 * 1000).rounded() / 1000) } ?? .null,
    ]
  }
}
