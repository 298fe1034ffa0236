import Drawing
import Foundation
import Geodata
import ParcelModel

/// `ingest --dump`: every delivered row with what was measured of it, unrounded, ridges not yet taken off the classes; for
/// comparison with other programs. A row that was rejected before it was measured has its number and code only.
struct MeasurementDump {
  private static let columns = [
    "record", "code", "areaM2", "township", "farmlandM2", "basicFarmlandM2", "redlineM2", "earlier", "earlierShare",
    "classes",
  ]

  /// Throws `ProcessingError.cannotKeep`.
  static func write(_ judged: [JudgedRecord], to path: String) throws(ProcessingError) {
    var table = Table(columns: columns.map { .init($0) })
    for entry in judged { table.add(row(entry).map { $0.isEmpty ? .empty : .text($0) }) }
    do {
      try Data(CSV(table).render().utf8).write(to: URL(filePath: path))
    } catch {
      throw .cannotKeep(path, reason: error.localizedDescription)
    }
  }

  private static func row(_ entry: JudgedRecord) -> [String] {
    let start = ["\(entry.record.number)", entry.record.code]
    guard let accepted = entry.accepted else { return start + [String](repeating: "", count: columns.count - 2) }
    let result = accepted.result
    let classes = result.grossClasses.sorted { $0.key < $1.key }.map { "\($0.key.rawValue):\($0.value)" }
    return start + [
      "\(result.area)", result.measurement.township?.digits ?? "", "\(result.farmland)", "\(result.basicFarmland)",
      "\(result.redline)", accepted.earlier?.parcel.code ?? "", accepted.earlier.map { "\($0.share)" } ?? "",
      classes.joined(separator: ";"),
    ]
  }
}
