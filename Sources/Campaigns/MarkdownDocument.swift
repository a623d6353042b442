/// A CommonMark text as a tree of values: what the page needs, nothing else.
///
/// Raw HTML, images and code blocks are refused when it is made (``MarkdownDocument/init(parsing:expressions:)``).
public struct MarkdownDocument: Sendable, Hashable {
  /// In their order.
  public let blocks: [MarkdownBlock]

  init(blocks: [MarkdownBlock]) { self.blocks = blocks }

  /// The inlines of the only block, if that is a paragraph.
  public var singleParagraph: [MarkdownInline]? {
    guard blocks.count == 1, case .paragraph(let inlines) = blocks[0].content else { return nil }
    return inlines
  }

  /// Whether it says anything: an expression counts as a word.
  var hasWords: Bool { blocks.contains { $0.plainText.contains { !$0.isWhitespace } } }
}

/// A block with its place in the text.
public struct MarkdownBlock: Sendable, Hashable {
  /// What a block is.
  public indirect enum Content: Sendable, Hashable {
    /// Level 1…6.
    case heading(level: Int, [MarkdownInline])
    case paragraph([MarkdownInline])
    case list(MarkdownList)
    case quote([MarkdownBlock])
    case table(MarkdownTable)
    case thematicBreak
  }

  /// What the block is.
  public let content: Content
  /// The line the block begins in, from 1; of texts with expressions, in the text without YAML's quoting.
  public let line: Int
}

/// A list of items, each of blocks.
public struct MarkdownList: Sendable, Hashable {
  /// Whether items are numbered.
  public let isOrdered: Bool
  /// The first item's number, in ordered lists.
  public let start: Int
  /// Whether its items stand close together.
  public let isTight: Bool
  /// The blocks of each item.
  public let items: [[MarkdownBlock]]
}

/// A table: a header row, and as many cells in each row as it has.
public struct MarkdownTable: Sendable, Hashable {
  /// How a column is aligned.
  public enum Alignment: String, Sendable, Hashable {
    case start, center, end
  }

  /// One a column; `nil` where the text says nothing.
  public let alignments: [Alignment?]
  /// The header's cells, one a column.
  public let header: [[MarkdownInline]]
  /// The cells of each other row, one a column.
  public let rows: [[[MarkdownInline]]]
  /// Makes a table; each row has a cell a column.
  public init(alignments: [Alignment?], header: [[MarkdownInline]], rows: [[[MarkdownInline]]]) {
    (self.alignments, self.header, self.rows) = (alignments, header, rows)
  }
}

/// A piece of running text.
public indirect enum MarkdownInline: Sendable, Hashable {
  /// Literal text.
  case text(String)
  /// A value to be filled in.
  case expression(MarkdownExpression)
  case emphasis([MarkdownInline])
  case strong([MarkdownInline])
  /// Literal text and expressions only.
  case code([MarkdownInline])
  /// `address` and `title` are literal text and expressions only; the title is empty where there is none.
  case link(address: [MarkdownInline], title: [MarkdownInline], [MarkdownInline])
  /// A line end in the source: a space on the page.
  case softBreak
  case lineBreak
}

/// An expression in braces.
public struct MarkdownExpression: Sendable, Hashable {
  /// What stands between the braces.
  public let source: String
  /// The bytes of ``source`` (without braces) in the text that was parsed.
  public let range: Range<Int>
  /// Makes an expression of its text and place.
  public init(source: String, range: Range<Int>) { (self.source, self.range) = (source, range) }
}

extension [MarkdownInline] {
  /// The words without their marks; expressions as they are written, in braces; breaks as spaces.
  public var plainText: String {
    reduce(into: "") { result, inline in
      switch inline {
      case .text(let text): result += text
      case .expression(let expression): result += "{" + expression.source + "}"
      case .emphasis(let inner), .strong(let inner), .code(let inner), .link(_, _, let inner): result += inner.plainText
      case .softBreak, .lineBreak: result += " "
      }
    }
  }
}

extension MarkdownBlock {
  /// The block's words without their marks, blocks inside it separated by line ends.
  public var plainText: String {
    switch content {
    case .heading(_, let inlines), .paragraph(let inlines): inlines.plainText
    case .list(let list): list.items.map { $0.map(\.plainText).joined(separator: "\n") }.joined(separator: "\n")
    case .quote(let blocks): blocks.map(\.plainText).joined(separator: "\n")
    case .table(let table): ([table.header] + table.rows).map { $0.map(\.plainText).joined(separator: " ") }.joined(separator: "\n")
    case .thematicBreak: ""
    }
  }
}
