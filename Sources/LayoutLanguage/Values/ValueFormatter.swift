public import Dates
public import Money

/// How a negative amount of money is written.
public enum NegativeStyle: String, Sendable, CaseIterable, Hashable {
  /// With the language's minus sign.
  case minus
  /// With a hyphen-minus in its place.
  case hyphen
  /// With a minus sign behind it.
  case trailing
  /// In parentheses, as accountants do.
  case parentheses
  /// With the letters CR behind it.
  case cr
}

/// How an amount of money names its currency.
public enum CurrencyDisplay: String, Sendable, CaseIterable, Hashable {
  case symbol, code, none
}

/// How a date is written.
public enum DateFormat: Hashable, Sendable {
  case full, long, medium, short
  /// An ICU skeleton of date fields, such as `yMMMd`.
  case skeleton(String)
}

/// The plural categories of CLDR.
public enum PluralCategory: String, Sendable, CaseIterable, Hashable {
  case zero, one, two, few, many, other
}

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
  /// The text in capitals after the language's rules.
  func uppercase(_ text: String) -> String
  /// The text in small letters after the language's rules.
  func lowercase(_ text: String) -> String
  /// The text with each word's first letter in title case.
  func titlecase(_ text: String) -> String
  /// The category the language puts the number in.
  func pluralCategory(of value: Amount) -> PluralCategory
}
