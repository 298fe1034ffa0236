import Crypto
package import Foundation
import GRDB
import Geodata
package import ParcelModel

/// An event as it lies in the table: the bytes that are hashed.
struct EventRow: Equatable {
  var position: Int
  var county: String
  var seq: Int
  var kind: String
  var version: Int
  var effective: String
  /// Milliseconds since 1970, UTC.
  var recorded: Int64
  var actor: String
  var document: String
  var idempotencyKey: String
  var payload: Data
  var geometry: Data?
  var previousHash: Data
  var hash: Data

  static let columns =
    "position, county, seq, kind, version, effective, recorded, actor, document, idempotency_key, payload, geometry, "
    + "prev_hash, hash"

  init(
    position: Int, county: String, seq: Int, kind: String, version: Int, effective: String, recorded: Int64,
    actor: String, document: String, idempotencyKey: String, payload: Data, geometry: Data?, previousHash: Data
  ) {
    (self.position, self.county, self.seq) = (position, county, seq)
    (self.kind, self.version, self.effective, self.recorded) = (kind, version, effective, recorded)
    (self.actor, self.document, self.idempotencyKey) = (actor, document, idempotencyKey)
    (self.payload, self.geometry, self.previousHash) = (payload, geometry, previousHash)
    hash = Data()
    hash = computedHash
  }

  init(_ row: Row) {
    position = row[0]
    county = row[1]
    seq = row[2]
    kind = row[3]
    version = row[4]
    effective = row[5]
    recorded = row[6]
    actor = row[7]
    document = row[8]
    idempotencyKey = row[9]
    payload = row[10]
    geometry = row[11]
    previousHash = row[12]
    hash = row[13]
  }

  /// Writes the row by a statement that inserts `columns`.
  func insert(by insertion: Insertion) throws {
    try unsafe payload.withUnsafeBytes { payload in
      try unsafe (geometry ?? Data()).withUnsafeBytes { shape in
        try insertion.execute { values in
          values.add(position)
          values.add(county)
          values.add(seq)
          values.add(kind)
          values.add(version)
          values.add(effective)
          values.add(recorded)
          values.add(actor)
          values.add(document)
          values.add(idempotencyKey)
          unsafe values.lend(payload)
          unsafe values.lend(geometry == nil ? nil : shape)
          values.add(previousHash)
          values.add(hash)
        }
      }
    }
  }

  /// SHA-256 over every field of the row, each with its length in front; an absent geometry differs from an empty one.
  var computedHash: Data {
    // In one piece: a call of the hash function for every field takes longer than the hashing.
    var bytes: [UInt8] = []
    bytes.reserveCapacity(512 + payload.count + (geometry?.count ?? 0))
    func add(_ field: some Collection<UInt8>) {
      unsafe withUnsafeBytes(of: UInt64(field.count).littleEndian) { unsafe bytes.append(contentsOf: $0) }
      bytes.append(contentsOf: field)
    }
    add(previousHash)
    add("\(position)".utf8)
    add(county.utf8)
    add("\(seq)".utf8)
    add(kind.utf8)
    add("\(version)".utf8)
    add(effective.utf8)
    add("\(recorded)".utf8)
    add(actor.utf8)
    add(document.utf8)
    add(idempotencyKey.utf8)
    add(payload)
    add((geometry == nil ? "absent" : "present").utf8)
    if let geometry { add(geometry) }
    return unsafe SHA256.hash(data: bytes).withUnsafeBytes { unsafe Data($0) }
  }

  static let firstPreviousHash = Data(count: 32)
}

extension EventRow {
  static let currentVersion = 1

  /// The payload as canonical JSON: sorted keys, NFC. It is hashed as stored and never encoded again.
  ///
  /// `isAsGiven` says that NFC changed nothing; else only what is read back from the bytes is what later readers see.
  static func payload(of deed: Deed) throws -> (bytes: Data, isAsGiven: Bool) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let json: Data
    switch deed {
    case .configure(let configuration): json = try encoder.encode(configuration)
    case .deliver(let record): json = try encoder.encode(record)
    case .issue(let issue), .reissue(let issue): return try CanonicalJSON.encode(issue)
    case .remeasure(let remeasurement): json = try encoder.encode(remeasurement)
    case .workflow(let entry): json = try encoder.encode(entry)
    }
    let canonical = Data(String(decoding: json, as: UTF8.self).precomposedStringWithCanonicalMapping.utf8)
    return (canonical, canonical == json)
  }

  /// The event that the row holds. Every version ever written has its reader here.
  func event() throws(LedgerError) -> Event {
    guard version == 1, let county = DivisionCode(county), let effective = Day(effective) else {
      throw .unreadableEvent(position: position)
    }
    return Event(
      position: position, county: county, seq: seq, effective: effective,
      recorded: Instant(milliseconds: recorded), actor: actor, document: document, deed: try deed())
  }

  private func deed() throws(LedgerError) -> Deed {
    let decoder = JSONDecoder()
    do {
      switch kind {
      case "configure": return .configure(try decoder.decode(ConfigurationFile.self, from: payload))
      case "deliver": return .deliver(try decoder.decode(DeliveryRecord.self, from: payload))
      case "issue": return .issue(try decoder.decode(Issue.self, from: payload))
      case "reissue": return .reissue(try decoder.decode(Issue.self, from: payload))
      case "remeasure": return .remeasure(try decoder.decode(Remeasurement.self, from: payload))
      default: return .workflow(try decoder.decode(WorkflowEntry.self, from: payload))
      }
    } catch {
      throw .unreadableEvent(position: position)
    }
  }
}

extension Sequence<UInt8> {
  /// Two digits a byte.
  var hex: String {
    var digits: [UInt8] = []
    digits.reserveCapacity(2 * underestimatedCount)
    for byte in self {
      digits.append(hexDigit(byte >> 4))
      digits.append(hexDigit(byte & 0xF))
    }
    return String(decoding: digits, as: UTF8.self)
  }
}

/// The digit of a value below 16.
func hexDigit(_ value: UInt8) -> UInt8 { value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10 }

/// SHA-256 of bytes that come in pieces, in hexadecimal.
package struct ContentHash: Sendable {
  private var hash = SHA256()

  package init() {}

  package mutating func add(_ bytes: some DataProtocol) { hash.update(data: bytes) }

  package var hex: String { hash.finalize().hex }
}

/// SHA-256 in hexadecimal.
package func sha256(_ bytes: some DataProtocol) -> String {
  SHA256.hash(data: bytes).hex
}

/// Where a ledger stands: printed on every receipt, and unchanged when nothing changed.
package struct LedgerHead: Hashable, Sendable {
  package struct County: Hashable, Sendable {
    package var county: DivisionCode
    package var seq: Int
    package var hash: String
  }

  /// The last event's place; 0 for an empty ledger.
  package var position: Int
  package var hash: String
  package var counties: [County]
}
