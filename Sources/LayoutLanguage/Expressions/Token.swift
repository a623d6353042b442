internal import Money

/// A word of an expression.
struct Token: Sendable {
  enum Kind: Sendable, Equatable {
    case name(String)
    case number(Amount)
    case text(String)
    case plus, minus, star, slash, dot, bar, comma, colon, open, close
    case comparison(Comparison)
    case end
    /// Something no expression has; the message says what.
    case wrong(String, suggestion: String?)
  }
  var kind: Kind
  var range: Range<Int>
  var spaceBefore: Bool
}

/// Cuts the bytes of an expression into tokens.
struct Lexer {
  private let bytes: [UInt8]
  private(set) var offset: Int
  private let limit: Int

  /// Reads a range of `bytes`.
  init(_ bytes: [UInt8], _ range: Range<Int>) { (self.bytes, offset, limit) = (bytes, range.lowerBound, range.upperBound) }

  static func isNameStart(_ byte: UInt8) -> Bool {
    (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z")) || byte == UInt8(ascii: "_")
  }
  static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }
  static func isNamePart(_ byte: UInt8) -> Bool { isNameStart(byte) || isDigit(byte) || byte == UInt8(ascii: "-") }
  static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }

  /// Whether the text is a name of the language, `[A-Za-z_][A-Za-z0-9_-]*`.
  static func isName(_ text: String) -> Bool {
    guard let first = text.utf8.first, isNameStart(first) else { return false }
    return text.utf8.allSatisfy(isNamePart)
  }

  private func peek(_ ahead: Int = 0) -> UInt8? { offset + ahead < limit ? bytes[offset + ahead] : nil }

  mutating func next() -> Token {
    let before = offset
    while let byte = peek(), Lexer.isSpace(byte) { offset += 1 }
    let start = offset
    let spaceBefore = offset > before
    func token(_ kind: Token.Kind) -> Token { Token(kind: kind, range: start..<offset, spaceBefore: spaceBefore) }
    guard let byte = peek() else {
      // The caret of "ends too early" stands on the closing brace, or behind the attribute's last character.
      return Token(kind: .end, range: limit..<min(limit + 1, bytes.count), spaceBefore: spaceBefore)
    }
    if Lexer.isNameStart(byte) {
      while let part = peek(), Lexer.isNamePart(part) { offset += 1 }
      let name = String(decoding: bytes[start..<offset], as: UTF8.self)
      if let comparison = Comparison(rawValue: name) { return token(.comparison(comparison)) }
      return token(.name(name))
    }
    if Lexer.isDigit(byte) {
      while let digit = peek(), Lexer.isDigit(digit) { offset += 1 }
      if peek() == UInt8(ascii: "."), let digit = peek(1), Lexer.isDigit(digit) {
        offset += 1
        while let digit = peek(), Lexer.isDigit(digit) { offset += 1 }
      }
      guard let number = try? Amount(parsing: bytes[start..<offset]) else {
        return token(.wrong("a number has at most 18 digits", suggestion: nil))
      }
      return token(.number(number))
    }
    offset += 1
    switch byte {
    case UInt8(ascii: "'"): return text(from: start, spaceBefore: spaceBefore)
    case UInt8(ascii: "+"): return token(.plus)
    case UInt8(ascii: "*"): return token(.star)
    case UInt8(ascii: "/"): return token(.slash)
    case UInt8(ascii: "."): return token(.dot)
    case UInt8(ascii: ","): return token(.comma)
    case UInt8(ascii: ":"): return token(.colon)
    case UInt8(ascii: "("): return token(.open)
    case UInt8(ascii: ")"): return token(.close)
    case UInt8(ascii: "-"): return token(.minus)
    case UInt8(ascii: "|"):
      if peek() == byte {
        offset += 1
        return token(.wrong("'||' is not known here", suggestion: "write 'or'"))
      }
      return token(.bar)
    case UInt8(ascii: "&"):
      while peek() == byte { offset += 1 }
      return token(.wrong("'&' is not known here", suggestion: "write 'and'"))
    case UInt8(ascii: "<"):
      if take("=") { return token(.comparison(.le)) }
      return token(take(">") ? .comparison(.ne) : .comparison(.lt))
    case UInt8(ascii: ">"): return token(take("=") ? .comparison(.ge) : .comparison(.gt))
    case UInt8(ascii: "="):
      _ = take("=")
      return token(.wrong("'=' is not known here", suggestion: "write 'eq'"))
    case UInt8(ascii: "!"):
      if take("=") { return token(.wrong("'!=' is not known here", suggestion: "write 'ne'")) }
      return token(.wrong("'!' is not known here", suggestion: "write 'not'"))
    case UInt8(ascii: "\""): return token(.wrong("texts stand in single quotes", suggestion: "write '…' with single quotes"))
    case UInt8(ascii: "{"): return token(.wrong("an expression has no braces of its own", suggestion: nil))
    case UInt8(ascii: "?"): return token(.wrong("'?' is not known here", suggestion: "use 'if' and 'else', or the filter 'default'"))
    default:
      while let next = peek(), next & 0xC0 == 0x80 { offset += 1 }
      return token(.wrong("'\(String(decoding: bytes[start..<offset], as: UTF8.self))' is not part of an expression", suggestion: nil))
    }
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard peek() == UInt8(ascii: character) else { return false }
    offset += 1
    return true
  }

  /// A text in single quotes; two of them within it stand for one.
  private mutating func text(from start: Int, spaceBefore: Bool) -> Token {
    var value: [UInt8] = []
    while let byte = peek() {
      offset += 1
      if byte == UInt8(ascii: "'") {
        if peek() == byte {
          offset += 1
        } else {
          return Token(kind: .text(String(decoding: value, as: UTF8.self)), range: start..<offset, spaceBefore: spaceBefore)
        }
      }
      value.append(byte)
    }
    let end = min(offset, start + 1)
    return Token(kind: .wrong("this quote is never closed", suggestion: nil), range: start..<end, spaceBefore: spaceBefore)
  }
}
