internal import Dates
internal import Diagnostics
internal import Money

/// What a value that no term took turns out to be, by its element's name, its form and its attributes.
enum LeftoverValue {
  case text([String])
  case day(PlainDate, time: String?)
  case month(PlainDate)
  case days(PlainDate, PlainDate)
  case time(String)
  case amount(Amount, currency: String?)
  case quantity(Amount, unit: String?)
  case percent(Amount)
  case answer(Bool)
  /// ISO 3166-1.
  case country(String)

  /// - Parameter named: The element whose name the value goes by; types of CII stand one level below it.
  init(_ element: InvoiceElement, named: InvoiceElement) {
    let text = InvoiceText.collapsed(element.tree.bytes(of: element.index))
    if text.utf8.count == 2, text.utf8.allSatisfy({ $0 >= 0x41 && $0 <= 0x5A }),
      ["CountryID", "CountryCode", "IdentificationCode"].contains(element.name) || named.name.hasSuffix("Country")
    {
      self = .country(text)
      return
    }
    self =
      LeftoverValue.day(text, element.attribute("format")) ?? LeftoverValue.figure(text, element, named)
      ?? .text(
        InvoiceText.paragraphs(element.tree.bytes(of: element.index)))
  }

  // MARK: Days

  /// ISO 8601's forms, and those of UNTDID 2379 that CII uses.
  private static func day(_ text: String, _ format: String?) -> LeftoverValue? {
    let digits = Array(text.utf8)
    guard digits.count >= 5, digits.count <= 40 else { return nil }
    if let format {
      guard digits.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
      func day(_ start: Int) -> PlainDate? {
        guard digits.count >= start + 8, let number = Int(String(decoding: digits[start..<(start + 8)], as: UTF8.self)) else { return nil }
        return PlainDate(year: number / 10_000, month: number / 100 % 100, day: number % 100)
      }
      switch (format, digits.count) {
      case ("102", 8): return day(0).map { .day($0, time: nil) }
      case ("203", 12), ("204", 14): return day(0).flatMap { day in clock(digits, 8, isCompact: true).map { .day(day, time: $0) } }
      case ("610", 6):
        guard let number = Int(text) else { return nil }
        return PlainDate(year: number / 100, month: number % 100, day: 1).map { .month($0) }
      case ("711", 16), ("718", 16): return day(0).flatMap { from in day(8).map { .days(from, $0) } }
      default: return nil
      }
    }
    if digits.count >= 10, digits[4] == UInt8(ascii: "-"), let day = PlainDate(text.prefix(10)) {
      if digits.count == 10 { return .day(day, time: nil) }
      if digits[10] == UInt8(ascii: "T"), let time = clock(digits, 11, isCompact: false) { return .day(day, time: time) }
      // A time zone behind a plain day.
      return digits[10] == UInt8(ascii: "Z") || digits[10] == UInt8(ascii: "+") || digits[10] == UInt8(ascii: "-")
        ? .day(day, time: nil) : nil
    }
    if digits.count >= 8, digits[2] == UInt8(ascii: ":"), digits[5] == UInt8(ascii: ":") {
      return clock(digits, 0, isCompact: false).map { .time($0) }
    }
    return nil
  }

  /// Hours and minutes as `14:05`.
  private static func clock(_ digits: [UInt8], _ start: Int, isCompact: Bool) -> String? {
    let second = start + (isCompact ? 2 : 3)
    guard digits.count >= second + 2, isCompact || digits[start + 2] == UInt8(ascii: ":"),
      let hours = Int(String(decoding: digits[start..<(start + 2)], as: UTF8.self)), (0...24).contains(hours),
      let minutes = Int(String(decoding: digits[second..<(second + 2)], as: UTF8.self)), (0..<60).contains(minutes)
    else { return nil }
    return String(decoding: digits[start..<(start + 2)], as: UTF8.self) + ":"
      + String(decoding: digits[second..<(second + 2)], as: UTF8.self)
  }

  // MARK: Figures

  private static func figure(_ text: String, _ element: InvoiceElement, _ named: InvoiceElement) -> LeftoverValue? {
    let (name, outer) = (element.name, named.name)
    func ends(_ ending: String) -> Bool { name.hasSuffix(ending) || outer.hasSuffix(ending) }
    if ends("Indicator") {
      switch text.lowercased() {
      case "true", "1": return .answer(true)
      case "false", "0": return .answer(false)
      default: return nil
      }
    }
    let (currency, unit) = (element.attribute("currencyID"), element.attribute("unitCode"))
    guard currency != nil || unit != nil || ["Amount", "Quantity", "Measure", "Percent", "Numeric", "Rate"].contains(where: ends),
      text.utf8.count <= 40, let found = try? element.figure()
    else { return nil }
    element.markUnread()
    if ends("Percent") { return .percent(found.value) }
    if ends("Amount") || currency != nil { return .amount(found.value, currency: currency) }
    return .quantity(found.value, unit: unit)
  }
}
