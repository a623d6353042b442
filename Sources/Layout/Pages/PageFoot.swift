internal import Geometry
internal import Vocabulary

/// What stands at the foot of a page: payment slips and the footer, the lowest first.
struct PageFoot {
  private(set) var items: [PlacedItem] = []
  /// Where the body's room ends.
  private(set) var top: Length
  /// Whether a payment slip of the last page stands here.
  private(set) var hasLastCoupon = false
  /// Where slips are torn off, unless the master says so itself.
  private(set) var tornZones: [PageZone] = []

  private let master: PageMaster
  private let bodyTop: Length
  private let context: LayoutContext

  /// Lays out the foot of a page whose body begins at `bodyTop`.
  init(_ master: PageMaster, coupons: [CouponNode], below bodyTop: Length, in context: LayoutContext) {
    (self.master, self.bodyTop, self.context) = (master, bodyTop, context)
    top = master.size.height - master.margin.bottom
    for coupon in coupons where !coupon.form.isAboveFooter { add(coupon) }
    if let footer = master.footer {
      let frame = whole(footer)
      top = top - frame.size.height
      items.append(PlacedItem(at: Point(x: master.margin.left, y: top), item: .frame(frame.marked(Tag(.artifact(.footer))))))
    }
    for coupon in coupons where coupon.form.isAboveFooter { add(coupon) }
  }

  private mutating func add(_ coupon: CouponNode) {
    let form = coupon.form
    let clear = form.perforation?.margin ?? .zero
    let foot = top
    var frame = whole(coupon.child)
    var edge = foot - frame.size.height - clear
    var drop = Length.zero
    if let height = form.edge {
      let wanted = edge
      edge = master.size.height - height
      let room = foot - edge - clear
      if !frame.size.height.fits(room) {
        context.report(.tooHigh, coupon.origin, wanted: frame.size.height, available: max(.zero, room))
        // The bill is a reject; the slip stands where its content has room.
        edge = wanted
      } else if let higher = coupon.child.stretched(frame, to: room) {
        frame = higher
      } else if form.valign == .middle {
        drop = (room - frame.size.height) / 2
      } else if form.valign == .bottom {
        drop = room - frame.size.height
      }
    }
    let left = master.margin.left
    if let perforation = form.perforation {
      noteTorn(at: edge, coupon)
      let (from, to) = perforation.crossesSheet ? (.zero - context.bleed, master.size.width + context.bleed) : (left, left + width)
      if let line = perforation.frame(from: from, to: to, origin: coupon.origin) {
        items.append(PlacedItem(at: Point(x: from, y: edge), item: .frame(line)))
      }
    }
    items.append(
      PlacedItem(at: Point(x: left, y: edge + clear + drop), item: .frame(frame.marked(Tag(.part(.afterBody))))))
    top = edge - max(form.gap, clear)
    if coupon.page == .last { hasLastCoupon = true }
    if top < bodyTop {
      context.report(.tooHigh, coupon.origin, wanted: frame.size.height, available: top + frame.size.height - bodyTop)
    }
  }

  /// A line that the master has a zone for is judged there.
  private mutating func noteTorn(at edge: Length, _ coupon: CouponNode) {
    let isKnown = master.zones.contains { zone in
      switch zone.kind {
      case .coupon: abs((zone.area.minY - edge).points) < 1
      case .fold: abs((zone.area.minY + PageZone.foldMargin - edge).points) < 1
      case .window, .scanLine, .clear: false
      }
    }
    if !isKnown { tornZones.append(.fold("perforation", y: edge, across: master.size, element: coupon.origin.element)) }
  }

  private var width: Length { max(.zero, master.size.width - master.margin.horizontal) }

  private func whole(_ node: any Node) -> Frame { node.whole(on: master, width: width, in: context) }
}

extension Node {
  /// The node in one piece, `width` wide and as high as it is.
  func whole(on master: PageMaster, width: Length, in context: LayoutContext) -> Frame {
    switch fill(.endless(width: width, fullHeight: master.size.height), in: context) {
    case .complete(let frame), .partial(let frame, _): frame
    case .deferred: Frame(size: .zero)
    }
  }
}
