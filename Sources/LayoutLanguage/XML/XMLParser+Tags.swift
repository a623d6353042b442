internal import Diagnostics

extension XMLParser {
  // MARK: Start tags

  mutating func startTag() {
    let start = at
    at += 1
    let nameRange = name()
    let qualified = string(nameRange)
    let colon = qualified.utf8.lastIndex(of: UInt8(ascii: ":"))
    let local = colon.map { String(qualified[qualified.utf8.index(after: $0)...]) } ?? qualified
    let prefix = colon.map { String(qualified[..<$0]) }
    let element = XMLElement(qualifiedName: qualified, name: local, nameRange: nameRange, at: start)
    element.defaultNamespace = open.last?.defaultNamespace
    var isSelfClosed = false
    var hasReported = false
    reading: while true {
      let before = at
      skipSpace()
      guard let byte = peek() else {
        fault(.unclosedTag, "the tag '<\(qualified)' is never closed with '>'", start..<nameRange.upperBound)
        break
      }
      switch byte {
      case UInt8(ascii: ">"):
        at += 1
        break reading
      case UInt8(ascii: "/") where peek(1) == UInt8(ascii: ">"):
        at += 2
        isSelfClosed = true
        break reading
      case UInt8(ascii: "<"):
        fault(.unclosedTag, "the tag '<\(qualified)' is not closed with '>'", start..<nameRange.upperBound)
        element.isBroken = true
        at = before
        break reading
      default:
        if XMLParser.isNameStart(byte) {
          if before == at, !hasReported, element.attributes.count > 0 {
            fault(.malformedTag, "white space is missing between two attributes", at..<at + 1)
            hasReported = true
          }
          attribute(of: element)
        } else {
          if !hasReported {
            fault(.malformedTag, "'\(character(at: at))' has no place in a tag", at..<at + 1, suggestion: hint(for: byte))
            hasReported = true
          }
          at += 1
          while let next = peek(), next & 0xC0 == 0x80 { at += 1 }
        }
      }
    }
    element.startTag = start..<at
    element.range = start..<at
    element.isSelfClosed = isSelfClosed
    resolve(element, prefix: prefix)
    attach(element, isSelfClosed: isSelfClosed)
  }

  private func character(at place: Int) -> String {
    var end = place + 1
    while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
    return string(place..<end)
  }

  private func hint(for byte: UInt8) -> String? {
    byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") ? "is a quote too many, or one missing before it?" : nil
  }

  private mutating func attach(_ element: XMLElement, isSelfClosed: Bool) {
    elementCount += 1
    if elementCount > LanguageLimits.fileElements {
      fault(.tooManyElements, "a file has at most \(LanguageLimits.fileElements) elements", element.nameRange)
      isStopped = true
      return
    }
    if let parent = open.last {
      parent.children.append(.element(element))
    } else if document.root == nil {
      document.root = element
    } else {
      fault(
        .contentOutsideRoot, "'\(element.name)' stands behind the end of '\(document.root?.name ?? "")'; a file has one outermost element",
        element.nameRange)
    }
    guard !isSelfClosed else { return }
    open.append(element)
    if open.count > LanguageLimits.elementDepth {
      fault(.tooDeep, "elements are nested more than \(LanguageLimits.elementDepth) deep", element.nameRange)
      isStopped = true
    }
  }

  private mutating func attribute(of element: XMLElement) {
    let nameRange = name()
    let name = string(nameRange)
    let afterName = at
    skipSpace()
    guard peek() == UInt8(ascii: "=") else {
      fault(.malformedAttribute, "the attribute '\(name)' has no value", nameRange, suggestion: "write \(name)=\"…\"")
      at = afterName
      return
    }
    at += 1
    skipSpace()
    let value: SourceText
    let valueRange: Range<Int>
    if let quote = peek(), quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
      (value, valueRange) = quoted(quote, name: name)
    } else {
      let start = at
      while let byte = peek(), !Lexer.isSpace(byte), byte != UInt8(ascii: ">"), byte != UInt8(ascii: "<"),
        !(byte == UInt8(ascii: "/") && peek(1) == UInt8(ascii: ">"))
      { at += 1 }
      let written = string(start..<at)
      fault(
        .malformedAttribute, "the value of '\(name)' must stand in quotes", start == at ? nameRange : start..<at,
        suggestion: "write \(name)=\"\(written)\"")
      value = SourceText(file: file, range: start..<at)
      valueRange = start..<at
    }
    add(XMLAttribute(name: name, nameRange: nameRange, value: value, valueRange: valueRange), to: element)
  }

  private func add(_ attribute: XMLAttribute, to element: XMLElement) {
    if attribute.name == "xmlns" {
      element.defaultNamespace = attribute.value.string
      element.declaredNamespace = attribute.value.string
      return
    }
    if attribute.name.hasPrefix("xmlns:") {
      element.prefixes[String(attribute.name.dropFirst(6))] = attribute.value.string
      return
    }
    // XHTML's own, beside 'lang', which is set anew.
    if dialect == .email, attribute.name == "xml:lang" { return }
    if let first = element[attribute.name] {
      fault(
        .duplicateAttribute, "'\(attribute.name)' stands twice in '\(element.name)'", attribute.nameRange,
        notes: [Diagnostic.Note("the first one", at: range(first.nameRange))])
      return
    }
    if attribute.name.utf8.contains(UInt8(ascii: ":")) {
      fault(.foreignNamespace, "'\(attribute.name)' is not of the layout language; its attributes have no prefix", attribute.nameRange)
      return
    }
    guard element.attributes.count < LanguageLimits.attributes else {
      if !element.hasTooManyAttributes {
        element.hasTooManyAttributes = true
        fault(.tooManyAttributes, "an element has at most \(LanguageLimits.attributes) attributes", attribute.nameRange)
      }
      return
    }
    element.attributes.append(attribute)
  }

  /// A value in quotes. Where the closing quote is missing, the value ends at the tag's `>` or at the line's end.
  private mutating func quoted(_ quote: UInt8, name: String) -> (SourceText, Range<Int>) {
    let start = at + 1
    at = start
    var value = SourceText(file: file, at: start)
    var run = start
    var hasReportedLess = false
    func flush(to end: Int) { value.append(verbatim: run..<end) }
    while let byte = peek() {
      switch byte {
      case quote:
        flush(to: at)
        at += 1
        return (value, start..<at - 1)
      case UInt8(ascii: "&"):
        flush(to: at)
        let place = at
        let replacement = reference()
        value.append(replacement, for: place..<at)
        run = at
      case 0x09, 0x0A, 0x0D:
        flush(to: at)
        value.append([0x20], for: at..<at + 1)
        at += 1
        run = at
      case UInt8(ascii: "<"):
        guard isComparison(at: at, in: start, quote: quote) else { return unclosed(quote, from: start, name: name) }
        if !hasReportedLess { fault(.strayLessThan, "'<' cannot stand in an attribute", at..<at + 1, suggestion: "write 'lt' or '&lt;'") }
        hasReportedLess = true
        at += 1
      default: at += 1
      }
    }
    return unclosed(quote, from: start, name: name)
  }

  /// Whether the `<` in a value means "less than" rather than that a quote is missing: the value goes on and is closed on the same line.
  private func isComparison(at place: Int, in start: Int, quote: UInt8) -> Bool {
    guard place + 1 < bytes.count, bytes[place + 1] != UInt8(ascii: "/"), bytes[place + 1] != UInt8(ascii: "!") else { return false }
    let isOperator = Lexer.isSpace(bytes[place + 1]) || bytes[place + 1] == UInt8(ascii: "=") || Lexer.isDigit(bytes[place + 1])
    // A tag's end before it: the value has run over it.
    if !isOperator, bytes[start..<place].contains(UInt8(ascii: ">")) { return false }
    var next = place + 1
    while next < bytes.count, bytes[next] != UInt8(ascii: "\n") {
      if bytes[next] == quote { return true }
      if bytes[next] == UInt8(ascii: "<") || (bytes[next] == UInt8(ascii: ">") && !isOperator) { return false }
      next += 1
    }
    return false
  }

  private mutating func unclosed(_ quote: UInt8, from start: Int, name: String) -> (SourceText, Range<Int>) {
    var end = start
    while end < bytes.count, bytes[end] != UInt8(ascii: ">"), bytes[end] != UInt8(ascii: "\n"), bytes[end] != UInt8(ascii: "<") { end += 1 }
    if end > start, end < bytes.count, bytes[end] == UInt8(ascii: ">"), bytes[end - 1] == UInt8(ascii: "/") { end -= 1 }
    fault(.unclosedQuote, "the value of '\(name)' is not closed with \(quote == UInt8(ascii: "\"") ? "'\"'" : "\"'\"")", start - 1..<start)
    at = end
    var last = end
    while last > start, Lexer.isSpace(bytes[last - 1]) { last -= 1 }
    return (SourceText(file: file, range: start..<last), start..<last)
  }

  // MARK: Namespaces

  private mutating func resolve(_ element: XMLElement, prefix: String?) {
    // What stands behind the root's end has been reported as such.
    guard !open.isEmpty || document.root == nil else { return }
    let isRoot = open.isEmpty
    var namespace: String?
    if let prefix {
      namespace = element.prefixes[prefix] ?? open.last { $0.prefixes[prefix] != nil }?.prefixes[prefix]
    } else {
      namespace = element.defaultNamespace
    }
    if namespace == XMLParser.namespace || (dialect == .email && prefix == nil && XMLParser.emailNamespaces.contains(namespace)) {
      element.isLayout = true
      return
    }
    if isRoot, prefix == nil, namespace == nil || namespace == "" {
      fault(
        .missingNamespace, "'\(element.name)' does not say which language it is", element.nameRange,
        suggestion: "write <\(element.name) xmlns=\"\(XMLParser.namespace)\"")
      // The rest is read as if it did: one message is enough.
      element.defaultNamespace = XMLParser.namespace
      element.isLayout = true
      return
    }
    // Inside something foreign, everything is.
    guard open.last?.isLayout ?? true else { return }
    if isRoot, namespace.map({ $0.hasPrefix("urn:billfold:") }) == true {
      fault(
        .missingNamespace, "'\(namespace ?? "")' is not a version of the layout language that is known here", element.nameRange,
        suggestion: "write xmlns=\"\(XMLParser.namespace)\"")
      element.defaultNamespace = XMLParser.namespace
      element.isLayout = true
      return
    }
    fault(
      .foreignNamespace, "'\(element.qualifiedName)' is not of the layout language (\(XMLParser.namespace))", element.nameRange)
  }

  // MARK: End tags

  mutating func endTag() {
    let start = at
    at += 2
    let nameRange = name()
    let name = string(nameRange)
    skipSpace()
    if peek() == UInt8(ascii: ">") {
      at += 1
    } else {
      fault(.unclosedTag, "the tag '</\(name)' is not closed with '>'", start..<max(nameRange.upperBound, start + 2))
      // Skip what cannot belong to an end tag, but no further than this line.
      while let byte = peek(), byte != UInt8(ascii: ">"), byte != UInt8(ascii: "<"), byte != UInt8(ascii: "\n") { at += 1 }
      if peek() == UInt8(ascii: ">") { at += 1 }
    }
    guard let top = open.last else {
      fault(.strayEndTag, "nothing is open that '</\(name)>' could end", start..<at)
      return
    }
    if top.qualifiedName == name {
      close(at: at)
      return
    }
    let isNear = Suggestion.nearest(to: name, among: [top.qualifiedName]) != nil || name.isEmpty
    let matching = open.lastIndex { $0.qualifiedName == name }
    if isNear, matching == nil || !knownNames.contains(top.name) {
      fault(
        .mismatchedEndTag, "'</\(name)>' does not end '<\(top.qualifiedName)>'", nameRange.isEmpty ? start..<at : nameRange,
        suggestion: knownNames.contains(top.name) || !knownNames.contains(name) ? "write </\(top.qualifiedName)>" : nil,
        notes: [Diagnostic.Note("it begins here", at: range(top.nameRange))])
      close(at: at)
    } else if let matching {
      for element in open[(matching + 1)...] where !element.isBroken {
        fault(
          .unclosedElement, "'\(element.qualifiedName)' is not closed before '</\(name)>'", element.nameRange,
          suggestion: "write </\(element.qualifiedName)>, or end the tag with '/>'",
          notes: [Diagnostic.Note("it should end before this", at: range(nameRange))])
      }
      while open.count > matching + 1 { close(at: start, isImplicit: true) }
      close(at: at)
    } else {
      fault(.strayEndTag, "nothing is open that '</\(name)>' could end; '<\(top.qualifiedName)>' is", nameRange)
    }
  }

  private mutating func close(at end: Int, isImplicit: Bool = false) {
    guard let element = open.popLast() else { return }
    element.range = element.range.lowerBound..<end
    guard element.isBroken, isImplicit, let parent = open.last else { return }
    // A start tag that lost its '>' and has no end tag probably lost '/>': what follows it stands beside it.
    parent.children += element.children
    element.children = []
    element.range = element.startTag
  }

  mutating func closeAll() {
    if let innermost = open.last(where: { !$0.isBroken }), !isStopped {
      fault(
        .unclosedElement, "'\(innermost.qualifiedName)' is never closed", innermost.nameRange,
        suggestion: "write </\(innermost.qualifiedName)>")
    }
    while !open.isEmpty { close(at: at, isImplicit: true) }
  }
}
