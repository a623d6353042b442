internal import Diagnostics
internal import Encodings
internal import Geometry
internal import Layout
internal import LayoutLanguage
internal import Vocabulary

extension BillComposer {
  /// Blocks of CommonMark as paragraphs and lists.
  ///
  /// - Parameters:
  ///   - isHeading: Whether the paragraphs are the notice's heading.
  ///   - continuesList: Whether a list that the blocks begin with goes on from the blocks before them.
  ///   - mark: A word set before the first block, such as "Changed".
  func prose(
    _ blocks: [CompiledWords.Block], _ looks: ProseLooks, isHeading: Bool = false, _ origin: Origin, _ environment: borrowing Environment,
    continuesList: Bool = false, mark: String? = nil
  ) throws(Diagnostic) -> Composed<[ColumnNode.Child]> {
    var result = Composed<[ColumnNode.Child]>([])
    for (index, block) in blocks.enumerated() {
      let mark = index == 0 ? mark : nil
      switch block {
      case .heading(let level, let inlines):
        let content = result.take(try paragraph(inlines, looks.heading, environment, trailing: mark, markContext: looks.text))
        result.content.append(
          ColumnNode.Child(
            TextNode(content: content, role: .heading(level: level), origin: origin, leastSize: looks.leastSize), keep: KeepRules(next: 1)))
      case .paragraph(let inlines):
        let content = result.take(try paragraph(inlines, looks.text, environment, leading: mark))
        result.content.append(ColumnNode.Child(paragraph(content, looks, isHeading: isHeading, origin)))
      case .list(let first, let items):
        let hang = hang(first.map { $0 + items.count - 1 }, looks)
        for (place, item) in items.enumerated() {
          let sign = first.map { "\($0 + place)." } ?? "•"
          let isFirst = place == 0 && !(continuesList && index == 0)
          result.content += result.take(
            try listItem(
              item, ListItemPlace(sign: sign, isFirst: isFirst), sign: sign, ItemShape(hang: hang), looks, origin, environment,
              mark: place == 0 ? mark : nil))
        }
      case .quote(let inner):
        let blocks = result.take(try prose(inner, looks, isHeading: isHeading, origin, environment, mark: mark))
        let content = ColumnNode(blocks, gap: looks.gap, origin: origin)
        result.content.append(
          ColumnNode.Child(
            TaggedNode(.quote, BoxNode(content, style: BoxNode.Style(padding: direction.insets(start: .pt(12))), origin: origin))))
      case .table(let table):
        if let mark { result.content.append(result.take(try markLine(mark, looks, origin, environment))) }
        result.content.append(ColumnNode.Child(result.take(try proseTable(table, looks, origin, environment))))
      case .rule:
        result.content.append(ColumnNode.Child(RuleNode(color: looks.text.text.properties.color, origin: origin)))
      }
    }
    return result
  }

  /// How far the text of a list's items hangs behind their signs: the number of the last one has room.
  func hang(_ last: Int?, _ looks: ProseLooks) -> Length {
    let size = looks.text.text.properties.size
    return last.map { size * NumberMargin.ems("\($0).") } ?? size
  }

  private func paragraph(_ content: TextContent, _ looks: ProseLooks, isHeading: Bool, _ origin: Origin) -> TextNode {
    TextNode(
      content: content, role: isHeading ? .heading(level: Self.noticeHeadingLevel) : .paragraph,
      landmark: isHeading ? .noticeHeading : nil, origin: origin, leastSize: looks.leastSize)
  }

  /// How an item of a list stands.
  struct ItemShape {
    /// How far its sign stands in.
    var indent = Length.zero
    /// How far its text hangs behind the sign.
    var hang: Length
    /// Of the sign; `nil` for the text's.
    var sign: TextStyle?
  }

  /// The first paragraph of an item hangs behind its sign; what follows is indented as far. An item without a sign hangs by its first line.
  func listItem(
    _ blocks: [CompiledWords.Block], _ listPlace: ListItemPlace, sign: String, _ shape: ItemShape, _ looks: ProseLooks, _ origin: Origin,
    _ environment: borrowing Environment,
    mark: String?
  ) throws(Diagnostic) -> Composed<[ColumnNode.Child]> {
    let hang = shape.indent + shape.hang
    var result = Composed<[ColumnNode.Child]>([])
    for (index, block) in blocks.enumerated() {
      if index == 0, case .paragraph(let inlines) = block {
        var content = result.take(try paragraph(inlines, looks.text, environment, leading: mark))
        if !sign.isEmpty { content.hang(sign, shape.sign ?? looks.text.text, tab: looks.text.text, at: hang) }
        (content.firstLineIndent, content.hangingIndent) = (shape.indent, hang)
        result.content.append(
          ColumnNode.Child(TextNode(content: content, role: .listItem(listPlace), origin: origin, leastSize: looks.leastSize)))
      } else {
        let blocks = result.take(try prose([block], looks, origin, environment, mark: index == 0 ? mark : nil))
        let inner = ColumnNode(blocks, gap: looks.gap, origin: origin)
        // An item that begins with something else than a paragraph has no sign.
        let role: Tag.Role = index == 0 ? .listItem(ListItemPlace(sign: "", isFirst: listPlace.isFirst)) : .listItemRest
        result.content.append(
          ColumnNode.Child(
            TaggedNode(role, BoxNode(inner, style: BoxNode.Style(padding: direction.insets(start: hang)), origin: origin))))
      }
    }
    return result
  }

  /// One paragraph of CommonMark.
  func paragraph(
    _ inlines: [CompiledWords.Inline], _ context: StyleContext, _ environment: borrowing Environment, leading: String? = nil,
    trailing: String? = nil, markContext: StyleContext? = nil
  ) throws(Diagnostic) -> Composed<TextContent> {
    var builder = SpanBuilder(direction: direction)
    if let leading {
      // Beside bold words of the passage it is told apart by its weight.
      let isBesideBold = if case .strong? = inlines.first { true } else { false }
      builder.buffer.append(words: leading + " ")
      builder.flush(isBesideBold ? context.regular.text : context.bold.text, link: nil)
    }
    try spans(inlines, context, link: nil, &builder, environment)
    if let trailing, let markContext {
      builder.buffer.append(words: " " + trailing)
      builder.flush(markContext.text, link: nil)
    }
    var content = TextContent(spans: builder.finish(), style: context.text)
    content.tokens = builder.tokens
    content.alignment = context.alignment
    content.direction = direction
    content.language = language
    content.hyphenates = context.hyphenates
    content.isBalanced = context.isBalanced
    return Composed(content, smallest: context.text.properties.size)
  }

  /// The running text of a block, lists and quotes flattened.
  func inlines(
    of block: CompiledWords.Block, _ context: StyleContext, link: String?, _ builder: inout SpanBuilder,
    _ environment: borrowing Environment
  ) throws(Diagnostic) {
    switch block {
    case .heading(_, let inlines), .paragraph(let inlines): try spans(inlines, context, link: link, &builder, environment)
    case .list(_, let items):
      for (index, block) in items.joined().enumerated() {
        if index > 0 { builder.buffer.append(words: " ") }
        try self.inlines(of: block, context, link: link, &builder, environment)
      }
    case .quote(let blocks):
      for block in blocks { try self.inlines(of: block, context, link: link, &builder, environment) }
    case .table(let table):
      for (index, cell) in (table.header + table.rows.joined()).enumerated() {
        if index > 0 { builder.buffer.append(words: " ") }
        try spans(cell, context, link: link, &builder, environment)
      }
    case .rule: break
    }
  }

  private func spans(
    _ inlines: [CompiledWords.Inline], _ context: StyleContext, link: String?, _ builder: inout SpanBuilder,
    _ environment: borrowing Environment
  ) throws(Diagnostic) {
    for inline in inlines {
      switch inline {
      case .text(let text):
        builder.buffer.append(words: text)
        builder.flush(context.text, link: link)
      case .value(let template):
        try template.append(to: &builder.buffer, in: environment)
        builder.flush(context.text, link: link)
      case .emphasis(let inner): try spans(inner, context.italic, link: link, &builder, environment)
      case .strong(let inner): try spans(inner, context.bold, link: link, &builder, environment)
      case .link(let address, let inner):
        var target = ""
        for part in address {
          switch part {
          case .text(let text): target += text
          case .value(let template): target += try template.string(in: environment)
          default: break
          }
        }
        try spans(inner, context, link: LinkAddress.checked(target) ?? link, &builder, environment)
      case .lineBreak: builder.addBreak()
      }
    }
  }
}

extension TextContent {
  /// Puts a sign before the text, which begins behind it at a tab stop.
  mutating func hang(_ sign: String, _ style: TextStyle, tab: TextStyle, at stop: Length) {
    let lead = [Span.text(sign, style), .tab(leader: nil, tab)]
    spans.insert(contentsOf: lead, at: 0)
    tokens = tokens.map { token in
      var moved = token
      (moved.start.span, moved.end.span) = (token.start.span + lead.count, token.end.span + lead.count)
      return moved
    }
    tabs = [TabStop(.fixed(stop), .start)]
    hangingIndent = stop
  }
}
