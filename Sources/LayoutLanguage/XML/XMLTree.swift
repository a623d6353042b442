internal import Diagnostics

/// An element of a layout file as written. Ranges are offsets into the file.
final class XMLElement {
  /// The local name.
  let name: String
  let nameRange: Range<Int>
  /// From `<` to `>`.
  var startTag: Range<Int>
  /// From the start tag's first to the end tag's last byte.
  var range: Range<Int>
  var attributes: [XMLAttribute] = []
  var children: [XMLContent] = []
  /// Whether it is in the layout namespace.
  var isLayout = false
  /// The namespace that unprefixed elements below have.
  var defaultNamespace: String?
  /// The default namespace declared on it, where one is.
  var declaredNamespace: String?
  /// Prefixes declared on it.
  var prefixes: [String: String] = [:]
  /// The name with its prefix.
  let qualifiedName: String
  /// Whether it has no end tag (`<br/>`).
  var isSelfClosed = false
  /// Whether its start tag was never closed.
  var isBroken = false
  var hasTooManyAttributes = false

  init(qualifiedName: String, name: String, nameRange: Range<Int>, at start: Int) {
    self.qualifiedName = qualifiedName
    self.name = name
    self.nameRange = nameRange
    startTag = start..<start
    range = start..<start
  }

  /// The same element once more, with attributes and children of its own.
  init(_ other: XMLElement) {
    (qualifiedName, name, nameRange) = (other.qualifiedName, other.name, other.nameRange)
    (startTag, range) = (other.startTag, other.range)
    (attributes, children) = (other.attributes, other.children)
    (isLayout, isSelfClosed, isBroken) = (other.isLayout, other.isSelfClosed, other.isBroken)
    (defaultNamespace, declaredNamespace, prefixes) = (other.defaultNamespace, other.declaredNamespace, other.prefixes)
    hasTooManyAttributes = other.hasTooManyAttributes
  }

  /// The attribute of that name.
  subscript(name: String) -> XMLAttribute? { attributes.first { $0.name == name } }

  /// The element that follows a child by its index, with nothing but comments and white space between the two; `nil` where other words do, or none.
  func nextElement(after index: Int) -> XMLElement? {
    for child in children[(index + 1)...] {
      switch child {
      case .element(let element): return element
      case .comment: continue
      case .text(let text, _): if !text.bytes.allSatisfy(Lexer.isSpace) { return nil }
      }
    }
    return nil
  }

  /// The child elements.
  var elements: [XMLElement] { children.compactMap { if case .element(let element) = $0 { element } else { nil } } }
}

/// An attribute as written; namespace declarations are not among them.
struct XMLAttribute {
  var name: String
  var nameRange: Range<Int>
  /// The value with references put in; line ends and tabs are spaces.
  var value: SourceText
  /// Between the quotes.
  var valueRange: Range<Int>
}

/// What stands in an element.
enum XMLContent {
  case element(XMLElement)
  /// Text with references and CDATA put in, and the range it was written in.
  case text(SourceText, Range<Int>)
  case comment(Range<Int>)
}

/// A parsed file.
struct XMLDocument {
  var file: SourceFile
  var root: XMLElement?
  /// Comments before and after the root element.
  var prologComments: [Range<Int>] = []
  var epilogComments: [Range<Int>] = []
  /// The declaration, where there is one.
  var declaration: Range<Int>?
}
