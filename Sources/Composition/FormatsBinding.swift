package import Dates
package import Formats
internal import LayoutLanguage
package import Money
package import Vocabulary

/// The formats of one language, as filters ask for them.
package final class FormatsBinding: ValueFormatter {
  package let formats: LocaleFormats

  package init(_ formats: LocaleFormats) { self.formats = formats }

  package func money(
    _ value: Amount, currency: Currency, decimals: ClosedRange<Int>?, negative: NegativeStyle, display: CurrencyDisplay
  ) -> String {
    // Prices have more decimals than their currency: as many as they have, within what is asked for.
    let places = decimals.map { min(max(value.decimals, $0.lowerBound), $0.upperBound) }
    return formats.money(value, currency: currency, symbol: display, negative: negative, decimals: places)
  }

  package func number(_ value: Amount, decimals: ClosedRange<Int>?, grouping: Bool) -> String {
    guard let decimals else { return formats.number(value, minimumDecimals: Int(value.scale), grouping: grouping) }
    return formats.number(value, minimumDecimals: decimals.lowerBound, maximumDecimals: decimals.upperBound, grouping: grouping)
  }

  package func percent(_ value: Amount, decimals: ClosedRange<Int>?) -> String {
    guard let decimals else { return formats.percent(value) }
    return formats.percent(value, minimumDecimals: decimals.lowerBound, maximumDecimals: decimals.upperBound)
  }

  package func date(_ date: PlainDate, format: DateFormat) -> String { formats.date(date, format) }
  package func range(_ first: PlainDate, _ last: PlainDate, format: DateFormat) -> String { formats.range(first, last, format) }
  package func uppercase(_ text: String) -> String { formats.upper(text) }
  package func lowercase(_ text: String) -> String { formats.lower(text) }
  package func titlecase(_ text: String) -> String { formats.title(text) }
  package func pluralCategory(of value: Amount) -> PluralCategory { formats.pluralCategory(of: value) }
}
