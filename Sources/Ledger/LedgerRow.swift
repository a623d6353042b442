internal import Dates
internal import Foundation
internal import GRDB

/// Values of a row by their place in the query: one of another type than its column's is damage, not a crash.
struct LedgerRow {
  private let row: Row

  init(_ row: Row) { self.row = row }

  func text(_ index: Int) throws -> String { try value(index) }
  func integer(_ index: Int) throws -> Int { Int(try value(index) as Int64) }
  func integerIfAny(_ index: Int) throws -> Int? { (row[index] as DatabaseValue).isNull ? nil : try integer(index) }
  func bytes(_ index: Int) throws -> [UInt8] { Array(try value(index) as Data) }

  /// A text that is empty where there is none.
  func textIfAny(_ index: Int) throws -> String? {
    let text = try text(index)
    return text.isEmpty ? nil : text
  }

  func date(_ index: Int) throws -> PlainDate {
    guard let date = PlainDate(try text(index)) else { throw LedgerFailure.Damage("a row holds a day that is none") }
    return date
  }

  func word<Word: RawRepresentable<String>>(_ index: Int, _: Word.Type) throws -> Word {
    guard let word = Word(rawValue: try text(index)) else { throw LedgerFailure.Damage("a row holds a word that is none of a ledger's") }
    return word
  }

  private func value<Value: DatabaseValueConvertible>(_ index: Int) throws -> Value {
    guard let value = Value.fromDatabaseValue(row[index] as DatabaseValue) else {
      throw LedgerFailure.Damage("a row holds what is none of its values")
    }
    return value
  }
}
