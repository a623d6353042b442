internal import Barcodes
internal import Campaigns
internal import Diagnostics
internal import Encodings
internal import Geometry
internal import Layout
internal import LayoutLanguage
internal import Vocabulary

extension BillComposer {
  /// The notice's panel, whole on one page; `nil` where the bill carries none, another, or this one in another of its variants.
  func noticePanel(
    _ element: NoticeElement, _ node: TemplateNode, _ attributes: BlockAttributes, _ scope: Scope, _ environment: inout Environment
  ) throws(Diagnostic) -> Composed<(any Node)?> {
    guard let notice else { return Composed(nil) }
    // A card has one notice, its own.
    if cardRank == nil, element.name != notice.name || element.variant != variant { return Composed(nil) }
    let origin = scope.origin(node)
    return try panel(element.panel, node, attributes, scope.keepingSpace, &environment).map {
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
    isBlock: Bool = false, codeLabel: String? = nil, showsHours: Bool = true
  ) throws(Diagnostic) {
    guard let notice else { return }
    switch slot {
    case .address:
      let target = LinkAddress.checked(notice.address)
      builder.buffer.append(words: notice.show)
      builder.flush(style.text, link: target)
      guard let token = notice.token else { return }
      separate(&builder, style, isBlock || codeLabel != nil)
      if let codeLabel {
        builder.buffer.append(words: codeLabel + " ")
        builder.flush(style.text, link: link)
      }
      builder.buffer.append(words: token.unbroken)
      builder.flush(codeLabel == nil ? style.text : style.bold.text, link: target, wrapping: .never)
    case .phone:
      builder.buffer.append(words: notice.phone.unbroken)
      let target = LinkAddress.checked("tel:" + notice.phone.filter { $0.isASCII && ($0.isNumber || $0 == "+") })
      builder.flush(style.text, link: target, wrapping: .never)
      guard showsHours, let hours = notice.hours else { return }
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
    guard let text = self.terms else { return Composed(nil) }
    let origin = scope.origin(node)
    var above = try blocks(node.children, scope, &environment)
    let words = ChangeWords(
      changed: try element.changed?.string(in: environment), new: try element.new?.string(in: environment))
    let key = TemplateStock.TermsKey(
      element: node.id, book: book.index, scale: scope.style.scale, digest: text.digest, measures: measures.index,
      words: [words.changed, words.new, changesTitle])
    let flow = above.take(
      try stock.terms(key) { () throws(Diagnostic) in
        return try termsFlow(text, element, termsLooks(element, scope), origin, words, ownTitle: changesTitle, environment)
      })
    return above.map { TaggedNode(.section, landmark: .terms, ColumnNode($0 + [ColumnNode.Child(flow)], origin: origin), origin: origin) }
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
