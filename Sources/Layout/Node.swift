public import Diagnostics
public import Geometry

/// Something that can be laid out. Immutable: filling it twice gives the same answer twice.
///
/// What is not obvious from the signatures:
/// - A node never looks at where it stands; it sees only the region it is offered and gives back a frame and, perhaps, the rest of itself.
/// - A region of infinite height never breaks anything: every node answers it with `.complete`.
/// - Nodes are objects: what holds them is handed on and taken apart all the time, and an object costs one reference where a value costs all of its own.
/// - The frame is as wide as its content asks (at most the region's width, unless a finding says so) and as high as what was placed.
public protocol Node: AnyObject {
  /// The narrowest and widest useful widths (min-content, max-content), in points.
  func widths(in context: LayoutContext) -> WidthRange
  /// How much wider than `width` the node must be for each ``Token`` in it to stay whole, its own blocks having given way to one another;
  /// zero where nothing is parted, and for nodes that cannot tell. Rows and tables ask it of what stands in their tracks.
  func missingWidth(at width: Length, in context: LayoutContext) -> Length
  /// The least widths at which no word is broken and no ``Token`` torn: with tokens parted at their joints, and in the smallest type they
  /// may be set in.
  func tokenBounds(in context: LayoutContext) -> TokenBounds
  /// Fills one region and hands back whatever did not fit.
  ///
  /// Where `region.mayBreak` is false the node accepts the region and places something new, overflowing it if need be; the overflow is a
  /// diagnostic.
  func fill(_ region: Region, in context: LayoutContext) -> Fragment
  /// The frame this node made, made `height` high, or `nil` for a node that keeps its own height.
  ///
  /// Rows, cells and sized blocks ask this of the frames of panels, whose background is to reach as far as the neighbour's.
  func stretched(_ frame: Frame, to height: Length) -> Frame?
}

extension Node {
  /// The least width at which no word is broken and no token parted.
  func leastWidth(in context: LayoutContext) -> Length {
    let minimum = widths(in: context).minimum
    return minimum + missingWidth(at: minimum, in: context)
  }

  /// Nothing is missing; see ``Node/missingWidth(at:in:)``.
  public func missingWidth(at width: Length, in context: LayoutContext) -> Length { .zero }
  /// Both as wide as the node at its least; see ``Node/tokenBounds(in:)``.
  public func tokenBounds(in context: LayoutContext) -> TokenBounds {
    let least = leastWidth(in: context)
    return TokenBounds(parted: least, smallest: least, tokens: least)
  }
  /// The frame made `height` high; see ``Node/stretched(_:to:)``.
  public func stretched(_ frame: Frame, to height: Length) -> Frame? { nil }
}

/// How narrow a node may be before a ``Token`` in it is torn; see ``Node/tokenBounds(in:)``.
public struct TokenBounds: Hashable, Sendable {
  /// In full size, tokens parted at their joints.
  public var parted: Length
  /// The same in the smallest type.
  public var smallest: Length
  /// What the tokens take in full size; of words that are broken anyway, only room for some letters.
  public var tokens: Length
  package init(parted: Length, smallest: Length, tokens: Length) {
    (self.parted, self.smallest, self.tokens) = (parted, smallest, tokens)
  }
  /// The same in every respect.
  init(all width: Length) { self.init(parted: width, smallest: width, tokens: width) }

  /// Enough for both.
  func union(_ other: TokenBounds) -> TokenBounds {
    TokenBounds(parted: max(parted, other.parted), smallest: max(smallest, other.smallest), tokens: max(tokens, other.tokens))
  }
  /// The bounds of both side by side.
  func joined(_ other: TokenBounds) -> TokenBounds {
    TokenBounds(parted: parted + other.parted, smallest: smallest + other.smallest, tokens: tokens + other.tokens)
  }
  func widened(by padding: Length) -> TokenBounds { joined(TokenBounds(all: padding)) }
}

/// The result of filling a region.
public enum Fragment {
  /// All of it is in the frame.
  case complete(Frame)
  /// Continue with `rest` in the next region.
  case partial(Frame, rest: any Node)
  /// Nothing placed; a region with more room would help.
  case deferred(need: Length)
}

/// Space offered to a node: a page body, a column, a cell.
public struct Region: Hashable, Sendable {
  /// What is left here. An infinite height means "as high as you like" and never breaks.
  public var size: Size
  /// Of the whole region: the base for percentages of the height.
  public var fullHeight: Length
  /// Of the whole region behind this one, as far as it is known and higher than this one; else zero.
  public var nextHeight: Length
  /// Whether a break here would lead to a region with more room. False in an untouched region (unless the next one is taller).
  public var mayBreak: Bool
  /// How far the region's top lies below the top of the page's body; only the baseline grid looks at it.
  public var top: Length
  /// Makes a region.
  public init(size: Size, fullHeight: Length, mayBreak: Bool, top: Length = .zero, nextHeight: Length = .zero) {
    (self.size, self.fullHeight, self.mayBreak, self.top, self.nextHeight) = (size, fullHeight, mayBreak, top, nextHeight)
  }

  /// The most room there is on one page, this one or the next: what does not fit there is broken.
  var roomiest: Region {
    let height = max(fullHeight.isFinite ? fullHeight : size.height, nextHeight)
    return Region(size: Size(width: size.width, height: height), fullHeight: height, mayBreak: false)
  }

  /// A region as high as its content.
  public static func endless(width: Length, fullHeight: Length = .infinity, top: Length = .zero) -> Region {
    Region(size: Size(width: width, height: .infinity), fullHeight: fullHeight, mayBreak: false, top: top)
  }
  /// Whether content goes on without end, so that nothing breaks.
  @inlinable public var isEndless: Bool { !size.height.isFinite }
  /// Whether nothing stands above: spaces before blocks vanish here.
  @inlinable var isUntouched: Bool { size.height.isFinite && fullHeight.fits(size.height) }

  /// What is left below `used`, that many points from the left and right edges taken off; breaking helps once anything stands above.
  func below(_ used: Length, width: Length? = nil) -> Region {
    Region(
      size: Size(width: width ?? size.width, height: max(.zero, size.height - used)), fullHeight: fullHeight,
      mayBreak: mayBreak || (used > .slack && !isEndless), top: top + used, nextHeight: nextHeight)
  }
}

/// Where a node comes from: the layout element and the record path. Every node that can overflow or be reported carries one.
public struct Origin: Hashable, Sendable {
  /// The number of the layout element; -1 for none.
  public var element: Int
  /// The record path that fed it.
  public var path: DataPath?
  /// Makes an origin.
  public init(element: Int = -1, path: DataPath? = nil) { (self.element, self.path) = (element, path) }
  /// No origin.
  public static let none = Origin()
}
