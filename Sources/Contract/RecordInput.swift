public import Billing
public import Diagnostics

/// One record on its way to a worker.
public struct RecordInput: Sendable, Hashable {
  /// The last path component of the data file; `-` for the standard input.
  public var file: String
  /// The position of the data file among all of them, from 0.
  public var input: Int
  /// The line number, from 1, blank lines counted.
  public var number: Int
  /// Bytes from the start of the file to the record.
  public var offset: Int
  /// Account and invoice as found without reading the whole record; `nil` where the record's fault hides them.
  public var identity: RecordIdentity?
  /// The record without its line end.
  public var bytes: [UInt8]
  /// What was odd about what a derived record was made from.
  public var warnings: [RecordWarning] = []
  /// What the ledger knows of the account, in the form of its own bytes; empty where that is nothing.
  public var facts: [UInt8] = []
  /// Whether it is the first of its account in the run, with which the account's postcard and e-mail are made.
  public var isFirst = false
  /// The rank of that postcard, where it is known already and the card is to be painted at once; else 0.
  public var cardRank = 0
  /// The postcard that is to be painted in place of all other pieces, its rank known.
  public var card: PieceFacts?
  /// Which of several records of one identity it is, from 1; the parent's own.
  public var copy = 1
  /// Whether the run has its account and invoice in several series; the parent's own.
  public var hasSeveralSeries = false

  /// Makes a record of its parts.
  public init(file: String, input: Int, number: Int, offset: Int, identity: RecordIdentity?, bytes: [UInt8]) {
    (self.file, self.input, self.number, self.offset) = (file, input, number, offset)
    (self.identity, self.bytes) = (identity, bytes)
  }
}

extension RecordInput: Fielded {
  package static var blank: RecordInput { RecordInput(file: "", input: 0, number: 0, offset: 0, identity: nil, bytes: []) }

  package mutating func walk(_ walker: inout some FieldWalker) throws(FieldFailure) {
    try walker.record { (walker) throws(FieldFailure) in
      try walker.field("file", &file)
      try walker.field("input", &input)
      try walker.field("number", &number)
      try walker.field("offset", &offset)
      try walker.field("identity", &identity)
      try walker.field("bytes", bytes: &bytes)
      try walker.field("warnings", &warnings)
      try walker.field("facts", bytes: &facts)
      try walker.field("first", &isFirst)
      try walker.field("card_rank", &cardRank)
      try walker.field("card", &card)
    }
  }
}

extension RecordIdentity: Fielded {
  package static var blank: RecordIdentity { RecordIdentity(account: [], invoice: []) }

  package mutating func walk(_ walker: inout some FieldWalker) throws(FieldFailure) {
    var (account, invoice, series) = (account, invoice, series)
    try walker.record { (walker) throws(FieldFailure) in
      try walker.field("account", bytes: &account)
      try walker.field("invoice", bytes: &invoice)
      try walker.field("series", bytes: &series)
    }
    self = RecordIdentity(account: account, invoice: invoice, series: series)
  }
}
