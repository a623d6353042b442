/// What a file of a layout folder lays out: its name, its outermost element, and what may be known in it.
enum LayoutRoot: CaseIterable {
  /// `layout.xml`: a customer's bill.
  case bill
  /// `terms.xml`: the terms by themselves, one leaflet for all customers of a language and format.
  case leaflet

  /// The file's name in the layout's folder.
  var file: String {
    switch self {
    case .bill: "layout.xml"
    case .leaflet: "terms.xml"
    }
  }

  /// Its outermost element.
  var kind: ElementKind {
    switch self {
    case .bill: .bill
    case .leaflet: .leaflet
    }
  }

  /// What a file of it is called in messages, with the article.
  var phrase: String {
    switch self {
    case .bill: "a layout"
    case .leaflet: "the layout of a leaflet"
    }
  }

  /// Whether a folder may do without.
  var isOptional: Bool { self != .bill }

  /// Whether one file of it serves many customers, so that nothing of a record may show in it.
  var isForAll: Bool { self == .leaflet }

  /// The root that begins with that tag.
  init?(tag: String) {
    guard let root = Self.allCases.first(where: { $0.kind.tag == tag }) else { return nil }
    self = root
  }
}
