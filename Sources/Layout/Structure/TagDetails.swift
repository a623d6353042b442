/// What the pieces of one element have in common: an object made where the element is broken for the first time, and handed on with the
/// rest.
///
/// It is the same object on all of them and says nothing else, so that a fragment that is kept from document to document keeps its own. Where
/// one fragment stands twice in a document, each of its pieces continues the copy that has waited longest.
public final class TagIdentity: Sendable {
  init() {}
}

/// Which piece of its element a frame is.
public enum TagPiece: Hashable, Sendable {
  case whole
  /// Others follow.
  case first, middle
  case last
}

/// A part of a paragraph's items that is a link: text of a run, a picture among the words, or the active area over them.
public struct LinkedText: Hashable, Sendable {
  /// The index of the item in its line, or in its frame.
  public var item: Int
  /// Which bytes of the run's text; `nil` for a picture and for an active area.
  public var bytes: Range<Int>?
  /// The number of the link within the paragraph: the index of its first span.
  public var link: Int
  package init(item: Int, bytes: Range<Int>?, link: Int) { (self.item, self.bytes, self.link) = (item, bytes, link) }
}

/// What a ``Tag`` says beyond its role and origin.
struct TagDetails: Hashable, Sendable {
  var landmark: Landmark?
  var description: String?
  /// What stands for its content where that is not painted.
  var replacement: String?
  var language: String?
  var identity: TagIdentity?
  var piece = TagPiece.whole
  var links: [LinkedText] = []

  var isEmpty: Bool { landmark == nil && description == nil && replacement == nil && language == nil && identity == nil && links.isEmpty }

  static func == (a: TagDetails, b: TagDetails) -> Bool {
    a.landmark == b.landmark && a.description == b.description && a.replacement == b.replacement && a.language == b.language
      && a.piece == b.piece && a.links == b.links
  }
  func hash(into hasher: inout Hasher) {
    hasher.combine(landmark)
    hasher.combine(description)
    hasher.combine(piece)
  }
}
