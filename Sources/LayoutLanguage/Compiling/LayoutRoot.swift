/// What a file of a layout folder lays out: its name, its outermost element, and what may be known in it.
enum LayoutRoot: CaseIterable {
  /// `layout.xml`: a customer's bill.
  case bill
  /// `terms.xml`: the terms by themselves, one leaflet for all customers of a language and format.
  case leaflet
  /// `postcard.xml`: the reminder on a card, which everybody can read on its way.
  case postcard

  /// The file's name in the layout's folder.
  var file: String {
    switch self {
    case .bill: "layout.xml"
    case .leaflet: "terms.xml"
    case .postcard: "postcard.xml"
    }
  }

  /// Its outermost element.
  var kind: ElementKind {
    switch self {
    case .bill: .bill
    case .leaflet: .leaflet
    case .postcard: .postcard
    }
  }

  /// What a file of it is called in messages, with the article.
  var phrase: String {
    switch self {
    case .bill: "a layout"
    case .leaflet: "the layout of a leaflet"
    case .postcard: "the layout of a postcard"
    }
  }

  /// Whether a folder may do without.
  var isOptional: Bool { self != .bill }

  /// Whether one file of it serves many customers, so that nothing of a record may show in it.
  var isForAll: Bool { self == .leaflet }

  /// Whether it is made for campaigns only, so that `campaign` is always there.
  var needsCampaign: Bool { self != .bill }

  /// The anchors that it has without naming them.
  var builtInAnchors: [AnchorName] {
    switch self {
    case .bill: AnchorName.allCases
    case .leaflet: [.terms]
    // Its words may stand anywhere, in no part of their own.
    case .postcard: []
    }
  }

  /// The root that begins with that tag.
  init?(tag: String) {
    guard let root = Self.allCases.first(where: { $0.kind.tag == tag }) else { return nil }
    self = root
  }
}
