public import Geometry
public import Vocabulary

/// A payment slip at the foot of the first or the last page. It stays whole, as wide as the page's body, below the footer, and is given to
/// the paginator with the document (``Document/coupons``): it is no part of the body's flow.
public final class CouponNode {
  let child: any Node
  let page: CouponPage
  /// The least distance to what stands above it.
  let gap: Length
  let origin: Origin

  /// Makes a coupon for the first or last page.
  public init(_ child: any Node, page: CouponPage = .last, gap: Length = .zero, origin: Origin = .none) {
    (self.child, self.page, self.gap, self.origin) = (child, page, gap, origin)
  }
}
