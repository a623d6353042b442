public import Diagnostics

/// Compiles words with `{expressions}` into the pieces of a ``TextTemplate``.
struct TextCompiler {
  let source: SourceText
  let scope: Scope
  let findings: Findings
  /// Whether runs of white space become one space: in elements and campaign words, not in attributes.
  let collapsesSpace: Bool
  /// Whether `{page}` and the like may stand here: where the text is drawn.
  let allowsLate: Bool

  func pieces() -> [TextTemplate.Piece] {
    var pieces: [TextTemplate.Piece] = []
    var words: [UInt8] = []
    let bytes = source.bytes
    var at = 0
    func flush() {
      guard !words.isEmpty else { return }
      pieces.append(.literal(String(decoding: words, as: UTF8.self)))
      words.removeAll(keepingCapacity: true)
    }
    while at < bytes.count {
      let byte = bytes[at]
      if byte == UInt8(ascii: "{") {
        if at + 1 < bytes.count, bytes[at + 1] == byte {
          words.append(byte)
          at += 2
          continue
        }
        guard let end = TextCompiler.closingBrace(in: bytes, from: at + 1) else {
          findings.error(
            .unclosedBrace, "this '{' is never closed", at: source.range(at..<at + 1), suggestion: "for a brace itself write '{{'")
          at += 1
          continue
        }
        flush()
        if let piece = expression(at + 1..<end) { pieces.append(piece) }
        at = end + 1
      } else if collapsesSpace, Lexer.isSpace(byte) {
        if words.last != 0x20 || words.isEmpty { words.append(0x20) }
        at += 1
        while at < bytes.count, Lexer.isSpace(bytes[at]) { at += 1 }
      } else {
        words.append(byte)
        at += 1
      }
    }
    flush()
    return pieces
  }

  /// The `}` that ends an expression: the first outside quotes before another `{`; where quotes do not match, the first at all.
  static func closingBrace(in bytes: [UInt8], from start: Int) -> Int? {
    var at = start
    var isQuoted = false
    while at < bytes.count {
      switch bytes[at] {
      case UInt8(ascii: "'"): isQuoted.toggle()
      case UInt8(ascii: "}") where !isQuoted: return at
      case UInt8(ascii: "{") where !isQuoted: return nil
      default: break
      }
      at += 1
    }
    guard isQuoted else { return nil }
    at = start
    while at < bytes.count, bytes[at] != UInt8(ascii: "{") {
      if bytes[at] == UInt8(ascii: "}") { return at }
      at += 1
    }
    return nil
  }

  private func expression(_ range: Range<Int>) -> TextTemplate.Piece? {
    var parser = ExpressionParser(source, range, findings: findings)
    guard let syntax = parser.expression() else { return nil }
    let checker = ExpressionChecker(source: source, scope: scope, findings: findings)
    let typed = checker.present(syntax)
    switch typed.type {
    case .unknown: return nil
    case .late:
      guard allowsLate else {
        findings.error(
          .lateValue, "'\(checker.text(typed.range))' is only known when all pages are laid out and cannot stand here",
          at: source.range(typed.range))
        return nil
      }
      if let late = typed.late { return .late(late) }
    case .flag:
      checker.error(
        .notPrintable, "'\(checker.text(typed.range))' is a flag and cannot be printed; put an 'if' round words", typed.range)
      return nil
    case .list:
      checker.error(
        .notPrintable, "'\(checker.text(typed.range))' is a list and cannot be printed", typed.range,
        suggestion: "add | join(', '), or walk it with 'each'")
      return nil
    case .record(let record):
      checker.error(
        .notPrintable, "'\(checker.text(typed.range))' is a record and cannot be printed", typed.range,
        suggestion: record.fields.first.map { "print one of its fields, such as \(checker.text(typed.range)).\($0.name)" })
      return nil
    default: break
    }
    switch typed.operation {
    case .string(let use): return .string(use)
    case .constant(.text(let text)): return text.isEmpty ? nil : .literal(text)
    default: return .value(checker.expression(typed))
    }
  }
}

extension TextTemplate {
  /// Compiles words from outside a layout, such as a text leaf of campaign words after CommonMark has been parsed, against a bill's schema.
  ///
  /// `campaign` is known to be there. Runs of white space become one space; late values are allowed.
  ///
  /// - Parameters:
  ///   - text: The words with their place; see ``SourceText/init(file:range:)`` and ``SourceText/init(file:range:text:)``.
  ///   - schema: ``BillSchema/standard``, or ``Template/schema`` where the layout's declared fields may be used.
  ///   - campaign: The type of `campaign`: that of the campaign whose words they are.
  ///   - diagnostics: What is found wrong is added to it.
  public static func compile(
    _ text: SourceText, schema: RecordType, campaign: RecordType = BillSchema.campaign, into diagnostics: inout [Diagnostic]
  ) -> TextTemplate {
    let findings = Findings()
    let scope = Scope(schema: schema, strings: nil, campaign: campaign)
    scope.hasCampaign = true
    let compiler = TextCompiler(source: text, scope: scope, findings: findings, collapsesSpace: true, allowsLate: true)
    let template = TextTemplate(pieces: compiler.pieces())
    diagnostics += findings.all
    return template
  }
}
