public import Geometry
internal import Vocabulary

/// The frame of a page: its size, margins and what stands on it besides the body.
public struct PageMaster {
  /// The trim size.
  public var size: Size
  /// Physical, never mirrored.
  public var margin: Insets
  /// Stands at the top margin, above the body; as wide as the body.
  public var header: (any Node)?
  /// Stands at the bottom margin, below the body and above a coupon.
  public var footer: (any Node)?
  /// Content at fixed places, painted before everything else.
  public var places: [PlaceNode]
  /// What parts of the sheet are kept for.
  public var zones: [PageZone] = []

  /// Makes a master.
  public init(
    size: Size, margin: Insets, header: (any Node)? = nil, footer: (any Node)? = nil, places: [PlaceNode] = []
  ) {
    (self.size, self.margin, self.header, self.footer, self.places) = (size, margin, header, footer, places)
  }
}

/// The masters of a document and which page uses which.
///
/// Page 1 uses `first`, even when it is the last page too. The last page of several uses `last`; even pages use `left` and odd ones
/// `right`; all others `next`. A master that is not given is stood in for by `next`, and that by `first`.
public struct PageMasters {
  /// Of page 1.
  public var first: PageMaster
  /// Of every page that has no other.
  public var next: PageMaster?
  /// Of the last page, if there are several.
  public var last: PageMaster?
  /// Of even pages.
  public var left: PageMaster?
  /// Of odd pages from 3 on.
  public var right: PageMaster?

  /// Makes a set of masters; a layout with one only gives it as `first`.
  public init(
    first: PageMaster, next: PageMaster? = nil, last: PageMaster? = nil, left: PageMaster? = nil, right: PageMaster? = nil
  ) {
    (self.first, self.next, self.last, self.left, self.right) = (first, next, last, left, right)
  }

  func kind(page: Int, isLast: Bool) -> PageRole {
    if page <= 1 { return .first }
    if isLast, last != nil { return .last }
    if page.isMultiple(of: 2) { return left != nil ? .left : .next }
    return right != nil ? .right : .next
  }

  /// Whether the master of that kind belongs to the pages between the first and the last, as many as there happen to be.
  func isRunning(_ kind: PageRole) -> Bool {
    switch kind {
    case .first: false
    case .next: next != nil
    case .last: last == nil && next != nil
    case .left: left != nil || next != nil
    case .right: right != nil || next != nil
    }
  }

  func master(_ kind: PageRole) -> PageMaster {
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
  ///
  /// - Stops: a layout whose content never ends.
  public static let defaultPageLimit = 5_000

  /// The pages' frames.
  public var masters: PageMasters
  /// What flows over the pages.
  public var body: any Node
  /// Payment slips at the foot of the first or last page.
  public var coupons: [CouponNode]
  /// Pages after which a `tooManyPages` finding ends the run.
  public var pageLimit: Int
  /// How far pages are painted beyond the trim size, on each side.
  public var bleed = Length.zero

  /// Makes a document.
  public init(masters: PageMasters, body: any Node, coupons: [CouponNode] = [], pageLimit: Int = Document.defaultPageLimit) {
    (self.masters, self.body, self.coupons, self.pageLimit) = (masters, body, coupons, max(1, pageLimit))
  }
}
