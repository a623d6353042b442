internal import Diagnostics
internal import Encodings
internal import Geometry
internal import Layout
internal import LayoutLanguage

extension BillComposer {
  /// A `text` element.
  func paragraph(
    _ node: TemplateNode, _ context: StyleContext, _ origin: Origin, _ environment: inout Environment
  ) throws(Diagnostic) -> any Node {
    let content = try content(of: node, context, &environment)
    return TextNode(
      content: content, widows: node.integer(.widows) ?? 2, orphans: node.integer(.orphans) ?? 2, role: role(of: node),
      landmark: node.holdsHeadingSlot ? .noticeHeading : nil, origin: origin, leastSize: leastSize)
  }

  /// Of the notice's heading where the layout says none: it stands below the bill's own title.
  static let noticeHeadingLevel = 2

  /// What a paragraph means: a heading of its level; the notice's heading is one in any case.
  private func role(of node: TemplateNode) -> Tag.Role {
    let level = node.integer(.heading) ?? (node.holdsHeadingSlot ? Self.noticeHeadingLevel : nil)
    return level.map { .heading(level: $0) } ?? .paragraph
  }

  /// The paragraph an element's words, values and marks make.
  func content(of node: TemplateNode, _ context: StyleContext, _ environment: inout Environment) throws(Diagnostic) -> TextContent {
    var builder = SpanBuilder(direction: direction, breaksIdentifiers: breaksIdentifiers)
    try spans(node.children, context, link: nil, &builder, &environment)
    let content = finished(&builder, node, context)
    guard content.byteCount <= LanguageLimits.paragraphBytes else {
      throw Diagnostic(
        id: "paragraph-too-long",
        "the paragraph has \(content.byteCount) bytes of text, more than the \(LanguageLimits.paragraphBytes) allowed; "
          + "expected several of them, such as one for each element of a list", at: stock.template.nodes[node.id].nameRange)
    }
    return content
  }

  /// The spans with everything the element says about its lines.
  func finished(_ builder: inout SpanBuilder, _ node: TemplateNode, _ context: StyleContext) -> TextContent {
    smallestSize = min(smallestSize, context.text.properties.size)
    var content = TextContent(spans: builder.finish(), style: context.text)
    content.tokens = builder.tokens
    content.alignment = context.alignment
    content.direction = direction
    content.language = language
    content.hyphenates = context.hyphenates
    content.hangingIndent = node.points(.hang) ?? .zero
    content.firstLineIndent = node.points(.indent) ?? .zero
    content.tabs = node.tabs.map { tab in
      let position: TabStop.Position =
        switch tab.position {
        case .fixed(let length): .fixed(length)
        case .share(let share): .share(share)
        case .end: .end
        }
      let alignment: TextAlignment =
        switch tab.alignment {
        case .end: .end
        case .center: .center
        case .decimal: .decimal
        default: .start
        }
      return TabStop(position, alignment)
    }
    if content.tabs.isEmpty { content.tabs = defaultTabs(content.spans) }
    return content
  }

  /// Where tabs go when the layout names no stops: one to the end; of two the first to the middle.
  private func defaultTabs(_ spans: [Span]) -> [TabStop] {
    switch spans.count(where: { if case .tab = $0 { true } else { false } }) {
    case 0: []
    case 2: [TabStop(.share(0.5), .center), TabStop(.end, .end)]
    default: [TabStop(.end, .end)]
    }
  }

  /// Appends what stands inside a text to the paragraph.
  func spans(
    _ contents: [TemplateContent], _ context: StyleContext, link: String?, _ builder: inout SpanBuilder, _ environment: inout Environment
  ) throws(Diagnostic) {
    for content in contents {
      switch content {
      case .text(let template):
        try template.append(to: &builder.buffer, in: environment)
        builder.flush(context.text, link: link, wrapping: context.wrapping)
      case .node(let node):
        // Moved, not copied: two owners of the spans would copy all of them for each that is added.
        var held = builder.handedOver()
        try visit(node, &environment) { (node, environment) throws(Diagnostic) in
          try span(node, context, link: link, &held, &environment)
        }
        builder = held
      case .choice(let branches):
        if let branch = try chosen(branches, environment) { try spans(branch.contents, context, link: link, &builder, &environment) }
      case .repeat(let loop, let contents):
        // Moved, not copied: two owners of the spans would copy all of them for each that is added.
        var held = builder.handedOver()
        try forEach(loop, &environment) { (environment) throws(Diagnostic) in
          try spans(contents, context, link: link, &held, &environment)
        }
        builder = held
      case .scope(let bindings, let contents):
        try environment.enter(bindings)
        try spans(contents, context, link: link, &builder, &environment)
      }
    }
  }

  private func span(
    _ node: TemplateNode, _ outer: StyleContext, link: String?, _ builder: inout SpanBuilder, _ environment: inout Environment
  ) throws(Diagnostic) {
    let context = outer.entering(node)
    switch node.kind {
    case .span: try spans(node.children, context, link: link, &builder, &environment)
    case .bold: try spans(node.children, context.bold, link: link, &builder, &environment)
    case .italic: try spans(node.children, context.italic, link: link, &builder, &environment)
    case .superscript: try spans(node.children, context.superscript, link: link, &builder, &environment)
    case .link:
      let address = try node.text(.href)?.string(in: environment)
      try spans(node.children, context, link: address.flatMap(LinkAddress.checked) ?? link, &builder, &environment)
    case .lineBreak: builder.addBreak()
    case .tab: builder.addTab(leader: try node.text(.leader)?.string(in: environment) ?? node.name(.leader), context.text)
    case .string: try spans(node.children, context, link: link, &builder, &environment)
    case .inlineSlot: try slotSpans(node, context, link: link, &builder, environment)
    default: break
    }
  }
}

extension TextContent {
  /// How much text its spans hold.
  fileprivate var byteCount: Int {
    spans.reduce(0) { sum, span in
      if case .text(let text, _, _, _) = span { sum + text.utf8.count } else { sum }
    }
  }
}

extension TemplateNode {
  /// Whether the notice's heading stands in it.
  fileprivate var holdsHeadingSlot: Bool { children.contains(where: \.isHeadingSlot) }
}

extension TemplateContent {
  /// Whether it is the slot of the notice's heading.
  fileprivate var isHeadingSlot: Bool {
    if case .node(let node) = self { node.kind == .inlineSlot && node.keyword(.name) == .heading } else { false }
  }
}
