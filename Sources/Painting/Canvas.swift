public import Geometry
public import Layout

/// Something pages can be painted on: paper, pixels or a trace. All coordinates are absolute, from the top left of the page.
///
/// Drawing calls do not throw; a canvas keeps its first error and throws it at the end of the page.
public protocol Canvas: AnyObject {
  /// Begins a page of that size.
  func beginPage(size: Size)
  /// Draws a run; `origin` is the left end of its baseline.
  func draw(_ run: GlyphRun, at origin: Point, color: Color)
  /// Draws a shape; `origin` is its path's origin.
  func draw(_ shape: Shape, at origin: Point)
  /// Draws an image with its top left at `origin`.
  func draw(_ image: ImageItem, at origin: Point)
  /// Draws a barcode with its top left at `origin`.
  func draw(_ symbol: SymbolItem, at origin: Point)
  /// Makes an area active.
  func add(_ link: LinkArea, at origin: Point)
  /// Marks where a part begins that links lead to.
  func mark(_ anchor: Landmark, at origin: Point)
  /// Enters a frame that has a meaning.
  func enter(_ tag: Tag, frame: Rect)
  /// Leaves the frame entered last.
  func leave(_ tag: Tag)
  /// Ends the page; throws the first error met on it.
  func endPage() throws(PaintingError)
}

extension Canvas {
  /// Nobody is led to a place on paper or in a picture, unless a canvas says otherwise.
  public func mark(_ anchor: Landmark, at origin: Point) {}
  /// Meaning is not drawn, unless a canvas says otherwise.
  public func enter(_ tag: Tag, frame: Rect) {}
  /// Meaning is not drawn, unless a canvas says otherwise.
  public func leave(_ tag: Tag) {}
}
