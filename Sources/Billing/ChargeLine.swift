public import Dates
public import Money

/// One charge of a bill.
///
/// Kept small: a bill may have 90,000 of them, each 96 bytes plus a description over 15 bytes.
public struct ChargeLine: Sendable, Hashable {
  /// Empty where the record has none.
  public var description: String
  /// What is counted, such as `kWh`.
  public var unit: String?
  /// Zero where the record has none.
  public var amount: Amount
  /// How much of it.
  public var quantity: Amount?
  /// The price of one unit; may have more decimals than the currency.
  public var price: Amount?
  private var day: PackedDate
  /// Whether the record gave an amount. A line without one counts as zero in the sums.
  public var hasAmount: Bool

  /// Makes a line of its parts.
  public init(
    date: PlainDate? = nil, description: String, quantity: Amount? = nil, unit: String? = nil, price: Amount? = nil, amount: Amount,
    hasAmount: Bool = true
  ) {
    (self.description, self.unit, self.amount, self.quantity, self.price) = (description, unit, amount, quantity, price)
    (day, self.hasAmount) = (PackedDate(date), hasAmount)
  }

  /// The day of the charge.
  public var date: PlainDate? {
    get { day.date }
    set { day = PackedDate(newValue) }
  }
}

/// A group of charge lines under a title.
public struct Section: Sendable, Hashable {
  /// The heading.
  public var title: String
  /// In the order of the record; may be empty.
  public var lines: [ChargeLine]
  /// The sum of the lines; also where the record leaves it out.
  public var subtotal: Amount
  /// Makes a section of its parts.
  public init(title: String, lines: [ChargeLine], subtotal: Amount) { (self.title, self.lines, self.subtotal) = (title, lines, subtotal) }
}

/// A date or none in four bytes.
struct PackedDate: Sendable, Hashable {
  private var value: UInt32

  init(_ date: PlainDate?) {
    value = date.map { UInt32($0.year) << 16 | UInt32($0.month) << 8 | UInt32($0.day) } ?? 0
  }

  var date: PlainDate? { PlainDate(year: Int(value >> 16), month: Int(value >> 8 & 0xFF), day: Int(value & 0xFF)) }
}
