internal import Diagnostics

extension LayoutCompiler {
  /// What is declared below `extra`, while it is put together.
  private final class FieldTree {
    var names: [String] = []
    var children: [String: FieldTree] = [:]
    /// A plain value's type, where it is one.
    var leaf: ValueType?
    var isList = false
    var isOptional = false
    /// Whether it is a text, or a list of texts, that lines part only at its joints.
    var isIdentifier = false
    /// Whether the field itself (not only something below it) has been declared.
    var isDeclared = false
    var range: SourceRange?

    func type(named name: String) -> ValueType {
      var type: ValueType
      if let leaf {
        type = leaf
      } else if names.isEmpty, isList {
        type = .text
      } else {
        type = .record(record(named: name))
      }
      if isList { type = .list(type) }
      return isOptional ? .optional(type) : type
    }

    func record(named name: String) -> RecordType {
      RecordType(
        name,
        names.map { name in
          let field = children[name]
          return RecordType.Field(name, field?.type(named: name) ?? .text, isIdentifier: field?.isIdentifier ?? false)
        })
    }
  }

  /// Reads `<fields>` and gives the type of `extra`.
  func readFields(_ root: XMLElement, _ file: SourceFile) -> RecordType {
    let tree = FieldTree()
    var first: XMLElement?
    for element in root.elements where element.isLayout && element.name == ElementKind.fields.tag {
      if let first {
        error(
          .duplicateElement, "'fields' stands twice", file, element.nameRange,
          notes: [Diagnostic.Note("the first one", at: range(file, first.nameRange))])
      }
      first = first ?? element
      checkAttributes(element, ElementRegistry.spec(.fields), file)
      for child in element.children {
        switch child {
        case .text(let text, _): reportText(text, in: element.name)
        case .comment: break
        case .element(let field):
          guard field.isLayout, kind(of: field, in: .fields, file, parent: element.name) != nil else { continue }
          readField(field, into: tree, file)
        }
      }
    }
    return tree.record(named: "extra")
  }

  private func readField(_ element: XMLElement, into tree: FieldTree, _ file: SourceFile) {
    let spec = ElementRegistry.spec(.field)
    checkAttributes(element, spec, file)
    reportContent(of: element, file)
    guard fields.count < LanguageLimits.declarations else {
      error(.tooManyDeclarations, "a layout declares at most \(LanguageLimits.declarations) fields", file, element.nameRange)
      return
    }
    var isOptional = false
    if let optional = element["optional"], case .flag(let flag) = literal(optional).read(.flag) { isOptional = flag }
    guard let pathAttribute = element["path"], let typeAttribute = element["type"] else { return }
    guard let type = literal(typeAttribute).word(DeclaredType.self) else { return }
    let reader = literal(pathAttribute)
    guard let word = reader.word(AttributeType.fieldPath.phrase, .invalidField) else { return }
    let parts = word.text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).map {
      String(decoding: $0, as: UTF8.self)
    }
    guard parts.count >= 2, parts[0] == "extra" else {
      let isKnown = parts.first.map { BillSchema.standard.slot(of: $0) != nil } ?? false
      reader.error(
        .invalidField,
        isKnown && parts[0] != "extra"
          ? "'\(parts[0])' is a field of every bill; only fields below 'extra' are declared" : "a declared field lies below 'extra'",
        word.range, suggestion: isKnown ? nil : "write extra.\(word.text)")
      return
    }
    guard parts.count <= 8 else {
      reader.error(.invalidField, "a field lies at most 8 names deep", word.range)
      return
    }
    var node = tree
    for (index, part) in parts.dropFirst().enumerated() {
      let isList = part.hasSuffix("[]")
      let name = isList ? String(part.dropLast(2)) : part
      guard Lexer.isName(name) else {
        reader.error(.invalidField, "'\(name)' cannot be the name of a field", word.range)
        return
      }
      let isLast = index == parts.count - 2
      let known = node.children[name]
      let next = known ?? FieldTree()
      if let known, known.leaf != nil, !isLast || !known.isDeclared {
        reader.error(
          .invalidField, "'\(name)' is a plain value and has no fields", word.range,
          notes: known.range.map { [Diagnostic.Note("it is declared here", at: $0)] } ?? [])
        return
      }
      if isLast, next.isDeclared {
        findings.error(
          .duplicateName, "the field '\(word.text)' is declared twice", at: reader.value.range(word.range),
          notes: next.range.map { [Diagnostic.Note("the first one", at: $0)] } ?? [])
        return
      }
      if known != nil, !isLast, known?.isList != isList {
        reader.error(
          .invalidField,
          isList
            ? "'\(name)' is declared as a record, not a list" : "'\(name)' is a list; its elements' fields are written '\(name)[].…'",
          word.range)
        return
      }
      if known == nil {
        node.children[name] = next
        node.names.append(name)
        next.range = reader.value.range(word.range)
        next.isList = isList
      }
      if isLast {
        if !declare(next, type, isList: isList, isNew: known == nil, reader, word) { return }
        next.isOptional = isOptional
      }
      node = next
    }
    fields.append(
      FieldDeclaration(
        path: word.text, type: node.type(named: "field").unwrapped, isOptional: isOptional, sample: element["sample"]?.value.string,
        range: reader.value.range(word.range)))
  }

  /// Sets the type of the field a declaration names.
  private func declare(
    _ node: FieldTree, _ type: DeclaredType, isList: Bool, isNew: Bool, _ reader: LiteralReader, _ word: LiteralReader.Word
  ) -> Bool {
    switch type {
    case .list, .record:
      if type == .list, isList {
        reader.error(.invalidField, "a list of lists cannot be declared", word.range)
        return false
      }
      let wantsList = type == .list || isList
      if !isNew, node.isList != wantsList {
        reader.error(.invalidField, "'\(word.text)' is used as a \(node.isList ? "list" : "record") already", word.range)
        return false
      }
      node.isList = wantsList
    case .text, .identifier, .number, .amount, .date, .flag:
      if !isNew {
        reader.error(.invalidField, "'\(word.text)' has fields and cannot be a plain value", word.range)
        return false
      }
      node.leaf =
        switch type {
        case .number: .number
        case .amount: .amount
        case .date: .date
        case .flag: .flag
        default: .text
        }
      node.isIdentifier = type == .identifier
    }
    node.isDeclared = true
    return true
  }
}

extension LiteralReader {
  func error(_ finding: LanguageFinding, _ message: String, _ range: Range<Int>, notes: [Diagnostic.Note]) {
    findings.error(finding, message, at: value.range(range), notes: notes)
  }
}
