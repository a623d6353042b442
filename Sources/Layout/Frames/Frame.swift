public import Geometry

/// A finished rectangle: everything in it has its place, nothing is left to measure.
///
/// A value that is one reference wide: frames are handed on, wrapped and taken apart far more often than they are changed, and every part
/// that were copied along would be a count of references.
public struct Frame: Hashable, Sendable {
  private var parts: Parts

  /// What a frame is made of; shared by copies until one of them changes.
  ///
  /// - Invariant: Only a ``Frame`` that is its single owner writes to it, so that what others see never changes.
  private final class Parts: @unchecked Sendable {
    var size: Size
    var baseline: Length?
    var items: [PlacedItem]
    var tag: Tag?
    var pagePosition: Point?
    var isInsert = false
    var isTied = false
    var isKept = false
    var flex = 0.0

    init(size: Size, baseline: Length?, items: [PlacedItem], tag: Tag?) {
      (self.size, self.baseline, self.items, self.tag) = (size, baseline, items, tag)
    }

    init(_ other: Parts) {
      (size, baseline, items, tag) = (other.size, other.baseline, other.items, other.tag)
      (pagePosition, isInsert, isTied, isKept, flex) = (other.pagePosition, other.isInsert, other.isTied, other.isKept, other.flex)
    }
  }

  private mutating func own() { if !isKnownUniquelyReferenced(&parts) { parts = Parts(parts) } }

  /// Its width and height.
  public var size: Size {
    get { parts.size }
    _modify {
      own()
      yield &parts.size
    }
  }
  /// The first text baseline, from the top; `nil` where the frame has no text.
  public var baseline: Length? {
    get { parts.baseline }
    _modify {
      own()
      yield &parts.baseline
    }
  }
  /// What is in it, in painting order; coordinates are relative to the frame's top left.
  public var items: [PlacedItem] {
    get { parts.items }
    _modify {
      own()
      yield &parts.items
    }
  }
  /// What the frame means and where it comes from.
  public var tag: Tag? {
    get { parts.tag }
    _modify {
      own()
      yield &parts.tag
    }
  }
  /// What the frame is, where it has a tag: ``tag`` without a copy of all it says.
  var role: Tag.Role? { parts.tag?.role }
  /// Where on the page the frame stands, whatever it was placed in; `nil` for all but the contents of a ``PlaceNode``, and for those too
  /// once the page is finished: then the item's point says it.
  var pagePosition: Point? {
    get { parts.pagePosition }
    _modify {
      own()
      yield &parts.pagePosition
    }
  }
  /// Whether it is a marketing insert, which does not count when pages are compared.
  var isInsert: Bool {
    get { parts.isInsert }
    _modify {
      own()
      yield &parts.isInsert
    }
  }
  /// Whether it is kept with what stands above it in its column or table: a page is not parted between the two where it can be helped.
  var isTied: Bool {
    get { parts.isTied }
    _modify {
      own()
      yield &parts.isTied
    }
  }
  /// Whether all of it was to stay on one page.
  var isKept: Bool {
    get { parts.isKept }
    _modify {
      own()
      yield &parts.isKept
    }
  }
  /// What part of the height left over in a column the frame wants to take; 0 for all but a ``SpaceNode`` with a share.
  var flex: Double {
    get { parts.flex }
    _modify {
      own()
      yield &parts.flex
    }
  }

  package init(size: Size, baseline: Length? = nil, items: [PlacedItem] = [], tag: Tag? = nil) {
    parts = Parts(size: size, baseline: baseline, items: items, tag: tag)
  }

  /// Whether both are equal in value; copies of one frame are compared at once.
  public static func == (a: Frame, b: Frame) -> Bool {
    let (a, b) = (a.parts, b.parts)
    return a === b
      || (a.size == b.size && a.baseline == b.baseline && a.tag == b.tag && a.pagePosition == b.pagePosition && a.isInsert == b.isInsert
        && a.isTied == b.isTied && a.isKept == b.isKept && a.flex == b.flex && a.items == b.items)
  }
  /// Equal values hash alike.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(size)
    hasher.combine(tag)
    hasher.combine(items)
  }

  /// The frame in a frame of the same size with that tag.
  func marked(_ tag: Tag) -> Frame {
    Frame(size: size, baseline: baseline, items: [PlacedItem(at: .zero, item: .frame(self))], tag: tag)
  }

  /// Adds an item.
  public mutating func add(_ item: Item, at point: Point) { items.append(PlacedItem(at: point, item: item)) }
}

/// An item and the place of its origin (see ``Item``).
public struct PlacedItem: Hashable, Sendable {
  /// Where the item's origin stands in the frame.
  public var at: Point
  /// What stands there.
  public var item: Item
  package init(at point: Point, item: Item) { (self.at, self.item) = (point, item) }
}

/// What can stand in a frame.
public enum Item: Hashable, Sendable {
  /// A shaped run; the item's point is the left end of its baseline.
  case run(GlyphRun, Color)
  /// A filled or stroked path; the item's point is the path's origin.
  case shape(Shape)
  /// A picture; the item's point is its top left.
  case image(ImageItem)
  /// A barcode; the item's point is its top left.
  indirect case symbol(SymbolItem)
  /// A frame within the frame; the item's point is its top left.
  case frame(Frame)
  /// A line of text that is only known when all pages are; the item's point is the top left of the space kept for it.
  indirect case late(LateText)
  /// An active area; the item's point is its top left.
  case link(LinkArea)
  /// Where a part that is pointed to begins; nothing is drawn.
  case anchor(Landmark)
}

/// A rectangle that opens an address, or leads to another part of the document.
public struct LinkArea: Hashable, Sendable {
  /// Of the active rectangle.
  public var size: Size
  /// An absolute URI, already checked; of a link within the document the name of its ``anchor``. Empty where that is on no page.
  public var uri: String
  package init(size: Size, uri: String) { (self.size, self.uri) = (size, uri) }

  /// Where it leads within the document; `nil` for an address.
  public var anchor: Landmark? { uri.utf8.first == Landmark.anchorSign ? Landmark(rawValue: uri) : nil }
}

/// A picture that the page's owner has already decoded and bounded.
public struct ImageItem: Hashable, Sendable {
  /// The image's number in the layout's image table.
  public var image: Int
  /// The size it is shown at, as it lies on the page.
  public var size: Size
  /// Which way it is turned on the page; `nil` for a picture that stands upright.
  public var turn: QuarterTurn?
  package init(image: Int, size: Size, turn: QuarterTurn? = nil) { (self.image, self.size, self.turn) = (image, size, turn) }
}

/// The modules or bars of a barcode, encoded but not yet drawn.
public struct Symbol: Hashable, Sendable {
  /// A bar of a linear or height-modulated code, in units of the narrow module (x, width) and of the full height (0…1 from the top).
  public struct Bar: Hashable, Sendable {
    /// The left edge, in modules.
    public var x: Double
    /// In modules.
    public var width: Double
    /// The upper end, 0 (top) to 1.
    public var top: Double
    /// The lower end, 0 (top) to 1.
    public var bottom: Double
    package init(x: Double, width: Double, top: Double, bottom: Double) {
      (self.x, self.width, self.top, self.bottom) = (x, width, top, bottom)
    }
  }
  /// How the code is built.
  public enum Form: Hashable, Sendable {
    /// Square modules, row by row, `true` is dark; `dark.count == columns * rows`.
    case matrix(columns: Int, rows: Int, dark: [Bool])
    case bars([Bar], modules: Double)
  }
  /// Its modules or bars.
  public var form: Form
  /// What it says, for traces.
  public var text: String
  package init(form: Form, text: String) { (self.form, self.text) = (form, text) }
}

/// A barcode scaled to `size` (without quiet zone), dark modules in `color`.
public struct SymbolItem: Hashable, Sendable {
  /// The code.
  public var symbol: Symbol
  /// Without the quiet zone.
  public var size: Size
  /// Of dark modules.
  public var color: Color
  package init(symbol: Symbol, size: Size, color: Color = .black) { (self.symbol, self.size, self.color) = (symbol, size, color) }
}

/// A path with its paint.
public struct Shape: Hashable, Sendable {
  /// A step of a path.
  public enum Segment: Hashable, Sendable {
    case move(Point)
    case line(Point)
    /// A cubic Bézier curve with two control points.
    case curve(Point, Point, Point)
    case close
  }
  /// What is filled or stroked.
  public enum Outline: Hashable, Sendable {
    /// A rectangle from the origin, with corners of that radius.
    case rectangle(Size, radius: Length)
    case path([Segment])
  }
  /// How a line is drawn.
  public struct Stroke: Hashable, Sendable {
    /// Across the line.
    public var width: Length
    /// Of the line.
    public var color: Color
    /// Alternating on and off lengths; empty for a solid line.
    public var dashes: [Length]
    /// Makes a line, a solid one without dashes.
    public init(width: Length, color: Color, dashes: [Length] = []) { (self.width, self.color, self.dashes) = (width, color, dashes) }
  }
  /// Its form.
  public var outline: Outline
  /// `nil` for none.
  public var fill: Color?
  /// `nil` for none.
  public var stroke: Stroke?
  package init(_ outline: Outline, fill: Color? = nil, stroke: Stroke? = nil) {
    (self.outline, self.fill, self.stroke) = (outline, fill, stroke)
  }
}
