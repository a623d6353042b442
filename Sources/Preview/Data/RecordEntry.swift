internal import Contract

/// What the index keeps of a record: where it lies, what is searched and shown of it.
struct RecordEntry: Sendable {
  /// The data file, from 0.
  var file: Int
  /// The line, from 1; of derived records the place in the file.
  var number: Int
  /// Where the record's bytes begin in the file, or in the copy that is kept of derived records.
  var offset: Int
  /// How many bytes there are; 0 where ``finding`` is all there is.
  var length: Int
  var account: String
  var invoice: String
  /// What it says in a list.
  var summary: RecordSummary
  /// The record's language; empty where the record says none: faulty and derived ones.
  var language: String
  /// Whether the record was made from something else, and is kept here.
  var isDerived: Bool
  /// Where in the bytes of a derived record its language stands, which is the layout's first; `nil` for those that say their own.
  var languagePlace: Range<Int>?
  /// Bytes of a derived record's warnings, behind the record.
  var warningLength: Int
  /// The name of the archive's entry it comes from.
  var part: String?
  /// What is wrong where there is no record to lay out: a line that is too long, an e-invoice that becomes no record.
  var finding: PreviewFinding?
  /// Whether it comes from the index before, since the current one has not got so far.
  var isOld = false
  /// Tells the record's bytes from others.
  let check: UInt32
  let store: RecordStore

  /// The name of the data file with that of the archive's entry behind it, for findings.
  var source: String {
    let path = store.paths.indices.contains(file) ? store.paths[file] : ""
    return part.map { "\(path)/\($0)" } ?? path
  }
}
