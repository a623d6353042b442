public import Billing
public import Money

/// What the manifest says of a piece beyond its record, file name, size and digest, which the pipeline knows by itself.
public struct PieceFacts: Sendable, Hashable {
  /// What was produced.
  public enum Kind: String, Sendable, CaseIterable {
    case bill, terms, postcard, email
  }

  /// How the piece travels.
  public enum Channel: String, Sendable, CaseIterable {
    case print, electronic
  }

  /// What it is.
  public var kind: Kind
  /// `bill`, `credit`, `termination` or `final`.
  public var billKind: Bill.Kind
  /// How it travels.
  public var channel: Channel
  /// As in the record, unnormalised.
  public var account: String
  /// As in the record, unnormalised.
  public var invoice: String
  /// Digest of the piece's drawing trace: 64 lower-case hexadecimal digits.
  public var content: String
  /// The page of the file on which the piece begins, from 1.
  public var firstPage: Int
  /// At least 1.
  public var pages: Int
  /// Added to the charges of the bill's currency in `summary.json`.
  public var charges: Amount
  /// `amount_due`, and added to the dues of the bill's currency.
  public var due: Amount
  /// That of all its amounts.
  public var currency: Currency
  /// The language the piece is set in, in canonical case.
  public var language: String
  /// The edition it is.
  public var format: Bill.Format
  /// `nil`: no notice.
  public var notice: NoticeFacts?
  /// `nil`: no terms.
  public var terms: TermsFacts?
  /// What was odd. The manifest lists each code once, sorted; the messages go to `check`.
  public var warnings: [RecordWarning]

  /// Makes the facts of a piece.
  public init(
    kind: Kind = .bill, billKind: Bill.Kind, channel: Channel, account: String, invoice: String, content: String, firstPage: Int = 1,
    pages: Int, charges: Amount, due: Amount, currency: Currency, language: String, format: Bill.Format, notice: NoticeFacts? = nil,
    terms: TermsFacts? = nil, warnings: [RecordWarning] = []
  ) {
    (self.kind, self.billKind, self.channel, self.account, self.invoice) = (kind, billKind, channel, account, invoice)
    (self.content, self.firstPage, self.pages, self.charges, self.due) = (content, firstPage, pages, charges, due)
    (self.currency, self.language, self.format, self.notice, self.terms) = (currency, language, format, notice, terms)
    self.warnings = warnings
  }
}
