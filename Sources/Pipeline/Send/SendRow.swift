internal import Billing
internal import GRDB

/// What became of one message, as far as that is known.
struct SendRow: StoredRow {
  enum Column: String, CaseIterable { case account, invoice, series, copy, state, tries, code, words, mailed, written, doubtful }

  /// Where a message stands.
  enum State: String {
    /// It is being sent, or the program ended while it was: then nobody knows whether the server took it.
    case begun
    case accepted, refused, unknown, deferred
    /// Nothing of it was sent.
    case untried
  }

  /// What the server, or the system, said at most; in characters.
  ///
  /// - Stops: a server whose words fill the journal and the terminal.
  static let longest = 300

  /// What is said of a message that was being sent when the program ended.
  static let interrupted = "the program was ended before the server answered"

  var identity: RecordIdentity
  var copy: Int
  var state: State
  /// How often it was begun.
  var tries = 0
  /// The server's code; 0 without one.
  var code = 0
  /// The server's words, or the library's, without addresses.
  var words = ""
  /// The day it was accepted, as the ledger is to have it; empty where it was not.
  var mailed = ""
  /// Whether it is sent once more although nobody knows what became of an earlier try.
  var isDoubtful = false
  /// Whether the ledger has it.
  var isWritten = false

  init(_ identity: RecordIdentity, copy: Int, state: State) { (self.identity, self.copy, self.state) = (identity, copy, state) }

  init(_ row: RowValues<Column>) throws {
    identity = RecordIdentity(account: try row.bytes(.account), invoice: try row.bytes(.invoice), series: try row.bytes(.series))
    guard let state = State(rawValue: try row.text(.state)) else { throw JournalDamage("a row holds what is none of its values") }
    (copy, self.state, tries, code) = (try row.int(.copy), state, try row.int(.tries), try row.int(.code))
    (words, mailed, isWritten) = (try row.text(.words), try row.text(.mailed), try row.flag(.written))
    isDoubtful = try row.flag(.doubtful)
  }

  static let name = "message"
  static let table = """
    CREATE TABLE message (
      account BLOB NOT NULL, invoice BLOB NOT NULL, series BLOB NOT NULL, copy INTEGER NOT NULL, state TEXT NOT NULL,
      tries INTEGER NOT NULL, code INTEGER NOT NULL, words TEXT NOT NULL, mailed TEXT NOT NULL, written INTEGER NOT NULL,
      doubtful INTEGER NOT NULL,
      PRIMARY KEY (account, invoice, series, copy)) WITHOUT ROWID;
    """
  func value(of column: Column) -> DatabaseValue {
    switch column {
    case .account: identity.account.databaseValue
    case .invoice: identity.invoice.databaseValue
    case .series: identity.series.databaseValue
    case .copy: copy.databaseValue
    case .state: state.rawValue.databaseValue
    case .tries: tries.databaseValue
    case .code: code.databaseValue
    case .words: words.databaseValue
    case .mailed: mailed.databaseValue
    case .written: isWritten.databaseValue
    case .doubtful: isDoubtful.databaseValue
    }
  }
}
