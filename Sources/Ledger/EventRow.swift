internal import Consents
internal import Dates
internal import Diagnostics
internal import Tables

/// A row of a CSV of events, read and judged.
struct EventRow {
  /// The columns, in their order.
  static let header = ["account", "state", "date", "source", "scope", "evidence"]
  /// What a file of refused rows has behind them, so that it can be corrected and imported as it is.
  static let refusalHeader = ["line", "reason"]

  /// Characters of an account, as in a record.
  ///
  /// - Stops: an account that makes every line it stands in long.
  static let maximumAccount = 200
  /// Characters of a source: one word that rules of law name.
  ///
  /// - Stops: a text in the place of a word.
  static let maximumSource = 100
  /// Characters of scope and evidence, as of any text of a record.
  ///
  /// - Stops: whole letters in the ledger, and in each line of its export.
  static let maximumText = 1_000

  let account: String
  let event: LedgerEvent

  /// Why a row cannot be taken, in words that follow "row refused:".
  struct Refusal: Error {
    var reason: String

    init(_ reason: String) { self.reason = reason }
  }

  /// Reads a row of as many fields as the header has.
  init(_ row: CSVReader.Row, columns: Int) throws(Refusal) {
    if let fault = row.fault { throw Refusal("it \(fault.reason)") }
    guard row.fields.count == columns else {
      throw Refusal("it has \(row.fields.count) field\(row.fields.count == 1 ? "" : "s"), expected \(columns)")
    }
    let fields = row.fields.map(CellText.opened)
    account = try Self.text(fields[0], "the account", 1...Self.maximumAccount)
    guard let kind = CustomerEvent.Kind(rawValue: fields[1]) else {
      let words = Self.kinds
      let hint = Suggestion.didYouMean(String(fields[1].prefix(64)), among: words).map { "; \($0)" } ?? ""
      throw Refusal("the state '\(Self.shown(fields[1]))' is none of \(words.joined(separator: ", "))\(hint)")
    }
    guard let date = PlainDate(fields[2]) else { throw Refusal("the date '\(Self.shown(fields[2]))' is no day of the form YYYY-MM-DD") }
    let source = try Self.text(fields[3], "the source", 0...Self.maximumSource)
    if kind == .consent, source.isEmpty { throw Refusal("a consent needs its source, such as web, email, app, phone or form") }
    event = LedgerEvent(
      kind, date, source: source, scope: try Self.text(fields[4], "the scope", 0...Self.maximumText),
      evidence: try Self.text(fields[5], "the evidence", 0...Self.maximumText))
  }

  /// The words of the column `state`, as they are told.
  static let kinds = [CustomerEvent.Kind.consent, .withdrawn, .paper, .bounced].map(\.rawValue)

  private static func text(_ text: String, _ owner: String, _ length: ClosedRange<Int>) throws(Refusal) -> String {
    if text.isEmpty, length.lowerBound > 0 { throw Refusal("\(owner) is empty") }
    let count = text.unicodeScalars.count
    guard count <= length.upperBound else { throw Refusal("\(owner) has \(count) characters, more than the \(length.upperBound) allowed") }
    guard LedgerText.isPlain(text) else { throw Refusal("\(owner) holds a control character, a line break or a bidi override") }
    return text
  }

  /// A text as it may stand in a message.
  private static func shown(_ text: String) -> String {
    let text = LedgerText.isPlain(text) ? text : String(text.unicodeScalars.filter { $0.value >= 0x20 && LedgerText.isPlain(String($0)) })
    return text.unicodeScalars.count > 40 ? String(String.UnicodeScalarView(text.unicodeScalars.prefix(40))) + "…" : text
  }
}
