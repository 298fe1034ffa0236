package import Geodata

/// Why a file as a whole cannot be taken in. Trouble with single records is a `Finding`, not an error.
package enum ProcessingError: ExplainedError, Hashable, Sendable {
  case noSuchFile(String)
  case cannotKeep(String, reason: String)
  case noReference(file: String, name: String)
  case refusedReference(file: String, CoordinateReference)
  case noColumn(file: String, column: String, known: [String])
  /// The same of a table of rows, and of a reference layer.
  case noSheetColumn(file: String, column: String, known: [String])
  case noLayerColumn(file: String, column: String, known: [String])
  /// What reading a delivery ended with, in the words of Spatial.
  case unreadable(code: String, Message, remedy: Message, Outcome)
  case unitMixUp(file: String, factor: String, profile: String)
  case empty(file: String)
  case outside(file: String, reference: String)
  case noIssueDate(file: String)
  case futureIssue(file: String, Day)
  case badLayer(path: String, reason: String)
  case noHeader(file: String, wanted: [String])
  case notFlat(file: String, kind: String)
  case noRegisterMark(file: String)
  case noParcels

  package var code: String {
    switch self {
    case .noSuchFile: "no-such-file"
    case .cannotKeep: "cannot-keep"
    case .noReference: "missing-reference-system"
    case .refusedReference: "refused-reference-system"
    case .noColumn, .noSheetColumn, .noLayerColumn: "missing-field"
    case .unreadable(let code, _, _, _): code
    case .unitMixUp: "unit-mix-up"
    case .empty: "no-records"
    case .outside: "outside-county"
    case .noIssueDate: "no-issue-date"
    case .futureIssue: "future-issue-date"
    case .badLayer: "bad-layer"
    case .noHeader: "no-header"
    case .notFlat: "layer-not-polygons"
    case .noRegisterMark: "no-register-mark"
    case .noParcels: "no-parcels"
    }
  }

  package var message: Message { Messages.error(self) }
  package var remedy: Message { Messages.remedy(self) }
  package var outcome: Outcome { if case .unreadable(_, _, _, let outcome) = self { outcome } else { .nothingTaken } }
}
