internal import Diagnostics

/// Reads the XML of layouts: elements, attributes, text, comments, CDATA, the five entities and character references.
///
/// Document types, other entities and processing instructions are refused. Always gives a tree: what is broken is reported once, and
/// reading goes on with the next thing that makes sense. No recursion, so depth is only a number.
struct XMLParser {
  static let namespace = "urn:billfold:layout:1"

  let file: SourceFile
  let bytes: [UInt8]
  let findings: Findings
  /// What the file is written in.
  let dialect: Dialect
  /// Names that elements can have: a misspelt start tag is told from a missing end tag by them.
  let knownNames: Set<String>
  var at = 0
  var open: [XMLElement] = []
  var document: XMLDocument
  var elementCount = 0
  /// Set when a limit is passed; reading stops.
  var isStopped = false
  private var text: SourceText?
  private var textStart = 0
  private var hasReportedOutside = false

  /// What a file is written in.
  enum Dialect {
    case layout
    /// HTML as XML: its elements may say XHTML's namespace or none, and it may begin with `<!DOCTYPE html>`.
    case email
  }

  /// Namespaces that the files of e-mails may say beside the layout's.
  static let emailNamespaces: [String?] = [nil, "", "http://www.w3.org/1999/xhtml"]

  init(_ file: SourceFile, dialect: Dialect = .layout, knownNames: Set<String> = [], findings: Findings) {
    self.file = file
    self.dialect = dialect
    self.findings = findings
    self.knownNames = knownNames
    bytes = file.bytes
    document = XMLDocument(file: file)
  }

  // MARK: Tools

  func range(_ range: Range<Int>) -> SourceRange { SourceRange(file: file, bytes: range) }

  func fault(
    _ finding: LanguageFinding, _ message: String, _ place: Range<Int>, suggestion: String? = nil, notes: [Diagnostic.Note] = []
  ) {
    findings.error(finding, message, at: range(place), suggestion: suggestion, notes: notes)
  }

  func string(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  func peek(_ ahead: Int = 0) -> UInt8? { at + ahead < bytes.count ? bytes[at + ahead] : nil }

  func starts(with text: StaticString, at place: Int) -> Bool {
    guard place + text.utf8CodeUnitCount <= bytes.count else { return false }
    return text.withUTF8Buffer { buffer in
      for index in 0..<buffer.count where bytes[place + index] != buffer[index] { return false }
      return true
    }
  }

  /// The place of `text` from `start` on.
  func find(_ text: StaticString, from start: Int) -> Int? {
    var place = start
    while place < bytes.count {
      if starts(with: text, at: place) { return place }
      place += 1
    }
    return nil
  }

  mutating func skipSpace() { while let byte = peek(), Lexer.isSpace(byte) { at += 1 } }

  static func isNameStart(_ byte: UInt8) -> Bool { Lexer.isNameStart(byte) || byte >= 0x80 || byte == UInt8(ascii: ":") }
  static func isNamePart(_ byte: UInt8) -> Bool { isNameStart(byte) || Lexer.isNamePart(byte) || byte == UInt8(ascii: ".") }

  mutating func name() -> Range<Int> {
    let start = at
    while let byte = peek(), XMLParser.isNamePart(byte) { at += 1 }
    return start..<at
  }

  // MARK: The document

  mutating func parse() -> XMLDocument {
    checkEncoding()
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { at = 3 }
    declaration()
    while at < bytes.count, !isStopped {
      guard bytes[at] == UInt8(ascii: "<") else {
        characters()
        continue
      }
      if starts(with: "<!--", at: at) {
        comment()
      } else if starts(with: "<![CDATA[", at: at) {
        cdata()
      } else if starts(with: "<!", at: at) {
        doctype()
      } else if starts(with: "<?", at: at) {
        instruction()
      } else if starts(with: "</", at: at) {
        flushText()
        endTag()
      } else if let next = peek(1), XMLParser.isNameStart(next) {
        flushText()
        startTag()
      } else {
        fault(.strayLessThan, "'<' begins a tag; in text it is written '&lt;'", at..<at + 1)
        append(verbatim: at..<at + 1)
        at += 1
      }
    }
    flushText()
    closeAll()
    if document.root == nil, !isStopped { fault(.noRootElement, "the file has no element", bytes.count..<bytes.count) }
    return document
  }

  /// Reports bytes that no XML text has, each kind once.
  private func checkEncoding() {
    if String(validating: bytes, as: UTF8.self) == nil, let place = firstInvalidByte() {
      fault(.invalidUTF8, "the file is not UTF-8 from here on", place..<place + 1)
    }
    if let place = bytes.firstIndex(where: { $0 < 0x20 && !Lexer.isSpace($0) }) {
      let digits = String(bytes[place], radix: 16, uppercase: true)
      fault(
        .controlCharacter, "control characters (here U+00\(digits.count < 2 ? "0" : "")\(digits)) have no place in a layout",
        place..<place + 1)
    }
  }

  private func firstInvalidByte() -> Int? {
    var (valid, invalid) = (0, bytes.count)
    // The longest valid prefix, by halving; a prefix cut within a character counts as valid up to that character.
    while valid < invalid {
      let middle = (valid + invalid + 1) / 2
      var cut = middle
      var back = 0
      while back < 3, cut > 0, cut < bytes.count, bytes[cut] & 0xC0 == 0x80 {
        cut -= 1
        back += 1
      }
      if cut <= valid || String(validating: bytes[..<cut], as: UTF8.self) != nil { valid = middle } else { invalid = middle - 1 }
    }
    while valid > 0, valid < bytes.count, bytes[valid] & 0xC0 == 0x80 { valid -= 1 }
    return valid < bytes.count ? valid : nil
  }

  private mutating func declaration() {
    guard starts(with: "<?xml", at: at), let next = peek(5), Lexer.isSpace(next) || next == UInt8(ascii: "?") else { return }
    let start = at
    guard let end = find("?>", from: at) else {
      fault(.xmlDeclaration, "the XML declaration is never closed with '?>'", start..<start + 5)
      at += 5
      while let byte = peek(), byte != UInt8(ascii: "<") { at += 1 }
      return
    }
    at = end + 2
    document.declaration = start..<at
    let words = string(start + 5..<end).lowercased()
    if words.contains("encoding"), !words.contains("utf-8") { fault(.xmlDeclaration, "the encoding of a layout is UTF-8", start..<at) }
    if words.contains("version"), !words.contains("1.0") { fault(.xmlDeclaration, "the version of XML is 1.0", start..<at) }
  }

  // MARK: Text

  private mutating func append(verbatim range: Range<Int>) {
    if text == nil {
      text = SourceText(file: file, at: range.lowerBound)
      textStart = range.lowerBound
    }
    text?.append(verbatim: range)
  }

  private mutating func append(_ replacement: [UInt8], for range: Range<Int>) {
    if text == nil {
      text = SourceText(file: file, at: range.lowerBound)
      textStart = range.lowerBound
    }
    text?.append(replacement, for: range)
  }

  private mutating func characters() {
    while let byte = peek(), byte != UInt8(ascii: "<") {
      if byte == UInt8(ascii: "&") {
        let start = at
        let replacement = reference()
        append(replacement, for: start..<at)
      } else {
        let start = at
        while let next = peek(), next != UInt8(ascii: "<"), next != UInt8(ascii: "&") { at += 1 }
        append(verbatim: start..<at)
      }
    }
  }

  mutating func flushText() {
    guard let text else { return }
    self.text = nil
    let whole = textStart..<at
    guard let parent = open.last else {
      if !hasReportedOutside, let first = text.bytes.firstIndex(where: { !Lexer.isSpace($0) }) {
        hasReportedOutside = true
        var end = first
        while end < text.bytes.count, !Lexer.isSpace(text.bytes[end]) { end += 1 }
        findings.error(
          .contentOutsideRoot, document.root == nil ? "text stands before the first element" : "text stands behind the last end tag",
          at: text.range(first..<end))
      }
      return
    }
    parent.children.append(.text(text, whole))
  }

  /// The bytes that the reference at `&` stands for; a faulty one is reported and stands for itself.
  mutating func reference() -> [UInt8] {
    let start = at
    at += 1
    if peek() == UInt8(ascii: "#") {
      at += 1
      let isHex = peek() == UInt8(ascii: "x")
      if isHex { at += 1 }
      var value: UInt32 = 0
      let digits = at
      while let byte = peek(), let digit = XMLParser.digit(byte, isHex: isHex) {
        value = min(0x110000, value * (isHex ? 16 : 10) + digit)
        at += 1
      }
      let isClosed = peek() == UInt8(ascii: ";")
      let hasDigits = at > digits
      if isClosed { at += 1 }
      guard isClosed, hasDigits, let scalar = Unicode.Scalar(value), value >= 0x20 || value == 9 || value == 10 || value == 13 else {
        fault(.invalidReference, "'\(string(start..<at))' is not a character reference such as '&#160;'", start..<at)
        return Array(bytes[start..<at])
      }
      return Array(String(Character(scalar)).utf8)
    }
    let name = self.name()
    let word = string(name)
    guard peek() == UInt8(ascii: ";"), !name.isEmpty else {
      at = name.isEmpty ? start + 1 : name.upperBound
      fault(.invalidReference, "'&' begins a reference; the character itself is written '&amp;'", start..<start + 1)
      return Array(bytes[start..<at])
    }
    at += 1
    switch word {
    case "lt": return [UInt8(ascii: "<")]
    case "gt": return [UInt8(ascii: ">")]
    case "amp": return [UInt8(ascii: "&")]
    case "quot": return [UInt8(ascii: "\"")]
    case "apos": return [UInt8(ascii: "'")]
    default:
      let codes = [
        "nbsp": "&#160;", "ndash": "&#8211;", "mdash": "&#8212;", "hellip": "&#8230;", "copy": "&#169;", "euro": "&#8364;",
        "middot": "&#183;",
        "bull": "&#8226;", "rsquo": "&#8217;", "lsquo": "&#8216;", "ldquo": "&#8220;", "rdquo": "&#8221;", "times": "&#215;",
        "shy": "&#173;",
        "deg": "&#176;", "pound": "&#163;", "sect": "&#167;", "frac12": "&#189;",
      ]
      fault(
        .unknownEntity, "'&\(word);' is not known; there are &lt; &gt; &amp; &quot; &apos; and numbers such as &#160;", start..<at,
        suggestion: codes[word].map { "write '\($0)'" })
      return Array(bytes[start..<at])
    }
  }

  private static func digit(_ byte: UInt8, isHex: Bool) -> UInt32? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f") where isHex: UInt32(byte - UInt8(ascii: "a") + 10)
    case UInt8(ascii: "A")...UInt8(ascii: "F") where isHex: UInt32(byte - UInt8(ascii: "A") + 10)
    default: nil
    }
  }

  // MARK: Things that are not elements

  private mutating func comment() {
    let start = at
    flushText()
    guard let end = find("-->", from: at + 4) else {
      fault(.unclosedComment, "this comment is never closed with '-->'", start..<start + 4)
      at = bytes.count
      return
    }
    at = end + 3
    if let parent = open.last {
      parent.children.append(.comment(start..<at))
    } else if document.root == nil {
      document.prologComments.append(start..<at)
    } else {
      document.epilogComments.append(start..<at)
    }
  }

  private mutating func cdata() {
    let start = at
    guard let end = find("]]>", from: at + 9) else {
      fault(.unclosedComment, "this CDATA section is never closed with ']]>'", start..<start + 9)
      at = bytes.count
      return
    }
    // The marks themselves stand for nothing, but the text's written range must begin with them.
    append([], for: start..<start + 9)
    append(verbatim: start + 9..<end)
    at = end + 3
    append([], for: end..<at)
  }

  private mutating func doctype() {
    let start = at
    flushText()
    if dialect == .email, document.root == nil, let end = find(">", from: at),
      string(at..<end + 1).lowercased().split(whereSeparator: \.isWhitespace) == ["<!doctype", "html>"]
    {
      at = end + 1
      return
    }
    at += 2
    let word = name()
    fault(
      .xmlDoctype,
      string(word).uppercased() == "DOCTYPE" ? "a layout has no document type" : "'<!' begins only comments and CDATA sections",
      start..<max(word.upperBound, start + 2))
    var depth = 0
    while let byte = peek() {
      at += 1
      if byte == UInt8(ascii: "[") { depth += 1 }
      if byte == UInt8(ascii: "]") { depth -= 1 }
      if byte == UInt8(ascii: ">"), depth <= 0 { return }
    }
  }

  private mutating func instruction() {
    let start = at
    flushText()
    at += 2
    let word = name()
    fault(
      .xmlInstruction,
      string(word) == "xml" ? "the XML declaration stands at the very beginning" : "a layout has no processing instructions",
      start..<max(word.upperBound, start + 2))
    at = find("?>", from: at).map { $0 + 2 } ?? bytes.count
  }
}
