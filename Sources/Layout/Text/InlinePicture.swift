internal import Diagnostics
public import Geometry
public import Vocabulary

/// A picture among the words of a paragraph: set like a letter, never parted, as wide as its proportions make it.
///
/// To lines and to bidi it is the character U+FFFC (object replacement): lines may end on either side of it as UAX #14 says of class CB, and its
/// direction is that of the words around it (UAX #9, ON).
public final class InlinePicture: Hashable, Sendable {
  /// The number in the layout's image table.
  public let image: Int
  /// The size it is shown at, in points.
  public let size: Size
  /// How it stands to the baseline.
  public let alignment: PictureAlignment
  /// What it shows, for readers who cannot see it; `nil` for ornament.
  public let description: String?
  let origin: Origin

  /// Makes a picture of that size.
  public init(image: Int, size: Size, alignment: PictureAlignment = .baseline, description: String?, origin: Origin = .none) {
    self.image = image
    self.size = size
    self.alignment = alignment
    self.description = description
    self.origin = origin
  }

  /// The picture in other type.
  func scaled(by factor: Double) -> InlinePicture {
    InlinePicture(
      image: image, size: Size(width: size.width * factor, height: size.height * factor), alignment: alignment, description: description,
      origin: origin)
  }

  /// What stands on the line: a figure with its words, or an ornament.
  public var frame: Frame {
    var frame = Frame(size: size, tag: .picture(description, origin))
    frame.add(.image(ImageItem(image: image, size: size)), at: .zero)
    return frame
  }

  /// The number of the layout element that made it; -1 for none.
  public var element: Int { origin.element }
  /// The record path that fed it, as text; empty for none.
  public var path: String { origin.path?.text ?? "" }

  /// Whether both are equal in value; identical objects are compared at once.
  public static func == (a: InlinePicture, b: InlinePicture) -> Bool {
    a === b
      || (a.image == b.image && a.size == b.size && a.alignment == b.alignment && a.description == b.description && a.origin == b.origin)
  }
  /// Equal values hash alike.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(image)
    hasher.combine(size)
    hasher.combine(description)
  }
}

extension Tag {
  /// Of a picture: a figure with its words, or an ornament where it has none.
  static func picture(_ description: String?, _ origin: Origin) -> Tag {
    let tag = Tag(description == nil ? .artifact(.layout) : .figure, source: origin.element, path: origin.path)
    return description.map { tag.described($0) } ?? tag
  }
}
