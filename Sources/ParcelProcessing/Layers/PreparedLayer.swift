import Foundation
import Geodata
import ParcelModel
import Spatial

/// A reference layer as it is used: placed in the equal-area plane, with the attributes that measuring needs.
///
/// A class, because all workers use it for every record: as a value each of its columns would be counted each time, by
/// all of them at once.
final class PreparedLayer: Sendable {
  let description: LayerDescription
  /// Township or class code of each polygon, empty where the layer has none.
  let codes: TextColumn
  let names: TextColumn
  /// Twelve digits of the owning village, empty where unknown.
  let villages: TextColumn
  /// The part of a polygon that is not ridges and the like: TBDLMJ / TBMJ.
  let netShares: NumberColumn
  let placed: PolygonSet

  /// In memory of our own.
  ///
  /// - Parameter placed: the polygons in the plane of the layer's zone.
  init(_ description: LayerDescription, _ attributes: LayerAttributes, placed: [Polygons]) {
    self.description = description
    (codes, names) = (TextColumn(attributes.codes), TextColumn(attributes.names))
    (villages, netShares) = (TextColumn(attributes.villages), NumberColumn(attributes.netShares))
    self.placed = PolygonSet(placed)
  }

  /// Maps the file that was made from the source of that SHA-256.
  init(mapping url: URL, source: [UInt8]) throws(PreparedFile.Fault) {
    let file = try PreparedFile(mapping: url.path, source: source)
    guard file.texts.count == 3, file.numbers.count == 1,
      let description = try? JSONDecoder().decode(LayerDescription.self, from: Data(file.note))
    else { throw .otherFormat }
    self.description = description
    (codes, names, villages) = (file.texts[0], file.texts[1], file.texts[2])
    (netShares, placed) = (file.numbers[0], file.areas)
  }

  var namesByCode: [DivisionCode: String] {
    Dictionary(
      (0..<placed.count).compactMap { area in DivisionCode(codes[area]).map { ($0, names[area]) } },
      uniquingKeysWith: { first, _ in first })
  }
}

// MARK: The file

extension PreparedLayer {
  /// Throws `SpatialError.notWritten`.
  func write(to url: URL, source: [UInt8]) throws {
    try PreparedFile(
      note: Array(description.text.utf8), texts: [codes, names, villages], numbers: [netShares], areas: placed
    ).write(to: url.path, source: source)
  }
}
