public import Geometry

/// What each mark of one page is to a reader.
public struct PageStructure: Sendable {
  /// What something painted belongs to.
  public enum Owner: Hashable, Sendable {
    case element(StructureElement.ID)
    case artifact(Artifact)
  }
  /// Something painted and what it belongs to.
  public struct Content: Hashable, Sendable {
    /// What is painted.
    public var piece: ContentPiece
    /// What it belongs to.
    public var owner: Owner
  }
  /// A tagged frame on the page, whatever becomes of its meaning.
  public struct Area: Sendable {
    /// Its meaning and where it comes from.
    public var tag: Tag
    /// Where it stands on the page.
    public var rect: Rect
  }

  /// The page, from 1.
  public let number: Int
  /// Everything painted, in painting order; a run that is partly a link, or partly in another language, in several pieces.
  public internal(set) var contents: [Content] = []
  /// Every frame with a tag, in painting order, outer before inner.
  public internal(set) var areas: [Area] = []

  init(number: Int) { self.number = number }
}
