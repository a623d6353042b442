/// Takes expressions out of a text before CommonMark is parsed, and puts them back into the tree.
///
/// Inside an expression `*`, `_`, `<` and quotes mean something else than in CommonMark, and a brace counts as punctuation when it is decided
/// whether `**` opens or closes. So each expression is replaced by a mark of private-use characters, which CommonMark leaves alone.
struct ExpressionShield {
  /// What is wrong with the braces of a text.
  struct Fault: Error {
    let message: String
    let range: Range<Int>
  }

  /// A mark is `open` digit… `close`; the digits are private too, so that no digit of the text runs into them.
  private static let open: Unicode.Scalar = "\u{E000}"
  private static let close: Unicode.Scalar = "\u{E001}"
  private static let brace: Unicode.Scalar = "\u{E002}"
  private static let zero: UInt32 = 0xE010

  /// The text with marks.
  let shielded: String
  private let expressions: [MarkdownExpression]

  /// Looks for expressions: `{` to the next `}` outside single quotes; `{{` is a brace.
  ///
  /// - Parameter text: Must not hold U+E000…E01F, which mean nothing on a page.
  init(_ text: String, expressions isEnabled: Bool) throws(Fault) {
    var result = String.UnicodeScalarView()
    var found: [MarkdownExpression] = []
    let scalars = Array(text.unicodeScalars)
    var (index, offset) = (0, 0)
    func width(_ scalar: Unicode.Scalar) -> Int { UTF8.width(scalar) }
    while index < scalars.count {
      let scalar = scalars[index]
      if (0xE000...0xE01F).contains(scalar.value) {
        throw Fault(
          message: "the private-use character U+\(String(scalar.value, radix: 16, uppercase: true)) means nothing on a page",
          range: offset..<offset + width(scalar))
      }
      guard isEnabled, scalar == "{" else {
        result.append(scalar)
        index += 1
        offset += width(scalar)
        continue
      }
      if index + 1 < scalars.count, scalars[index + 1] == "{" {
        result.append(ExpressionShield.brace)
        index += 2
        offset += 2
        continue
      }
      var (end, bytes, quoted) = (index + 1, 0, false)
      while end < scalars.count, quoted || scalars[end] != "}" {
        if scalars[end] == "'" { quoted.toggle() }
        bytes += width(scalars[end])
        end += 1
      }
      guard end < scalars.count else {
        throw Fault(message: "'{' begins an expression that has no '}'; write '{{' for a brace", range: offset..<offset + 1)
      }
      let source = String(String.UnicodeScalarView(scalars[index + 1..<end]))
      guard source.contains(where: { !$0.isWhitespace }) else {
        throw Fault(message: "the braces hold no expression; write '{{' for a brace", range: offset..<offset + bytes + 2)
      }
      result.append(ExpressionShield.open)
      for digit in String(found.count).utf8 {
        if let mark = Unicode.Scalar(ExpressionShield.zero + UInt32(digit - UInt8(ascii: "0"))) { result.append(mark) }
      }
      result.append(ExpressionShield.close)
      found.append(MarkdownExpression(source: source, range: offset + 1..<offset + 1 + bytes))
      index = end + 1
      offset += bytes + 2
    }
    shielded = String(result)
    expressions = found
  }

  /// The pieces of a text that came out of the parser.
  func pieces(_ text: String) -> [MarkdownInline] {
    guard text.utf8.contains(0xEE) else { return text.isEmpty ? [] : [.text(text)] }
    var result: [MarkdownInline] = []
    var literal = String.UnicodeScalarView()
    var number: Int?
    func flush() {
      if !literal.isEmpty { result.append(.text(String(literal))) }
      literal = String.UnicodeScalarView()
    }
    for scalar in text.unicodeScalars {
      switch scalar {
      case ExpressionShield.open: number = 0
      case ExpressionShield.brace: literal.append("{")
      case ExpressionShield.close:
        flush()
        if let index = number, index < expressions.count { result.append(.expression(expressions[index])) }
        number = nil
      default:
        if let digits = number {
          number = min(digits, 1_000_000) * 10 + Int(scalar.value &- ExpressionShield.zero)
        } else {
          literal.append(scalar)
        }
      }
    }
    flush()
    return result
  }
}
