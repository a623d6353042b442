public import Geometry

/// The frame of a page: its size, margins and what stands on it besides the body.
public struct PageMaster {
  public var size: Size
  /// Physical, never mirrored.
  public var margin: Insets
  /// Stands at the top margin, above the body; as wide as the body.
  public var header: (any Node)?
  /// Stands at the bottom margin, below the body and above a coupon.
  public var footer: (any Node)?
  /// Content at fixed places, painted before everything else.
  public var places: [PlaceNode]

  public init(
    size: Size, margin: Insets, header: (any Node)? = nil, footer: (any Node)? = nil, places: [PlaceNode] = []
  ) {
    (self.size, self.margin, self.header, self.footer, self.places) = (size, margin, header, footer, places)
  }
}

/// The masters of a document and which page uses which.
///
/// Page 1 uses `first`, even when it is the last page too. The last page of several uses `last`; even pages use `left` and odd ones `right`;
/// all others `next`. A master that is not given is stood in for by `next`, and that by `first`.
public struct PageMasters {
  public var first: PageMaster
  public var next: PageMaster?
  public var last: PageMaster?
  public var left: PageMaster?
  public var right: PageMaster?

  public init(
    first: PageMaster, next: PageMaster? = nil, last: PageMaster? = nil, left: PageMaster? = nil, right: PageMaster? = nil
  ) {
    (self.first, self.next, self.last, self.left, self.right) = (first, next, last, left, right)
  }

  enum Kind: Hashable { case first, next, last, left, right }

  func kind(page: Int, isLast: Bool) -> Kind {
    if page <= 1 { return .first }
    if isLast, last != nil { return .last }
    if page.isMultiple(of: 2) { return left != nil ? .left : .next }
    return right != nil ? .right : .next
  }

  func master(_ kind: Kind) -> PageMaster {
    switch kind {
    case .first: first
    case .next: next ?? first
    case .last: last ?? next ?? first
    case .left: left ?? next ?? first
    case .right: right ?? next ?? first
    }
  }
}

/// Everything one bill is laid out from.
public struct Document {
  /// No bill has more pages than this unless its layout says so: a runaway ends here.
  public static let defaultPageLimit = 5_000

  public var masters: PageMasters
  public var body: any Node
  /// Payment slips at the foot of the first or last page.
  public var coupons: [CouponNode]
  public var pageLimit: Int

  public init(masters: PageMasters, body: any Node, coupons: [CouponNode] = [], pageLimit: Int = Document.defaultPageLimit) {
    (self.masters, self.body, self.coupons, self.pageLimit) = (masters, body, coupons, max(1, pageLimit))
  }
}
