internal import Diagnostics
internal import Money
internal import Vocabulary

/// What a placeholder of a string needs.
enum ArgumentKind: Int, Sendable, Comparable {
  /// Anything that can be printed.
  case printed
  /// A text or a flag, for `select`.
  case choice
  /// A number, for `plural`.
  case number
  static func < (a: ArgumentKind, b: ArgumentKind) -> Bool { a.rawValue < b.rawValue }
}

/// Reads `text {name} {n, plural, =0 {…} one {…} other {# …}} {s, select, a {…} other {…}}`.
///
/// `{{` is a brace, apostrophes are plain.
struct MessageParser {
  /// A placeholder met while reading.
  struct Placeholder {
    var name: String
    var kind: ArgumentKind
    var range: Range<Int>
  }

  private let source: SourceText
  private let bytes: [UInt8]
  private let findings: Findings
  private var offset = 0
  private(set) var placeholders: [Placeholder] = []
  private(set) var hasLateValues = false
  /// The anchors it points to, with their places.
  private(set) var anchors: [(name: String, range: Range<Int>)] = []
  /// Gives the argument slot of a name.
  private let slot: (String) -> Int

  private struct Stop: Error {}

  init(_ source: SourceText, findings: Findings, slot: @escaping (String) -> Int) {
    self.source = source
    bytes = source.bytes
    self.findings = findings
    self.slot = slot
  }

  /// The whole string; `nil` once a fault is reported.
  mutating func message() -> Message? {
    do {
      let pieces = try self.pieces(depth: 0, inPlural: false)
      return Message(pieces: pieces)
    } catch {
      return nil
    }
  }

  private func fault(_ message: String, _ range: Range<Int>, suggestion: String? = nil) -> Stop {
    findings.error(.stringSyntax, message, at: source.range(range), suggestion: suggestion)
    return Stop()
  }

  private func peek() -> UInt8? { offset < bytes.count ? bytes[offset] : nil }

  private mutating func skipSpace() { while let byte = peek(), Lexer.isSpace(byte) { offset += 1 } }

  /// Words and placeholders up to the end, or to the `}` that closes the surrounding case.
  private mutating func pieces(depth: Int, inPlural: Bool) throws(Stop) -> [Message.Piece] {
    var pieces: [Message.Piece] = []
    var words: [UInt8] = []
    func flush() {
      if !words.isEmpty { pieces.append(.literal(String(decoding: words, as: UTF8.self))) }
      words.removeAll()
    }
    while let byte = peek() {
      switch byte {
      case UInt8(ascii: "{"):
        if offset + 1 < bytes.count, bytes[offset + 1] == byte {
          words.append(byte)
          offset += 2
          continue
        }
        flush()
        pieces.append(try placeholder(depth: depth, inPlural: inPlural))
      case UInt8(ascii: "}") where depth > 0:
        flush()
        return pieces
      case UInt8(ascii: "#") where inPlural:
        flush()
        pieces.append(.pound)
        offset += 1
      case 0x20, 0x09, 0x0A, 0x0D:
        offset += 1
        if words.last != 0x20 { words.append(0x20) }
      default:
        words.append(byte)
        offset += 1
      }
    }
    if depth > 0 { throw fault("a '}' is missing at the end", bytes.count..<bytes.count) }
    flush()
    return pieces
  }

  private mutating func name(_ expected: String) throws(Stop) -> (String, Range<Int>) {
    skipSpace()
    let start = offset
    if let byte = peek(), Lexer.isNameStart(byte) {
      while let byte = peek(), Lexer.isNamePart(byte) { offset += 1 }
      return (String(decoding: bytes[start..<offset], as: UTF8.self), start..<offset)
    }
    throw fault("\(expected) was expected here", start..<min(start + 1, bytes.count))
  }

  /// The rest of `{page-of('name')}`.
  private mutating func pageOf(_ start: Int) throws(Stop) -> Message.Piece {
    offset += 1
    let quote = UInt8(ascii: "'")
    let expected = "the name of an anchor in single quotes was expected here"
    skipSpace()
    guard peek() == quote else { throw fault(expected, offset..<min(offset + 1, bytes.count)) }
    offset += 1
    let nameStart = offset
    while let byte = peek(), Lexer.isNamePart(byte) { offset += 1 }
    let range = nameStart..<offset
    guard !range.isEmpty, peek() == quote else { throw fault(expected, nameStart - 1..<min(offset + 1, bytes.count)) }
    offset += 1
    skipSpace()
    guard peek() == UInt8(ascii: ")") else { throw fault("')' was expected here", offset..<min(offset + 1, bytes.count)) }
    offset += 1
    skipSpace()
    guard peek() == UInt8(ascii: "}") else {
      throw peek() == nil ? fault("this '{' is never closed", start..<start + 1) : fault("'}' was expected here", offset..<offset + 1)
    }
    offset += 1
    hasLateValues = true
    let anchor = String(decoding: bytes[range], as: UTF8.self)
    anchors.append((anchor, range))
    return .late(.pageOf(anchor))
  }

  private mutating func placeholder(depth: Int, inPlural: Bool) throws(Stop) -> Message.Piece {
    let start = offset
    offset += 1
    let (name, range) = try self.name("the name of an argument")
    skipSpace()
    if name == "page-of", peek() == UInt8(ascii: "(") { return try pageOf(start) }
    if peek() == UInt8(ascii: "}") {
      offset += 1
      if let late = LateName(rawValue: name) {
        hasLateValues = true
        return .late(late)
      }
      placeholders.append(Placeholder(name: name, kind: .printed, range: range))
      return .argument(try argument(name, range))
    }
    guard peek() == UInt8(ascii: ",") else {
      guard peek() != nil else { throw fault("this '{' is never closed", start..<start + 1) }
      if peek() == UInt8(ascii: ".") || peek() == UInt8(ascii: "|") {
        throw fault("a string has no expressions; give '\(name)' to 't' as an argument", range)
      }
      throw fault("'}' or ',' was expected here", offset..<offset + 1)
    }
    offset += 1
    guard depth < LanguageLimits.stringDepth else {
      throw fault("plurals are nested more than \(LanguageLimits.stringDepth) deep", range)
    }
    let (form, formRange) = try self.name("'plural' or 'select'")
    guard form == "plural" || form == "select" else {
      throw fault(
        "'\(form)' is not a form of placeholder; 'plural' and 'select' are", formRange,
        suggestion: Suggestion.didYouMean(form, among: ["plural", "select"]))
    }
    if LateName(rawValue: name) != nil {
      throw fault("'\(name)' is only known when all pages are laid out: it can be printed, not used in a \(form)", range)
    }
    skipSpace()
    guard peek() == UInt8(ascii: ",") else {
      throw fault("',' and cases such as 'other {…}' were expected here", offset..<min(offset + 1, bytes.count))
    }
    offset += 1
    placeholders.append(Placeholder(name: name, kind: form == "plural" ? .number : .choice, range: range))
    return form == "plural"
      ? try plural(name, range, formRange, depth) : try select(name, range, formRange, depth, inPlural)
  }

  /// The slot of an argument.
  private func argument(_ name: String, _ range: Range<Int>) throws(Stop) -> Int {
    let slot = slot(name)
    guard slot < LanguageLimits.stringArguments else {
      throw fault("a string has at most \(LanguageLimits.stringArguments) different placeholders", range)
    }
    return slot
  }

  private func checkCases(_ count: Int, _ form: Range<Int>) throws(Stop) {
    guard count <= LanguageLimits.stringCases else {
      throw fault("a plural or select has at most \(LanguageLimits.stringCases) cases", form)
    }
  }

  private mutating func body(_ depth: Int, inPlural: Bool) throws(Stop) -> [Message.Piece] {
    skipSpace()
    guard peek() == UInt8(ascii: "{") else {
      throw fault("'{' and the words of this case were expected here", offset..<min(offset + 1, bytes.count))
    }
    offset += 1
    let pieces = try self.pieces(depth: depth + 1, inPlural: inPlural)
    offset += 1
    return pieces
  }

  private mutating func plural(
    _ name: String, _ nameRange: Range<Int>, _ form: Range<Int>, _ depth: Int
  ) throws(Stop) -> Message.Piece {
    var exact: [(value: Amount, pieces: [Message.Piece])] = []
    var categories = [[Message.Piece]?](repeating: nil, count: PluralCategory.allCases.count)
    while true {
      skipSpace()
      let start = offset
      if peek() == UInt8(ascii: "}") {
        offset += 1
        break
      }
      if peek() == UInt8(ascii: "=") {
        offset += 1
        let digits = offset
        while let byte = peek(), Lexer.isDigit(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-") { offset += 1 }
        guard let value = try? Amount(parsing: bytes[digits..<offset]) else {
          throw fault("a number was expected behind '='", start..<offset)
        }
        guard !exact.contains(where: { $0.value == value }) else { throw fault("the case '=\(value)' stands twice", start..<offset) }
        exact.append((value, try body(depth, inPlural: true)))
        try checkCases(exact.count, form)
        continue
      }
      let (category, range) = try self.name("a case such as 'one {…}', 'other {…}' or '}'")
      guard let index = PluralCategory.allCases.firstIndex(where: { $0.rawValue == category }) else {
        throw fault(
          "'\(category)' is not a plural category; there are zero, one, two, few, many and other", range,
          suggestion: Suggestion.didYouMean(category, among: PluralCategory.allCases.map(\.rawValue)))
      }
      guard categories[index] == nil else { throw fault("the case '\(category)' stands twice", range) }
      categories[index] = try body(depth, inPlural: true)
    }
    guard categories[5] != nil else { throw fault("the plural needs a case 'other {…}'", form) }
    return .plural(try argument(name, nameRange), exact: exact, categories: categories)
  }

  private mutating func select(
    _ name: String, _ nameRange: Range<Int>, _ form: Range<Int>, _ depth: Int, _ inPlural: Bool
  ) throws(Stop) -> Message.Piece {
    var cases: [(name: String, pieces: [Message.Piece])] = []
    var other: [Message.Piece]?
    while true {
      skipSpace()
      if peek() == UInt8(ascii: "}") {
        offset += 1
        break
      }
      let (word, range) = try self.name("a case such as 'paper {…}', 'other {…}' or '}'")
      guard !cases.contains(where: { $0.name == word }), word != "other" || other == nil else {
        throw fault("the case '\(word)' stands twice", range)
      }
      let pieces = try body(depth, inPlural: inPlural)
      if word == "other" { other = pieces } else { cases.append((word, pieces)) }
      try checkCases(cases.count, form)
    }
    guard let other else { throw fault("the select needs a case 'other {…}'", form) }
    return .select(try argument(name, nameRange), cases: cases, other: other)
  }
}
