public import Diagnostics
internal import Yams

/// Reads a YAML file into values with places.
///
/// Anchors, aliases, tags and repeated keys are refused: they let a file mean something else than it seems to say.
public enum YAMLParser {
  /// Levels of nesting; campaigns need six.
  ///
  /// - Stops: lists in lists without end, which recursion follows.
  static let maximumDepth = 24

  /// Reads the one document of `file`.
  ///
  /// - Throws: Every finding about the YAML as such; one only where it is not YAML at all.
  public static func parse(_ file: SourceFile) throws(DiagnosticList) -> YAMLValue {
    // A text with faulty bytes would come back repaired: refuse it first.
    if let offset = invalidByte(in: file.bytes) {
      throw DiagnosticList([
        Diagnostic(id: "invalid-utf8", "the file is not UTF-8", at: SourceRange(file: file, bytes: offset..<offset + 1))
      ])
    }
    let places = Places(file)
    if let range = places.aliasUse() {
      throw DiagnosticList([Diagnostic(id: "yaml-alias", "aliases are not allowed; write the value out", at: range)])
    }
    var conversion = Conversion(places: places)
    do {
      // Without rules nothing is resolved: `no`, `1.10` and dates stay texts, and no regular expression runs.
      let parser = try Parser(yaml: String(decoding: file.bytes, as: UTF8.self), resolver: .basic, constructor: .default, encoding: .utf8)
      guard let root = try parser.nextRoot() else {
        throw DiagnosticList([Diagnostic(id: "yaml-syntax", "the file is empty", at: SourceRange(file: file, bytes: 0..<0))])
      }
      let value = conversion.value(root, depth: 1, end: file.bytes.count)
      if let second = try parser.nextRoot() {
        conversion.findings.append(
          Diagnostic(id: "yaml-syntax", "the file holds a second document; expected one", at: places.range(second.mark, length: 1)))
      }
      if !conversion.findings.isEmpty { throw DiagnosticList(conversion.findings) }
      return value
    } catch let list as DiagnosticList {
      throw list
    } catch let error as YamlError {
      throw DiagnosticList([places.diagnostic(for: error)])
    } catch {
      throw DiagnosticList([Diagnostic(id: "yaml-syntax", "the file cannot be read as YAML", at: SourceRange(file: file, bytes: 0..<0))])
    }
  }

  private static func invalidByte(in bytes: [UInt8]) -> Int? {
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    var offset = 0
    while true {
      switch decoder.decode(&iterator) {
      case .scalarValue(let scalar): offset += UTF8.width(scalar)
      case .emptyInput: return nil
      case .error: return min(offset, bytes.count - 1)
      }
    }
  }
}

/// Turns Yams' nodes into values.
private struct Conversion {
  let places: Places
  var findings: [Diagnostic] = []

  mutating func value(_ node: Node, depth: Int, end: Int) -> YAMLValue {
    let start = places.offset(node.mark)
    let file = places.file
    let first = start < file.bytes.count ? file.bytes[start] : 0
    let range = places.token(at: start, node.scalar)
    let extent = SourceRange(file: file, bytes: start..<max(start, end))
    func made(_ content: YAMLValue.Content) -> YAMLValue {
      YAMLValue(content: content, range: range, extent: extent, isPlain: node.scalar?.style == .plain)
    }
    if first == UInt8(ascii: "&") || first == UInt8(ascii: "!") {
      let what = first == UInt8(ascii: "&") ? ("yaml-alias", "anchors") : ("yaml-tag", "tags")
      refuse(what.0, "\(what.1) are not allowed; write the value itself", start)
      return made(.scalar(""))
    }
    guard depth <= YAMLParser.maximumDepth else {
      refuse("yaml-syntax", "the file has more than the \(YAMLParser.maximumDepth) levels allowed", start)
      return made(.scalar(""))
    }
    switch node {
    case .scalar(let scalar): return made(.scalar(scalar.string))
    case .sequence(let sequence):
      let nodes = Array(sequence)
      var list: [YAMLValue] = []
      for (index, element) in nodes.enumerated() {
        let next = index + 1 < nodes.count ? places.offset(nodes[index + 1].mark) : end
        list.append(value(element, depth: depth + 1, end: next))
      }
      return made(.list(list))
    case .mapping(let mapping):
      let pairs = Array(mapping)
      var members: [YAMLValue.Member] = []
      for (index, (key, element)) in pairs.enumerated() {
        let keyStart = places.offset(key.mark)
        let next = index + 1 < pairs.count ? places.offset(pairs[index + 1].key.mark) : end
        guard let name = key.scalar else {
          refuse("yaml-syntax", "a key must be a text", keyStart)
          continue
        }
        if keyStart < file.bytes.count, [UInt8(ascii: "&"), UInt8(ascii: "!")].contains(file.bytes[keyStart]) {
          refuse("yaml-alias", "anchors and tags are not allowed", keyStart)
        }
        members.append(
          YAMLValue.Member(
            name: name.string, range: places.token(at: keyStart, name), value: value(element, depth: depth + 1, end: next)))
      }
      return made(.mapping(members))
    case .alias:
      refuse("yaml-alias", "aliases are not allowed; write the value out", start)
      return made(.scalar(""))
    }
  }

  private mutating func refuse(_ id: String, _ message: String, _ start: Int) {
    let range = SourceRange(file: places.file, bytes: start..<min(start + 1, places.file.bytes.count))
    // An anchor that is used again comes by several times.
    if !findings.contains(where: { $0.range == range }) { findings.append(Diagnostic(id: id, message, at: range)) }
  }
}

/// Finds bytes for libyaml's lines and columns, which count characters and know more line breaks than LF.
private struct Places {
  let file: SourceFile
  private let scalars: ScalarOffsets

  init(_ file: SourceFile) {
    self.file = file
    var starts = [0]
    let bytes = file.bytes
    var index = 0
    while index < bytes.count {
      switch bytes[index] {
      case 0x0A: starts.append(index + 1)
      case 0x0D: if index + 1 >= bytes.count || bytes[index + 1] != 0x0A { starts.append(index + 1) }
      case 0xC2 where index + 1 < bytes.count && bytes[index + 1] == 0x85: starts.append(index + 2)
      case 0xE2 where index + 2 < bytes.count && bytes[index + 1] == 0x80 && (bytes[index + 2] == 0xA8 || bytes[index + 2] == 0xA9):
        starts.append(index + 3)
      default: break
      }
      index += 1
    }
    scalars = ScalarOffsets(bytes, lineStarts: starts)
  }

  func offset(_ mark: Mark?) -> Int {
    mark.flatMap { scalars.offset(line: $0.line, column: $0.column, in: file.bytes) } ?? file.bytes.count
  }

  func range(_ mark: Mark?, length: Int) -> SourceRange {
    let start = offset(mark)
    return SourceRange(file: file, bytes: start..<min(file.bytes.count, start + length))
  }

  /// The bytes of a scalar as written; of anything else one byte.
  func token(at start: Int, _ scalar: Node.Scalar?) -> SourceRange {
    let bytes = file.bytes
    var end = min(start + 1, bytes.count)
    if let scalar, start < bytes.count {
      switch scalar.style {
      case .singleQuoted, .doubleQuoted:
        let quote = bytes[start]
        while end < bytes.count, bytes[end] != quote {
          end += scalar.style == .doubleQuoted && bytes[end] == UInt8(ascii: "\\") ? 2 : 1
          if scalar.style == .singleQuoted, end + 1 < bytes.count, bytes[end] == quote, bytes[end + 1] == quote { end += 2 }
        }
        end = min(end + 1, bytes.count)
      case .plain, .any:
        let text = scalar.string.utf8.prefix { $0 != 0x0A }
        if bytes[start...].starts(with: text) { end = start + max(1, text.count) }
        if text.isEmpty { end = start }
      case .literal, .folded: break
      }
    }
    return SourceRange(file: file, bytes: start..<min(end, bytes.count))
  }

  /// An alias whose anchor stands in the file.
  ///
  /// Yams resolves aliases while it reads and hashes the keys it gets, so that a few nested ones would keep it busy for ever: they must be
  /// found before. A `*word*` in running text is none, since nothing anchors it.
  func aliasUse() -> SourceRange? {
    let bytes = file.bytes
    func isName(_ byte: UInt8) -> Bool { byte > 0x20 && !",[]{}".utf8.contains(byte) }
    func names(after sigil: UInt8) -> [(Range<Int>, ArraySlice<UInt8>)] {
      var result: [(Range<Int>, ArraySlice<UInt8>)] = []
      for index in bytes.indices where bytes[index] == sigil {
        guard index == 0 || !isName(bytes[index - 1]) || bytes[index - 1] == UInt8(ascii: ":") else { continue }
        var end = index + 1
        while end < bytes.count, isName(bytes[end]) { end += 1 }
        if end > index + 1 { result.append((index..<end, bytes[index + 1..<end])) }
      }
      return result
    }
    let anchors = Set(names(after: UInt8(ascii: "&")).map { Array($0.1) })
    guard !anchors.isEmpty else { return nil }
    for (range, name) in names(after: UInt8(ascii: "*")) {
      // A colon behind an alias that is a key belongs to the key.
      let bare = name.last == UInt8(ascii: ":") ? name.dropLast() : name
      if anchors.contains(Array(name)) || anchors.contains(Array(bare)) { return SourceRange(file: file, bytes: range) }
    }
    return nil
  }

  func diagnostic(for error: YamlError) -> Diagnostic {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _), .composer(_, let problem, let mark, _):
      return Diagnostic(id: "yaml-syntax", "not YAML: \(problem)", at: range(mark, length: 1))
    case .reader(let problem, let offset, _, _):
      let start = min(offset ?? 0, file.bytes.count)
      return Diagnostic(
        id: "yaml-syntax", "not YAML: \(problem)", at: SourceRange(file: file, bytes: start..<min(start + 1, file.bytes.count)))
    case .duplicatedKeysInMapping(let duplicates, let context):
      let name = duplicates.first ?? ""
      let first = range(context.mark, length: name.utf8.count)
      let message = "the key '\(name)' stands twice in one mapping"
      guard let second = laterKey(name, after: first.bytes.upperBound) else { return Diagnostic(id: "duplicate-key", message, at: first) }
      return Diagnostic(id: "duplicate-key", message, at: second, notes: [Diagnostic.Note("it stands here first", at: first)])
    default:
      return Diagnostic(id: "yaml-syntax", "the file cannot be read as YAML", at: SourceRange(file: file, bytes: 0..<0))
    }
  }

  /// The next place where `name` is followed by a colon, a good guess at the key's second place.
  private func laterKey(_ name: String, after start: Int) -> SourceRange? {
    let wanted = Array(name.utf8) + [UInt8(ascii: ":")]
    var start = start
    while start + wanted.count <= file.bytes.count {
      let before = file.bytes[max(0, start - 1)]
      if file.bytes[start] == wanted.first, file.bytes[start...].starts(with: wanted), " \n{,\t".utf8.contains(before) {
        return SourceRange(file: file, bytes: start..<start + wanted.count - 1)
      }
      start += 1
    }
    return nil
  }
}
