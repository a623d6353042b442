internal import Diagnostics
internal import Layout
internal import LayoutLanguage

/// Collects the spans of one paragraph from segments of evaluated text.
///
/// Neighbouring segments of one style become one span where isolation could change nothing, since each span is a unit of shaping and of drawing.
struct SpanBuilder {
  private(set) var spans: [Span] = []
  var buffer = TextBuffer()
  private let isLeftToRight: Bool
  private var pending = ""
  private var pendingStyle: TextStyle?
  private var pendingLink: String?
  private var pendingIsData = false

  init(direction: Direction) { isLeftToRight = direction == .leftToRight }

  /// Takes over what the buffer has collected, in that style.
  mutating func flush(_ style: TextStyle, link: String?) {
    for segment in buffer.take() {
      switch segment {
      case .words(let text): add(text, isData: false, style, link)
      case .data(let text): add(text, isData: true, style, link)
      case .late(let name):
        close()
        spans.append(.late(name.layoutValue, style))
      }
    }
  }

  mutating func addBreak() {
    close()
    spans.append(.lineBreak)
    buffer.breakLine()
  }

  mutating func addTab(leader: String?, _ style: TextStyle) {
    close()
    spans.append(.tab(leader: leader, style))
    buffer.breakLine()
  }

  private mutating func add(_ text: String, isData: Bool, _ style: TextStyle, _ link: String?) {
    if let current = pendingStyle, current === style, link == pendingLink {
      let joinable = isData == pendingIsData && !isData || isLeftToRight && SpanBuilder.isPlain(text) && SpanBuilder.isPlain(pending)
      if joinable {
        pending += text
        pendingIsData = pendingIsData || isData
        return
      }
    }
    close()
    (pending, pendingStyle, pendingLink, pendingIsData) = (text, style, link, isData)
  }

  private mutating func close() {
    guard let style = pendingStyle else { return }
    if !pending.isEmpty { spans.append(.text(pending, style, link: pendingLink, isData: pendingIsData)) }
    (pending, pendingStyle) = ("", nil)
  }

  /// The paragraph's spans; the trailing white space of the layout's own words is dropped.
  mutating func finish() -> [Span] {
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

extension LateName {
  var layoutValue: LateValue {
    switch self {
    case .page: .page
    case .pages: .pages
    case .termsPage: .termsPage
    }
  }
}
