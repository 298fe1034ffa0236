import Foundation
import GRDB
import GRDBSQLite

/// An `INSERT` that runs for every new parcel. The only file that calls SQLite itself: GRDB makes and owns the statement,
/// but its arguments are an array of boxed values, which takes about as long to fill as SQLite takes for the row.
struct Insertion {
  private let db: Database
  private let statement: Statement

  init(_ db: Database, sql: String) throws {
    self.db = db
    statement = try db.makeStatement(sql: sql)
  }

  /// Runs it once; `bind` gives the values in their order.
  func execute(_ bind: (inout Values) -> Void) throws {
    let handle = unsafe statement.sqliteStatement
    var values = unsafe Values(handle)
    bind(&values)
    var code = values.failure
    if code == SQLITE_OK { code = unsafe sqlite3_step(handle) }
    let error =
      code == SQLITE_DONE
      ? nil : DatabaseError(resultCode: ResultCode(rawValue: code), message: db.lastErrorMessage, sql: statement.sql)
    // What a reset returns is the error of the step once more.
    _ = unsafe sqlite3_reset(handle)
    _ = unsafe sqlite3_clear_bindings(handle)
    if let error { throw error }
  }

  /// What is bound so far, in the order of the columns. SQLite keeps its own copy of what is added.
  @safe struct Values {
    private let statement: SQLiteStatement
    private var last: Int32 = 0
    fileprivate var failure = SQLITE_OK

    fileprivate init(_ statement: SQLiteStatement) { unsafe self.statement = statement }

    mutating func add(_ value: Int64?) {
      unsafe next { statement, column in
        guard let value else { return unsafe sqlite3_bind_null(statement, column) }
        return unsafe sqlite3_bind_int64(statement, column, value)
      }
    }

    mutating func add(_ value: Int) { add(Int64(value)) }

    mutating func add(_ value: Double?) {
      unsafe next { statement, column in
        guard let value else { return unsafe sqlite3_bind_null(statement, column) }
        return unsafe sqlite3_bind_double(statement, column, value)
      }
    }

    mutating func add(_ text: String?) {
      unsafe next { statement, column in
        guard let text else { return unsafe sqlite3_bind_null(statement, column) }
        return unsafe text.withCString { start in
          unsafe sqlite3_bind_text64(
            statement, column, start, UInt64(text.utf8.count), Self.copying, UInt8(SQLITE_UTF8))
        }
      }
    }

    /// Bytes too long to copy once more, which must stay where they are until the statement has run.
    @unsafe mutating func lend(_ bytes: UnsafeRawBufferPointer?) {
      unsafe next { statement, column in
        guard let bytes = unsafe bytes else { return unsafe sqlite3_bind_null(statement, column) }
        // No bytes have no address, and that would be NULL.
        guard unsafe !bytes.isEmpty else { return unsafe sqlite3_bind_zeroblob(statement, column, 0) }
        return unsafe sqlite3_bind_blob64(statement, column, bytes.baseAddress, UInt64(bytes.count), nil)
      }
    }

    /// - Parameter hash: a few bytes, not none.
    mutating func add(_ hash: Data) {
      unsafe next { statement, column in
        unsafe hash.withUnsafeBytes { bytes in
          unsafe sqlite3_bind_blob64(statement, column, bytes.baseAddress, UInt64(bytes.count), Self.copying)
        }
      }
    }

    private mutating func next(_ bind: (SQLiteStatement, Int32) -> Int32) {
      last += 1
      let code = unsafe bind(statement, last)
      if code != SQLITE_OK { failure = code }
    }

    /// `SQLITE_TRANSIENT`, which Swift does not import.
    private static var copying: sqlite3_destructor_type { unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self) }
  }
}
