internal import Foundation
internal import GRDB

/// A row of a table, or of a query, as a value: its columns are named once, as the cases of an enum in their order.
protocol TypedRow: FetchableRecord {
  associatedtype Column: RawRepresentable<String>, CaseIterable
  /// Reads a row that anything may have happened to.
  ///
  /// - Throws: ``JournalDamage`` for a value that is none of the column's.
  init(_ row: RowValues<Column>) throws
}

extension TypedRow {
  init(row: Row) throws { try self.init(RowValues(row)) }
}

/// A row that can be stored in a table.
protocol StoredRow: TypedRow {
  /// The table.
  static var name: String { get }
  /// What stands in a column.
  func value(of column: Column) -> DatabaseValue
}

extension StoredRow {
  /// All columns, for a query.
  static var columns: String { Column.allCases.map { "\(name).\($0.rawValue)" }.joined(separator: ", ") }
  /// Stores ``values``.
  static var insert: String { insert("INSERT") }
  /// Stores ``values``, in one of SQL's ways such as `INSERT OR REPLACE`.
  static func insert(_ verb: String) -> String {
    let columns = Column.allCases.map(\.rawValue).joined(separator: ", ")
    return "\(verb) INTO \(name) (\(columns)) VALUES (\(Column.allCases.map { _ in "?" }.joined(separator: ", ")))"
  }
  /// The values in the order of the columns.
  var values: [DatabaseValue] { Column.allCases.map(value(of:)) }
}

/// Stores rows of one kind by a statement that is prepared once.
struct RowInsertion<Stored: StoredRow> {
  private let statement: Statement

  init(_ db: Database, _ verb: String = "INSERT") throws { statement = try db.makeStatement(sql: Stored.insert(verb)) }

  func callAsFunction(_ row: Stored) throws { try self(row.values) }

  /// Stores a row given by its ``StoredRow/values``.
  func callAsFunction(_ values: [DatabaseValue]) throws { try statement.execute(arguments: StatementArguments(values)) }
}

/// Reads values of a row by their columns: one of another type is damage, not a crash.
struct RowValues<Column: RawRepresentable<String>> {
  private let row: Row

  init(_ row: Row) { self.row = row }

  func integer(_ column: Column) throws -> Int64 { try value(column) }
  func int(_ column: Column) throws -> Int { Int(try integer(column)) }
  func flag(_ column: Column) throws -> Bool { try integer(column) != 0 }
  func text(_ column: Column) throws -> String { try value(column) }
  func textIfAny(_ column: Column) throws -> String? { (row[column.rawValue] as DatabaseValue).isNull ? nil : try text(column) }
  func bytes(_ column: Column) throws -> [UInt8] { Array(try value(column) as Data) }

  private func value<Value: DatabaseValueConvertible>(_ column: Column) throws -> Value {
    // The statement named the column, or SQLite had refused it.
    guard let value = Value.fromDatabaseValue(row[column.rawValue] as DatabaseValue) else {
      throw JournalDamage("a row holds what is none of its values")
    }
    return value
  }
}

extension Sequence<UInt8> {
  /// As SQLite stores bytes.
  var databaseValue: DatabaseValue { Data(self).databaseValue }
}
