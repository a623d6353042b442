internal import CHarfBuzz
internal import Geometry
internal import Layout
internal import Vocabulary

/// A paragraph shaped but not yet broken into lines.
///
/// `text` is what is set: the spans' text one after the other without the characters that only steer (soft hyphens, bidi marks, zero-width spaces).
/// A tab is one byte `\t` in it and a forced line end one byte `\n`; neither occurs in a span's text. A picture is U+FFFC, which may occur there.
final class Paragraph: CacheEntry {
  /// A span's share of the text.
  struct Stretch {
    enum Kind { case text, tab, lineBreak, picture }
    var kind: Kind
    var start: Int
    var end: Int
    /// `nil` for a forced line end.
    var style: SetterStyle?
    /// The span's text where it is set as it came, so that no copy is needed.
    var original: String?
    var link: String?
    /// The first stretch of the same link.
    var linkStart = 0
    /// Bidi-isolated.
    var isIsolated = false
    /// What a tab is filled with.
    var leader: String?
    /// What is shown, of a picture.
    var picture: InlinePicture?
    /// Where the span begins in the unshortened text.
    var sourceStart: Int
    var scan = SpanScan()
  }

  /// What is set of a text.
  enum Form {
    /// Its own characters.
    case plain
    /// Their compatibility forms: no face has the characters themselves.
    case compatible
    /// A box for each cluster: no face has either.
    case boxes
  }

  /// A stretch of one face, script, bidi level and form.
  struct Segment {
    var start: Int
    var end: Int
    /// The index of its stretch.
    var stretch: Int
    var level: UInt8
    /// `nil` where the stack is empty, and for tabs and line ends.
    var face: ShapingFace?
    var script: hb_script_t
    var form = Form.plain
    var shaped: ShapedText?
  }

  /// The smallest parts lines are made of: clusters, in logical order.
  struct Unit {
    var start: Int32
    var end: Int32
    var segment: Int32
    var flags: UnitFlags
    var advance: Double
  }

  struct UnitFlags: OptionSet {
    let rawValue: UInt16
    /// A line may end before it.
    static let opportunity = UnitFlags(rawValue: 1)
    /// … and then with a hyphen.
    static let hyphen = UnitFlags(rawValue: 2)
    /// White space that hangs at a line's end.
    static let space = UnitFlags(rawValue: 4)
    static let tab = UnitFlags(rawValue: 8)
    static let lineBreak = UnitFlags(rawValue: 16)
    /// Parting the text before it changes glyphs.
    static let isUnsafe = UnitFlags(rawValue: 32)
    /// Within a token: a line that is too narrow for it may end before it all the same.
    static let joint = UnitFlags(rawValue: 64)
    /// Within a token: no line ends before it but at a joint.
    static let token = UnitFlags(rawValue: 128)
    /// Within a token that is not firm.
    static let loose = UnitFlags(rawValue: 256)
    /// A joint between the groups of a token that had better stay on one line.
    static let group = UnitFlags(rawValue: 512)
    /// Within a token: a line could end before it if it were not for that.
    static let former = UnitFlags(rawValue: 1024)
  }

  struct Result {
    var start: TextPosition
    var width: Double
    var alignment: TextAlignment
    var lines: [TextLine]
  }

  let text: [UInt8]
  /// The offset in the unshortened text of each byte, and its length behind the last; `nil` where nothing was left out.
  let sourceOffsets: [Int32]?
  /// The unshortened text, where it differs.
  let source: [UInt8]?
  let stretches: [Stretch]
  let segments: [Segment]
  let language: SetterLanguage
  let isRightToLeft: Bool
  let hyphenates: Bool
  let firstLineIndent: Double
  let hangingIndent: Double
  let tabs: [TabStop]
  /// The style that gives an empty line its height.
  let style: SetterStyle
  let missing: [MissingGlyph]
  let tokens: [Token]
  /// The style of all of it, where there is only one.
  let onlyStyle: SetterStyle?
  let hasTabs: Bool
  let hasLineBreaks: Bool
  let hasLinks: Bool
  let hasPictures: Bool

  // Worked out when first asked for.
  var units: [Unit]?
  var widths: WidthRange?
  var tokenWidths: TokenWidths?
  /// All of it on one line, its text at zero.
  var natural: TextLine?
  /// The results given last: a table sets a paragraph at one width, a trial or a second format at another.
  private var first: Result?
  private var second: Result?

  override var cost: Int {
    // Counted before anything is worked out; runs and units follow, some 150 bytes for each byte of text.
    super.cost + 400 + text.count * 150 + segments.reduce(0) { $0 + 64 + ($1.shaped?.cost ?? 0) }
  }

  init(
    key: KeyBytes?, text: [UInt8], sourceOffsets: [Int32]?, source: [UInt8]?, stretches: [Stretch], segments: [Segment],
    language: SetterLanguage, content: TextContent, style: SetterStyle, missing: [MissingGlyph]
  ) {
    self.text = text
    self.sourceOffsets = sourceOffsets
    self.source = source
    self.stretches = stretches
    self.segments = segments
    self.language = language
    self.style = style
    self.missing = missing
    tokens = content.tokens
    isRightToLeft = content.direction == .rightToLeft
    hyphenates = content.hyphenates
    firstLineIndent = content.firstLineIndent.points
    hangingIndent = content.hangingIndent.points
    tabs = content.tabs
    var (hasTabs, hasLineBreaks, hasLinks, hasPictures, isOne) = (false, false, false, false, true)
    // By their places: to take them out of the list would be to copy all that is in them.
    for index in stretches.indices {
      switch stretches[index].kind {
      case .text: break
      case .tab: hasTabs = true
      case .lineBreak: hasLineBreaks = true
      case .picture: hasPictures = true
      }
      if stretches[index].link != nil { hasLinks = true }
      if stretches[index].style !== stretches[0].style { isOne = false }
    }
    (self.hasTabs, self.hasLineBreaks, self.hasLinks, self.hasPictures) = (hasTabs, hasLineBreaks, hasLinks, hasPictures)
    onlyStyle = isOne && !stretches.isEmpty ? stretches[0].style : nil
    super.init(key: key)
  }

  /// Whether plainly no line can end within it: letters, digits, full stops, commas and no-break spaces only, as in most amounts.
  var isUnbreakable: Bool {
    guard stretches.count == 1, sourceOffsets == nil, !hyphenates else { return false }
    var index = 0
    while index < text.count {
      switch text[index] {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2C, 0x2E: index += 1
      case 0xC2 where text[index + 1] == 0xA0: index += 2
      default: return false
      }
    }
    return true
  }

  /// Where byte `offset` of the text stands among the spans.
  func position(of offset: Int) -> TextPosition {
    guard offset < text.count else { return TextPosition(span: stretches.count, offset: 0) }
    if stretches.count == 1, sourceOffsets == nil { return TextPosition(span: 0, offset: offset) }
    let index = firstStretch(endingAfter: offset)
    let source = sourceOffsets.map { Int($0[offset]) } ?? offset
    return TextPosition(span: index, offset: source - stretches[index].sourceStart)
  }

  /// The byte of the text at which a position stands.
  func offset(of position: TextPosition) -> Int {
    if position == .start { return 0 }
    guard position.span < stretches.count else { return text.count }
    let source = stretches[position.span].sourceStart + max(0, position.offset)
    guard let sourceOffsets else { return min(source, text.count) }
    var (low, high) = (0, text.count)
    while low < high {
      let middle = (low + high) / 2
      if Int(sourceOffsets[middle]) >= source { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// The index of the first stretch that ends behind a byte offset: the one that holds it, since stretches follow each other without gaps.
  func firstStretch(endingAfter offset: Int) -> Int {
    var (low, high) = (0, stretches.count)
    while low < high {
      let middle = (low + high) / 2
      if stretches[middle].end > offset { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// The index of the first segment that ends behind a byte offset.
  func firstSegment(endingAfter offset: Int) -> Int {
    var (low, high) = (0, segments.count)
    while low < high {
      let middle = (low + high) / 2
      if segments[middle].end > offset { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// Whether all of it plainly does not fit into `room`: its advances alone are wider, and no white space at its end could hang.
  func isWider(than room: Double) -> Bool {
    guard inkEnd(from: 0, to: text.count) == text.count else { return false }
    var width = 0.0
    for segment in segments {
      guard let shaped = segment.shaped, let face = segment.face, let style = stretches[segment.stretch].style else { continue }
      width += Double(shaped.width) * style.scale(face) + Double(shaped.clusterCount) * style.letterSpacing
    }
    // A thousandth of a point stays for the line itself to decide.
    return width > room + 0.001
  }

  /// The end of the text from `start` to `end` without the white space that hangs.
  func inkEnd(from start: Int, to end: Int) -> Int {
    var end = end
    while end > start {
      if text[end - 1] == 0x20 {
        end -= 1
      } else if end - start >= 3, isWideSpace(at: end - 3) {
        end -= 3
      } else {
        break
      }
    }
    return end
  }

  /// Whether three bytes are a breaking space of U+2000…U+200A or U+3000.
  func isWideSpace(at offset: Int) -> Bool {
    if text[offset] == 0xE2 { return text[offset + 1] == 0x80 && (0x80...0x8A).contains(text[offset + 2]) && text[offset + 2] != 0x87 }
    return text[offset] == 0xE3 && text[offset + 1] == 0x80 && text[offset + 2] == 0x80
  }

  /// Keeps a result, in place of the older of two.
  func keep(_ result: Result) {
    second = first
    first = result
  }

  /// The lines of a kept result.
  @inline(__always) func lines(from start: TextPosition, width: Double, alignment: TextAlignment) -> [TextLine]? {
    if let first {
      if first.width == width, first.alignment == alignment, first.start == start { return first.lines }
      if let second, second.width == width, second.alignment == alignment, second.start == start { return second.lines }
    }
    return nil
  }
}
