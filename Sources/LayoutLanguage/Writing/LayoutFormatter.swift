public import Diagnostics

/// Writes a layout or partial in its canonical form: two spaces a level, attributes in the order of the registry, lines of at most 120
/// columns.
///
/// The meaning does not change: white space is only touched where the language collapses it; expressions, CDATA and comments stay to the
/// byte. One blank line between elements is kept where there are any. What stands on one line and fits there stays on one line.
public struct LayoutFormatter {
  static let width = 120

  let file: SourceFile
  private var output = ""

  /// The canonical form of a file, ending with a line end. Formatting it again changes nothing.
  ///
  /// - Throws: the findings of the XML reader, where it has any errors: broken text has no form.
  public static func format(_ bytes: [UInt8], name: String = "layout.xml") throws(DiagnosticList) -> [UInt8] {
    let file = SourceFile(name: name, bytes: bytes)
    let findings = Findings()
    // White space says something in the templates of e-mails: they are read, and stay as they are.
    let isEmail = [EmailCompiler.htmlFile, EmailCompiler.textFile].contains(file.path)
    var parser = XMLParser(file, dialect: isEmail ? .email : .layout, knownNames: ElementRegistry.tags, findings: findings)
    let document = parser.parse()
    guard !findings.hasErrors, let root = document.root else { throw DiagnosticList(findings.sorted) }
    if isEmail { return bytes }
    var formatter = LayoutFormatter(file: file)
    formatter.write(document, root)
    return Array(formatter.output.utf8)
  }

  private init(file: SourceFile) { self.file = file }

  private func string(_ range: Range<Int>) -> String { String(decoding: file.bytes[range], as: UTF8.self) }

  private mutating func write(_ document: XMLDocument, _ root: XMLElement) {
    if document.declaration != nil { output += "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" }
    for comment in document.prologComments { output += string(comment) + "\n" }
    let kind = LayoutRoot(tag: root.name)?.kind ?? (root.name == ElementKind.partial.tag ? .partial : nil)
    write(root, kind, content: kind.map { ElementRegistry.spec($0).content } ?? .empty, indent: 0)
    output += "\n"
    for comment in document.epilogComments { output += string(comment) + "\n" }
  }

  // MARK: Elements

  /// What the content of an element is, given what may stand where it stands.
  private func content(of element: XMLElement, _ kind: ElementKind, in outer: ElementSpec.Content) -> ElementSpec.Content {
    let content = ElementRegistry.spec(kind).content
    if content == .inherited { return outer }
    return content == .cell ? (CellContent(element).holdsBlocks ? .blocks : .inline) : content
  }

  /// Writes an element at the present place; `content` is that of its children.
  private mutating func write(_ element: XMLElement, _ kind: ElementKind?, content: ElementSpec.Content, indent: Int) {
    guard let kind else {
      // Nothing is known of it, so nothing is changed.
      output += string(element.range)
      return
    }
    let spec = ElementRegistry.spec(kind)
    if isBlank(element) {
      output += startTag(element, spec, indent: indent, end: "/>")
    } else if content == .inline {
      writeWords(element, spec, indent: indent)
    } else {
      if !string(element.range).utf8.contains(UInt8(ascii: "\n")), let line = oneLine(element, kind, content),
        indent + line.count <= LayoutFormatter.width
      {
        output += line
        return
      }
      output += startTag(element, spec, indent: indent, end: ">")
      writeChildren(element, content, indent: indent + 2)
      output += "\n" + spaces(indent) + "</\(element.qualifiedName)>"
    }
  }

  private mutating func writeChildren(_ element: XMLElement, _ content: ElementSpec.Content, indent: Int) {
    var isFirst = true
    var hasBlankLine = false
    for child in element.children {
      var written: () = ()
      switch child {
      case .text(let text, let range):
        hasBlankLine =
          hasBlankLine
          || (!isFirst
            && string(range).split(separator: "\n", omittingEmptySubsequences: false).dropFirst().dropLast().contains {
              $0.allSatisfy { $0 == " " || $0 == "\t" || $0 == "\r" }
            })
        guard !text.bytes.allSatisfy(Lexer.isSpace) else { continue }
        // Words where none may stand: the checker says so; here they only must not be lost.
        newLine(&hasBlankLine, indent)
        output += trimmed(string(range))
      case .comment(let range):
        newLine(&hasBlankLine, indent)
        output += string(range)
      case .element(let child):
        newLine(&hasBlankLine, indent)
        let kind = child.isLayout ? ElementRegistry.kind(of: child.name, in: content) : nil
        written = write(child, kind, content: kind.map { self.content(of: child, $0, in: content) } ?? .empty, indent: indent)
      }
      _ = written
      isFirst = false
    }
  }

  private mutating func newLine(_ hasBlankLine: inout Bool, _ indent: Int) {
    output += (hasBlankLine ? "\n\n" : "\n") + spaces(indent)
    hasBlankLine = false
  }

  private func spaces(_ count: Int) -> String { String(repeating: " ", count: count) }

  private func trimmed(_ text: String) -> String {
    var text = Substring(text)
    while let first = text.utf8.first, Lexer.isSpace(first) { text.removeFirst() }
    while let last = text.utf8.last, Lexer.isSpace(last) { text.removeLast() }
    return String(text)
  }

  /// Whether an element has nothing in it, not even a comment.
  private func isBlank(_ element: XMLElement) -> Bool {
    element.children.allSatisfy { child in
      if case .text(let text, let range) = child {
        text.bytes.allSatisfy(Lexer.isSpace) && !string(range).contains("<![CDATA[")
      } else {
        false
      }
    }
  }

  /// The element on one line; `nil` where something in it (a comment, unknown words) asks for more.
  private func oneLine(_ element: XMLElement, _ kind: ElementKind, _ content: ElementSpec.Content) -> String? {
    let spec = ElementRegistry.spec(kind)
    if isBlank(element) { return tag(element, spec) + "/>" }
    var line = tag(element, spec) + ">"
    if content == .inline {
      line += atoms(of: element).map { ($0.hasSpace ? " " : "") + $0.text }.joined()
    } else {
      for child in element.children {
        switch child {
        case .text(let text, _): guard text.bytes.allSatisfy(Lexer.isSpace) else { return nil }
        case .comment: return nil
        case .element(let child):
          guard child.isLayout, let kind = ElementRegistry.kind(of: child.name, in: content) else { return nil }
          guard let part = oneLine(child, kind, self.content(of: child, kind, in: content)) else { return nil }
          line += part
        }
      }
    }
    return line + "</\(element.qualifiedName)>"
  }

  // MARK: Tags

  /// Attributes that say what an element is come before those that say how.
  private static let first: [AttributeName] = [.name, .path, .key, .src, .kind, .format, .language, .role, .each, .test, .if]

  private func attributes(_ element: XMLElement, _ spec: ElementSpec) -> [String] {
    func rank(_ attribute: XMLAttribute) -> Int {
      guard let known = spec.attribute(attribute.name) else { return 10_000 }
      if let place = LayoutFormatter.first.firstIndex(of: known.name) { return place }
      return 100 + (spec.attributes.firstIndex { $0.name == known.name } ?? 0)
    }
    let ordered = element.attributes.enumerated().sorted { (rank($0.element), $0.offset) < (rank($1.element), $1.offset) }.map(\.element)
    var words = ordered.map { attribute in "\(attribute.name)=\"\(value(attribute, spec))\"" }
    if let namespace = element.declaredNamespace { words.append("xmlns=\"\(escaped(namespace))\"") }
    for (prefix, namespace) in element.prefixes.sorted(by: { $0.key < $1.key }) {
      words.append("xmlns:\(prefix)=\"\(escaped(namespace))\"")
    }
    return words
  }

  private func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing("\"", with: "&quot;")
  }

  /// The value as written, in double quotes; white space is collapsed where the attribute is neither text nor quotes any.
  private func value(_ attribute: XMLAttribute, _ spec: ElementSpec) -> String {
    var raw = string(attribute.valueRange).replacing("\"", with: "&quot;")
    raw = String(raw.map { $0 == "\n" || $0 == "\t" || $0 == "\r\n" || $0 == "\r" ? " " : $0 })
    let kind = spec.attribute(attribute.name)?.type
    guard let kind, kind.kind != .text, kind != .label, kind != .path, !raw.contains("'") else { return raw }
    return raw.split(separator: " ").joined(separator: " ")
  }

  private func tag(_ element: XMLElement, _ spec: ElementSpec) -> String {
    (["<" + element.qualifiedName] + attributes(element, spec)).joined(separator: " ")
  }

  /// The start tag, its attributes on further lines where one is not enough.
  private func startTag(_ element: XMLElement, _ spec: ElementSpec, indent: Int, end: String) -> String {
    let line = tag(element, spec) + end
    guard indent + line.count > LayoutFormatter.width else { return line }
    var lines = ["<" + element.qualifiedName]
    for (index, word) in attributes(element, spec).enumerated() {
      let last = lines[lines.count - 1]
      let column = (lines.count == 1 ? indent : 0) + last.count
      if index == 0 || column + 1 + word.count + end.count <= LayoutFormatter.width {
        lines[lines.count - 1] = last + " " + word
      } else {
        lines.append(spaces(indent + 4) + word)
      }
    }
    return lines.joined(separator: "\n") + end
  }

  // MARK: Words

  /// A piece of a paragraph that is never broken, and whether white space stands before it.
  private struct Atom {
    var text: String
    var hasSpace: Bool
  }

  private mutating func writeWords(_ element: XMLElement, _ spec: ElementSpec, indent: Int) {
    var atoms = atoms(of: element)
    let start = tag(element, spec) + ">"
    let end = "</\(element.qualifiedName)>"
    let line = start + atoms.map { ($0.hasSpace ? " " : "") + $0.text }.joined() + end
    // Only the edges of a paragraph are free of meaning; in other elements they may hold a space.
    let isParagraph = spec.kind == .text || spec.kind == .cell
    if isParagraph, !atoms.isEmpty {
      atoms[0].hasSpace = false
      if let last = atoms.last, last.text.isEmpty { atoms.removeLast() }
    }
    let short = isParagraph ? start + atoms.map { ($0.hasSpace ? " " : "") + $0.text }.joined() + end : line
    if indent + short.count <= LayoutFormatter.width {
      output += short
      return
    }
    output += startTag(element, spec, indent: indent, end: ">")
    if isParagraph { output += "\n" + spaces(indent + 2) }
    var column = isParagraph ? indent + 2 : LayoutFormatter.width
    for (index, atom) in atoms.enumerated() {
      // Atoms without space between them stay together.
      var length = atom.text.count
      var next = index + 1
      while next < atoms.count, !atoms[next].hasSpace {
        length += atoms[next].text.count
        next += 1
      }
      if atom.hasSpace, column + 1 + length > LayoutFormatter.width {
        output += "\n" + spaces(indent + 2) + atom.text
        column = indent + 2 + atom.text.count
      } else {
        output += (atom.hasSpace ? " " : "") + atom.text
        column += (atom.hasSpace ? 1 : 0) + atom.text.count
      }
    }
    output += (isParagraph ? "\n" + spaces(indent) : "") + end
  }

  private func atoms(of element: XMLElement) -> [Atom] {
    var atoms: [Atom] = []
    var hasSpace = false
    add(element, &atoms, &hasSpace)
    if hasSpace { atoms.append(Atom(text: "", hasSpace: true)) }
    return atoms
  }

  private func add(_ element: XMLElement, _ atoms: inout [Atom], _ hasSpace: inout Bool) {
    func append(_ text: String) {
      atoms.append(Atom(text: text, hasSpace: hasSpace))
      hasSpace = false
    }
    for child in element.children {
      switch child {
      case .text(_, let range):
        for part in LayoutFormatter.parts(Array(file.bytes[range])) { if let part { append(part) } else { hasSpace = true } }
      case .comment(let range): append(string(range))
      case .element(let child):
        guard child.isLayout, let kind = ElementRegistry.kind(of: child.name, in: .inline) else {
          append(string(child.range))
          continue
        }
        let spec = ElementRegistry.spec(kind)
        if child.children.isEmpty {
          append(tag(child, spec) + "/>")
        } else {
          append(tag(child, spec) + ">")
          add(child, &atoms, &hasSpace)
          append("</\(child.qualifiedName)>")
        }
      }
    }
  }

  /// The words of a text; `nil` stands for white space between them. Expressions and CDATA sections are one word.
  static func parts(_ bytes: [UInt8]) -> [String?] {
    var parts: [String?] = []
    var word: [UInt8] = []
    var at = 0
    func flush() {
      if !word.isEmpty { parts.append(String(decoding: word, as: UTF8.self)) }
      word.removeAll()
    }
    while at < bytes.count {
      let byte = bytes[at]
      if Lexer.isSpace(byte) {
        flush()
        if parts.last != .some(nil) { parts.append(nil) }
        at += 1
      } else if byte == UInt8(ascii: "{"), at + 1 < bytes.count, bytes[at + 1] == byte {
        word += bytes[at..<at + 2]
        at += 2
      } else if byte == UInt8(ascii: "{"), let end = TextCompiler.closingBrace(in: bytes, from: at + 1) {
        word += bytes[at...end]
        at = end + 1
      } else if byte == UInt8(ascii: "<") {
        // Only CDATA sections have one in a text.
        var end = at
        while end < bytes.count,
          !(bytes[end] == UInt8(ascii: ">") && end >= at + 11 && bytes[end - 1] == UInt8(ascii: "]") && bytes[end - 2] == UInt8(ascii: "]"))
        { end += 1 }
        word += bytes[at..<min(end + 1, bytes.count)]
        at = min(end + 1, bytes.count)
      } else {
        word.append(byte)
        at += 1
      }
    }
    flush()
    return parts
  }
}
