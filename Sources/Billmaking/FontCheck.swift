internal import Composition
internal import Diagnostics
internal import Layout
internal import LayoutLanguage
internal import Typography

/// Looks for weights and features that a layout asks for and no face has: they would change nothing on the page and say nothing.
struct FontCheck {
  private let template: Template
  private let book: FontBook
  private var told: Set<Diagnostic> = []
  private var known: Set<Lack> = []
  private var warnings: [Diagnostic] = []

  /// What a family lacks.
  private enum Lack: Hashable {
    case weight(Int, TextStyle.Slant, family: String, used: Int)
    case feature(String, family: String)

    func warning(at range: SourceRange) -> Diagnostic {
      switch self {
      case .weight(let weight, let slant, let family, let used):
        Diagnostic(
          .warning, id: "missing-font-weight",
          "font family '\(family)' has no \(slant == .italic ? "italic" : "upright") face of weight \(weight); \(used) is used", at: range)
      case .feature(let feature, let family):
        Diagnostic(
          .warning, id: "missing-font-feature", "font family '\(family)' has no feature '\(feature)'; it changes nothing", at: range)
      }
    }
  }

  /// The warnings of a layout, each once, in the order of its styles and elements.
  ///
  /// No file counts as used by the layout for being looked at here.
  static func warnings(_ template: Template, _ book: FontBook) -> [Diagnostic] {
    var check = FontCheck(template: template, book: book)
    struct Look: Hashable { var styles: [StyleOverrides], edition: Int }
    var seen: Set<Look> = []
    for format in template.formats.indices {
      for language in template.languages.indices {
        let sheet = template.styleSheet(format: format, language: language)
        let edition = template.editionNumber(format: format, language: language)
        guard seen.insert(Look(styles: sheet.styles, edition: edition)).inserted else { continue }
        check.run(StyleBook(sheet: sheet, index: 0, rootStyle: template.style), template.editions[edition])
      }
    }
    return check.warnings
  }

  private init(template: Template, book: FontBook) { (self.template, self.book) = (template, book) }

  private mutating func run(_ styles: StyleBook, _ edition: Edition) {
    let root = styles.root
    for (index, style) in styles.sheet.styles.enumerated() where style.weight != nil || style.features != nil {
      // A weight that comes from the base is told there.
      look(root.styled(index), at: template.styleRanges[index], once: true)
    }
    for page in edition.pages {
      for node in [page.header, page.footer] { if let node { walk(node, root) } }
      walk(page.places, root)
    }
    walk(edition.body, root)
  }

  private mutating func walk(_ contents: [TemplateContent], _ outer: StyleContext) {
    for content in contents {
      switch content {
      case .text: continue
      case .node(let node): walk(node, outer)
      case .choice(let branches): for branch in branches { walk(branch.contents, outer) }
      case .repeat(_, let contents), .scope(_, let contents): walk(contents, outer)
      }
    }
  }

  private mutating func walk(_ node: TemplateNode, _ outer: StyleContext) {
    var context = outer.entering(node)
    switch node.kind {
    case .bold: context = context.bold
    case .italic: context = context.italic
    default: break
    }
    if node.kind == .bold || node.overrides?.weight != nil || node.overrides?.features != nil {
      look(context, at: template.nodes[node.id].nameRange)
    }
    walk(node.children, context)
  }

  private mutating func look(_ context: StyleContext, at range: SourceRange, once: Bool = false) {
    let properties = context.text.properties
    let faces = properties.families.compactMap { book.face($0, weight: properties.weight, slant: properties.slant) }
    guard let family = properties.families.first, let face = faces.first, face.family.lowercased() == family.lowercased() else { return }
    if face.weight != properties.weight {
      warn(.weight(properties.weight, properties.slant, family: family, used: face.weight), range, once)
    }
    for feature in properties.features where !faces.contains(where: { book.hasFeature(feature, $0.id) }) {
      warn(.feature(feature, family: family), range, once)
    }
  }

  /// - Parameter once: Whether it is enough that the lack is told anywhere.
  private mutating func warn(_ lack: Lack, _ range: SourceRange, _ once: Bool) {
    if !known.insert(lack).inserted, once { return }
    let warning = lack.warning(at: range)
    if told.insert(warning).inserted { warnings.append(warning) }
  }
}
