package import Diagnostics
internal import Geometry
package import Layout
package import LayoutLanguage

extension BillComposer {
  /// The document of the bill: masters, body and coupons.
  ///
  /// - Throws: The finding, where a part of the layout cannot be evaluated for this bill.
  package func document(_ environment: inout Environment) throws(Diagnostic) -> Document {
    let template = stock.template
    let root = book.root
    var body = try stack(template.body, root.entering(template.body), Origin(element: template.body.id), &environment)
    var moved: [ColumnNode.Child] = []
    var masters: [Keyword: Layout.PageMaster] = [:]
    for page in template.pages {
      var places: [PlaceNode] = []
      try walk(page.places, &environment) { (node, environment) throws(Diagnostic) in
        guard node.kind == .place else { return }
        let context = root.entering(node)
        let before = smallestSize
        smallestSize = .infinity
        defer { smallestSize = before }
        let place = try place(node, context, origin(node), &environment)
        places.append(place)
        if let whole = self.moved(of: place, node, context, environment) { moved.append(whole) }
      }
      masters[page.role] = Layout.PageMaster(
        size: template.paper.size, margin: page.margin, header: try running(page.header, root, &environment),
        footer: try running(page.footer, root, &environment), places: places)
    }
    if !moved.isEmpty { body = body.preceded(by: moved) }
    let plain = Layout.PageMaster(size: template.paper.size, margin: Insets(all: .mm(15)))
    let first = masters[.first] ?? masters[.next] ?? masters[.left] ?? masters[.right] ?? plain
    return Document(
      masters: PageMasters(
        first: first, next: masters[.next], last: masters[.last], left: masters[.left], right: masters[.right]),
      body: body, coupons: coupons, pageLimit: template.pageLimit ?? Document.defaultPageLimit)
  }

  /// A running header or footer; not part of what a screen reader reads on every page.
  private func running(
    _ node: TemplateNode?, _ root: StyleContext, _ environment: inout Environment
  ) throws(Diagnostic) -> (any Node)? {
    guard let node else { return nil }
    let context = root.entering(node)
    let origin = Origin(element: node.id)
    return TaggedNode(.artifact, try stack(node, context, origin, &environment), origin: origin)
  }
}
