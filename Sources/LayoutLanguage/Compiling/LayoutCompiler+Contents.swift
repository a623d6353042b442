internal import Diagnostics

extension LayoutCompiler {
  /// The kind of an element at its place; `nil` once it is reported as unknown or misplaced.
  func kind(of element: XMLElement, in content: ElementSpec.Content, _ file: SourceFile, parent: String) -> ElementKind? {
    if let kind = ElementRegistry.kind(of: element.name, in: content) { return kind }
    let allowed = ElementRegistry.kinds(in: content).map(\.tag)
    if parent == "cell", content == .blocks, ElementRegistry.kind(of: element.name, in: .inline) != nil {
      error(
        .mixedCell, "a cell holds either words and marks or blocks; '\(element.name)' stands beside blocks here", file, element.nameRange,
        suggestion: "put it in 'text'")
      return nil
    }
    if ElementRegistry.tags.contains(element.name) {
      let meant = ElementKind.allCases.filter { $0.tag == element.name }
      let parents = meant.flatMap { ElementRegistry.parents(of: $0) }.map(\.tag)
      // The plainest places first.
      var list: [String] = []
      for tag in ["body", "box", "row", "column", "table", "text", "cell"] + parents
      where parents.contains(tag) && !list.contains(tag) && !ElementRegistry.controlKinds.contains(where: { $0.tag == tag }) {
        list.append(tag)
      }
      let named = list.prefix(4).map { "'\($0)'" }.joined(separator: ", ")
      let note = list.isEmpty ? "" : "; it stands in \(named)" + (list.count > 4 ? " and others" : "")
      error(.misplacedElement, "'\(element.name)' cannot stand in '\(parent)'" + note, file, element.nameRange)
      return nil
    }
    let near = Suggestion.nearest(to: element.name, among: allowed)
    error(
      .unknownElement, "unknown element '\(element.name)' in '\(parent)'", file, element.nameRange,
      suggestion: near.map { "did you mean '\($0)'?" } ?? Habit.element(element.name, among: allowed)
        ?? Suggestion.didYouMean(element.name, among: ElementRegistry.tags.sorted()))
    // What was meant is clear enough to look inside.
    return near.flatMap { ElementRegistry.kind(of: $0, in: content) }
  }

  /// Reports words where only elements may stand.
  func reportText(_ text: SourceText, in parent: String) {
    guard let first = text.bytes.firstIndex(where: { !Lexer.isSpace($0) }) else { return }
    var end = text.bytes.count
    while end > first, Lexer.isSpace(text.bytes[end - 1]) { end -= 1 }
    if let newline = text.bytes[first..<end].firstIndex(of: UInt8(ascii: "\n")) { end = newline }
    findings.error(
      .misplacedText, "words cannot stand right in '\(parent)'", at: text.range(first..<end), suggestion: "put them in 'text'")
  }

  /// Reports anything in an element that must be empty.
  func reportContent(of element: XMLElement, _ file: SourceFile) {
    for child in element.children {
      switch child {
      case .text(let text, _):
        if let first = text.bytes.firstIndex(where: { !Lexer.isSpace($0) }) {
          findings.error(.misplacedText, "'\(element.name)' is empty; nothing can stand in it", at: text.range(first..<first + 1))
          return
        }
      case .element(let child):
        error(.misplacedElement, "'\(element.name)' is empty; '\(child.name)' cannot stand in it", file, child.nameRange)
        return
      case .comment: break
      }
    }
  }

  // MARK: Sequences

  /// Everything in an element, compiled; elements named `skipped` have been read already.
  func contents(of element: XMLElement, _ place: Place, skipping skipped: String? = nil) -> [TemplateContent] {
    depth += 1
    defer { depth -= 1 }
    guard depth <= LanguageLimits.elementDepth else {
      error(.tooDeep, "elements are nested more than \(LanguageLimits.elementDepth) deep, includes counted", place.file, element.nameRange)
      return []
    }
    let isInline = place.content == .inline
    var result: [TemplateContent] = []
    var chain = ElseChain()
    for (index, child) in element.children.enumerated() {
      switch child {
      case .comment: continue
      case .text(let text, _):
        guard isInline else {
          reportText(text, in: place.parent)
          if !text.bytes.allSatisfy(Lexer.isSpace) { chain.close(into: &result) }
          continue
        }
        // White space between 'if' and 'else' is layout of the file, not of the text.
        if chain.isOpen, text.bytes.allSatisfy(Lexer.isSpace), element.nextElement(after: index)?.name == "else" { continue }
        chain.close(into: &result)
        let pieces = TextCompiler(source: text, scope: scope, findings: findings, collapsesSpace: true, allowsLate: true).pieces()
        if !pieces.isEmpty { result.append(.text(TextTemplate(pieces: pieces))) }
      case .element(let child):
        if child.isLayout, child.name == skipped { continue }
        guard child.isLayout, let kind = kind(of: child, in: place.content, place.file, parent: place.parent) else {
          chain.close(into: &result)
          continue
        }
        guard count(child, place.file) else { return result }
        if kind != .else { chain.close(into: &result) }
        switch kind {
        case .if, .else: branch(child, kind, place, &chain)
        case .each: if let content = self.each(child, place) { result.append(content) }
        case .include: if let content = include(child, place) { result.append(content) }
        case .tableColumn where place.isBelowTable:
          error(
            .misplacedElement, "a table has the same columns on every bill: 'column' stands right in 'table'", place.file, child.nameRange)
        case .string: if let content = string(child, place) { result.append(content) }
        case .part: if let content = part(child, place) { result.append(content) }
        default:
          guard let (child, contentFile) = changed(child, kind, place) else { continue }
          result.append(.node(node(child, kind, place, contentFile: contentFile)))
        }
      }
    }
    chain.close(into: &result)
    return result
  }

  /// An `if` and the `else`s met so far.
  struct ElseChain {
    var branches: [Branch] = []
    /// What is known because none of the conditions held.
    var facts: [Scope.Fact] = []
    /// Whether an `else` may still follow.
    var isOpen = false

    mutating func close(into result: inout [TemplateContent]) {
      if !branches.isEmpty { result.append(.choice(branches)) }
      self = ElseChain()
    }
  }

  private func branch(_ element: XMLElement, _ kind: ElementKind, _ place: Place, _ chain: inout ElseChain) {
    checkAttributes(element, ElementRegistry.spec(kind), place.file)
    if kind == .else, !chain.isOpen {
      error(
        .misplacedElse, chain.branches.isEmpty ? "'else' stands right behind an 'if'" : "nothing can follow an 'else' without a condition",
        place.file, element.nameRange)
      return
    }
    var inner = place
    inner.parent = element.name
    inner.isBelowTable = true
    let attribute = element[kind == .if ? "test" : "if"]
    scope.nested {
      scope.learn(chain.facts)
      let condition = attribute.flatMap { self.condition($0) }
      let contents = scope.nested {
        scope.learn(condition?.whenTrue ?? [])
        return self.contents(of: element, inner)
      }
      chain.branches.append(Branch(condition: condition?.expression, contents: contents))
      chain.facts += condition?.whenFalse ?? []
    }
    // Without a readable condition an 'else' may still follow.
    chain.isOpen = kind == .if || attribute != nil
  }

  private func each(_ element: XMLElement, _ place: Place) -> TemplateContent? {
    checkAttributes(element, ElementRegistry.spec(.each), place.file)
    var inner = place
    inner.parent = element.name
    inner.isBelowTable = true
    inner.messagesObstacle = inner.messagesObstacle ?? "'each' may stand for none or for several"
    return scope.nested {
      let loop = element["each"].flatMap { self.loop($0) }
      let contents = self.contents(of: element, inner)
      return loop.map { .repeat($0, contents) }
    }
  }

  // MARK: Conditions and loops

  /// A compiled condition and what it tells.
  struct CompiledCondition {
    var expression: Expression
    var whenTrue: [Scope.Fact]
    var whenFalse: [Scope.Fact]
  }

  func condition(_ attribute: XMLAttribute) -> CompiledCondition? {
    guard let syntax = parse(attribute) else { return nil }
    let checked = checker(attribute.value).condition(syntax)
    let expression = Expression(range: attribute.value.range(syntax.range), type: .flag, operation: checked.operation)
    return CompiledCondition(expression: expression, whenTrue: checked.whenTrue, whenFalse: checked.whenFalse)
  }

  /// The syntax of an expression attribute; braces round it are reported and looked through.
  func parse(_ attribute: XMLAttribute) -> Syntax? {
    var parser = ExpressionParser(attribute.value, withoutBraces(attribute), findings: findings)
    return parser.expression()
  }

  private func withoutBraces(_ attribute: XMLAttribute) -> Range<Int>? {
    let bytes = attribute.value.bytes
    guard let first = bytes.firstIndex(where: { !Lexer.isSpace($0) }), bytes[first] == UInt8(ascii: "{"),
      let last = bytes.lastIndex(where: { !Lexer.isSpace($0) }), last > first, bytes[last] == UInt8(ascii: "}")
    else { return nil }
    let inner = String(decoding: bytes[first + 1..<last], as: UTF8.self)
    findings.error(
      .bracesInExpression, "'\(attribute.name)' is an expression already and has no braces", at: attribute.value.range(first..<last + 1),
      suggestion: "write \(attribute.name)=\"\(inner)\"")
    return first + 1..<last
  }

  /// Compiles a loop and declares its variables in the present scope.
  func loop(_ attribute: XMLAttribute) -> Loop? {
    var parser = ExpressionParser(attribute.value, withoutBraces(attribute), findings: findings)
    guard let syntax = parser.loop() else { return nil }
    let checker = checker(attribute.value)
    // An optional list that is absent is walked like an empty one.
    let typed = checker.value(syntax.list)
    var element = ValueType.unknown
    switch typed.type.unwrapped {
    case .list(let type): element = type
    case .unknown: break
    default:
      checker.error(
        .wrongType, "'\(checker.text(typed.range))' is \(typed.type.phrase), not a list", typed.range)
    }
    for (name, range) in [(syntax.name, syntax.nameRange), (syntax.index ?? syntax.name, syntax.indexRange ?? syntax.nameRange)] {
      guard scope.schema.slot(of: name) != nil || scope.local(named: name) != nil else { continue }
      findings.warning(
        .shadowedName,
        "the variable '\(name)' hides \(scope.local(named: name) == nil ? "the bill's field" : "another variable") of that name",
        at: attribute.value.range(range))
    }
    if let index = syntax.index, index == syntax.name, let indexRange = syntax.indexRange {
      findings.error(.duplicateName, "the element and its index have one name", at: attribute.value.range(indexRange))
    }
    let local = scope.declare(syntax.name, element, tokens: typed.tokens ?? .plain, at: attribute.value.range(syntax.nameRange))
    var indexSlot: Int?
    if let index = syntax.index { indexSlot = scope.declare(index, .number, at: nil).slot }
    return Loop(list: checker.expression(typed), slot: local.slot, indexSlot: indexSlot, name: syntax.name)
  }
}
