package import Geodata

/// Something noticed about a record or a file: data, never an error that is thrown.
package struct Finding: Hashable, Sendable {
  package enum Severity: String, Codable, Comparable, Sendable {
    case note, warning, error
    package static func < (a: Self, b: Self) -> Bool { a.order < b.order }
    private var order: Int {
      switch self {
      case .note: 0
      case .warning: 1
      case .error: 2
      }
    }
  }

  /// Stable codes; an `error` rejects its record.
  package enum Code: String, CaseIterable, Codable, Comparable, Sendable {
    case missingCode = "missing-code"
    case badCode = "bad-code"
    case damagedCode = "damaged-code"
    case missingGeometry = "missing-geometry"
    case unsupportedGeometry = "unsupported-geometry"
    case emptyAfterRepair = "empty-after-repair"
    case outsideCounty = "outside-county"
    case wrongCounty = "wrong-county"
    case badNumber = "bad-number"
    case codeRepeated = "code-repeated"
    case duplicateRecord = "duplicate-record"
    case corrected = "corrected"
    case repaired = "repaired"
    case areaDiffers = "area-differs"
    case farmlandDiffers = "farmland-differs"
    case unitMixUp = "unit-mix-up"
    case noDeclaredArea = "no-declared-area"
    case farmlandExceedsArea = "farmland-exceeds-area"
    case townshipDiffers = "township-differs"
    case partlyOutside = "partly-outside"
    case worldGeodeticSystem = "wgs84"

    package static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }

    package var severity: Severity {
      switch self {
      case .missingCode, .badCode, .damagedCode, .missingGeometry, .unsupportedGeometry, .emptyAfterRepair,
        .outsideCounty,
        .wrongCounty,
        .badNumber, .codeRepeated:
        .error
      case .areaDiffers, .farmlandDiffers, .unitMixUp, .farmlandExceedsArea, .townshipDiffers, .partlyOutside,
        .repaired, .noDeclaredArea:
        .warning
      case .duplicateRecord, .corrected, .worldGeodeticSystem:
        .note
      }
    }

    package var message: Message { Messages.finding(self) }
    package var remedy: Message { Messages.findingRemedy(self) }
  }

  package var code: Code
  /// The record's number in the file, from 1; nothing where it is about the whole file.
  package var record: Int?
  /// The parcel's code, where it is known.
  package var parcel: String?
  /// Figures or words that belong to this record.
  package var detail: String

  package init(_ code: Code, record: Int? = nil, parcel: String? = nil, detail: String = "") {
    (self.code, self.record, self.parcel, self.detail) = (code, record, parcel, detail)
  }
}
