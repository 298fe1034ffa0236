import Foundation
import Geodata
import ParcelLedger
import Spatial

/// A reference layer as it is kept: what was read of its files, repaired and brought to EPSG:4490, with the attributes that
/// measuring needs. `PreparedLayer` follows from it, and is made anew from it whenever that is called for.
struct LayerSource {
  var description: LayerDescription
  /// Longitude first, in degrees.
  var polygons: [Polygons]
  var attributes: LayerAttributes
}

/// What measuring needs of a layer's polygons beside their shapes, a value a polygon.
struct LayerAttributes: Codable {
  /// Township or class code, empty where the layer has none.
  var codes: [String] = []
  var names: [String] = []
  /// Twelve digits of the owning village, empty where unknown.
  var villages: [String] = []
  /// The part of a polygon that is not ridges and the like: TBDLMJ / TBMJ.
  var netShares: [Double] = []

  mutating func add(_ feature: Feature, _ columns: LayerColumns) {
    codes.append(columns.code(feature))
    names.append(columns.name(feature))
    villages.append(columns.village(feature))
    netShares.append(columns.netShare(feature))
  }

  /// Whether each column has so many values.
  fileprivate func has(_ count: Int) -> Bool {
    [codes.count, names.count, villages.count, netShares.count].allSatisfy { $0 == count }
  }
}

// MARK: The file

/// In the file the description stands first and alone, so that a list of layers reads no more; then the attributes, the
/// polygons in well-known binary, and SHA-256 over all of it.
extension LayerSource {
  private static let magic = Data("PARCELS-LAYER-2\n".utf8)

  func write(to url: URL) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    var data = Self.magic
    func put(_ block: Data) {
      for shift in stride(from: 0, to: 64, by: 8) {
        data.append(UInt8(truncatingIfNeeded: UInt64(block.count) >> UInt64(shift)))
      }
      data.append(block)
    }
    put(try encoder.encode(description))
    put(try encoder.encode(attributes))
    for polygons in polygons { put(Data(polygons.wkb)) }
    data.append(Data(sha256(data).utf8))
    try replaceDurably(url, with: data)
  }

  /// Reads the whole file; a damaged one is refused.
  init(contentsOf url: URL) throws {
    var blocks = try LayerBlocks(url)
    description = try blocks.decode(LayerDescription.self)
    attributes = try blocks.decode(LayerAttributes.self)
    var polygons: [Polygons] = []
    polygons.reserveCapacity(attributes.codes.count)
    while let block = try blocks.next() {
      guard let shape = try? Polygons(wkb: block) else {
        throw ProcessingError.badLayer(path: url.path, reason: "polygon \(polygons.count + 1)")
      }
      polygons.append(shape)
    }
    guard attributes.has(polygons.count) else {
      throw ProcessingError.badLayer(path: url.path, reason: "\(polygons.count) / \(attributes.codes.count)")
    }
    self.polygons = polygons
  }

  /// What a layer file says of itself, without its polygons.
  static func description(of url: URL) throws -> LayerDescription {
    guard let file = try? FileHandle(forReadingFrom: url) else {
      throw ProcessingError.badLayer(path: url.path, reason: "format")
    }
    defer { try? file.close() }
    // A description names its sources and is far shorter than this.
    var blocks = try LayerBlocks(head: (try? file.read(upToCount: 1 << 20)) ?? Data(), of: url)
    return try blocks.decode(LayerDescription.self)
  }

  /// The SHA-256 that a layer file bears, unchecked: what tells whether a prepared layer was made from it.
  static func sum(of url: URL) throws -> [UInt8] {
    guard let file = try? FileHandle(forReadingFrom: url) else {
      throw ProcessingError.badLayer(path: url.path, reason: "format")
    }
    defer { try? file.close() }
    guard let length = try? file.seekToEnd(), length >= 64, (try? file.seek(toOffset: length - 64)) != nil,
      let end = try? file.readToEnd(), let sum = [UInt8](hexadecimal: String(decoding: end, as: UTF8.self)),
      sum.count == PreparedFile.sourceLength
    else { throw ProcessingError.badLayer(path: url.path, reason: "SHA-256") }
    return sum
  }

  private struct LayerBlocks {
    private let url: URL
    private let data: Data
    private var offset: Int

    /// The whole file, checked.
    init(_ url: URL) throws {
      let whole = try Data(contentsOf: url, options: .mappedIfSafe)
      try self.init(head: whole.dropLast(64), of: url)
      guard Data(sha256(data).utf8) == whole.suffix(64) else {
        throw ProcessingError.badLayer(path: url.path, reason: "SHA-256")
      }
    }

    /// As much of a file as is needed, unchecked.
    init(head: Data, of url: URL) throws {
      (self.url, data, offset) = (url, head, magic.count)
      guard data.prefix(magic.count) == magic else {
        throw ProcessingError.badLayer(path: url.path, reason: "format")
      }
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

extension [UInt8] {
  fileprivate init?(hexadecimal text: String) {
    let digits = text.compactMap(\.hexDigitValue).map { UInt8($0) }
    guard digits.count == text.count, digits.count % 2 == 0 else { return nil }
    self = stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
  }
}
