internal import Billing
public import Dates
internal import Money

/// Made-up bills, each extreme in one respect, built from the bill record's own fields and those a layout declares below `extra`.
///
/// They try a layout as hard as a legal record can, whatever the data at hand holds. Every record is read without fault and warning, with
/// `--strict-lines` too.
public struct ExtremeBills: Sendable {
  /// What a bill is extreme in.
  public enum Kind: String, Sendable, CaseIterable {
    /// Only what a record must have.
    case least
    /// Everything the record and the layout's fields can hold, all at once.
    case most
    /// An amount to pay, but no day to pay it by.
    case noDueDate = "no-due-date"
    /// Electronic only, with consent: no notice of a campaign.
    case electronic
    /// The last bill of an account.
    case finalBill = "final-bill"
    /// A bill that ends the service.
    case termination
    /// Less than nothing to pay.
    case credit
    /// Nothing to pay.
    case zeroDue = "zero-due"
    /// The last bill is not paid.
    case overdue
    /// A payment went back.
    case returnedPayment = "returned-payment"
    /// Lines, a section and a tax below zero.
    case negativeLines = "negative-lines"
    /// No charge lines.
    case noLines = "no-lines"
    /// One charge line.
    case oneLine = "one-line"
    /// Many charge lines.
    case manyLines = "many-lines"
    /// Many sections.
    case manySections = "many-sections"
    /// Many taxes.
    case manyTaxes = "many-taxes"
    /// The widest amounts.
    case wideAmounts = "wide-amounts"
    /// Quantities and prices with many decimals.
    case manyDecimals = "many-decimals"
    /// The longest names of months, and far days.
    case wideDates = "wide-dates"
    /// A usage history that is hard to draw.
    case history
    /// A long name of the customer.
    case longName = "long-name"
    /// An address of many lines.
    case longAddress = "long-address"
    /// Long account and invoice numbers.
    case longNumbers = "long-numbers"
    /// Every text long.
    case longTexts = "long-texts"
    /// Every text long, and one word.
    case longWords = "long-words"
    /// Every text empty.
    case emptyTexts = "empty-texts"
    /// Every text made of digits.
    case digits
    /// Every text looks like markup.
    case markup
    /// Every text with marks above and below its letters.
    case tallMarks = "tall-marks"
    /// Every text in a script that runs from right to left.
    case rightToLeft = "right-to-left"
    /// The layout's declared fields at their ends.
    case fields
    /// A language of the layout.
    case language
    /// The large-print edition.
    case largePrint = "large-print"
  }

  /// One of them.
  public struct Record: Sendable {
    /// What the bill is extreme in.
    public var kind: Kind
    /// What is extreme about it, for people: `every optional field absent`.
    public var detail: String
    /// A record of version 1 without a line end; at most ``ExtremeBills/maximumLength`` bytes.
    public var json: [UInt8]
  }

  /// The most bytes of one record: 300 lines of 250 characters and 5,000 values below `extra` stay far below it.
  ///
  /// - Stops: declared fields that multiply to a giant record.
  public static let maximumLength = 4 << 20

  let setting: ExtremeSetting

  /// Prepares the bills.
  ///
  /// - Parameters:
  ///   - languages: The layout's languages; tags that are none are passed over. Bills are in the base record's language where the layout
  ///     offers it, else in the first.
  ///   - formats: The formats the layout offers, `standard` and `large-print`.
  ///   - fields: What the layout declares below `extra`.
  ///   - base: A good record of the designer's own data. Its currency, days, jurisdiction, segment, country, payment and form of numbers are
  ///     kept, so that the made-up bills are at home; its customer is not. One that cannot be read counts as none.
  ///   - currency: The currency without a base record; an unknown code gives `USD`.
  ///   - issued: The day of issue without a base record.
  public init(
    languages: [String], formats: [String], fields: [SampleField] = [], base: [UInt8]? = nil, currency: String = "USD",
    issued: PlainDate? = nil
  ) {
    setting = ExtremeSetting(
      languages: languages, formats: formats, fields: fields, base: base.flatMap { try? BillReader().read($0).bill }, currency: currency,
      issued: issued)
  }

  /// All bills in the order of ``Kind``, some kinds with several; the same input gives the same bytes.
  ///
  /// - Parameter kind: The only kind to be made, each bill as it stands among all of them; `nil` for every kind.
  /// - Complexity: O(bytes) of what is made, some 1 MB of all for a layout with few fields.
  public func records(of kind: Kind? = nil) -> [Record] {
    var book = ExtremeBook(setting, only: kind)
    book.addStates()
    book.addCharges()
    book.addFigures()
    book.addTexts()
    book.addFields()
    book.addEditions()
    return book.records
  }
}
