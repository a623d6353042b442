internal import Barcodes
internal import Campaigns
internal import Diagnostics
internal import Encodings
internal import Geometry
internal import Layout
internal import LayoutLanguage

extension BillComposer {
  /// The notice's panel, whole on one page; `nil` where the bill carries none.
  func noticePanel(
    _ node: TemplateNode, _ context: StyleContext, _ origin: Origin, _ environment: inout Environment
  ) throws(Diagnostic) -> (any Node)? {
    guard notice != nil else { return nil }
    return TaggedNode(
      .section, landmark: .notice, KeepNode(try panel(node, context, origin, &environment), force: .absolute, origin: origin),
      origin: origin)
  }

  /// A slot that stands as a block: each paragraph of the words one, lists as lists.
  func slotBlock(
    _ node: TemplateNode, _ context: StyleContext, _ origin: Origin, _ environment: inout Environment
  ) throws(Diagnostic) -> (any Node)? {
    guard let notice, let slot = node.keyword(.name) else { return nil }
    switch slot {
    case .address, .phone:
      var builder = SpanBuilder(direction: direction)
      try slotSpans(node, context, link: nil, &builder, environment, isBlock: true)
      return TextNode(content: finished(&builder, node, context), origin: origin, leastSize: leastSize)
    default:
      let blocks = notice.words.blocks(slot)
      guard !blocks.isEmpty else { return nil }
      let looks = ProseLooks(text: context, heading: context.bold, gap: context.text.properties.lineHeight * 0.4)
      return ColumnNode(try prose(blocks, looks, isHeading: slot == .heading, origin, environment), gap: looks.gap, origin: origin)
    }
  }

  /// A slot within a paragraph: the words' paragraphs one after the other. Of a phone slot that is a block, the hours are set in regular weight.
  func slotSpans(
    _ node: TemplateNode, _ context: StyleContext, link: String?, _ builder: inout SpanBuilder, _ environment: borrowing Environment,
    isBlock: Bool = false
  ) throws(Diagnostic) {
    guard let notice, let slot = node.keyword(.name) else { return }
    switch slot {
    case .address:
      let target = LinkAddress.checked(notice.address)
      builder.buffer.append(words: notice.show)
      builder.flush(context.text, link: target)
      guard let token = notice.token else { return }
      separate(&builder, context, isBlock)
      builder.buffer.append(words: token.unbroken)
      builder.flush(context.text, link: target, wrapping: .never)
    case .phone:
      builder.buffer.append(words: notice.phone.unbroken)
      let target = LinkAddress.checked("tel:" + notice.phone.filter { $0.isASCII && ($0.isNumber || $0 == "+") })
      builder.flush(context.text, link: target, wrapping: .never)
      guard let hours = notice.hours else { return }
      separate(&builder, context, isBlock)
      builder.buffer.append(words: hours)
      builder.flush(isBlock ? context.regular.text : context.text, link: link)
    default:
      for (index, block) in notice.words.blocks(slot).enumerated() {
        if index > 0 { builder.buffer.append(words: " ") }
        try inlines(of: block, context, link: link, &builder, environment)
      }
    }
  }

  /// Between the two parts of a slot: a line end where it is a block of its own, else a space.
  private func separate(_ builder: inout SpanBuilder, _ context: StyleContext, _ isBlock: Bool) {
    if isBlock { return builder.addBreak() }
    builder.buffer.append(words: " ")
    builder.flush(context.text, link: nil)
  }

  /// The code that carries the customer's address.
  func optInCode(_ node: TemplateNode, _ origin: Origin, _ environment: inout Environment) throws(Diagnostic) -> (any Node)? {
    guard let notice else { return nil }
    let description = try node.text(.describe)?.string(in: environment) ?? ""
    do throws(BarcodeError) {
      return code(try Barcode.encode(.qr, notice.address), .qr, node, origin, description: description)
    } catch {
      throw Diagnostic(id: error.reason.rawValue, error.message, at: stock.template.nodes[node.id].nameRange)
    }
  }

  /// The updated terms, flowing on over columns and pages; `nil` where the bill carries none.
  ///
  /// The same for all bills of a language and format but for what the layout writes above them, so the nodes and their frames are kept.
  func termsText(
    _ node: TemplateNode, _ context: StyleContext, _ origin: Origin, _ environment: inout Environment
  ) throws(Diagnostic) -> (any Node)? {
    guard let notice else { return nil }
    let above = try blocks(node.children, context, &environment)
    let changed = try node.text(.changed)?.string(in: environment)
    let key = TemplateStock.TermsKey(element: node.id, book: book.index, scale: context.scale, digest: notice.terms.digest)
    let flow = try stock.terms(key) { () throws(Diagnostic) in
      try termsFlow(notice.terms, node, context, origin, changed: changed, environment)
    }
    return TaggedNode(.section, landmark: .terms, ColumnNode(above + [ColumnNode.Child(flow)], origin: origin), origin: origin)
  }

  private func termsFlow(
    _ terms: TermsText, _ node: TemplateNode, _ context: StyleContext, _ origin: Origin, changed: String?,
    _ environment: borrowing Environment
  ) throws(Diagnostic) -> any Node {
    let bar = node.bar(.bar).map(bar)
    var looks = ProseLooks(
      text: context, heading: node.style(.headingStyle).map { context.styled($0) } ?? context.bold,
      gap: context.text.properties.lineHeight * 0.5)
    looks.indent = bar.map { $0.thickness + .pt(4) } ?? .zero
    var children: [ColumnNode.Child] = []
    var wasChanged = false
    for (block, mark, startsBlock, endsBlock) in passages(of: terms) {
      let isChanged = mark != .unchanged
      let isHeading = if case .heading = block { true } else { false }
      let mark = isChanged && !wasChanged && bar != nil ? changed : nil
      let nodes = try prose([block], looks, origin, environment, continuesList: !startsBlock, mark: mark)
      for (place, child) in nodes.enumerated() {
        var child = child
        if let bar {
          var style = BoxNode.Style()
          if isChanged {
            style.bars = [bar]
            style.padding = direction.insets(start: .pt(4))
          } else {
            style.padding = direction.insets(start: bar.thickness + .pt(4))
          }
          child.node = BoxNode(child.node, style: style, origin: origin)
        }
        // A heading stands by its text, and the items of a list by one another.
        child.spaceAfter = isHeading || place + 1 < nodes.count || !endsBlock ? looks.gap * 0.3 : looks.gap
        children.append(child)
      }
      wasChanged = isChanged
    }
    // The closing passage is short, and a sentence parted by a page's foot reads badly, on paper and aloud.
    if let last = children.indices.last { children[last].node = KeepNode(children[last].node, origin: origin) }
    let column = ColumnNode(children, origin: origin)
    let count = node.integer(.columns) ?? 1
    return count > 1 ? ColumnsNode(column, count: count, gap: node.points(.gap) ?? .pt(18), isBalanced: true, origin: origin) : column
  }

  /// What is marked as changed by itself: the blocks of the terms, of a list each item; and whether a block begins and ends with it.
  private func passages(of terms: TermsText) -> [(block: CompiledWords.Block, mark: ChangeMark, startsBlock: Bool, endsBlock: Bool)] {
    CompiledWords.blocks(terms.document.blocks, { _ in nil }).enumerated().flatMap { index, block in
      let change = terms.changes.map { $0[index] }
      guard case .list(let first, let items) = block, let change, change.items.count == items.count else {
        return [(block, change?.mark ?? .unchanged, true, true)]
      }
      return items.enumerated().map { place, item in
        (.list(first: first.map { $0 + place }, items: [item]), change.items[place], place == 0, place + 1 == items.count)
      }
    }
  }
}

/// How running text from CommonMark looks.
struct ProseLooks {
  var text: StyleContext
  var heading: StyleContext
  /// Between two blocks.
  var gap: Length
  /// Room kept at the start edge for change bars.
  var indent = Length.zero
}

extension Direction {
  /// An inset at the start edge only.
  func insets(start: Length) -> Insets {
    self == .leftToRight
      ? Insets(top: .zero, right: .zero, bottom: .zero, left: start) : Insets(top: .zero, right: start, bottom: .zero, left: .zero)
  }
}

extension String {
  /// The text with what would let a line end inside it made unbreakable: spaces, and hyphens by a word joiner behind them (UAX #14, WJ).
  fileprivate var unbroken: String {
    var result = ""
    for character in self {
      switch character {
      case " ": result += "\u{A0}"
      case "-": result += "-\u{2060}"
      default: result.append(character)
      }
    }
    return result
  }
}
