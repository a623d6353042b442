/// How a negative amount of money is written.
public enum NegativeStyle: String, Sendable, CaseIterable, Hashable {
  /// A real minus (U+2212) where the language puts it.
  case minus
  /// A hyphen-minus (U+002D) where the language puts a minus, for readers that know no other.
  case hyphen
  /// A real minus behind the amount and its currency.
  case trailing
  /// In parentheses, as accountants do, without its sign.
  case parentheses
  /// Without its sign, with a no-break space and the letters CR behind it.
  case cr
}

/// How an amount of money names its currency.
public enum CurrencyDisplay: String, Sendable, CaseIterable, Hashable {
  /// The sign the language uses, such as `$`, `$US` or `RSD`.
  case symbol
  /// The ISO 4217 code.
  case code
  /// Not at all.
  case none
}

/// The four lengths of a date that CLDR defines for each language.
public enum DateStyle: String, Hashable, Sendable, CaseIterable {
  /// With the day of the week.
  case full
  /// With the month in full.
  case long
  /// With the month abbreviated.
  case medium
  /// Digits only.
  case short
}

/// How a date is written.
public enum DateFormat: Hashable, Sendable {
  case style(DateStyle)
  /// An ICU skeleton of date fields, such as `yMMMd`.
  case skeleton(String)
}

/// The plural categories of CLDR, in the order messages keep them in.
public enum PluralCategory: String, Sendable, CaseIterable, Hashable {
  case zero, one, two, few, many, other
}
