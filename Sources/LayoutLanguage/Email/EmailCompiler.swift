internal import Diagnostics

/// Turns `email.html` and `email.txt` into an ``EmailTemplate``, reporting everything that is wrong on the way.
///
/// Conditions, loops, strings and expressions are compiled by the layout's own compiler, against a scope that has what an e-mail knows.
final class EmailCompiler {
  /// The files' names in the layout's folder.
  static let (htmlFile, textFile) = ("email.html", "email.txt")

  let tools: LayoutCompiler
  private let bill: LayoutCompiler
  var sheet = EmailSheet()
  var pictures: [EmailPicture] = []
  /// By path.
  var pictureNumbers: [String: Int] = [:]
  var pictureBytes = 0

  var findings: Findings { tools.findings }

  /// Where an element stands.
  struct Place {
    var file: SourceFile
    /// What may stand here.
    var model: EmailModel
    /// The parent's tag, for messages.
    var parent: String
    var isInLink = false
    /// Whether it is the plain text, whose white space is kept.
    var isPlain = false
  }

  /// - Parameters:
  ///   - other: The compiler of the root before it, whose files and strings are gone on with.
  ///   - bill: That of the folder's bills, whose declared fields a message may name. Compiled before ``compile()`` is called.
  init(beside other: LayoutCompiler, bill: LayoutCompiler) {
    tools = LayoutCompiler(.bill, beside: other)
    self.bill = bill
  }

  /// The template; `nil` where the folder has none, or nothing to make one of. With errors found it must not be used.
  func compile() -> EmailTemplate? {
    let library = tools.library
    let hasHTML = library.has(Self.htmlFile)
    guard hasHTML == library.has(Self.textFile) else {
      let (there, missing) = hasHTML ? (Self.htmlFile, Self.textFile) : (Self.textFile, Self.htmlFile)
      findings.error(
        .emailIncomplete, "there is '\(there)' and no '\(missing)': every message goes out in both forms", at: nil,
        suggestion: "add \(missing), or take \(there) out")
      return nil
    }
    guard hasHTML else { return nil }
    tools.scope = Scope(
      schema: bill.scope.schema, strings: tools.catalog,
      codes: CodeListShelf(library, languages: tools.names.languages, findings: findings), campaign: BillSchema.emailCampaign)
    tools.scope.hasCampaign = true
    let html = library.textIfAny(Self.htmlFile).flatMap { readHTML($0) }
    let text = library.textIfAny(Self.textFile).flatMap { readText($0) }
    guard let html, let text else { return nil }
    return EmailTemplate(
      html: html, text: text, languages: tools.names.languages, strings: tools.catalog.tables, pictures: pictures,
      localCount: tools.scope.slotCount, sheet: sheet)
  }

  // MARK: The two files

  private func readHTML(_ file: SourceFile) -> EmailElement? {
    guard let root = root(of: file, tag: "html") else { return nil }
    let place = Place(file: file, model: .root, parent: "")
    let element = self.element(root, .html, place)
    for tag in [EmailTag.head, .body] {
      let found = root.elements.filter { $0.isLayout && $0.name == tag.name }
      if let second = found.dropFirst().first {
        tools.error(.duplicateElement, "'\(tag.name)' stands twice", file, second.nameRange)
      }
      if found.isEmpty, tag == .body { tools.error(.missingElement, "'html' needs a 'body': what is shown", file, root.nameRange) }
    }
    EmailCheck(.html, element.children, findings).run(root: tools.range(file, root.nameRange))
    EmailLint(element, sheet, findings).run()
    return element
  }

  private func readText(_ file: SourceFile) -> [EmailContent]? {
    guard let root = root(of: file, tag: "text") else { return nil }
    for attribute in root.attributes {
      tools.error(.unknownAttribute, "unknown attribute '\(attribute.name)' in 'text'", file, attribute.nameRange)
    }
    let contents = contents(of: root, Place(file: file, model: .words, parent: "text", isPlain: true))
    EmailCheck(.text, contents, findings).run(root: tools.range(file, root.nameRange))
    return contents
  }

  private func root(of file: SourceFile, tag: String) -> XMLElement? {
    let known = Set(EmailTag.allCases.map(\.name) + Self.control)
    var parser = XMLParser(file, dialect: .email, knownNames: known, findings: findings)
    guard let root = parser.parse().root, root.isLayout else { return nil }
    guard root.name == tag else {
      tools.error(.wrongRoot, "'\(file.path)' begins with '\(tag)', not '\(root.name)'", file, root.nameRange)
      return nil
    }
    return root
  }

  // MARK: Contents

  /// The elements that are Billfold's own.
  static let control = ["if", "else", "each", "t", "slot"]

  /// Everything in an element, compiled.
  func contents(of element: XMLElement, _ place: Place) -> [EmailContent] {
    var result: [EmailContent] = []
    var chain = Chain()
    let gaps = place.isPlain ? PlainGaps(element) : PlainGaps()
    for (index, child) in element.children.enumerated() {
      switch child {
      case .comment: continue
      case .text(let text, _):
        let isBlank = text.bytes.allSatisfy(Lexer.isSpace)
        if isBlank, chain.isOpen, element.nextElement(after: index)?.name == "else" { continue }
        if !isBlank || place.model.takesWords { chain.close(into: &result) }
        if let content = words(gaps.trimmed(text), place) { result.append(content) }
      case .element(let child):
        if child.name != "else" || !child.isLayout { chain.close(into: &result) }
        guard child.isLayout else { continue }
        guard tools.count(child, place.file) else { return result }
        if Self.control.contains(child.name) {
          if let content = control(child, place, &chain) { result.append(content) }
        } else if let tag = tag(of: child, place) {
          result.append(.element(self.element(child, tag, place)))
        }
      }
    }
    chain.close(into: &result)
    return result
  }

  private func words(_ text: SourceText, _ place: Place) -> EmailContent? {
    guard place.model.takesWords else {
      guard let first = text.bytes.firstIndex(where: { !Lexer.isSpace($0) }) else { return nil }
      let end = text.bytes[first...].firstIndex(where: Lexer.isSpace) ?? text.bytes.count
      findings.error(.misplacedText, "words cannot stand right in '\(place.parent)'", at: text.range(first..<end))
      return nil
    }
    let pieces = TextCompiler(
      source: text, scope: tools.scope, findings: findings, collapsesSpace: !place.isPlain, allowsLate: false
    ).pieces()
    return pieces.isEmpty ? nil : .text(TextTemplate(pieces: pieces))
  }

  /// Which element of HTML it is; `nil` once it is reported as unknown, unsafe or misplaced.
  private func tag(of element: XMLElement, _ place: Place) -> EmailTag? {
    let name = element.name
    if let reason = EmailRegistry.unsafe[name.lowercased()] {
      tools.error(.emailUnsafe, "'\(name)' cannot stand in an e-mail: \(reason)", place.file, element.nameRange)
      return nil
    }
    guard let tag = EmailTag(rawValue: name) else {
      let isCapital = EmailTag(rawValue: name.lowercased()) != nil
      tools.error(
        .unknownElement, "unknown element '\(name)' in '\(place.parent)'", place.file, element.nameRange,
        suggestion: isCapital
          ? "write it in small letters"
          : Suggestion.didYouMean(name, among: EmailTag.allCases.map(\.name) + Self.control))
      return nil
    }
    if place.isPlain {
      tools.error(
        .misplacedElement, "'\(name)' is HTML and cannot stand in the plain text", place.file, element.nameRange)
      return nil
    }
    guard place.model.tags.contains(tag) else {
      let hint = place.model == .phrasing && EmailModel.flow.tags.contains(tag) ? ": only words and what stands among them can" : ""
      tools.error(.misplacedElement, "'\(name)' cannot stand in '\(place.parent)'\(hint)", place.file, element.nameRange)
      return nil
    }
    if tag == .a, place.isInLink {
      tools.error(.misplacedElement, "'a' cannot stand in 'a': a link has no link in it", place.file, element.nameRange)
      return nil
    }
    return tag
  }

  /// Compiles one element of HTML with everything in it.
  private func element(_ element: XMLElement, _ tag: EmailTag, _ place: Place) -> EmailElement {
    tools.scope.nested {
      let loop = element["each"].flatMap { tools.loop($0) }
      let condition = element["if"].flatMap { tools.condition($0) }
      tools.scope.learn(condition?.whenTrue ?? [])
      let attributes = self.attributes(of: element, tag, place)
      var inner = place
      inner.model = EmailRegistry.spec(tag).model
      inner.parent = tag.name
      if tag == .a { inner.isInLink = true }
      var children: [EmailContent] = []
      if tag.isVoid {
        tools.reportContent(of: element, place.file)
      } else if tag == .style {
        if let css = self.css(in: element, place) { children = [.css(css)] }
      } else {
        children = contents(of: element, inner)
      }
      return EmailElement(
        tag: tag, attributes: attributes, children: children, each: loop, condition: condition?.expression,
        range: tools.range(place.file, element.nameRange))
    }
  }
}
