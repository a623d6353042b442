internal import Synchronization

/// Finds web addresses and phone numbers in running text.
enum ContactFinder {
  /// What is looked for, compiled once: that takes longer than any of the texts here.
  private struct Patterns {
    let address =
      /(?i)(?:https?:\/\/)?(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+[\p{L}]{2,}(?:\/[^\s,;:!?()<>"“”«»]*)?/
    let phone = /[+(]?\p{Nd}[\p{Nd} ()\/.\-–‑]{5,}\p{Nd}/
  }

  private static let patterns = Mutex(Patterns())

  /// Web addresses, as they are written: a host of two names or more, a path behind it. Addresses of mail are none.
  static func addresses(in text: String) -> [Substring] {
    guard mayHoldAddress(text) else { return [] }
    let ranges = patterns.withLock { text.ranges(of: $0.address) }
    return ranges.compactMap { range in
      if range.lowerBound > text.startIndex {
        let before = text[text.index(before: range.lowerBound)]
        if before == "@" || before == "." || before.isLetter || before.isNumber { return nil }
      }
      if range.upperBound < text.endIndex, text[range.upperBound] == "@" { return nil }
      var address = text[range]
      while let last = address.last, ".…".contains(last) { address.removeLast() }
      return address
    }
  }

  /// Whether a full stop stands between what may be a name's end and what may be two letters; without one there is no address. Looks at bytes
  /// alone, and takes all that are not ASCII for letters.
  private static func mayHoldAddress(_ text: String) -> Bool {
    var isNamesEnd = false
    // Letters since a full stop behind a name; `nil` where there is none right before.
    var letters: Int?
    for byte in text.utf8 {
      let isLetter = byte >= 0x80 || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
      if isLetter {
        if letters == 1 { return true }
        letters = letters.map { $0 + 1 }
      } else {
        letters = byte == UInt8(ascii: ".") && isNamesEnd ? 0 : nil
      }
      isNamesEnd = isLetter || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
    return false
  }

  /// An address as it is compared: without scheme and closing slash, the host in lower case.
  static func normalized(_ address: some StringProtocol) -> String {
    var rest = String(address)
    for scheme in ["https://", "http://"] where rest.lowercased().hasPrefix(scheme) { rest.removeFirst(scheme.count) }
    while rest.hasSuffix("/") { rest.removeLast() }
    let host = rest.prefix { $0 != "/" }
    return host.lowercased() + rest.dropFirst(host.count)
  }

  /// Phone numbers, as they are written: seven digits or more, with what people set between them.
  static func phones(in text: String) -> [Substring] {
    guard mayHoldPhone(text) else { return [] }
    let ranges = patterns.withLock { text.ranges(of: $0.phone) }
    return ranges.compactMap { range in
      let number = text[range]
      let digits = number.count { $0.isNumber }
      // A day in digits, and a stretch of years, are none.
      guard (7...15).contains(digits), DateFinder.digits(in: String(number)).isEmpty,
        number.wholeMatch(of: /\d{4}\s?[\-–]\s?\d{4}/) == nil
      else { return nil }
      if range.lowerBound > text.startIndex {
        let before = text[text.index(before: range.lowerBound)]
        if before.isLetter || before.isNumber || "/-.".contains(before) { return nil }
      }
      if range.upperBound < text.endIndex, text[range.upperBound].isLetter { return nil }
      return number
    }
  }

  /// Whether seven digits stand with nothing between them that is in no number. Looks at scalars alone, and passes over those that are not
  /// ASCII and no digits.
  private static func mayHoldPhone(_ text: String) -> Bool {
    var digits = 0
    for scalar in text.unicodeScalars {
      if scalar.isASCII {
        switch scalar {
        case "0"..."9": digits += 1
        case " ", "(", ")", "/", ".", "-": break
        default: digits = 0
        }
      } else if scalar.properties.generalCategory == .decimalNumber {
        digits += 1
      }
      if digits == 7 { return true }
    }
    return false
  }

  /// The digits of a number, in ASCII.
  static func digits(_ phone: some StringProtocol) -> String { phone.compactMap { $0.wholeNumberValue.map { String($0) } }.joined() }

  /// Whether two numbers are one, with or without the codes of country and region.
  static func isSame(_ a: some StringProtocol, _ b: some StringProtocol) -> Bool {
    let (a, b) = (digits(a), digits(b))
    return a == b || min(a.count, b.count) >= 7 && (a.hasSuffix(b) || b.hasSuffix(a))
  }
}
