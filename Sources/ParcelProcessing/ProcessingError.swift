package import Geodata
import ParcelLedger
package import ParcelModel
import Spatial

/// Why a file as a whole cannot be taken in. Trouble with single records is a `Finding`, not an error.
package enum ProcessingError: ExplainedError, Hashable, Sendable {
  case noSuchFile(String)
  /// A symbolic link in the inbox.
  case link(String)
  /// A folder, or something else that is no file, among the files of a delivery.
  case notPlain(String)
  case cannotKeep(String, reason: String)
  /// Two ways of measuring the same area disagree: the program is wrong, whatever the file.
  case areasDisagree(file: String, record: Int)
  case tooLarge(String, gigabytes: Int)
  /// A database with changes that another program has not put into it yet.
  case openElsewhere(String)
  /// Two columns whose names are one to readers: precomposed and decomposed letters.
  case repeatedColumn(file: String, column: String)
  /// The file was written to while it was copied.
  case changing(String)
  /// A checksum that came with the delivery is not that of the file, or names a file that is missing.
  case manifest(file: String, member: String)
  /// No reference system, or a `name` that was not recognised; `candidates` are those that the coordinates can be in.
  case noReference(file: String, name: String, candidates: [CoordinateReference])
  /// Numbers that cannot be coordinates of the system that the file names or that was stated.
  case contradictedReference(file: String, CoordinateReference, candidates: [CoordinateReference])
  /// Latitude or northing comes first.
  case swappedAxes(file: String)
  /// Xian 80, Beijing 54 and other datums that differ from CGCS2000 by a hundred metres.
  case oldDatum(file: String, name: String)
  case refusedReference(file: String, CoordinateReference)
  case noColumn(file: String, column: String, known: [String])
  /// A reference layer without a field that its kind needs.
  case noLayerField(file: String, field: String, known: [String])
  /// What reading a delivery ended with, in the words of Spatial but under the name that its sender gave it.
  case unreadable(code: String, Message, remedy: Message, Outcome)
  /// A table of rows without a column that it needs.
  case noHead(file: String, column: Message, known: [String])
  /// `profile` would be right; nothing where a head spells the unit out.
  case unitMixUp(file: String, factor: String, profile: String?)
  case empty(file: String)
  /// A reference layer with records, none of which can be in it.
  case allLeftOut(file: String, reasons: [Finding.Code])
  case outside(file: String, reference: String)
  case futureIssue(file: String, Day)
  case badLayer(path: String, reason: String)
  /// A file that a layer stays in is gone, or another one now.
  case layerChanged(layer: String, path: String)
  case noHeader(file: String, wanted: [String])
  case noRegisterMark(file: String)
  case noParcels
  /// Measuring again wants one.
  case noReason

  package var code: String {
    switch self {
    case .noSuchFile: "no-such-file"
    case .link: "symbolic-link"
    case .notPlain: "not-a-plain-file"
    case .cannotKeep: "cannot-keep"
    case .areasDisagree: "areas-disagree"
    case .tooLarge: "too-large"
    case .changing: "changing-file"
    case .openElsewhere: "open-database"
    case .repeatedColumn: "repeated-field"
    case .manifest: "manifest-disagrees"
    case .contradictedReference: "contradicted-reference-system"
    case .swappedAxes: "swapped-axes"
    case .oldDatum: "old-datum"
    case .noReference: "missing-reference-system"
    case .refusedReference: "refused-reference-system"
    case .noColumn, .noHead, .noLayerField: "missing-field"
    case .unreadable(let code, _, _, _): code
    case .unitMixUp: "unit-mix-up"
    case .empty: "no-records"
    case .allLeftOut: "nothing-usable"
    case .outside: "outside-county"
    case .futureIssue: "future-issue-date"
    case .badLayer: "bad-layer"
    case .layerChanged: "layer-changed"
    case .noHeader: "no-header"
    case .noRegisterMark: "no-register-mark"
    case .noParcels: "no-parcels"
    case .noReason: "no-reason"
    }
  }

  package var message: Message { Messages.error(self) }
  package var remedy: Message { Messages.remedy(self) }
  package var outcome: Outcome {
    switch self {
    case .unreadable(_, _, _, let outcome): outcome
    case .noReason: .usage
    default: .nothingTaken
    }
  }
}

/// Whether the trouble lies in the file itself, which is set aside then. Trouble with settings, layers, the disk or the
/// ledger leaves the file where it is: it can be taken in once that is mended.
func blamesFile(_ error: any ExplainedError) -> Bool {
  switch error {
  case is SpatialError: return true
  case let error as ProcessingError:
    switch error {
    // An option that says nothing is no fault of the file.
    case .unreadable(_, _, _, let outcome): return outcome != .usage
    case .noReference, .contradictedReference, .swappedAxes, .oldDatum, .refusedReference, .noColumn, .noHead,
      .noLayerField, .unitMixUp, .empty, .allLeftOut, .outside, .noHeader, .noRegisterMark, .link,
      .notPlain, .noSuchFile, .tooLarge, .manifest:
      return true
    case .repeatedColumn: return true
    case .cannotKeep, .areasDisagree, .changing, .openElsewhere, .futureIssue, .badLayer, .layerChanged, .noParcels,
      .noReason:
      return false
    }
  case let error as LedgerError:
    if case .deliveryContradictsHistory = error { return true }
    return false
  default: return false
  }
}
