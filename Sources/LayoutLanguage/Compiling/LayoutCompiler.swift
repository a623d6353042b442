internal import Diagnostics
internal import Geometry
internal import Languages

/// Turns the files of a layout folder into a ``Template``, reporting everything that is wrong on the way.
final class LayoutCompiler {
  let root: LayoutRoot
  let findings: Findings
  let library: FileLibrary
  var names = DeclaredNames()
  let anchors: AnchorBook
  /// The strings of the folder, the same for all its roots.
  var catalog = StringCatalog(languages: [])
  var scope: Scope
  var nodes: [NodeOrigin] = []
  var families: [FontFamilyUse] = []
  /// The names among ``families``.
  var knownFamilies: Set<String> = []
  var colors: [ColorSource] = []
  var styles: [StyleSource] = []
  var variants: [VariantSource] = []
  var fields: [FieldDeclaration] = []
  var partials: [String: XMLDocument] = [:]
  /// Partials being put in, outermost first.
  var includes: [String] = []
  /// Of the edition being compiled.
  /// The trimmed sheet, known once the root is read.
  var sheet = PaperSize.letter.size
  /// How far pages are printed beyond it, on each side.
  var bleed = Length.zero
  /// The post that a postcard goes by; empty for none.
  var post = ""
  /// Whether an Intelligent Mail barcode stands on a postcard.
  var hasMailCode = false
  var elementCount = 0
  /// How many elements are open, over all includes.
  var depth = 0
  /// The edition being compiled.
  var edition = EditionChanges()
  /// What is known of names that variants change, over all editions.
  var changeable = ChangeableNames()
  /// Whether a notice or terms stand where they cannot: whether they are reached is then not asked.
  var hasMisplacedNotice = false

  /// Where an element stands, beyond what its parent says.
  struct Place {
    var file: SourceFile
    /// What may stand here.
    var content: ElementSpec.Content
    /// The parent's tag, for messages.
    var parent: String
    var isInMessages = false
    var isInNotice = false
    var isInFlow = false
    /// Why `messages` cannot stand here; `nil` where they can.
    var messagesObstacle: String?
    /// Why nothing can be pointed to here; `nil` where it can.
    var anchorObstacle: String?
    var table: TableColumns?
    var isInGroup = false
    /// Whether a `part` is around it.
    var isInPart = false
    /// The page whose places stand right here.
    var page: String?
    /// Whether any `if`, `each` or group lies between the table and this place.
    var isBelowTable = false
  }

  /// Compiles the bill of a folder.
  init(files: any LayoutFiles) {
    (root, findings, anchors) = (.bill, Findings(), AnchorBook())
    library = FileLibrary(files, findings: findings)
    scope = Scope(schema: BillSchema.standard, strings: nil)
    readStrings()
  }

  /// Compiles another root of a folder: with the same strings, into the same findings.
  ///
  /// - Parameter other: The compiler of the root before it.
  init(_ root: LayoutRoot, beside other: LayoutCompiler) {
    (self.root, findings) = (root, other.findings)
    anchors = AnchorBook(builtIn: root.builtInAnchors)
    library = FileLibrary(continuing: other.library)
    catalog = other.catalog
    names.languages = catalog.languages
    scope = Scope(schema: BillSchema.standard, strings: nil)
  }

  /// The template; `nil` where there is nothing to make one of. With errors found it must not be used.
  ///
  /// That every string is used is to be asked of the catalog once all roots are compiled.
  func compile() -> Template? {
    guard let file = root.isOptional ? library.textIfAny(root.file) : library.text(root.file, at: nil) else { return nil }
    var parser = XMLParser(file, knownNames: ElementRegistry.tags, findings: findings)
    let document = parser.parse()
    let tag = root.kind.tag
    guard let root = document.root, root.isLayout else { return nil }
    guard root.name == tag else {
      error(
        .wrongRoot, "\(self.root.phrase) begins with '\(tag)', not '\(root.name)'", file, root.nameRange,
        suggestion: root.name == "partial"
          ? "a partial is included, not loaded"
          : LayoutRoot(tag: root.name).map { "its file is '\($0.file)'" } ?? Suggestion.didYouMean(root.name, among: [tag]))
      return nil
    }
    if names.languages.isEmpty, self.root == .bill {
      error(
        .noLanguages, "the layout has no strings: every language it prints has a file strings/LANG.yaml", file, root.nameRange,
        suggestion: "make strings/en-US.yaml")
    }
    collectNames(root, file)
    collectZones(root)
    let (schema, campaign) =
      switch self.root {
      case .bill: (BillSchema.bill(extra: readFields(root, file)), BillSchema.campaign)
      case .leaflet: (BillSchema.leaflet, BillSchema.leafletCampaign)
      case .postcard: (BillSchema.postcard, BillSchema.postcardCampaign)
      }
    scope = Scope(
      schema: schema, strings: catalog, codes: CodeListShelf(library, languages: names.languages, findings: findings), anchors: anchors,
      campaign: campaign)
    scope.hasCampaign = self.root.needsCampaign
    let attributes = readRoot(root, file)
    sheet = (attributes.paper ?? .letter).size
    bleed = readBleed(root)
    readDeclarations(root, file)
    let compiled = readEditions(root, file, attributes)
    anchors.check(findings)
    guard let compiled else { return nil }
    if post.isEmpty, hasMailCode { post = "usps" }
    checkPostalSize(root)
    return Template(
      paper: attributes.paper ?? .letter, bleed: bleed, post: post, pageLimit: attributes.pageLimit, formats: names.formats,
      languages: names.languages, strings: catalog.tables, fields: fields, schema: scope.schema, style: attributes.style,
      styleNames: names.styleNames, styleRanges: names.styleRanges, colorNames: names.colorNames, families: families,
      watermark: attributes.watermark,
      images: library.imageReferences, nodes: nodes, localCount: scope.slotCount, campaignObstacle: compiled.obstacle, sheets: sheets(),
      editions: compiled.editions, editionNumbers: compiled.numbers, linkedAnchors: anchors.linked, pointsToAnchors: anchors.isUsed)
  }

  // MARK: Tools

  func range(_ file: SourceFile, _ range: Range<Int>) -> SourceRange { SourceRange(file: file, bytes: range) }

  func error(
    _ finding: LanguageFinding, _ message: String, _ file: SourceFile, _ place: Range<Int>, suggestion: String? = nil,
    notes: [Diagnostic.Note] = []
  ) {
    findings.error(finding, message, at: range(file, place), suggestion: suggestion, notes: notes)
  }

  /// Counts an element, `if`s and includes too; false once the layout has too many.
  func count(_ element: XMLElement, _ file: SourceFile) -> Bool {
    elementCount += 1
    if elementCount == LanguageLimits.nodes + 1 {
      error(
        .tooManyElements, "the layout has more than \(LanguageLimits.nodes) elements once its includes are put in", file, element.nameRange)
    }
    return elementCount <= LanguageLimits.nodes
  }

  /// Numbers an element.
  func number(_ element: XMLElement, _ file: SourceFile) -> Int {
    nodes.append(
      NodeOrigin(
        element: element.name, nameRange: range(file, element.nameRange), range: range(file, element.range),
        label: element["name"]?.value.string))
    return nodes.count - 1
  }

  func checker(_ source: SourceText) -> ExpressionChecker { ExpressionChecker(source: source, scope: scope, findings: findings) }

  func literal(_ attribute: XMLAttribute) -> LiteralReader {
    LiteralReader(value: attribute.value, name: attribute.name, names: names, findings: findings)
  }

  /// The name an element declares, white space round it taken off.
  func declaredName(_ element: XMLElement) -> String? { element["name"].flatMap { literal($0).words().first?.text } }

  /// Reports attributes that the element does not have, and required ones that are missing.
  func checkAttributes(_ element: XMLElement, _ spec: ElementSpec, _ file: SourceFile) {
    if !spec.takesArguments {
      for attribute in element.attributes where spec.attribute(attribute.name) == nil {
        error(
          .unknownAttribute, "unknown attribute '\(attribute.name)' in '\(element.name)'", file, attribute.nameRange,
          suggestion: Habit.attribute(attribute.name, among: spec.attributes.map(\.name)))
      }
    }
    for attribute in spec.attributes where attribute.isRequired && element[attribute.name.rawValue] == nil {
      error(
        .missingAttribute, "'\(element.name)' needs an attribute '\(attribute.name.rawValue)': \(attribute.type.phrase)", file,
        element.nameRange)
    }
  }

  // MARK: Strings

  private func readStrings() {
    var found: [(tag: String, file: String)] = []
    for name in library.list("strings") {
      guard name.utf8.first != UInt8(ascii: ".") else { continue }
      if name.hasSuffix(".yml") {
        findings.error(.invalidLanguageTag, "'strings/\(name)' is not read", at: nil, suggestion: "name it '\(name.dropLast(4)).yaml'")
        continue
      }
      guard name.hasSuffix(".yaml") else { continue }
      let stem = String(name.dropLast(5))
      guard let tag = LanguageTag(stem)?.text else {
        findings.error(
          .invalidLanguageTag, "'strings/\(name)' is not named by a language tag such as 'en-US' (BCP 47)", at: nil,
          suggestion: LanguageTag(stem.replacing("_", with: "-")).map { "name it '\($0).yaml'" })
        continue
      }
      if let other = found.first(where: { $0.tag == tag }) {
        findings.error(.invalidLanguageTag, "'strings/\(name)' and 'strings/\(other.file)' are one language", at: nil)
        continue
      }
      found.append((tag, name))
    }
    if found.count > LanguageLimits.languages {
      findings.error(.tooManyDeclarations, "a layout has at most \(LanguageLimits.languages) languages", at: nil)
      found.removeLast(found.count - LanguageLimits.languages)
    }
    found.sort { $0.tag.utf8.lexicographicallyPrecedes($1.tag.utf8) }
    names.languages = found.map(\.tag)
    catalog = StringCatalog(languages: names.languages)
    for (index, language) in found.enumerated() {
      guard let file = library.text("strings/\(language.file)", at: nil) else { continue }
      for item in StringsReader(file, findings: findings).items() {
        let used = catalog.add(item.key, language: index, range: item.keyRange, text: item.text, findings: findings)
        for anchor in used { anchors.use(anchor.name, at: anchor.range) }
      }
    }
  }
}
