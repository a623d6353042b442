internal import Barcodes
package import Campaigns
package import Diagnostics
internal import Geometry
package import Layout
package import LayoutLanguage
internal import Vocabulary

/// Turns the template into nodes for one bill. Lives as long as that bill's layout: rows of tables are composed when pages ask for them.
///
/// A ``Scope`` is handed down and a ``Composed`` handed up. Errors of evaluation are thrown where possible; those met while a page is being
/// filled are kept in ``failure``, since layout cannot throw.
package final class BillComposer {
  let stock: TemplateStock
  package let book: StyleBook
  /// Pages and body as the bill's format and language have them.
  package let edition: Edition
  package let language: String
  package let direction: Direction
  /// What the bill's notice says; `nil` where it carries none.
  package let notice: NoticeWords?
  /// In which of its variants the notice stands.
  package let variant: String
  /// The terms that stand in the bill; `nil` where it carries none.
  package let terms: TermsText?
  /// The rank of a postcard among the run's, from 1, and 0 while it is not known yet; `nil` for what is no postcard.
  package let cardRank: Int?
  /// What is set smaller than the layout says, to save a sheet.
  let measures: FitMeasures
  /// The first error met while layout asked for more of the bill.
  package private(set) var failure: Diagnostic?
  /// The digits of the Intelligent Mail barcode that was composed last; empty where none was.
  package internal(set) var mailCode = ""
  /// The title of the box that lists what the terms change; `nil` where none was composed yet. A section of the terms with that title stands instead.
  var changesTitle: String?
  /// The decimal columns of the bill's tables that stand with one another, by name.
  private var decimalGroups: [String: DecimalGroup] = [:]
  /// What the words of a paragraph are collected in, handed from one to the next: hundreds of short ones would each allocate their own.
  var spareBuffer = TextBuffer()

  /// - Parameters:
  ///   - variant: In which of its variants the notice stands; `nil` for the smallest.
  ///   - cardRank: Of a postcard, what the serial number of its Intelligent Mail barcode is made of.
  package init(
    stock: TemplateStock, book: StyleBook, edition: Edition, language: String, direction: Direction, notice: NoticeWords?,
    terms: TermsText?, variant: String? = nil, measures: FitMeasures = .none, cardRank: Int? = nil
  ) {
    (self.stock, self.book, self.edition, self.notice, self.terms) = (stock, book, edition, notice, terms)
    (self.language, self.direction) = (language, direction)
    self.measures = measures
    self.cardRank = cardRank
    self.variant = variant ?? notice.flatMap { edition.notices[$0.name]?.last } ?? NoticeElement.standard
  }

  /// The variants of the bill's notice, the smallest last; empty where it carries none, or one that the layout does not offer.
  package var variants: [String] { notice.flatMap { edition.notices[$0.name] } ?? [] }

  /// A composer of the same bill that sets it smaller.
  package func fitting(_ measures: FitMeasures) -> BillComposer { changed(variant: variant, measures) }

  /// A composer of the same bill with another of the notice's variants.
  package func showing(variant: String) -> BillComposer { changed(variant: variant, measures) }

  private func changed(variant: String, _ measures: FitMeasures) -> BillComposer {
    BillComposer(
      stock: stock, book: book, edition: edition, language: language, direction: direction, notice: notice, terms: terms,
      variant: variant, measures: measures, cardRank: cardRank)
  }

  /// Keeps the first of several errors.
  func fail(_ diagnostic: Diagnostic) { if failure == nil { failure = diagnostic } }

  /// The decimal columns of that name.
  func decimalGroup(_ name: String) -> DecimalGroup {
    if let group = decimalGroups[name] { return group }
    let group = DecimalGroup()
    decimalGroups[name] = group
    return group
  }

  // MARK: Walking contents

  /// What is done with each element that applies to the bill.
  typealias Visitor = (TemplateNode, Scope, inout Environment) throws(Diagnostic) -> Void

  /// Calls `body` for each element that applies to this bill, loops unrolled, variables set.
  func walk(
    _ contents: [TemplateContent], _ scope: Scope, _ environment: inout Environment, _ body: Visitor
  ) throws(Diagnostic) {
    for content in contents {
      switch content {
      case .text: continue
      case .node(let node): try visit(node, scope, &environment, body)
      case .choice(let branches):
        if let branch = try chosen(branches, environment) { try walk(branch.contents, scope, &environment, body) }
      case .repeat(let loop, let contents):
        try forEach(loop, scope, &environment) { (scope, environment) throws(Diagnostic) in
          try walk(contents, scope, &environment, body)
        }
      case .scope(let bindings, let contents):
        try environment.enter(bindings)
        try walk(contents, scope, &environment, body)
      }
    }
  }

  /// The element as often as its own `each` and `if` say.
  func visit(_ node: TemplateNode, _ scope: Scope, _ environment: inout Environment, _ body: Visitor) throws(Diagnostic) {
    guard let loop = node.each else {
      if let condition = node.condition, try !condition.isTrue(in: environment) { return }
      return try body(node, scope, &environment)
    }
    try forEach(loop, scope, &environment) { (scope, environment) throws(Diagnostic) in
      if let condition = node.condition, try !condition.isTrue(in: environment) { return }
      try body(node, scope, &environment)
    }
  }

  /// Runs `body` for each element of the loop's list, with the record path that has been reached.
  func forEach(
    _ loop: Loop, _ scope: Scope, _ environment: inout Environment, _ body: (Scope, inout Environment) throws(Diagnostic) -> Void
  ) throws(Diagnostic) {
    var inner = scope
    let (list, listPath) = try environment.list(of: loop)
    for index in 0..<list.count {
      try environment.enter(loop, element: index, of: list, path: listPath)
      if let listPath { inner.path = listPath.index(index) }
      try body(inner, &environment)
    }
  }

  func chosen(_ branches: [Branch], _ environment: borrowing Environment) throws(Diagnostic) -> Branch? {
    for branch in branches {
      guard let condition = branch.condition else { return branch }
      if try condition.isTrue(in: environment) { return branch }
    }
    return nil
  }

  // MARK: Blocks

  /// The blocks of an element, ready for a column.
  func blocks(
    _ contents: [TemplateContent], _ scope: Scope, _ environment: inout Environment
  ) throws(Diagnostic) -> Composed<[ColumnNode.Child]> {
    var result = Composed<[ColumnNode.Child]>([])
    try walk(contents, scope, &environment) { (node, scope, environment) throws(Diagnostic) in
      if let child = result.take(try block(node, scope, &environment)) { result.content.append(child) }
    }
    return result
  }

  /// The blocks that can be made on this bill: one with a code whose standard does not allow what the bill says is left out, unless
  /// there is no other.
  private func possibleBlocks(
    _ contents: [TemplateContent], _ scope: Scope, _ environment: inout Environment
  ) throws(Diagnostic) -> Composed<[ColumnNode.Child]> {
    var result = Composed<[ColumnNode.Child]>([])
    var refusal: Diagnostic?
    try walk(contents, scope, &environment) { (node, scope, environment) throws(Diagnostic) in
      do throws(Diagnostic) {
        if let child = result.take(try block(node, scope, &environment)) { result.content.append(child) }
      } catch {
        guard BarcodeError.Reason(rawValue: error.id) != nil else { throw error }
        refusal = error
      }
    }
    if let refusal, result.content.isEmpty { throw refusal }
    return result
  }

  /// One block with its size, its keep rules and the space round it; `nil` for elements that make none (a coupon).
  func block(
    _ node: TemplateNode, _ outer: Scope, _ environment: inout Environment
  ) throws(Diagnostic) -> Composed<ColumnNode.Child?> {
    switch node.element {
    case .block(let element, let attributes):
      let scope = outer.inside(node, attributes)
      if case .coupon(let coupon) = element { return try self.coupon(coupon, node, attributes, scope, &environment) }
      guard node.isConstant else {
        return try freshBlock(element, node, attributes, scope, &environment, inRow: outer.inRow)
      }
      return try stock.constant(node, scope.style, inRow: outer.inRow, measures) { () throws(Diagnostic) in
        // What is the same on every bill comes from no record.
        var scope = scope
        scope.path = nil
        return try freshBlock(element, node, attributes, scope, &environment, inRow: outer.inRow)
      }
    // The registry lets none of these stand among blocks.
    case .section, .tablePart, .inline, .faulty: return Composed(nil)
    }
  }

  private func freshBlock(
    _ element: BlockElement, _ node: TemplateNode, _ attributes: BlockAttributes, _ scope: Scope, _ environment: inout Environment,
    inRow: Bool
  ) throws(Diagnostic) -> Composed<ColumnNode.Child?> {
    let made = try bareBlock(element, node, attributes, scope, &environment)
    guard let inner = made.content else { return made.map { _ in nil } }
    let origin = scope.origin(node)
    var sized = try sized(inner, element, node, attributes, scope, environment, smallest: made.smallest, inRow: inRow)
    if !attributes.keepsGrid, edition.baseline != nil { sized = OffGridNode(sized) }
    if let anchor = anchor(of: element, attributes) { sized = AnchorNode(.anchor(anchor), sized) }
    let spaceAfter = if case .text = element { scope.style.spaceAfter } else { Length.zero }
    // The clear space round a notice is its own.
    var around = scope
    if case .notice = element { around.keepsSpace = true }
    var keep = attributes.keep
    // A heading without what it heads says nothing.
    if case .text(let text) = element, text.heading != nil { keep.next = max(1, keep.next) }
    let child = ColumnNode.Child(
      sized, keep: keep, spaceBefore: space(attributes.spaceBefore ?? .zero, around),
      spaceAfter: space(attributes.spaceAfter ?? spaceAfter, around), origin: origin)
    return made.map { _ in child }
  }

  /// What others point to the block by: its own name, or that of its kind where links lead there.
  private func anchor(of element: BlockElement, _ attributes: BlockAttributes) -> String? {
    if let anchor = attributes.anchor { return anchor }
    let name: AnchorName
    switch element {
    case .terms: name = .terms
    case .notice: name = .notice
    default: return nil
    }
    return stock.template.linkedAnchors.contains(name.rawValue) ? name.rawValue : nil
  }

  /// The block itself; `nil` where it takes no part.
  func bareBlock(
    _ element: BlockElement, _ node: TemplateNode, _ attributes: BlockAttributes, _ scope: Scope, _ environment: inout Environment
  ) throws(Diagnostic) -> Composed<(any Node)?> {
    let origin = scope.origin(node)
    switch element {
    case .text(let text):
      let made = try paragraph(text, node, scope, &environment)
      guard let turn = text.turn else { return made }
      return made.map { node in node.map { TurnedNode($0, turn: turn, length: attributes.height.fixed, origin: origin) } }
    case .column(let gap): return try stack(node, gap: gap, scope, &environment).map { $0 }
    case .row(let row): return try self.row(row, node, attributes, scope, &environment)
    case .columns(let columns):
      return try stack(node, gap: columns.gap ?? .zero, scope, &environment).map {
        ColumnsNode(
          $0, count: columns.count, gap: columns.gap ?? .pt(18), isBalanced: columns.isBalanced, origin: origin)
      }
    case .box(let panel): return try self.panel(panel, node, attributes, scope, &environment).map { $0 }
    case .rule(let rule): return Composed(self.rule(rule, attributes, scope, origin))
    case .space:
      let share = if case .fraction(let weight) = attributes.height { weight } else { 0.0 }
      return Composed(
        SpaceNode(width: attributes.width.fixed ?? .zero, height: space(attributes.height.fixed ?? .zero, scope), share: share))
    case .image(let image): return Composed(try picture(image, attributes, origin, environment))
    case .chart(let chart): return try self.chart(chart, attributes, scope, origin, &environment)
    case .barcode(let barcode): return Composed(try self.barcode(barcode, node, attributes, origin, environment))
    case .table(let table): return Composed(try self.table(table, node, scope, environment))
    case .messages(let gap):
      return try blocks(node.children, scope, &environment).map {
        $0.isEmpty ? nil : ColumnNode($0, gap: space(gap, scope), origin: origin)
      }
    case .notice(let notice): return try noticePanel(notice, node, attributes, scope, &environment)
    case .terms(let terms): return try termsText(terms, node, scope, &environment)
    case .termsChanges(let changes): return try termsChanges(changes, node, attributes, scope, &environment)
    case .insert(let insert):
      // Children are the same message in several sizes, the preferred one first.
      return try blocks(node.children, scope, &environment).map {
        $0.isEmpty ? nil : InsertNode(sizes: $0.map(\.node), priority: insert.priority, origin: origin)
      }
    case .slot(let slot): return try slotBlock(slot, scope, origin, environment)
    case .optInQR(let size): return Composed(try optInCode(size, node, attributes, origin, environment))
    case .coupon(let coupon): return try couponContent(coupon, node, scope, &environment)
    case .keep(let keep):
      return try stack(node, gap: keep.gap, scope, &environment).map {
        switch keep.reach {
        case .together: KeepNode($0, origin: origin)
        case .next: $0
        }
      }
    case .pageBreak(let target): return Composed(PageBreakNode(to: target))
    case .alternatives(.room):
      return try possibleBlocks(node.children, scope, &environment).map {
        $0.isEmpty ? nil : AlternativesNode($0.map(\.node), origin: origin)
      }
    case .alternatives(.fitSheet):
      return try blocks(node.children, scope, &environment).map {
        (measures.takesSmallerForms ? $0.last : $0.first)?.node
      }
    case .place(let place): return try placeInBody(place, node, attributes, scope, &environment)
    }
  }

  /// The element's blocks under one another.
  func stack(
    _ node: TemplateNode, gap: Length, _ scope: Scope, _ environment: inout Environment
  ) throws(Diagnostic) -> Composed<ColumnNode> {
    let origin = scope.origin(node)
    let space = space(gap, scope)
    return try blocks(node.children, scope, &environment).map { ColumnNode($0, gap: space, origin: origin) }
  }

  private func coupon(
    _ coupon: CouponElement, _ node: TemplateNode, _ attributes: BlockAttributes, _ scope: Scope, _ environment: inout Environment
  ) throws(Diagnostic) -> Composed<ColumnNode.Child?> {
    let scope = scope.keepingSpace
    let made = try couponContent(coupon, node, scope, &environment)
    guard let content = made.content else { return made.map { _ in nil } }
    let child = try sized(content, .coupon(coupon), node, attributes, scope, environment, smallest: made.smallest, inRow: false)
    let slip = CouponNode(child, page: coupon.page, form: form(coupon, attributes), origin: scope.origin(node))
    return Composed(nil, smallest: made.smallest, coupons: made.coupons + [slip])
  }

  private func couponContent(
    _ coupon: CouponElement, _ node: TemplateNode, _ scope: Scope, _ environment: inout Environment
  ) throws(Diagnostic) -> Composed<(any Node)?> {
    let origin = scope.origin(node)
    return try stack(node, gap: coupon.gap, scope, &environment).map { content in
      member(of: coupon.zones, coupon.padding.map { BoxNode(content, style: BoxNode.Style(padding: $0), origin: origin) } ?? content)
    }
  }
}

extension Dimension {
  /// The length, if it is one.
  var fixed: Length? { if case .fixed(let length) = self { length } else { nil } }
}
