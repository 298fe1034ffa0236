package import Geodata
package import ParcelLedger

/// What a figure rests on: what had happened by the day T, as it was known at the ledger's position K.
package struct CutOff: Hashable, Sendable {
  package var asOf: Day
  /// The last event that was known; 0 in an empty ledger.
  package var position: Int
  /// Of that event, in hexadecimal.
  package var hash: String
  /// When that event was recorded; nothing in an empty ledger.
  package var recorded: Instant?

  package init(asOf: Day, position: Int, hash: String, recorded: Instant?) {
    (self.asOf, self.position, self.hash, self.recorded) = (asOf, position, hash, recorded)
  }

  /// - Parameter known: the position K; nothing: everything that the ledger holds.
  package init(_ snapshot: Snapshot, asOf: Day, known: Int?) throws {
    let position = try min(known ?? .max, snapshot.head().position)
    self.init(
      asOf: asOf, position: position, hash: try snapshot.hash(at: position) ?? "",
      recorded: try snapshot.recorded(at: position))
  }
}
