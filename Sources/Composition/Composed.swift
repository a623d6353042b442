internal import Geometry
internal import Layout

/// What composing hands up beside the content itself.
struct Composed<Content> {
  var content: Content
  /// The smallest type size in it, which `min-size` is measured by; infinite where it has no type.
  var smallest: Length
  /// The payment slips met in it, for the paginator: they are no part of the flow.
  var coupons: [CouponNode]

  init(_ content: Content, smallest: Length = .infinity, coupons: [CouponNode] = []) {
    (self.content, self.smallest, self.coupons) = (content, smallest, coupons)
  }

  /// Takes over what was handed up with a part, and gives its content.
  mutating func take<Part>(_ part: Composed<Part>) -> Part {
    smallest = min(smallest, part.smallest)
    if !part.coupons.isEmpty { coupons += part.coupons }
    return part.content
  }

  /// The same with other content.
  func map<Other>(_ change: (Content) -> Other) -> Composed<Other> {
    Composed<Other>(change(content), smallest: smallest, coupons: coupons)
  }
}
