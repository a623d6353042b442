/// Finds web addresses and phone numbers in running text.
enum ContactFinder {
  /// Web addresses, as they are written: a host of two names or more, a path behind it. Addresses of mail are none.
  static func addresses(in text: String) -> [Substring] {
    text.matches(of: /(?i)(?:https?:\/\/)?(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+[\p{L}]{2,}(?:\/[^\s,;:!?()<>"“”«»]*)?/)
      .compactMap { match in
        let range = match.range
        if range.lowerBound > text.startIndex {
          let before = text[text.index(before: range.lowerBound)]
          if before == "@" || before == "." || before.isLetter || before.isNumber { return nil }
        }
        if range.upperBound < text.endIndex, text[range.upperBound] == "@" { return nil }
        var address = match.output
        while let last = address.last, ".…".contains(last) { address.removeLast() }
        return address
      }
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
    text.matches(of: /[+(]?\p{Nd}[\p{Nd} ()\/.\-–‑]{5,}\p{Nd}/).compactMap { match in
      let digits = match.output.count { $0.isNumber }
      // A day in digits, and a stretch of years, are none.
      guard (7...15).contains(digits), DateFinder.digits(in: String(match.output)).isEmpty,
        match.output.wholeMatch(of: /\d{4}\s?[\-–]\s?\d{4}/) == nil
      else { return nil }
      if match.range.lowerBound > text.startIndex {
        let before = text[text.index(before: match.range.lowerBound)]
        if before.isLetter || before.isNumber || "/-.".contains(before) { return nil }
      }
      if match.range.upperBound < text.endIndex, text[match.range.upperBound].isLetter { return nil }
      return match.output
    }
  }

  /// The digits of a number, in ASCII.
  static func digits(_ phone: some StringProtocol) -> String { phone.compactMap { $0.wholeNumberValue.map { String($0) } }.joined() }

  /// Whether two numbers are one, with or without the codes of country and region.
  static func isSame(_ a: some StringProtocol, _ b: some StringProtocol) -> Bool {
    let (a, b) = (digits(a), digits(b))
    return a == b || min(a.count, b.count) >= 7 && (a.hasSuffix(b) || b.hasSuffix(a))
  }
}
