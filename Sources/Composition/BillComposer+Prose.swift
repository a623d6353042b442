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
        for (place, item) in items.enumerated() {
          let sign = first.map { "\($0 + place)." } ?? "•"
          let isFirst = place == 0 && !(continuesList && index == 0)
          result.content += result.take(
            try listItem(
              item, ListItemPlace(sign: sign, isFirst: isFirst), sign: sign, looks, origin, environment, mark: place == 0 ? mark : nil))
        }
      case .quote(let inner):
        let blocks = result.take(try prose(inner, looks, isHeading: isHeading, origin, environment))
        let content = ColumnNode(blocks, gap: looks.gap, origin: origin)
        result.content.append(
          ColumnNode.Child(
            TaggedNode(.quote, BoxNode(content, style: BoxNode.Style(padding: direction.insets(start: .pt(12))), origin: origin))))
      case .rule:
        result.content.append(ColumnNode.Child(RuleNode(color: looks.text.text.properties.color, origin: origin)))
      }
    }
    return result
  }

  private func paragraph(_ content: TextContent, _ looks: ProseLooks, isHeading: Bool, _ origin: Origin) -> TextNode {
    TextNode(
      content: content, role: isHeading ? .heading(level: Self.noticeHeadingLevel) : .paragraph,
      landmark: isHeading ? .noticeHeading : nil, origin: origin, leastSize: looks.leastSize)
  }

  /// The first paragraph of an item hangs behind its sign; what follows is indented as far.
  private func listItem(
    _ blocks: [CompiledWords.Block], _ listPlace: ListItemPlace, sign: String, _ looks: ProseLooks, _ origin: Origin,
    _ environment: borrowing Environment,
    mark: String?
  ) throws(Diagnostic) -> Composed<[ColumnNode.Child]> {
    let hang = looks.text.text.properties.size * (sign == "•" ? 1.0 : 1.6)
    var result = Composed<[ColumnNode.Child]>([])
    for (index, block) in blocks.enumerated() {
      if index == 0, case .paragraph(let inlines) = block {
        var content = result.take(try paragraph(inlines, looks.text, environment, leading: mark))
        let lead = [Span.text(sign, looks.text.text), .tab(leader: nil, looks.text.text)]
        content.spans.insert(contentsOf: lead, at: 0)
        content.tokens = content.tokens.map { token in
          var moved = token
          (moved.start.span, moved.end.span) = (token.start.span + lead.count, token.end.span + lead.count)
          return moved
        }
        content.tabs = [TabStop(.fixed(hang), .start)]
        content.hangingIndent = hang
        result.content.append(
          ColumnNode.Child(TextNode(content: content, role: .listItem(listPlace), origin: origin, leastSize: looks.leastSize)))
      } else {
        let blocks = result.take(try prose([block], looks, origin, environment))
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
  private func paragraph(
    _ inlines: [CompiledWords.Inline], _ context: StyleContext, _ environment: borrowing Environment, leading: String? = nil,
    trailing: String? = nil, markContext: StyleContext? = nil
  ) throws(Diagnostic) -> Composed<TextContent> {
    var builder = SpanBuilder(direction: direction)
    if let leading {
      builder.buffer.append(words: leading + " ")
      builder.flush(context.bold.text, link: nil)
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
