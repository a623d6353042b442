internal import CICU
public import Dates
public import Diagnostics
internal import Languages
public import Money
public import Vocabulary

/// Numbers, money, dates, plurals and letter case as one language writes them, from ICU's data alone.
///
/// Plain spaces never occur inside an amount or a percentage, minus is U+2212. Right-to-left languages keep the invisible direction marks of CLDR
/// (U+200E, U+200F, U+061C): the text setter needs them for the order and leaves them out of the page.
/// One instance per language and worker; not safe to share between threads.
public final class LocaleFormats {
  /// The language's tag in canonical case, such as `sr-Latn-RS`.
  public let language: String
  /// Whether the language is written from right to left.
  public let isRightToLeft: Bool

  /// ICU's version, such as `72.1`.
  public static var icuVersion: String { String(cString: cicu_version()) }

  /// The most characters a date skeleton has.
  ///
  /// - Stops: a pattern of megabytes handed to ICU.
  public static let maximumSkeletonLength = 32
  /// How many written dates are kept: a cycle's bills share theirs, years of rows must not pile up.
  ///
  /// - Stops: rows of years of days that would pile up in a worker.
  static let keptDates = 4_096
  /// How many skeletons keep their formatter open; layouts have a handful.
  ///
  /// - Stops: a layout that makes patterns without end.
  static let keptSkeletons = 64

  private let plain: NumberPattern
  private let percentage: NumberPattern
  private var moneyPatterns: [(currency: Currency, mark: CurrencyDisplay, pattern: NumberPattern)] = []
  private let plurals: OpaquePointer
  private var dateFormats: [(key: DateFormat, format: OpaquePointer)] = []
  private var dates: [DateEntry: String] = [:]
  private var intervalFormats: [DateFormat: OpaquePointer] = [:]

  private struct DateEntry: Hashable {
    var format: Int
    var days: Int
  }

  /// Opens the formats of a language.
  ///
  /// - Throws: `bad-language` for a text that is not a language tag, `unknown-language` for one ICU has no data of.
  public init(language text: String) throws(Diagnostic) {
    guard let tag = LanguageTag(text) else {
      throw Diagnostic(id: "bad-language", "'\(text)' is not a language tag; expected one like 'en-US' or 'sr-Latn-RS'")
    }
    guard cicu_has_language(tag.text), let plain = NumberPattern(language: tag.text, skeleton: "group-on-aligned .0"),
      let percentage = NumberPattern(language: tag.text, skeleton: "percent group-on-aligned .0"), let plurals = cicu_plurals_open(tag.text)
    else {
      throw Diagnostic(id: "unknown-language", "language '\(tag.text)' is unknown; expected one that ICU has number and date formats for")
    }
    language = tag.text
    isRightToLeft = cicu_is_right_to_left(tag.text)
    self.plain = plain
    self.percentage = percentage
    self.plurals = plurals
  }

  deinit {
    cicu_plurals_close(plurals)
    for entry in dateFormats { cicu_dates_close(entry.format) }
    for format in intervalFormats.values { cicu_intervals_close(format) }
  }

  // MARK: Numbers

  /// An amount of money with the currency's decimals (or `decimals`), grouped, halves rounded away from zero: `−$1,082.10`, `1.082,10 €`.
  public func money(
    _ amount: Amount, currency: Currency, symbol: CurrencyDisplay = .symbol, negative: NegativeStyle = .minus, decimals: Int? = nil
  ) -> String {
    let decimals = decimals ?? currency.decimals
    guard let pattern = moneyPattern(currency, symbol) else { return amount.description(decimals: decimals) + "\u{A0}" + currency.code }
    let write = { (ignoresSign: Bool) in
      pattern.text(amount, minimum: decimals, maximum: decimals, isGrouped: true, ignoresSign: ignoresSign)
    }
    guard amount.isNegative, !amount.rounded(to: decimals, rule: .halfUp).isZero else { return write(false) }
    switch negative {
    case .minus: return write(false)
    case .hyphen: return write(false).replacing("\u{2212}", with: "-")
    case .trailing: return write(true) + "\u{2212}"
    case .parentheses: return "(" + write(true) + ")"
    case .cr: return write(true) + "\u{A0}CR"
    }
  }

  /// A number with at least and at most so many decimals, halves rounded away from zero.
  public func number(
    _ value: Amount, minimumDecimals: Int = 0, maximumDecimals: Int = Amount.maximumScale, grouping: Bool = true
  ) -> String {
    plain.text(value, minimum: minimumDecimals, maximum: maximumDecimals, isGrouped: grouping)
  }

  /// A percentage: 3 is `3%`, `3 %` or what the language writes.
  public func percent(_ value: Amount, minimumDecimals: Int = 0, maximumDecimals: Int = Amount.maximumScale) -> String {
    percentage.text(value, minimum: minimumDecimals, maximum: maximumDecimals, isGrouped: true)
  }

  private func moneyPattern(_ currency: Currency, _ mark: CurrencyDisplay) -> NumberPattern? {
    for entry in moneyPatterns where entry.mark == mark && entry.currency == currency { return entry.pattern }
    let width =
      switch mark {
      case .symbol: "unit-width-short"
      case .code: "unit-width-iso-code"
      case .none: "unit-width-hidden"
      }
    let skeleton = "currency/\(currency.code) \(width) group-on-aligned .0"
    guard let pattern = NumberPattern(language: language, skeleton: skeleton, isBare: mark == .none) else { return nil }
    moneyPatterns.append((currency, mark, pattern))
    return pattern
  }

  /// The plural category of a value; trailing zeros of its decimals do not count.
  public func pluralCategory(of value: Amount) -> PluralCategory {
    let digits = value.normalized.description
    return switch cicu_plurals_select(plurals, digits, Int32(digits.utf8.count)) {
    case Int32(CICU_ZERO): .zero
    case Int32(CICU_ONE): .one
    case Int32(CICU_TWO): .two
    case Int32(CICU_FEW): .few
    case Int32(CICU_MANY): .many
    default: .other
    }
  }

  // MARK: Dates

  /// A date in one of the language's four lengths, in the Gregorian calendar whatever the language's own is, or with the fields of a CLDR skeleton
  /// in the language's own order, such as `yMMMd` or `MMMM`. No-break spaces keep day and month together. A skeleton that ``isDateSkeleton(_:)``
  /// refuses gives the long style.
  public func date(_ date: PlainDate, _ format: DateFormat = .style(.long)) -> String {
    if case .skeleton(let skeleton) = format, !LocaleFormats.isDateSkeleton(skeleton) { return write(date, as: .style(.long)) }
    return write(date, as: format)
  }

  /// A period of days as the language writes it, what both days share once: `Oct 20 – Nov 19, 2026`. A day alone is that day.
  ///
  /// No-break spaces hold each of the two days together; the only plain space, where there is one, stands behind the dash.
  public func range(_ first: PlainDate, _ last: PlainDate, _ format: DateFormat = .style(.medium)) -> String {
    guard first != last else { return date(first, format) }
    guard let interval = intervalFormat(format),
      let bytes = icuBytes({ cicu_intervals_format(interval, Int32(first.daysSinceEpoch), Int32(last.daysSinceEpoch), $0, $1) })
    else { return "\(date(first, format)) – \(date(last, format))" }
    var text = String.UnicodeScalarView()
    var isBehindDash = false
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      // CLDR sets thin spaces round the dash, which many faces lack.
      let isSpace = scalar == " " || scalar == "\u{A0}" || scalar == "\u{2009}" || scalar == "\u{202F}"
      text.append(isSpace ? isBehindDash ? " " : "\u{A0}" : scalar)
      isBehindDash = scalar == "–"
    }
    return String(text)
  }

  private func intervalFormat(_ key: DateFormat) -> OpaquePointer? {
    if let known = intervalFormats[key] { return known }
    guard let index = formatIndex(key), let format = cicu_intervals_open(language, dateFormats[index].format) else { return nil }
    if intervalFormats.count >= LocaleFormats.keptSkeletons {
      for format in intervalFormats.values { cicu_intervals_close(format) }
      intervalFormats.removeAll()
    }
    intervalFormats[key] = format
    return format
  }

  /// Whether the text is a skeleton of date fields: letters of `GyYuQqMLwWdDFEec` only, at most 32.
  public static func isDateSkeleton(_ text: String) -> Bool {
    let bytes = text.utf8
    return !bytes.isEmpty && bytes.count <= maximumSkeletonLength && bytes.allSatisfy { "GyYuQqMLwWdDFEec".utf8.contains($0) }
  }

  private func write(_ date: PlainDate, as key: DateFormat) -> String {
    guard let index = formatIndex(key) else { return date.iso }
    let days = date.daysSinceEpoch
    let entry = DateEntry(format: index, days: days)
    if let known = dates[entry] { return known }
    let format = dateFormats[index].format
    guard let bytes = icuBytes({ cicu_dates_format(format, Int32(days), $0, $1) }) else { return date.iso }
    let text = String(decoding: bytes, as: UTF8.self)
    if dates.count >= LocaleFormats.keptDates { dates.removeAll(keepingCapacity: true) }
    dates[entry] = text
    return text
  }

  private func formatIndex(_ key: DateFormat) -> Int? {
    if let index = dateFormats.firstIndex(where: { $0.key == key }) { return index }
    if dateFormats.count >= LocaleFormats.keptSkeletons {
      for entry in dateFormats { cicu_dates_close(entry.format) }
      dateFormats.removeAll()
      dates.removeAll()
    }
    let format: OpaquePointer? =
      switch key {
      case .style(.full): cicu_dates_open_style(language, Int32(CICU_DATE_FULL))
      case .style(.long): cicu_dates_open_style(language, Int32(CICU_DATE_LONG))
      case .style(.medium): cicu_dates_open_style(language, Int32(CICU_DATE_MEDIUM))
      case .style(.short): cicu_dates_open_style(language, Int32(CICU_DATE_SHORT))
      case .skeleton(let skeleton): cicu_dates_open_skeleton(language, skeleton)
      }
    guard let format else { return nil }
    dateFormats.append((key, format))
    return dateFormats.count - 1
  }

  // MARK: Words

  /// The text in the language's upper case: `ß` becomes `SS`, Turkish `i` becomes `İ`.
  public func upper(_ text: String) -> String { changed(text, Int32(CICU_CASE_UPPER)) }
  /// The text in the language's lower case.
  public func lower(_ text: String) -> String { changed(text, Int32(CICU_CASE_LOWER)) }
  /// The text with each word capitalised and the rest of it in lower case.
  public func title(_ text: String) -> String { changed(text, Int32(CICU_CASE_TITLE)) }

  private func changed(_ text: String, _ kind: Int32) -> String {
    guard !text.isEmpty else { return text }
    var text = text
    let bytes = text.withUTF8 { source in
      source.withMemoryRebound(to: CChar.self) { chars in
        icuBytes { cicu_change_case(language, kind, chars.baseAddress, Int32(chars.count), $0, $1) }
      }
    }
    return bytes.map { String(decoding: $0, as: UTF8.self) } ?? text
  }

  /// The items in a row: `separator` between them, `last` before the last one. The words are the caller's.
  public func join(_ items: [String], separator: String = ", ", last: String) -> String {
    guard items.count > 1, let final = items.last else { return items.first ?? "" }
    return items.dropLast().joined(separator: separator) + last + final
  }
}
