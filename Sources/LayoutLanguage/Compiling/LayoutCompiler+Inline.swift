internal import Diagnostics

extension LayoutCompiler {
  /// A `<t key=…/>`; `nil` once a fault is reported.
  func stringUse(_ element: XMLElement, _ place: Place) -> StringUse? {
    let spec = ElementRegistry.spec(.string)
    checkAttributes(element, spec, place.file)
    reportContent(of: element, place.file)
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
    return StringUseChecker(scope: scope, findings: findings).use(word, at: key.value.range, arguments: arguments, faulty: faulty)
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
