public import Diagnostics

/// Words with values and strings between them.
public final class TextTemplate: Sendable {
  /// A part of a text.
  public enum Piece: Sendable {
    /// Words of the layout or campaign.
    case literal(String)
    /// `{expression}`, printed.
    case value(Expression)
    /// `<t key=…/>` or `{t.key}`.
    case string(StringUse)
    case late(LateName)
  }

  /// In reading order.
  public let pieces: [Piece]
  /// Whether it reads the same for all bills of one language: no value, no string with arguments, nothing late.
  public let isConstant: Bool

  init(pieces: [Piece]) {
    self.pieces = pieces
    isConstant = pieces.allSatisfy { piece in
      switch piece {
      case .literal: true
      case .value(let expression): expression.isConstant
      case .string(let use): use.isConstant
      case .late: false
      }
    }
  }

  /// Appends what the text reads in `environment`.
  ///
  /// - Throws: a diagnostic with the range of the expression that failed.
  public func append(to buffer: inout TextBuffer, in environment: borrowing Environment) throws(Diagnostic) {
    for piece in pieces {
      switch piece {
      case .literal(let words): buffer.append(words: words)
      case .value(let expression): try expression.print(to: &buffer, in: environment)
      case .string(let use): try use.append(to: &buffer, in: environment)
      case .late(let name): buffer.append(late: name)
      }
    }
  }

  /// The text as one string: for descriptions, links and barcodes, which know no isolation. Late values are left out (the checker
  /// refuses them there).
  ///
  /// - Throws: The finding, where a part of it cannot be evaluated.
  public func string(in environment: borrowing Environment) throws(Diagnostic) -> String {
    if pieces.count == 1, case .literal(let words) = pieces[0] { return words }
    var buffer = TextBuffer()
    try append(to: &buffer, in: environment)
    return buffer.plainText
  }
}

/// A value known only when all pages are laid out.
public enum LateName: Sendable, Hashable, RawRepresentable {
  case page, pages, termsPage
  /// The page on which an anchor stands: ``AnchorName``, or one that the layout gives.
  case pageOf(String)

  /// Those that are a word.
  static let words: [LateName] = [.page, .pages, .termsPage]

  /// As layouts write it.
  public var rawValue: String {
    switch self {
    case .page: "page"
    case .pages: "pages"
    case .termsPage: "terms-page"
    case .pageOf(let anchor): "page-of('\(anchor)')"
    }
  }

  /// The value that is that word; `nil` for any other.
  public init?(rawValue: String) {
    guard let name = Self.words.first(where: { $0.rawValue == rawValue }) else { return nil }
    self = name
  }
}

/// The anchors that every layout has: parts of the bill that stand in it where it carries a notice.
public enum AnchorName: String, CaseIterable, Hashable, Sendable { case terms, notice }

/// A stretch of evaluated text.
public enum TextSegment: Hashable, Sendable {
  /// Words of the layout, its strings or the campaign.
  case words(String)
  /// A value from outside, to be bidi-isolated; nothing in it is collapsed.
  case data(String)
  /// The same, parted at lines' ends only as its kind allows.
  case token(String, TokenKind)
  case late(LateName)
  /// A mark that is no text, such as a picture: its number among those of the string it stands in.
  case mark(Int)
}

/// Collects the segments of one paragraph, collapsing the layout's white space across them as HTML does.
///
/// Compiled words hold single spaces only; whether the first and the last of them show depends on what conditions leave out, so that is
/// decided here.
public struct TextBuffer: Sendable {
  /// What has been appended, adjacent words not joined.
  public private(set) var segments: [TextSegment] = []
  private var dropsSpace = true

  /// An empty paragraph.
  public init() {}

  /// Appends words; a leading space is dropped at the paragraph's start, after another space and after a line break.
  public mutating func append(words: String) {
    guard let first = words.utf8.first else { return }
    if first == UInt8(ascii: " "), dropsSpace {
      guard words.utf8.count > 1 else { return }
      segments.append(.words(String(words.dropFirst())))
    } else {
      segments.append(.words(words))
    }
    dropsSpace = words.utf8.last == UInt8(ascii: " ")
  }

  /// Appends a value from outside as it is.
  public mutating func append(data: String) {
    guard !data.utf8.isEmpty else { return }
    segments.append(.data(data))
    dropsSpace = false
  }

  /// Appends a value from outside, as it is, that lines part only as `kind` allows.
  public mutating func append(token: String, _ kind: TokenKind) {
    guard !token.utf8.isEmpty else { return }
    segments.append(.token(token, kind))
    dropsSpace = false
  }

  /// Appends a late value.
  public mutating func append(late name: LateName) {
    segments.append(.late(name))
    dropsSpace = false
  }

  /// Tells that a line break or tab stands here: white space after it does not show.
  public mutating func breakLine() { dropsSpace = true }

  /// Appends a mark that is no text.
  public mutating func append(mark number: Int) {
    segments.append(.mark(number))
    dropsSpace = false
  }

  /// Tells that a mark that is no text stands here, such as a picture: white space after it shows.
  public mutating func addMark() { dropsSpace = false }

  /// Hands out the segments appended since the last call and keeps the white space state: one call per style run of a paragraph.
  public mutating func take() -> [TextSegment] {
    defer { segments.removeAll(keepingCapacity: true) }
    return segments
  }

  /// Begins an empty paragraph in the room of the one before.
  public mutating func restart() {
    removeSegments()
    dropsSpace = true
  }

  /// Forgets the segments and keeps the white space state, for callers that have read ``segments`` where they lie.
  public mutating func removeSegments() { segments.removeAll(keepingCapacity: true) }

  /// Everything in one string without a trailing space; late values left out.
  public var plainText: String {
    var text = ""
    for segment in segments {
      switch segment {
      case .words(let part), .data(let part), .token(let part, _): text += part
      case .late, .mark: break
      }
    }
    if case .words = segments.last, text.utf8.last == UInt8(ascii: " ") { text.removeLast() }
    return text
  }
}
