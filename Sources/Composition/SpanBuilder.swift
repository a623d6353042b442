internal import Diagnostics
internal import Layout
internal import LayoutLanguage

/// Collects the spans of one paragraph from segments of evaluated text.
///
/// Neighbouring segments of one style become one span where isolation could change nothing, since each span is a unit of shaping and of drawing.
struct SpanBuilder {
  /// What lines may break.
  enum Wrapping {
    /// What the values say of themselves.
    case byValue
    /// The same, but that identifiers are broken where nothing else helps.
    case atLast
    /// Nothing.
    case never
  }

  private(set) var spans: [Span] = []
  /// The values among them that lines do not part like words.
  private(set) var tokens: [Token] = []
  var buffer = TextBuffer()
  private let isLeftToRight: Bool
  private var pending = ""
  private var pendingStyle: TextStyle?
  private var pendingLink: String?
  private var pendingIsData = false
  /// Whether `pending` is plain, once it has been looked at: no part of it is looked at twice, however many are joined.
  private var pendingIsPlain: Bool?
  /// Where the text began that stays on one line; it goes on as long as nothing else comes.
  private var unbrokenStart: TextPosition?

  private let breaksIdentifiers: Bool

  /// Makes a builder; with `breaksIdentifiers` these are broken at last like words.
  init(direction: Direction, breaksIdentifiers: Bool = false) {
    (isLeftToRight, self.breaksIdentifiers) = (direction == .leftToRight, breaksIdentifiers)
  }

  /// Everything collected so far, to be gone on with elsewhere; the builder itself is left empty.
  mutating func handedOver() -> SpanBuilder {
    var other = SpanBuilder(direction: isLeftToRight ? .leftToRight : .rightToLeft, breaksIdentifiers: breaksIdentifiers)
    swap(&self, &other)
    return other
  }

  /// Takes over what the buffer has collected, in that style.
  ///
  /// - Parameters:
  ///   - wrapping: What lines may break of it.
  ///   - pictures: What its marks are, by their numbers.
  mutating func flush(_ style: TextStyle, link: String?, wrapping: Wrapping = .byValue, pictures: [InlinePicture] = []) {
    guard !buffer.segments.isEmpty else { return }
    if wrapping != .never { endUnbroken() }
    // One by one, so that the buffer keeps its room.
    for index in buffer.segments.indices {
      switch buffer.segments[index] {
      case .words(let text): add(text, isData: false, style, link, nil, wrapping)
      case .data(let text): addLines(of: text, style, link, nil, wrapping)
      case .token(let text, let kind): addLines(of: text, style, link, kind, wrapping)
      case .late(let name):
        endUnbroken()
        close()
        spans.append(.late(name.layoutValue, style, link: link))
      case .mark(let number): if pictures.indices.contains(number) { add(pictures[number], style, link, wrapping) }
      }
    }
    buffer.removeSegments()
  }

  mutating func addBreak() {
    breakLine()
    buffer.breakLine()
  }

  private mutating func breakLine() {
    endUnbroken()
    close()
    spans.append(.lineBreak)
  }

  mutating func addTab(leader: String?, _ style: TextStyle) {
    endUnbroken()
    close()
    spans.append(.tab(leader: leader, style))
    buffer.breakLine()
  }

  /// Appends a picture in the style of the words around it.
  mutating func addPicture(_ picture: InlinePicture, _ style: TextStyle, link: String?, wrapping: Wrapping) {
    if wrapping != .never { endUnbroken() }
    add(picture, style, link, wrapping)
    buffer.addMark()
  }

  private mutating func add(_ picture: InlinePicture, _ style: TextStyle, _ link: String?, _ wrapping: Wrapping) {
    close()
    if wrapping == .never, unbrokenStart == nil { unbrokenStart = TextPosition(span: spans.count, offset: 0) }
    spans.append(.picture(picture, style, link: link))
  }

  /// Appends a value: the lines its author wrote are lines of the paragraph.
  private mutating func addLines(of text: String, _ style: TextStyle, _ link: String?, _ kind: TokenKind?, _ wrapping: Wrapping) {
    guard text.utf8.contains(0x0A) else { return addParts(of: text, style, link, kind, wrapping) }
    var isFirst = true
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if !isFirst { breakLine() }
      isFirst = false
      if !line.isEmpty { addParts(of: String(line), style, link, kind, wrapping) }
    }
  }

  /// Appends a value or a line of one; what is made of parts is a token for each of them.
  private mutating func addParts(of text: String, _ style: TextStyle, _ link: String?, _ kind: TokenKind?, _ wrapping: Wrapping) {
    guard kind == .parts else { return add(text, isData: true, style, link, kind, wrapping) }
    var rest = text[...]
    while let space = rest.firstIndex(of: " ") {
      add(String(rest[..<space]), isData: true, style, link, .whole, wrapping)
      add(" ", isData: true, style, link, nil, wrapping)
      rest = rest[rest.index(after: space)...]
    }
    add(String(rest), isData: true, style, link, .whole, wrapping)
  }

  private mutating func add(
    _ text: String, isData: Bool, _ style: TextStyle, _ link: String?, _ kind: TokenKind?, _ wrapping: Wrapping
  ) {
    append(text, isData: isData, style, link)
    // The text of the span that is still open ends with this one.
    let end = TextPosition(span: spans.count, offset: pending.utf8.count)
    let start = TextPosition(span: spans.count, offset: pending.utf8.count - text.utf8.count)
    if wrapping == .never {
      if unbrokenStart == nil { unbrokenStart = start }
    } else if let kind {
      let kind = kind.layoutKind(of: text)
      let isLoose = kind == .identifier && (wrapping == .atLast || breaksIdentifiers)
      tokens.append(Token(start: start, end: end, kind: kind, isFirm: !isLoose))
    }
  }

  private mutating func endUnbroken() {
    guard let start = unbrokenStart else { return }
    let end = pendingStyle == nil ? TextPosition(span: spans.count, offset: 0) : TextPosition(span: spans.count, offset: pending.utf8.count)
    tokens.append(Token(start: start, end: end, kind: .whole))
    unbrokenStart = nil
  }

  private mutating func append(_ text: String, isData: Bool, _ style: TextStyle, _ link: String?) {
    if let current = pendingStyle, current === style, link == pendingLink {
      if !isData, !pendingIsData {
        pending += text
        pendingIsPlain = nil
        return
      }
      let isPlain = pendingIsPlain ?? (isLeftToRight && SpanBuilder.isPlain(pending))
      pendingIsPlain = isPlain
      if isPlain, SpanBuilder.isPlain(text) {
        pending += text
        pendingIsData = true
        return
      }
    }
    close()
    (pending, pendingStyle, pendingLink, pendingIsData, pendingIsPlain) = (text, style, link, isData, nil)
  }

  private mutating func close() {
    guard let style = pendingStyle else { return }
    if !pending.isEmpty { spans.append(.text(pending, style, link: pendingLink, isData: pendingIsData)) }
    (pending, pendingStyle) = ("", nil)
  }

  /// The paragraph's spans; the trailing white space of the layout's own words is dropped.
  mutating func finish() -> [Span] {
    endUnbroken()
    if pendingStyle != nil, !pendingIsData, pending.utf8.last == UInt8(ascii: " ") { pending.removeLast() }
    close()
    return spans
  }

  /// Whether the text has no right-to-left character and no directional control, judged by lead bytes: U+0590 and beyond begin with 0xD6…, with
  /// 0xE2 (punctuation and symbols, looked at closer) and a few left-to-right blocks between.
  static func isPlain(_ text: String) -> Bool {
    var previous: UInt8 = 0
    var beforePrevious: UInt8 = 0
    for byte in text.utf8 {
      if byte >= 0xD6 {
        guard byte == 0xE2 || byte == 0xE1 else { return false }
      } else if beforePrevious == 0xE2, previous == 0x80, byte == 0x8E || byte == 0x8F || (0xAA...0xAE).contains(byte) {
        return false
      } else if beforePrevious == 0xE2, previous == 0x81, (0xA6...0xA9).contains(byte) {
        return false
      }
      (beforePrevious, previous) = (previous, byte)
    }
    return true
  }
}

extension TokenKind {
  /// How a token that reads so is parted.
  func layoutKind(of text: String) -> Token.Kind {
    switch self {
    case .whole, .parts: .whole
    case .groups: .groups
    case .identifier: .identifier
    // Only an IBAN has been put into groups, by no-break spaces.
    case .account: text.unicodeScalars.contains { $0 == "\u{A0}" || $0 == "\u{202F}" } ? .groups : .identifier
    }
  }
}

extension LateName {
  var layoutValue: LateValue {
    switch self {
    case .page: .page
    case .pages: .pages
    case .termsPage: .pageOf(.terms)
    case .pageOf(let name):
      switch AnchorName(rawValue: name) {
      case .terms: .pageOf(.terms)
      case .notice: .pageOf(.notice)
      case nil: .pageOf(.anchor(name))
      }
    }
  }
}
