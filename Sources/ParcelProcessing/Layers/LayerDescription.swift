import Foundation
package import Geodata
import ParcelModel

/// What a reference layer is for: one of ours, or an overlay name of the user's own.
package struct LayerKind: RawRepresentable, Hashable, Sendable {
  package let rawValue: String

  package init(rawValue: String) { self.rawValue = rawValue }

  package static let townships = LayerKind(rawValue: "townships")
  package static let landUse = LayerKind(rawValue: "land-use")
  package static let basicFarmland = LayerKind(rawValue: "basic-farmland")
  package static let redline = LayerKind(rawValue: "ecological-redline")

  /// Letters, digits and hyphens: it becomes part of a file name.
  package var isValid: Bool {
    !rawValue.isEmpty && rawValue.count <= 40 && rawValue.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" }
  }
}

/// What a prepared layer says of itself; kept in the chain when the layer is first used.
package struct LayerDescription: Codable, Hashable, Sendable {
  package var layer: String
  package var version: String
  package var added: String
  package var sources: [String]
  package var polygons: Int
  package var repaired: Int
  package var area: SquareMeters
  /// SHA-256 of the content.
  package var content: String
  package var zone: Int

  package var kind: LayerKind { LayerKind(rawValue: layer) }

  /// How measurements name it.
  package var reference: String { "\(layer)@\(content.prefix(12))" }

  var text: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  /// What is kept of the layer.
  var fileName: String { "\(layer)-\(content.prefix(12)).layer" }
  /// Where it stays in its files.
  var linkName: String { "\(layer)-\(content.prefix(12)).link" }
  /// What is used of it.
  var preparedName: String { "\(layer)-\(content.prefix(12)).prepared" }

  /// Under which name the chain keeps it. The base survey is pinned per campaign.
  func configurationName(for campaign: Campaign) -> String {
    kind == .landUse ? "\(campaign.id)/\(layer)" : layer
  }

  /// The same for parcels that are measured again: another name, so that the pin stays for the batches to come.
  func configurationName(remeasuring campaign: Campaign) -> String {
    kind == .landUse ? "\(campaign.id)/remeasured/\(layer)" : layer
  }
}
