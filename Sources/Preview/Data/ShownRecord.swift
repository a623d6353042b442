/// What the page says of a record.
struct ShownRecord: Sendable {
  var account = ""
  var invoice = ""
  var summary: RecordSummary
  var language = ""
  /// The data file's name as the user wrote it; empty for a made-up bill.
  var file = ""
  /// The line in it, from 1; 0 for a made-up bill.
  var line = 0
  /// What a made-up bill is extreme in; `nil` for one of the data.
  var made: String?
}
