internal import Geometry

extension Node {
  /// Pages looked at to say how high something is that does not fit on one.
  private static var measuredPages: Int { 8 }

  /// The node's frame if all of it has room in the region; findings are kept only then.
  ///
  /// The region's height bounds the work: a table of any length costs no more than a page of it.
  func whole(in region: Region, _ context: LayoutContext) -> Frame? {
    var bounded = region
    bounded.mayBreak = !region.isEndless
    return context.attempt { () -> Frame? in
      guard case .complete(let frame) = fill(bounded, in: context), frame.size.height.fits(region.size.height) else { return nil }
      return frame
    }
  }

  /// How high the node is at the region's width, measured over a few pages of it; content beyond them is not counted.
  func heightAtLeast(in region: Region, _ context: LayoutContext) -> Length {
    context.trial {
      var page = region
      page.size.height = region.fullHeight.isFinite ? region.fullHeight : region.size.height
      page.mayBreak = false
      var height = Length.zero
      var rest: any Node = self
      for _ in 0..<Self.measuredPages {
        switch rest.fill(page, in: context) {
        case .complete(let frame): return height + frame.size.height
        case .partial(let frame, let more):
          height = height + frame.size.height
          rest = more
        case .deferred(let need): return height + (need.isFinite ? need : .zero)
        }
      }
      return height
    }.result
  }
}

extension Region {
  /// The same room without an end.
  var endless: Region {
    Region(size: Size(width: size.width, height: .infinity), fullHeight: fullHeight, mayBreak: false, top: top)
  }
}
