internal import Billing
internal import Diagnostics

/// Reads the XML of an invoice: elements, attributes, text, CDATA, comments; namespaces after their URIs.
///
/// A document type declaration is passed over where it declares nothing itself; what it refers to is never fetched, hence there are no
/// entities beyond the five of XML. Depth, number and length of everything are bounded by ``InvoiceLimits``. The first fault ends it, with
/// the way to the element that was open, line and column.
struct InvoiceXMLReader {
  private let bytes: [UInt8]
  private let tree: InvoiceTree
  private var offset = 0
  private var isEnvelope = false
  private var open: [Int32] = []
  /// Declarations in force, innermost last, and how deep each was made.
  private var namespaces: [(prefix: ArraySlice<UInt8>, uri: String, namespace: Namespace, depth: Int)] = []
  /// Numbers of names by hash of their bytes as written.
  private var known: [UInt64: [Int32]] = [:]
  private var knownBytes: [ArraySlice<UInt8>] = []

  /// The root of GS1's envelope (Standard Business Document Header 1.3).
  static let envelope = "StandardBusinessDocument"

  private init(_ text: SourceText) {
    bytes = text.utf8
    tree = InvoiceTree(source: text)
  }

  /// Reads a whole document; of an envelope around one, the document inside becomes the tree's root.
  ///
  /// - Throws: `xml-malformed`, `xml-doctype`, `too-long`, `too-deep`, `too-many-values` or `invalid-utf8`; the path is that of the open
  ///   element. `not-an-e-invoice` where the root is that of another known format, well-formed or not, or an envelope holds not one
  ///   document.
  /// - Complexity: O(bytes).
  static func tree(of source: [UInt8]) throws(RecordFault) -> InvoiceTree {
    guard source.count <= InvoiceLimits.bytes else {
      throw RecordFault(.tooLong, "the invoice has \(source.count) bytes, more than the \(InvoiceLimits.bytes) allowed", path: "/")
    }
    let text = try SourceEncoding.decoded(source)
    if let root = XMLRoot(of: text.utf8), case .other(let words) = DocumentKind(root) {
      throw InvoiceSyntax.fault(words, root, text)
    }
    var reader = InvoiceXMLReader(text)
    try reader.document()
    try reader.openEnvelope()
    return reader.tree
  }

  private func fault(_ message: String, code: RecordFault.Code = .malformedXML, at place: Int? = nil) -> RecordFault {
    tree.source.fault(code, message, path: open.last.map { tree.path(of: Int($0)) } ?? "/", at: place ?? offset)
  }

  /// Makes the document inside an envelope the tree's root.
  private func openEnvelope() throws(RecordFault) {
    guard isEnvelope else { return }
    let documents = tree.root.children.filter { $0.name != "StandardBusinessDocumentHeader" }
    guard documents.count == 1, let document = documents.first else {
      throw tree.root.fault(.notAnEInvoice, "the StandardBusinessDocument holds \(documents.count) documents; expected one invoice")
    }
    tree.rootIndex = document.index
  }

  // MARK: The document

  private mutating func document() throws(RecordFault) {
    if starts(with: "<?xml") { try skip(to: "?>", "the XML declaration") }
    while true {
      try text()
      guard offset < bytes.count else { break }
      try markup()
    }
    if let last = open.last {
      throw fault("the XML ends inside '\(tree.written[Int(tree.nodes[Int(last)].name)])'; is the file complete?")
    }
    if tree.nodes.isEmpty { throw fault("the file holds no XML element") }
    tree.isRead = Array(repeating: false, count: tree.nodes.count)
  }

  private mutating func markup() throws(RecordFault) {
    let next = offset + 1 < bytes.count ? bytes[offset + 1] : 0
    switch next {
    case UInt8(ascii: "/"): try endTag()
    case UInt8(ascii: "?"): try skip(to: "?>", "a processing instruction")
    case UInt8(ascii: "!"):
      if starts(with: "<!--") {
        offset += 4
        try skip(to: "-->", "a comment")
      } else if starts(with: "<![CDATA["), !open.isEmpty {
        offset += 9
        let start = offset
        try skip(to: "]]>", "a CDATA section")
        append(decoded: bytes[start..<(offset - 3)])
      } else if starts(with: "<!DOCTYPE"), tree.nodes.isEmpty {
        guard let doctype = XMLProlog.doctype(in: bytes, at: offset) else {
          throw fault("the document type declaration is never closed; is the file complete?")
        }
        guard !doctype.hasDeclarations else {
          throw fault("the XML has declarations in its document type; invoices have none, and no entities are read", code: .xmlDoctype)
        }
        offset = doctype.end
      } else {
        throw fault("'<!' begins nothing that may stand here")
      }
    default: try startTag()
    }
  }

  private func starts(with text: StaticString) -> Bool { XMLProlog.starts(bytes, offset, text) }

  private mutating func skip(to end: StaticString, _ what: String) throws(RecordFault) {
    let last = end.utf8Start[end.utf8CodeUnitCount - 1]
    let start = offset
    let begin = bytes[..<offset].lastIndex(of: UInt8(ascii: "<")) ?? offset
    while offset < bytes.count {
      if bytes[offset] == last, offset - start >= end.utf8CodeUnitCount - 1 {
        var matches = true
        for index in 0..<end.utf8CodeUnitCount where bytes[offset - end.utf8CodeUnitCount + 1 + index] != end.utf8Start[index] {
          matches = false
        }
        if matches {
          offset += 1
          return
        }
      }
      offset += 1
    }
    throw fault("\(what) is never closed; is the file complete?", at: begin)
  }

  // MARK: Text

  private mutating func text() throws(RecordFault) {
    let start = offset
    var (isBlank, hasReferences) = (true, false)
    // Some writers fill up a block behind the document, or mark the end as DOS did.
    let isBehindRoot = open.isEmpty && !tree.nodes.isEmpty
    while offset < bytes.count {
      let byte = bytes[offset]
      if byte == UInt8(ascii: "<") { break }
      if byte > 0x20 {
        isBlank = false
        if byte == UInt8(ascii: "&") { hasReferences = true }
      } else if byte < 0x20, byte != 0x0A, byte != 0x09, byte != 0x0D, !(isBehindRoot && (byte == 0 || byte == 0x1A)) {
        throw fault("a control character (\(byte)) stands in the text")
      }
      offset += 1
    }
    guard !isBlank else { return }
    guard let node = open.last.map(Int.init) else {
      let first = bytes[start..<offset].firstIndex { $0 > 0x20 } ?? start
      throw fault("text stands outside the root element", at: first)
    }
    if hasReferences {
      append(decoded: try decoded(start..<offset)[...])
    } else if tree.nodes[node].text.isEmpty, tree.decoded[Int32(node)] == nil {
      tree.nodes[node].text = Int32(start)..<Int32(offset)
    } else {
      append(decoded: bytes[start..<offset])
    }
  }

  private mutating func append(decoded piece: ArraySlice<UInt8>) {
    guard let node = open.last else { return }
    if tree.decoded[node] == nil { tree.decoded[node] = Array(tree.bytes(of: Int(node))) }
    tree.decoded[node]?.append(contentsOf: piece)
  }

  private func decoded(_ range: Range<Int>) throws(RecordFault) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(range.count)
    var index = range.lowerBound
    while index < range.upperBound {
      guard bytes[index] == UInt8(ascii: "&") else {
        result.append(bytes[index])
        index += 1
        continue
      }
      guard let end = bytes[index..<min(range.upperBound, index + 16)].firstIndex(of: UInt8(ascii: ";")) else {
        throw fault("'&' begins a reference that does not end; a plain one is written '&amp;'", at: index)
      }
      result += try reference(String(decoding: bytes[(index + 1)..<end], as: UTF8.self), at: index)
      index = end + 1
    }
    return result
  }

  private func reference(_ name: String, at place: Int) throws(RecordFault) -> [UInt8] {
    switch name {
    case "amp": return [UInt8(ascii: "&")]
    case "lt": return [UInt8(ascii: "<")]
    case "gt": return [UInt8(ascii: ">")]
    case "quot": return [0x22]
    case "apos": return [0x27]
    default: break
    }
    let code = name.hasPrefix("#x") ? UInt32(name.dropFirst(2), radix: 16) : name.hasPrefix("#") ? UInt32(name.dropFirst()) : nil
    guard let code, let scalar = Unicode.Scalar(code), code >= 0x20 || code == 0x0A || code == 0x0D || code == 0x09 else {
      throw fault("'&\(name);' is no reference of XML; no other entities are read", at: place)
    }
    return Array(String(Character(scalar)).utf8)
  }

  // MARK: Tags

  private mutating func skipSpace() {
    while offset < bytes.count, bytes[offset] == 0x20 || (bytes[offset] >= 0x09 && bytes[offset] <= 0x0D) { offset += 1 }
  }

  private mutating func name() throws(RecordFault) -> ArraySlice<UInt8> {
    let start = offset
    while offset < bytes.count {
      switch bytes[offset] {
      case 0x61...0x7A, 0x41...0x5A, 0x30...0x39, UInt8(ascii: ":"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."), 0x80...:
        offset += 1
      default:
        guard offset > start else { throw fault("a name was expected here") }
        return try bounded(start)
      }
    }
    throw fault("the XML ends inside a tag; is the file complete?")
  }

  private func bounded(_ start: Int) throws(RecordFault) -> ArraySlice<UInt8> {
    guard offset - start <= InvoiceLimits.name else {
      throw fault("a name has more than \(InvoiceLimits.name) bytes", code: .tooLong, at: start)
    }
    return bytes[start..<offset]
  }

  private mutating func number(_ written: ArraySlice<UInt8>) -> Int32 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in written { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    for candidate in known[hash] ?? [] where knownBytes[Int(candidate)].elementsEqual(written) { return candidate }
    let number = Int32(knownBytes.count)
    known[hash, default: []].append(number)
    knownBytes.append(written)
    let text = String(decoding: written, as: UTF8.self)
    let local = text.utf8.firstIndex(of: UInt8(ascii: ":")).map { String(text[text.utf8.index(after: $0)...]) } ?? text
    tree.written.append(text)
    tree.names.append(local)
    tree.numbers[local, default: []].append(number)
    return number
  }

  private func namespace(of prefix: ArraySlice<UInt8>, at place: Int) throws(RecordFault) -> Namespace {
    for declaration in namespaces.reversed() where declaration.prefix.elementsEqual(prefix) { return declaration.namespace }
    if prefix.isEmpty { return .none }
    throw fault("the prefix '\(String(decoding: prefix, as: UTF8.self))' is bound to no namespace", at: place)
  }

  private mutating func startTag() throws(RecordFault) {
    let start = offset
    offset += 1
    let written = try name()
    guard open.count < InvoiceLimits.depth else {
      throw fault("elements are nested more than \(InvoiceLimits.depth) deep", code: .tooDeep, at: start)
    }
    guard tree.nodes.count < InvoiceLimits.elements else {
      throw fault("the invoice has more than \(InvoiceLimits.elements) elements", code: .tooManyValues, at: start)
    }
    if open.isEmpty, !tree.nodes.isEmpty { throw fault("a second root element stands behind the first", at: start) }
    let firstAttribute = tree.attributes.count
    let isEmpty = try attributes(of: written)
    let prefix = written.firstIndex(of: UInt8(ascii: ":")).map { written[..<$0] } ?? []
    let node = InvoiceTree.Node(
      name: number(written), namespace: try namespace(of: prefix, at: start), start: Int32(start), parent: open.last ?? -1,
      attributes: Int32(firstAttribute)..<Int32(tree.attributes.count))
    let index = Int32(tree.nodes.count)
    tree.nodes.append(node)
    // Only of these can the message about a wrong namespace be.
    if open.isEmpty || (isEnvelope && open.count == 1) { tree.uris[index] = namespaces.last { $0.prefix.elementsEqual(prefix) }?.uri }
    if open.isEmpty { isEnvelope = tree.root.name == InvoiceXMLReader.envelope }
    if let parent = open.last.map(Int.init) {
      let last = tree.nodes[parent].lastChild
      if last >= 0 { tree.nodes[Int(last)].next = index } else { tree.nodes[parent].firstChild = index }
      tree.nodes[parent].lastChild = index
    }
    open.append(index)
    if isEmpty { close() }
  }

  /// Reads up to the tag's end; whether the element is empty.
  private mutating func attributes(of element: ArraySlice<UInt8>) throws(RecordFault) -> Bool {
    var count = 0
    var seen: [ArraySlice<UInt8>] = []
    while true {
      let before = offset
      skipSpace()
      guard offset < bytes.count else { throw fault("the XML ends inside a tag; is the file complete?") }
      if bytes[offset] == UInt8(ascii: ">") {
        offset += 1
        return false
      }
      if starts(with: "/>") {
        offset += 2
        return true
      }
      guard offset > before else { throw fault("white space was expected inside the tag '\(String(decoding: element, as: UTF8.self))'") }
      count += 1
      guard count <= InvoiceLimits.attributes else {
        throw fault("an element has more than \(InvoiceLimits.attributes) attributes", code: .tooManyValues)
      }
      let name = try name()
      if seen.contains(where: { $0.elementsEqual(name) }) {
        throw fault("the attribute '\(String(decoding: name, as: UTF8.self))' stands twice", at: name.startIndex)
      }
      seen.append(name)
      skipSpace()
      guard offset < bytes.count, bytes[offset] == UInt8(ascii: "=") else {
        throw fault("'=' was expected behind the attribute '\(String(decoding: name, as: UTF8.self))'")
      }
      offset += 1
      skipSpace()
      let value = try quoted()
      if name.elementsEqual("xmlns".utf8) {
        try declare([], value)
      } else if name.starts(with: "xmlns:".utf8) {
        try declare(name.dropFirst(6), value)
      } else if !name.contains(UInt8(ascii: ":")) {
        tree.attributes.append(.init(name: String(decoding: name, as: UTF8.self), value: value))
      }
    }
  }

  private mutating func quoted() throws(RecordFault) -> String {
    guard offset < bytes.count, bytes[offset] == 0x22 || bytes[offset] == 0x27 else {
      throw fault("an attribute's value in quotes was expected here")
    }
    let quote = bytes[offset]
    offset += 1
    let start = offset
    while offset < bytes.count, bytes[offset] != quote {
      if bytes[offset] == UInt8(ascii: "<") { throw fault("'<' stands in an attribute's value") }
      offset += 1
    }
    guard offset < bytes.count else { throw fault("an attribute's value is never closed; is the file complete?", at: start) }
    let value = try decoded(start..<offset)
    offset += 1
    return String(decoding: value, as: UTF8.self)
  }

  private mutating func declare(_ prefix: ArraySlice<UInt8>, _ uri: String) throws(RecordFault) {
    guard namespaces.count < InvoiceLimits.namespaces else {
      throw fault("more than \(InvoiceLimits.namespaces) namespaces are declared", code: .tooManyValues)
    }
    let namespace = uri.isEmpty ? Namespace.none : Namespace.uris[uri] ?? .foreign
    namespaces.append((prefix, uri, namespace, open.count))
  }

  private mutating func endTag() throws(RecordFault) {
    let start = offset
    offset += 2
    let name = try name()
    skipSpace()
    guard offset < bytes.count, bytes[offset] == UInt8(ascii: ">") else { throw fault("an end tag is not closed", at: start) }
    guard let last = open.last else { throw fault("an end tag has no beginning", at: start) }
    let expected = knownBytes[Int(tree.nodes[Int(last)].name)]
    guard expected.elementsEqual(name) else {
      throw fault("'\(String(decoding: expected, as: UTF8.self))' is closed by '\(String(decoding: name, as: UTF8.self))'", at: start)
    }
    offset += 1
    close()
  }

  private mutating func close() {
    open.removeLast()
    while let last = namespaces.last, last.depth >= open.count { namespaces.removeLast() }
  }
}
