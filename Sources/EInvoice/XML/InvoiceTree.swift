internal import Billing
internal import Diagnostics

/// An invoice's XML as a tree of elements, in one piece of memory.
///
/// Texts stay in the source until they are asked for, so that attachments of megabytes cost nothing. Which values have been asked for is
/// kept (``isRead``): what nobody asked for is listed in the record.
final class InvoiceTree {
  struct Node {
    var name: Int32
    var namespace: Namespace
    /// The byte of its start tag's `<` in the source.
    var start: Int32
    var parent: Int32
    var firstChild: Int32 = -1
    var lastChild: Int32 = -1
    var next: Int32 = -1
    /// The bytes of its text in the source, where that is one piece without references.
    var text: Range<Int32> = 0..<0
    var attributes: Range<Int32> = 0..<0
  }

  struct Attribute {
    var name: String
    var value: String
  }

  let source: SourceText
  /// The document's element: the first, or the one inside an envelope.
  var rootIndex = 0
  var nodes: [Node] = []
  var attributes: [Attribute] = []
  /// Texts of several pieces or with references, decoded.
  var decoded: [Int32: [UInt8]] = [:]
  /// Local names by number.
  var names: [String] = []
  /// The names as written, with their prefixes, by number.
  var written: [String] = []
  /// Numbers by local name: several where prefixes differ.
  var numbers: [String: [Int32]] = [:]
  var isRead: [Bool] = []
  /// The URIs of the namespaces that elements which may be the root are in: for the message about a wrong one.
  var uris: [Int32: String] = [:]

  init(source: SourceText) { self.source = source }

  /// The root element.
  var root: InvoiceElement { InvoiceElement(self, rootIndex) }

  /// The bytes of an element's own text; empty where it has none.
  func bytes(of index: Int) -> ArraySlice<UInt8> {
    if let text = decoded[Int32(index)] { return text[...] }
    let range = nodes[index].text
    return source.utf8[Int(range.lowerBound)..<Int(range.upperBound)]
  }

  /// The way to an element as in `/Invoice/cac:InvoiceLine[3]/cbc:ID`: names as written, counted from 1 where several brothers share one.
  func path(of index: Int) -> String {
    var steps: [String] = []
    var index = Int32(index)
    while index >= 0 {
      let node = nodes[Int(index)]
      var step = written[Int(node.name)]
      if node.parent >= 0 {
        var (place, count) = (0, 0)
        var sibling = nodes[Int(node.parent)].firstChild
        while sibling >= 0 {
          if nodes[Int(sibling)].name == node.name {
            count += 1
            if sibling == index { place = count }
          }
          sibling = nodes[Int(sibling)].next
        }
        if count > 1 { step += "[\(place)]" }
      }
      steps.append(step)
      index = node.parent
    }
    return "/" + steps.reversed().joined(separator: "/")
  }
}

/// An element of an invoice's tree, and the way to its values.
struct InvoiceElement {
  let tree: InvoiceTree
  let index: Int

  init(_ tree: InvoiceTree, _ index: Int) { (self.tree, self.index) = (tree, index) }

  /// The local name.
  var name: String { tree.names[Int(tree.nodes[index].name)] }
  var namespace: Namespace { tree.nodes[index].namespace }
  /// Its place, for messages.
  var path: String { tree.path(of: index) }

  /// A fault at this element, with line and column.
  func fault(_ code: RecordFault.Code, _ message: String) -> RecordFault {
    tree.source.fault(code, message, path: path, at: Int(tree.nodes[index].start))
  }

  /// The elements right below, of any name.
  var children: [InvoiceElement] {
    var result: [InvoiceElement] = []
    var child = tree.nodes[index].firstChild
    while child >= 0 {
      result.append(InvoiceElement(tree, Int(child)))
      child = tree.nodes[Int(child)].next
    }
    return result
  }

  /// The elements right below with that local name in one of the invoice's namespaces, in their order.
  func all(_ name: String) -> [InvoiceElement] {
    guard let numbers = tree.numbers[name] else { return [] }
    var result: [InvoiceElement] = []
    var child = tree.nodes[index].firstChild
    while child >= 0 {
      let node = tree.nodes[Int(child)]
      if numbers.contains(node.name), node.namespace.isOfInvoices { result.append(InvoiceElement(tree, Int(child))) }
      child = node.next
    }
    return result
  }

  /// The first element at the end of a way of local names.
  func first(_ way: String...) -> InvoiceElement? { first(way) }

  func first(_ way: [String]) -> InvoiceElement? {
    var place = self
    for name in way {
      guard let numbers = place.tree.numbers[name] else { return nil }
      var child = tree.nodes[place.index].firstChild
      while child >= 0 {
        let node = tree.nodes[Int(child)]
        if numbers.contains(node.name), node.namespace.isOfInvoices { break }
        child = node.next
      }
      guard child >= 0 else { return nil }
      place = InvoiceElement(tree, Int(child))
    }
    return place
  }

  /// An attribute without prefix, white space trimmed; `nil` where it is absent or empty.
  func attribute(_ name: String) -> String? {
    let range = tree.nodes[index].attributes
    for attribute in tree.attributes[Int(range.lowerBound)..<Int(range.upperBound)] where attribute.name == name {
      let value = InvoiceText.collapsed(Array(attribute.value.utf8)[...])
      return value.isEmpty ? nil : value
    }
    return nil
  }

  /// Marks the element's text as read.
  func markRead() { tree.isRead[index] = true }

  /// Takes ``markRead()`` back, for a value that turned out to have no place.
  func markUnread() { tree.isRead[index] = false }

  /// The text without a look at what it holds, white space collapsed; marks it as read.
  var text: String {
    markRead()
    return InvoiceText.collapsed(tree.bytes(of: index))
  }

  /// The text with the lines its author wrote, LF between them; on one line where the element is no prose. Marks it as read.
  var prose: String {
    guard isProse else { return text }
    markRead()
    return InvoiceText.prose(tree.bytes(of: index))
  }

  /// Whether people write its text: the last part of its name is a representation term of the kind Text or Name (UN/CEFACT Core Components
  /// Technical Specification 3.0, 5.7), not one of a code, a number or a date. Towns and regions have no lines.
  private var isProse: Bool {
    if name == "CityName" || name == "CountrySubDivisionName" { return false }
    return Self.proseEndings.contains { name.hasSuffix($0) }
  }

  private static let proseEndings = [
    "Name", "Note", "Description", "Reason", "Information", "Content", "Text", "Line", "LineOne", "LineTwo", "LineThree", "Value", "Form",
    "Remarks",
  ]

  /// The text in paragraphs; marks it as read.
  var paragraphs: [String] {
    markRead()
    return InvoiceText.paragraphs(tree.bytes(of: index))
  }

  /// How many bytes base64 text stands for; marks it as read.
  var base64Bytes: Int {
    markRead()
    var count = 0
    for byte in tree.bytes(of: index) where byte > 0x20 && byte != UInt8(ascii: "=") { count += 1 }
    return count * 3 / 4
  }
}
