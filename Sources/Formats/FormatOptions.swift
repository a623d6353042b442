/// How an amount names its currency.
public enum CurrencyMark: Hashable, Sendable {
  /// The sign the language uses, such as `$`, `$US` or `RSD`.
  case symbol
  /// The ISO 4217 code.
  case code
  /// Not at all.
  case none
}

/// How an amount below zero is marked.
public enum NegativeMark: Hashable, Sendable {
  /// A real minus (U+2212) where the language puts it.
  case minus
  /// A hyphen-minus (U+002D) where the language puts a minus, for readers that know no other.
  case hyphen
  /// A real minus behind the amount and its currency.
  case trailing
  /// Parentheses round the amount without its sign.
  case parentheses
  /// The amount without its sign, a no-break space and that word, such as `CR`.
  case credit(String)
}

/// The four lengths of a date that CLDR defines for each language.
public enum DateStyle: Hashable, Sendable, CaseIterable {
  /// With the day of the week.
  case full
  /// With the month in full.
  case long
  /// With the month abbreviated.
  case medium
  /// Digits only.
  case short
}

/// The plural categories of CLDR.
public enum PluralCategory: String, Hashable, Sendable, CaseIterable {
  case zero, one, two, few, many, other
}
