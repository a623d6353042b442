/// What the page says of a record.
struct ShownRecord: Sendable {
  var account = ""
  var invoice = ""
  var name = ""
  /// The amount due with its currency, or what is wrong with the record.
  var due = ""
  var language = ""
  /// Whether the record cannot become a bill.
  var isFaulty = false
  /// The data file's name as the user wrote it; empty for a made-up bill.
  var file = ""
  /// The line in it, from 1; 0 for a made-up bill.
  var line = 0
  /// What a made-up bill is extreme in; `nil` for one of the data.
  var made: String?
}
