internal import Barcodes
internal import Campaigns
internal import Diagnostics
internal import Encodings
internal import Geometry
internal import Layout
internal import LayoutLanguage
internal import Vocabulary

extension BillComposer {
  /// The notice's panel, whole on one page; `nil` where the bill carries none.
  func noticePanel(
    _ panel: PanelElement, _ node: TemplateNode, _ attributes: BlockAttributes, _ scope: Scope, _ environment: inout Environment
  ) throws(Diagnostic) -> Composed<(any Node)?> {
    guard notice != nil else { return Composed(nil) }
    let origin = scope.origin(node)
    return try self.panel(panel, node, attributes, scope.keepingSpace, &environment).map {
      TaggedNode(.section, landmark: .notice, KeepNode($0, force: .absolute, origin: origin), origin: origin)
    }
  }

  /// A slot that stands as a block: each paragraph of the words one, lists as lists.
  func slotBlock(
    _ slot: Slot, _ scope: Scope, _ origin: Origin, _ environment: borrowing Environment
  ) throws(Diagnostic) -> Composed<(any Node)?> {
    guard let notice else { return Composed(nil) }
    let style = scope.style
    switch slot {
    case .address, .phone:
      var builder = SpanBuilder(direction: direction)
      try slotSpans(slot, style, link: nil, &builder, environment, isBlock: true)
      return Composed(
        TextNode(content: finished(&builder, .plain, style), origin: origin, leastSize: scope.leastSize),
        smallest: style.text.properties.size)
    case .heading, .body, .action, .keepPaper, .label, .benefits:
      let blocks = notice.words.blocks(slot)
      guard !blocks.isEmpty else { return Composed(nil) }
      let looks = ProseLooks(
        text: style, heading: style.bold, gap: style.text.properties.lineHeight * 0.4, leastSize: scope.leastSize)
      return try prose(blocks, looks, isHeading: slot == .heading, origin, environment).map {
        ColumnNode($0, gap: looks.gap, origin: origin)
      }
    }
  }

  /// A slot within a paragraph: the words' paragraphs one after the other. Of a phone slot that is a block, the hours are set in regular weight.
  func slotSpans(
    _ slot: Slot, _ style: StyleContext, link: String?, _ builder: inout SpanBuilder, _ environment: borrowing Environment,
    isBlock: Bool = false
  ) throws(Diagnostic) {
    guard let notice else { return }
    switch slot {
    case .address:
      let target = LinkAddress.checked(notice.address)
      builder.buffer.append(words: notice.show)
      builder.flush(style.text, link: target)
      guard let token = notice.token else { return }
      separate(&builder, style, isBlock)
      builder.buffer.append(words: token.unbroken)
      builder.flush(style.text, link: target, wrapping: .never)
    case .phone:
      builder.buffer.append(words: notice.phone.unbroken)
      let target = LinkAddress.checked("tel:" + notice.phone.filter { $0.isASCII && ($0.isNumber || $0 == "+") })
      builder.flush(style.text, link: target, wrapping: .never)
      guard let hours = notice.hours else { return }
      separate(&builder, style, isBlock)
      builder.buffer.append(words: hours)
      builder.flush(isBlock ? style.regular.text : style.text, link: link)
    case .heading, .body, .action, .keepPaper, .label, .benefits:
      for (index, block) in notice.words.blocks(slot).enumerated() {
        if index > 0 { builder.buffer.append(words: " ") }
        try inlines(of: block, style, link: link, &builder, environment)
      }
    }
  }

  /// Between the two parts of a slot: a line end where it is a block of its own, else a space.
  private func separate(_ builder: inout SpanBuilder, _ style: StyleContext, _ isBlock: Bool) {
    if isBlock { return builder.addBreak() }
    builder.buffer.append(words: " ")
    builder.flush(style.text, link: nil)
  }

  /// The code that carries the customer's address.
  func optInCode(
    _ size: Length, _ node: TemplateNode, _ attributes: BlockAttributes, _ origin: Origin, _ environment: borrowing Environment
  ) throws(Diagnostic) -> (any Node)? {
    guard let notice else { return nil }
    let description = try attributes.description?.line(in: environment) ?? ""
    do throws(BarcodeError) {
      let symbol = try Barcode.encode(.qr, notice.address)
      return code(
        symbol, .qr, size: Size(width: size, height: size), quiet: nil, color: .black, origin: origin, description: description)
    } catch {
      throw Diagnostic(id: error.reason.rawValue, error.message, at: stock.template.nodes[node.id].nameRange)
    }
  }

  /// The updated terms, flowing on over columns and pages; `nil` where the bill carries none.
  ///
  /// The same for all bills of a language and format but for what the layout writes above them, so the nodes and their frames are kept.
  func termsText(
    _ element: TermsElement, _ node: TemplateNode, _ scope: Scope, _ environment: inout Environment
  ) throws(Diagnostic) -> Composed<(any Node)?> {
    guard let notice else { return Composed(nil) }
    let origin = scope.origin(node)
    var above = try blocks(node.children, scope, &environment)
    let changed = try element.changed?.string(in: environment)
    let key = TemplateStock.TermsKey(
      element: node.id, book: book.index, scale: scope.style.scale, digest: notice.terms.digest, measures: measures.index)
    let flow = above.take(
      try stock.terms(key) { () throws(Diagnostic) in
        try termsFlow(notice.terms, element, scope, origin, changed: changed, environment)
      })
    return above.map { TaggedNode(.section, landmark: .terms, ColumnNode($0 + [ColumnNode.Child(flow)], origin: origin), origin: origin) }
  }

  private func termsFlow(
    _ terms: TermsText, _ element: TermsElement, _ scope: Scope, _ origin: Origin, changed: String?,
    _ environment: borrowing Environment
  ) throws(Diagnostic) -> Composed<any Node> {
    let bar = element.bar.map(bar)
    let looks = termsLooks(element, scope)
    var result = Composed<[ColumnNode.Child]>([])
    var wasChanged = false
    for (block, mark, startsBlock, endsBlock, isOfLongList) in passages(of: terms) {
      let isChanged = mark != .unchanged
      let isHeading = if case .heading = block { true } else { false }
      let mark = isChanged && !wasChanged && bar != nil ? changed : nil
      var nodes = result.take(
        try prose([block], looks, origin, environment, continuesList: !startsBlock, mark: mark))
      // Of more than two items none stands alone in a column.
      if element.columns > 1, isOfLongList, !nodes.isEmpty {
        if startsBlock { nodes[nodes.endIndex - 1].keep.next = 1 }
        if endsBlock { nodes[0].keep.previous = true }
      }
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
        result.content.append(child)
      }
      wasChanged = isChanged
    }
    // The closing passage is short, and a sentence parted by a page's foot reads badly, on paper and aloud.
    if let last = result.content.indices.last {
      result.content[last].node = KeepNode(result.content[last].node, origin: origin)
    }
    return result.map { children in
      let column = ColumnNode(children, origin: origin)
      return element.columns > 1
        ? ColumnsNode(column, count: element.columns, gap: element.gap, isBalanced: true, origin: origin) : column
    }
  }

  /// What is marked as changed by itself: the blocks of the terms, of a list each item; whether a block begins and ends with it,
  /// and whether it is an item of a list of more than two.
  ///
  /// Of a list whose items cannot be told apart from earlier ones, each is marked as the whole is.
  private func passages(
    of terms: TermsText
  ) -> [(block: CompiledWords.Block, mark: ChangeMark, startsBlock: Bool, endsBlock: Bool, isOfLongList: Bool)] {
    CompiledWords.blocks(terms.document.blocks, { _ in nil }).enumerated().flatMap { index, block in
      let change = terms.changes.map { $0[index] }
      let whole = change?.mark ?? .unchanged
      guard case .list(let first, let items) = block, !items.isEmpty else { return [(block, whole, true, true, false)] }
      let marks = change.flatMap { $0.items.count == items.count ? $0.items : nil }
      return items.enumerated().map { place, item in
        (
          .list(first: first.map { $0 + place }, items: [item]), marks?[place] ?? whole, place == 0, place + 1 == items.count,
          items.count > 2
        )
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
  /// The type size that values in it are not shrunk below.
  var leastSize: Length
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
