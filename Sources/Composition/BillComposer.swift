package import Diagnostics
internal import Geometry
internal import Imaging
package import Layout
internal import LayoutLanguage

/// Turns the template into nodes for one bill. Lives as long as that bill's layout: rows of tables are composed when pages ask for them.
///
/// Errors of evaluation are thrown where possible; those met while a page is being filled are kept in ``failure``, since layout cannot throw.
package final class BillComposer {
  let stock: TemplateStock
  package let book: StyleBook
  package let language: String
  package let direction: Direction
  /// What the bill's notice says; `nil` where it carries none.
  let notice: NoticeWords?
  /// Payment slips met on the way, for the paginator.
  var coupons: [CouponNode] = []
  /// The record path the loops have reached.
  var path: DataPath?
  /// The smallest type size in what has been composed of the current block: what `min-size` is measured by.
  var smallestSize = Length.infinity
  /// The type size that values which must not be broken are not shrunk below: the nearest `min-size` around.
  var leastSize = TextNode.standardLeastSize
  /// Whether identifiers are broken at last like words: where all of a text is shown that has no room in its place.
  var breaksIdentifiers = false
  /// The first error met while layout asked for more of the bill.
  package private(set) var failure: Diagnostic?

  package init(stock: TemplateStock, book: StyleBook, language: String, direction: Direction, notice: NoticeWords?) {
    (self.stock, self.book, self.language, self.direction, self.notice) = (stock, book, language, direction, notice)
  }

  /// Keeps the first of several errors.
  func fail(_ diagnostic: Diagnostic) { if failure == nil { failure = diagnostic } }

  // MARK: Walking contents

  /// Calls `body` for each element that applies to this bill, loops unrolled, variables set.
  func walk(
    _ contents: [TemplateContent], _ environment: inout Environment, _ body: (TemplateNode, inout Environment) throws(Diagnostic) -> Void
  ) throws(Diagnostic) {
    for content in contents {
      switch content {
      case .text: continue
      case .node(let node): try visit(node, &environment, body)
      case .choice(let branches):
        if let branch = try chosen(branches, environment) { try walk(branch.contents, &environment, body) }
      case .repeat(let loop, let contents):
        try forEach(loop, &environment) { (environment) throws(Diagnostic) in try walk(contents, &environment, body) }
      case .scope(let bindings, let contents):
        try environment.enter(bindings)
        try walk(contents, &environment, body)
      }
    }
  }

  /// The element as often as its own `each` and `if` say.
  func visit(
    _ node: TemplateNode, _ environment: inout Environment, _ body: (TemplateNode, inout Environment) throws(Diagnostic) -> Void
  ) throws(Diagnostic) {
    guard let loop = node.each else {
      if let condition = node.condition, try !condition.isTrue(in: environment) { return }
      return try body(node, &environment)
    }
    try forEach(loop, &environment) { (environment) throws(Diagnostic) in
      if let condition = node.condition, try !condition.isTrue(in: environment) { return }
      try body(node, &environment)
    }
  }

  /// Runs `body` for each element of the loop's list, keeping the record path that has been reached.
  func forEach(
    _ loop: Loop, _ environment: inout Environment, _ body: (inout Environment) throws(Diagnostic) -> Void
  ) throws(Diagnostic) {
    let outer = path
    defer { path = outer }
    let (list, listPath) = try environment.list(of: loop)
    for index in 0..<list.count {
      try environment.enter(loop, element: index, of: list, path: listPath)
      if let listPath { path = listPath.index(index) }
      try body(&environment)
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
  func blocks(_ contents: [TemplateContent], _ context: StyleContext, _ environment: inout Environment) throws(Diagnostic) -> [ColumnNode
    .Child]
  {
    var children: [ColumnNode.Child] = []
    try walk(contents, &environment) { (node, environment) throws(Diagnostic) in
      if let child = try block(node, context, &environment) { children.append(child) }
    }
    return children
  }

  /// One block with its size, its keep rules and the space round it; `nil` for elements that make none (a coupon).
  func block(
    _ node: TemplateNode, _ outer: StyleContext, _ environment: inout Environment, inRow: Bool = false
  ) throws(Diagnostic) -> ColumnNode.Child? {
    let context = outer.entering(node)
    let origin = origin(node)
    let outerSize = leastSize
    leastSize = node.points(.minSize) ?? leastSize
    defer { leastSize = outerSize }
    if node.kind == .coupon {
      guard let content = try bareBlock(node, context, origin, &environment) else { return nil }
      let child = sized(content, node, context, origin, environment, inRow: false)
      let page: CouponNode.Place = node.keyword(.page) == .first ? .first : .last
      coupons.append(CouponNode(child, page: page, gap: node.points(.marginTop) ?? .zero, origin: origin))
      return nil
    }
    if node.isConstant {
      guard let kept = try constant(node, context, &environment, inRow: inRow) else { return nil }
      smallestSize = min(smallestSize, kept.smallest)
      return kept.child
    }
    return try freshBlock(node, context, origin, &environment, inRow: inRow)
  }

  /// A block that is the same on every bill, made once; it comes from no record.
  private func constant(
    _ node: TemplateNode, _ context: StyleContext, _ environment: inout Environment, inRow: Bool
  ) throws(Diagnostic) -> TemplateStock.Constant? {
    try stock.constant(node, context, inRow: inRow) { () throws(Diagnostic) in
      let (outerPath, outerSize) = (path, smallestSize)
      (path, smallestSize) = (nil, .infinity)
      defer { (path, smallestSize) = (outerPath, outerSize) }
      guard let child = try freshBlock(node, context, Origin(element: node.id), &environment, inRow: inRow) else { return nil }
      return TemplateStock.Constant(child: child, smallest: smallestSize)
    }
  }

  private func freshBlock(
    _ node: TemplateNode, _ context: StyleContext, _ origin: Origin, _ environment: inout Environment, inRow: Bool
  ) throws(Diagnostic) -> ColumnNode.Child? {
    let smallestBefore = smallestSize
    smallestSize = .infinity
    defer { smallestSize = min(smallestSize, smallestBefore) }
    guard var inner = try bareBlock(node, context, origin, &environment) else { return nil }
    inner = sized(inner, node, context, origin, environment, inRow: inRow)
    let keep = node.keep
    return ColumnNode.Child(
      inner, keep: KeepRules(together: keep.together, next: keep.next, previous: keep.previous),
      spaceBefore: node.points(.marginTop) ?? .zero,
      spaceAfter: node.points(.marginBottom) ?? (node.kind == .text ? context.spaceAfter : .zero), origin: origin)
  }

  /// The block itself; `nil` where it takes no part.
  ///
  /// - Parameter contentOnly: Gives the content of a place, for fitting it into that place.
  func bareBlock(
    _ node: TemplateNode, _ context: StyleContext, _ origin: Origin, _ environment: inout Environment, contentOnly: Bool = false
  ) throws(Diagnostic) -> (any Node)? {
    if contentOnly, node.kind == .place { return try stack(node, context, origin, &environment) }
    switch node.kind {
    case .text: return try paragraph(node, context, origin, &environment)
    case .column, .body, .pageHeader, .pageFooter: return try stack(node, context, origin, &environment)
    case .row: return try row(node, context, origin, &environment)
    case .columns:
      return ColumnsNode(
        try stack(node, context, origin, &environment), count: node.integer(.count) ?? 2, gap: node.points(.gap) ?? .pt(18),
        isBalanced: node.flag(.balance) ?? true, origin: origin)
    case .box: return try panel(node, context, origin, &environment)
    case .coupon:
      let content = try stack(node, context, origin, &environment)
      guard let padding = node.insets(.padding) else { return content }
      return BoxNode(content, style: BoxNode.Style(padding: padding), origin: origin)
    case .rule: return rule(node, context, origin)
    case .space:
      var share = 0.0
      if case .fraction(let weight)? = node.length(.height) { share = weight }
      return SpaceNode(width: node.points(.width) ?? .zero, height: node.points(.height) ?? .zero, share: share)
    case .image: return try picture(node, origin, &environment)
    case .chart: return try chart(node, context, origin, &environment)
    case .barcode: return try barcode(node, origin, &environment)
    case .table: return try table(node, context, origin, &environment)
    case .place:
      let place = try place(node, context, origin, &environment)
      guard let whole = moved(of: place, node, context, environment) else { return place }
      return ColumnNode([ColumnNode.Child(place), whole], origin: origin)
    case .keep:
      let content = try stack(node, context, origin, &environment)
      return node.keyword(.with) == .next ? content : KeepNode(content, origin: origin)
    case .pageBreak: return PageBreakNode(to: node.keyword(.to) == .right ? .right : .next)
    case .alternatives:
      var choices: [any Node] = []
      try walk(node.children, &environment) { (child, environment) throws(Diagnostic) in
        if let block = try block(child, context, &environment) { choices.append(block.node) }
      }
      return choices.isEmpty ? nil : AlternativesNode(choices, origin: origin)
    case .messages:
      let children = try blocks(node.children, context, &environment)
      return children.isEmpty ? nil : ColumnNode(children, gap: node.points(.gap) ?? .zero, origin: origin)
    case .insert: return try insert(node, context, origin, &environment)
    case .notice: return try noticePanel(node, context, origin, &environment)
    case .terms: return try termsText(node, context, origin, &environment)
    case .slot: return try slotBlock(node, context, origin, &environment)
    case .optInQR: return try optInCode(node, origin, &environment)
    default: return nil
    }
  }

  /// The element's blocks under one another.
  func stack(
    _ node: TemplateNode, _ context: StyleContext, _ origin: Origin, _ environment: inout Environment
  ) throws(Diagnostic) -> ColumnNode {
    ColumnNode(try blocks(node.children, context, &environment), gap: node.points(.gap) ?? .zero, origin: origin)
  }

  private func row(
    _ node: TemplateNode, _ context: StyleContext, _ origin: Origin, _ environment: inout Environment
  ) throws(Diagnostic) -> any Node {
    var children: [RowNode.Child] = []
    try walk(node.children, &environment) { (child, environment) throws(Diagnostic) in
      guard let block = try block(child, context, &environment, inRow: true) else { return }
      children.append(
        RowNode.Child(
          block.node, width: child.length(.width).map(\.dimension) ?? .auto, minWidth: child.points(.minWidth) ?? .zero,
          maxWidth: child.points(.maxWidth) ?? .infinity, valign: child.keyword(.valign)?.vertical))
    }
    let row = RowNode(
      children, gap: node.points(.gap) ?? .zero, valign: node.keyword(.valign)?.vertical ?? .top, stretches: true, origin: origin)
    guard let distance = node.points(.wrap), children.count > 1 else { return row }
    let stacked = children.map { child -> any Node in
      let limits = SizeLimits(
        width: child.width.isStated ? child.width : .auto, minWidth: child.minWidth, maxWidth: child.maxWidth)
      return limits == SizeLimits() ? child.node : SizedNode(child.node, limits: limits)
    }
    return WrappingNode(row, else: ColumnNode(nodes: stacked, gap: distance, origin: origin))
  }

  func panel(
    _ node: TemplateNode, _ context: StyleContext, _ origin: Origin, _ environment: inout Environment
  ) throws(Diagnostic) -> BoxNode {
    BoxNode(
      try stack(node, context, origin, &environment), style: look(node), valign: node.keyword(.valign)?.vertical ?? .top, origin: origin)
  }

  /// Fill, border, bar, radius and padding of a panel.
  func look(_ node: TemplateNode) -> BoxNode.Style {
    var look = BoxNode.Style()
    look.fill = book.color(node.color(.fill))
    if let border = node.line(.border) {
      look.border = BoxNode.Border(width: border.thickness, color: book.color(border.color, or: .black))
    }
    look.bars = node.bar(.bar).map { [bar($0)] } ?? []
    look.radius = node.points(.radius) ?? .zero
    look.padding = node.insets(.padding) ?? .zero
    return look
  }

  func bar(_ value: BarValue) -> BoxNode.Bar {
    let side: BoxNode.Bar.Side =
      switch value.side {
      case .end: .end
      case .top: .top
      case .bottom: .bottom
      case .left: .left
      case .right: .right
      default: .start
      }
    return BoxNode.Bar(thickness: value.thickness, color: book.color(value.color, or: .black), side: side)
  }

  private func rule(_ node: TemplateNode, _ context: StyleContext, _ origin: Origin) -> any Node {
    RuleNode(
      thickness: node.points(.thickness) ?? .pt(0.5), color: book.color(node.color(.color), or: context.text.properties.color),
      dashes: node.lengths(.dash) ?? [], way: node.keyword(.direction) == .vertical ? .vertical : .horizontal,
      length: node.keyword(.direction) == .vertical ? node.points(.height) : node.points(.width), origin: origin)
  }

  private func picture(_ node: TemplateNode, _ origin: Origin, _ environment: inout Environment) throws(Diagnostic) -> (any Node)? {
    guard let image = node.image(.src) else { return nil }
    let isDecorative = node.flag(.decorative) ?? false
    let description = isDecorative ? nil : try node.text(.describe)?.string(in: environment)
    return ImageNode(
      image: stock.imageNumbers[image], naturalSize: stock.images.naturalSize(of: stock.imageNumbers[image]),
      width: node.length(.width)?.dimension ?? .auto, height: node.length(.height)?.dimension ?? .auto, description: description,
      origin: origin)
  }

  private func insert(
    _ node: TemplateNode, _ context: StyleContext, _ origin: Origin, _ environment: inout Environment
  ) throws(Diagnostic) -> (any Node)? {
    // Children are the same message in several sizes, the preferred one first.
    let sizes = try blocks(node.children, context, &environment).map(\.node)
    return sizes.isEmpty ? nil : InsertNode(sizes: sizes, priority: node.integer(.priority) ?? 0, origin: origin)
  }

  /// Where the element stands and which record path its loops have reached.
  func origin(_ node: TemplateNode) -> Origin { Origin(element: node.id, path: path) }
}

extension LengthValue {
  /// The engine's form of the length.
  var dimension: Dimension {
    switch self {
    case .auto: .auto
    case .fixed(let length): .fixed(length)
    case .share(let share): .share(share)
    case .fraction(let weight): .fraction(weight)
    }
  }
}

extension Dimension {
  /// The length, if it is one.
  var fixed: Length? { if case .fixed(let length) = self { length } else { nil } }
}

extension Keyword {
  var vertical: VerticalAlignment? {
    switch self {
    case .top: .top
    case .middle: .middle
    case .bottom: .bottom
    case .baseline: .baseline
    default: nil
    }
  }
}
