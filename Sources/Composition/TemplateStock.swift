package import Diagnostics
package import Geometry
package import Imaging
package import Layout
package import LayoutLanguage

/// What a worker keeps of a layout between bills: style books, images, and the nodes of everything that is the same on every bill.
package final class TemplateStock {
  /// Terms in one language and look.
  package struct TermsKey: Hashable {
    package var element: Int
    package var book: Int
    package var scale: Double
    package var digest: String
  }
  private struct ConstantKey: Hashable {
    var element: Int
    var context: ObjectIdentifier
    var inRow: Bool
  }

  /// A kept block and the smallest type size in it.
  package struct Constant {
    package var child: ColumnNode.Child
    package var smallest: Length
  }
  /// More kept blocks than a layout has in all its looks; only shrinking makes more.
  private static let constantLimit = 10_000

  package let template: Template
  package let images: ImageTable
  /// The number in ``images`` of each of the template's images.
  package let imageNumbers: [Int]
  package let frames = FrameCache()
  private var books: [Int: StyleBook] = [:]
  private var terms: [TermsKey: any Node] = [:]
  private var constants: [ConstantKey: Constant] = [:]
  private var variants = 0

  /// Takes a checked template; images that cannot be read are reported.
  ///
  /// - Throws: All images that cannot be read.
  package init(_ template: Template) throws(DiagnosticList) {
    self.template = template
    images = ImageTable()
    var numbers: [Int] = []
    var faults: [Diagnostic] = []
    for reference in template.images {
      do throws(DiagnosticList) { numbers.append(try images.add(path: reference.path, bytes: reference.bytes)) } catch {
        faults += error.diagnostics.map { diagnostic in
          var placed = diagnostic
          if placed.range == nil { placed.range = reference.range }
          return placed
        }
        numbers.append(-1)
      }
    }
    imageNumbers = numbers
    if !faults.isEmpty { throw DiagnosticList(faults) }
  }

  /// The styles for a format and language, by their indexes in the template.
  package func book(format: Int, language: Int) -> StyleBook {
    let index = format * template.languages.count + language
    if let book = books[index] { return book }
    let book = StyleBook(sheet: template.styleSheet(format: format, language: language), index: index, rootStyle: template.style)
    books[index] = book
    return book
  }

  /// The terms' nodes, made once.
  ///
  /// - Throws: What `make` throws.
  package func terms(_ key: TermsKey, _ make: () throws(Diagnostic) -> any Node) throws(Diagnostic) -> any Node {
    if let known = terms[key] { return known }
    let made = cached(try make(), element: key.element)
    // Terms come in a few languages and looks; more than this are shrunk ones.
    if terms.count >= 64 { terms.removeAll() }
    terms[key] = made
    return made
  }

  /// A block that is the same on every bill of a format and language, made once.
  ///
  /// - Throws: What `make` throws.
  package func constant(
    _ node: TemplateNode, _ context: StyleContext, inRow: Bool, _ make: () throws(Diagnostic) -> Constant?
  ) throws(Diagnostic) -> Constant? {
    let key = ConstantKey(element: node.id, context: ObjectIdentifier(context), inRow: inRow)
    if let known = constants[key] { return known }
    guard var made = try make() else { return nil }
    // A paragraph remembers its lines by itself, and looking a frame up costs as much as placing them.
    if node.kind != .text { made.child.node = cached(made.child.node, element: node.id) }
    if constants.count >= Self.constantLimit { constants.removeAll() }
    constants[key] = made
    return made
  }

  private func cached(_ node: any Node, element: Int) -> any Node {
    variants += 1
    return CachedNode(node, key: SubtreeKey(element: element, variant: variants))
  }
}
