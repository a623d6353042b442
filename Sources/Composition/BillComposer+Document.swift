package import Diagnostics
internal import Geometry
package import Layout
package import LayoutLanguage
internal import Vocabulary

extension BillComposer {
  /// The document of the bill: masters, body and coupons.
  ///
  /// - Throws: The finding, where a part of the layout cannot be evaluated for this bill.
  package func document(_ environment: inout Environment) throws(Diagnostic) -> Document {
    let template = stock.template
    let root = Scope(style: book.root)
    var body = try section(edition.body, root, &environment)
    var moved: [ColumnNode.Child] = []
    var masters: [PageRole: Layout.PageMaster] = [:]
    for page in edition.pages {
      var places: [PlaceNode] = []
      try walk(page.places, root, &environment) { (node, scope, environment) throws(Diagnostic) in
        guard case .block(.place(let element), let attributes) = node.element else { return }
        let scope = scope.inside(node, attributes).keepingSpace
        let place = body.take(try self.place(element, node, attributes, scope, &environment))
        places.append(place)
        if let whole = self.moved(of: place, element, node, scope, environment) { moved.append(whole) }
      }
      var master = Layout.PageMaster(
        size: template.paper.size, margin: page.margin, header: try running(page.header, root, &environment),
        footer: try running(page.footer, root, &environment), places: places)
      master.zones = try zones(of: page, environment)
      masters[page.role] = master
    }
    let plain = Layout.PageMaster(size: template.paper.size, margin: Insets(all: .mm(15)))
    let first = masters[.first] ?? masters[.next] ?? masters[.left] ?? masters[.right] ?? plain
    var document = Document(
      masters: PageMasters(
        first: first, next: masters[.next], last: masters[.last], left: masters[.left], right: masters[.right]),
      body: moved.isEmpty ? body.content : body.content.preceded(by: moved), coupons: body.coupons,
      pageLimit: template.pageLimit ?? Document.defaultPageLimit)
    document.bleed = template.bleed
    return document
  }

  /// The words that lie across each page of the bill; `nil` for none.
  ///
  /// - Throws: The finding, where they cannot be evaluated for this bill.
  package func watermark(_ environment: borrowing Environment) throws(Diagnostic) -> String? {
    guard let mark = stock.template.watermark else { return nil }
    if let condition = mark.condition, try !condition.isTrue(in: environment) { return nil }
    let words = try mark.words.line(in: environment)
    return words.isEmpty ? nil : words
  }

  /// The blocks of the body, of a page's header or footer under one another.
  private func section(
    _ node: TemplateNode, _ root: Scope, _ environment: inout Environment
  ) throws(Diagnostic) -> Composed<ColumnNode> {
    switch node.element {
    case .section(let section): try stack(node, gap: section.gap, root.inside(node), &environment)
    // The compiler makes sections of nothing else.
    case .block, .tablePart, .inline, .faulty: Composed(ColumnNode([]))
    }
  }

  /// A running header or footer, known by its element; that it is no content is said by the engine, which repeats it.
  private func running(
    _ node: TemplateNode?, _ root: Scope, _ environment: inout Environment
  ) throws(Diagnostic) -> (any Node)? {
    guard let node else { return nil }
    return TaggedNode(.group, try section(node, root.keepingSpace, &environment).content, origin: Origin(element: node.id))
  }
}
