/// What the index keeps of a record: where it lies, what is searched, and what makes it an extreme.
struct RecordEntry: Sendable {
  var file: Int
  /// The line, from 1.
  var number: Int
  var offset: Int
  var length: Int
  var account: String
  var invoice: String
  var name: String
  /// The amount due with its currency, or what is wrong with the record.
  var due: String
  var language: String
  /// Whether the record cannot become a bill.
  var isFaulty: Bool
  /// Account, invoice, name and amount in lower case, for the search.
  var key: String
}
