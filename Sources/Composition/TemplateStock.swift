package import Diagnostics
internal import Geometry
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
    /// How many steps were taken to set the bill smaller.
    package var measures: Int
    /// The layout's own words in them, which a bill may have a say in.
    package var words: [String?]
  }
  private struct ConstantKey: Hashable {
    var element: Int
    var context: ObjectIdentifier
    var inRow: Bool
    var measures: Int
  }

  /// More kept blocks than a layout has in all its looks; only shrinking makes more.
  ///
  /// - Stops: bills that shrink to ever new sizes, whose blocks would pile up in a worker.
  private static let constantLimit = 10_000

  package let template: Template
  package let images: ImageTable
  /// The number in ``images`` of each of the template's images.
  package let imageNumbers: [Int]
  package let frames = FrameCache()
  private var books: [Int: StyleBook] = [:]
  private var terms: [TermsKey: Composed<any Node>] = [:]
  private var constants: [ConstantKey: Composed<ColumnNode.Child?>] = [:]
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
  func terms(
    _ key: TermsKey, _ make: () throws(Diagnostic) -> Composed<any Node>
  ) throws(Diagnostic) -> Composed<any Node> {
    if let known = terms[key] { return known }
    let made = try make().map { cached($0, element: key.element) }
    // Terms come in a few languages and looks; more than this are shrunk ones.
    if terms.count >= 64 { terms.removeAll() }
    terms[key] = made
    return made
  }

  /// A block that is the same on every bill of a format and language, made once.
  ///
  /// - Throws: What `make` throws.
  func constant(
    _ node: TemplateNode, _ style: StyleContext, inRow: Bool, _ measures: FitMeasures,
    _ make: () throws(Diagnostic) -> Composed<ColumnNode.Child?>
  ) throws(Diagnostic) -> Composed<ColumnNode.Child?> {
    let key = ConstantKey(element: node.id, context: ObjectIdentifier(style), inRow: inRow, measures: measures.index)
    if let known = constants[key] { return known }
    var made = try make()
    guard var child = made.content else { return made }
    // A paragraph remembers its lines by itself, and looking a frame up costs as much as placing them.
    if node.kind != .text { child.node = cached(child.node, element: node.id) }
    made.content = child
    if constants.count >= Self.constantLimit { constants.removeAll() }
    constants[key] = made
    return made
  }

  private func cached(_ node: any Node, element: Int) -> any Node {
    variants += 1
    return CachedNode(node, key: SubtreeKey(element: element, variant: variants))
  }
}
