internal import Diagnostics

extension LayoutCompiler {
  /// A declared parameter of a partial.
  private struct Parameter {
    var name: String
    var type: DeclaredType
    var isOptional: Bool
    var range: SourceRange
  }

  /// Attributes of `include` that are no parameters.
  private static let own = ElementRegistry.spec(.include).attributes.map(\.name.rawValue)

  /// Puts in a partial, once, or as its condition and loop say.
  func include(_ element: XMLElement, _ place: Place) -> TemplateContent? {
    checkAttributes(element, ElementRegistry.spec(.include), place.file)
    reportContent(of: element, place.file)
    let (each, test) = (element["each"], element["if"])
    guard each != nil || test != nil else { return partial(element, place) }
    var inner = place
    inner.isBelowTable = true
    if each != nil { inner.messagesObstacle = inner.messagesObstacle ?? "'each' may stand for none or for several" }
    return scope.nested {
      let loop = each.flatMap { self.loop($0) }
      let condition = test.flatMap { self.condition($0) }
      scope.learn(condition?.whenTrue ?? [])
      guard var content = partial(element, inner) else { return nil }
      if test != nil { content = .choice([Branch(condition: condition?.expression, contents: [content])]) }
      guard each != nil else { return content }
      return loop.map { .repeat($0, [content]) }
    }
  }

  /// What a partial puts into its place.
  private func partial(_ element: XMLElement, _ place: Place) -> TemplateContent? {
    guard let source = element["src"] else { return nil }
    let path = source.value.string
    guard library.isValid(path, at: source.value.range) else { return nil }
    if includes.contains(path) || path == "layout.xml" {
      let way = (includes.drop { $0 != path } + [path]).map { "'\($0)'" }.joined(separator: " includes ")
      findings.error(
        .includeCycle, path == "layout.xml" ? "the layout itself cannot be included" : "partials include each other in a circle: \(way)",
        at: source.value.range)
      return nil
    }
    guard includes.count < LanguageLimits.includeDepth else {
      findings.error(.includeTooDeep, "includes are nested more than \(LanguageLimits.includeDepth) deep", at: source.value.range)
      return nil
    }
    guard let document = partial(path, at: source.value.range), let root = document.root else { return nil }
    let parameters = self.parameters(of: root, document.file)
    let values = bindings(element, parameters, place)
    includes.append(path)
    defer { includes.removeLast() }
    return scope.hidingLocals {
      var bindings: [Binding] = []
      for parameter in parameters {
        let value = values[parameter.name]
        let type = value?.type ?? (parameter.isOptional ? type(of: parameter.type).wrapped : .unknown)
        let local = scope.declare(
          parameter.name, parameter.isOptional ? type.wrapped : type, constant: value?.constant, tokens: value?.tokens ?? .plain,
          at: parameter.range)
        if let value, value.constant == nil { bindings.append(Binding(name: parameter.name, slot: local.slot, source: value.source)) }
        if value == nil, !parameter.isOptional { continue }
        // A slot may still hold the value of an earlier include.
        if value == nil {
          let absent = Expression(range: parameter.range, type: type, operation: .member(.constant(.flag(false)), 0))
          bindings.append(Binding(name: parameter.name, slot: local.slot, source: .expression(absent)))
        }
      }
      var inner = place
      inner.file = document.file
      inner.parent = root.name
      let contents = contents(of: root, inner, skipping: ElementKind.param.tag)
      if place.content == .page { reportRunning(contents) }
      return .scope(bindings, contents)
    }
  }

  /// Reports headers and footers of pages that stand in a partial, where they cannot see what belongs to the page.
  private func reportRunning(_ contents: [TemplateContent]) {
    for content in contents {
      guard case .node(let node) = content, node.kind == .pageHeader || node.kind == .pageFooter else { continue }
      findings.error(
        .misplacedElement, "'\(node.kind.tag)' of a page stands right in 'page', not in a partial", at: nodes[node.id].nameRange,
        suggestion: "include the partial in the '\(node.kind.tag)'")
    }
  }

  /// A partial's document, read once; `nil` once a fault is reported.
  private func partial(_ path: String, at place: SourceRange) -> XMLDocument? {
    if let known = partials[path] { return known.root == nil ? nil : known }
    guard let file = library.text(path, at: place) else { return nil }
    var parser = XMLParser(file, knownNames: ElementRegistry.tags, findings: findings)
    var document = parser.parse()
    if let root = document.root {
      if !root.isLayout {
        document.root = nil
      } else if root.name != ElementKind.partial.tag {
        error(
          .wrongRoot, "an included file begins with 'partial', not '\(root.name)'", file, root.nameRange,
          notes: [Diagnostic.Note("included here", at: place)])
        document.root = nil
      } else {
        checkAttributes(root, ElementRegistry.spec(.partial), file)
      }
    }
    partials[path] = document
    return document.root == nil ? nil : document
  }

  private func parameters(of root: XMLElement, _ file: SourceFile) -> [Parameter] {
    var parameters: [Parameter] = []
    var hasBlocks = false
    for element in root.elements where element.isLayout {
      guard element.name == ElementKind.param.tag else {
        hasBlocks = true
        continue
      }
      checkAttributes(element, ElementRegistry.spec(.param), file)
      reportContent(of: element, file)
      if hasBlocks { error(.misplacedElement, "parameters stand at the top of a partial", file, element.nameRange) }
      guard let name = element["name"], let word = literal(name).declaration(AttributeType.declaration.phrase), let type = element["type"],
        let declared = literal(type).word(among: DeclaredType.parameters)
      else { continue }
      var isOptional = false
      if let optional = element["optional"], case .flag(let flag) = literal(optional).read(.flag) { isOptional = flag }
      let range = name.value.range(word.range)
      if let first = parameters.first(where: { $0.name == word.text }) {
        findings.error(
          .duplicateName, "two parameters are named '\(word.text)'", at: range, notes: [Diagnostic.Note("the first one", at: first.range)])
      } else if Self.own.contains(word.text) {
        findings.error(.wrongName, "a parameter cannot be named '\(word.text)'", at: range)
      } else {
        parameters.append(Parameter(name: word.text, type: declared, isOptional: isOptional, range: range))
      }
    }
    return parameters
  }

  private func type(of declared: DeclaredType) -> ValueType {
    switch declared {
    case .number: .number
    case .amount: .amount
    case .date: .date
    case .flag: .flag
    case .list: .list(.unknown)
    case .record: .unknown
    case .text, .identifier: .text
    }
  }

  /// What an include sets a parameter to.
  private struct Setting {
    var source: Binding.Source
    var type: ValueType
    var constant: Operation?
    var tokens = TokenRule.plain
  }

  private func bindings(_ element: XMLElement, _ parameters: [Parameter], _ place: Place) -> [String: Setting] {
    var settings: [String: Setting] = [:]
    for attribute in element.attributes where !Self.own.contains(attribute.name) {
      guard let parameter = parameters.first(where: { $0.name == attribute.name }) else {
        error(
          .unknownParameter, "the partial has no parameter '\(attribute.name)'", place.file, attribute.nameRange,
          suggestion: Suggestion.didYouMean(attribute.name, among: parameters.map(\.name)))
        continue
      }
      settings[parameter.name] = setting(attribute, parameter)
    }
    for parameter in parameters where !parameter.isOptional && element[parameter.name] == nil {
      error(
        .missingParameter, "'include' needs the parameter '\(parameter.name)'", place.file, element.nameRange,
        notes: [Diagnostic.Note("declared here", at: parameter.range)])
    }
    return settings
  }

  private func setting(_ attribute: XMLAttribute, _ parameter: Parameter) -> Setting {
    let wanted = type(of: parameter.type)
    guard let inner = soleExpression(attribute.value) else {
      if parameter.type != .text {
        findings.error(
          .wrongType, "the parameter '\(parameter.name)' is \(parameter.type == .record ? "a record" : wanted.phrase), not a text",
          at: attribute.value.range,
          suggestion: "write \(attribute.name)=\"{…}\"", notes: [Diagnostic.Note("declared here", at: parameter.range)])
        return Setting(source: .text(TextTemplate(pieces: [])), type: .unknown)
      }
      let template = text(attribute)
      var constant: Operation?
      if template.pieces.isEmpty { constant = .constant(.text("")) }
      if template.pieces.count == 1, case .literal(let words) = template.pieces[0] { constant = .constant(.text(words)) }
      return Setting(source: .text(template), type: .text, constant: constant)
    }
    let failed = Setting(source: .text(TextTemplate(pieces: [])), type: .unknown)
    var parser = ExpressionParser(attribute.value, inner, findings: findings)
    guard let syntax = parser.expression() else { return failed }
    let checker = checker(attribute.value)
    let typed = parameter.isOptional ? checker.value(syntax) : checker.present(syntax)
    if typed.type == .unknown { return failed }
    if typed.type == .late, typed.late == nil, case .string = typed.operation, parameter.type == .text {
      // A string with a page number in it is drawn as it is.
      return Setting(source: .expression(checker.expression(typed)), type: .late, constant: typed.operation)
    }
    if typed.type == .late {
      checker.reportLate(typed)
      return failed
    }
    let isRecord = if case .record = typed.type.unwrapped { true } else { false }
    guard parameter.type == .record ? isRecord : typed.type.unwrapped.fits(wanted) else {
      checker.error(
        .wrongType,
        "'\(checker.text(typed.range))' is \(typed.type.phrase); "
          + "the parameter '\(parameter.name)' is \(parameter.type == .record ? "a record" : wanted.phrase)",
        typed.range)
      return failed
    }
    let isText = if case .string = typed.operation { true } else { typed.operation.constant != nil }
    return Setting(
      source: .expression(checker.expression(typed)), type: typed.type, constant: isText ? typed.operation : nil,
      tokens: typed.tokens ?? .plain)
  }
}
