internal import Diagnostics
internal import Yams

/// Reads one `strings/LANG.yaml`: a flat mapping of keys to texts.
///
/// YAML is taken as nodes, never as resolved values: `no`, `1.10` and dates stay the texts they are.
struct StringsReader {
  /// A key and its text, with places.
  struct Item {
    var key: String
    var keyRange: SourceRange
    var text: SourceText
  }

  private let file: SourceFile
  private let findings: Findings
  private let lineStarts: [Int]
  private let scalars: ScalarOffsets

  init(_ file: SourceFile, findings: Findings) {
    self.file = file
    self.findings = findings
    var starts = [0]
    for (index, byte) in file.bytes.enumerated() where byte == UInt8(ascii: "\n") { starts.append(index + 1) }
    lineStarts = starts
    scalars = ScalarOffsets(file.bytes, lineStarts: starts)
  }

  /// The items in the order of the file; empty once the YAML itself is faulty.
  func items() -> [Item] {
    guard let yaml = String(validating: file.bytes, as: UTF8.self) else {
      findings.error(.invalidUTF8, "the file is not UTF-8", at: SourceRange(file: file, bytes: 0..<0))
      return []
    }
    // Aliases are refused before anything is composed: keys that expand without end would be hashed there.
    if let place = anchorPlace() {
      findings.error(
        .yamlAlias, "anchors and aliases are not used in strings; put the text in quotes if it begins with '&'",
        at: SourceRange(file: file, bytes: place))
      return []
    }
    do {
      // Without rules nothing is resolved: every key and value is text, and no regular expression has to be made.
      let parser = try Parser(yaml: yaml, resolver: .basic, constructor: .default, encoding: .utf8)
      guard let root = try parser.singleRoot() else { return [] }
      return withExtendedLifetime(parser) { items(of: root) }
    } catch let error as YamlError {
      report(error)
    } catch {
      findings.error(.yamlSyntax, "the file is not YAML", at: SourceRange(file: file, bytes: 0..<0))
    }
    return []
  }

  private func items(of root: Node) -> [Item] {
    guard case .mapping(let mapping) = root else {
      if case .scalar(let scalar) = root, scalar.string.isEmpty { return [] }
      findings.error(.stringsForm, "a strings file is a list of 'key: text'", at: range(at: root.mark, length: 1))
      return []
    }
    var items: [Item] = []
    for (key, value) in mapping {
      guard case .scalar(let keyScalar) = key else {
        findings.error(.stringsForm, "a key was expected here", at: range(at: key.mark, length: 1))
        continue
      }
      let quotes = keyScalar.style == .singleQuoted || keyScalar.style == .doubleQuoted ? 1 : 0
      let keyRange = range(at: keyScalar.mark, length: keyScalar.string.utf8.count + 2 * quotes)
      guard Lexer.isName(keyScalar.string) else {
        findings.error(
          .stringsForm, "'\(keyScalar.string)' cannot be a key; a key has letters, digits, '-' and '_', a letter first", at: keyRange)
        continue
      }
      guard case .scalar(let scalar) = value else {
        findings.error(.stringsForm, "'\(keyScalar.string)' must be one text, not a list or a mapping", at: keyRange)
        continue
      }
      if scalar.style == .plain, scalar.string.isEmpty {
        findings.error(.stringsForm, "'\(keyScalar.string)' has no text", at: keyRange, suggestion: "write \"\" for an empty text")
        continue
      }
      guard items.count < LanguageLimits.stringKeys else {
        findings.error(.tooManyDeclarations, "a strings file has at most \(LanguageLimits.stringKeys) keys", at: keyRange)
        break
      }
      items.append(Item(key: keyScalar.string, keyRange: keyRange, text: sourceText(of: scalar)))
    }
    return items
  }

  /// Where an anchor stands: `&name` where YAML would begin a node.
  private func anchorPlace() -> Range<Int>? {
    let bytes = file.bytes
    for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "&") {
      guard index + 1 < bytes.count, !Lexer.isSpace(bytes[index + 1]) else { continue }
      var before = index - 1
      while before >= 0, bytes[before] == 0x20 || bytes[before] == 0x09 { before -= 1 }
      var beginsNode = before < 0 || bytes[before] == 0x0A || bytes[before] == 0x0D || "[{,".utf8.contains(bytes[before])
      if !beginsNode, before < index - 1 {
        // After white space: behind an indicator, or behind a tag such as `!!str`.
        var word = before
        while word >= 0, !Lexer.isSpace(bytes[word]) { word -= 1 }
        beginsNode = ":?-".utf8.contains(bytes[before]) || bytes[word + 1] == UInt8(ascii: "!")
      }
      guard beginsNode else { continue }
      var end = index + 1
      while end < bytes.count, !Lexer.isSpace(bytes[end]) { end += 1 }
      return index..<end
    }
    return nil
  }

  // MARK: Places

  private func offset(of mark: Mark?) -> Int {
    guard let mark else { return 0 }
    // A byte order mark is no column of its own.
    let skipped = mark.line == 1 && file.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 1 : 0
    guard let offset = scalars.offset(line: mark.line, column: mark.column + skipped, in: file.bytes) else { return 0 }
    return mark.line < lineStarts.count ? min(offset, lineStarts[mark.line] - 1) : offset
  }

  private func range(at mark: Mark?, length: Int) -> SourceRange {
    let start = offset(of: mark)
    return SourceRange(file: file, bytes: start..<min(file.bytes.count, start + length))
  }

  /// The text of a scalar with the place of each of its bytes, found by walking text and file side by side.
  private func sourceText(of scalar: Node.Scalar) -> SourceText {
    let bytes = file.bytes
    let wanted = Array(scalar.string.utf8)
    var at = offset(of: scalar.mark)
    let start = at
    let isBlock = scalar.style == .literal || scalar.style == .folded
    if isBlock {
      // The header line of a block says nothing.
      while at < bytes.count, bytes[at] != UInt8(ascii: "\n") { at += 1 }
    } else if scalar.style == .singleQuoted || scalar.style == .doubleQuoted {
      at += 1
    }
    var result = SourceText(file: file, at: at)
    var place = 0
    while place < wanted.count {
      guard at < bytes.count else { return SourceText(file: file, range: start..<min(start + 1, bytes.count), text: scalar.string) }
      let byte = bytes[at]
      if scalar.style == .doubleQuoted, byte == UInt8(ascii: "\\") {
        // An escape stands for one character, or (before a line end) for nothing.
        var end = at + 2
        if at + 1 < bytes.count {
          switch bytes[at + 1] {
          case UInt8(ascii: "x"): end = at + 4
          case UInt8(ascii: "u"): end = at + 6
          case UInt8(ascii: "U"): end = at + 10
          case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
            at += 2
            continue
          default: break
          }
        }
        end = min(end, bytes.count)
        var length = 1
        while place + length < wanted.count, wanted[place + length] & 0xC0 == 0x80 { length += 1 }
        result.append(wanted[place..<place + length], for: at..<end)
        place += length
        at = end
      } else if scalar.style == .singleQuoted, byte == UInt8(ascii: "'"), wanted[place] == byte {
        result.append([byte], for: at..<min(at + 2, bytes.count))
        place += 1
        at += 2
      } else if byte == wanted[place] {
        result.append(verbatim: at..<at + 1)
        place += 1
        at += 1
      } else if Lexer.isSpace(byte) {
        // Line ends and indentation that folding has taken out; what they became is a space or a line end of the text.
        var end = at
        while end < bytes.count, Lexer.isSpace(bytes[end]) { end += 1 }
        if Lexer.isSpace(wanted[place]) {
          result.append([wanted[place]], for: at..<end)
          place += 1
        }
        at = end
      } else if Lexer.isSpace(wanted[place]) {
        result.append([wanted[place]], for: at..<at)
        place += 1
      } else {
        return SourceText(file: file, range: start..<min(start + 1, bytes.count), text: scalar.string)
      }
    }
    return result
  }

  private func report(_ error: YamlError) {
    func place(_ mark: Mark) -> SourceRange {
      let start = min(offset(of: mark), file.bytes.count)
      return SourceRange(file: file, bytes: start..<min(start + 1, file.bytes.count))
    }
    switch error {
    case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      var notes: [Diagnostic.Note] = []
      if let context {
        if place(mark).bytes.isEmpty {
          // Something open at the end of the file is shown where it begins.
          findings.error(.yamlSyntax, "the YAML is faulty: \(problem) \(context.text)", at: place(context.mark))
          return
        }
        notes.append(Diagnostic.Note(context.text, at: place(context.mark)))
      }
      findings.error(.yamlSyntax, "the YAML is faulty: \(problem)", at: place(mark), notes: notes)
    case .duplicatedKeysInMapping(let keys, let context):
      // More are not told; each takes a look at all lines.
      for key in keys.prefix(LanguageLimits.diagnostics) {
        let places = lines(beginningWith: key)
        findings.error(
          .duplicateKey, "'\(key)' stands twice", at: places.last ?? place(context.mark),
          notes: places.count > 1 ? [Diagnostic.Note("the first one", at: places[0])] : [])
      }
    case .reader(let problem, _, _, _):
      findings.error(.yamlSyntax, "the YAML is faulty: \(problem)", at: SourceRange(file: file, bytes: 0..<0))
    default: findings.error(.yamlSyntax, "the file is not YAML", at: SourceRange(file: file, bytes: 0..<0))
    }
  }

  private func lines(beginningWith key: String) -> [SourceRange] {
    let wanted = Array(key.utf8)
    return lineStarts.compactMap { start in
      let end = start + wanted.count
      guard end < file.bytes.count, file.bytes[start..<end].elementsEqual(wanted), file.bytes[end] == UInt8(ascii: ":") else { return nil }
      return SourceRange(file: file, bytes: start..<end)
    }
  }
}
