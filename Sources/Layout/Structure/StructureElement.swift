public import Diagnostics

/// One element of a document's logical structure.
///
/// The kinds are PDF's standard structure types (ISO 32000-1, 14.8.4), so that a writer of tagged files needs no map of roles.
public struct StructureElement: Hashable, Sendable, Identifiable {
  /// What an element is.
  public enum Kind: Hashable, Sendable {
    case document
    /// A part that stands for itself, such as a message.
    case section
    /// Blocks that stand together, such as an address in its place.
    case division
    case blockQuote
    /// From 1 on; none is skipped on the way down.
    case heading(level: Int)
    case paragraph
    case list, listItem, label, listBody
    case table, tableHead, tableBody, tableFoot, tableRow
    case cell(CellPlace)
    case figure
    case link
    /// Text in another language than what is around it.
    case span
  }
  /// A part of an element, in reading order.
  public enum Child: Hashable, Sendable {
    case element(ID)
    case content(ContentPiece)
  }

  /// The element's number in its document; the document itself is 0.
  public let id: Int
  /// The number of the element it is part of; `nil` for the document.
  public let parent: ID?
  /// What it is.
  public internal(set) var kind: Kind
  /// The number of the layout element it comes from; -1 for none.
  public internal(set) var source = -1
  /// The record path that fed it.
  public internal(set) var path: DataPath?
  /// The name it is looked for by.
  public internal(set) var landmark: Landmark?
  /// What a figure shows.
  public internal(set) var description: String?
  /// What it says where that is not painted: a value of a table that the row above has, too. A writer of tagged files gives it as the
  /// element's replacement text.
  public internal(set) var replacement: String?
  /// A BCP 47 tag, where the language is not that of what is around it; always on the document, unless nobody knows.
  public internal(set) var language: String?
  /// What a link opens: an absolute URI.
  public internal(set) var address: String?
  /// Its parts, in reading order.
  public internal(set) var children: [Child] = []

  init(id: Int, parent: Int?, kind: Kind) { (self.id, self.parent, self.kind) = (id, parent, kind) }
}

/// Something painted, or a part of it.
public struct ContentPiece: Hashable, Sendable {
  /// The page, from 1.
  public var page: Int
  /// The place among everything that the page paints, frames not counted, in painting order from 0.
  public var item: Int
  /// Which bytes of a run's text; `nil` for all of it, and for everything but runs.
  public var bytes: Range<Int>?
}
