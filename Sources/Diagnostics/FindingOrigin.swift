/// Where a finding about a record arose, beside the record itself.
public enum FindingOrigin: Hashable, Sendable {
  /// In a block of the layout.
  case block(LayoutBlock)
  /// In an expression or another part of layout, strings or campaign.
  case source(SourcePlace)
  /// In the document that the record is made from.
  case document(DocumentPlace)

  /// The place in a text of layout or campaign, for an excerpt and a link; `nil` where there is none.
  public var source: SourcePlace? {
    switch self {
    case .block(let block): block.place
    case .source(let place): place
    case .document: nil
    }
  }
}

/// An element of a layout, as findings name it.
public struct LayoutBlock: Hashable, Sendable {
  /// The element's name: `place`.
  public var element: String
  /// The name the layout gives it; `nil` where it has none.
  public var label: String?
  /// Where it stands.
  public var place: SourcePlace

  /// Makes the name of a block.
  public init(element: String, label: String? = nil, place: SourcePlace) {
    (self.element, self.label, self.place) = (element, label, place)
  }

  /// `<place> 'facts' (layout.xml:256:6)`, as the manifest and messages have it.
  public var text: String { "<\(element)>\(label.map { " '\($0)'" } ?? "") (\(place.text))" }
}

/// A place in a document that a record is made from, such as an invoice's XML.
public struct DocumentPlace: Hashable, Sendable {
  /// From 1.
  public var line: Int
  /// From 1, in Unicode scalars.
  public var column: Int
  /// What stands there; empty at the end of the document and before bytes that mean nothing.
  public var excerpt: String
  /// What stands before it on its line, told where ``excerpt`` is empty.
  public var before: String

  /// Makes a place.
  public init(line: Int, column: Int, excerpt: String = "", before: String = "") {
    (self.line, self.column, self.excerpt, self.before) = (line, column, excerpt, before)
  }

  /// `line 3, column 7` and what stands there, or else behind what it stands.
  public var text: String {
    let words = "line \(line), column \(column)"
    if !excerpt.isEmpty { return "\(words): `\(excerpt)`" }
    return before.isEmpty ? words : "\(words), behind `\(before)`"
  }
}
