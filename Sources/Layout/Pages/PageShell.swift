internal import Geometry
internal import Vocabulary

/// A page without its body: header, footer, places and coupon laid out, and the room that is left.
struct PageShell {
  /// A body lower than this holds no line of type: header, footer and coupon leave no room.
  private static let leastBody = Length.pt(12)

  let size: Size
  /// Where the body goes.
  let body: Rect
  private var below: [PlacedItem] = []  // Painted before the body.
  private var above: [PlacedItem] = []  // Painted after it.
  /// Whether a payment slip of the last page stands here.
  private(set) var hasLastCoupon = false
  /// The master's zones, and one along each perforation.
  private(set) var zones: [PageZone] = []
  /// What the body stays clear of, measured from its top.
  private(set) var folds: [ClosedRange<Length>] = []
  /// What was found while laying out: reported when a page uses the shell, for it may be only looked at.
  private(set) var findings: [LayoutFinding] = []

  /// Lays out everything of a master but the body.
  ///
  /// - Parameter isRunning: Whether the master is one of the pages between the first and the last.
  static func make(_ master: PageMaster, isRunning: Bool, coupons: [CouponNode], in context: LayoutContext) -> PageShell {
    let (made, findings) = context.collecting { PageShell(master, isRunning: isRunning, coupons: coupons, in: context) }
    var shell = made
    shell.findings = findings
    return shell
  }

  private init(_ master: PageMaster, isRunning: Bool, coupons: [CouponNode], in context: LayoutContext) {
    size = master.size
    context.pageSize = master.size
    let grid = context.grid
    context.grid = nil
    defer { context.grid = grid }

    let left = master.margin.left
    let width = max(.zero, master.size.width - master.margin.horizontal)
    for place in master.places {
      let (frame, at) = place.onPage(in: context)
      // What stands on the pages between is running matter; what is moved is read in the body.
      let isRead = !isRunning && !context.movedPlaces.contains(ObjectIdentifier(place))
      let tag = isRead ? Tag(.part(.beforeBody)).repeated(as: place.identity) : Tag(.artifact(.repeated))
      below.append(PlacedItem(at: at, item: .frame(frame.marked(tag))))
    }
    var top = master.margin.top
    if let header = master.header {
      let frame = header.whole(on: master, width: width, in: context)
      below.append(PlacedItem(at: Point(x: left, y: top), item: .frame(frame.marked(Tag(.artifact(.header))))))
      top = top + frame.size.height
    }
    let foot = PageFoot(master, coupons: coupons, below: top, in: context)
    above = foot.items
    hasLastCoupon = foot.hasLastCoupon
    zones = master.zones + foot.tornZones
    var bottom = foot.top
    if bottom - top < Self.leastBody {
      context.report(.tooHigh, .none, wanted: Self.leastBody, available: max(.zero, bottom - top))
      // The bill is a reject; its pages are filled as if nothing else stood on them, so that pagination goes on.
      top = min(top, master.margin.top)
      bottom = max(top + Self.leastBody, master.size.height - master.margin.bottom)
    }
    body = Rect(x: left, y: top, width: width, height: bottom - top)
    folds = zones.filter(\.isAvoided).map { ($0.area.minY - top)...($0.area.maxY - top) }
  }

  /// The finished page.
  func page(body frame: Frame?) -> Frame {
    var page = Frame(size: size)
    page.items.reserveCapacity(below.count + above.count + 1)
    page.items += below
    if let frame, !frame.items.isEmpty { page.add(.frame(frame), at: body.origin) }
    page.items += above
    return page
  }

  /// The body's region in this shell; breaking the untouched region helps only where the next page is higher.
  func region(next: PageShell?) -> Region {
    let isNextHigher = next.map { $0.body.size.height > body.size.height + .slack } ?? false
    return Region(
      size: body.size, fullHeight: body.size.height, mayBreak: isNextHigher,
      nextHeight: isNextHigher ? next?.body.size.height ?? .zero : .zero)
  }
}
