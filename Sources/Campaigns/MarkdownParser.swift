internal import CCmark

/// What is wrong with a CommonMark text.
public struct MarkdownFault: Error, Hashable, Sendable {
  /// A stable kebab-case name.
  public let id: String
  /// One sentence in lower case.
  public let message: String
  /// The line of the text, from 1.
  public let line: Int
  /// The bytes of the text concerned, where they are known.
  public let range: Range<Int>?
}

extension MarkdownDocument {
  /// The version of the library that reads CommonMark, such as `0.29.0.gfm.6`.
  public static var readerVersion: String { String(cString: cmark_version_string()) }

  /// The most bytes of a text: the terms of a large company take about 60 kB.
  ///
  /// - Stops: terms that are no text, read whole.
  public static let maximumLength = 1 << 20
  /// The most levels of quotes, lists and marks inside one another: a page cannot indent further.
  ///
  /// - Stops: quotes in quotes without end, which recursion follows.
  public static let maximumDepth = 12
  /// The most paragraphs, headings, quotes and list items of a text, at all levels: they take some 200 pages, and every bill carries them.
  ///
  /// - Stops: a thousand pages of terms in every bill.
  public static let maximumBlocks = 5_000
  /// The most bytes of one paragraph or heading, those of its marks left out.
  ///
  /// - Stops: one paragraph without end, broken into lines as a whole.
  public static let maximumParagraph = 200_000

  /// Parses CommonMark 0.29 with the tables of GitHub's (GFM 0.29), by libcmark-gfm; quotes and dashes stay as they are written.
  ///
  /// - Parameters:
  ///   - text: Lines end in LF or CRLF.
  ///   - expressions: Whether `{…}` is an expression and `{{` a brace; else braces are text.
  ///   - allowsTables: Whether a table may stand in it.
  /// - Throws: ``MarkdownFault`` for the first thing a page cannot show: raw HTML, an image, a code block, too deep a nesting, a table of which words would
  ///   be lost.
  public init(parsing text: String, expressions: Bool, allowsTables: Bool = true) throws(MarkdownFault) {
    guard text.utf8.count <= MarkdownDocument.maximumLength else {
      throw MarkdownFault(
        id: "too-long", message: "the text has \(text.utf8.count) bytes, more than the \(MarkdownDocument.maximumLength) allowed", line: 1,
        range: nil)
    }
    let shield: ExpressionShield
    do throws(ExpressionShield.Fault) {
      shield = try ExpressionShield(text, expressions: expressions)
    } catch {
      let line = 1 + text.utf8.prefix(error.range.lowerBound).count { $0 == 0x0A }
      throw MarkdownFault(id: "bad-expression", message: error.message, line: line, range: error.range)
    }
    var source = shield.shielded
    let lines = try MarkdownLines(source)
    let root = source.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { billfold_cmark_parse($0.baseAddress, $0.count) }
    }
    guard let root else { throw MarkdownFault(id: "bad-markdown", message: "the text cannot be parsed", line: 1, range: nil) }
    defer { cmark_node_free(root) }
    var walk = MarkdownWalk(shield: shield, lines: lines, allowsTables: allowsTables)
    self.init(blocks: try walk.blocks(of: root, depth: 1, line: 1))
  }
}

/// Turns libcmark's tree into values.
private struct MarkdownWalk {
  let shield: ExpressionShield
  let lines: MarkdownLines
  let allowsTables: Bool
  private var count = 0

  init(shield: ExpressionShield, lines: MarkdownLines, allowsTables: Bool) {
    (self.shield, self.lines, self.allowsTables) = (shield, lines, allowsTables)
  }

  mutating func blocks(of parent: OpaquePointer, depth: Int, line: Int) throws(MarkdownFault) -> [MarkdownBlock] {
    try checkDepth(depth, line)
    var blocks: [MarkdownBlock] = []
    var next = cmark_node_first_child(parent)
    while let node = next {
      next = cmark_node_next(node)
      let line = max(line, Int(cmark_node_get_start_line(node)))
      try countBlock(line)
      blocks.append(MarkdownBlock(content: try content(of: node, depth: depth, line: line), line: line))
    }
    return blocks
  }

  private mutating func countBlock(_ line: Int) throws(MarkdownFault) {
    count += 1
    guard count <= MarkdownDocument.maximumBlocks else {
      throw fault(
        "too-long", "the text has more than the \(MarkdownDocument.maximumBlocks) paragraphs, headings and list items allowed", line)
    }
  }

  /// The inlines of a paragraph or heading.
  private func paragraph(of node: OpaquePointer, depth: Int, line: Int) throws(MarkdownFault) -> [MarkdownInline] {
    let inlines = try inlines(of: node, depth: depth, line: line)
    let length = inlines.plainText.utf8.count
    guard length <= MarkdownDocument.maximumParagraph else {
      throw fault(
        "too-long", "the paragraph has \(length) bytes, more than the \(MarkdownDocument.maximumParagraph) allowed; part it by empty lines",
        line)
    }
    return inlines
  }

  private mutating func content(of node: OpaquePointer, depth: Int, line: Int) throws(MarkdownFault) -> MarkdownBlock.Content {
    switch cmark_node_get_type(node) {
    case CMARK_NODE_HEADING:
      return .heading(level: Int(cmark_node_get_heading_level(node)), try paragraph(of: node, depth: depth + 1, line: line))
    case CMARK_NODE_PARAGRAPH: return .paragraph(try paragraph(of: node, depth: depth + 1, line: line))
    case CMARK_NODE_BLOCK_QUOTE: return .quote(try blocks(of: node, depth: depth + 1, line: line))
    case CMARK_NODE_THEMATIC_BREAK: return .thematicBreak
    case CMARK_NODE_LIST:
      var items: [[MarkdownBlock]] = []
      var next = cmark_node_first_child(node)
      while let item = next {
        next = cmark_node_next(item)
        let itemLine = max(line, Int(cmark_node_get_start_line(item)))
        try countBlock(itemLine)
        items.append(try blocks(of: item, depth: depth + 1, line: itemLine))
      }
      return .list(
        MarkdownList(
          isOrdered: cmark_node_get_list_type(node) == CMARK_ORDERED_LIST, start: Int(cmark_node_get_list_start(node)),
          isTight: cmark_node_get_list_tight(node) != 0, items: items))
    case CMARK_NODE_CODE_BLOCK:
      throw fault(
        "markdown-code", "indented or fenced text makes a code block, which a page does not have; begin the line further left", line)
    case CMARK_NODE_HTML_BLOCK: throw fault("markdown-html", "raw HTML is not allowed; use CommonMark, or '\\<' for the sign", line)
    default:
      guard billfold_cmark_table_part_of(node) == BILLFOLD_CMARK_TABLE else {
        throw fault("bad-markdown", "this is not allowed here", line)
      }
      return .table(try table(node, depth: depth, line: line))
    }
  }

  private mutating func table(_ node: OpaquePointer, depth: Int, line: Int) throws(MarkdownFault) -> MarkdownTable {
    guard allowsTables else {
      throw fault("markdown-table", "a table may stand in the terms, not in words for a notice; write a list, or '\\|' for the sign", line)
    }
    let columns = Int(billfold_cmark_table_columns(node))
    guard columns <= MarkdownLines.maximumColumns else {
      throw fault("too-long", "the table has \(columns) columns, more than the \(MarkdownLines.maximumColumns) allowed", line)
    }
    let alignments = (0..<columns).map { column -> MarkdownTable.Alignment? in
      switch UInt8(bitPattern: billfold_cmark_table_alignment(node, Int32(column))) {
      case UInt8(ascii: "l"): .start
      case UInt8(ascii: "c"): .center
      case UInt8(ascii: "r"): .end
      default: nil
      }
    }
    var header: [[MarkdownInline]] = []
    var rows: [[[MarkdownInline]]] = []
    var next = cmark_node_first_child(node)
    while let row = next {
      next = cmark_node_next(row)
      let rowLine = max(line, Int(cmark_node_get_start_line(row)))
      try countBlock(rowLine)
      var cells: [[MarkdownInline]] = []
      var nextCell = cmark_node_first_child(row)
      while let cell = nextCell {
        nextCell = cmark_node_next(cell)
        cells.append(try paragraph(of: cell, depth: depth + 1, line: rowLine))
      }
      cells += Array(repeating: [], count: max(0, columns - cells.count))
      if billfold_cmark_table_part_of(row) == BILLFOLD_CMARK_TABLE_HEADER {
        header = cells
        continue
      }
      // The library leaves out what is too much; terms lose no word.
      let written = lines.cells(in: rowLine)
      guard written <= columns else {
        throw fault(
          "markdown-table", "this row has \(written) cells, its table \(columns) columns; write '\\|' for a sign that parts no cells",
          rowLine)
      }
      rows.append(cells)
    }
    return MarkdownTable(alignments: alignments, header: header, rows: rows)
  }

  private func inlines(of parent: OpaquePointer, depth: Int, line: Int) throws(MarkdownFault) -> [MarkdownInline] {
    try checkDepth(depth, line)
    var inlines: [MarkdownInline] = []
    // libcmark parts a text at every character that might be a mark: neighbours are joined before they become an inline.
    var words = ""
    func flush() {
      if !words.isEmpty { inlines.append(.text(words)) }
      words = ""
    }
    var next = cmark_node_first_child(parent)
    while let node = next {
      next = cmark_node_next(node)
      let line = max(line, Int(cmark_node_get_start_line(node)))
      if cmark_node_get_type(node) == CMARK_NODE_TEXT {
        for piece in shield.pieces(string(cmark_node_get_literal(node))) {
          if case .text(let more) = piece {
            words += more
          } else {
            flush()
            inlines.append(piece)
          }
        }
        continue
      }
      flush()
      inlines.append(try inline(node, depth: depth, line: line))
    }
    flush()
    return inlines
  }

  /// An inline that is no plain text.
  private func inline(_ node: OpaquePointer, depth: Int, line: Int) throws(MarkdownFault) -> MarkdownInline {
    switch cmark_node_get_type(node) {
    case CMARK_NODE_SOFTBREAK: return .softBreak
    case CMARK_NODE_LINEBREAK: return .lineBreak
    case CMARK_NODE_CODE: return .code(shield.pieces(string(cmark_node_get_literal(node))))
    case CMARK_NODE_EMPH: return .emphasis(try inlines(of: node, depth: depth + 1, line: line))
    case CMARK_NODE_STRONG: return .strong(try inlines(of: node, depth: depth + 1, line: line))
    case CMARK_NODE_LINK:
      return .link(
        address: shield.pieces(string(cmark_node_get_url(node))), title: shield.pieces(string(cmark_node_get_title(node))),
        try inlines(of: node, depth: depth + 1, line: line))
    case CMARK_NODE_IMAGE: throw fault("markdown-image", "images are not allowed in words and terms", line)
    case CMARK_NODE_HTML_INLINE:
      throw fault("markdown-html", "raw HTML '\(string(cmark_node_get_literal(node)).prefix(40))' is not allowed", line)
    default: throw fault("bad-markdown", "this is not allowed here", line)
    }
  }

  private func string(_ pointer: UnsafePointer<CChar>?) -> String { pointer.map { String(cString: $0) } ?? "" }

  private func fault(_ id: String, _ message: String, _ line: Int) -> MarkdownFault {
    MarkdownFault(id: id, message: message, line: line, range: nil)
  }

  private func checkDepth(_ depth: Int, _ line: Int) throws(MarkdownFault) {
    guard depth <= MarkdownDocument.maximumDepth else {
      throw fault("too-deep", "the text nests deeper than the \(MarkdownDocument.maximumDepth) levels allowed", line)
    }
  }
}
