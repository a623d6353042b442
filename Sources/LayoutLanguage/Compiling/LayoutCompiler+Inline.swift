internal import Diagnostics

extension LayoutCompiler {
  /// A `<t key=…/>`, with the pictures that stand for placeholders of it; `nil` once a fault is reported.
  func string(_ element: XMLElement, _ place: Place) -> TemplateContent? {
    let spec = ElementRegistry.spec(.string)
    checkAttributes(element, spec, place.file)
    guard !element.elements.isEmpty else {
      reportContent(of: element, place.file)
      return stringUse(element, place, []).map { .text(TextTemplate(pieces: [.string($0)])) }
    }
    let id = number(element, place.file)
    let pictures = pictures(in: element, place)
    guard let use = stringUse(element, place, pictures.map(\.argument)) else { return nil }
    let template = TextTemplate(pieces: [.string(use)])
    return .node(
      TemplateNode(
        id: id, element: .inline(.string(template)), style: nil, overrides: nil, children: pictures.map { .node($0.node) }, each: nil,
        condition: nil, isConstant: template.isConstant && pictures.allSatisfy(\.node.isConstant)))
  }

  /// The pictures in a `<t>`, each with the placeholder that its name says.
  private func pictures(in element: XMLElement, _ place: Place) -> [(node: TemplateNode, argument: StringUseChecker.Argument)] {
    var found: [(node: TemplateNode, argument: StringUseChecker.Argument)] = []
    var inner = place
    (inner.content, inner.parent) = (.pictures, element.name)
    for child in element.children {
      switch child {
      case .comment: continue
      case .text(let text, _):
        guard let first = text.bytes.firstIndex(where: { !Lexer.isSpace($0) }) else { continue }
        findings.error(
          .misplacedText, "words cannot stand in 't': they are those of the string", at: text.range(first..<first + 1),
          suggestion: "write them in strings/, with {name} where the picture named so stands")
      case .element(let child):
        guard child.isLayout, let kind = kind(of: child, in: inner.content, place.file, parent: element.name) else { continue }
        guard count(child, place.file) else { return found }
        let node = node(child, kind, inner)
        for control in ["if", "each"] {
          guard let attribute = child[control] else { continue }
          error(
            .conflictingAttributes, "a picture in 't' always stands, once", place.file, attribute.nameRange,
            suggestion: "put an <\(control)> round the 't'")
        }
        guard let name = child["name"] else {
          error(
            .missingAttribute, "a picture in 't' needs a 'name': the placeholder of the string it stands for", place.file,
            child.nameRange)
          continue
        }
        let word = name.value.string
        if element[word] != nil || found.contains(where: { $0.argument.name == word }) {
          findings.error(.duplicateName, "'\(word)' is set twice", at: name.value.range)
          continue
        }
        let argument = StringUseChecker.Argument(
          name: word, nameRange: name.value.range, valueRange: name.value.range, source: .mark(found.count), type: .text, isPicture: true)
        found.append((node, argument))
      }
    }
    return found
  }

  private func stringUse(_ element: XMLElement, _ place: Place, _ pictures: [StringUseChecker.Argument]) -> StringUse? {
    guard let key = element["key"] else { return nil }
    var arguments: [StringUseChecker.Argument] = []
    var faulty: Set<String> = []
    for attribute in element.attributes where attribute.name != "key" {
      guard let (source, type) = argument(attribute) else {
        faulty.insert(attribute.name)
        continue
      }
      arguments.append(
        StringUseChecker.Argument(
          name: attribute.name, nameRange: range(place.file, attribute.nameRange), valueRange: attribute.value.range, source: source,
          type: type))
    }
    let word = key.value.string
    return StringUseChecker(scope: scope, findings: findings).use(
      word, at: key.value.range, arguments: arguments + pictures, faulty: faulty)
  }

  /// An argument of a string: an expression with its type where the value is one in braces, else a text.
  private func argument(_ attribute: XMLAttribute) -> (StringUse.Argument, ValueType)? {
    if let inner = soleExpression(attribute.value) {
      var parser = ExpressionParser(attribute.value, inner, findings: findings)
      guard let syntax = parser.expression() else { return nil }
      let checker = checker(attribute.value)
      let typed = checker.present(syntax)
      if typed.type == .unknown { return nil }
      if let late = typed.late { return (.late(late), .late) }
      return (.value(checker.expression(typed)), typed.type)
    }
    let pieces = TextCompiler(source: attribute.value, scope: scope, findings: findings, collapsesSpace: false, allowsLate: true).pieces()
    return (.text(TextTemplate(pieces: pieces)), .text)
  }

  /// The inside of the braces where the text is nothing but one expression in them.
  func soleExpression(_ source: SourceText) -> Range<Int>? {
    let bytes = source.bytes
    guard bytes.count >= 2, bytes[0] == UInt8(ascii: "{"), bytes[1] != UInt8(ascii: "{"), bytes[bytes.count - 1] == UInt8(ascii: "}") else {
      return nil
    }
    var isQuoted = false
    for index in 1..<bytes.count - 1 {
      if bytes[index] == UInt8(ascii: "'") { isQuoted.toggle() }
      if !isQuoted, bytes[index] == UInt8(ascii: "{") || bytes[index] == UInt8(ascii: "}") { return nil }
    }
    return isQuoted ? nil : 1..<bytes.count - 1
  }
}
