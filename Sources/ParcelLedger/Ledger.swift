import Foundation
import GRDB
package import Geodata
package import ParcelModel

/// The ledger of a workspace: events, and what follows from them. One file, opened by one program at a time.
package final class Ledger: Sendable {
  private let queue: DatabaseQueue
  /// How a campaign file in the chain is understood; the text is the truth, not what was once read from it.
  let rules: @Sendable (ConfigurationFile) throws -> Campaign

  /// Opens the ledger at `path`, making it where `creating` is set and bringing an older one up to date.
  ///
  /// - Throws: `LedgerError`.
  package init(
    path: String, creating: Bool = false, rules: @escaping @Sendable (ConfigurationFile) throws -> Campaign
  ) throws {
    self.rules = rules
    guard creating || FileManager.default.fileExists(atPath: path) else {
      throw LedgerError.cannotOpen(path: path, reason: "no such file")
    }
    var configuration = Configuration()
    configuration.busyMode = .timeout(10)
    configuration.prepareDatabase { db in
      // EXTRA also syncs the folder after the rollback journal is gone: an acknowledged batch survives a power cut.
      // Pages are larger than nearly every event, in ledgers made from now on. The cache holds what a batch touches again
      // and again: the indexes, and all of `parcel` in a county.
      try db.execute(
        sql: """
          PRAGMA page_size = 16384; PRAGMA cache_size = -16384;
          PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = EXTRA; PRAGMA trusted_schema = OFF
          """)
    }
    do {
      queue = try DatabaseQueue(path: path, configuration: configuration)
      let migrator = Schema.migrator
      let applied = try queue.read { try migrator.appliedIdentifiers($0) }
      // An emptied file, or a database of another program, must not become a new ledger in silence.
      guard creating || !applied.isEmpty else { throw LedgerError.notALedger(path: path) }
      if try queue.read({ try migrator.hasBeenSuperseded($0) }) { throw LedgerError.newerProgram(path: path) }
      try migrator.migrate(queue)
    } catch let error as DatabaseError {
      switch error.resultCode {
      case .SQLITE_BUSY, .SQLITE_LOCKED: throw LedgerError.locked(path: path)
      case .SQLITE_NOTADB, .SQLITE_CORRUPT: throw LedgerError.notALedger(path: path)
      default: throw LedgerError.cannotOpen(path: path, reason: error.message ?? "\(error.resultCode)")
      }
    }
  }

  /// One transaction, all of it or nothing; begins at once, so that what is read in it is what is written upon.
  package func write<Result>(at now: Instant, _ body: (Transaction) throws -> Result) throws -> Result {
    try explainingErrors {
      try queue.writeWithoutTransaction { db in
        var result: Result?
        try db.inTransaction(.immediate) {
          let transaction = try Transaction(db, now: now, rules: rules)
          result = try body(transaction)
          try transaction.project()
          return .commit
        }
        return result!
      }
    }
  }

  package func read<Result>(_ body: (Snapshot) throws -> Result) throws -> Result {
    try explainingErrors { try queue.read { db in try body(Snapshot(db, rules: rules)) } }
  }

  /// Runs in a transaction that is rolled back at the end: for checks that rebuild what they compare with.
  func trial<Result>(_ body: (Database) throws -> Result) throws -> Result {
    try explainingErrors {
      try queue.writeWithoutTransaction { db in
        var result: Result?
        try db.inTransaction(.immediate) {
          result = try body(db)
          return .rollback
        }
        return result!
      }
    }
  }

  private func explainingErrors<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as DatabaseError {
      switch error.resultCode {
      case .SQLITE_BUSY, .SQLITE_LOCKED: throw LedgerError.locked(path: queue.path)
      case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_FULL:
        throw LedgerError.notWritable(path: queue.path, reason: error.message ?? "\(error.resultCode)")
      default: throw LedgerError.database(error.message ?? "\(error.resultCode)")
      }
    }
  }
}
