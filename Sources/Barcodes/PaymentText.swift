/// Checks shared by the payment codes.
enum PaymentText {
  static func isUpperOrDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 || byte >= 0x41 && byte <= 0x5A }

  /// One line of at most `limit` characters, white space at its ends left out.
  static func line(_ text: String, _ part: String, limit: Int) throws(BarcodeError) -> String {
    let trimmed = trim(text)
    guard trimmed.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }) else {
      throw BarcodeError(.invalid, "the \(part) has a control character; expected one line of text")
    }
    return try bounded(trimmed, part, limit: limit)
  }

  /// The same for fields between bars: line ends allowed (as CR LF), bars not.
  static func lines(_ text: String, _ part: String, limit: Int) throws(BarcodeError) -> String {
    let rows = trim(text).split { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }.map { trim(String($0)) }
    for row in rows {
      guard row.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F && $0 != "|" }) else {
        throw BarcodeError(.invalid, "the \(part) has a control character or '|'; expected text")
      }
    }
    return try bounded(rows.joined(separator: "\r\n"), part, limit: limit)
  }

  private static func bounded(_ text: String, _ part: String, limit: Int) throws(BarcodeError) -> String {
    let count = text.unicodeScalars.count
    guard count <= limit else { throw BarcodeError(.tooLong, "the \(part) has \(count) characters; expected at most \(limit)") }
    return text
  }

  private static func trim(_ text: String) -> String {
    let isSpace = { (character: Character) in
      character == " " || character == "\n" || character == "\r\n" || character == "\r" || character == "\t"
    }
    var rest = text[...].drop(while: isSpace)
    while let last = rest.last, isSpace(last) { rest.removeLast() }
    return String(rest)
  }

  /// An amount above zero as whole units and two digits of cents.
  static func amount(_ text: String, wholeDigits: Int) throws(BarcodeError) -> (whole: String, cents: String) {
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let isDigits = { (part: Substring) in !part.isEmpty && part.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 } }
    guard let first = parts.first, isDigits(first), parts.count == 1 || isDigits(parts[1]) else {
      throw BarcodeError(.invalid, "'\(text)' is no amount; expected digits with a point, above zero")
    }
    var cents = parts.count == 2 ? String(parts[1]) : ""
    while cents.utf8.count > 2, cents.last == "0" { cents.removeLast() }
    while cents.utf8.count < 2 { cents += "0" }
    let significant = String(first.drop { $0 == "0" })
    let whole = significant.isEmpty ? "0" : significant
    guard cents.utf8.count == 2, whole.utf8.count <= wholeDigits, whole != "0" || cents != "00" else {
      throw BarcodeError(
        .invalid,
        "the amount '\(text)' cannot be coded; expected 0.01 to \(String(repeating: "9", count: wholeDigits)).99 with two decimals")
    }
    return (whole, cents)
  }

  /// An IBAN without spaces, its check digits checked (ISO 13616).
  static func iban(_ text: String) throws(BarcodeError) -> String {
    let compact = text.filter { $0 != " " }.uppercased()
    let bytes = Array(compact.utf8)
    guard (15...34).contains(bytes.count), bytes.allSatisfy(isUpperOrDigit), bytes[0] >= 0x41, bytes[1] >= 0x41 else {
      throw BarcodeError(.invalid, "'\(text)' is no IBAN; expected a country code and 13 to 32 further letters and digits")
    }
    guard remainder97(compact) == 1 else { throw BarcodeError(.invalid, "the IBAN '\(text)' has wrong check digits") }
    return compact
  }

  /// The remainder modulo 97 of letters and digits (A = 10 …), with the first four moved to the end as IBAN and RF references want it.
  static func remainder97(_ text: String, rotates: Bool = true) -> Int {
    var bytes = Array(text.utf8)
    if rotates, bytes.count > 4 { bytes = Array(bytes[4...] + bytes[..<4]) }
    var remainder = 0
    for byte in bytes {
      if byte >= 0x30, byte <= 0x39 {
        remainder = (remainder * 10 + Int(byte - 0x30)) % 97
      } else if byte >= 0x41, byte <= 0x5A {
        remainder = (remainder * 100 + Int(byte - 0x41) + 10) % 97
      } else {
        return -1
      }
    }
    return remainder
  }
}
