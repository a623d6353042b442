public import Geometry
public import Vocabulary

/// A payment slip at the foot of the first or the last page. It stays whole, as wide as the page's body, above or below the footer, and is
/// given to the paginator with the document (``Document/coupons``): it is no part of the body's flow.
public final class CouponNode {
  /// Where the slip's upper edge stands and how it is torn off.
  public struct Form: Hashable, Sendable {
    /// The least distance to what stands above the slip.
    public var gap = Length.zero
    /// Whether the page's footer stands below the slip, not above it.
    public var isAboveFooter = false
    /// Along the upper edge; `nil` for a slip that is not torn off.
    public var perforation: Perforation?
    /// From the upper edge to the foot of the sheet; `nil` for as much as the content needs.
    public var edge: Length?
    /// Where content lower than the slip stands.
    public var valign = VerticalAlignment.top
    /// Makes the form of a slip that only lies at the foot.
    public init() {}
  }

  let child: any Node
  let page: CouponPage
  let form: Form
  let origin: Origin

  /// Makes a coupon for the first or last page.
  public init(_ child: any Node, page: CouponPage = .last, form: Form = Form(), origin: Origin = .none) {
    (self.child, self.page, self.form, self.origin) = (child, page, form, origin)
  }

  /// Makes a coupon that is not torn off; `gap` is its least distance to what stands above it.
  public convenience init(_ child: any Node, page: CouponPage = .last, gap: Length, origin: Origin = .none) {
    var form = Form()
    form.gap = gap
    self.init(child, page: page, form: form, origin: origin)
  }
}
