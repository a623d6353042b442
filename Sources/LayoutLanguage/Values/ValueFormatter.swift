public import Dates
public import Money
public import Vocabulary

/// Turns values into the words of one language. One per bill's language, used by one task only.
public protocol ValueFormatter: AnyObject {
  /// Money with the currency's ISO 4217 decimals, or within `decimals` where given (prices have more); grouped.
  func money(
    _ value: Amount, currency: Currency, decimals: ClosedRange<Int>?, negative: NegativeStyle, display: CurrencyDisplay
  ) -> String
  /// A number with its own decimals, or rounded half up and padded into `decimals`.
  func number(_ value: Amount, decimals: ClosedRange<Int>?, grouping: Bool) -> String
  /// A percentage: 3 gives "3 %" in the manner of the language.
  func percent(_ value: Amount, decimals: ClosedRange<Int>?) -> String
  /// A date.
  func date(_ date: PlainDate, format: DateFormat) -> String
  /// A period of days, from the first to the last; a plain space is where its line may end.
  func range(_ first: PlainDate, _ last: PlainDate, format: DateFormat) -> String
  /// The text in capitals after the language's rules.
  func uppercase(_ text: String) -> String
  /// The text in small letters after the language's rules.
  func lowercase(_ text: String) -> String
  /// The text with each word's first letter in title case.
  func titlecase(_ text: String) -> String
  /// The category the language puts the number in.
  func pluralCategory(of value: Amount) -> PluralCategory
}
