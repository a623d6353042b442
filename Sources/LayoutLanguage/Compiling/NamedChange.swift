internal import Diagnostics
internal import Geometry

/// What a variant writes of a page, place, zone, table, column, block or part, which it knows by its name.
struct NamedChange {
  /// Which of these it is of.
  var kind: ElementKind
  /// The name, white space taken off.
  var name: String
  /// As written in the variant.
  var element: XMLElement
  var file: SourceFile
  /// Of the name in the file.
  var nameRange: SourceRange
  /// Whether the thing is left out; `nil` where nothing is written.
  var isLeftOut: Bool?
  /// Of a page: its places, zones, header and footer; of a table: its columns.
  var inner: [NamedChange] = []

  /// What tells it from the other changes of a page.
  var key: String { NamedChange.key(kind, name) }
  static func key(_ kind: ElementKind, _ name: String) -> String { "\(kind.rawValue) \(name)" }

  /// Whether it says anything of what stands in the thing.
  var hasContent: Bool {
    element.children.contains { child in
      switch child {
      case .element: true
      case .text(let text, _): !text.bytes.allSatisfy(Lexer.isSpace)
      case .comment: false
      }
    }
  }

  /// The element with what the changes write of its attributes.
  ///
  /// - Parameter others: Of one element, the less particular first; what is measured from the other side goes.
  static func merged(_ element: XMLElement, with others: [NamedChange]) -> XMLElement {
    let result = XMLElement(element)
    for change in others {
      for attribute in change.element.attributes where !["name", "show"].contains(attribute.name) {
        let replaced = [attribute.name] + (opposites[attribute.name].map { [$0] } ?? [])
        result.attributes.removeAll { replaced.contains($0.name) }
        result.attributes.append(attribute)
      }
    }
    return result
  }

  private static let opposites = ["x": "right", "right": "x", "y": "bottom", "bottom": "y"]
}

/// The changes of all variants for one edition.
struct EditionChanges {
  /// The less particular first.
  var changes: [NamedChange] = []
  /// Zero for no grid; `nil` for the layout's.
  var baseline: Length?
  /// How bills are set smaller, or that they are not; `nil` for what the layout says.
  var fitSheet: FitSheet??
  /// The most particular variant it has; `nil` for the layout without variants.
  var place: SourceRange?
  /// Places, header and footer of the page being read that have been met, by their keys.
  var metPlaces: Set<String> = []
  /// Parts that have been met, and where.
  var metParts: [String: (element: ObjectIdentifier, range: SourceRange)] = [:]

  /// The changes of a thing, the less particular first.
  func changes(of kind: ElementKind, _ name: String) -> [NamedChange] { changes.filter { $0.kind == kind && $0.name == name } }

  /// The changes of places, the header or the footer of a page.
  func changes(ofPage page: String, _ kind: ElementKind, _ name: String) -> [NamedChange] {
    changes.filter { $0.kind == .variantPage && $0.name == page }.flatMap(\.inner).filter { $0.kind == kind && $0.name == name }
  }
}

/// The names of what variants can change, and what of their changes has found its thing.
struct ChangeableNames {
  var tables: Set<String> = []
  /// By table.
  var columns: [String: Set<String>] = [:]
  var blocks: Set<String> = []
  var parts: Set<String> = []
  var pages: Set<String> = []
  /// By page.
  var places: [String: Set<String>] = [:]
  /// By page.
  var zones: [String: Set<String>] = [:]
  /// The elements of the changes that were made anywhere.
  var made: Set<ObjectIdentifier> = []
}
