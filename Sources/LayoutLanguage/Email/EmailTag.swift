/// The elements of HTML that an e-mail's template may hold: those that mail programs show alike and that run nothing.
public enum EmailTag: String, CaseIterable, Hashable, Sendable {
  case html, head, title, meta, style, body
  case div, section, article, header, footer, main, address, center, p, h1, h2, h3, h4, h5, h6, ul, ol, li, blockquote, hr
  case table, caption, thead, tbody, tfoot, tr, th, td
  case a, img, br, span, b, strong, i, em, u, s, small, sub, sup, code, abbr, bdi, bdo

  /// The name as written.
  public var name: String { rawValue }

  /// Whether it has no end tag and nothing stands in it (HTML's void elements).
  public var isVoid: Bool { self == .meta || self == .hr || self == .img || self == .br }

  /// Whether it stands among words rather than under other blocks.
  package var isInline: Bool {
    switch self {
    case .a, .img, .br, .span, .b, .strong, .i, .em, .u, .s, .small, .sub, .sup, .code, .abbr, .bdi, .bdo: true
    default: false
    }
  }
}

/// What an element of HTML holds.
public enum EmailModel: Hashable, Sendable {
  /// `head` and `body`.
  case root
  /// `title`, `meta` and `style`.
  case head
  /// Words only.
  case words
  /// Rules of CSS.
  case css
  /// Blocks and words.
  case flow
  /// Words, and elements that stand among them.
  case phrasing
  /// Rows, or parts of a table that hold rows.
  case table
  case rows
  case cells
  case items
  case nothing

  /// The elements that may stand in it.
  public var tags: [EmailTag] {
    switch self {
    case .root: [.head, .body]
    case .head: [.title, .meta, .style]
    case .words, .css, .nothing: []
    case .flow: EmailModel.blockTags + EmailModel.wordTags
    case .phrasing: EmailModel.wordTags
    case .table: [.caption, .thead, .tbody, .tfoot, .tr]
    case .rows: [.tr]
    case .cells: [.th, .td]
    case .items: [.li]
    }
  }

  private static let blockTags: [EmailTag] = [
    .div, .section, .article, .header, .footer, .main, .address, .center, .p, .h1, .h2, .h3, .h4, .h5, .h6, .ul, .ol, .blockquote, .hr,
    .table,
  ]
  private static let wordTags: [EmailTag] = EmailTag.allCases.filter(\.isInline)

  /// Whether words may stand right in it.
  var takesWords: Bool { self == .flow || self == .phrasing || self == .words }
}
