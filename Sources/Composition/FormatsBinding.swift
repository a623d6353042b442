package import Dates
package import Formats
package import LayoutLanguage
package import Money

/// The formats of one language, as filters ask for them.
package final class FormatsBinding: ValueFormatter {
  package let formats: LocaleFormats

  package init(_ formats: LocaleFormats) { self.formats = formats }

  package func money(
    _ value: Amount, currency: Currency, decimals: ClosedRange<Int>?, negative: NegativeStyle, display: CurrencyDisplay
  ) -> String {
    let mark: CurrencyMark =
      switch display {
      case .symbol: .symbol
      case .code: .code
      case .none: .none
      }
    let sign: NegativeMark =
      switch negative {
      case .minus: .minus
      case .hyphen: .hyphen
      case .trailing: .trailing
      case .parentheses: .parentheses
      case .cr: .credit("CR")
      }
    // Prices have more decimals than their currency: as many as they have, within what is asked for.
    let places = decimals.map { min(max(value.decimals, $0.lowerBound), $0.upperBound) }
    return formats.money(value, currency: currency, symbol: mark, negative: sign, decimals: places)
  }

  package func number(_ value: Amount, decimals: ClosedRange<Int>?, grouping: Bool) -> String {
    guard let decimals else { return formats.number(value, minimumDecimals: Int(value.scale), grouping: grouping) }
    return formats.number(value, minimumDecimals: decimals.lowerBound, maximumDecimals: decimals.upperBound, grouping: grouping)
  }

  package func percent(_ value: Amount, decimals: ClosedRange<Int>?) -> String {
    guard let decimals else { return formats.percent(value) }
    return formats.percent(value, minimumDecimals: decimals.lowerBound, maximumDecimals: decimals.upperBound)
  }

  package func date(_ date: PlainDate, format: DateFormat) -> String {
    switch format {
    case .full: formats.date(date, style: .full)
    case .long: formats.date(date, style: .long)
    case .medium: formats.date(date, style: .medium)
    case .short: formats.date(date, style: .short)
    case .skeleton(let skeleton): formats.date(date, skeleton: skeleton)
    }
  }

  package func uppercase(_ text: String) -> String { formats.upper(text) }
  package func lowercase(_ text: String) -> String { formats.lower(text) }
  package func titlecase(_ text: String) -> String { formats.title(text) }

  package func pluralCategory(of value: Amount) -> LayoutLanguage.PluralCategory {
    switch formats.pluralCategory(of: value) {
    case .zero: .zero
    case .one: .one
    case .two: .two
    case .few: .few
    case .many: .many
    case .other: .other
    }
  }
}
