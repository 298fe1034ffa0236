import Foundation
package import Geodata
import ParcelLedger
import ParcelModel
import Spatial

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

  var fileName: String { "\(layer)-\(content.prefix(12)).layer" }
}

/// A reference layer as it is used: placed in the equal-area plane, with the attributes that measuring needs.
struct PreparedLayer: Sendable {
  var description: LayerDescription
  /// Township or class code of each polygon, empty where the layer has none.
  var codes: [String]
  var names: [String]
  /// Twelve digits of the owning village, empty where unknown.
  var villages: [String]
  /// The part of a polygon that is not ridges and the like: TBDLMJ / TBMJ.
  var netShares: [Double]
  var placed: OverlayLayer

  /// Under which name the chain keeps it. The base survey is pinned per campaign.
  func configurationName(for campaign: Campaign) -> String {
    description.kind == .landUse ? "\(campaign.id)/\(LayerKind.landUse.rawValue)" : description.layer
  }

  var namesByCode: [DivisionCode: String] {
    Dictionary(
      zip(codes, names).compactMap { code, name in DivisionCode(code).map { ($0, name) } },
      uniquingKeysWith: { first, _ in first })
  }
}

// MARK: The file

/// The attributes of a layer file. Before them stands the description alone, so that a list of layers reads no more;
/// after them come the polygons in well-known binary, then SHA-256 over all of it.
private struct AttributeColumns: Codable {
  var codes: [String]
  var names: [String]
  var villages: [String]
  var netShares: [Double]
}

extension PreparedLayer {
  private static let magic = Data("PARCELS-LAYER-1\n".utf8)

  func write(to url: URL) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let columns = try encoder.encode(
      AttributeColumns(codes: codes, names: names, villages: villages, netShares: netShares))
    var data = Self.magic
    func put(_ block: Data) {
      for shift in stride(from: 0, to: 64, by: 8) {
        data.append(UInt8(truncatingIfNeeded: UInt64(block.count) >> UInt64(shift)))
      }
      data.append(block)
    }
    put(try encoder.encode(description))
    put(columns)
    for polygons in placed.polygons { put(Data(polygons.wkb)) }
    data.append(Data(sha256(data).utf8))
    let temporary = url.deletingLastPathComponent().appending(path: ".\(url.lastPathComponent).incoming")
    try writeDurably(data, to: temporary)
    try? FileManager.default.removeItem(at: url)
    try FileManager.default.moveItem(at: temporary, to: url)
  }

  /// Reads the whole file; a damaged one is refused.
  init(contentsOf url: URL) throws {
    var blocks = try LayerBlocks(url, isChecked: true)
    description = try blocks.decode(LayerDescription.self)
    let columns = try blocks.decode(AttributeColumns.self)
    (codes, names) = (columns.codes, columns.names)
    (villages, netShares) = (columns.villages, columns.netShares)
    var polygons: [Polygons] = []
    polygons.reserveCapacity(codes.count)
    while let block = try blocks.next() {
      guard let shape = try? Polygons(wkb: block) else {
        throw ProcessingError.badLayer(path: url.path, reason: "polygon \(polygons.count + 1)")
      }
      polygons.append(shape)
    }
    guard polygons.count == codes.count, polygons.count == names.count, polygons.count == villages.count,
      polygons.count == netShares.count
    else { throw ProcessingError.badLayer(path: url.path, reason: "\(polygons.count) / \(codes.count)") }
    placed = OverlayLayer(polygons)
  }

  /// What a layer file says of itself, without its polygons.
  static func description(of url: URL) throws -> LayerDescription {
    var blocks = try LayerBlocks(url, isChecked: false)
    return try blocks.decode(LayerDescription.self)
  }

  private struct LayerBlocks {
    private let url: URL
    private let data: Data
    private var offset: Int

    init(_ url: URL, isChecked: Bool) throws {
      self.url = url
      let whole = try Data(contentsOf: url, options: .mappedIfSafe)
      guard whole.count > magic.count + 64, whole.prefix(magic.count) == magic else {
        throw ProcessingError.badLayer(path: url.path, reason: "format")
      }
      data = whole.dropLast(64)
      if isChecked, Data(sha256(data).utf8) != whole.suffix(64) {
        throw ProcessingError.badLayer(path: url.path, reason: "SHA-256")
      }
      offset = magic.count
    }

    mutating func next() throws -> Data? {
      if offset == data.count { return nil }
      guard data.count - offset >= 8 else { throw ProcessingError.badLayer(path: url.path, reason: "length") }
      let length = (0..<8).reduce(UInt64(0)) { $0 | UInt64(data[offset + $1]) << UInt64(8 * $1) }
      offset += 8
      guard length <= UInt64(data.count - offset) else {
        throw ProcessingError.badLayer(path: url.path, reason: "length")
      }
      defer { offset += Int(length) }
      return data[offset..<offset + Int(length)]
    }

    mutating func decode<Part: Decodable>(_: Part.Type) throws -> Part {
      guard let block = try next(), let part = try? JSONDecoder().decode(Part.self, from: block) else {
        throw ProcessingError.badLayer(path: url.path, reason: "header")
      }
      return part
    }
  }
}
