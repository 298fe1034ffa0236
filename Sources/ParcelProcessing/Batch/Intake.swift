package import Foundation
import Geodata
import ParcelModel
import ParcelWorkspace
import Spatial

/// How the columns of a delivery are understood: by its profile, with the units that heads state themselves.
struct ColumnMapping: Sendable {
  struct AreaColumn: Sendable {
    var index: Int
    var unit: AreaUnit
    /// Decimals that the file declares for the field.
    var decimals: Int?
  }

  let fields: [FeatureSchema.Field]
  let code: Int
  let county: Int?
  let township: Int?
  let area: AreaColumn?
  let farmland: AreaColumn?
  let basicFarmland: AreaColumn?
  /// The columns that have no meaning and are kept as attributes.
  private let others: [Int]

  init(_ profile: Profile, _ schema: FeatureSchema, file: String) throws(ProcessingError) {
    fields = schema.fields
    let names = fields.map(\.name)
    if let twice = Dictionary(grouping: names, by: { $0 }).first(where: { $0.value.count > 1 }) {
      throw .repeatedColumn(file: file, column: twice.key)
    }
    func index(_ column: Profile.Column) -> Int? { profile.field(column, among: names)?.index }
    func area(_ column: Profile.Column) -> AreaColumn? {
      profile.field(column, among: names).map {
        AreaColumn(index: $0.index, unit: $0.unit ?? profile.unit, decimals: schema.fields[$0.index].decimals)
      }
    }
    for column in profile.required where index(column) == nil {
      throw .noColumn(file: file, column: (profile.heads[column] ?? []).joined(separator: "/"), known: names)
    }
    guard let code = index(.code) else {
      throw .noColumn(file: file, column: (profile.heads[.code] ?? []).joined(separator: "/"), known: names)
    }
    self.code = code
    county = index(.county)
    township = index(.township)
    self.area = area(.area)
    farmland = area(.farmland)
    basicFarmland = area(.basicFarmland)
    let known = [code, county, township, self.area?.index, farmland?.index, basicFarmland?.index]
    others = fields.indices.filter { !known.contains($0) }
  }

  var unit: AreaUnit? { area?.unit ?? farmland?.unit }
}

/// One record as delivered, read by the mapping but not yet judged.
///
/// A class, because it goes through all stages as it is: handing it on counts one reference and not one a text.
final class DeliveredRecord: Sendable {
  struct Area: Sendable {
    var area: SquareMeters
    /// Half a unit of the last decimal that was declared, in m².
    var halfUnit: Double
  }

  let number: Int
  let code: String
  /// The file keeps the code as a number with a fraction, which has fewer digits than codes have.
  let isCodeRounded: Bool
  let county: String?
  let township: String?
  let area: Area?
  let farmland: Area?
  let basicFarmland: Area?
  let attributes: [String: String]
  let shape: Shape
  /// The first cell that could not be read as a number.
  let badNumber: String?
  let remarks: [Remark]

  init(_ feature: Feature, by mapping: ColumnMapping) {
    var bad: String?
    area = mapping.area(mapping.area, feature, &bad)
    farmland = mapping.area(mapping.farmland, feature, &bad)
    basicFarmland = mapping.area(mapping.basicFarmland, feature, &bad)
    badNumber = bad
    number = feature.record
    code = feature.values[mapping.code].text?.normalizedCode() ?? ""
    isCodeRounded = if case .real(let number) = feature.values[mapping.code] { abs(number) >= 0x1p53 } else { false }
    county = mapping.text(mapping.county, feature)
    township = mapping.text(mapping.township, feature)
    attributes = mapping.attributes(feature)
    shape = feature.shape
    remarks = feature.remarks
  }
}

extension ColumnMapping {
  fileprivate func attributes(_ feature: Feature) -> [String: String] {
    var attributes: [String: String] = [:]
    for index in others where index < feature.values.count {
      if let text = feature.values[index].text, !text.isEmpty { attributes[fields[index].name] = text }
    }
    return attributes
  }

  fileprivate func text(_ index: Int?, _ feature: Feature) -> String? {
    guard let index, let text = feature.values[index].text?.normalizedCode(), !text.isEmpty else { return nil }
    return text
  }

  fileprivate func area(_ column: AreaColumn?, _ feature: Feature, _ bad: inout String?) -> DeliveredRecord.Area? {
    guard let column else { return nil }
    let value: Double
    var decimals = column.decimals
    switch feature.values[column.index] {
    case .null: return nil
    case .integer(let whole): (value, decimals) = (Double(whole), 0)
    case .real(let real): (value, decimals) = (real, decimals ?? decimalPlaces("\(real)"))
    case .text(let text):
      let trimmed = text.normalizedCode()
      if trimmed.isEmpty { return nil }
      guard let number = decimalNumber(trimmed) else {
        bad = bad ?? "\(fields[column.index].name)=\(trimmed)"
        return nil
      }
      (value, decimals) = (number, decimalPlaces(trimmed))
    case .day(let day):
      bad = bad ?? "\(fields[column.index].name)=\(day)"
      return nil
    }
    // Beyond the area of the whole country nothing is an area, and Int64 hundredths stay far from their end.
    guard value.isFinite, value >= 0, value * column.unit.squareMeters < 1e13 else {
      bad = bad ?? "\(fields[column.index].name)=\(value)"
      return nil
    }
    var step = 1.0
    for _ in 0..<min(decimals ?? 2, 8) { step /= 10 }
    return DeliveredRecord.Area(
      area: SquareMeters(rounding: value * column.unit.squareMeters), halfUnit: step / 2 * column.unit.squareMeters)
  }

  private func decimalPlaces(_ text: String) -> Int {
    guard !text.contains("e"), !text.contains("E"), let point = text.firstIndex(of: ".") else { return 0 }
    let places = text[text.index(after: point)...]
    return places == "0" ? 0 : places.count
  }
}

/// A number as people write it: `Double` would take `0x1F` and `inf` as well.
private func decimalNumber(_ text: String) -> Double? {
  guard text.utf8.allSatisfy({ "0123456789.+-eE".utf8.contains($0) }) else { return nil }
  return Double(text)
}

/// Control characters, and those that make two codes look the same: marks of direction, spaces without width.
func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.properties.generalCategory {
  case .control, .format, .lineSeparator, .paragraphSeparator: true
  default: false
  }
}

extension FieldValue {
  /// The cell as text; nothing for an empty one.
  var text: String? {
    switch self {
    case .null: nil
    case .text(let text): text
    case .integer(let value): String(value)
    case .real(let value): value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : "\(value)"
    case .day(let day): day.description
    }
  }
}

/// Opens files for reading in a child process.
package struct FeatureReader: Sendable {
  /// The program that reads: this one, called again.
  package var executable: String
  /// Where zips are unpacked; the system's folder for temporary files where nothing is said.
  package var scratch: URL?

  package init(executable: String, scratch: URL? = nil) { (self.executable, self.scratch) = (executable, scratch) }

  func open(_ job: ReadJob) throws -> ChildFeatureSource {
    try ChildFeatureSource(job, executable: executable, scratch: scratch?.path)
  }

  /// All records of a file.
  func readAll(_ job: ReadJob) throws -> (schema: FeatureSchema, features: [Feature]) {
    var source = try open(job)
    var features: [Feature] = []
    while let batch = try source.next() { features += batch }
    return (source.schema, features)
  }
}
