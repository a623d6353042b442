internal import Dates
internal import Diagnostics
internal import JSON
internal import Languages
internal import Money

/// The kinds of fields a record has.
extension JSONReader {
  /// Reads a decimal number, written as a text or as a JSON number, by its digits.
  mutating func decimal() throws(RecordFault) -> Amount {
    let first = peek()
    let start = at
    let isText = first == UInt8(ascii: "\"")
    // The usual case: a sign, up to 18 digits, one point, the closing quote.
    if isText {
      var here = at + 1
      let negative = here < count && base[here] == UInt8(ascii: "-")
      if negative { here += 1 }
      let digits = here
      var point = -1
      var value: Int64 = 0
      let end = min(count, here + 19)
      while here < end {
        let digit = base[here] &- 0x30
        if digit < 10 {
          value = value &* 10 &+ Int64(digit)
        } else if base[here] == UInt8(ascii: "."), point < 0, here > digits {
          point = here
        } else {
          break
        }
        here += 1
      }
      if here < count, base[here] == UInt8(ascii: "\""), here > digits, here != point + 1, here - digits <= 18 {
        at = here + 1
        return Amount(mantissa: negative ? -value : value, scale: point < 0 ? 0 : here - point - 1)
      }
    }
    let bytes: [UInt8]
    switch first {
    case UInt8(ascii: "\""): bytes = decoded(try rawText())
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      let range = try rawNumber()
      bytes = Array(UnsafeBufferPointer(start: base + range.lowerBound, count: range.count))
    default: throw wrongType(expected: "a decimal number such as \"12.50\"")
    }
    do throws(AmountError) {
      return try Amount(parsing: bytes)
    } catch {
      let text = shown(bytes)
      if error == .overflow { throw fault(.outOfRange, "the number '\(text)' has more digits than can be kept exactly", at: start) }
      throw fault(.badNumber, "'\(text)' is not a decimal number such as '12.50' or '-3'", at: start)
    }
  }

  /// Reads a day as `YYYY-MM-DD`.
  mutating func date() throws(RecordFault) -> PlainDate {
    guard peek() == UInt8(ascii: "\"") else { throw wrongType(expected: "a date such as \"2026-11-23\"") }
    let start = at
    let raw = try rawText()
    if raw.end - raw.start == 10, let date = PlainDate(ascii: base + raw.start) { return date }
    let bytes = decoded(raw)
    // Escapes may spell a date too, however odd.
    if raw.traits.contains(.escaped), bytes.count == 10,
      let date = bytes.withUnsafeBufferPointer({ $0.baseAddress.flatMap { PlainDate(ascii: $0) } })
    {
      return date
    }
    let looksRight = bytes.count == 10 && bytes[4] == UInt8(ascii: "-") && bytes[7] == UInt8(ascii: "-")
    throw fault(
      .badDate, looksRight ? "'\(shown(bytes))' is no day of the calendar" : "'\(shown(bytes))' is not a date of the form YYYY-MM-DD",
      at: start)
  }

  /// Reads one of a few words.
  mutating func choice<Choice: RawRepresentable & CaseIterable>(_: Choice.Type) throws(RecordFault) -> Choice
  where Choice.RawValue == String {
    let words = Choice.allCases.map(\.rawValue)
    guard peek() == UInt8(ascii: "\"") else { throw wrongType(expected: "a text, one of \(words.joined(separator: ", "))") }
    let start = at
    let bytes = decoded(try rawText())
    for choice in Choice.allCases where choice.rawValue.utf8.elementsEqual(bytes) { return choice }
    let text = shown(bytes)
    throw fault(
      .unknownValue, "'\(text)' is not one of \(words.joined(separator: ", "))", at: start,
      suggestion: Suggestion.didYouMean(text, among: words))
  }

  /// Reads a code of ISO 4217.
  mutating func currency() throws(RecordFault) -> Currency {
    guard peek() == UInt8(ascii: "\"") else { throw wrongType(expected: "a currency code such as \"USD\"") }
    let start = at
    let bytes = decoded(try rawText())
    let text = shown(bytes)
    if let currency = Currency(code: text) { return currency }
    let upper = text.uppercased()
    throw fault(
      .unknownCurrency, "'\(text)' is not a currency of ISO 4217", at: start,
      suggestion: Currency(code: upper) == nil ? nil : "did you mean '\(upper)'?")
  }

  /// Reads a language tag.
  mutating func language() throws(RecordFault) -> LanguageTag {
    guard peek() == UInt8(ascii: "\"") else { throw wrongType(expected: "a language tag such as \"en-US\"") }
    let start = at
    let bytes = decoded(try rawText())
    let text = String(decoding: bytes, as: UTF8.self)
    if let tag = LanguageTag(text) { return tag }
    let repaired = bytes.count < LanguageTag.maximumLength ? LanguageTag(String(text.map { $0 == "_" ? "-" : $0 })) : nil
    throw fault(
      .badLanguage, "'\(shown(bytes))' is not a language tag of BCP 47", at: start, suggestion: repaired.map { "did you mean '\($0)'?" })
  }

  /// The text for a message, cut where it is long.
  private func shown(_ bytes: [UInt8]) -> String {
    let text = String(decoding: bytes.prefix(200), as: UTF8.self)
    return text.unicodeScalars.count > 60 ? String(text.unicodeScalars.prefix(59)) + "…" : text
  }
}

extension PlainDate {
  /// Reads the ten bytes at `bytes` as `YYYY-MM-DD`.
  init?(ascii bytes: UnsafePointer<UInt8>) {
    func number(_ start: Int, _ length: Int) -> Int {
      var value = 0
      for index in start..<start + length {
        let digit = bytes[index] &- 0x30
        // Anything but a digit makes a number no calendar has.
        value = digit < 10 ? value * 10 + Int(digit) : 1_000_000
      }
      return value
    }
    guard bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") else { return nil }
    self.init(year: number(0, 4), month: number(5, 2), day: number(8, 2))
  }
}
