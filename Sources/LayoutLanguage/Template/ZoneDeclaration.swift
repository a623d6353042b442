public import Geometry
public import Vocabulary

/// A `zone` of a page, measured from the edges of the trimmed sheet.
public struct ZoneDeclaration: Sendable {
  /// Where it is.
  public enum Form: Hashable, Sendable {
    case area(Rect)
    /// A level line at that height over the whole sheet.
    case level(Length)
    /// An upright line over the whole sheet.
    case upright(Length)
  }

  /// What places and coupons call it by.
  public let name: String
  /// What it is for.
  public let kind: ZoneKind
  /// Lines for folds, areas for all others.
  public let form: Form
  /// Of a level fold: how far from it the body stays by itself; `nil` where it may come to stand on it.
  public let avoided: Length?
  /// How far the sheet can move against it, to either side and up or down.
  public let slide: Size
  /// What comes of text, pictures and rules in it.
  public let rule: ZoneRule
  /// Where it is in force; `nil` for every bill.
  public let condition: Expression?
  /// The number of the element.
  public let node: Int
}
