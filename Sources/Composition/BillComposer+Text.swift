internal import Diagnostics
internal import Encodings
internal import Geometry
internal import Layout
internal import LayoutLanguage
internal import Vocabulary

extension BillComposer {
  /// A `text` element.
  func paragraph(
    _ text: ParagraphElement, _ node: TemplateNode, _ scope: Scope, _ environment: inout Environment
  ) throws(Diagnostic) -> Composed<(any Node)?> {
    let content = try content(of: node, text.lines, scope, &environment)
    // Where the notice has no words for its slots nothing is left of it, not even an empty line.
    if content.spans.isEmpty, node.children.contains(where: lacksWords) { return Composed(nil) }
    let holdsHeading = node.children.contains(where: \.isHeadingSlot)
    // The notice's heading is one in any case.
    let level = text.heading ?? (holdsHeading ? Self.noticeHeadingLevel : nil)
    return Composed(
      TextNode(
        content: content, widows: text.widows, orphans: text.orphans, role: level.map { .heading(level: $0) } ?? .paragraph,
        landmark: holdsHeading ? .noticeHeading : nil, origin: scope.origin(node), leastSize: scope.leastSize),
      smallest: scope.style.text.properties.size)
  }

  /// Whether a slot stands there for which the notice has no words.
  private func lacksWords(_ content: TemplateContent) -> Bool {
    switch content {
    case .text: false
    case .node(let node):
      if case .inline(.slot(let shown)) = node.element {
        !(notice?.hasWords(shown.slot) ?? false)
      } else {
        node.children.contains(where: lacksWords)
      }
    case .choice(let branches): branches.contains { $0.contents.contains(where: lacksWords) }
    case .repeat(_, let contents), .scope(_, let contents): contents.contains(where: lacksWords)
    }
  }

  /// Of the notice's heading where the layout says none: it stands below the bill's own title.
  static let noticeHeadingLevel = 2

  /// The paragraph an element's words, values and marks make.
  func content(
    of node: TemplateNode, _ lines: LineShape, _ scope: Scope, _ environment: inout Environment
  ) throws(Diagnostic) -> TextContent {
    var builder = SpanBuilder(direction: direction, breaksIdentifiers: scope.breaksIdentifiers)
    swap(&builder.buffer, &spareBuffer)
    builder.buffer.restart()
    try spans(node.children, scope, link: nil, &builder, &environment)
    let content = finished(&builder, lines, scope.style)
    swap(&builder.buffer, &spareBuffer)
    guard content.byteCount <= LanguageLimits.paragraphBytes else {
      throw Diagnostic(
        id: "paragraph-too-long",
        "the paragraph has \(content.byteCount) bytes of text, more than the \(LanguageLimits.paragraphBytes) allowed; "
          + "expected several of them, such as one for each element of a list", at: stock.template.nodes[node.id].nameRange)
    }
    return content
  }

  /// The spans with everything the layout says about their lines.
  func finished(_ builder: inout SpanBuilder, _ lines: LineShape, _ style: StyleContext) -> TextContent {
    let spans = builder.finish()
    return TextContent(
      spans: spans, tokens: builder.tokens, style: style.text, alignment: style.alignment, direction: direction, language: language,
      hyphenates: style.hyphenates, isBalanced: style.isBalanced, tabs: lines.tabs.isEmpty ? defaultTabs(spans) : lines.tabs,
      hangingIndent: lines.hang, firstLineIndent: lines.indent)
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
    _ contents: [TemplateContent], _ scope: Scope, link: String?, _ builder: inout SpanBuilder, _ environment: inout Environment
  ) throws(Diagnostic) {
    for content in contents {
      switch content {
      case .text(let template):
        try template.append(to: &builder.buffer, in: environment)
        builder.flush(scope.style.text, link: link, wrapping: scope.style.wrapping)
      case .node(let node):
        // Moved, not copied: two owners of the spans would copy all of them for each that is added.
        var held = builder.handedOver()
        try visit(node, scope, &environment) { (node, scope, environment) throws(Diagnostic) in
          try span(node, scope, link: link, &held, &environment)
        }
        builder = held
      case .choice(let branches):
        if let branch = try chosen(branches, environment) { try spans(branch.contents, scope, link: link, &builder, &environment) }
      case .repeat(let loop, let contents):
        // Moved, not copied: two owners of the spans would copy all of them for each that is added.
        var held = builder.handedOver()
        try forEach(loop, scope, &environment) { (scope, environment) throws(Diagnostic) in
          try spans(contents, scope, link: link, &held, &environment)
        }
        builder = held
      case .scope(let bindings, let contents):
        try environment.enter(bindings)
        try spans(contents, scope, link: link, &builder, &environment)
      }
    }
  }

  private func span(
    _ node: TemplateNode, _ outer: Scope, link: String?, _ builder: inout SpanBuilder, _ environment: inout Environment
  ) throws(Diagnostic) {
    let scope = outer.inside(node)
    let style = scope.style
    switch node.element {
    case .inline(.span): try spans(node.children, scope, link: link, &builder, &environment)
    case .inline(.bold): try spans(node.children, scope.styled(style.bold), link: link, &builder, &environment)
    case .inline(.italic): try spans(node.children, scope.styled(style.italic), link: link, &builder, &environment)
    case .inline(.superscript): try spans(node.children, scope.styled(style.superscript), link: link, &builder, &environment)
    case .inline(.link(let address)):
      let target = LinkAddress.checked(try address.string(in: environment))
      try spans(node.children, scope, link: target ?? link, &builder, &environment)
    case .inline(.anchorLink(let name)):
      try spans(node.children, scope, link: Landmark.anchor(name).rawValue, &builder, &environment)
    case .inline(.lineBreak): builder.addBreak()
    case .inline(.picture(let image)):
      let picture = try inlinePicture(image, scope, scope.origin(node), environment)
      builder.addPicture(picture, style.text, link: link, wrapping: style.wrapping)
    case .inline(.string(let template)):
      var pictures: [InlinePicture] = []
      for case .node(let picture) in node.children {
        guard case .inline(.picture(let image)) = picture.element else { continue }
        pictures.append(try inlinePicture(image, scope, scope.origin(picture), environment))
      }
      try template.append(to: &builder.buffer, in: environment)
      builder.flush(style.text, link: link, wrapping: style.wrapping, pictures: pictures)
    case .inline(.tab(let leader)): builder.addTab(leader: leader, style.text)
    case .inline(.slot(let shown)):
      let label = try shown.codeLabel?.string(in: environment)
      try slotSpans(
        shown.slot, style, link: link, &builder, environment, codeLabel: label, showsHours: shown.showsHours)
    // The registry lets none of these stand among words.
    case .block, .section, .tablePart, .faulty: break
    }
  }
}

extension TextContent {
  /// How much text its spans hold.
  fileprivate var byteCount: Int {
    spans.reduce(0) { sum, span in
      switch span {
      case .text(let text, _, _, _): sum + text.utf8.count
      // As U+FFFC, the character it is to lines.
      case .picture: sum + 3
      case .late, .tab, .lineBreak: sum
      }
    }
  }
}

extension TemplateContent {
  /// Whether it is the slot of the notice's heading.
  fileprivate var isHeadingSlot: Bool {
    if case .node(let node) = self, case .inline(.slot(let shown)) = node.element { shown.slot == .heading } else { false }
  }
}
