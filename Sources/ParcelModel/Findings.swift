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

  /// Stable codes; an `error` rejects its record. All of them with their words stand in the documentation (Findings).
  package enum Code: String, CaseIterable, Codable, Comparable, Sendable {
    // What a record is known by.
    case missingCode = "missing-code"
    case badCode = "bad-code"
    case damagedCode = "damaged-code"
    case codeRepeated = "code-repeated"
    case duplicateRecord = "duplicate-record"
    case corrected = "corrected"
    case correctedElsewhere = "corrected-elsewhere"
    case codeElsewhere = "code-elsewhere"
    // Its shape.
    case missingGeometry = "missing-geometry"
    case unsupportedGeometry = "unsupported-geometry"
    case damagedGeometry = "damaged-geometry"
    case emptyAfterRepair = "empty-after-repair"
    case unclosedRing = "unclosed-ring"
    case selfIntersection = "self-intersection"
    case overlappingParts = "overlapping-parts"
    case holeOutside = "hole-outside"
    case repaired = "repaired"
    case duplicateVertices = "duplicate-vertices"
    case sliver = "sliver"
    case heightsDropped = "heights-dropped"
    case arcs = "arcs"
    // Its place.
    case outsideCounty = "outside-county"
    case wrongCounty = "wrong-county"
    case partlyOutside = "partly-outside"
    case nowOutside = "now-outside"
    case townshipDiffers = "township-differs"
    // Its figures and words.
    case badNumber = "bad-number"
    case damagedCell = "damaged-cell"
    case textCut = "text-cut"
    case overflowedCell = "overflowed-cell"
    case areaDiffers = "area-differs"
    case farmlandDiffers = "farmland-differs"
    case unitMixUp = "unit-mix-up"
    case noDeclaredArea = "no-declared-area"
    case farmlandExceedsArea = "farmland-exceeds-area"
    case classesUnbalanced = "classes-unbalanced"
    case basicFarmlandExceedsFarmland = "basic-farmland-exceeds-farmland"
    // The file as a whole.
    case worldGeodeticSystem = "wgs84"
    case referenceInferred = "reference-inferred"
    case referenceOverruled = "reference-overruled"
    case positionDoubtful = "position-doubtful"
    case encodingOverruled = "encoding-overruled"
    case deletedRecords = "deleted-records"
    case unreadFiles = "unread-files"
    // Reference layers.
    case layerOverlap = "layer-overlap"
    case layerGap = "layer-gap"
    case layerTangled = "layer-tangled"
    case unknownClass = "unknown-class"

    package static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }

    package var severity: Severity {
      switch self {
      case .missingCode, .badCode, .damagedCode, .codeRepeated, .missingGeometry, .unsupportedGeometry,
        .damagedGeometry, .emptyAfterRepair, .outsideCounty, .wrongCounty, .badNumber, .damagedCell:
        .error
      case .unclosedRing, .selfIntersection, .overlappingParts, .holeOutside, .repaired, .sliver, .arcs,
        .partlyOutside, .nowOutside, .townshipDiffers, .textCut, .overflowedCell, .unreadFiles, .correctedElsewhere,
        .areaDiffers,
        .farmlandDiffers, .unitMixUp, .noDeclaredArea,
        .farmlandExceedsArea, .classesUnbalanced, .referenceOverruled, .positionDoubtful, .layerOverlap, .layerGap,
        .layerTangled,
        .unknownClass:
        .warning
      case .duplicateRecord, .corrected, .codeElsewhere, .duplicateVertices, .heightsDropped, .worldGeodeticSystem,
        .referenceInferred, .encodingOverruled, .deletedRecords, .basicFarmlandExceedsFarmland:
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
  /// How much ground it concerns, where that was measured.
  package var area: SquareMeters?
  /// For how many records or places it stands.
  package var count: Int

  package init(
    _ code: Code, record: Int? = nil, parcel: String? = nil, detail: String = "", area: SquareMeters? = nil,
    count: Int = 1
  ) {
    (self.code, self.record, self.parcel, self.detail) = (code, record, parcel, detail)
    (self.area, self.count) = (area, count)
  }
}

extension Finding {
  /// Findings of one code together: how a receipt tells them.
  package struct Group: Sendable {
    package var code: Code
    package var findings: [Finding]

    package var count: Int { findings.reduce(0) { $0 + $1.count } }

    /// Nothing where no finding states an area.
    package var area: SquareMeters? {
      let areas = findings.compactMap(\.area)
      return areas.isEmpty ? nil : areas.reduce(.zero, +)
    }

    /// Of INTERFACE's receipt: the first twenty records. Areas stand only where they were measured.
    package func json(_ language: Language) -> JSON {
      var members: [String: JSON] = [
        "code": .string(code.rawValue), "severity": .string(code.severity.rawValue), "count": JSON(count),
        "message": .string(code.message.text(language)), "remedy": .string(code.remedy.text(language)),
        "records": .array(findings.prefix(20).map(\.json)),
      ]
      if let area { members["areaM2"] = JSON(area) }
      return .object(members)
    }
  }

  fileprivate var json: JSON {
    var members: [String: JSON] = [
      "record": record.map { JSON($0) } ?? .null, "code": JSON(parcel), "detail": .string(detail),
    ]
    if let area { members["areaM2"] = JSON(area) }
    if count > 1 { members["count"] = JSON(count) }
    return .object(members)
  }

  /// By code, the most severe first.
  package static func groups(_ findings: [Finding]) -> [Group] {
    Dictionary(grouping: findings, by: \.code).map { Group(code: $0.key, findings: $0.value) }
      .sorted { ($1.code.severity, $0.code) < ($0.code.severity, $1.code) }
  }
}
