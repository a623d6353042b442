public import Geometry
public import Vocabulary

/// A part of the sheet that is kept for something. The engine carries it to whoever judges the finished pages.
public struct PageZone: Hashable, Sendable {
  /// How far from a fold, a perforation or a coupon's edge nothing stands.
  public static let foldMargin = Length.mm(3)

  /// What it is called in the layout.
  public var name: String
  /// What it is for.
  public var kind: ZoneKind
  /// Where it lies on the trimmed sheet; of a fold the line with its margins.
  public var area: Rect
  /// How far the sheet can move against it: to either side, and up or down.
  public var slide: Size
  /// Whether everything that stands in it rejects the bill.
  public var rejects: Bool
  /// Whether what flows over the pages moves below it instead of standing in it.
  public var isAvoided = false
  /// The number of the layout element that it comes from.
  public var element: Int

  /// Makes a zone.
  public init(name: String, kind: ZoneKind, area: Rect, slide: Size = .zero, rejects: Bool = false, element: Int = -1) {
    (self.name, self.kind, self.area) = (name, kind, area)
    (self.slide, self.rejects, self.element) = (slide, rejects, element)
  }

  /// Makes the zone along a level line over the whole sheet.
  ///
  /// - Parameter avoided: How far from it what flows over the pages stays by itself; `nil` where it may come to stand on it.
  public static func fold(
    _ name: String, y: Length, across sheet: Size, avoided: Length? = nil, rejects: Bool = false, element: Int = -1
  ) -> PageZone {
    let margin = avoided ?? foldMargin
    var zone = PageZone(
      name: name, kind: .fold, area: Rect(x: .zero, y: y - margin, width: sheet.width, height: margin * 2), rejects: rejects,
      element: element)
    zone.isAvoided = avoided != nil
    return zone
  }

  /// Makes the zone along an upright line over the whole sheet.
  public static func fold(_ name: String, x: Length, across sheet: Size, rejects: Bool = false, element: Int = -1) -> PageZone {
    PageZone(
      name: name, kind: .fold, area: Rect(x: x - foldMargin, y: .zero, width: foldMargin * 2, height: sheet.height), rejects: rejects,
      element: element)
  }

  /// Everything that comes to lie in the zone in some position of the sheet.
  public var reach: Rect { Rect(sides: area, grownBy: slide) }
  /// What lies in the zone in every position of the sheet.
  public var core: Rect { Rect(sides: area, grownBy: Size(width: .zero - slide.width, height: .zero - slide.height)) }
}

extension Rect {
  fileprivate init(sides rect: Rect, grownBy extent: Size) {
    self.init(
      x: rect.minX - extent.width, y: rect.minY - extent.height, width: max(.zero, rect.size.width + extent.width * 2),
      height: max(.zero, rect.size.height + extent.height * 2))
  }
}
